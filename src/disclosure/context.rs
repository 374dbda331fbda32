//! The words around a number that say what it is: `NHS number`, `MRN`, `Tel`.

/// What the words beside digits say that they are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Label {
    Nhs,
    Chi,
    HealthAndCare,
    /// A number in a hospital's or department's own system.
    Hospital,
    Birth,
    /// A telephone number, an ISBN, an order: something that identifies no patient.
    Other,
}

/// So many bytes before a number are looked at.
const BEFORE: usize = 64;
/// So many bytes after it.
const AFTER: usize = 28;

/// A word and where it stands.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word<'a> {
    pub(super) text: &'a str,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The words that end before `at`, the nearest first, within so many bytes and the same paragraph.
pub(super) fn words_before(text: &str, at: usize, reach: usize) -> impl Iterator<Item = Word<'_>> {
    let mut from = at.saturating_sub(reach);
    while !text.is_char_boundary(from) {
        from += 1;
    }
    let window = &text[from..at];
    // Another paragraph speaks of something else.
    let blank = ["\n\n", "\n\r\n"].iter().filter_map(|blank| Some(window.rfind(blank)? + blank.len())).max();
    from += blank.unwrap_or(0);
    let mut end = at;
    std::iter::from_fn(move || {
        let window = &text[from..end];
        let last = window.char_indices().rev().find(|(_, character)| character.is_alphanumeric())?;
        let word_end = from + last.0 + last.1.len_utf8();
        let start = text[from..word_end]
            .char_indices()
            .rev()
            .find(|(_, character)| !character.is_alphanumeric())
            .map_or(from, |(index, character)| from + index + character.len_utf8());
        end = start;
        Some(Word { text: &text[start..word_end], start, end: word_end })
    })
}

/// What the words before a number say that it is; the nearest that says anything counts. Nothing before `from` is looked
/// at.
pub(super) fn before(text: &str, from: usize, start: usize) -> Option<Label> {
    let mut next: Option<Word<'_>> = None;
    for (distance, word) in words_before(text, start, BEFORE.min(start - from)).enumerate() {
        match said(text, word, next) {
            // "Order number 1" names the number, "in order to see 1" does not.
            Some(Label::Other) if distance > 1 => {}
            Some(label) => return Some(label),
            None => {}
        }
        next = Some(word);
    }
    None
}

/// What the words after a number say that it is.
pub(super) fn after(text: &str, end: usize) -> Option<Label> {
    let mut to = (end + AFTER).min(text.len());
    while !text.is_char_boundary(to) {
        to -= 1;
    }
    let window = &text[end..to];
    let window = &window[..window.find('\n').unwrap_or(window.len())];
    let mut at = 0;
    for part in window.split(|character: char| !character.is_alphanumeric()) {
        let word = Word { text: part, start: end + at, end: end + at + part.len() };
        at += part.len();
        at += window[at..].chars().next().map_or(0, char::len_utf8);
        // What follows a number names it only in brackets or after a dash; the next field of a table has a name too.
        if let Some(label) = said(text, word, None) {
            return matches!(label, Label::Nhs | Label::Chi | Label::HealthAndCare).then_some(label);
        }
    }
    None
}

/// Whether a text begins so, in letters of any size.
fn begins_like(text: &str, beginning: &str) -> bool {
    text.get(..beginning.len()).is_some_and(|begun| begun.eq_ignore_ascii_case(beginning))
}

/// What one word says; `next` is the word after it.
fn said(text: &str, word: Word<'_>, next: Option<Word<'_>>) -> Option<Label> {
    let lower = lower(word.text);
    let lower = lower.as_str();
    let follows = |names: &[&str]| {
        next.is_some_and(|next| names.iter().any(|name| next.text.eq_ignore_ascii_case(name)))
    };
    if lower.starts_with("nhs") && is_number_word(&lower[3..]) {
        // `nhs.net` and `www.england.nhs.uk` are addresses.
        let after = text.as_bytes().get(word.end);
        let is_address =
            after == Some(&b'.') && ["net", "uk"].iter().any(|end| text[word.end + 1..].starts_with(end));
        return (!is_address).then_some(Label::Nhs);
    }
    match lower {
        "chi" | "chino" | "chinumber" => Some(Label::Chi),
        "hcn" | "hsc" | "hscn" | "hcnumber" => Some(Label::HealthAndCare),
        "health" if begins_like(text[word.end..].trim_start(), "and care n") => Some(Label::HealthAndCare),
        "h" if text[word.end..].trim_start_matches(' ').starts_with('&') && follows(&["c", "amp"]) => {
            Some(Label::HealthAndCare)
        }
        "mrn" | "mrns" | "casenote" | "casenotes" | "hospno" | "hospitalno" | "hospitalnumber"
        | "patientid" | "patientno" | "patientnumber" | "accession" | "accessionno" | "accessionnumber"
        | "pasid" | "pasno" | "rxid" => Some(Label::Hospital),
        "hospital" | "hosp" | "patient" | "pas" | "unit" | "case"
            if next.is_some_and(|next| is_id_word(next.text)) =>
        {
            Some(Label::Hospital)
        }
        "dob" | "birth" | "birthdate" | "dateofbirth" | "birthday" | "born" => Some(Label::Birth),
        "b" if text[..word.start].ends_with("o.") || text[..word.start].ends_with("O.") => Some(Label::Birth),
        "po" if word.text != "PO" => None,
        "tel" | "telephone" | "phone" | "fax" | "bleep" | "isbn" | "issn" | "doi" | "pmid" | "pmcid"
        | "order" | "po" | "invoice" | "purchase" | "snomed" | "sctid" | "ods" | "isrctn" | "uprn"
        | "company" | "charity" | "vat" | "orcid" | "serial" | "asset" | "timestamp" | "epoch" | "unix"
        | "bytes" | "tracking" | "udi" | "gtin" | "ean" => Some(Label::Other),
        _ => None,
    }
}

/// Whether a word is a part of the name of a hospital's number.
pub(super) fn is_of_hospital(text: &str, word: Word<'_>) -> bool {
    is_id_word(word.text) || said(text, word, None) == Some(Label::Hospital)
}

/// What may follow `nhs` in one word: `nhsNumber`, `NHSNo`.
fn is_number_word(rest: &str) -> bool {
    matches!(rest, "" | "no" | "num" | "number" | "numbers" | "id" | "nr" | "nbr" | "nos")
}

/// What makes `hospital` the beginning of a number's name. `numbers` does not: a number of patients is a count.
fn is_id_word(word: &str) -> bool {
    ["no", "number", "num", "id", "identifier", "nr", "ref", "reference", "note", "notes"]
        .iter()
        .any(|name| word.eq_ignore_ascii_case(name))
}

/// What a column's name says of the values below it.
pub(super) fn of_heading(heading: &str) -> Option<Label> {
    before(heading, 0, heading.len())
}

pub(super) fn lower(word: &str) -> String {
    word.chars().take(24).flat_map(char::to_lowercase).collect()
}
