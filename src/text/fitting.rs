//! Words on paper before a browser lays them out: how many lines they take, and what of them fits.

use super::widths::width;

/// The type in which words are set. Lengths are in one unit of the caller's choice.
#[derive(Debug, Clone, Copy)]
pub struct Setting {
    /// The size of the type.
    pub size: f64,
    /// Whether it is bold.
    pub is_bold: bool,
    /// The length of a line.
    pub line: f64,
}

/// Browsers round the widths of letters, each a little in its own way.
const SPARE: f64 = 0.985;

impl Setting {
    /// How many lines a text takes. Words longer than a line are broken.
    pub fn line_count(&self, text: &str) -> usize {
        let mut lines = Lines::new(self);
        lines.add_words(text);
        lines.count
    }

    /// Lines that begin with bold words, into which a text runs.
    pub fn lines_after(&self, lead: &str) -> Lines<'_> {
        let mut lines = Lines::new(self);
        lead.split_whitespace().for_each(|word| lines.add_as(word, true));
        lines
    }

    /// The text, or as much of it as fits so many lines, cut at a word with `…` after it.
    pub fn cut(&self, text: &str, most_lines: usize) -> String {
        if self.line_count(text) <= most_lines {
            return text.split_whitespace().collect::<Vec<_>>().join(" ");
        }
        let mut kept: Vec<&str> = Vec::new();
        let mut lines = Lines::new(self);
        for word in text.split_whitespace() {
            lines.add(word);
            // The sign takes room too: a whole em keeps it on the line.
            let with_sign = lines.count + usize::from(lines.used + self.size > self.line * SPARE);
            if with_sign > most_lines {
                break;
            }
            kept.push(word);
        }
        let kept = kept.join(" ");
        format!("{}…", kept.trim_end_matches([',', ';', ':', '.', '-', '–']))
    }
}

/// Lines as they fill up.
#[derive(Debug, Clone)]
pub struct Lines<'s> {
    setting: &'s Setting,
    count: usize,
    used: f64,
}

impl<'s> Lines<'s> {
    fn new(setting: &'s Setting) -> Self {
        Self { setting, count: 0, used: 0.0 }
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.count
    }

    /// Sets more words.
    pub fn add_words(&mut self, text: &str) {
        text.split_whitespace().for_each(|word| self.add(word));
    }

    fn add(&mut self, word: &str) {
        self.add_as(word, self.setting.is_bold);
    }

    fn add_as(&mut self, word: &str, is_bold: bool) {
        let Setting { size, line, .. } = *self.setting;
        let line = line * SPARE;
        let space = width(" ", size, is_bold);
        let own = width(word, size, is_bold);
        if self.count == 0 || self.used + space + own > line {
            self.count += 1;
            self.used = own;
            // A word that no line holds goes on below.
            while self.used > line {
                self.count += 1;
                self.used -= line;
            }
        } else {
            self.used += space + own;
        }
    }
}

/// Words before a full stop that ends no sentence.
const SHORTENED: [&str; 12] =
    ["e.g.", "i.e.", "dr.", "mr.", "mrs.", "ms.", "prof.", "no.", "st.", "vs.", "cf.", "approx."];

/// The sentences of a text on one line, each with its stop.
pub fn sentences(text: &str) -> Vec<&str> {
    let mut all = Vec::new();
    let mut from = 0;
    for (at, _) in text.match_indices(' ') {
        let before = text[from..at].trim_end_matches(['"', '\'', '’', '”', ')', ']']);
        if !before.ends_with(['.', '?', '!', '…']) {
            continue;
        }
        let last_word = before.rsplit([' ', '(']).next().unwrap_or_default();
        let begins = text[at + 1..].chars().find(|sign| sign.is_alphanumeric());
        let is_new = begins.is_some_and(|sign| !sign.is_lowercase());
        if is_new && !SHORTENED.iter().any(|short| short.eq_ignore_ascii_case(last_word)) {
            all.push(text[from..at].trim());
            from = at + 1;
        }
    }
    all.push(text[from..].trim());
    all.retain(|sentence| !sentence.is_empty());
    all
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NARROW: Setting = Setting { size: 10.0, is_bold: false, line: 100.0 };

    #[test]
    fn words_fill_lines_and_long_ones_are_broken() {
        assert_eq!(NARROW.line_count(""), 0);
        assert_eq!(NARROW.line_count("iiii iiii"), 1);
        assert_eq!(NARROW.line_count("WWWWWWWW WWWWWWWW"), 2);
        assert_eq!(NARROW.line_count(&"W".repeat(30)), 3);
    }

    #[test]
    fn what_does_not_fit_is_cut_at_a_word() {
        assert_eq!(NARROW.cut("short  words", 1), "short words");
        assert_eq!(
            NARROW.cut("the whole of a longer sentence, with more words in it", 2),
            "the whole of a longer sentence, with…"
        );
        assert_eq!(NARROW.cut(&"W".repeat(300), 2), "…");
    }

    #[test]
    fn sentences_end_where_a_reader_would_say_so() {
        assert_eq!(
            sentences(
                "It fell by 1.5 days, e.g. In Kent (see St. Ives). “Did it hold?” 3 sites say so. no capital"
            ),
            [
                "It fell by 1.5 days, e.g. In Kent (see St. Ives).",
                "“Did it hold?”",
                "3 sites say so. no capital"
            ]
        );
    }

    proptest! {
        #[test]
        fn what_is_cut_fits(text in "[a-zA-Z ,.é]{0,400}", lines in 1usize..6) {
            let cut = NARROW.cut(&text, lines);
            prop_assert!(NARROW.line_count(&cut) <= lines, "{cut}");
        }

        #[test]
        fn no_word_of_a_text_is_lost_between_its_sentences(text in "[a-zA-Z0-9 .?!()”]{0,200}") {
            let all: String = sentences(&text).concat();
            let without = |text: &str| text.split_whitespace().collect::<String>();
            prop_assert_eq!(without(&all), without(&text));
        }
    }
}
