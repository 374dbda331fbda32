//! The disk: the world that a build reads ([`DiskWorld`], or as it once was: [`HistoryWorld`]), and the folder that it
//! publishes ([`Publication`]).
//!
//! What is read never leaves the site's root, and what is published appears whole or not at all.

mod asked;
mod history;
mod images;
mod kept;
mod publish;
mod regular;
mod world;

pub use asked::{AskedFile, Replacing};
pub use history::{HistoryError, HistoryWorld};
pub use images::ImageFolder;
pub use kept::KeptFile;
pub use publish::{Protected, Publication, PublishError, Published, Refusal, Standing, standing};
pub use world::DiskWorld;
