//! Bytes into pixels, within limits, and the right way up later: turning a small picture is cheaper.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use ::image::{DynamicImage, ImageDecoder, ImageFormat, ImageReader, Limits};

use super::header::{Format, Header, MAX_SIDE, Problem};

/// The most bytes that a decoder may take: the largest picture in four channels, and what decoding needs beside it.
const MAX_DECODED: u64 = 320_000_000;

/// A decoded picture and the colours that its numbers mean.
pub(super) struct Decoded {
    pub(super) picture: DynamicImage,
    /// An ICC profile; none where the numbers are sRGB.
    pub(super) profile: Option<Vec<u8>>,
}

/// Decodes a whole image. None for a format that is only shown.
pub(super) fn decode(header: &Header, bytes: &[u8]) -> Result<Option<Decoded>, Problem> {
    let format = match header.format {
        Format::Png => ImageFormat::Png,
        Format::Jpeg => ImageFormat::Jpeg,
        Format::Gif => ImageFormat::Gif,
        Format::WebP => ImageFormat::WebP,
        Format::Avif => return Ok(None),
    };
    let read = || -> ::image::ImageResult<Decoded> {
        let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
        let mut limits = Limits::default();
        limits.max_image_width = Some(MAX_SIDE);
        limits.max_image_height = Some(MAX_SIDE);
        limits.max_alloc = Some(MAX_DECODED);
        reader.limits(limits);
        let mut decoder = reader.into_decoder()?;
        let profile = decoder.icc_profile().ok().flatten();
        Ok(Decoded { picture: DynamicImage::from_decoder(decoder)?, profile })
    };
    // Decoders meet hostile bytes here; one that fails its own checks must not take the build down.
    let (width, height) = header.stored_size();
    match catch_unwind(AssertUnwindSafe(read)) {
        Ok(Ok(decoded)) if (decoded.picture.width(), decoded.picture.height()) == (width, height) => {
            Ok(Some(decoded))
        }
        Ok(Err(::image::ImageError::Limits(_))) => Err(Problem::TooManyPixels { width, height }),
        _ => Err(Problem::Damaged),
    }
}
