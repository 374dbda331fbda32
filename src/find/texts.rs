//! The texts in a file, for every kind of file that can be read.

use crate::source::SitePath;

/// A text in a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundText {
    /// Where in the file it stands, where the file is not text itself: "slide 3, notes"; else empty.
    pub place: String,
    /// The text.
    pub text: String,
}

/// Endings of files that hold no words.
const WORDLESS: [&str; 22] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "ico", "bmp", "tif", "tiff", "woff", "woff2", "ttf", "otf",
    "mp3", "mp4", "m4a", "wav", "webm", "mov", "ogg", "oga",
];

/// The texts of a file; none where it is of a form that cannot be read here.
pub fn texts_of(path: &SitePath, bytes: Vec<u8>) -> Option<Vec<FoundText>> {
    match String::from_utf8(bytes) {
        Ok(text) if !text.contains('\0') => Some(vec![FoundText { place: String::new(), text }]),
        // What is in a picture is for people to look at; its name is searched all the same.
        _ => WORDLESS.contains(&path.extension().as_str()).then(Vec::new),
    }
}
