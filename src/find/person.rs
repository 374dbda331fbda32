//! A person's name in the ways in which it is written: either order, initials, titles, further names between.

use std::ops::Range;

use super::folded::{Folded, Gap, letters};

/// A person, as letters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The family name.
    family: String,
    /// Given names, the first one first; empty where only one name was asked for.
    given: Vec<String>,
}

/// Words that begin a family name.
const PARTICLES: [&str; 17] = [
    "van", "von", "de", "der", "den", "del", "della", "di", "da", "dos", "du", "la", "le", "al", "el", "bin",
    "ap",
];

/// Words before a family name alone.
const TITLES: [&str; 12] =
    ["mr", "mrs", "ms", "miss", "mx", "dr", "prof", "professor", "sir", "dame", "lord", "sister"];

impl Person {
    /// From `Jane Smith`, `Smith, Jane`, `J. Smith` or a single name.
    pub(super) fn new(name: &str) -> Self {
        let parts = |text: &str| -> Vec<String> {
            let words = text.split(|sign: char| sign.is_whitespace() || sign == '.').map(letters);
            words.filter(|part| !part.is_empty()).collect()
        };
        if let Some((family, given)) = name.split_once(',') {
            let given: Vec<String> = parts(given).into_iter().filter(|part| !is_title(part)).collect();
            return Self { family: parts(family).concat(), given };
        }
        let mut all = parts(name);
        while all.len() > 1 && is_title(&all[0]) {
            all.remove(0);
        }
        let last = all.len().saturating_sub(1);
        let begins = all
            .iter()
            .enumerate()
            .position(|(index, part)| index > 0 && index < last && PARTICLES.contains(&part.as_str()))
            .unwrap_or(last);
        Self { family: all[begins..].concat(), given: all[..begins].to_vec() }
    }

    /// Whether there is anything to look for.
    pub(super) fn is_empty(&self) -> bool {
        self.family.is_empty()
    }

    /// Where a text names the person: the words, and whether it is surely this one.
    pub(super) fn find(&self, text: &Folded) -> Vec<(Range<usize>, bool)> {
        let families = text.find(&self.family);
        families.into_iter().filter_map(|family| self.around(text, family)).collect()
    }

    fn around(&self, text: &Folded, family: Range<usize>) -> Option<(Range<usize>, bool)> {
        if self.given.is_empty() {
            return Some((family, true));
        }
        // All that was asked for, before it or after it: `Jane Smith`, `Smith, Jane`.
        let whole =
            [self.given.concat(), self.given[0].clone()].map(|given| (self.asked_initial().is_none(), given));
        let wholes = || whole.iter().filter(|(is_name, _)| *is_name).map(|(_, given)| given.as_str());
        if let Some(words) = wholes().find_map(|given| before(text, &family, given)) {
            return Some((words, true));
        }
        let shortened = self.shortened(text, &family);
        if let Some(words) = wholes().find_map(|given| after(text, &family, given)) {
            // `Bob Smith, Jane Jones` names two others.
            let is_others = text.words[family.start].gap == Gap::Space
                && family.start > 0
                && !is_title(text.text(&text.words[family.start - 1]));
            return Some(shortened.map_or((words, !is_others), |shortened| (shortened, false)));
        }
        let titled = || {
            let title = family.start.checked_sub(1).filter(|_| text.words[family.start].gap != Gap::Far)?;
            is_title(text.text(&text.words[title])).then_some(title..family.end)
        };
        let initial_after = || {
            let next = text.words.get(family.end).filter(|next| next.gap != Gap::Far)?;
            self.begins(text.text(next)).then_some(family.start..family.end + 1)
        };
        shortened.or_else(titled).or_else(initial_after).map(|words| (words, false))
    }

    /// The initial that was asked for instead of a name.
    fn asked_initial(&self) -> Option<char> {
        let mut letters = self.given.first()?.chars();
        let first = letters.next()?;
        letters.next().is_none().then_some(first)
    }

    /// Whether a word is the initial of the given name, or begins with the initial that was asked for.
    fn begins(&self, word: &str) -> bool {
        let first = self.given.first().and_then(|given| given.chars().next());
        word.chars().next() == first && (self.asked_initial().is_some() || word.chars().nth(1).is_none())
    }

    /// Further names or initials before the family name: `Jane A. Smith`, `J. A. Smith`.
    fn shortened(&self, text: &Folded, family: &Range<usize>) -> Option<Range<usize>> {
        let is_short = |index: usize| text.text(&text.words[index]).len() <= 2;
        for back in 1..=3 {
            let index = family.start.checked_sub(back)?;
            // `J. A.` has signs between its words; `Jane, Smith` is a list.
            let joins = match text.words[index + 1].gap {
                Gap::Space | Gap::Line => true,
                Gap::Signs => is_short(index) || (back > 1 && is_short(index + 1)),
                Gap::Far => false,
            };
            if !joins {
                return None;
            }
            let word = text.text(&text.words[index]);
            let mut between = index + 1..family.start;
            let is_given = self.given.first().is_some_and(|given| given == word) && back <= 2;
            let is_initial = self.begins(word)
                && between.all(|index| is_short(index) && !is_title(text.text(&text.words[index])));
            if is_given || is_initial {
                return Some(index..family.end);
            }
        }
        None
    }
}

/// The words that end right before a family name and join to these letters.
fn before(text: &Folded, family: &Range<usize>, letters: &str) -> Option<Range<usize>> {
    let word = &text.words[family.start];
    let at = word.at.checked_sub(letters.len())?;
    let first = text.words.binary_search_by_key(&at, |word| word.at).ok()?;
    (word.gap != Gap::Far && &text.joined[at..word.at] == letters).then_some(first..family.end)
}

/// The words that begin right after a family name and join to these letters.
fn after(text: &Folded, family: &Range<usize>, letters: &str) -> Option<Range<usize>> {
    let next = text.words.get(family.end)?;
    let end = next.at + letters.len();
    let last = text.words.binary_search_by_key(&end, |word| word.end).ok()?;
    (next.gap != Gap::Far && &text.joined[next.at..end] == letters).then_some(family.start..last + 1)
}

fn is_title(word: &str) -> bool {
    TITLES.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn finds(name: &str, text: &str, wanted: &[(&str, bool)]) {
        let folded = Folded::of(text);
        let found: Vec<(&str, bool)> = Person::new(name)
            .find(&folded)
            .into_iter()
            .map(|(words, is_sure)| (&text[folded.source(&words)], is_sure))
            .collect();
        assert_eq!(found, wanted, "{name} in {text}");
    }

    #[test]
    fn a_name_is_found_in_either_order() {
        for name in ["Jane Smith", "Smith, Jane", "Dr Jane Smith", "jane  SMITH"] {
            finds(
                name,
                "by Jane Smith, Smith, Jane; jane.smith@test.example",
                &[("Jane Smith", true), ("Smith, Jane", true), ("jane.smith", true)],
            );
        }
        finds(
            "Jane Smith",
            "| Smith | Jane |\n\"Smith\",\"Jane\"\n**Jane** Smith",
            &[("Smith | Jane", true), ("Smith\",\"Jane", true), ("Jane** Smith", true)],
        );
    }

    #[test]
    fn initials_titles_and_further_names_are_likely() {
        finds(
            "Jane Smith",
            "J. Smith, Jane A. Smith, J A Smith; Smith J, Dr Smith",
            &[
                ("J. Smith", false),
                ("Jane A. Smith", false),
                ("J A Smith", false),
                ("Smith J", false),
                ("Dr Smith", false),
            ],
        );
        finds("J. Smith", "Jane Smith and Bob Smith", &[("Jane Smith", false)]);
    }

    #[test]
    fn others_of_the_family_are_not_meant() {
        finds(
            "Jane Smith",
            "Bob Smith, Ann Smithson, Janet Smith, who saw Jane there, and so was a Smith",
            &[],
        );
    }

    #[test]
    fn a_list_of_names_is_looked_at_with_care() {
        finds("Jane Smith", "Bob Smith, Jane Jones", &[("Smith, Jane", false)]);
        finds("Jane Smith", "id,family\n3,Smith,Jane", &[("Smith,Jane", true)]);
    }

    #[test]
    fn family_names_of_several_words_stay_whole() {
        finds("Jan van der Berg", "Van der Berg, Jan; J. van den Berg", &[("Van der Berg, Jan", true)]);
        finds("Anne Smith-Jones", "Anne Smith Jones and Anne Smith", &[("Anne Smith Jones", true)]);
        finds("Zoë", "ZOE was there", &[("ZOE", true)]);
    }
}
