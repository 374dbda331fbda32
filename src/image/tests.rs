//! Images as they come: from phones, from screenshots, from those who mean harm.

use std::io::Cursor;

use ::image::{DynamicImage, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use proptest::prelude::*;

use super::header::{Format, Header, Problem};
use super::make::{Made, make};

/// A picture without flat areas, as a camera makes them; its top left corner is red.
fn photo(width: u32, height: u32) -> RgbImage {
    let mut seed = 1_u32;
    RgbImage::from_fn(width, height, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (seed >> 28) as u8;
        if x < width / 3 && y < height / 3 {
            Rgb([220 + grain, grain, grain])
        } else {
            Rgb([grain, (x % 200) as u8 + grain, (y % 200) as u8 + grain])
        }
    })
}

/// A picture of lines and flat areas.
fn drawing(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, y| {
        if x % 97 < 3 || y % 89 < 3 || (x / 7 + y / 5) % 31 == 0 {
            Rgb([0, 48, 135])
        } else {
            Rgb([240, 244, 245])
        }
    })
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.into().write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// A JPEG with an EXIF block of these entries: tag, type, count, value.
fn with_exif(jpeg: &[u8], orientation: u16, has_location: bool) -> Vec<u8> {
    let mut tiff = b"II*\0\x08\0\0\0\x02\0".to_vec();
    tiff.extend([0x12, 0x01, 3, 0, 1, 0, 0, 0]);
    tiff.extend(u32::from(orientation).to_le_bytes());
    tiff.extend([0x25, 0x88, 4, 0, 1, 0, 0, 0, 38, 0, 0, 0]);
    tiff.extend([0, 0, 0, 0]);
    tiff.extend([1, 0, if has_location { 2 } else { 0 }, 0, 1, 0, 4, 0, 0, 0, 2, 3, 0, 0]);
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe1];
    bytes.extend((tiff.len() as u16 + 8).to_be_bytes());
    bytes.extend(b"Exif\0\0");
    bytes.extend(tiff);
    bytes.extend(&jpeg[2..]);
    bytes
}

/// A PNG of nothing but a claim.
fn claim(width: u32, height: u32) -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    bytes.extend(width.to_be_bytes());
    bytes.extend(height.to_be_bytes());
    bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    bytes
}

fn widths(made: &Made) -> Vec<u32> {
    made.variants.iter().map(|variant| variant.width).collect()
}

#[test]
fn a_photo_gets_three_widths_that_are_each_smaller() {
    let bytes = encoded(photo(1500, 1000), ImageFormat::Jpeg);
    let made = make(&bytes).unwrap();
    assert_eq!((made.header.width, made.header.height), (1500, 1000));
    assert_eq!(widths(&made), [480, 768, 1360]);
    let mut least = 0;
    for variant in &made.variants {
        let picture = ::image::load_from_memory_with_format(&variant.webp, ImageFormat::WebP).unwrap();
        assert_eq!((picture.width(), picture.height()), (variant.width, variant.height));
        assert_eq!(variant.height, (variant.width * 1000 + 750) / 1500);
        assert!(least < variant.webp.len() && variant.webp.len() < bytes.len());
        least = variant.webp.len();
    }
    assert_eq!(make(&bytes).unwrap(), made);
}

#[test]
fn a_photo_is_turned_the_right_way_up_and_forgets_where_it_was_taken() {
    let bytes = with_exif(&encoded(photo(900, 600), ImageFormat::Jpeg), 6, true);
    let made = make(&bytes).unwrap();
    assert_eq!((made.header.width, made.header.height), (600, 900));
    assert!(made.header.has_location);
    assert_eq!(widths(&made), [480, 600]);
    for variant in &made.variants {
        let picture = ::image::load_from_memory(&variant.webp).unwrap().into_rgb8();
        let Rgb([red, green, _]) = *picture.get_pixel(picture.width() - 20, 20);
        assert!(red > 180 && green < 80, "the red corner is at the right");
        assert!(!variant.webp.windows(4).any(|part| part == b"EXIF"));
    }
    let without = with_exif(&encoded(photo(90, 60), ImageFormat::Jpeg), 1, false);
    assert!(!Header::read(&without).unwrap().has_location);
}

#[test]
fn a_drawing_loses_nothing() {
    let picture = drawing(700, 500);
    let made = make(&encoded(picture.clone(), ImageFormat::Png)).unwrap();
    let widest = made.variants.last().unwrap();
    assert_eq!((widest.width, &widest.webp[12..16]), (700, &b"VP8L"[..]));
    assert_eq!(::image::load_from_memory(&widest.webp).unwrap().into_rgb8(), picture);
}

#[test]
fn what_is_transparent_stays_so() {
    let picture = RgbaImage::from_fn(600, 400, |x, y| {
        Rgba([(x % 256) as u8, (y % 256) as u8, 90, if x < 300 { 0 } else { 255 }])
    });
    let made = make(&encoded(picture, ImageFormat::Png)).unwrap();
    assert!(!made.variants.is_empty());
    for variant in &made.variants {
        let picture = ::image::load_from_memory(&variant.webp).unwrap().into_rgba8();
        assert_eq!(picture.get_pixel(10, 10).0[3], 0);
        assert_eq!(picture.get_pixel(picture.width() - 10, 10).0[3], 255);
    }
}

#[test]
fn an_image_that_moves_stays_as_it_stands() {
    let mut bytes = Vec::new();
    let frames = (0..3).map(|_| ::image::Frame::new(DynamicImage::from(photo(600, 400)).into_rgba8()));
    ::image::codecs::gif::GifEncoder::new(&mut bytes).encode_frames(frames).unwrap();
    let made = make(&bytes).unwrap();
    assert!(made.header.is_animated && made.variants.is_empty());
    assert_eq!((made.header.width, made.header.height), (600, 400));
    let still = make(&encoded(drawing(600, 400), ImageFormat::Gif)).unwrap();
    assert!(!still.header.is_animated);
}

#[test]
fn nothing_is_made_that_would_be_larger() {
    let tiny = encoded(RgbImage::from_pixel(30, 20, Rgb([0, 94, 184])), ImageFormat::WebP);
    assert_eq!(widths(&make(&tiny).unwrap()), [] as [u32; 0]);
}

#[test]
fn a_claim_of_too_many_pixels_is_not_believed() {
    let refused = |width, height| Err(Problem::TooManyPixels { width, height });
    assert_eq!(make(&claim(65_535, 65_535)), refused(65_535, 65_535));
    assert_eq!(make(&claim(16_000, 16_000)), refused(16_000, 16_000));
    assert_eq!(make(&claim(20_000, 1)), refused(20_000, 1));
    assert_eq!(make(&claim(0, 5)), Err(Problem::Damaged));
    // Within the limits, but nothing stands behind it.
    assert_eq!(make(&claim(16_000, 3_000)), Err(Problem::Damaged));
}

#[test]
fn a_part_of_a_file_is_damaged() {
    for format in [ImageFormat::Jpeg, ImageFormat::Png, ImageFormat::WebP] {
        let bytes = encoded(photo(300, 200), format);
        for part in [12, bytes.len() / 3, bytes.len() - 900] {
            assert_eq!(make(&bytes[..part]), Err(Problem::Damaged), "{part} bytes of {format:?}");
        }
    }
}

#[test]
fn a_jpeg_of_thousands_of_scans_is_not_decoded() {
    let bytes = encoded(photo(300, 200), ImageFormat::Jpeg);
    let scan = bytes.windows(2).position(|pair| pair == [0xff, 0xda]).unwrap();
    let (start, rest) = bytes.split_at(scan);
    let scans = rest[..rest.len() - 2].repeat(200);
    let hostile = [start, &scans, &[0xff, 0xd9]].concat();
    assert_eq!(make(&hostile), Err(Problem::Damaged));
}

#[test]
fn what_is_no_image_is_called_what_it_is() {
    let cases: [(&[u8], Option<&str>); 7] = [
        (b"", Some("an empty file")),
        (b"\0\0\0\x24ftypheic\0\0\0\0", Some("a HEIC photo of a phone")),
        (b"II*\0\x08\0\0\0\0\0\0\0", Some("a TIFF image")),
        (b"<!DOCTYPE html><title>Sign in</title>", Some("a web page")),
        (b"<?xml version='1.0'?><svg></svg>", Some("an SVG drawing")),
        (b"%PDF-1.7", Some("a PDF document")),
        (b"not really an image", None),
    ];
    for (bytes, what) in cases {
        assert_eq!(make(bytes), Err(Problem::NotAnImage(what)));
    }
}

#[test]
fn what_is_kept_is_taken_up_whole_or_not_at_all() {
    let made = make(&encoded(drawing(600, 300), ImageFormat::Png)).unwrap();
    let bytes = made.to_bytes();
    assert_eq!(Made::from_bytes(&bytes), Some(made));
    for at in (0..bytes.len()).step_by(bytes.len() / 50) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        assert_eq!(Made::from_bytes(&damaged), None);
        assert_eq!(Made::from_bytes(&bytes[..at]), None);
    }
}

/// Small files of each format, with all that a header can say.
fn seeds() -> Vec<Vec<u8>> {
    let mut animated = Vec::new();
    let frames = (0..2).map(|_| ::image::Frame::new(DynamicImage::from(photo(12, 9)).into_rgba8()));
    ::image::codecs::gif::GifEncoder::new(&mut animated).encode_frames(frames).unwrap();
    let picture = photo(24, 17);
    vec![
        with_exif(&encoded(picture.clone(), ImageFormat::Jpeg), 5, true),
        encoded(picture.clone(), ImageFormat::Png),
        encoded(picture.clone(), ImageFormat::WebP),
        encoded(picture, ImageFormat::Gif),
        animated,
        b"\0\0\0\x1cftypavif\0\0\0\0avifmif1miaf\0\0\0\x20meta\0\0\0\0".to_vec(),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever the bytes, there is an answer, it is the same again, and no variant is larger than what it stands for.
    #[test]
    fn any_bytes_have_an_answer(
        seed in 0_usize..6,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), any::<bool>()), 0..6),
        cut in prop::option::of(any::<prop::sample::Index>()),
    ) {
        let mut bytes = seeds().swap_remove(seed);
        for (index, value, is_early) in changes {
            // Most of what a decoder trusts stands in the first bytes.
            let range = if is_early { bytes.len().min(64) } else { bytes.len() };
            let at = index.index(range);
            bytes[at] = value;
        }
        if let Some(cut) = cut {
            bytes.truncate(cut.index(bytes.len()));
        }
        let header = Header::read(&bytes);
        let made = make(&bytes);
        prop_assert_eq!(&made, &make(&bytes));
        if let Ok(made) = made {
            prop_assert_eq!(Ok(made.header), header);
            prop_assert!(made.header.format != Format::Avif || made.variants.is_empty());
            for variant in &made.variants {
                prop_assert!(variant.webp.len() < bytes.len() && variant.width <= made.header.width);
            }
        }
    }
}
