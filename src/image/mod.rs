//! Raster images: what a file holds, told from its header and within limits, and the same picture at the widths that
//! pages need, as WebP. In come bytes, out go bytes. Knows nothing of a site.

mod decode;
mod exif;
mod header;
mod kept;
mod make;
#[cfg(test)]
mod tests;
mod widths;

pub use header::{Format, Header, MAX_BYTES, MAX_PIXELS, MAX_SIDE, Problem};
pub use make::{Made, Variant, look_at, make};

/// Changes whenever other bytes may come out of the same image: with the libraries (the hash of `Cargo.lock`), and by
/// hand with this module.
pub const MAKER: &str = concat!("1 ", env!("NETSITE_DEPENDENCIES"));
