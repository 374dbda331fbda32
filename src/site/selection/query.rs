//! A query for pages, as it is typed: `kind:case-study theme:stroke,workforce network:kent-and-medway -tag:pilot "home
//! reporting"`. Every name must be true of a page, and every word stand on it; of several values of one name one is
//! enough; what begins with `-` must not be so. Archived pages are found by `status:archived` alone.

use super::{SelectionProblem, is_listed, suggested};
use crate::content::Status;
use crate::content::kinds::{ALL, Kind};
use crate::markdown::stretches;
use crate::site::taxonomy::named_terms;
use crate::site::{PageIndex, Site};
use crate::text::{list_words, nearest, slugify};

/// What can be asked for by name.
const NAMES: [&str; 8] = ["kind", "theme", "network", "region", "standard", "stage", "tag", "status"];

/// A query may have so many parts; nobody types more.
const MOST_PARTS: usize = 100;

/// A query that was understood.
#[derive(Debug, Default)]
pub(super) struct Query {
    wanted: Vec<(Name, Vec<Value>)>,
    unwanted: Vec<(Name, Value)>,
    words: Vec<String>,
    unwanted_words: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Name {
    Kind,
    Status,
    /// A network or a standard.
    Page,
    /// A taxonomy of words.
    Term(&'static str),
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Value {
    Kind(&'static Kind),
    Archived(bool),
    Page(PageIndex),
    Slug(String),
}

/// A part of a query as it stands there.
#[derive(Debug, Default, PartialEq, Eq)]
struct Part {
    is_unwanted: bool,
    name: Option<String>,
    /// The values of a name, or one word, or words that stand together.
    texts: Vec<String>,
}

impl Query {
    /// Reads a query; what it names must be known to the site.
    pub(super) fn read(text: &str, site: &Site) -> Result<Self, SelectionProblem> {
        let parts = parts(text);
        if parts.is_empty() {
            return Err(SelectionProblem::new(
                "--select asks for nothing",
                "write for example --select \"kind:case-study theme:stroke\"",
            ));
        }
        if parts.len() > MOST_PARTS {
            return Err(SelectionProblem::new(
                format!("--select asks for {} things at once", parts.len()),
                format!("ask for at most {MOST_PARTS}"),
            ));
        }
        let mut query = Self::default();
        for part in parts {
            let Some(name) = &part.name else {
                let words = if part.is_unwanted { &mut query.unwanted_words } else { &mut query.words };
                words.extend(part.texts.iter().map(|word| word.to_lowercase()));
                continue;
            };
            if part.texts.is_empty() {
                return Err(SelectionProblem::new(
                    format!("nothing stands behind `{name}:`"),
                    format!(
                        "write its value without a space before it, such as {name}:… or {name}:\"two words\""
                    ),
                ));
            }
            for value in &part.texts {
                let (name, value) = understood(site, name, value)?;
                if part.is_unwanted {
                    query.unwanted.push((name, value));
                } else if let Some((_, values)) = query.wanted.iter_mut().find(|(other, values)| {
                    *other == name && (name != Name::Page || same_kind(site, &values[0], &value))
                }) {
                    values.push(value);
                } else {
                    query.wanted.push((name, vec![value]));
                }
            }
        }
        Ok(query)
    }

    /// Whether a page is what is asked for.
    pub(super) fn finds(&self, site: &Site, index: PageIndex) -> bool {
        let asks_for_status = self.wanted.iter().any(|(name, _)| *name == Name::Status);
        if !asks_for_status && !is_listed(site, index) {
            return false;
        }
        let is = |name: Name, value: &Value| is_true(site, index, name, value);
        let by_name = self.wanted.iter().all(|(name, values)| values.iter().any(|value| is(*name, value)))
            && !self.unwanted.iter().any(|(name, value)| is(*name, value));
        if !by_name || (self.words.is_empty() && self.unwanted_words.is_empty()) {
            return by_name;
        }
        let text = text_of(site, index);
        let has = |word: &String| has_word(&text, word);
        self.words.iter().all(has) && !self.unwanted_words.iter().any(has)
    }
}

/// The parts of a query; quotation marks, straight or curly, keep words together.
fn parts(text: &str) -> Vec<Part> {
    let mut parts = Vec::new();
    let mut rest = text.trim_start();
    while !rest.is_empty() {
        let mut part = Part::default();
        if let Some(after) = rest.strip_prefix('-').filter(|after| !after.starts_with(char::is_whitespace)) {
            part.is_unwanted = true;
            rest = after;
        }
        let name_end = rest.find(|next: char| !next.is_alphabetic() && next != '-').unwrap_or(rest.len());
        if let Some(after) = rest[name_end..].strip_prefix(':').filter(|_| name_end > 0) {
            part.name = Some(rest[..name_end].to_lowercase());
            rest = after.trim_start();
        }
        let is_list = part.name.is_some();
        loop {
            let (text, after) = one_text(rest, is_list);
            part.texts.extend((!text.is_empty()).then(|| text.to_string()));
            rest = after;
            match rest.strip_prefix(',').filter(|_| is_list) {
                Some(after) => rest = after,
                None => break,
            }
        }
        if !part.texts.is_empty() || is_list {
            parts.push(part);
        }
        rest = rest.trim_start();
    }
    parts
}

/// The next text, without its quotation marks, and what follows it. In a list a comma ends it.
fn one_text(rest: &str, is_list: bool) -> (&str, &str) {
    const MARKS: [char; 4] = ['"', '“', '”', '\u{201e}'];
    if let Some(after) = rest.strip_prefix(MARKS) {
        let end = after.find(MARKS).unwrap_or(after.len());
        return (after[..end].trim(), after[end..].strip_prefix(MARKS).unwrap_or(""));
    }
    let ends = |next: char| next.is_whitespace() || (is_list && next == ',');
    rest.split_at(rest.find(ends).unwrap_or(rest.len()))
}

/// What a name and a value mean on this site.
fn understood(site: &Site, name: &str, value: &str) -> Result<(Name, Value), SelectionProblem> {
    let unknown = |what: &str, help: Option<&str>, all: String| {
        let help = help.map_or(all, |near| format!("did you mean `{name}:{}`?", quoted(near)));
        SelectionProblem::new(format!("there is no {what} `{value}`"), help)
    };
    match name {
        "kind" => {
            if let Some(kind) = Kind::named(value) {
                return Ok((Name::Kind, Value::Kind(kind)));
            }
            let names: Vec<&str> = ALL.iter().map(|kind| kind.name).collect();
            let near = nearest(value, names.iter().copied());
            Err(unknown("kind of page", near, format!("the kinds are {}", list_words(&names, "and"))))
        }
        "status" => match value.to_lowercase().as_str() {
            "archived" => Ok((Name::Status, Value::Archived(true))),
            "published" => Ok((Name::Status, Value::Archived(false))),
            _ => Err(SelectionProblem::new(
                format!("a pack cannot hold pages with the status `{value}`"),
                "write status:published or status:archived: a pack holds what readers may see",
            )),
        },
        "network" | "standard" => site.find(name, value).map_or_else(
            || {
                let kind = if name == "network" { "network" } else { "standard" };
                let pages: Vec<PageIndex> = (0..site.pages.len())
                    .filter(|index| site.pages[*index].parsed.kind.name == kind)
                    .collect();
                let message = format!("there is no {kind} `{value}`");
                Err(SelectionProblem::new(message, suggested(site, kind, value, &pages)))
            },
            |page| Ok((Name::Page, Value::Page(page))),
        ),
        _ => {
            let Some(taxonomy) = NAMES.into_iter().find(|known| *known == name) else {
                let near = nearest(name, NAMES).map(|near| format!("did you mean `{near}:{value}`? "));
                return Err(SelectionProblem::new(
                    format!("pages cannot be chosen by `{name}:`"),
                    format!(
                        "{}they are chosen by {}, and by words",
                        near.unwrap_or_default(),
                        list_words(&NAMES, "or")
                    ),
                ));
            };
            let mut known: Vec<&str> = site
                .pages
                .iter()
                .flat_map(|page| named_terms(&page.parsed.values))
                .filter(|named| named.taxonomy == taxonomy)
                .map(|named| named.term)
                .collect();
            known.sort_unstable();
            known.dedup();
            let slug = slugify(value);
            if known.iter().any(|term| slugify(term) == slug) {
                return Ok((Name::Term(taxonomy), Value::Slug(slug)));
            }
            let near = nearest(value, known.iter().copied());
            let some = list_words(&known[..known.len().min(super::NAMED)], "and");
            let all = match known.len() {
                0 => format!("no published page has a {taxonomy}"),
                many if many > super::NAMED => format!("some that there are: {some}"),
                _ => format!("there are {some}"),
            };
            Err(unknown(taxonomy, near, all))
        }
    }
}

/// A value as it would have to be typed.
fn quoted(value: &str) -> String {
    if value.contains([' ', ',']) { format!("\"{value}\"") } else { value.to_string() }
}

fn same_kind(site: &Site, one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Page(one), Value::Page(other)) => {
            site.pages[*one].parsed.kind == site.pages[*other].parsed.kind
        }
        _ => true,
    }
}

fn is_true(site: &Site, index: PageIndex, name: Name, value: &Value) -> bool {
    let page = &site.pages[index];
    match (name, value) {
        (_, Value::Kind(kind)) => page.parsed.kind == *kind,
        (_, Value::Archived(is_archived)) => (page.parsed.status == Status::Archived) == *is_archived,
        (_, Value::Page(target)) => {
            index == *target || page.outgoing.iter().any(|relation| relation.page == *target)
        }
        (Name::Term(taxonomy), Value::Slug(slug)) => {
            let bears = |index: PageIndex| {
                named_terms(&site.pages[index].parsed.values)
                    .iter()
                    .any(|named| named.taxonomy == taxonomy && slugify(named.term) == *slug)
            };
            // A page lies in the region of its network.
            let networks = page.outgoing.iter().filter(|relation| relation.field == "network");
            bears(index)
                || (taxonomy == "region" && networks.into_iter().any(|relation| bears(relation.page)))
        }
        _ => false,
    }
}

/// The words of a page in small letters, with a space before each.
fn text_of(site: &Site, index: PageIndex) -> String {
    let page = &site.pages[index].parsed;
    let mut text = format!(" {} {} ", page.title, page.values.text("summary").unwrap_or(""));
    for stretch in stretches(&page.body.sections) {
        text.push_str(&stretch.heading);
        text.push(' ');
        text.push_str(&stretch.text);
        text.push(' ');
    }
    text.to_lowercase()
}

/// Whether a word, or words one after the other, begin somewhere in a text.
fn has_word(text: &str, word: &str) -> bool {
    text.match_indices(word)
        .any(|(at, _)| text[..at].chars().next_back().is_none_or(|before| !before.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str) -> Vec<(bool, Option<String>, String)> {
        parts(text).into_iter().map(|part| (part.is_unwanted, part.name, part.texts.join("|"))).collect()
    }

    #[test]
    fn parts_are_read_as_they_are_typed() {
        let of = |is_unwanted, name: Option<&str>, text: &str| {
            (is_unwanted, name.map(str::to_string), text.to_string())
        };
        assert_eq!(
            read(" kind:case-study theme:“home reporting”,stroke -tag:pilot,old \"two words\" -ct a-b "),
            [
                of(false, Some("kind"), "case-study"),
                of(false, Some("theme"), "home reporting|stroke"),
                of(true, Some("tag"), "pilot|old"),
                of(false, None, "two words"),
                of(true, None, "ct"),
                of(false, None, "a-b"),
            ]
        );
        assert_eq!(read("Theme: stroke"), [of(false, Some("theme"), "stroke")]);
        assert_eq!(read("theme:"), [of(false, Some("theme"), "")]);
        assert_eq!(read("   "), []);
        assert_eq!(read("\"not closed"), [of(false, None, "not closed")]);
    }

    #[test]
    fn words_are_found_at_their_beginning() {
        assert!(has_word(" strokes in kent ", "stroke"));
        assert!(!has_word(" keystroke ", "stroke"));
        assert!(has_word(" keystroke and stroke", "stroke"));
    }

    proptest! {
        #[test]
        fn any_text_has_parts(text in "\\PC{0,60}") {
            let parts = parts(&text);
            prop_assert!(parts.len() <= text.chars().count());
        }
    }
}
