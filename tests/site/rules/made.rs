//! Files that no text in a page can be: pictures, and text in other encodings.

use std::io::Cursor;

use image::{DynamicImage, ImageFormat, RgbImage};

/// A picture of this size.
pub(super) fn png(width: u32, height: u32) -> Vec<u8> {
    encoded(width, height, ImageFormat::Png)
}

fn encoded(width: u32, height: u32, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    DynamicImage::from(RgbImage::new(width, height)).write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// The bytes of an example that says `made=name`.
pub(super) fn bytes_of(name: &str, text: &str) -> Vec<u8> {
    match name {
        "picture" => png(40, 30),
        "photo" => encoded(40, 30, ImageFormat::Jpeg),
        "half" => {
            let whole = encoded(200, 150, ImageFormat::Jpeg);
            whole[..whole.len() / 2].to_vec()
        }
        "huge" => {
            let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xff\xff\0\0\xff\xff".to_vec();
            bytes.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
            bytes
        }
        "located" => located(),
        "old-document" => b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".repeat(128),
        "signed" => signed(),
        "workbook" => b"PK\x03\x04\x14\0\x06\0".to_vec(),
        // The signs of Windows-1252 that people type; all others of a text are the same in both.
        "windows-1252" => text
            .chars()
            .map(|sign| match sign {
                '’' => 0x92,
                '–' => 0x96,
                '£' => 0xa3,
                other => u8::try_from(other).expect("a letter that both have"),
            })
            .collect(),
        "word" => text.replace('\n', "\r\n").into_bytes(),
        _ => panic!("`made={name}` is not known: see tests/site/rules/made.rs"),
    }
}

/// A photo whose EXIF block has a latitude.
fn located() -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    // One entry: the place of the block about the position.
    exif.extend(b"\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0");
    // Two entries: north, and degrees, minutes and seconds further on.
    exif.extend(b"\0\x02\0\x01\0\x02\0\0\0\x02N\0\0\0\0\x02\0\x05\0\0\0\x03\0\0\0\x38\0\0\0\0");
    for number in [51_u32, 1, 16, 1, 43, 1] {
        exif.extend(number.to_be_bytes());
    }
    with_exif(&exif)
}

/// A photo whose EXIF block has the name of an artist.
fn signed() -> Vec<u8> {
    let name = b"Ann Example\0";
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08".to_vec();
    // One entry: a text of twelve bytes, behind the table.
    exif.extend(b"\0\x01\x01\x3b\0\x02\0\0\0\x0c\0\0\0\x1a\0\0\0\0");
    exif.extend(name);
    with_exif(&exif)
}

fn with_exif(exif: &[u8]) -> Vec<u8> {
    let photo = encoded(40, 30, ImageFormat::Jpeg);
    let length = u16::try_from(exif.len() + 2).unwrap().to_be_bytes();
    [&photo[..2], b"\xff\xe1", &length, exif, &photo[2..]].concat()
}
