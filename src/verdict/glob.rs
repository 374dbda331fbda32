//! Patterns of paths: `*` and `?` stand for letters of one part of a path, `**` for any number of parts.

/// Whether a path matches a pattern, both with `/` between their parts.
pub(super) fn matches(pattern: &str, path: &str) -> bool {
    let parts = |text: &str| text.split('/').map(String::from).collect::<Vec<_>>();
    wild(&parts(pattern), &parts(path), &|part| part == "**", &|pattern, part| {
        let letters = |text: &str| text.chars().collect::<Vec<_>>();
        wild(&letters(pattern), &letters(part), &|letter| *letter == '*', &|one, other| {
            *one == '?' || one == other
        })
    })
}

/// Matches items against a pattern in which some stand for any number of items. It goes back to the last of those
/// only, so that the time is bounded by the product of the lengths.
fn wild<T>(pattern: &[T], items: &[T], is_any: &dyn Fn(&T) -> bool, equal: &dyn Fn(&T, &T) -> bool) -> bool {
    let (mut at, mut item) = (0, 0);
    let mut back: Option<(usize, usize)> = None;
    while item < items.len() {
        if at < pattern.len() && is_any(&pattern[at]) {
            back = Some((at, item));
            at += 1;
        } else if at < pattern.len() && equal(&pattern[at], &items[item]) {
            at += 1;
            item += 1;
        } else if let Some((any, taken)) = back {
            back = Some((any, taken + 1));
            (at, item) = (any + 1, taken + 1);
        } else {
            return false;
        }
    }
    pattern[at..].iter().all(is_any)
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_stay_in_their_part_of_the_path() {
        for (pattern, path, expected) in [
            ("content/about.md", "content/about.md", true),
            ("content/about.md", "content/about.mdx", false),
            ("content/*.md", "content/about.md", true),
            ("content/*.md", "content/a/b.md", false),
            ("content/**/*.md", "content/a/b.md", true),
            ("content/**/*.md", "content/b.md", true),
            ("content/**", "content/a/b/c.csv", true),
            ("**/data.csv", "content/benchmarks/x/data.csv", true),
            ("**/data.csv", "content/benchmarks/x/data.csv.bak", false),
            ("content/202?/*-v*.md", "content/2024/terms-v2.md", true),
            ("content/202?/*-v*.md", "content/20244/terms-v2.md", false),
            ("**", "anything", true),
        ] {
            assert_eq!(matches(pattern, path), expected, "{pattern} {path}");
        }
    }

    #[test]
    fn a_pattern_of_many_stars_ends() {
        let pattern = "*a".repeat(200);
        assert!(!matches(&pattern, &format!("{}b", "a".repeat(5_000))));
    }
}
