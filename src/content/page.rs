//! A parsed page.

use std::ops::Deref;
use std::sync::Arc;

use jiff::Timestamp;

use super::kinds::Kind;
use super::{Examples, Place, examples, front_matter, gaps};
use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Values, about_in_sentence, decode, yaml};
use crate::form::Form;
use crate::markdown::{self, Document, Heading, RawHtml, Settings, Terms};
use crate::pathway::Flowchart;
use crate::pathway::layout::Layouts;
use crate::source::{SitePath, Span};
use crate::text::{counted, did_you_mean, list_words, long_date, nearest, phrases};

/// What parsing needs to know beside the file: nothing of other pages.
#[derive(Debug, Clone, Copy)]
pub struct Context<'a> {
    /// Whether harmless HTML works in Markdown.
    pub safe_html: bool,
    /// The site's glossary.
    pub terms: &'a Terms,
    /// The site's language.
    pub language: &'a str,
    /// What the lines that a writer is told to type are made from.
    pub examples: &'a Examples,
    /// Drawings that were laid out before.
    pub layouts: &'a Layouts,
}

impl Default for Context<'_> {
    fn default() -> Self {
        Self {
            safe_html: false,
            terms: Terms::none(),
            language: "en-GB",
            examples: Examples::none(),
            layouts: Layouts::none(),
        }
    }
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

/// One page as its file says it. It is shared and never changed, so that a copy costs nothing.
#[derive(Debug, Clone)]
pub struct ParsedPage(Arc<PageFacts>);

/// What a file says of its page.
#[derive(Debug, Clone)]
pub struct PageFacts {
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
    /// The flowchart that stands in its front matter.
    pub chart: Option<Arc<Flowchart>>,
    /// Its text as a document to be filled in, for the kinds that are.
    pub form: Option<Arc<Form>>,
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

impl Deref for ParsedPage {
    type Target = PageFacts;

    fn deref(&self) -> &PageFacts {
        &self.0
    }
}

impl ParsedPage {
    /// Whether this is the other itself, and not merely its like.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// The same page as one whose file cannot be read any more.
    #[must_use]
    pub fn as_unreadable(&self) -> Self {
        Self(Arc::new(PageFacts { is_readable: false, ..PageFacts::clone(&self.0) }))
    }

    /// A page of which only the name and the fields are needed.
    #[must_use]
    pub fn without_text(&self) -> Self {
        let (form, body) = (None, Document::default());
        Self(Arc::new(PageFacts { form, body, ..PageFacts::clone(&self.0) }))
    }

    /// Whether this page differs from the other in the words of its text alone: what other pages say of it, and what its
    /// text refers to, stays the same.
    pub fn differs_in_text_only(&self, other: &Self) -> bool {
        let one = &self.0;
        let other = &other.0;
        let headings = |page: &PageFacts| -> Vec<(u8, String, String, String)> {
            let shown = |heading: &Heading| {
                (heading.level, heading.id.clone(), heading.text.clone(), heading.html.clone())
            };
            page.body.headings.iter().map(shown).collect()
        };
        one.path == other.path
            && one.kind == other.kind
            && one.title == other.title
            && one.status == other.status
            && one.values == other.values
            && one.chart == other.chart
            && one.form == other.form
            && one.missing == other.missing
            && one.is_readable
            && other.is_readable
            && one.body.terms == other.body.terms
            && one.body.references.len() == other.body.references.len()
            && one.body.references.iter().zip(&other.body.references).all(|(one, other)| {
                (one.kind, &one.target, &one.text) == (other.kind, &other.target, &other.text)
            })
            && headings(one) == headings(other)
    }
}

impl PageFacts {
    /// Its name in references from pages of any kind: `case-study:devon`.
    pub fn id(&self) -> String {
        format!("{}:{}", self.kind.name, self.slug)
    }
}

/// A page whose file could not be read as text: it keeps its address, so that links to it raise no further errors.
pub fn unreadable(path: &SitePath, context: Context<'_>) -> ParsedPage {
    parse(path, "", context).0
}

/// Parses one file. The diagnostics carry the file's path.
pub fn parse(path: &SitePath, text: &str, context: Context<'_>) -> (ParsedPage, Vec<Diagnostic>) {
    let mut problems: Vec<Diagnostic> = Vec::new();
    let mut page_place = Place::of(path);
    let mut values = Values::default();
    let mut missing_fields = Vec::new();
    let mut says_status = false;
    let (body, body_start) = match front_matter::split(text) {
        Ok(parts) => {
            match yaml::parse(parts.yaml, parts.yaml_start as u32) {
                Ok(node) => {
                    page_place = chosen_kind(page_place, &node, &mut problems);
                    says_status = written(&node, "status").is_some();
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
    let status = if readable { status_of(&values, says_status, &mut problems) } else { Status::Published };
    let live = values.text("procurement") == Some("live");
    let language = values.text("lang").unwrap_or(context.language);
    let kind = page_place.kind;
    // A page whose front matter cannot be read says nothing of its gaps.
    let gaps = (readable && gaps::has_gaps(kind)).then(|| {
        let (declared, wrong) = gaps::declared(&values);
        problems.extend(wrong);
        declared
    });
    let settings = Settings {
        raw_html: if context.safe_html { RawHtml::Sanitise } else { RawHtml::Escape },
        withhold: live.then(|| phrases(language).withheld.to_string()),
        terms: context.terms,
        language,
        site_language: context.language,
        layouts: context.layouts,
        gaps: gaps.as_deref(),
    };
    let source = body;
    let mut body = markdown::parse(source, body_start as u32, &settings);
    problems.append(&mut body.problems);
    let mut missing: Vec<String> =
        missing_fields.iter().map(|missing| line_to_publish(missing.field, context.examples)).collect();
    let absent_sections = missing_sections(kind, &body);
    missing.extend(absent_sections.iter().map(|heading| format!("## {heading}")));
    if readable && status.is_public() {
        problems.extend(missing_fields.iter().map(|missing| {
            let to_add = line_to_publish(missing.field, context.examples);
            before_publication(kind, missing, &to_add, &values, &text[..body_start])
        }));
        if values.text("provenance") != Some("illustrative") {
            problems.extend(examples::still_there(kind, &values));
        }
        // Where the writer stopped, or else the title: what stands at the text's start is mostly a blank line.
        let last_heading = body.sections.iter().rev().find_map(|section| section.heading.as_ref());
        let place = last_heading.map(|heading| heading.span).or_else(|| values.key_span("title"));
        let place = place.unwrap_or(Span::new(body_start, body_start));
        let absent = absent_sections_problems(kind, &absent_sections, source, body_start, place);
        // One slip is one message, and the error says more.
        problems.retain(|problem| {
            problem.code != "shown-as-typed" || absent.iter().all(|other| other.span != problem.span)
        });
        problems.extend(absent);
        problems.extend(empty_sections(kind, &body));
        problems.extend(super::scanner_images::unchecked(&values, &body));
    }
    check_summary(&values, &mut problems);
    check_review(&values, &mut problems);
    problems.extend((kind.check)(&values));
    let (chart, chart_problems) = super::diagram::read(text, &values);
    problems.extend(chart_problems);
    let title = values.text("title").unwrap_or(&page_place.slug).to_string();
    let form = gaps.map(|gaps| {
        let blocks = std::mem::take(&mut body.blocks);
        let (form, wrong) = gaps::form(kind, &values, &title, language, gaps, blocks);
        problems.extend(wrong);
        Arc::new(form)
    });
    let embargo = values.moment("embargo_until").map(|moment| moment.timestamp);
    let problems = problems.into_iter().map(|problem| problem.in_file(path)).collect();
    let page = PageFacts {
        path: path.clone(),
        kind,
        address: page_place.address,
        slug: page_place.slug,
        title,
        status,
        values,
        chart,
        form,
        body,
        missing: if readable { missing } else { Vec::new() },
        embargo,
        is_readable: readable,
    };
    (ParsedPage(Arc::new(page)), problems)
}

/// The kind that `kind:` names, or else the folder's.
fn chosen_kind(place: Place, node: &yaml::Node, problems: &mut Vec<Diagnostic>) -> Place {
    let Some(value) = written(node, "kind") else { return place };
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

/// What stands after a field's name, if anything does.
fn written<'n>(node: &'n yaml::Node, name: &str) -> Option<&'n yaml::Node> {
    let yaml::Content::Map(entries) = &node.content else { return None };
    let (_, value) = entries.iter().find(|(key, _)| key.value == name)?;
    (value.content != yaml::Content::Null).then_some(value)
}

fn status_of(values: &Values, says_status: bool, problems: &mut Vec<Diagnostic>) -> Status {
    let is_misspelt = |problem: &Diagnostic| {
        problem.code == "unknown-key"
            && problem.help.as_deref().is_some_and(|help| help.contains("mean `status`"))
    };
    match values.text("status").and_then(Status::named) {
        Some(status) => status,
        // A status that is misspelt is reported already; the page is then checked as if it were to be published.
        None if says_status || problems.iter().any(is_misspelt) => Status::Published,
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

/// The line that a page still needs before readers see it.
fn line_to_publish(field: &Field, examples: &Examples) -> String {
    if field.name == "status" { "status: published".to_string() } else { examples.line(field) }
}

/// The error for a field that is not given. `head` is the file as far as its front matter goes.
fn before_publication(
    kind: &Kind,
    missing: &crate::fields::Missing,
    line: &str,
    values: &Values,
    head: &str,
) -> Diagnostic {
    let field = missing.field;
    let about = about_in_sentence(field);
    let state = if missing.empty_at.is_some() { "is empty" } else { "is missing" };
    // A line for it may wait behind a `#`, as in a page that `netsite new` made; another one would be its twin.
    let waiting = missing.empty_at.is_none().then(|| front_matter::commented(head, field.name)).flatten();
    let help = match &waiting {
        Some(found) => format!(
            "take the # from {} and put your own words after the colon, or set status: draft",
            found.in_words()
        ),
        None if missing.empty_at.is_some() => format!("write {line}, or set status: draft"),
        None => format!("add the line {line}, or set status: draft"),
    };
    let mut problem = Diagnostic::error(
        "missing-field",
        format!("`{}` {state}; a published {} needs it: {about}", field.name, kind.title.to_lowercase()),
    )
    .help(help);
    problem.span = missing
        .empty_at
        .or_else(|| waiting.map(|found| found.span))
        .or_else(|| values.key_span("status"))
        .or_else(|| values.key_span("title"));
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

/// A line that was meant for the heading, at its place in the text: `##Problem`, `**Problem**`, `### Problem`.
fn meant_heading(heading: &str, source: &str) -> Option<Span> {
    let mut start = 0;
    for line in source.split_inclusive('\n') {
        let words = line.trim_matches(|sign: char| sign.is_whitespace() || "#*_:.".contains(sign));
        let is_heading = line.starts_with('#') && nearest(words, [heading]).is_some();
        if is_heading || words.eq_ignore_ascii_case(heading) {
            return Some(Span::new(start, start + line.trim_end().len()));
        }
        start += line.len();
    }
    None
}

/// One message for each line that was meant for a heading, and one for the headings that nothing stands for.
fn absent_sections_problems(
    kind: &Kind,
    absent: &[&str],
    source: &str,
    body_start: usize,
    place: Span,
) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    let mut unmet = Vec::new();
    for heading in absent {
        let Some(span) = meant_heading(heading, source) else {
            unmet.push(*heading);
            continue;
        };
        let message = format!(
            "this line does not begin the section {heading}, which readers of {} expect",
            kind.with_article()
        );
        problems.push(
            Diagnostic::error("missing-section", message)
                .at(span.shifted(body_start as u32))
                .help(format!("write ## {heading}")),
        );
    }
    if !unmet.is_empty() {
        problems.push(absent_sections_problem(kind, &unmet, place));
    }
    problems
}

/// Headings that readers expect and that nothing stands below, such as those of a starter that was not filled in.
fn empty_sections(kind: &Kind, body: &Document) -> Vec<Diagnostic> {
    let expected = |heading: &Heading| {
        kind.sections
            .iter()
            .any(|set| set.iter().any(|wanted| heading.text.trim().eq_ignore_ascii_case(wanted)))
    };
    let empty = body.sections.iter().filter(|section| section.html.text().trim().is_empty());
    empty
        .filter_map(|section| section.heading.as_ref().filter(|heading| expected(heading)))
        .map(|heading| {
            Diagnostic::warning("empty-section", format!("nothing stands below the heading {}", heading.text))
                .at(heading.span)
                .help("write what readers expect there, or set status: draft")
        })
        .collect()
}

fn absent_sections_problem(kind: &Kind, absent: &[&str], place: Span) -> Diagnostic {
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
    .at(place)
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

/// A page that falls due before it was looked at is told to readers as overdue from its first day. That a review is
/// overdue by now is no problem of a build: the page says it, and a site that nobody touched must not begin to fail.
fn check_review(values: &Values, problems: &mut Vec<Diagnostic>) {
    let (Some(reviewed), Some(due)) = (values.date("last_reviewed"), values.date("review_by")) else {
        return;
    };
    if due < reviewed {
        let message = format!(
            "`review_by` ({}) is before `last_reviewed` ({}), so readers see that the page is overdue for review",
            long_date(due),
            long_date(reviewed)
        );
        let mut problem = Diagnostic::warning("review-before-reviewed", message)
            .help("check the years of both; review_by is the day of the next review");
        problem.span = values.get("review_by").map(|value| value.span);
        problems.push(problem);
    }
}
