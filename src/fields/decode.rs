//! A YAML mapping and a table of fields into values: unknown and repeated keys, wrong types and missing fields are
//! all found in one go.

use std::borrow::Cow;
use std::fmt::Write as _;

use jiff::tz::TimeZone;

use super::formats::{colour, is_email, is_language, is_ods, is_site_path, is_web_address};
use super::yaml::{Content, Node};
use super::{Field, Need, Reference, Shape, Target, Value, Values, about_in_sentence};
use crate::diagnostic::Diagnostic;
use crate::source::{Span, Spanned};
use crate::text::{
    DateProblem, did_you_mean, nearest, parse_date, parse_local_time, parse_moment, parse_period, zone_meant,
};

/// What came of a mapping.
#[derive(Debug, Default)]
pub struct Decoded {
    /// The fields that were understood.
    pub values: Values,
    /// Everything that was not.
    pub problems: Vec<Diagnostic>,
    /// Fields that are needed before publication and were not given.
    pub missing: Vec<Missing>,
}

/// A field that is needed before publication.
#[derive(Debug, Clone)]
pub struct Missing {
    /// The field.
    pub field: &'static Field,
    /// The place of its key, where the key stands there without a value.
    pub empty_at: Option<Span>,
}

/// Reads the fields of a mapping. `need` may raise what a field's own table says; `what` names the mapping in
/// messages: "a case study", "`netsite.yaml`".
pub fn decode(
    node: &Node,
    fields: impl Iterator<Item = &'static Field>,
    need: &dyn Fn(&Field) -> Need,
    what: &str,
) -> Decoded {
    let mut decoder = Decoder { problems: Vec::new() };
    let fields: Vec<&'static Field> = fields.collect();
    let (values, missing) = decoder.mapping(node, &fields, need, what);
    Decoded { values, problems: decoder.problems, missing }
}

struct Decoder {
    problems: Vec<Diagnostic>,
}

impl Decoder {
    fn mapping(
        &mut self,
        node: &Node,
        fields: &[&'static Field],
        need: &dyn Fn(&Field) -> Need,
        what: &str,
    ) -> (Values, Vec<Missing>) {
        let empty = Vec::new();
        let entries = match &node.content {
            Content::Map(entries) => entries,
            Content::Null => &empty,
            _ => {
                self.problems.push(
                    Diagnostic::error("wrong-type", format!("{what} is written as lines of `name: value`"))
                        .at(node.span)
                        .help(format!("write {}", example_of(fields))),
                );
                return (Values::default(), Vec::new());
            }
        };
        let misspelt = self.report_strangers(entries, fields, what);
        let mut values = Vec::new();
        let mut missing = Vec::new();
        for field in fields {
            let entry = entries.iter().find(|(key, _)| key.value == field.name);
            let empty_at = entry.filter(|(_, node)| node.content == Content::Null).map(|(key, _)| key.span);
            match entry {
                Some((key, value)) if empty_at.is_none() => {
                    if let Some(decoded) = self.value(value, &field.shape, field) {
                        values.push((Cow::Borrowed(field.name), key.span, decoded));
                    }
                }
                // One slip is one error: the message on the key names this field.
                None if misspelt.contains(&field.name) => {}
                _ => match need(field) {
                    Need::Optional => {}
                    Need::ToPublish => missing.push(Missing { field, empty_at }),
                    Need::Always => {
                        self.problems.push(missing_field(field, empty_at.unwrap_or(node.span), what));
                    }
                },
            }
        }
        (Values::new(values), missing)
    }

    /// Keys that no field has, and keys that stand there twice. Gives the fields that the former most likely mean.
    fn report_strangers(
        &mut self,
        entries: &[(Spanned<String>, Node)],
        fields: &[&'static Field],
        what: &str,
    ) -> Vec<&'static str> {
        let mut misspelt = Vec::new();
        for (index, (key, _)) in entries.iter().enumerate() {
            if let Some((first, _)) = entries[..index].iter().find(|(earlier, _)| earlier.value == key.value)
            {
                self.problems.push(
                    Diagnostic::error("duplicate-key", format!("`{}` is given twice", key.value))
                        .at(key.span)
                        .label(first.span, "first given here")
                        .help("keep one of the two"),
                );
            }
            if fields.iter().any(|field| field.name == key.value) {
                continue;
            }
            let names = || fields.iter().map(|field| field.name);
            let meant = nearest(&key.value, names());
            misspelt.extend(meant);
            let help = meant.map_or_else(
                || format!("take the line out, or use one of: {}", names().collect::<Vec<_>>().join(", ")),
                |name| format!("did you mean `{name}`?"),
            );
            self.problems.push(
                Diagnostic::error(
                    "unknown-key",
                    format!("{what} has no field `{}`, so nothing would come of it", key.value),
                )
                .at(key.span)
                .help(help),
            );
        }
        misspelt
    }

    fn value(&mut self, node: &Node, shape: &Shape, field: &Field) -> Option<Spanned<Value>> {
        let value = match shape {
            Shape::List(item) => self.list(node, item, field),
            Shape::Group(_) if !matches!(node.content, Content::Map(_) | Content::Null) => {
                self.problems.push(
                    Diagnostic::error(
                        "wrong-type",
                        format!("`{}` is written as lines of `name: value`", field.name),
                    )
                    .at(node.span)
                    .help(help_with_example(field)),
                );
                None
            }
            Shape::Group(fields) => {
                let fields: Vec<&'static Field> = fields.iter().collect();
                let (values, _) =
                    self.mapping(node, &fields, &|field| field.need, &format!("`{}`", field.name));
                Some(Value::Group(values))
            }
            Shape::Map(item) => self.map(node, item, field),
            _ => {
                if let Content::Scalar(text) = &node.content {
                    self.scalar(text, node.span, shape, field)
                } else {
                    self.wrong_type(node.span, shape, field);
                    None
                }
            }
        };
        value.map(|value| Spanned::new(value, node.span))
    }

    fn list(&mut self, node: &Node, item: &'static Shape, field: &Field) -> Option<Value> {
        let told = self.bare_items(node, item, field);
        let values = match &node.content {
            Content::List(nodes) => nodes
                .iter()
                .filter(|node| node.content != Content::Null)
                .filter(|node| !told || !matches!(node.content, Content::Scalar(_)))
                .filter_map(|node| self.value(node, item, field))
                .collect(),
            // `tags: a, b` is what people write; commas part names, but not sentences.
            Content::Scalar(text)
                if matches!(item, Shape::Term(_) | Shape::Reference(_)) && text.contains(',') =>
            {
                text.split(',')
                    .map(str::trim)
                    .filter(|part| !part.is_empty())
                    .filter_map(|part| {
                        let value = self.scalar(part, node.span, item, field)?;
                        Some(Spanned::new(value, node.span))
                    })
                    .collect()
            }
            _ if told => return None,
            _ => vec![self.value(node, item, field)?],
        };
        Some(Value::List(values))
    }

    fn map(&mut self, node: &Node, item: &'static Shape, field: &Field) -> Option<Value> {
        let Content::Map(entries) = &node.content else {
            self.wrong_type(node.span, &field.shape, field);
            return None;
        };
        let mut values: Vec<(Cow<'static, str>, Span, Spanned<Value>)> = Vec::new();
        for (key, node) in entries {
            if let Some((_, first, _)) = values.iter().find(|(name, ..)| *name == key.value) {
                self.problems.push(
                    Diagnostic::error("duplicate-key", format!("`{}` is given twice", key.value))
                        .at(key.span)
                        .label(*first, "first given here")
                        .help("keep one of the two"),
                );
            } else if node.content == Content::Null && matches!(item, Shape::Colour) {
                self.problems.push(
                    Diagnostic::error(
                        "wrong-type",
                        format!(
                            "`{}` has no colour: without quotation marks, what follows # is a comment",
                            key.value
                        ),
                    )
                    .at(key.span)
                    .help(format!(
                        "write it like this: {}: \"{}\"",
                        key.value,
                        colour_of_comment(node)
                    )),
                );
            } else if let (Shape::Colour, Content::Scalar(text)) = (item, &node.content)
                && colour(text.trim()).is_none()
            {
                self.problems.push(not_a_colour(&key.value, text.trim(), node.span));
            } else if node.content != Content::Null
                && let Some(value) = self.value(node, item, field)
            {
                values.push((Cow::Owned(key.value.clone()), key.span, value));
            }
        }
        Some(Value::Group(Values::new(values)))
    }

    /// `- RXC` where each item of a list is lines of `name: value`, told once for all of them. Whether it was so.
    fn bare_items(&mut self, node: &Node, item: &Shape, field: &Field) -> bool {
        let Shape::Group(fields) = item else { return false };
        let mut needed = fields.iter().filter(|inner| inner.need == Need::Always);
        let (Some(name), None) = (needed.next(), needed.next()) else { return false };
        let alone = std::slice::from_ref(node);
        let nodes = if let Content::List(nodes) = &node.content { nodes.as_slice() } else { alone };
        let bare: Vec<(&str, Span)> = nodes
            .iter()
            .filter_map(|node| match &node.content {
                Content::Scalar(text) => Some((text.trim(), node.span)),
                _ => None,
            })
            .flat_map(|(text, span)| text.split(',').map(move |part| (part.trim(), span)))
            .filter(|(text, _)| !text.is_empty())
            .collect();
        let fits = |text: &str| match name.shape {
            Shape::Ods => is_ods(text),
            _ => false,
        };
        let Some((_, span)) = bare.first().filter(|_| bare.iter().all(|(text, _)| fits(text))) else {
            return false;
        };
        let lines: Vec<String> =
            bare.iter().take(8).map(|(text, _)| format!("  - {}: {text}", name.name)).collect();
        let lines = format!("{}:\n{}", field.name, lines.join("\n"));
        let message = format!("each of `{}` is written as lines of `name: value`", field.name);
        self.problems.push(
            Diagnostic::error("wrong-type", message).at(*span).help(format!("write it like this:\n{lines}")),
        );
        true
    }

    fn wrong_type(&mut self, span: Span, shape: &Shape, field: &Field) {
        let name = field.name;
        // Of a list, the one value that is wrong is meant.
        let subject = if std::ptr::eq(shape, &raw const field.shape) {
            format!("`{name}`")
        } else {
            format!("each of `{name}`")
        };
        self.problems.push(
            Diagnostic::error("wrong-type", format!("{subject} must be {}", shape.in_words()))
                .at(span)
                .help(help_with_example(field)),
        );
    }

    fn refuse<T>(&mut self, code: &'static str, span: Span, message: String, help: String) -> Option<T> {
        self.problems.push(Diagnostic::error(code, message).at(span).help(help));
        None
    }

    fn date_value<T>(&mut self, result: Result<T, DateProblem>, span: Span) -> Option<T> {
        match result {
            Ok(value) => Some(value),
            Err(problem) => self.refuse("unclear-date", span, problem.message, problem.help),
        }
    }

    fn scalar(&mut self, written: &str, span: Span, shape: &Shape, field: &Field) -> Option<Value> {
        let visible = without_controls(written);
        let text = visible.trim();
        let name = field.name;
        if text.is_empty() {
            return self.refuse("empty-value", span, format!("`{name}` is empty"), help_with_example(field));
        }
        let as_text = |text: &str| Some(Value::Text(text.into()));
        match shape {
            Shape::Paragraphs => as_text(text),
            Shape::Text | Shape::Quantity | Shape::Term(_) => {
                let value = Value::Text(text.split_whitespace().collect::<Vec<_>>().join(" ").into());
                self.advise_on_quotes(text, span, name);
                Some(value)
            }
            Shape::Integer => {
                if let Ok(number) = text.replace([',', '_'], "").parse() {
                    Some(Value::Integer(number))
                } else {
                    self.wrong_type(span, shape, field);
                    None
                }
            }
            Shape::Flag => match text.to_lowercase().as_str() {
                "true" | "yes" | "on" => Some(Value::Flag(true)),
                "false" | "no" | "off" => Some(Value::Flag(false)),
                _ => {
                    self.wrong_type(span, shape, field);
                    None
                }
            },
            Shape::Date => self.date_value(parse_date(text), span).map(Value::Date),
            Shape::LocalTime => self.date_value(parse_local_time(text), span).map(Value::LocalTime),
            Shape::Moment => {
                self.date_value(parse_moment(text, None), span).map(|moment| Value::Moment(Box::new(moment)))
            }
            Shape::Period => {
                self.date_value(parse_period(text), span).map(|period| Value::Period(Box::new(period)))
            }
            Shape::Colour => {
                let colour = colour(text);
                if colour.is_none() {
                    self.wrong_type(span, shape, field);
                }
                colour.as_deref().and_then(as_text)
            }
            Shape::Zone if TimeZone::get(text).is_ok() => as_text(text),
            Shape::Email if is_email(text) => as_text(text),
            Shape::WebAddress if is_web_address(text) => as_text(text),
            Shape::Contact if is_email(text) || is_web_address(text) => as_text(text),
            Shape::Ods if is_ods(text) => as_text(text),
            Shape::Language if is_language(text) => as_text(text),
            Shape::SitePath if is_site_path(text) => as_text(text),
            Shape::Ods if is_ods(&text.to_uppercase()) => self.refuse(
                "wrong-type",
                span,
                format!("`{text}` is not an organisation code: they are written in capital letters"),
                format!("write {}", text.to_uppercase()),
            ),
            Shape::Zone => {
                let message =
                    format!("`{text}` is not the name of a time zone, so the clocks cannot be known");
                let help = zone_meant(text)
                    .map_or_else(|| help_with_example(field), |zone| format!("write {name}: {zone}"));
                self.refuse("unknown-zone", span, message, help)
            }
            Shape::Email
            | Shape::WebAddress
            | Shape::Contact
            | Shape::Ods
            | Shape::Language
            | Shape::SitePath => {
                self.wrong_type(span, shape, field);
                None
            }
            Shape::Choice(words) => {
                if let Some(word) = words.iter().find(|word| **word == text) {
                    as_text(word)
                } else {
                    let help = did_you_mean(text, words.iter().copied())
                        .unwrap_or_else(|| format!("choose {}", crate::text::list_words(words, "or")));
                    self.refuse("unknown-choice", span, format!("`{name}` cannot be `{text}`"), help)
                }
            }
            Shape::File => {
                if text.contains('\\') {
                    return self.refuse(
                        "backslash",
                        span,
                        format!("`{text}` has backslashes, which only Windows understands"),
                        format!("write {}", text.replace('\\', "/")),
                    );
                }
                as_text(text)
            }
            Shape::Reference(target) => Some(Value::Reference(Box::new(reference(text, *target)))),
            Shape::List(_) | Shape::Group(_) | Shape::Map(_) => None,
        }
    }

    /// Curly quotation marks around a value are not YAML's and would be shown to readers.
    fn advise_on_quotes(&mut self, text: &str, span: Span, name: &str) {
        if text.starts_with(['“', '‘', '”']) && text.ends_with(['”', '’', '“']) {
            self.problems.push(
                Diagnostic::warning(
                    "smart-quotes",
                    format!("the curly quotation marks around `{name}` will be shown to readers as part of the text"),
                )
                .at(span)
                .help("use straight quotation marks (\") around a value, or none"),
            );
        }
    }
}

/// Names of colours that people try, as the figures that a field takes.
const COLOUR_NAMES: [(&str, &str); 19] = [
    ("aqua", "#00ffff"),
    ("black", "#000000"),
    ("blue", "#0000ff"),
    ("brown", "#a52a2a"),
    ("fuchsia", "#ff00ff"),
    ("gray", "#808080"),
    ("green", "#008000"),
    ("grey", "#808080"),
    ("lime", "#00ff00"),
    ("maroon", "#800000"),
    ("navy", "#000080"),
    ("olive", "#808000"),
    ("orange", "#ffa500"),
    ("purple", "#800080"),
    ("red", "#ff0000"),
    ("silver", "#c0c0c0"),
    ("teal", "#008080"),
    ("white", "#ffffff"),
    ("yellow", "#ffff00"),
];

fn not_a_colour(key: &str, text: &str, span: Span) -> Diagnostic {
    let named = COLOUR_NAMES.iter().find(|(name, _)| text.eq_ignore_ascii_case(name));
    let (why, example) = match named {
        Some((_, figures)) => (": a name is no colour here", *figures),
        None => ("", "#005eb8"),
    };
    let like = if named.is_some() { "" } else { " it like this:" };
    Diagnostic::error("wrong-type", format!("`{key}` must be {}{why}", Shape::Colour.in_words()))
        .at(span)
        .help(format!("write{like} {key}: \"{example}\""))
}

/// The colour that a writer gave without quotation marks, or else an example.
fn colour_of_comment(node: &Node) -> String {
    let first = node.comment.as_deref().and_then(|comment| comment.split_whitespace().next());
    let given = first.and_then(|word| colour(word.trim_end_matches([',', '}'])));
    given.unwrap_or_else(|| "#005eb8".to_string())
}

/// The text without characters that nobody sees: a page cannot show them, and a feed must not hold them.
fn without_controls(written: &str) -> Cow<'_, str> {
    let is_stray = |character: char| character.is_control() && !character.is_whitespace();
    if written.contains(is_stray) { written.replace(is_stray, "").into() } else { written.into() }
}

fn reference(text: &str, target: Target) -> Reference {
    match text.split_once(':') {
        Some((kind, name)) if !kind.trim().is_empty() && !name.trim().is_empty() => {
            Reference { kind: Some(kind.trim().to_string()), name: name.trim().to_string() }
        }
        _ => match target {
            Target::Kind(kind) => Reference { kind: Some(kind.to_string()), name: text.to_string() },
            Target::Any => Reference { kind: None, name: text.to_string() },
        },
    }
}

fn missing_field(field: &Field, span: Span, what: &str) -> Diagnostic {
    Diagnostic::error("missing-field", format!("{what} needs `{}`: {}", field.name, about_in_sentence(field)))
        .at(Span { start: span.start, end: span.start.max(span.end.min(span.start + 1)) })
        .help(format!("add the line {}", line_with_example(field)))
}

/// `name: example`, the line to type; for a group without an example, several.
pub(super) fn line_with_example(field: &Field) -> String {
    match (group_with_examples(field), field.example) {
        (Some(lines), "") => lines,
        (_, example) => format!("{}: {example}", field.name),
    }
}

/// A group, or a list of one, with a line for each of its fields.
fn group_with_examples(field: &Field) -> Option<String> {
    let (fields, first, next) = match &field.shape {
        Shape::List(Shape::Group(fields)) => (fields, "  - ", "    "),
        Shape::Group(fields) => (fields, "  ", "  "),
        _ => return None,
    };
    let mut lines = format!("{}:", field.name);
    for (index, inner) in fields.iter().filter(|inner| !inner.example.is_empty()).enumerate() {
        let indent = if index == 0 { first } else { next };
        let _ = write!(lines, "\n{indent}{}: {}", inner.name, inner.example);
    }
    Some(lines)
}

fn help_with_example(field: &Field) -> String {
    // An empty list is an example of what may be given, not of how its items are written.
    let example = match (group_with_examples(field), field.example) {
        (Some(lines), "" | "[]") => lines,
        _ => line_with_example(field),
    };
    let space = if example.contains('\n') { '\n' } else { ' ' };
    format!("write it like this:{space}{example}")
}

fn example_of(fields: &[&'static Field]) -> String {
    let lines: Vec<String> = fields
        .iter()
        .filter(|field| field.need != Need::Optional)
        .map(|field| format!("{}: {}", field.name, field.example))
        .collect();
    if lines.is_empty() {
        "lines of `name: value`".to_string()
    } else {
        format!("lines such as {}", lines.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fields::yaml;

    const INNER: &[Field] = &[
        Field::always("metric", Shape::Text, "What was measured.", "Time"),
        Field::optional("baseline", Shape::Quantity, "Before.", "7"),
    ];
    static FIELDS: &[Field] = &[
        Field::always("title", Shape::Text, "The heading.", "Sharing reports"),
        Field::to_publish("stage", Shape::Choice(&["idea", "pilot"]), "How far.", "pilot"),
        Field::optional("tags", Shape::List(&Shape::Term("tag")), "Words.", "[a]"),
        Field::optional("seen", Shape::Date, "When.", "2018-04-03"),
        Field::optional("measures", Shape::List(&Shape::Group(INNER)), "Figures.", ""),
        Field::optional("version", Shape::Text, "Version.", "\"1.0\""),
        Field::optional("ods", Shape::Ods, "Code.", "RM1"),
        Field::optional("old", Shape::List(&Shape::SitePath), "Old addresses.", "[/a/]"),
        Field::optional("network", Shape::Reference(Target::Kind("network")), "Network.", "devon"),
    ];

    fn read(text: &str) -> Decoded {
        decode(&yaml::parse(text, 0).unwrap(), FIELDS.iter(), &|field| field.need, "a test page")
    }

    #[test]
    fn every_problem_is_found_at_once_where_it_stands() {
        let decoded = read(
            "titel: x\nstage: pilto\nseen: 03/04/18\nods: rm1\nmeasures:\n  - baseline: 7\n  - metric: a\n    unit: b\nold: [../x]\n",
        );
        let found: Vec<(&str, u32)> =
            decoded.problems.iter().map(|problem| (problem.code, problem.span.unwrap().start)).collect();
        assert_eq!(
            found,
            [
                ("unknown-key", 0),
                ("unknown-choice", 16),
                ("unclear-date", 28),
                ("missing-field", 60),
                ("unknown-key", 90),
                ("wrong-type", 42),
                ("wrong-type", 104),
            ]
        );
        assert_eq!(decoded.problems[0].help.as_deref(), Some("did you mean `title`?"));
        assert_eq!(decoded.problems[1].help.as_deref(), Some("did you mean `pilot`?"));
        assert_eq!(decoded.problems[5].help.as_deref(), Some("write RM1"));
    }

    #[test]
    fn values_are_read_as_people_write_them() {
        let decoded = read(
            "title: 2018\nversion: 1.10\ntags: a, b\nstage:\nnetwork: devon\nmeasures:\n  metric: only one\n",
        );
        assert!(decoded.problems.is_empty(), "{:?}", decoded.problems);
        assert_eq!(decoded.values.text("title"), Some("2018"));
        assert_eq!(decoded.values.text("version"), Some("1.10"));
        assert_eq!(decoded.values.texts("tags").map(|tag| tag.value).collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!(decoded.values.groups("measures").count(), 1);
        assert_eq!(decoded.values.reference("network").unwrap().value.kind.as_deref(), Some("network"));
        assert_eq!(decoded.missing.len(), 1, "an empty `stage:` counts as not given");
    }

    #[test]
    fn a_key_given_twice_points_to_both() {
        let decoded = read("title: a\ntitle: b\n");
        assert_eq!(decoded.problems[0].code, "duplicate-key");
        assert_eq!(decoded.problems[0].labels[0].span, Span::new(0, 5));
    }

    #[test]
    fn characters_that_nobody_sees_are_left_out() {
        let decoded = read("title: \"a\\x01b \\ec\"\n");
        assert_eq!(decoded.values.text("title"), Some("ab c"));
    }
}
