//! Benchmarks: rows of a tidy CSV in; statistics, safe tables and words out. Nothing here knows of a site.
//!
//! `bytes` → [`read::read`] → [`Table`] (true figures, closed to everyone outside this module) → [`release`] (all
//! tables of one benchmark at once) → [`Released`] (what may be seen) → [`statistics`], [`mod@chosen`], [`output`].

pub mod chart;
pub mod chosen;
pub mod disclose;
pub mod measure;
pub mod output;
pub mod panels;
pub mod read;
pub mod released;
pub mod statistics;
pub mod when;

pub use chosen::{Chart, Choice, chosen};
pub use disclose::{InFile, Receipt, Rule, Withheld, release};
pub use measure::{Counts, Direction, Level, Measure};
pub use panels::{Panel, Wishes, panels};
pub use read::{Reading, Standing, Table, read};
pub use released::{Hidden, Released, Series, Shown, Snapshot};
pub use when::{Grain, When};
