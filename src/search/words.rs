//! The words of a text, as the index holds them and as a query asks for them. `core.js` has the same rules: what one
//! changes, the other must. Accents and case are folded; a word of several parts (`IN-301`, `e-rostering`, `24/7`) is
//! found by each part and as a whole; `NG128` also by its letters and its digits.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// More of a word is not kept; longer ones are data, not words.
const LONGEST: usize = 40;

/// More parts make a list or an address, which nobody types as one word.
const MOST_PARTS: usize = 4;

/// What a word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// A word, or a part of one that stands between hyphens: it takes a place in the text.
    Word,
    /// Another way to find what stands at the place of the word before.
    Other,
}

/// Hands on each word of a text in order, folded.
pub(super) fn each_word(text: &str, each: &mut impl FnMut(&str, Part)) {
    let mut compound: Vec<Cow<str>> = Vec::new();
    let mut end_before = usize::MAX;
    let mut runs = Runs { text, at: 0 };
    while let Some(run) = runs.next() {
        let Run { start, end, .. } = run;
        // Mostly a space follows a word.
        let may_join = !compound.is_empty() && text.as_bytes()[end_before] != b' ';
        let join = if may_join { joint(text, end_before, start, &text[start..end]) } else { None };
        end_before = end;
        let Some(join) = join else {
            finish(&mut compound, each);
            start_run(text, &run, &mut compound, each);
            continue;
        };
        let folded = run.folded(text);
        if join == '\'' && folded.chars().count() <= 2 {
            // The ending of `prandtl's` and `don't` is no word; `dont` is, `prandtls` is not.
            if &*folded != "s" {
                compound.push(folded);
            }
            continue;
        }
        if join == '.' {
            compound.push(Cow::Borrowed("."));
        }
        start_run(text, &run, &mut compound, each);
    }
    finish(&mut compound, each);
}

fn start_run<'a>(
    text: &'a str,
    run: &Run,
    compound: &mut Vec<Cow<'a, str>>,
    each: &mut impl FnMut(&str, Part),
) {
    let folded = run.folded(text);
    if folded.is_empty() {
        return;
    }
    each(&folded, Part::Word);
    // What is not ASCII may fold to digits: `²`.
    let may_have_digits = run.classes & (DIGIT | OTHER) != 0;
    if may_have_digits && folded.len() < LONGEST && folded.bytes().any(|byte| byte.is_ascii_digit()) {
        let mut start = 0;
        let is_digit = |byte: u8| byte.is_ascii_digit();
        let bytes = folded.as_bytes();
        let mut pieces = 0;
        for at in 1..=bytes.len() {
            if at == bytes.len() || (is_digit(bytes[at]) != is_digit(bytes[at - 1])) {
                let is_whole = start == 0 && at == bytes.len();
                if !is_whole && pieces < MOST_PARTS {
                    each(&folded[start..at], Part::Other);
                    pieces += 1;
                }
                start = at;
            }
        }
    }
    compound.push(folded);
}

/// The whole of a word of several parts.
fn finish(compound: &mut Vec<Cow<str>>, each: &mut impl FnMut(&str, Part)) {
    if (2..=MOST_PARTS).contains(&compound.len()) {
        let whole = shortened(compound.concat());
        each(&whole, Part::Other);
    }
    compound.clear();
}

/// The character that joins two runs into one word, if one does.
fn joint(text: &str, end_before: usize, start: usize, run: &str) -> Option<char> {
    let between = text.get(end_before..start)?;
    let mut characters = between.chars();
    let (Some(joint), None) = (characters.next(), characters.next()) else { return None };
    match joint {
        '-' | '\u{2010}' | '\u{2011}' | '/' | '&' | '_' => Some('-'),
        '\'' | '’' => Some('\''),
        '.' | ',' => {
            let is_number = text[..end_before].ends_with(|last: char| last.is_ascii_digit())
                && run.starts_with(|first: char| first.is_ascii_digit());
            is_number.then_some(joint)
        }
        _ => None,
    }
}

/// What a byte of a text is, and what a run has: any of these.
const LOWER: u8 = 1;
const UPPER: u8 = 2;
const DIGIT: u8 = 4;
/// A part of a character that is not ASCII.
const OTHER: u8 = 8;

const CLASSES: [u8; 256] = {
    let mut classes = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        classes[byte] = match byte as u8 {
            b'a'..=b'z' => LOWER,
            b'A'..=b'Z' => UPPER,
            b'0'..=b'9' => DIGIT,
            128.. => OTHER,
            _ => 0,
        };
        byte += 1;
    }
    classes
};

/// A stretch of letters and digits: from where to where, and what it has.
struct Run {
    start: usize,
    end: usize,
    classes: u8,
}

impl Run {
    fn folded<'a>(&self, text: &'a str) -> Cow<'a, str> {
        let run = &text[self.start..self.end];
        if self.classes & (UPPER | OTHER) == 0 && run.len() <= LONGEST {
            Cow::Borrowed(run)
        } else {
            fold(run)
        }
    }
}

/// The runs of a text; each sign of a script without spaces is one of its own.
struct Runs<'a> {
    text: &'a str,
    at: usize,
}

impl Runs<'_> {
    fn next(&mut self) -> Option<Run> {
        let bytes = self.text.as_bytes();
        // Most text is ASCII: it is walked by bytes.
        let mut start = self.at;
        loop {
            match CLASSES[usize::from(*bytes.get(start)?)] {
                0 => start += 1,
                OTHER => {
                    let character = self.text[start..].chars().next()?;
                    if is_sign(character) {
                        self.at = start + character.len_utf8();
                        return Some(Run { start, end: self.at, classes: OTHER });
                    }
                    if is_letter(character) {
                        break;
                    }
                    start += character.len_utf8();
                }
                _ => break,
            }
        }
        let mut end = start;
        let mut classes = 0;
        while let Some(byte) = bytes.get(end) {
            let class = CLASSES[usize::from(*byte)];
            match class {
                0 => break,
                OTHER => {
                    let Some(character) = self.text[end..].chars().next() else { break };
                    if !is_letter(character) || is_sign(character) {
                        break;
                    }
                    end += character.len_utf8();
                }
                _ => end += 1,
            }
            classes |= class;
        }
        self.at = end;
        Some(Run { start, end, classes })
    }
}

fn is_letter(character: char) -> bool {
    character.is_alphanumeric() || is_combining_mark(character)
}

fn is_sign(character: char) -> bool {
    matches!(character, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The word in small letters without accents.
pub(super) fn fold(word: &str) -> Cow<'_, str> {
    if word.is_ascii() {
        let folded = if word.bytes().any(|byte| byte.is_ascii_uppercase()) {
            Cow::Owned(word.to_ascii_lowercase())
        } else {
            Cow::Borrowed(word)
        };
        return if folded.len() > LONGEST { Cow::Owned(folded[..LONGEST].to_string()) } else { folded };
    }
    let mut folded = String::with_capacity(word.len());
    for character in word.chars().flat_map(char::to_lowercase).nfkd() {
        match character {
            'ß' => folded.push_str("ss"),
            'æ' => folded.push_str("ae"),
            'œ' => folded.push_str("oe"),
            'ø' => folded.push('o'),
            'ł' => folded.push('l'),
            'đ' => folded.push('d'),
            'ı' => folded.push('i'),
            'ς' => folded.push('σ'),
            // A form of compatibility may fall into more than letters: `½` has a slash within.
            _ if is_combining_mark(character) || !character.is_alphanumeric() => {}
            _ => folded.extend(character.to_lowercase()),
        }
    }
    Cow::Owned(shortened(folded))
}

fn shortened(word: String) -> String {
    if word.len() <= LONGEST { word } else { word.chars().take(LONGEST).collect() }
}

/// The words of a title in order, as one text by which the title is found when it is typed whole.
pub(super) fn title_key(title: &str) -> String {
    let mut key = String::new();
    each_word(title, &mut |word, part| {
        if part == Part::Word {
            if !key.is_empty() {
                key.push(' ');
            }
            key.push_str(word);
        }
    });
    key
}

/// Words that say nothing of what is looked for; a query passes over them unless it has no others. The index keeps no
/// places for them.
pub(super) const STOP_WORDS: [&str; 92] = [
    "a", "about", "after", "all", "also", "am", "an", "and", "any", "anyone", "are", "as", "at", "be",
    "been", "but", "by", "can", "could", "did", "do", "does", "for", "from", "get", "gets", "getting", "got",
    "had", "has", "have", "he", "how", "i", "if", "in", "into", "is", "it", "its", "just", "many", "may",
    "me", "might", "more", "much", "must", "my", "no", "not", "of", "on", "onto", "or", "other", "our",
    "she", "should", "so", "some", "such", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "too", "up", "us", "very", "was", "we", "were", "what", "when", "where",
    "which", "who", "why", "will", "with", "would", "you", "your",
];

/// No stop word is longer.
const LONGEST_STOP_WORD: usize = 7;

/// For each length the first letters of the stop words that have it, as bits: most words are told from them by that.
const STOP_WORD_STARTS: [u32; LONGEST_STOP_WORD + 1] = {
    let mut starts = [0; LONGEST_STOP_WORD + 1];
    let mut at = 0;
    while at < STOP_WORDS.len() {
        let word = STOP_WORDS[at].as_bytes();
        starts[word.len()] |= 1 << (word[0] - b'a');
        at += 1;
    }
    starts
};

/// Whether a word is one of [`STOP_WORDS`].
pub(super) fn is_stop_word(word: &str) -> bool {
    let Some(starts) = STOP_WORD_STARTS.get(word.len()) else { return false };
    let Some(first @ b'a'..=b'z') = word.bytes().next() else { return false };
    starts >> (first - b'a') & 1 == 1 && STOP_WORDS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> String {
        let mut all = Vec::new();
        each_word(text, &mut |word, part| {
            all.push(if part == Part::Word { word.to_string() } else { format!("({word})") });
        });
        all.join(" ")
    }

    #[test]
    fn case_and_accents_are_folded() {
        assert_eq!(words("Ynys Môn, Tŷ'r Ŵyl"), "ynys mon ty (tyr) wyl");
        assert_eq!(words("ZÜRICH Straße Łódź naïve"), "zurich strasse lodz naive");
        assert_eq!(words("e\u{301}cole"), "ecole");
    }

    #[test]
    fn codes_are_found_whole_and_in_parts() {
        assert_eq!(words("IN-301"), "in 301 (in301)");
        assert_eq!(words("NG128 RQ6 3T"), "ng128 (ng) (128) rq6 (rq) (6) 3t (3) (t)");
        assert_eq!(words("e-rostering 24/7 A&E"), "e rostering (erostering) 24 7 (247) a e (ae)");
        assert_eq!(words("15.0% of 1,204."), "15 0 (15.0) of 1 204 (1204)");
        assert_eq!(words("Prandtl's don't end. 3"), "prandtl don (dont) end 3");
    }

    #[test]
    fn stop_words_are_in_order() {
        assert!(STOP_WORDS.is_sorted());
        assert!(STOP_WORDS.iter().all(|word| word.len() <= LONGEST_STOP_WORD && is_stop_word(word)));
        assert!(!is_stop_word("imaging"));
    }

    #[test]
    fn what_is_no_word_is_passed_over() {
        assert_eq!(words("🙂 — … \u{0} <>"), "");
        assert_eq!(words("مرحبا بالعالم"), "مرحبا بالعالم");
        assert_eq!(words("東京MRI"), "東 京 mri");
    }
}
