//! The statistics of NHS analysts, over figures that are shown already. Each is made from plain numbers or from
//! [`Released`](crate::benchmark::Released) rows, holds all that a drawing needs, and says in words what it shows.

#![expect(
    clippy::cast_precision_loss,
    clippy::cast_sign_loss,
    reason = "counts of points, and places among them, are far below 2^52 and never negative"
)]

pub mod change;
pub mod funnel;
mod gamma;
pub mod icons;
pub mod profile;
pub mod quantile;
pub mod ranked;
pub mod run;
mod words;
pub mod xmr;

pub use change::Change;
pub use funnel::Funnel;
pub use icons::{Assurance, Variation};
pub use profile::Profile;
pub use ranked::Ranked;
pub use run::Run;
pub use xmr::Xmr;
