//! `netsite.yaml`: what the site is called, where it lives and which rules it keeps. A title is enough; every other
//! key has a default that suits a small site.

mod contact;

pub use contact::Contact;

use std::collections::BTreeMap;

use jiff::tz::TimeZone;

use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Value, Values, decode, yaml};
use crate::source::{SitePath, Span, Spanned};

/// The name of the configuration file in the site's root.
pub const FILE_NAME: &str = "netsite.yaml";

const PUBLISHER: &[Field] = &[
    Field::always("name", Shape::Text, "Who publishes the site.", "Imaging networks team"),
    Field::optional("mailbox", Shape::Email, "Where readers can write.", "sharing@example.org"),
    Field::optional("url", Shape::WebAddress, "The publisher's own site.", "https://example.org"),
];

const NAVIGATION: &[Field] = &[
    Field::always("title", Shape::Text, "The words of the link.", "Case studies"),
    Field::always(
        "link",
        Shape::Text,
        "Where it leads: an address on the site or a path of a content file.",
        "/case-studies/",
    ),
];

const TAXONOMIES: &[Field] = &[
    Field::optional(
        "themes",
        Shape::List(&Shape::Text),
        "The only themes that pages may name; without it any may be named.",
        "[Workforce, Reporting]",
    ),
    Field::optional(
        "tags",
        Shape::List(&Shape::Text),
        "The only tags that pages may name; without it any may be named.",
        "[home reporting]",
    ),
    Field::optional(
        "regions",
        Shape::List(&Shape::Text),
        "The only regions that networks may name.",
        "[South East, South West]",
    ),
];

const REVIEW: &[Field] = &[
    Field::optional("months", Shape::Integer, "After how many months a new page is to be reviewed.", "12"),
    Field::optional(
        "warn_days",
        Shape::Integer,
        "How many days before `review_by` a page counts as nearly due.",
        "60",
    ),
];

const ACCESSIBILITY: &[Field] = &[
    Field::optional(
        "status",
        Shape::Choice(&["fully compliant", "partially compliant", "not compliant", "not assessed"]),
        "How far the site meets WCAG 2.2 AA, as found by an assessment.",
        "partially compliant",
    ),
    Field::optional("tested_on", Shape::Date, "When it was last tested.", "2026-10-01"),
    Field::optional("tested_by", Shape::Text, "Who tested it.", "The publishing team"),
    Field::optional(
        "method",
        Shape::Text,
        "How it was tested.",
        "Automated checks and a keyboard walk-through of each kind of page",
    ),
    Field::optional(
        "known_problems",
        Shape::List(&Shape::Text),
        "What does not work for everybody yet.",
        "[Older PDF files are not tagged]",
    ),
    Field::optional("contact", Shape::Email, "Where to write about accessibility.", "sharing@example.org"),
    Field::optional("response_days", Shape::Integer, "Within how many days an answer comes.", "10"),
];

const MARKDOWN: &[Field] = &[Field::optional(
    "raw_html",
    Shape::Choice(&["escape", "safe"]),
    "escape: HTML in pages is shown as text; safe: a few harmless tags work.",
    "escape",
)];

const DISCLOSURE_RULE: &[Field] = &[
    Field::optional("hide_up_to", Shape::Integer, "Counts from 1 up to this number are hidden.", "7"),
    Field::optional(
        "round_to",
        Shape::Integer,
        "Other counts are rounded to the nearest multiple of this; 1 does not round.",
        "5",
    ),
    Field::optional("source", Shape::Text, "Where the rule comes from.", "HES disclosure rule"),
];

const DISCLOSURE: &[Field] = &[
    Field::optional("patients", Shape::Group(DISCLOSURE_RULE), "The rule for counts of patients.", ""),
    Field::optional("staff", Shape::Group(DISCLOSURE_RULE), "The rule for counts of staff.", ""),
];

const APPEARANCE: &[Field] = &[
    Field::optional(
        "colours",
        Shape::Map(&Shape::Colour),
        "Colours of the theme, by name.",
        "{ plate: \"#004d40\" }",
    ),
    Field::optional(
        "dark_colours",
        Shape::Map(&Shape::Colour),
        "The same for dark screens; without it they are made from `colours`.",
        "{ plate: \"#00332b\" }",
    ),
    Field::optional(
        "type",
        Shape::Map(&Shape::Text),
        "Typefaces and the size of text, by name.",
        "{ font: \"Verdana, sans-serif\" }",
    ),
];

/// How much a rule may matter.
pub const LEVELS: &[&str] = &["error", "warning", "advice", "off"];

/// Every key of `netsite.yaml`.
pub static FIELDS: &[Field] = &[
    Field::always("title", Shape::Text, "The name of the site.", "Imaging networks shared practice"),
    Field::optional(
        "base_url",
        Shape::WebAddress,
        "Where the site will be published; feeds, the sitemap and sharing need it.",
        "https://example.org/",
    ),
    Field::optional(
        "description",
        Shape::Text,
        "What the site is for, in a sentence.",
        "What imaging networks learned, for those who do it next.",
    ),
    Field::optional("language", Shape::Language, "The language of the site.", "en-GB"),
    Field::optional("publisher", Shape::Group(PUBLISHER), "Who publishes the site.", ""),
    Field::optional(
        "contact",
        Shape::Group(contact::FIELDS),
        "Where readers suggest a case study, and report a problem with a page.",
        "",
    ),
    Field::optional("licence", Shape::Text, "The licence of the site's own text.", "CC BY 4.0"),
    Field::optional("timezone", Shape::Zone, "The zone of times that name none.", "Europe/London"),
    Field::optional("theme", Shape::Text, "The theme: `default`, or a folder below `themes/`.", "default"),
    Field::optional(
        "appearance",
        Shape::Group(APPEARANCE),
        "Colours and type of the theme that this site changes; docs/themes.md lists their names.",
        "",
    ),
    Field::optional(
        "navigation",
        Shape::List(&Shape::Group(NAVIGATION)),
        "The links at the top; without it, one for each kind that has pages.",
        "",
    ),
    Field::optional(
        "taxonomies",
        Shape::Group(TAXONOMIES),
        "Closes lists of names, so that a misspelt one is found.",
        "",
    ),
    Field::optional("review", Shape::Group(REVIEW), "How often pages are reviewed.", ""),
    Field::optional(
        "accessibility",
        Shape::Group(ACCESSIBILITY),
        "The facts of the accessibility statement.",
        "",
    ),
    Field::optional(
        "glossary",
        Shape::Map(&Shape::Text),
        "Abbreviations and what they mean; each is explained where a page first uses it, and all stand in a glossary.",
        "{ RIS: radiology information system }",
    ),
    Field::optional(
        "synonyms",
        Shape::List(&Shape::List(&Shape::Text)),
        "Groups of words that mean the same in a search.",
        "[[CT, computed tomography]]",
    ),
    Field::optional("search", Shape::Flag, "Whether the site can be searched.", "true"),
    Field::optional(
        "search_shortcut",
        Shape::Flag,
        "Whether the key `/` leads to the search field.",
        "false",
    ),
    Field::optional(
        "hand_outs",
        Shape::Flag,
        "Whether each case study has a page of A4 to print and hand out.",
        "true",
    ),
    Field::optional(
        "repository",
        Shape::Choice(&["public", "private"]),
        "Whether everybody can see the files that the site is made from.",
        "public",
    ),
    Field::optional("disclosure", Shape::Group(DISCLOSURE), "Which small numbers are hidden.", ""),
    Field::optional(
        "checks",
        Shape::Map(&Shape::Choice(LEVELS)),
        "How much a rule matters here: error, warning, advice or off.",
        "{ vague-link: error, broken-link: warning }",
    ),
    Field::optional("markdown", Shape::Group(MARKDOWN), "How pages are read.", ""),
];

/// A site's configuration, with every default filled in.
#[derive(Debug, Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a setting of its own")]
pub struct Config {
    /// The name of the site.
    pub title: String,
    /// Where it will be published, ending in `/`; feeds and the sitemap are left out without it.
    pub base_url: Option<String>,
    /// What the site is for.
    pub description: String,
    /// Its language tag.
    pub language: String,
    /// Who publishes it.
    pub publisher: Option<Publisher>,
    /// Where readers suggest a case study.
    pub suggest: Option<Contact>,
    /// Where readers report a problem with a page.
    pub report: Option<Contact>,
    /// The licence of its own text.
    pub licence: Option<String>,
    /// The zone of times that name none.
    pub timezone: TimeZone,
    /// The theme's name.
    pub theme: Spanned<String>,
    /// What the site changes of the theme's colours and type.
    pub appearance: Appearance,
    /// The links at the top; none where the site makes its own.
    pub navigation: Option<Vec<NavigationLink>>,
    /// Closed lists of terms by taxonomy (`theme`, `tag`, `region`).
    pub closed_terms: Vec<(&'static str, Vec<String>)>,
    /// How many days before its review date a page counts as nearly due.
    pub review_warn_days: i64,
    /// After how many months a new page is reviewed.
    pub review_months: i64,
    /// The facts of the accessibility statement as written; none where there is no statement.
    pub accessibility: Option<Values>,
    /// Abbreviations and their meanings, in the order of writing.
    pub glossary: Vec<(String, String)>,
    /// Groups of words that mean the same.
    pub synonyms: Vec<Vec<String>>,
    /// Whether a search index is made.
    pub search: bool,
    /// Whether each case study has a page to print.
    pub hand_outs: bool,
    /// Whether a single key leads to the search field. Off unless a site says so: it hinders people who speak to
    /// their computer (WCAG 2.1.4).
    pub search_shortcut: bool,
    /// Whether the content is kept where only its authors see it.
    pub private_repository: bool,
    /// What the site sets of the rules for small numbers, by what they count: `patients`, `staff`.
    pub disclosure: BTreeMap<String, OwnRule>,
    /// How much rules matter, by their codes, as written.
    pub checks: Vec<Setting>,
    /// Whether harmless HTML tags in pages work.
    pub safe_html: bool,
}

/// Who publishes the site.
#[derive(Debug, Clone)]
pub struct Publisher {
    /// Their name.
    pub name: String,
    /// Their mailbox.
    pub mailbox: Option<String>,
    /// Their own site.
    pub url: Option<String>,
}

/// What a site changes of its theme's colours and type.
#[derive(Debug, Clone, Default)]
pub struct Appearance {
    /// Colours, as `#rrggbb`.
    pub colours: Vec<Setting>,
    /// Colours on dark screens, as `#rrggbb`.
    pub dark_colours: Vec<Setting>,
    /// Typefaces and sizes, as CSS writes them.
    pub fonts: Vec<Setting>,
}

impl Appearance {
    /// The first thing that is changed, if anything is.
    pub fn first(&self) -> Option<&Setting> {
        [&self.colours, &self.dark_colours, &self.fonts].into_iter().flatten().next()
    }
}

/// A variable or a rule, and what it is set to.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Its name.
    pub name: Spanned<String>,
    /// What the site sets it to.
    pub value: Spanned<String>,
}

/// A link of the navigation.
#[derive(Debug, Clone)]
pub struct NavigationLink {
    /// Its words.
    pub title: String,
    /// Where it leads, as written.
    pub link: Spanned<String>,
}

impl Config {
    /// Reads `netsite.yaml`. With errors the value is still usable, so that the pages' own problems can be found too.
    pub fn read(text: &str) -> (Self, Vec<Diagnostic>) {
        let file = SitePath::new(FILE_NAME);
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let (values, mut problems) = match yaml::parse(&text[bom..], bom as u32) {
            Ok(node) => {
                let decoded = decode(&node, FIELDS.iter(), &|field| field.need, "`netsite.yaml`");
                (decoded.values, decoded.problems)
            }
            Err(problem) => (Values::default(), vec![*problem]),
        };
        let config = Self::from_values(&values, &mut problems);
        let problems = problems.into_iter().map(|problem| problem.in_file(&file)).collect();
        (config, problems)
    }

    fn from_values(values: &Values, problems: &mut Vec<Diagnostic>) -> Self {
        let owned = |name: &str| values.text(name).map(str::to_string);
        let list = |values: &Values, name: &str| {
            values.texts(name).map(|text| text.value.to_string()).collect::<Vec<_>>()
        };
        let taxonomies = values.group("taxonomies");
        let closed_terms = [("theme", "themes"), ("tag", "tags"), ("region", "regions")]
            .into_iter()
            .filter_map(|(taxonomy, key)| {
                let taxonomies = taxonomies?;
                taxonomies.get(key)?;
                Some((taxonomy, list(taxonomies, key)))
            })
            .collect();
        let review = |name: &str, default: i64| {
            values.group("review").and_then(|review| review.integer(name)).unwrap_or(default)
        };
        let publisher = values.group("publisher").and_then(|publisher| {
            Some(Publisher {
                name: publisher.text("name")?.to_string(),
                mailbox: publisher.text("mailbox").map(str::to_string),
                url: publisher.text("url").map(str::to_string),
            })
        });
        let contact = values.group("contact");
        let mut contact = |name: &str| contact.and_then(|group| Contact::read(group, name, problems));
        let suggest = contact("suggest");
        let report =
            contact("report").or_else(|| Some(Contact::Mailbox(publisher.as_ref()?.mailbox.clone()?)));
        Self {
            title: owned("title").unwrap_or_else(|| "Untitled site".to_string()),
            base_url: owned("base_url").map(|url| base_url(&url, values, problems)),
            description: owned("description").unwrap_or_default(),
            language: owned("language").unwrap_or_else(|| "en-GB".to_string()),
            publisher,
            suggest,
            report,
            licence: owned("licence"),
            timezone: values
                .text("timezone")
                .and_then(|name| TimeZone::get(name).ok())
                .unwrap_or_else(default_zone),
            theme: values.spanned_text("theme").map_or_else(
                || Spanned::new("default".to_string(), Span::default()),
                |theme| Spanned::new(theme.value.to_string(), theme.span),
            ),
            appearance: values.group("appearance").map_or_else(Appearance::default, |appearance| {
                Appearance {
                    colours: settings(appearance.group("colours")),
                    dark_colours: settings(appearance.group("dark_colours")),
                    fonts: settings(appearance.group("type")),
                }
            }),
            navigation: values.get("navigation").is_some().then(|| {
                values
                    .groups("navigation")
                    .filter_map(|link| {
                        let target = link.value.spanned_text("link")?;
                        Some(NavigationLink {
                            title: link.value.text("title")?.to_string(),
                            link: Spanned::new(target.value.to_string(), target.span),
                        })
                    })
                    .collect()
            }),
            closed_terms,
            review_warn_days: review("warn_days", 60),
            review_months: review("months", 12),
            accessibility: values.group("accessibility").cloned(),
            glossary: values.group("glossary").map(pairs).unwrap_or_default(),
            synonyms: values.list("synonyms").iter().map(synonym_group).collect(),
            search: values.flag("search").unwrap_or(true),
            hand_outs: values.flag("hand_outs").unwrap_or(true),
            search_shortcut: values.flag("search_shortcut").unwrap_or(false),
            disclosure: values.group("disclosure").map(own_rules).unwrap_or_default(),
            private_repository: values.text("repository") == Some("private"),
            checks: settings(values.group("checks")),
            safe_html: values.group("markdown").and_then(|markdown| markdown.text("raw_html"))
                == Some("safe"),
        }
    }

    /// The path part of the base address, which every address from the root begins with: `/` or `/sharing/`.
    pub fn base_path(&self) -> &str {
        let Some(url) = &self.base_url else { return "/" };
        let after_scheme = url.find("://").map_or(0, |scheme| scheme + 3);
        url[after_scheme..].find('/').map_or("/", |slash| &url[after_scheme + slash..])
    }
}

/// The base address with a `/` at its end; a query or fragment cannot be part of it.
fn base_url(url: &str, values: &Values, problems: &mut Vec<Diagnostic>) -> String {
    if url.contains(['?', '#'])
        && let Some(value) = values.get("base_url")
    {
        problems.push(
            Diagnostic::error(
                "wrong-type",
                "`base_url` cannot hold `?` or `#`: pages' addresses are joined to its end",
            )
            .at(value.span)
            .help("write only the address of the site's folder, such as https://example.org/sharing/"),
        );
    }
    format!("{}/", url.trim_end_matches('/'))
}

fn settings(values: Option<&Values>) -> Vec<Setting> {
    let Some(values) = values else { return Vec::new() };
    values
        .iter()
        .filter_map(|(name, _)| {
            let value = values.spanned_text(name)?;
            let key = values.key_span(name)?;
            Some(Setting {
                name: Spanned::new(name.to_string(), key),
                value: Spanned::new(value.value.to_string(), value.span),
            })
        })
        .collect()
}

fn pairs(values: &Values) -> Vec<(String, String)> {
    values
        .iter()
        .filter_map(|(name, value)| match &value.value {
            Value::Text(text) => Some((name.to_string(), text.to_string())),
            _ => None,
        })
        .collect()
}

/// What a site sets of a rule for small numbers; the rest is as it is built in.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct OwnRule {
    /// Counts from 1 to this number are hidden.
    pub hide_to: Option<u32>,
    /// Others are rounded to the nearest multiple of this.
    pub round_to: Option<u32>,
    /// Where the rule comes from.
    pub source: Option<String>,
}

fn own_rules(rules: &Values) -> BTreeMap<String, OwnRule> {
    let number = |rule: &Values, name: &str| rule.integer(name).and_then(|number| u32::try_from(number).ok());
    let own = |(name, rule): (&str, &Spanned<Value>)| match &rule.value {
        Value::Group(rule) => Some((
            name.to_string(),
            OwnRule {
                hide_to: number(rule, "hide_up_to"),
                round_to: number(rule, "round_to"),
                source: rule.text("source").map(str::to_string),
            },
        )),
        _ => None,
    };
    rules.iter().filter_map(own).collect()
}

/// The words of one group; `CT, computed tomography` on one line is taken as two.
fn synonym_group(group: &Spanned<Value>) -> Vec<String> {
    let words = |text: &str| text.split(',').map(|word| word.trim().to_string()).collect::<Vec<_>>();
    match &group.value {
        Value::List(items) => items
            .iter()
            .flat_map(|item| match &item.value {
                Value::Text(text) => words(text),
                _ => Vec::new(),
            })
            .filter(|word| !word.is_empty())
            .collect(),
        _ => Vec::new(),
    }
}

fn default_zone() -> TimeZone {
    TimeZone::get("Europe/London").unwrap_or(TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_enough() {
        let (config, problems) = Config::read("title: A site\n");
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(config.title, "A site");
        assert_eq!(config.language, "en-GB");
        assert_eq!(config.base_path(), "/");
    }

    #[test]
    fn the_base_path_is_the_folder_of_the_address() {
        let (config, _) = Config::read("title: A\nbase_url: https://example.org/sharing\n");
        assert_eq!(config.base_url.as_deref(), Some("https://example.org/sharing/"));
        assert_eq!(config.base_path(), "/sharing/");
    }

    #[test]
    fn unknown_keys_are_reported_with_the_nearest_known_one() {
        let (_, problems) = Config::read("title: A\nbaseurl: https://example.org\n");
        assert_eq!(problems[0].help.as_deref(), Some("did you mean `base_url`?"));
        assert_eq!(problems[0].path.as_ref().unwrap().as_str(), "netsite.yaml");
    }
}
