//! Content controls: the gaps of a document, its optional clauses and its repeated rows. Their tags are what a program
//! that fills the document in goes by:
//!
//! - `gap:KEY`, `gap:KEY:COLUMN`, each with `:capital` where the answer begins a sentence
//! - `if:KEY=ANSWER`, `if:KEY!=ANSWER` around a clause
//! - `rows:KEY` around what repeats
//!
//! Word takes at most 64 characters. In a longer tag `#PLACE` stands for the key, and `#PLACE` for the answer (its place
//! among the choices), both counted from 0.

use std::fmt::Write;

use super::super::{Condition, Gap, GapKind};
use super::bound;
use super::runs::{Look, text_runs};
use super::writer::Writer;
use super::xml;
use crate::text::{parse_date, upper_first};

/// As many characters as Word takes in a tag and in a title.
const LONGEST: usize = 64;

impl Writer<'_> {
    /// A gap as a control in running text.
    pub(super) fn control(
        &mut self,
        gap: usize,
        column: Option<usize>,
        is_capital: bool,
        look: Look,
    ) -> String {
        let brackets = self.form.brackets(gap, column, is_capital);
        let Some(question) = self.form.gaps.get(gap) else { return text_runs(&brackets, look) };
        let filling = self.filling(gap, column, is_capital);
        let (title, tag) = (title(question, column), tag(gap, question, column, is_capital));
        let kind = kind_of_control(question, filling.as_deref());
        // What Word shows of a bound control is the answer that all its places share, so one that must begin with
        // another letter stands alone. So does one with several lines (see below) or with what is no choice any more.
        let stands_alone = filling.as_ref().is_some_and(|filling| {
            let choices = choices(&question.kind);
            let is_no_choice = !choices.is_empty() && !choices.contains(filling);
            is_no_choice || has_lines(filling) || self.filling(gap, column, false).as_ref() != Some(filling)
        });
        let binding = if stands_alone { String::new() } else { bound::binding(self.form, gap) };
        let placeholder = self.placeholder(&brackets);
        let is_empty = if filling.is_none() { "<w:showingPlcHdr/>" } else { "" };
        let mut properties = look.properties(false);
        let _ = write!(
            properties,
            r#"{title}<w:tag w:val="{tag}"/>{id}<w:placeholder><w:docPart w:val="{placeholder}"/></w:placeholder>{is_empty}{binding}{kind}"#,
            id = self.control_id(),
        );
        let content = match filling {
            Some(filling) => text_runs(&filling, look),
            None => text_runs(&brackets, Look { character_style: Some("PlaceholderText"), ..look }),
        };
        wrapped(&properties, &content)
    }

    /// A clause that stands under a condition.
    pub(super) fn clause_control(&mut self, condition: &Condition, content: &str) -> String {
        let title = alias(&upper_first(&self.condition_words(condition)));
        let tag = condition_tag(condition, self.form.gaps.get(condition.gap));
        let properties = format!(r#"{title}<w:tag w:val="{tag}"/>{}"#, self.control_id());
        wrapped(&properties, content)
    }

    /// When a clause stands: `only where the answer to “Network holds money” is Yes`.
    pub(super) fn condition_words(&self, condition: &Condition) -> String {
        let label = self.form.gaps.get(condition.gap).map_or("", |gap| gap.label.as_str());
        let is = if condition.is_negated { "is not" } else { "is" };
        format!("only where the answer to “{label}” {is} {}", condition.answer)
    }

    /// What repeats for each row: a section to which Word adds another like it.
    pub(super) fn repeated(&mut self, gap: usize, content: &str) -> String {
        let Some(question) = self.form.gaps.get(gap) else { return content.to_string() };
        let tag = fitting(&format!("rows:{}", question.key), || format!("rows:#{gap}"));
        let section = format!(
            r#"{}<w:tag w:val="{tag}"/>{}<w15:repeatingSection/>"#,
            alias(&question.label),
            self.control_id(),
        );
        let item = format!("{}<w15:repeatingSectionItem/>", self.control_id());
        wrapped(&section, &wrapped(&item, content))
    }

    fn control_id(&mut self) -> String {
        self.control_count += 1;
        format!(r#"<w:id w:val="{}"/>"#, self.control_count)
    }
}

fn wrapped(properties: &str, content: &str) -> String {
    format!("<w:sdt><w:sdtPr>{properties}</w:sdtPr><w:sdtContent>{content}</w:sdtContent></w:sdt>")
}

/// What a control is called: the question, and its column.
fn title(question: &Gap, column: Option<usize>) -> String {
    let title = match column.and_then(|column| question.columns().get(column)) {
        Some(column) => format!("{}: {column}", question.label),
        None => question.label.clone(),
    };
    alias(&title)
}

fn alias(title: &str) -> String {
    let title = xml::attribute(title, LONGEST);
    if title.is_empty() { title } else { format!(r#"<w:alias w:val="{title}"/>"#) }
}

fn tag(gap: usize, question: &Gap, column: Option<usize>, is_capital: bool) -> String {
    let column = column.map_or(String::new(), |column| format!(":{column}"));
    let capital = if is_capital { ":capital" } else { "" };
    fitting(&format!("gap:{}{column}{capital}", question.key), || format!("gap:#{gap}{column}{capital}"))
}

fn condition_tag(condition: &Condition, question: Option<&Gap>) -> String {
    let Condition { gap, answer, is_negated } = condition;
    let is = if *is_negated { "!=" } else { "=" };
    let key = question.map_or("", |question| question.key.as_str());
    fitting(&format!("if:{key}{is}{answer}"), || {
        let choices = question.map(|question| choices(&question.kind)).unwrap_or_default();
        let place = choices.iter().position(|choice| choice == answer).unwrap_or(choices.len());
        format!("if:#{gap}{is}#{place}")
    })
}

/// The tag, or its short form where it is too long.
fn fitting(tag: &str, short: impl Fn() -> String) -> String {
    let is_fitting = tag.encode_utf16().count() <= LONGEST && !tag.chars().any(char::is_control);
    if is_fitting { xml::escaped(tag) } else { short() }
}

fn choices(kind: &GapKind) -> Vec<String> {
    match kind {
        GapKind::Choice(choices) => choices.clone(),
        GapKind::YesNo => vec!["Yes".to_string(), "No".to_string()],
        _ => Vec::new(),
    }
}

/// What a control lets a person do.
fn kind_of_control(question: &Gap, filling: Option<&str>) -> String {
    match &question.kind {
        GapKind::Date => {
            let day = filling
                .and_then(|filling| parse_date(filling).ok())
                .map_or(String::new(), |day| format!(r#" w:fullDate="{day}T00:00:00Z""#));
            format!(
                r#"<w:date{day}><w:dateFormat w:val="d MMMM yyyy"/><w:lid w:val="en-GB"/><w:storeMappedDataAs w:val="text"/><w:calendar w:val="gregorian"/></w:date>"#
            )
        }
        kind @ (GapKind::Choice(_) | GapKind::YesNo) => {
            let mut choices: Vec<String> =
                choices(kind).iter().map(|choice| xml::attribute(choice, 255)).collect();
            let mut seen = std::collections::BTreeSet::new();
            choices.retain(|choice| !choice.is_empty() && seen.insert(choice.clone()));
            let items: String = choices
                .iter()
                .map(|choice| format!(r#"<w:listItem w:displayText="{choice}" w:value="{choice}"/>"#))
                .collect();
            format!("<w:dropDownList>{items}</w:dropDownList>")
        }
        // LibreOffice 7.4 puts the line breaks of a control for plain text before it. One that says nothing of its kind
        // takes any text, and reads right everywhere.
        _ if filling.is_some_and(has_lines) => String::new(),
        GapKind::LongText | GapKind::Organisations => r#"<w:text w:multiLine="1"/>"#.to_string(),
        _ => "<w:text/>".to_string(),
    }
}

fn has_lines(filling: &str) -> bool {
    xml::clean(filling).contains('\n')
}
