//! Content lines of RFC 5545, section 3.1: folded at 75 bytes, ended by CR LF, with text escaped.

/// The most bytes of a line, its end not counted.
const LONGEST: usize = 75;

/// Lines that were written one after the other.
#[derive(Debug, Default)]
pub(super) struct Lines(String);

impl Lines {
    /// A line whose value stands as it is: a date, a rule, an address.
    pub(super) fn plain(&mut self, name: &str, value: &str) {
        let stays = |character: &char| !character.is_control();
        let line: String = name.chars().chain([':']).chain(value.chars().filter(stays)).collect();
        self.fold(&line);
    }

    /// A line whose value is text for people.
    pub(super) fn text(&mut self, name: &str, value: &str) {
        self.fold(&format!("{name}:{}", escaped(value)));
    }

    pub(super) fn into_text(self) -> String {
        self.0
    }

    /// A space at the beginning of a line says that it goes on from the one before; no character is divided.
    fn fold(&mut self, line: &str) {
        let mut used = 0;
        for character in line.chars() {
            if used + character.len_utf8() > LONGEST {
                self.0.push_str("\r\n ");
                used = 1;
            }
            self.0.push(character);
            used += character.len_utf8();
        }
        self.0.push_str("\r\n");
    }
}

/// Text as a value (section 3.3.11). Characters that nobody sees are left out: some calendars refuse a file for one.
fn escaped(text: &str) -> String {
    let mut value = String::with_capacity(text.len() + 8);
    for character in text.replace("\r\n", "\n").chars() {
        match character {
            '\\' | ';' | ',' => {
                value.push('\\');
                value.push(character);
            }
            '\n' | '\r' | '\u{2028}' | '\u{2029}' => value.push_str("\\n"),
            '\t' => value.push(' '),
            character if character.is_control() => {}
            character => value.push(character),
        }
    }
    value
}
