//! What one page may cost. The limits are far above what anyone writes and far below what would hurt a build.

/// A body longer than this is cut: pages are read by people.
pub(super) const MAX_INPUT: usize = 4_000_000;

/// Elements nested deeper than this are written without their tags: browsers slow down, and no reader follows.
pub(super) const MAX_DEPTH: usize = 64;

/// Characters of text repeated in an attribute (a label, a column's name).
pub(super) const MAX_LABEL: usize = 80;

/// Bytes of code that are coloured in one page; colouring is slow beside all else.
pub(super) const MAX_HIGHLIGHTED: usize = 256 * 1024;

/// How many bytes of HTML a body of `input` bytes may become. Tables amplify: a short last row is filled up with
/// empty cells.
pub(super) fn max_output(input: usize) -> usize {
    (input * 40 + 64 * 1024).min(4_000_000.max(input * 3))
}

/// How many events of the parser a body of `input` bytes may raise: ordinary text raises fewer than one a byte.
pub(super) fn max_events(input: usize) -> usize {
    input * 4 + 64 * 1024
}

/// The first [`MAX_LABEL`] characters, with an ellipsis where there are more.
pub(super) fn shortened(text: &str) -> std::borrow::Cow<'_, str> {
    match text.char_indices().nth(MAX_LABEL) {
        Some((end, _)) => format!("{}…", text[..end].trim_end()).into(),
        None => text.into(),
    }
}
