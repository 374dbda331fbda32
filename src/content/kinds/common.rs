//! The fields that every page may have, whatever its kind.

use crate::fields::{Field, Shape, Target};

const SOURCE: &[Field] = &[
    Field::always(
        "title",
        Shape::Text,
        "What the source calls itself.",
        "Imaging Services Transformation Programme",
    ),
    Field::optional("url", Shape::WebAddress, "Where it can be read.", "https://example.org/report"),
    Field::optional("date", Shape::Period, "When it was published.", "14 June 2018"),
];

const CHANGE: &[Field] = &[
    Field::always(
        "date",
        Shape::LocalTime,
        "The day of the change; with the time where readers must know it, as on the day of an event.",
        "2026-03-01",
    ),
    Field::always(
        "what",
        Shape::Text,
        "What changed, in plain words.",
        "Added the results of the second year",
    ),
];

const CLAIM: &[Field] = &[
    Field::always("about", Shape::Text, "What the claim is about.", "Trusts in the network"),
    Field::always("says", Shape::Text, "What the source says.", "eleven"),
    Field::optional("as_of", Shape::Period, "When the source says it held.", "2021"),
    Field::optional("source", Shape::Text, "Who says so.", "NHS Providers"),
];

const APPROVAL: &[Field] = &[
    Field::always(
        "role",
        Shape::Text,
        "Who approved it, as a role rather than a name.",
        "Network clinical lead",
    ),
    Field::always("date", Shape::Date, "When.", "2026-02-20"),
];

const CHECK: &[Field] = &[
    Field::always("role", Shape::Text, "Who looked, as a role rather than a name.", "PACS manager"),
    Field::always("date", Shape::Date, "When.", "2026-02-20"),
];

/// Fields of every kind.
pub static COMMON: &[Field] = &[
    Field::always(
        "title",
        Shape::Text,
        "The heading of the page, as a reader would say it; at most 65 characters read best.",
        "Sharing reports across nine trusts",
    ),
    Field::to_publish(
        "summary",
        Shape::Text,
        "One or two sentences for lists and search, at most 200 characters.",
        "Nine trusts agreed one stroke pathway and now train their teams to follow it.",
    ),
    Field::to_publish(
        "status",
        Shape::Choice(&["draft", "in-review", "published", "archived"]),
        "How far the page has come; only published and archived pages appear on the site.",
        "draft",
    ),
    Field::to_publish(
        "owner",
        Shape::Email,
        "The mailbox of the team that keeps the page right; a team outlives a person.",
        "imaging.network@example.org",
    ),
    Field::to_publish(
        "last_reviewed",
        Shape::Date,
        "When somebody last checked that it is right.",
        "2026-03-01",
    ),
    Field::to_publish("review_by", Shape::Date, "When it must be checked again.", "2027-03-01"),
    Field::optional("published", Shape::Date, "When it was first published.", "2026-03-01"),
    Field::optional("kind", Shape::Text, "The kind of page, where the folder does not say it.", "page"),
    Field::optional(
        "approved_by",
        Shape::Group(APPROVAL),
        "Who approved it, and when.",
        "{ role: Network clinical lead, date: 2026-02-20 }",
    ),
    Field::optional(
        "image_checked",
        Shape::Group(CHECK),
        "Who looked at every image of a scanner on this page and found no name, number or date of a patient in it.",
        "{ role: PACS manager, date: 2026-02-20 }",
    ),
    Field::optional(
        "embargo_until",
        Shape::Moment,
        "The instant before which nothing of this page is published.",
        "2026-12-01 09:00 Europe/London",
    ),
    Field::optional(
        "themes",
        Shape::List(&Shape::Term("theme")),
        "What it is about, in the site's words.",
        "[Workforce]",
    ),
    Field::optional(
        "tags",
        Shape::List(&Shape::Term("tag")),
        "Further words to find it by.",
        "[home reporting]",
    ),
    Field::optional(
        "network",
        Shape::List(&Shape::Reference(Target::Kind("network"))),
        "The network, or networks, that it is about.",
        "kent-and-medway",
    ),
    Field::optional(
        "standards",
        Shape::List(&Shape::Reference(Target::Kind("standard"))),
        "Standards that it helps to meet, by their codes.",
        "[IN-301]",
    ),
    Field::optional(
        "related",
        Shape::List(&Shape::Reference(Target::Any)),
        "Other pages that a reader of this one should see.",
        "[case-study:devon]",
    ),
    Field::optional(
        "told_by",
        Shape::Choice(&["own", "retold"]),
        "own: by those who did it; retold: by others, from published sources (readers are told).",
        "own",
    ),
    Field::optional("sources", Shape::List(&Shape::Group(SOURCE)), "What the page rests on.", ""),
    Field::optional(
        "claims",
        Shape::List(&Shape::Group(CLAIM)),
        "Statements of different sources that do not agree, shown side by side with their dates.",
        "",
    ),
    Field::optional(
        "interests",
        Shape::List(&Shape::Text),
        "Interests that a reader should know of.",
        "[The author works for a supplier]",
    ),
    Field::optional(
        "changes",
        Shape::List(&Shape::Group(CHANGE)),
        "What changed since it was published.",
        "",
    ),
    Field::optional(
        "notice",
        Shape::Text,
        "A warning shown above the text, such as that it is history.",
        "As agreed in 2018; not for clinical use.",
    ),
    Field::optional(
        "provenance",
        Shape::Choice(&["real", "illustrative"]),
        "Whether it is real, or made up to show how a page works; then it may name fictional organisations only.",
        "real",
    ),
    Field::optional(
        "illustrative",
        Shape::Text,
        "Which parts of a real page are illustrative, and why.",
        "The sources give no times; those shown here are illustrative.",
    ),
    Field::optional(
        "licence",
        Shape::Text,
        "The licence of this page, if it is not the site's.",
        "CC BY 4.0",
    ),
    Field::optional(
        "aliases",
        Shape::List(&Shape::SitePath),
        "Old addresses of this page; they lead here.",
        "[/old/address/]",
    ),
    Field::optional("lang", Shape::Language, "The language of the page, if it is not the site's.", "cy"),
    Field::optional(
        "translation_of",
        Shape::Reference(Target::Any),
        "The page that this one translates; each links to the other.",
        "page:about",
    ),
];
