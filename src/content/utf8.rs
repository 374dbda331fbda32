//! Bytes into text: UTF-8 only. Other encodings are never guessed, because a wrong guess publishes wrong words.

use crate::diagnostic::Diagnostic;
use crate::source::{LineColumn, SitePath, Span, Text};

/// The text of a file.
///
/// # Errors
///
/// The place and value of the first byte that is not UTF-8, or the encoding where its mark says which it is.
pub fn decode_utf8(path: &SitePath, bytes: Vec<u8>) -> Result<String, Box<Diagnostic>> {
    let how_to = "open the file in Notepad, choose Save as, and set Encoding to UTF-8";
    if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        return Err(Box::new(
            Diagnostic::error("not-utf8", "the file is saved as UTF-16, which netsite does not read")
                .in_file(path)
                .help(how_to),
        ));
    }
    String::from_utf8(bytes).map_err(|error| {
        let offset = error.utf8_error().valid_up_to();
        let bytes = error.as_bytes();
        let before = Text::new(String::from_utf8_lossy(&bytes[..offset]).into_owned());
        let LineColumn { line, column } = before.line_column(offset as u32);
        let byte = bytes[offset];
        let likely = windows_1252(byte).map_or(String::new(), |character| {
            format!(": the `{character}` here is most likely Windows-1252")
        });
        Box::new(
            Diagnostic::error(
                "not-utf8",
                format!(
                    "the file is not saved as UTF-8{likely} (line {line}, column {column}, byte 0x{byte:02X})"
                ),
            )
            .in_file(path)
            .at(Span::new(offset, offset))
            .help(how_to),
        )
    })
}

/// What Word and old Windows programs most often mean by a byte above 0x7F.
fn windows_1252(byte: u8) -> Option<char> {
    match byte {
        0x80 => Some('€'),
        0x85 => Some('…'),
        0x91 => Some('‘'),
        0x92 => Some('’'),
        0x93 => Some('“'),
        0x94 => Some('”'),
        0x95 => Some('•'),
        0x96 => Some('–'),
        0x97 => Some('—'),
        0xA0..=0xFF => Some(char::from(byte)),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_windows_byte_is_named_with_its_place() {
        let path = SitePath::new("content/a.md");
        let problem = decode_utf8(&path, b"title: x\nthe trust\x92s plan".to_vec()).unwrap_err();
        assert_eq!(
            problem.message,
            "the file is not saved as UTF-8: the `’` here is most likely Windows-1252 (line 2, column 10, byte 0x92)"
        );
    }

    #[test]
    fn utf16_is_named() {
        let problem = decode_utf8(&SitePath::new("a.md"), vec![0xFF, 0xFE, b'a', 0]).unwrap_err();
        assert!(problem.message.contains("UTF-16"));
    }
}
