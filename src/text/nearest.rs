//! The known name that a misspelt one most likely meant.

/// Names of more letters are not compared.
const LONGEST: usize = 200;

/// The candidate nearest to `name`, ignoring case, spaces and hyphens; none where all are too far to be a slip.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wanted = folded(name);
    if wanted.is_empty() {
        return None;
    }
    candidates
        .into_iter()
        .map(|candidate| (distance(&wanted, &folded(candidate)), candidate))
        .filter(|(distance, _)| *distance <= 1.0 / 3.0)
        .min_by(|a, b| a.0.total_cmp(&b.0).then_with(|| a.1.cmp(b.1)))
        .map(|(_, candidate)| candidate)
}

/// The end of a help text: `did you mean "kent-and-medway"?`, if any candidate is near.
pub fn did_you_mean<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<String> {
    nearest(name, candidates).map(|candidate| format!("did you mean `{candidate}`?"))
}

/// From 0 (equal) to 1 (nothing in common). A name that begins like the other counts as near, because people
/// shorten names (`kent` for `kent-and-medway`).
fn distance(a: &str, b: &str) -> f64 {
    if a == b {
        return 0.0;
    }
    let shorter = a.chars().count().min(b.chars().count());
    if shorter >= 4 && (a.starts_with(b) || b.starts_with(a)) {
        return 0.2;
    }
    let longer = a.chars().count().max(b.chars().count());
    // Counting letters is far cheaper than comparing words, and rules out nearly all of a site's names. What is longer
    // than a name would take memory by the square of its length.
    if longer > LONGEST || least_slips(a, b) * 3 > longer {
        return 1.0;
    }
    1.0 - strsim::normalized_damerau_levenshtein(a, b)
}

/// At least so many letters must be changed to make one word of the other: those that the longer has and the other
/// has not. Letters are told apart by their last bits only, so there may be more.
fn least_slips(a: &str, b: &str) -> usize {
    let mut counts = [0_i32; 64];
    for character in a.chars() {
        counts[character as usize % 64] += 1;
    }
    for character in b.chars() {
        counts[character as usize % 64] -= 1;
    }
    let of_one =
        |sign: i32| -> usize { counts.iter().map(|count| usize::try_from(count * sign).unwrap_or(0)).sum() };
    of_one(1).max(of_one(-1))
}

fn folded(name: &str) -> String {
    name.chars().filter(|character| character.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_find_their_name_and_strangers_do_not() {
        let names = ["kent-and-medway", "devon", "norfolk-imaging-alliance"];
        assert_eq!(nearest("Kent and Medwey", names), Some("kent-and-medway"));
        assert_eq!(nearest("kent", names), Some("kent-and-medway"));
        assert_eq!(nearest("Cheshire", names), None);
        assert_eq!(nearest("devno", names), Some("devon"));
        assert_eq!(nearest("nodev", names), None, "the same letters in another order are another word");
        let long = "a".repeat(100_000);
        assert_eq!(nearest(&format!("{long}b"), [format!("{long}c").as_str()]), None);
    }
}
