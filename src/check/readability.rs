//! How hard a text is to read: the length of its sentences, and the grade of Flesch and Kincaid (J. P. Kincaid and others,
//! Derivation of new readability formulas for Navy enlisted personnel, 1975).

use super::Reading;
use super::prose::{Kind, Word};
use crate::diagnostic::Diagnostic;

/// A sentence of more words than this has to be read twice. (The government's own guidance asks for 25 at most; this
/// leaves room for names.)
const LONG_SENTENCE: usize = 40;

/// Texts with fewer words than this say nothing of how hard they are.
const ENOUGH_WORDS: usize = 150;

/// The grade from which a text is told of. The words of this field (radiology, interventional) are long and cannot be
/// avoided: a text that is well made of them comes to about 12.
const HARD_GRADE: f64 = 15.0;

/// Sentences that go on for too long.
pub(super) fn long_sentence(reading: &Reading<'_>, problems: &mut Vec<Diagnostic>) {
    for block in reading.prose.blocks.iter().filter(|block| block.kind != Kind::Heading) {
        for sentence in &block.sentences {
            let count = block.words_in(sentence).len();
            if count > LONG_SENTENCE {
                problems.push(
                    Diagnostic::advice(
                        "long-sentence",
                        format!("this sentence has {count} words; most readers lose the thread after 25"),
                    )
                    .at(block.span(sentence.clone()))
                    .help("make two sentences or a list of it"),
                );
            }
        }
    }
}

/// Texts that ask more of their readers than they need to.
pub(super) fn hard_to_read(reading: &Reading<'_>, problems: &mut Vec<Diagnostic>) {
    let mut totals = Totals::default();
    for block in reading.prose.blocks.iter().filter(|block| block.kind == Kind::Paragraph) {
        for sentence in &block.sentences {
            totals.add(&block.words_in(sentence));
        }
    }
    if totals.words < ENOUGH_WORDS {
        return;
    }
    let grade = totals.grade();
    if grade > HARD_GRADE {
        // Children in the first grade are six.
        let age = (grade + 5.0).round();
        let mut problem = Diagnostic::advice(
            "hard-to-read",
            format!(
                "by its long words and sentences this page asks for the reading of somebody of about {age}; what the NHS \
                 writes for the public aims at 9 to 11, and a colleague in a hurry is glad of the same"
            ),
        )
        .help("begin with the longest sentences: one thought in each, and short words where there is a choice");
        problem.span = reading.page.values.get("title").map(|title| title.span);
        problems.push(problem);
    }
}

#[derive(Default)]
struct Totals {
    sentences: usize,
    words: usize,
    syllables: usize,
}

impl Totals {
    fn add(&mut self, all: &[Word<'_>]) {
        // A few words are a label and no sentence.
        if all.len() < 4 {
            return;
        }
        self.sentences += 1;
        self.words += all.len();
        self.syllables += all.iter().map(|word| syllables(word.text)).sum::<usize>();
    }

    fn grade(&self) -> f64 {
        let (sentences, words, syllables) = (real(self.sentences), real(self.words), real(self.syllables));
        0.39 * (words / sentences) + 11.8 * (syllables / words) - 15.59
    }
}

fn real(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX)).max(1.0)
}

/// About how many syllables an English word has: its groups of vowels, without an e at the end that is not heard.
fn syllables(word: &str) -> usize {
    let mut count = 0;
    // The two letters before.
    let (mut first, mut second) = (' ', ' ');
    for letter in word.chars().map(|letter| letter.to_ascii_lowercase()) {
        if is_vowel(letter) && !is_vowel(second) {
            count += 1;
        }
        // `radiology`, `various`: two vowels that are heard apart, which those of `nation` and `region` are not.
        if matches!((first, second, letter), ('d' | 'r', 'i', 'o' | 'a')) {
            count += 1;
        }
        (first, second) = (second, letter);
    }
    let silent = second == 'e' && first != 'l' && count > 1;
    (count - usize::from(silent)).max(1)
}

fn is_vowel(letter: char) -> bool {
    matches!(letter, 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_about_right() {
        for (word, count) in
            [("cat", 1), ("table", 2), ("reader", 2), ("radiology", 5), ("made", 1), ("the", 1)]
        {
            assert_eq!(syllables(word), count, "{word}");
        }
    }
}
