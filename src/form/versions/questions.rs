//! What differs between the questions of two versions, and between what stands at their heads, in sentences.

use std::collections::HashMap;

use super::told::quoted_text;
use crate::form::{Form, Gap, GapKind, Inline, Numbering, Wanted};
use crate::text::list_words;

/// Title, version, language and what is numbered.
pub(super) fn general(before: &Form, after: &Form) -> Vec<String> {
    let mut told = Vec::new();
    if before.version != after.version {
        told.push(match (before.version.as_str(), after.version.as_str()) {
            ("", now) => format!("The version is {now}"),
            (was, "") => format!("The version was {was}"),
            (was, now) => format!("Version {was} became {now}"),
        });
    }
    let (was, now) = (title(before), title(after));
    if was != now {
        told.push(format!("The title is now {}; it was {}", quoted_text(&now), quoted_text(&was)));
    }
    if before.language != after.language {
        told.push(format!("The language is now {}, no longer {}", after.language, before.language));
    }
    if before.numbering != after.numbering {
        let now = match after.numbering {
            Numbering::Clauses => "Sections and their paragraphs are now numbered",
            Numbering::Headings => "Headings are now numbered, and paragraphs are not",
            Numbering::Nothing => "Nothing is numbered any more",
        };
        told.push(now.to_string());
    }
    told
}

fn title(form: &Form) -> String {
    fn say(inlines: &[Inline], form: &Form, title: &mut String) {
        for inline in inlines {
            match inline {
                Inline::Text { text, .. } => title.push_str(text),
                Inline::Gap { gap, .. } => {
                    let name = form.gaps.get(*gap).map_or("", |gap| gap.name.as_str());
                    title.extend(["[", name, "]"]);
                }
                Inline::Link { words, .. } => say(words, form, title),
                Inline::Break => title.push(' '),
            }
        }
    }
    let mut title = String::new();
    say(&form.title, form, &mut title);
    title
}

/// Each question by its name; one whose name changed but not its label is the same question.
pub(super) fn questions(before: &Form, after: &Form) -> Vec<String> {
    let keys = |form: &Form| -> HashMap<String, usize> {
        form.gaps.iter().enumerate().rev().map(|(index, gap)| (gap.key.clone(), index)).collect()
    };
    let (old_keys, new_keys) = (keys(before), keys(after));
    let labels: HashMap<String, usize> = (0..before.gaps.len())
        .rev()
        .filter(|index| !new_keys.contains_key(&before.gaps[*index].key))
        .map(|index| (before.gaps[index].label.to_lowercase(), index))
        .collect();
    let mut is_told = vec![false; before.gaps.len()];
    let mut places = Vec::new();
    let mut told = Vec::new();
    for gap in &after.gaps {
        let known = old_keys.get(&gap.key).or_else(|| labels.get(&gap.label.to_lowercase())).copied();
        if let Some(known) = known.filter(|known| !is_told[*known]) {
            is_told[known] = true;
            places.push(known);
            told.extend(changes(&before.gaps[known], gap));
        } else {
            let must = if gap.wanted == Wanted::Required { " and must be answered" } else { "" };
            told.push(format!("The question {} is new{must}", quoted_text(&gap.label)));
        }
    }
    let gone = before.gaps.iter().zip(&is_told).filter(|(_, is_told)| !**is_told);
    told.extend(gone.map(|(gap, _)| format!("The question {} is gone", quoted_text(&gap.label))));
    if !places.is_sorted() {
        told.push("The questions are asked in another order".to_string());
    }
    told
}

/// What changed in a question, each difference in a sentence.
fn changes(before: &Gap, after: &Gap) -> Vec<String> {
    let question = format!("The question {}", quoted_text(&before.label));
    let mut told = Vec::new();
    if before.label != after.label {
        told.push(format!("{question} is now {}", quoted_text(&after.label)));
    } else if before.name != after.name {
        let (was, now) = (&before.name, &after.name);
        told.push(format!("{question} stands in the text as [{now}], no longer as [{was}]"));
    }
    match (before.wanted, after.wanted) {
        (Wanted::Optional, Wanted::Required) => told.push(format!("{question} must now be answered")),
        (Wanted::Required, Wanted::Optional) => {
            told.push(format!("{question} may now stay without an answer"));
        }
        _ => {}
    }
    told.extend(changed_kind(&question, &before.kind, &after.kind));
    for (what, was, now) in [
        ("a hint", &before.hint, &after.hint),
        ("an example", &before.example, &after.example),
        ("an answer that stands unless another is given", &before.default, &after.default),
    ] {
        match (was, now) {
            (Some(was), Some(now)) if was != now => {
                told.push(format!("{question} has {what}, which is now {}", quoted_text(now)));
            }
            (None, Some(now)) => told.push(format!("{question} now has {what}: {}", quoted_text(now))),
            (Some(_), None) => told.push(format!("{question} no longer has {what}")),
            _ => {}
        }
    }
    told
}

fn changed_kind(question: &str, before: &GapKind, after: &GapKind) -> Vec<String> {
    let (what, was, now) = match (before, after) {
        (GapKind::Choice(was), GapKind::Choice(now)) => ("choice", was, now),
        (GapKind::Members(was), GapKind::Members(now)) => ("column", was, now),
        // The organisations of the site change by themselves.
        (GapKind::Organisations, GapKind::Organisations) => return Vec::new(),
        (was, now) if was == now => return Vec::new(),
        (was, now) => {
            return vec![format!("{question} now asks for {}, no longer for {}", asked(now), asked(was))];
        }
    };
    let without = |of: &[String], others: &[String]| -> Vec<String> {
        let rest = of.iter().filter(|one| !others.contains(one));
        rest.map(|one| quoted_text(one)).collect()
    };
    let (new, gone) = (without(now, was), without(was, now));
    let noun = |names: &[String]| if names.len() == 1 { what.to_string() } else { format!("{what}s") };
    let mut told = Vec::new();
    if !new.is_empty() {
        told.push(format!("{question} has the new {} {}", noun(&new), list_words(&new, "and")));
    }
    if !gone.is_empty() {
        told.push(format!("{question} no longer has the {} {}", noun(&gone), list_words(&gone, "and")));
    }
    if told.is_empty() && was != now {
        told.push(format!("{question} has its {what}s in another order"));
    }
    told
}

fn asked(kind: &GapKind) -> &'static str {
    match kind {
        GapKind::Text => "a line of text",
        GapKind::LongText => "several lines of text",
        GapKind::Number => "a number",
        GapKind::Date => "a date",
        GapKind::Choice(_) => "one of several choices",
        GapKind::YesNo => "yes or no",
        GapKind::Members(_) => "rows of a table",
        GapKind::Organisations => "names of organisations",
    }
}
