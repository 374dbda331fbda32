//! The rules that problems name, as `docs/messages.md` lists them, and which of them a site cannot lower.

use std::sync::LazyLock;

use crate::diagnostic::Severity;

/// The table that writers read is the list, so that there is no second one.
const TABLE: &str = include_str!("../../docs/messages.md");

/// One rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Its code.
    pub code: &'static str,
    /// How much its problems matter, unless a site says otherwise. Some have problems of two severities; this is the
    /// graver.
    pub severity: Severity,
    /// What a problem of it means, without a full stop.
    pub about: &'static str,
}

static RULES: LazyLock<Vec<Rule>> = LazyLock::new(|| {
    let mut rules: Vec<Rule> = TABLE.lines().filter_map(row).collect();
    rules.sort_by_key(|rule| rule.code);
    rules
});

fn row(line: &'static str) -> Option<Rule> {
    let mut cells = line.strip_prefix("| ")?.strip_suffix(" |")?.splitn(3, " | ");
    let code = cells.next()?.split('`').nth(1)?;
    let severity = match cells.next()?.trim() {
        "error" => Severity::Error,
        "warning" => Severity::Warning,
        "advice" => Severity::Advice,
        _ => return None,
    };
    Some(Rule { code, severity, about: cells.next()?.trim() })
}

/// Every rule, by code.
pub fn rules() -> &'static [Rule] {
    &RULES
}

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    RULES.binary_search_by(|rule| rule.code.cmp(code)).ok().map(|index| &RULES[index])
}

/// How far a site may go with a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Bound {
    /// It may be lowered, switched off and waived.
    Free,
    /// It protects people: it is never lowered, and waived for one place and a time at most.
    Waivable,
    /// It protects people, and nothing is excepted from it.
    Never,
    /// It says that something cannot be read or put together. Without it nobody could tell what would be published,
    /// not even whether a page is under embargo.
    Unreadable,
}

/// Rules that protect people: those who are counted, and those whom something identifies.
const PEOPLE: [&str; 16] = [
    "attachment-not-read",
    "author-name",
    "chi-number",
    "date-of-birth",
    "dicom-file",
    "health-and-care-number",
    "hidden-number-told",
    "hospital-number",
    "image-location",
    "image-not-checked",
    "mobile-number",
    "nhs-number",
    "personal-email",
    "postcode-beside-name",
    "quote-without-consent",
    "small-number-committed",
];

/// Rules that protect people and have no exceptions.
const NEVER: [&str; 2] = ["hidden-reference", "illustrative-beside-real"];

/// Rules about exceptions themselves; who could lower them could hide that an exception has ended.
const ABOUT_WAIVERS: [&str; 2] = ["waiver-ended", "waiver-unused"];

/// Errors of which it is known what readers would get: a link that leads nowhere, a heading less. Every other error
/// stays one, new ones too.
const LOWERABLE: [&str; 36] = [
    "broken-fragment",
    "broken-link",
    "chart-without-figures",
    "damaged-image",
    "duplicate-id",
    "empty-link",
    "ends-before-it-starts",
    "external-image",
    "flowchart-arrow",
    "flowchart-click",
    "flowchart-comment",
    "flowchart-direction",
    "flowchart-group-end",
    "flowchart-group-name",
    "flowchart-link-number",
    "flowchart-no-header",
    "flowchart-not-closed",
    "flowchart-quotes",
    "flowchart-reserved-word",
    "flowchart-syntax",
    "flowchart-too-large",
    "image-as-typed",
    "image-too-large",
    "missing-alt",
    "missing-image",
    "missing-section",
    "not-an-image",
    "replaced-twice",
    "room-clash",
    "room-too-small",
    "speaker-clash",
    "summary-too-long",
    "unknown-reference",
    "unknown-term",
    "verification-without-proof",
    "version-order",
];

/// How far a site may go with a rule.
pub fn bound(rule: &Rule) -> Bound {
    let code = rule.code;
    if NEVER.contains(&code) {
        Bound::Never
    } else if PEOPLE.contains(&code) {
        Bound::Waivable
    } else if (rule.severity == Severity::Error && !LOWERABLE.contains(&code))
        || ABOUT_WAIVERS.contains(&code)
    {
        Bound::Unreadable
    } else {
        Bound::Free
    }
}

/// Whether a rule reports that a day has come. Nobody who changes a page has caused that, so it fails no pull request.
pub fn is_by_date(code: &str) -> bool {
    code == "waiver-ended" || code.starts_with("review-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_read_and_what_the_lists_name_is_in_it() {
        assert!(rules().len() > 150, "{}", rules().len());
        assert!(rules().windows(2).all(|pair| pair[0].code < pair[1].code));
        assert_eq!(rule("broken-link").unwrap().severity, Severity::Error);
        assert_eq!(rule("vague-link").unwrap().severity, Severity::Warning);
        for code in LOWERABLE {
            assert_eq!(rule(code).map(|rule| rule.severity), Some(Severity::Error), "{code}");
        }
        for code in NEVER.iter().chain(&ABOUT_WAIVERS) {
            assert!(rule(code).is_some(), "{code}");
        }
    }
}
