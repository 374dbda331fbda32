//! What an image is, told from its bytes without decoding them. Every length in a file is a claim: all are checked,
//! and the cost is at most one pass over the bytes.

use super::exif::Exif;

/// The longest side: what WebP can hold, and more than any screen shows.
pub const MAX_SIDE: u32 = 16_383;
/// The most pixels: what a phone's camera makes at its largest, with some room.
pub const MAX_PIXELS: u64 = 50_000_000;
/// The most bytes of a file.
pub const MAX_BYTES: u64 = 40_000_000;
/// A progressive JPEG has about ten scans. Each costs a pass over the whole picture, so thousands are an attack.
const MOST_SCANS: usize = 100;

/// A format that browsers show and that is made of pixels.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// PNG.
    Png,
    /// JPEG.
    Jpeg,
    /// GIF.
    Gif,
    /// WebP.
    WebP,
    /// AVIF, which is shown as it stands: nothing here decodes it.
    Avif,
}

impl Format {
    /// Every format.
    pub const ALL: [Self; 5] = [Self::Png, Self::Jpeg, Self::Gif, Self::WebP, Self::Avif];

    /// As people write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Gif => "GIF",
            Self::WebP => "WebP",
            Self::Avif => "AVIF",
        }
    }

    /// The ends that its files' names may have, the usual one first.
    pub fn extensions(self) -> &'static [&'static str] {
        match self {
            Self::Png => &["png"],
            Self::Jpeg => &["jpg", "jpeg"],
            Self::Gif => &["gif"],
            Self::WebP => &["webp"],
            Self::Avif => &["avif"],
        }
    }
}

/// What an image is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Header {
    /// Its format, whatever its name says.
    pub format: Format,
    /// Pixels across, as it is shown: turned the right way up.
    pub width: u32,
    /// Pixels down, as it is shown.
    pub height: u32,
    /// How the stored picture has to be turned, from 1 (not at all) to 8, as EXIF counts.
    pub orientation: u8,
    /// Whether it moves.
    pub is_animated: bool,
    /// Whether it says where it was taken.
    pub has_location: bool,
}

/// Why an image cannot be shown, or must not be decoded.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Problem {
    /// It is no image that browsers show; what it looks like instead, if that is known.
    NotAnImage(Option<&'static str>),
    /// Its data end early or make no sense.
    Damaged,
    /// It has (or claims) more pixels than are decoded.
    TooManyPixels {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },
    /// It has more bytes than are read.
    TooManyBytes(u64),
}

impl Header {
    /// Reads the header of a whole file.
    pub fn read(bytes: &[u8]) -> Result<Self, Problem> {
        if bytes.len() as u64 > MAX_BYTES {
            return Err(Problem::TooManyBytes(bytes.len() as u64));
        }
        let format = format_of(bytes).ok_or_else(|| Problem::NotAnImage(resemblance(bytes)))?;
        let stored = match format {
            Format::Png => png(bytes),
            Format::Jpeg => jpeg(bytes),
            Format::Gif => gif(bytes),
            Format::WebP => webp(bytes),
            Format::Avif => avif(bytes),
        };
        let Stored { width, height, exif, is_animated } = stored.ok_or(Problem::Damaged)?;
        if width == 0 || height == 0 {
            return Err(Problem::Damaged);
        }
        if width > MAX_SIDE || height > MAX_SIDE || u64::from(width) * u64::from(height) > MAX_PIXELS {
            return Err(Problem::TooManyPixels { width, height });
        }
        let (width, height) = if exif.orientation > 4 { (height, width) } else { (width, height) };
        let Exif { orientation, has_location } = exif;
        Ok(Self { format, width, height, orientation, is_animated, has_location })
    }

    /// Pixels across and down as they are stored.
    pub(super) fn stored_size(&self) -> (u32, u32) {
        if self.orientation > 4 { (self.height, self.width) } else { (self.width, self.height) }
    }
}

/// The facts as they stand in a file.
struct Stored {
    width: u32,
    height: u32,
    exif: Exif,
    is_animated: bool,
}

fn format_of(bytes: &[u8]) -> Option<Format> {
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        Some(Format::Png)
    } else if bytes.starts_with(b"\xff\xd8\xff") {
        Some(Format::Jpeg)
    } else if bytes.starts_with(b"GIF87a") || bytes.starts_with(b"GIF89a") {
        Some(Format::Gif)
    } else if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        Some(Format::WebP)
    } else if matches!(bytes.get(4..12), Some(b"ftypavif" | b"ftypavis")) {
        Some(Format::Avif)
    } else {
        None
    }
}

/// What a file that is no image seems to be: usually one that was renamed in the hope of changing its format.
fn resemblance(bytes: &[u8]) -> Option<&'static str> {
    let start = bytes.get(..12).unwrap_or(bytes);
    let text = String::from_utf8_lossy(&bytes[..bytes.len().min(512)]).to_lowercase();
    Some(match start {
        [] => "an empty file",
        [_, _, _, _, b'f', b't', b'y', b'p', b'h' | b'm', ..] => "a HEIC photo of a phone",
        [b'I', b'I', b'*', 0, ..] | [b'M', b'M', 0, b'*', ..] => "a TIFF image",
        [b'B', b'M', _, _, _, _, 0, 0, 0, 0, ..] => "a BMP image",
        [b'%', b'P', b'D', b'F', ..] => "a PDF document",
        [b'8', b'B', b'P', b'S', ..] => "a Photoshop document",
        [b'P', b'K', 3, 4, ..] => "an Office document or a ZIP archive",
        _ if text.contains("<svg") => "an SVG drawing",
        _ if text.contains("<html") || text.contains("<!doctype html") => "a web page",
        _ => return None,
    })
}

fn big32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_be_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn big16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_be_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?)))
}

fn little32(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from_le_bytes(bytes.get(at..at.checked_add(4)?)?.try_into().ok()?))
}

fn little16(bytes: &[u8], at: usize) -> Option<u32> {
    Some(u32::from(u16::from_le_bytes(bytes.get(at..at.checked_add(2)?)?.try_into().ok()?)))
}

fn little24(bytes: &[u8], at: usize) -> Option<u32> {
    let part = bytes.get(at..at.checked_add(3)?)?;
    Some(u32::from(part[0]) | u32::from(part[1]) << 8 | u32::from(part[2]) << 16)
}

/// Chunks of length, type, data and checksum; the first is `IHDR`. Browsers do not turn a PNG, whatever its EXIF says.
fn png(bytes: &[u8]) -> Option<Stored> {
    if bytes.get(12..16)? != b"IHDR" {
        return None;
    }
    let (width, height) = (big32(bytes, 16)?, big32(bytes, 20)?);
    let mut exif = Exif::NONE;
    let mut is_animated = false;
    let mut at = 8_usize;
    while let Some(length) = big32(bytes, at) {
        let data = at.checked_add(8)?;
        let end = data.checked_add(length as usize)?;
        match bytes.get(at + 4..data)? {
            b"acTL" => is_animated = true,
            b"eXIf" => {
                exif.has_location = bytes.get(data..end).is_some_and(|tiff| Exif::read(tiff).has_location);
            }
            b"IEND" => break,
            _ => {}
        }
        at = end.checked_add(4)?;
    }
    Some(Stored { width, height, exif, is_animated })
}

/// Segments up to the first scan; then the end must come some time, or the file was cut.
fn jpeg(bytes: &[u8]) -> Option<Stored> {
    let mut size = None;
    let mut exif = Exif::NONE;
    let mut at = 2_usize;
    let scan = loop {
        if *bytes.get(at)? != 0xff {
            return None;
        }
        let marker = *bytes.get(at + 1)?;
        match marker {
            // Any number of bytes may fill the space before a marker.
            0xff => {
                at += 1;
                continue;
            }
            0x01 | 0xd0..=0xd7 => {
                at += 2;
                continue;
            }
            0xd8 | 0xd9 => return None,
            _ => {}
        }
        let length = big16(bytes, at + 2)? as usize;
        let data = bytes.get(at + 4..at + 2 + length.max(2))?;
        match marker {
            0xc0..=0xcf if !matches!(marker, 0xc4 | 0xc8 | 0xcc) => {
                size = Some((big16(data, 3)?, big16(data, 1)?));
            }
            0xe1 if exif == Exif::NONE => {
                if let Some(tiff) = data.strip_prefix(b"Exif\0\0") {
                    exif = Exif::read(tiff);
                }
            }
            0xda => break at,
            _ => {}
        }
        at += 2 + length.max(2);
    };
    let (width, height) = size?;
    // In a scan's data a marker's first byte is always followed by a zero, so these are no pixels.
    let mut scans = 0;
    let mut has_end = false;
    for pair in bytes[scan..].windows(2).filter(|pair| pair[0] == 0xff) {
        match pair[1] {
            0xda => scans += 1,
            0xd9 => {
                has_end = true;
                break;
            }
            _ => {}
        }
    }
    (has_end && scans <= MOST_SCANS).then_some(Stored { width, height, exif, is_animated: false })
}

/// A screen, then blocks; two pictures make a film.
fn gif(bytes: &[u8]) -> Option<Stored> {
    let (width, height) = (little16(bytes, 6)?, little16(bytes, 8)?);
    let palette = |flags: u8| if flags & 0x80 == 0 { 0 } else { 3 << (usize::from(flags & 7) + 1) };
    let mut at = 13 + palette(*bytes.get(10)?);
    let mut pictures = 0;
    loop {
        match bytes.get(at) {
            Some(0x21) => at += 2,
            Some(0x2c) => {
                pictures += 1;
                at += 11 + palette(*bytes.get(at + 9)?);
            }
            // Browsers show what came before the end, wherever it is.
            _ => break,
        }
        while let Some(length) = bytes.get(at).copied() {
            at += 1 + usize::from(length);
            if length == 0 {
                break;
            }
        }
    }
    let stored = Stored { width, height, exif: Exif::NONE, is_animated: pictures > 1 };
    (pictures > 0).then_some(stored)
}

/// A container of chunks: the simple forms hold one, the extended form says first how large the whole is.
fn webp(bytes: &[u8]) -> Option<Stored> {
    let mut exif = Exif::NONE;
    let data = 20;
    let (width, height, is_animated) = match bytes.get(12..16)? {
        b"VP8 " => {
            if bytes.get(data + 3..data + 6)? != b"\x9d\x01\x2a" {
                return None;
            }
            (little16(bytes, data + 6)? & 0x3fff, little16(bytes, data + 8)? & 0x3fff, false)
        }
        b"VP8L" => {
            if *bytes.get(data)? != 0x2f {
                return None;
            }
            let packed = little32(bytes, data + 1)?;
            ((packed & 0x3fff) + 1, ((packed >> 14) & 0x3fff) + 1, false)
        }
        b"VP8X" => {
            let flags = *bytes.get(data)?;
            (little24(bytes, data + 4)? + 1, little24(bytes, data + 7)? + 1, flags & 0x02 != 0)
        }
        _ => return None,
    };
    let mut at = 12_usize;
    while let Some(length) = little32(bytes, at + 4) {
        let start = at + 8;
        let end = start.checked_add(length as usize)?;
        if bytes.get(at..at + 4) == Some(b"EXIF") {
            let block = bytes.get(start..end)?;
            exif = Exif::read(block.strip_prefix(b"Exif\0\0").unwrap_or(block));
        }
        at = end.checked_add(length as usize & 1)?;
    }
    Some(Stored { width, height, exif, is_animated })
}

fn avif(bytes: &[u8]) -> Option<Stored> {
    let size = imagesize::blob_size(bytes).ok()?;
    let (width, height) = (u32::try_from(size.width).ok()?, u32::try_from(size.height).ok()?);
    Some(Stored { width, height, exif: Exif::NONE, is_animated: false })
}
