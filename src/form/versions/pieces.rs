//! Running text as words, spaces, signs and gaps, one by one: what two versions of a clause are compared by.

/// Running text, in which gaps stay whole.
#[derive(Default)]
pub(super) struct Said {
    /// Each with whether it is a gap. Words in several looks are one.
    parts: Vec<(String, bool)>,
    /// Where its links lead, by their words.
    pub(super) links: Vec<(String, String)>,
}

impl Said {
    pub(super) fn words(&mut self, text: &str) {
        match self.parts.last_mut() {
            Some((words, false)) => words.push_str(text),
            _ => self.parts.push((text.to_string(), false)),
        }
    }

    pub(super) fn gap(&mut self, name: &str) {
        self.parts.push((format!("[{name}]"), true));
    }

    pub(super) fn text(&self) -> String {
        self.parts.iter().map(|(text, _)| text.as_str()).collect()
    }

    pub(super) fn pieces(self) -> Vec<String> {
        let mut pieces = Vec::new();
        for (text, is_gap) in self.parts {
            if is_gap {
                pieces.push(text);
            } else {
                push_pieces(&mut pieces, &text, false);
            }
        }
        tidy(&mut pieces);
        pieces
    }
}

/// Words, single spaces and signs. Signs within words and figures belong to them: `trust's`, `1,000`.
pub(super) fn push_pieces(pieces: &mut Vec<String>, text: &str, keeps_lines: bool) {
    let mut characters = text.chars().peekable();
    let mut open: Option<char> = None;
    while let Some(character) = characters.next() {
        let joins = open.zip(characters.peek()).is_some_and(|(last, next)| match character {
            '\'' | '’' | '-' | '/' | '@' | '_' => is_word(*next),
            ',' | '.' | ':' => last.is_ascii_digit() && next.is_ascii_digit(),
            _ => false,
        });
        let continues = joins || is_word(character);
        match pieces.last_mut().filter(|_| continues && open.is_some()) {
            Some(last) => last.push(character),
            None if keeps_lines && character == '\n' => pieces.push("\n".to_string()),
            None if character.is_whitespace() => pieces.push(" ".to_string()),
            None => pieces.push(character.to_string()),
        }
        open = continues.then_some(character);
    }
}

/// Letters, figures, and what makes no sense when it is torn from them: accents, parts of a picture, currencies.
fn is_word(character: char) -> bool {
    let is_sign = matches!(character, '‐'..='‧' | '‰'..='⁞' | '«' | '»' | '·');
    character.is_alphanumeric() || !character.is_ascii() && !character.is_whitespace() && !is_sign
}

/// One space between words, none at the ends.
fn tidy(pieces: &mut Vec<String>) {
    pieces.dedup_by(|next, last| next == " " && last == " ");
    if pieces.last().is_some_and(|last| last == " ") {
        pieces.pop();
    }
    if pieces.first().is_some_and(|first| first == " ") {
        pieces.remove(0);
    }
}
