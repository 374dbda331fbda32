//! Names of rooms, people and audiences as writers vary them: what is one, what is a slip, what is a role that several
//! people can have.

use std::collections::BTreeMap;

/// Names with numbers; names that differ in case, spaces and marks alone have one.
#[derive(Debug, Default)]
pub(super) struct Numbered {
    /// Each as it was first written.
    pub(super) names: Vec<String>,
    numbers: BTreeMap<String, usize>,
}

impl Numbered {
    pub(super) fn number(&mut self, name: &str) -> usize {
        *self.numbers.entry(key(name)).or_insert_with(|| {
            self.names.push(name.to_string());
            self.names.len() - 1
        })
    }
}

/// A name without what writers vary: `Room 1` and `room1` are one.
pub(super) fn key(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

const TITLES: [&str; 12] =
    ["dr", "prof", "professor", "mr", "mrs", "ms", "miss", "mx", "sir", "dame", "rev", "cllr"];

/// A person's name without titles, so that `Dr A Example` and `A Example` are one.
pub(super) fn person(name: &str) -> String {
    let is_title = |word: &&str| TITLES.contains(&word.trim_end_matches('.').to_lowercase().as_str());
    let words: Vec<&str> = name.split_whitespace().skip_while(is_title).collect();
    if words.is_empty() { name.to_string() } else { words.join(" ") }
}

/// Words of which roles are made. A role alone may be that of several people.
const ROLES: [&str; 34] = [
    "director",
    "directors",
    "manager",
    "managers",
    "lead",
    "leads",
    "leader",
    "chair",
    "officer",
    "head",
    "radiologist",
    "radiologists",
    "radiographer",
    "radiographers",
    "sonographer",
    "sonographers",
    "consultant",
    "clinician",
    "clinicians",
    "nurse",
    "nurses",
    "physicist",
    "scientist",
    "executive",
    "coordinator",
    "engineer",
    "team",
    "panel",
    "representative",
    "representatives",
    "facilitator",
    "speaker",
    "speakers",
    "host",
];

/// Whether a name is a role that says of no one place: `Network director`, but not `Network director, Devon`.
pub(super) fn is_open_role(name: &str) -> bool {
    let lower = name.to_lowercase();
    let has_place = lower.contains([',', '(', '–', ':'])
        || [" of ", " at ", " from ", " for "].iter().any(|word| lower.contains(word));
    let is_role = |word: &str| ROLES.contains(&word);
    !has_place && lower.split(|character: char| !character.is_alphanumeric()).any(is_role)
}

/// Whether one name is most likely a slip for the other: one word of letters differs, by one letter. `Room A` and
/// `Room B` are two rooms.
pub(super) fn is_slip(one: &str, other: &str) -> bool {
    let words = |name: &str| name.split_whitespace().map(str::to_lowercase).collect::<Vec<String>>();
    let (one, other) = (words(one), words(other));
    if one.len() != other.len() {
        return false;
    }
    let differing: Vec<(&String, &String)> = one.iter().zip(&other).filter(|(a, b)| a != b).collect();
    let is_word = |word: &str| (3..40).contains(&word.len()) && word.chars().all(char::is_alphabetic);
    match differing[..] {
        [(a, b)] => is_word(a) && is_word(b) && a.len().max(b.len()) > 3 && strsim::osa_distance(a, b) == 1,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_told_from_other_rooms() {
        assert!(is_slip("Main hall", "Main hal") && is_slip("Gallrey", "Gallery"));
        assert!(
            !is_slip("Room A", "Room B") && !is_slip("Hall 1", "Hall 2") && !is_slip("North", "Main hall")
        );
        assert_eq!(key("Room 1"), key("room-1"));
    }

    #[test]
    fn a_role_alone_may_be_several_people() {
        assert!(is_open_role("Network director") && is_open_role("Radiologists"));
        assert!(!is_open_role("Network director, Devon") && !is_open_role("Director of the Devon network"));
        assert!(!is_open_role("Dr Ann Example"));
        assert_eq!(person("Prof. Dr Ann Example"), "Ann Example");
    }
}
