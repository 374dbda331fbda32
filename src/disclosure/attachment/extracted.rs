//! Text taken out of a document, with the places where its pieces stood.

/// Pieces of text, one a line, each with its place.
#[derive(Debug, Default)]
pub(in crate::disclosure) struct Extracted {
    text: String,
    places: Vec<(usize, usize)>,
    names: Vec<String>,
    repeated: usize,
}

impl Extracted {
    /// Adds a piece as a line of its own. An empty place is the document as a whole.
    pub(super) fn line(&mut self, text: &str, place: &str) {
        if text.trim().is_empty() {
            return;
        }
        self.begin(place);
        self.text.push_str(text);
        self.text.push('\n');
    }

    /// What follows stands in this place.
    pub(super) fn begin(&mut self, place: &str) {
        if self.names.last().is_none_or(|last| last != place) {
            self.names.push(place.to_string());
        }
        self.places.push((self.text.len(), self.names.len() - 1));
    }

    /// Adds text to the line that is being written.
    pub(super) fn push(&mut self, text: &str) {
        self.text.push_str(text);
    }

    pub(super) fn text(&self) -> &str {
        &self.text
    }

    /// Where the byte at this offset stood.
    pub(super) fn place(&self, offset: usize) -> String {
        let index = self.places.partition_point(|(start, _)| *start <= offset);
        match index.checked_sub(1) {
            Some(index) => self.names[self.places[index].1].clone(),
            None => String::new(),
        }
    }

    /// So many bytes at the beginning stood in an earlier text already.
    pub(super) fn repeated(&self) -> usize {
        self.repeated
    }

    /// Forgets what was looked at, but for a line that names columns.
    pub(super) fn restart(&mut self, header: &str, place: &str) {
        *self = Self::default();
        self.begin(place);
        self.push(header);
        self.repeated = header.len();
    }
}
