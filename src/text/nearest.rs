//! The known name that a misspelt one most likely meant.

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

/// From 0 (equal) to 1 (nothing in common). A name that begins or ends like the other counts as near, because people
/// shorten names (`kent` for `kent-and-medway`).
fn distance(a: &str, b: &str) -> f64 {
    if a == b {
        return 0.0;
    }
    let shorter = a.chars().count().min(b.chars().count());
    if shorter >= 4 && (a.starts_with(b) || b.starts_with(a)) {
        return 0.2;
    }
    1.0 - strsim::normalized_damerau_levenshtein(a, b)
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
    }
}
