//! Differences between clauses in sentences: what was said before and after in quotation marks, and nothing that the
//! two texts do not hold.

use super::clauses::{Clause, Document, Kind, Stands};
use super::{Edit, Entry, Grouped, Mark, Run};
use crate::text::counted;

/// Of a longer quotation, so many words are told.
const MOST_WORDS: usize = 12;
/// And so many letters.
const MOST_LETTERS: usize = 120;
/// Of more changes in one clause, the first are told and the others counted.
const MOST_CHANGES: usize = 3;

/// Whether a reader of the clause would see a difference, its number and place aside.
pub(super) fn is_changed(before: &Clause, after: &Clause) -> bool {
    before.pieces != after.pieces || !beside_words(before, after).is_empty()
}

/// Gives every difference its sentence. `earlier` is the name of the earlier version, if it has another than the later.
pub(super) fn tell(sections: &mut [Grouped], old: &Document, earlier: &str) {
    for section in sections {
        let covered = tell_section(section, earlier);
        let entries = &section.told.entries;
        let mut sentences: Vec<Option<String>> = vec![None; entries.len()];
        let mut index = 0;
        while index < entries.len() {
            let together = together(section, index, old);
            let entry = &entries[index];
            let is_covered = covered == Some(entry.mark);
            if index == 0 && entry.sentence.is_some() {
                sentences[0].clone_from(&entry.sentence);
            } else if !is_covered {
                sentences[index] = sentence(&entries[index..index + together], earlier);
            }
            index += together;
        }
        for (entry, sentence) in section.told.entries.iter_mut().zip(sentences) {
            entry.sentence = sentence;
        }
    }
}

/// The sentence of a section's heading, and which differences of its clauses that tells as well.
fn tell_section(section: &mut Grouped, earlier: &str) -> Option<Mark> {
    let entries = &section.told.entries;
    let first = entries.first().filter(|first| heading(first).is_some_and(Clause::begins_section))?;
    let mark = first.mark;
    let with = entries[1..].iter().filter(|entry| entry.mark == mark).count();
    let title = quoted_text(&section.told.title);
    let name = match &section.told.number {
        Some(number) => format!("Section {number}, {title},"),
        None => format!("The section {title}"),
    };
    let (sentence, covered) = match mark {
        Mark::Added if with == 0 => (format!("{name} is new"), Some(mark)),
        Mark::Added => (format!("{name} is new, with {}", counted(with, "clause", "clauses")), Some(mark)),
        Mark::Removed => {
            let name = match (&section.told.number, earlier) {
                (Some(number), "") => format!("The former section {number}, {title},"),
                (Some(number), _) => format!("Section {number} of version {earlier}, {title},"),
                (None, _) => name,
            };
            let with = if with == 0 {
                String::new()
            } else {
                format!(", with {}", counted(with, "clause", "clauses"))
            };
            (format!("{name} was taken out{with}"), Some(mark))
        }
        Mark::Moved => (moved_section(first, &name), None),
        Mark::MovedAndChanged => (format!("{}; {}", moved_section(first, &name), renamed(first)), None),
        Mark::Changed => {
            let name = section.told.number.as_ref().map_or_else(
                || {
                    format!(
                        "The section {}",
                        quoted_text(&first.before.as_ref().map(Clause::text).unwrap_or_default())
                    )
                },
                |number| format!("Section {number}"),
            );
            (format!("{name} {}", renamed(first)), None)
        }
        Mark::Same => return None,
    };
    section.told.entries[0].sentence = Some(sentence);
    covered
}

fn heading(entry: &Entry) -> Option<&Clause> {
    entry.after.as_ref().or(entry.before.as_ref())
}

fn moved_section(entry: &Entry, name: &str) -> String {
    match entry.number_before() {
        Some(number) => format!("{name} stood as section {number} before, in another order"),
        None => format!("{name} stands in another order among the sections"),
    }
}

/// What a heading says now. A heading whose words are the same differs in something else.
fn renamed(entry: &Entry) -> String {
    let (Some(before), Some(after)) = (&entry.before, &entry.after) else { return String::new() };
    if before.pieces == after.pieces {
        return changes(entry).join("; ");
    }
    let mut told =
        vec![format!("is now called {}; it was {}", quoted(&after.pieces), quoted(&before.pieces))];
    told.extend(beside_words(before, after));
    told.join("; ")
}

/// How many entries from this one on are told in one sentence: clauses that moved together, rows of a table that is
/// new or gone.
fn together(section: &Grouped, first: usize, old: &Document) -> usize {
    let entries = &section.told.entries;
    let entry = &entries[first];
    let of_table = |entry: &Entry| heading(entry).and_then(|clause| clause.table);
    let count = match entry.mark {
        Mark::Moved => {
            let follows = |index: usize| {
                entries[index].mark == Mark::Moved
                    && section.places[index].zip(section.places[index - 1]).is_some_and(|(this, last)| {
                        this == last + 1 && old.section_of[this] == old.section_of[last]
                    })
            };
            (first + 1..entries.len()).take_while(|index| follows(*index)).count()
        }
        Mark::Added | Mark::Removed
            if heading(entry).is_some_and(|clause| clause.kind == Kind::ColumnHeadings) =>
        {
            let rest = entries[first + 1..].iter();
            rest.take_while(|next| next.mark == entry.mark && of_table(next) == of_table(entry)).count()
        }
        _ => 0,
    };
    count + 1
}

fn sentence(entries: &[Entry], earlier: &str) -> Option<String> {
    let entry = entries.first()?;
    let with = entries.len() - 1;
    match (entry.mark, &entry.before, &entry.after) {
        (Mark::Added, _, Some(after)) => {
            let name = if with > 0 { table_name(after) } else { name(after) };
            Some(format!("{name} is new{}: {}", rows(with), quoted(&after.pieces)))
        }
        (Mark::Removed, Some(before), _) => {
            let name = if with > 0 { table_name(before) } else { name(before) };
            let of = match (&before.number, earlier) {
                (Some(_), "") => " of the version before".to_string(),
                (Some(_), _) => format!(" of version {earlier}"),
                (None, _) => String::new(),
            };
            Some(format!("{name}{of} was taken out{}: {}", rows(with), quoted(&before.pieces)))
        }
        (Mark::Changed, Some(before), Some(after)) => {
            let was =
                entry.number_before().map(|number| format!(", which was {number},")).unwrap_or_default();
            // A row is known by its first cell, which may be what changed.
            let name = if after.number.is_some() { name(after) } else { name(before) };
            Some(format!("{name}{was} was changed: {}", changes(entry).join("; ")))
        }
        (Mark::Moved | Mark::MovedAndChanged, Some(before), Some(after)) => {
            let with = match with {
                0 => String::new(),
                _ => format!(" and {} after it", counted(with, "clause", "clauses")),
            };
            let to = match &after.number {
                Some(number) => format!("moved to {number}"),
                None if after.under == before.under => "stands in another order".to_string(),
                None if after.under.is_empty() => "moved to the beginning".to_string(),
                None => format!("moved, now under {}", after.under),
            };
            let changed = match entry.mark {
                Mark::MovedAndChanged => format!(" and was changed: {}", changes(entry).join("; ")),
                _ if before.number.is_none() && !matches!(before.kind, Kind::Row | Kind::Heading(_)) => {
                    format!(": {}", quoted(&after.pieces))
                }
                _ => String::new(),
            };
            Some(format!("{}{with} {to}{changed}", name(before)))
        }
        _ => None,
    }
}

fn rows(count: usize) -> String {
    if count == 0 { String::new() } else { format!(", with {}", counted(count, "row", "rows")) }
}

/// A clause as a sentence begins with it.
pub(super) fn name(clause: &Clause) -> String {
    if let Some(number) = &clause.number {
        return match clause.kind {
            Kind::Heading(..=2) => format!("Section {number}"),
            Kind::Heading(_) => format!("Heading {number}"),
            _ => format!("Clause {number}"),
        };
    }
    let under = under(clause);
    match clause.kind {
        Kind::Heading(_) => format!("The heading {}", quoted(&clause.pieces)),
        Kind::Paragraph => format!("A paragraph {under}"),
        Kind::Point => format!("A point {under}"),
        Kind::AsTyped => format!("A text as typed {under}"),
        Kind::ColumnHeadings => format!("The row of column headings {under}"),
        Kind::Row => {
            let end = clause.pieces.iter().position(|piece| piece == ";").unwrap_or(clause.pieces.len());
            format!("The row {} {under}", quoted(&clause.pieces[..end]))
        }
    }
}

fn table_name(clause: &Clause) -> String {
    format!("A table {}", under(clause))
}

fn under(clause: &Clause) -> String {
    match clause.under.as_str() {
        "" => "before the first heading".to_string(),
        under => format!("under {under}"),
    }
}

/// What changed in a clause, each difference for itself.
fn changes(entry: &Entry) -> Vec<String> {
    let (Some(before), Some(after)) = (&entry.before, &entry.after) else { return Vec::new() };
    let mut told = Vec::new();
    if before.pieces != after.pieces {
        told.extend(changed_words(before, after, &entry.runs));
    }
    told.extend(beside_words(before, after));
    told
}

fn changed_words(before: &Clause, after: &Clause, runs: &[Run]) -> Vec<String> {
    let letters = |edit: Edit| -> usize {
        let of = runs.iter().filter(|run| run.edit == edit);
        of.map(|run| run.text.chars().filter(|letter| letter.is_alphanumeric()).count()).sum()
    };
    let (same, deleted, inserted) = (letters(Edit::Same), letters(Edit::Deleted), letters(Edit::Inserted));
    if deleted == 0 && inserted == 0 {
        return vec!["its spaces and signs only".to_string()];
    }
    if same * 4 < deleted.min(inserted) {
        return vec![format!("{} became {}", quoted(&before.pieces), quoted(&after.pieces))];
    }
    let mut told = Vec::new();
    let mut runs = runs.iter().filter(|run| run.edit != Edit::Same || says(run)).peekable();
    while let Some(run) = runs.next() {
        let came = runs.next_if(|next| run.edit == Edit::Deleted && next.edit == Edit::Inserted);
        match (run.edit, came) {
            (Edit::Deleted, Some(came)) if says(run) || says(came) => {
                told.push(format!("{} became {}", quoted_text(&run.text), quoted_text(&came.text)));
            }
            (Edit::Deleted, None) if says(run) => {
                told.push(format!("{} was taken out", quoted_text(&run.text)));
            }
            (Edit::Inserted, _) if says(run) => told.push(format!("{} was added", quoted_text(&run.text))),
            _ => {}
        }
    }
    if told.len() > MOST_CHANGES {
        let rest = told.len() - MOST_CHANGES;
        told.truncate(MOST_CHANGES);
        told.push(counted(rest, "other change", "other changes"));
    }
    told
}

fn says(run: &Run) -> bool {
    run.text.contains(char::is_alphanumeric)
}

/// What differs in a clause beside its words.
pub(super) fn beside_words(before: &Clause, after: &Clause) -> Vec<String> {
    let mut told = Vec::new();
    if before.kind != after.kind {
        told.push(match after.kind {
            Kind::Heading(level) => format!("it is now a heading of level {level}"),
            Kind::Paragraph => "it is now a paragraph, no longer a point of a list".to_string(),
            _ => "it is now a point of a list".to_string(),
        });
    }
    if !before.same_conditions(after) {
        let only = |stands: &[Stands]| {
            let words: Vec<&str> = stands.iter().map(|stands| stands.words.as_str()).collect();
            format!("only if {}", crate::text::list_words(&words, "and"))
        };
        told.push(match (before.conditions.as_slice(), after.conditions.as_slice()) {
            (was, []) => format!("it now stands always, where it stood {}", only(was)),
            ([], now) => format!("it now stands {}", only(now)),
            (was, now) => format!("it now stands {}, where it stood {}", only(now), only(was)),
        });
    }
    match (&before.repeats, &after.repeats) {
        (was, now) if was == now => {}
        (_, Some(gap)) => told.push(format!("it is now repeated for each of [{gap}]")),
        (_, None) => told.push("it is no longer repeated".to_string()),
    }
    // Links whose words changed are told by their words.
    let mut others: Vec<&str> = Vec::new();
    for (words, address) in &after.links {
        let was: Vec<&String> =
            before.links.iter().filter(|(known, _)| known == words).map(|(_, address)| address).collect();
        if !was.is_empty() && !was.contains(&address) && !others.contains(&words.as_str()) {
            others.push(words);
        }
    }
    told.extend(others.iter().map(|words| format!("the link {} leads elsewhere", quoted_text(words))));
    let gained = |from: &Clause, to: &Clause| {
        from.pieces == to.pieces
            && to.links.iter().any(|(words, _)| from.links.iter().all(|(known, _)| known != words))
    };
    if gained(before, after) {
        told.push("it now has a link more".to_string());
    }
    if gained(after, before) {
        told.push("it now has a link less".to_string());
    }
    told
}

fn quoted(pieces: &[String]) -> String {
    quoted_text(&pieces.iter().take(MOST_WORDS * 4).map(String::as_str).collect::<String>())
}

/// In quotation marks, cut after some words.
pub(super) fn quoted_text(text: &str) -> String {
    let mut words = text.split_whitespace();
    let mut short = words.by_ref().take(MOST_WORDS).collect::<Vec<_>>().join(" ");
    let mut is_cut = words.next().is_some();
    if let Some((end, _)) = short.char_indices().nth(MOST_LETTERS) {
        short.truncate(end);
        is_cut = true;
    }
    let short = if is_cut { short.trim_end_matches([',', ';', ':', '.', ' ']) } else { short.as_str() };
    format!("“{short}{}”", if is_cut { "…" } else { "" })
}
