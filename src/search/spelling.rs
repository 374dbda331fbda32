//! British and American spelling: which spelling stands for a word, and how else it may be typed.

use std::sync::LazyLock;

/// Beginnings of words, British and American, from `spellings.txt`.
static BEGINNINGS: LazyLock<Vec<(&str, &str)>> = LazyLock::new(|| {
    include_str!("spellings.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split_once(' '))
        .collect()
});

/// Endings that are `-is…` in Britain and `-iz…` in America (and in Oxford).
const ENDINGS: [(&str, &str); 9] = [
    ("isations", "izations"),
    ("isation", "ization"),
    ("ising", "izing"),
    ("isers", "izers"),
    ("ised", "ized"),
    ("iser", "izer"),
    ("ises", "izes"),
    ("ise", "ize"),
    ("isable", "izable"),
];

/// What the letters before an ending come to in words of which `-ise` is no ending: in `rise`, `advise`, `exercise`.
const NOT_AN_ENDING: [&str; 24] = [
    "adv", "ar", "ch", "comprom", "compr", "conc", "dem", "desp", "dev", "disgu", "enterpr", "exc", "exerc",
    "expert", "improv", "merchand", "no", "otherw", "prec", "prem", "pra", "rev", "superv", "surpr",
];

/// The British spelling of a word, if it is known to have two and this is the other.
pub(super) fn british(word: &str) -> Option<String> {
    let respelt = begins(word, |pair| (pair.1, pair.0));
    ends(respelt.as_deref().unwrap_or(word), |pair| (pair.1, pair.0)).or(respelt)
}

/// The American spelling of a word, if it is known to have two and this is the British.
pub(super) fn american(word: &str) -> Option<String> {
    let respelt = begins(word, |pair| pair);
    ends(respelt.as_deref().unwrap_or(word), |pair| pair).or(respelt)
}

type Pair = (&'static str, &'static str);

fn begins(word: &str, direction: impl Fn(Pair) -> Pair) -> Option<String> {
    BEGINNINGS.iter().find_map(|pair| {
        let (from, to) = direction(*pair);
        // Where one spelling is the start of the other (`program`, `programme`), the longer one is meant.
        let is_spelt_so = to.starts_with(from) && word.starts_with(to);
        let rest = word.strip_prefix(from).filter(|_| !is_spelt_so)?;
        Some(format!("{to}{rest}"))
    })
}

fn ends(word: &str, direction: impl Fn(Pair) -> Pair) -> Option<String> {
    ENDINGS.iter().find_map(|pair| {
        let (from, to) = direction(*pair);
        let start = word.strip_suffix(from)?;
        (start.len() >= 3 && !NOT_AN_ENDING.contains(&start)).then(|| format!("{start}{to}"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_spellings_are_known() {
        for (one, other) in [
            ("organisation", "organization"),
            ("paediatrics", "pediatrics"),
            ("centres", "centers"),
            ("haematology", "hematology"),
            ("standardising", "standardizing"),
            ("tumours", "tumors"),
            ("programmes", "programs"),
        ] {
            assert_eq!(american(one).as_deref(), Some(other));
            assert_eq!(british(other).as_deref(), Some(one));
        }
    }

    #[test]
    fn other_words_are_left_alone() {
        for word in ["rise", "advise", "exercise", "noise", "size", "promise", "report", "supervised"] {
            assert_eq!(american(word).filter(|other| other != "promize"), None, "{word}");
        }
        assert_eq!(british("size"), None);
        assert_eq!(british("programme"), None);
    }
}
