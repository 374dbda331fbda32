//! Which words of a text say what it is about, and when two of them are one word. English, and no more exact than is
//! needed to find what two texts share.

/// Words that say nothing about the subject of a text on a site like this; in order, so that one is found quickly.
const STOP_WORDS: &[&str] = &[
    "about",
    "after",
    "again",
    "against",
    "agree",
    "agreed",
    "all",
    "also",
    "among",
    "and",
    "another",
    "any",
    "anything",
    "are",
    "around",
    "because",
    "been",
    "before",
    "being",
    "between",
    "both",
    "but",
    "came",
    "can",
    "case",
    "choose",
    "chooses",
    "choosing",
    "chose",
    "chosen",
    "come",
    "could",
    "develop",
    "developed",
    "develops",
    "did",
    "does",
    "done",
    "down",
    "during",
    "each",
    "ever",
    "every",
    "everybody",
    "everything",
    "example",
    "examples",
    "experience",
    "few",
    "first",
    "for",
    "found",
    "four",
    "from",
    "further",
    "get",
    "give",
    "given",
    "gives",
    "had",
    "has",
    "have",
    "help",
    "her",
    "here",
    "him",
    "his",
    "how",
    "imaging",
    "into",
    "invented",
    "its",
    "just",
    "keep",
    "kept",
    "last",
    "learn",
    "learned",
    "learns",
    "less",
    "lesson",
    "lessons",
    "look",
    "looking",
    "made",
    "make",
    "makes",
    "many",
    "may",
    "met",
    "might",
    "more",
    "most",
    "much",
    "must",
    "need",
    "needs",
    "network",
    "networks",
    "new",
    "next",
    "nhs",
    "nine",
    "nobody",
    "none",
    "not",
    "nothing",
    "now",
    "off",
    "offer",
    "often",
    "once",
    "one",
    "only",
    "onto",
    "other",
    "others",
    "our",
    "out",
    "over",
    "own",
    "page",
    "pages",
    "part",
    "parts",
    "per",
    "put",
    "rather",
    "same",
    "say",
    "says",
    "session",
    "sessions",
    "set",
    "seven",
    "several",
    "she",
    "should",
    "show",
    "shows",
    "since",
    "six",
    "some",
    "somebody",
    "something",
    "still",
    "studies",
    "study",
    "such",
    "take",
    "taken",
    "ten",
    "than",
    "that",
    "the",
    "their",
    "them",
    "then",
    "there",
    "these",
    "they",
    "this",
    "those",
    "though",
    "three",
    "through",
    "told",
    "too",
    "took",
    "towards",
    "trust",
    "trusts",
    "turn",
    "two",
    "under",
    "until",
    "upon",
    "use",
    "used",
    "using",
    "very",
    "want",
    "was",
    "way",
    "ways",
    "well",
    "went",
    "were",
    "what",
    "when",
    "where",
    "whether",
    "which",
    "while",
    "who",
    "whose",
    "why",
    "will",
    "with",
    "without",
    "work",
    "works",
    "would",
    "year",
    "years",
    "yet",
    "you",
    "your",
];

/// Whether a word, in small letters, may say what a text is about.
pub fn says_something(word: &str) -> bool {
    // A year says when, not what.
    word.chars().nth(2).is_some()
        && !word.starts_with(|first: char| first.is_ascii_digit())
        && STOP_WORDS.binary_search(&word).is_err()
}

/// A word without its ending, so that `reports` and `reporting` are one. English, and no more exact than is needed to
/// find what two sentences share.
pub fn stem(word: &str) -> String {
    let long_enough = |stem: &&str| stem.chars().count() > 2;
    if let Some(stem) = word.strip_suffix("ies").filter(long_enough) {
        return format!("{stem}y");
    }
    let word = match word.strip_suffix('s').filter(long_enough) {
        Some(singular) if !singular.ends_with(['s', 'u', 'i']) => singular,
        _ => word,
    };
    let Some(stem) = word.strip_suffix("ing").or_else(|| word.strip_suffix("ed")).filter(long_enough) else {
        return word.strip_suffix('e').filter(long_enough).unwrap_or(word).to_string();
    };
    // `planning` is of `plan`, but `calling` of `call`.
    let mut last = stem.chars().rev();
    match (last.next(), last.next()) {
        (Some(one), Some(other)) if one == other && !"lsz".contains(one) => {
            stem[..stem.len() - one.len_utf8()].to_string()
        }
        _ => stem.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_a_word_are_one() {
        for forms in [
            &["report", "reports", "reporting", "reported"][..],
            &["plan", "plans", "planning"],
            &["archive", "archives", "archiving"],
            &["policy", "policies"],
            &["call", "calls", "calling"],
        ] {
            for form in forms {
                assert_eq!(stem(form), stem(forms[0]), "{form}");
            }
        }
        assert_eq!(stem("status"), "status");
    }

    #[test]
    fn words_without_a_subject_are_known() {
        assert!(STOP_WORDS.is_sorted());
        for word in ["the", "networks", "2018", "at"] {
            assert!(!says_something(word), "{word}");
        }
        assert!(says_something("thrombectomy"));
    }
}
