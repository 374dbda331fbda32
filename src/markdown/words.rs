//! Counts the words of running text, which comes in pieces that may end inside a word.

/// The count so far.
#[derive(Default)]
pub(super) struct Words {
    count: usize,
    inside: bool,
}

impl Words {
    pub(super) fn add(&mut self, text: &str) {
        for byte in text.bytes() {
            if byte.is_ascii_whitespace() {
                self.inside = false;
            } else if !self.inside && (byte.is_ascii_alphanumeric() || !byte.is_ascii()) {
                self.inside = true;
                self.count += 1;
            }
        }
    }

    /// What comes next begins a new word: a line or a block has ended.
    pub(super) fn end(&mut self) {
        self.inside = false;
    }

    pub(super) fn count(&self) -> usize {
        self.count
    }
}
