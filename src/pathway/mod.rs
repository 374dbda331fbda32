//! Pathways: a Mermaid flowchart as text into a [`Flowchart`], and that into a drawing, into numbered steps and into
//! what differs from another. Nothing here knows of a site.

mod aligned;
pub mod compare;
pub mod draw;
pub mod layout;
pub mod measure;
pub mod model;
pub mod parse;
pub mod steps;
pub mod told;

pub use aligned::{Pair, aligned};
pub use compare::Comparison;
pub use model::Flowchart;
pub use parse::{Parsed, parse};
pub use steps::Steps;
