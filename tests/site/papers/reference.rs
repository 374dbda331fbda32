//! The reference of fields, written from the same tables by which pages and settings are read.

use std::fmt::Write as _;

use netsite::config;
use netsite::content::kinds::{ALL, COMMON, Kind};
use netsite::fields::{Field, Need, Shape};
use netsite::text::list_words;

/// The fields of every kind, as Markdown.
pub(super) fn front_matter() -> String {
    let mut text = String::from("## Every kind\n\n");
    table(&mut text, COMMON, &|field| field.need);
    for kind in ALL {
        kind_section(&mut text, kind);
    }
    text
}

/// The keys of `netsite.yaml`, as Markdown.
pub(super) fn configuration() -> String {
    let mut text = String::from("## Every key\n\n");
    table(&mut text, config::FIELDS, &|field| field.need);
    text
}

fn kind_section(text: &mut String, kind: &Kind) {
    let place = match kind.folder {
        "" => "anywhere else below `content/`".to_string(),
        folder => format!("in `content/{folder}/`"),
    };
    let _ = write!(text, "\n## {}\n\n{} Its kind is `{}`, {place}.\n", kind.title, kind.about, kind.name);
    if !kind.also_needs.is_empty() {
        let _ = write!(text, "\nOf the common fields it also needs {}.\n", words(kind.also_needs));
    }
    if !kind.sections.is_empty() {
        let sets: Vec<String> = kind.sections.iter().map(|set| list_words(set, "and")).collect();
        let _ = write!(text, "\nIts headings: {}.", sets.join("; or "));
        if !kind.optional_sections.is_empty() {
            let _ = write!(text, " It may also have {}.", list_words(kind.optional_sections, "and"));
        }
        text.push('\n');
    }
    if !kind.fields.is_empty() {
        text.push('\n');
        table(text, kind.fields, &|field| kind.need(field));
    }
}

/// A table of fields, and below it one for each field that has fields of its own.
fn table(text: &mut String, fields: &[Field], need: &dyn Fn(&Field) -> Need) {
    text.push_str("| Field | Needed | What it holds | What it is for | Example |\n|---|---|---|---|---|\n");
    for field in fields {
        let needed = match need(field) {
            Need::Always => "always",
            Need::ToPublish => "to publish",
            Need::Optional => "",
        };
        let example = if field.example.is_empty() { String::new() } else { format!("`{}`", field.example) };
        let cells =
            [format!("`{}`", field.name), needed.into(), holds(&field.shape), field.about.into(), example];
        let cells: Vec<String> = cells.iter().map(|cell| cell.replace('|', "\\|")).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    for field in fields {
        let (each, inner) = match &field.shape {
            Shape::Group(inner) => ("has", inner),
            Shape::List(Shape::Group(inner)) => ("is a list, and each of its items has", inner),
            _ => continue,
        };
        let _ = write!(text, "\n`{}` {each}:\n\n", field.name);
        table(text, inner, &|field| field.need);
    }
}

fn holds(shape: &Shape) -> String {
    match shape {
        Shape::Group(_) | Shape::List(Shape::Group(_)) => "see below".into(),
        Shape::List(inner) => format!("one or several: {}", holds(inner)),
        Shape::Choice(choices) => {
            let choices: Vec<String> = choices.iter().map(|choice| format!("`{choice}`")).collect();
            list_words(&choices, "or")
        }
        other => other.in_words(),
    }
}

fn words(names: &[&str]) -> String {
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    list_words(&names, "and")
}
