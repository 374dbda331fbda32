//! One image into its variants: decoded once, made narrower step by step, turned the right way up, in sRGB, without
//! anything that the camera wrote beside the picture.

use ::image::metadata::Orientation;
use ::image::{DynamicImage, RgbImage, RgbaImage};
use fast_image_resize::images::Image as Pixels;
use fast_image_resize::{PixelType, ResizeOptions, Resizer};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};
use webp::{Encoder, WebPConfig};

use super::decode::{Decoded, decode};
use super::header::{Format, Header, Problem};
use super::widths::widths;

/// An image, and what was made of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Made {
    /// What the image is.
    pub header: Header,
    /// Smaller pictures, the narrowest first; empty where the image is best shown as it stands.
    pub variants: Vec<Variant>,
}

/// One picture as WebP.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Variant {
    /// Pixels across.
    pub width: u32,
    /// Pixels down.
    pub height: u32,
    /// The file.
    pub webp: Vec<u8>,
}

/// A file of fewer bytes is there as soon as any: to name its variants takes a page more than they save.
const WORTH_REPLACING: usize = 2_000;

/// Decodes an image and makes what pages need of it. An image that moves, or that cannot be made smaller, has no
/// variants.
///
/// # Errors
///
/// Why no browser could show it, or why it is not decoded.
pub fn make(bytes: &[u8]) -> Result<Made, Problem> {
    let header = Header::read(bytes)?;
    let mut made = Made { header, variants: Vec::new() };
    if header.is_animated {
        return Ok(made);
    }
    // Even what is shown as it stands is decoded once: that tells whether it is whole.
    if let Some(decoded) = decode(&header, bytes)?
        && bytes.len() >= WORTH_REPLACING
    {
        made.variants = variants(&header, bytes.len(), decoded);
    }
    Ok(made)
}

/// Decodes an image and makes nothing of it: whether it is whole, in a part of the time.
///
/// # Errors
///
/// Why no browser could show it, or why it is not decoded.
pub fn look_at(bytes: &[u8]) -> Result<Made, Problem> {
    let header = Header::read(bytes)?;
    if !header.is_animated {
        decode(&header, bytes)?;
    }
    Ok(Made { header, variants: Vec::new() })
}

fn variants(header: &Header, original: usize, decoded: Decoded) -> Vec<Variant> {
    let Decoded { picture, profile } = decoded;
    let pixel_count = u64::from(header.width) * u64::from(header.height);
    // Few colours and flat areas, as in a screenshot or a drawing, take less than a byte a pixel.
    let is_drawing = header.format != Format::Jpeg && (original as u64) < pixel_count;
    let mut picture = plain(picture);
    let mut variants = Vec::new();
    // A variant earns its place by being clearly smaller than what would be shown without it.
    let mut least = original;
    for (step, width) in widths(header.width).into_iter().enumerate() {
        let height = scaled(header.height, width, header.width);
        // The first step still has the stored picture's own sides.
        let is_first = step == 0;
        let (across, down) =
            if is_first && header.orientation > 4 { (height, width) } else { (width, height) };
        let Some(smaller) = resized(picture, across, down) else { break };
        picture = smaller;
        if is_first {
            if let Some(orientation) = Orientation::from_exif(header.orientation) {
                picture.apply_orientation(orientation);
            }
            if let Some(profile) = &profile {
                to_srgb(&mut picture, profile);
            }
        }
        match encode(&picture, is_drawing, header.format) {
            Some(webp) if webp.len() <= least / 10 * 9 => {
                least = webp.len();
                variants.push(Variant { width, height, webp });
            }
            // Without the widest, a large screen would get a narrow one.
            _ if is_first => break,
            _ => {}
        }
    }
    variants.reverse();
    variants
}

/// A side scaled with the other, rounded, and never nothing.
fn scaled(side: u32, to: u32, from: u32) -> u32 {
    let (side, to, from) = (u64::from(side), u64::from(to), u64::from(from));
    u32::try_from((side * to + from / 2) / from).unwrap_or(u32::MAX).max(1)
}

/// The picture in eight bits a channel, with a channel for what is transparent only where something is.
fn plain(picture: DynamicImage) -> DynamicImage {
    if !picture.color().has_alpha() {
        return DynamicImage::ImageRgb8(picture.into_rgb8());
    }
    let picture = picture.into_rgba8();
    if picture.pixels().all(|pixel| pixel.0[3] == u8::MAX) {
        return DynamicImage::ImageRgb8(DynamicImage::ImageRgba8(picture).into_rgb8());
    }
    DynamicImage::ImageRgba8(picture)
}

fn resized(picture: DynamicImage, width: u32, height: u32) -> Option<DynamicImage> {
    if (picture.width(), picture.height()) == (width, height) {
        return Some(picture);
    }
    let pixel_type = if picture.color().has_alpha() { PixelType::U8x4 } else { PixelType::U8x3 };
    let (from_width, from_height) = (picture.width(), picture.height());
    let source = Pixels::from_vec_u8(from_width, from_height, picture.into_bytes(), pixel_type).ok()?;
    let mut target = Pixels::new(width, height, pixel_type);
    Resizer::new().resize(&source, &mut target, &ResizeOptions::new()).ok()?;
    let bytes = target.into_vec();
    match pixel_type {
        PixelType::U8x4 => RgbaImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgba8),
        _ => RgbImage::from_raw(width, height, bytes).map(DynamicImage::ImageRgb8),
    }
}

/// Turns the numbers of another colour space (a phone's wide one, a camera's Adobe RGB) into sRGB, so that no profile
/// is needed. A profile of something else than RGB belongs to the stored numbers, not to the decoded ones.
fn to_srgb(picture: &mut DynamicImage, profile: &[u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    if profile.color_space != DataColorSpace::Rgb {
        return;
    }
    let layout = if picture.color().has_alpha() { Layout::Rgba } else { Layout::Rgb };
    let srgb = ColorProfile::new_srgb();
    let Ok(transform) = profile.create_transform_8bit(layout, &srgb, layout, TransformOptions::default())
    else {
        return;
    };
    let source = picture.as_bytes().to_vec();
    match picture {
        DynamicImage::ImageRgb8(target) => drop(transform.transform(&source, target)),
        DynamicImage::ImageRgba8(target) => drop(transform.transform(&source, target)),
        _ => {}
    }
}

/// The picture as WebP: of a drawing without any loss, where that is smaller.
fn encode(picture: &DynamicImage, is_drawing: bool, format: Format) -> Option<Vec<u8>> {
    let mut config = WebPConfig::new().ok()?;
    // What was without loss so far may hold words, which show every blemish.
    let was_lossless = matches!(format, Format::Png | Format::Gif);
    config.quality = if was_lossless { 88.0 } else { 80.0 };
    config.use_sharp_yuv = i32::from(was_lossless);
    config.alpha_compression = 1;
    let lossy = with(picture, &config);
    if !is_drawing {
        return lossy;
    }
    config.lossless = 1;
    config.quality = 75.0;
    let lossless = with(picture, &config);
    [lossless, lossy].into_iter().flatten().min_by_key(Vec::len)
}

fn with(picture: &DynamicImage, config: &WebPConfig) -> Option<Vec<u8>> {
    let (width, height) = (picture.width(), picture.height());
    let encoder = match picture {
        DynamicImage::ImageRgb8(picture) => Encoder::from_rgb(picture, width, height),
        DynamicImage::ImageRgba8(picture) => Encoder::from_rgba(picture, width, height),
        _ => return None,
    };
    encoder.encode_advanced(config).ok().map(|webp| webp.to_vec())
}
