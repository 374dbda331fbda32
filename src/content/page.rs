//! A parsed page.

use jiff::Timestamp;

use super::kinds::Kind;
use super::{Place, front_matter};
use crate::diagnostic::Diagnostic;
use crate::fields::{Need, Values, about_in_sentence, decode, example_line, yaml};
use crate::markdown::{self, Document, RawHtml, Settings};
use crate::source::{SitePath, Span};
use crate::text::{counted, did_you_mean, list_words};

/// What parsing needs to know beside the file: nothing of other pages.
#[derive(Debug, Clone, Copy)]
pub struct Context {
    /// Whether harmless HTML works in Markdown.
    pub safe_html: bool,
}

/// How far a page has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// Being written.
    Draft,
    /// Being looked at.
    InReview,
    /// On the site.
    Published,
    /// Kept at its address, out of the lists.
    Archived,
}

impl Status {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "draft" => Self::Draft,
            "in-review" => Self::InReview,
            "published" => Self::Published,
            "archived" => Self::Archived,
            _ => return None,
        })
    }

    /// As it is written in front matter.
    pub fn name(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::InReview => "in-review",
            Self::Published => "published",
            Self::Archived => "archived",
        }
    }

    /// Whether readers may see the page (embargoes aside).
    pub fn is_public(self) -> bool {
        matches!(self, Self::Published | Self::Archived)
    }
}

/// One page as its file says it.
#[derive(Debug)]
pub struct ParsedPage {
    /// Its file.
    pub path: SitePath,
    /// Its kind.
    pub kind: &'static Kind,
    /// Its address below the site's root; ends in `/` unless it is empty.
    pub address: String,
    /// Its name in references.
    pub slug: String,
    /// Its title; the slug where it has none.
    pub title: String,
    /// How far it has come.
    pub status: Status,
    /// Its fields.
    pub values: Values,
    /// Its text.
    pub body: Document,
    /// Lines to type before it can be published; empty for a public page without errors.
    pub missing: Vec<String>,
    /// The instant before which nothing of it is published.
    pub embargo: Option<Timestamp>,
    /// Whether its fields could be read. Where they could not, an error says so, and the page stands for whatever
    /// other pages say of it: a link to any of its headings is taken.
    pub is_readable: bool,
}

impl ParsedPage {
    /// Its name in references from pages of any kind: `case-study:devon`.
    pub fn id(&self) -> String {
        format!("{}:{}", self.kind.name, self.slug)
    }
}

/// A page whose file could not be read as text: it keeps its address, so that links to it raise no further errors.
pub fn unreadable(path: &SitePath, context: Context) -> ParsedPage {
    parse(path, "", context).0
}

/// Parses one file. The diagnostics carry the file's path.
pub fn parse(path: &SitePath, text: &str, context: Context) -> (ParsedPage, Vec<Diagnostic>) {
    let mut problems: Vec<Diagnostic> = Vec::new();
    let mut page_place = Place::of(path);
    let mut values = Values::default();
    let mut missing_fields = Vec::new();
    let (body, body_start) = match front_matter::split(text) {
        Ok(parts) => {
            match yaml::parse(parts.yaml, parts.yaml_start as u32) {
                Ok(node) => {
                    page_place = chosen_kind(page_place, &node, &mut problems);
                    let kind = page_place.kind;
                    let what = format!("{} page", kind.with_article());
                    let what = if kind == Kind::page() { "a page".to_string() } else { what };
                    let decoded = decode(&node, kind.all_fields(), &|field| kind.need(field), &what);
                    values = decoded.values;
                    missing_fields = decoded.missing;
                    problems.extend(decoded.problems);
                }
                Err(problem) => problems.push(*problem),
            }
            (parts.body, parts.body_start)
        }
        Err(problem) => {
            problems.push(*problem);
            ("", text.len())
        }
    };
    let readable = problems.iter().all(|problem| {
        !matches!(problem.code, "front-matter" | "yaml" | "yaml-colon" | "yaml-tab" | "yaml-limit")
    });
    let status = if readable { status_of(&values, &mut problems) } else { Status::Published };
    let live = values.text("procurement") == Some("live");
    let settings = Settings {
        raw_html: if context.safe_html { RawHtml::Sanitise } else { RawHtml::Escape },
        withhold: live
            .then(|| "Suppliers and scores are not published while the purchase is live.".to_string()),
    };
    let mut body = markdown::parse(body, body_start as u32, &settings);
    problems.append(&mut body.problems);
    let kind = page_place.kind;
    let mut missing: Vec<String> = missing_fields.iter().map(|missing| example_line(missing.field)).collect();
    let absent_sections = missing_sections(kind, &body);
    missing.extend(absent_sections.iter().map(|heading| format!("## {heading}")));
    if readable && status.is_public() {
        problems.extend(missing_fields.iter().map(|missing| before_publication(kind, missing, &values)));
        if !absent_sections.is_empty() {
            problems.push(absent_sections_problem(kind, &absent_sections, body_start));
        }
    }
    check_summary(&values, &mut problems);
    problems.extend((kind.check)(&values));
    let title = values.text("title").unwrap_or(&page_place.slug).to_string();
    let embargo = values.moment("embargo_until").map(|moment| moment.timestamp);
    let problems = problems.into_iter().map(|problem| problem.in_file(path)).collect();
    let page = ParsedPage {
        path: path.clone(),
        kind,
        address: page_place.address,
        slug: page_place.slug,
        title,
        status,
        values,
        body,
        missing: if readable { missing } else { Vec::new() },
        embargo,
        is_readable: readable,
    };
    (page, problems)
}

/// The kind that `kind:` names, or else the folder's.
fn chosen_kind(place: Place, node: &yaml::Node, problems: &mut Vec<Diagnostic>) -> Place {
    let yaml::Content::Map(entries) = &node.content else { return place };
    let Some((_, value)) = entries.iter().find(|(key, _)| key.value == "kind") else { return place };
    let yaml::Content::Scalar(name) = &value.content else { return place };
    if let Some(kind) = Kind::named(name) {
        return place.with_kind(kind);
    }
    let names = || super::kinds::ALL.iter().map(|kind| kind.name);
    let help = did_you_mean(name, names())
        .unwrap_or_else(|| format!("choose {}", list_words(&names().collect::<Vec<_>>(), "or")));
    problems.push(
        Diagnostic::error("unknown-kind", format!("there is no kind `{name}`")).at(value.span).help(help),
    );
    place
}

fn status_of(values: &Values, problems: &mut Vec<Diagnostic>) -> Status {
    match values.text("status").and_then(Status::named) {
        Some(status) => status,
        // A status that is misspelt is reported already; the page is then checked as if it were to be published.
        None if problems
            .iter()
            .any(|problem| problem.code == "unknown-choice" && problem.message.contains("`status`")) =>
        {
            Status::Published
        }
        None => {
            if values.text("title").is_some() {
                let mut problem = Diagnostic::warning(
                    "no-status",
                    "the page says no `status`, so it counts as a draft and no reader will see it",
                )
                .help("add the line status: published, or status: draft while it is being written");
                problem.span = values.key_span("title");
                problems.push(problem);
            }
            Status::Draft
        }
    }
}

fn before_publication(kind: &Kind, missing: &crate::fields::Missing, values: &Values) -> Diagnostic {
    let field = missing.field;
    let about = about_in_sentence(field);
    let state = if missing.empty_at.is_some() { "is empty" } else { "is missing" };
    let mut problem = Diagnostic::error(
        "missing-field",
        format!("`{}` {state}; a published {} needs it: {about}", field.name, kind.title.to_lowercase()),
    )
    .help(format!("add the line {}, or set status: draft", example_line(field)));
    problem.span =
        missing.empty_at.or_else(|| values.key_span("status")).or_else(|| values.key_span("title"));
    problem
}

/// The headings that the page lacks from the set of its kind that it comes nearest to.
fn missing_sections(kind: &Kind, body: &Document) -> Vec<&'static str> {
    let has = |wanted: &str| {
        body.sections
            .iter()
            .filter_map(|section| section.heading.as_ref())
            .any(|heading| heading.text.trim().eq_ignore_ascii_case(wanted))
    };
    let lacking =
        |set: &[&'static str]| set.iter().copied().filter(|heading| !has(heading)).collect::<Vec<_>>();
    let complete = kind.sections.iter().find(|set| lacking(set).is_empty());
    let begun = || kind.sections.iter().rev().max_by_key(|set| set.len() - lacking(set).len());
    complete.or_else(begun).map_or(Vec::new(), |set| lacking(set))
}

fn absent_sections_problem(kind: &Kind, absent: &[&str], body_start: usize) -> Diagnostic {
    let expected = kind.sections.iter().map(|set| list_words(set, "and")).collect::<Vec<_>>().join(" (or ");
    let expected = if kind.sections.len() > 1 { format!("{expected})") } else { expected };
    let headings: Vec<String> = absent.iter().map(|heading| format!("## {heading}")).collect();
    Diagnostic::error(
        "missing-section",
        format!(
            "{} missing: readers of {} expect {expected}",
            if absent.len() == 1 {
                format!("the section {} is", absent[0])
            } else {
                format!("the sections {} are", list_words(absent, "and"))
            },
            kind.with_article(),
        ),
    )
    .at(Span::new(body_start, body_start))
    .help(format!(
        "add {} {}, or set status: draft",
        if absent.len() == 1 { "the heading" } else { "the headings" },
        list_words(&headings, "and")
    ))
}

fn check_summary(values: &Values, problems: &mut Vec<Diagnostic>) {
    let Some(summary) = values.spanned_text("summary") else { return };
    let length = summary.value.chars().count();
    if length > 200 {
        problems.push(
            Diagnostic::error(
                "summary-too-long",
                format!(
                    "the summary has {}; lists and search results show 200 at most",
                    counted(length, "character", "characters")
                ),
            )
            .at(summary.span)
            .help(format!("shorten it by {}", counted(length - 200, "character", "characters"))),
        );
    }
}

impl Kind {
    /// Whether a field of this kind is needed before publication.
    pub fn needs_to_publish(&self, field: &crate::fields::Field) -> bool {
        self.need(field) != Need::Optional
    }
}
