//! The pass over a text. It stops at digits and at `@` only, and looks around from there.

use super::context::{self, Label};
use super::digits::{self, Gap, Group};
use super::number::{Issuer, issuer};
use super::table::{self, Columns};
use super::{Finding, Form, Kind, contact, dates, person};
use crate::source::Span;

/// Everything in a text that may identify somebody, in the order of its places.
pub fn scan(text: &str, form: Form) -> Vec<Finding> {
    let mut scan = Scan { text, form, columns: form.columns(text), found: Vec::new() };
    let bytes = text.as_bytes();
    let mut groups = Vec::new();
    let mut at = 0;
    while let Some(next) = bytes[at..].iter().position(|byte| STOPS[*byte as usize]) {
        at += next;
        if bytes[at] == b'@' {
            scan.mailbox(at);
            at += 1;
        } else if digits::digit(text, at).is_some() {
            digits::cluster(text, at, &mut groups);
            scan.cluster(&groups);
            at = groups.last().map_or(at + 1, |group| group.end);
        } else {
            at += 1;
        }
    }
    scan.found.sort_by_key(|finding| (finding.span, finding.kind));
    scan.found.dedup_by_key(|finding| finding.span);
    scan.found
}

/// The first bytes of digits, ordinary and full-width, and the mark of mailboxes.
const STOPS: [bool; 256] = {
    let mut stops = [false; 256];
    let mut digit = b'0';
    while digit <= b'9' {
        stops[digit as usize] = true;
        digit += 1;
    }
    stops[b'@' as usize] = true;
    stops[0xef] = true;
    stops
};

struct Scan<'a> {
    text: &'a str,
    form: Form,
    columns: Columns,
    found: Vec<Finding>,
}

impl Scan<'_> {
    fn add(&mut self, kind: Kind, is_sure: bool, start: usize, end: usize) {
        self.found.push(Finding { kind, is_sure, span: Span::new(start, end) });
    }

    fn cluster(&mut self, groups: &[Group]) {
        if self.telephone(groups) {
            return;
        }
        let mut taken = 0;
        for first in 0..groups.len() {
            if first < taken {
                continue;
            }
            if let Some(length) = self.number_at(groups, first) {
                taken = first + length;
                continue;
            }
            let group = groups[first];
            if group.count <= 4 {
                self.date(groups, first);
                self.postcode(group);
            }
            self.hospital_number(groups, first);
        }
    }

    /// What the words before a place say that stands there, or the name of its column.
    fn label(&mut self, at: usize) -> Option<Label> {
        let line = table::line_start(self.text, at).unwrap_or(at);
        let is_cell = self.form == Form::Rows || self.text[line..at].contains('|');
        // The line above a row is another row.
        let from = if is_cell { line } else { 0 };
        context::before(self.text, from, at).or_else(|| self.columns.label(self.text, at))
    }

    /// Ten digits that begin with this group; how many groups they take.
    fn number_at(&mut self, groups: &[Group], first: usize) -> Option<usize> {
        let rest = &groups[first..];
        let counts = |shape: &[usize]| {
            rest.len() >= shape.len() && rest.iter().zip(shape).all(|(group, count)| group.count == *count)
        };
        let length = if counts(&[10]) {
            1
        } else if counts(&[3, 3, 4]) {
            3
        } else if counts(&[6, 4]) {
            2
        } else if first == 0 {
            // Grouped in another way: only where words say what it is.
            let mut total = 0;
            1 + rest.iter().position(|group| {
                total += group.count;
                total >= 10
            })?
        } else {
            return None;
        };
        let taken = &rest[..length];
        if taken.iter().map(|group| group.count).sum::<usize>() != 10 {
            return None;
        }
        let (start, end) = (taken[0].start, taken[length - 1].end);
        let issuer = issuer(digits::ten(&self.text[start..end])?)?;
        if !self.stands_alone(groups, first, length) {
            return None;
        }
        let breaks = taken[1..].iter().filter(|group| group.after == Gap::Line).count();
        if breaks > 1 || (breaks == 1 && self.form != Form::Prose) {
            return None;
        }
        // In addresses of the web and DOIs, numbers name documents: what stands before the address does not speak of them.
        let address = self.address_around(start, end);
        let label = match address {
            Some(from) => context::before(self.text, from, start),
            None => self.label(start).or_else(|| context::after(self.text, end)),
        };
        let is_grouped = length == 3 && counts(&[3, 3, 4]);
        let (kind, is_sure) = verdict(issuer, label, length, is_grouped)?;
        if kind != Kind::TestNumber && !is_sure && address.is_some() {
            return None;
        }
        self.add(kind, is_sure, start, end);
        Some(length)
    }

    /// Whether nothing before or after makes the digits a part of something longer.
    fn stands_alone(&self, groups: &[Group], first: usize, length: usize) -> bool {
        let (start, end) = (groups[first].start, groups[first + length - 1].end);
        let before = self.text[..start].chars().next_back();
        let after = self.text[end..].chars().next();
        if after.is_some_and(char::is_alphanumeric) {
            return false;
        }
        if before.is_some_and(char::is_alphanumeric) {
            // `NHS9434765919` and `no9434765919` say what follows; other letters make it a code.
            return context::words_before(self.text, start, 24).next().is_some_and(|word| {
                let word = context::lower(word.text);
                ["nhs", "no", "number", "chi", "nhsno", "nhsnumber"].contains(&word.as_str())
            });
        }
        if before == Some('+') {
            return false;
        }
        // After a country's code, `+44 117 496 0123`; after `(0)`.
        if self.follows_a_dialling_code(groups, first) {
            return false;
        }
        // A fraction such as 0.9434765919, or a longer number with dashes. Spreadsheets write whole numbers with `.0`.
        let is_joined = |gap: Gap| matches!(gap, Gap::Dash | Gap::Dot);
        let joined_before = is_joined(groups[first].after);
        let joined_after = groups.get(first + length).is_some_and(|next| {
            let digits = &self.text[next.start..next.end];
            is_joined(next.after)
                && self.text[end..next.start].len() == 1
                && !(next.after == Gap::Dot && digits.bytes().all(|digit| digit == b'0'))
        });
        let is_tight = joined_before && self.text[..start].ends_with(['-', '.']);
        (!is_tight || self.text[..start].ends_with(" -")) && !joined_after
    }

    fn follows_a_dialling_code(&self, groups: &[Group], first: usize) -> bool {
        let text = self.text;
        let start = groups[first].start;
        let code = first.checked_sub(1).map(|before| groups[before]);
        let is_code = code.is_some_and(|code| {
            code.count <= 3 && (text[..code.start].ends_with('+') || &text[code.start..code.end] == "0044")
        });
        is_code || text[..start].trim_end_matches([' ', '\u{a0}']).ends_with("(0)")
    }

    /// Where the address of the web or the DOI begins in which the digits stand, if they do.
    fn address_around(&self, start: usize, end: usize) -> Option<usize> {
        let mut from = start.saturating_sub(200);
        while !self.text.is_char_boundary(from) {
            from += 1;
        }
        let before = &self.text[from..start];
        let ends_word = |character: char| character.is_whitespace() || "\"'<>()|,;".contains(character);
        let word = before.rfind(ends_word).map_or(before, |at| &before[at..]);
        let is_address = word.contains("://")
            || word.contains("www.")
            || (word.contains("10.") && word.contains('/'))
            || self.text[end..].starts_with('/') && word.contains('/');
        is_address.then_some(start - word.len())
    }

    /// A British mobile number; true where the groups are a telephone number and nothing else.
    fn telephone(&mut self, groups: &[Group]) -> bool {
        let Some(number) = contact::telephone(self.text, groups) else { return false };
        if number.is_mobile
            && !contact::is_for_contacts(self.text, number.start, self.form)
            && !self.columns.is_contact(self.text, number.start)
        {
            self.add(Kind::MobileNumber, false, number.start, number.end);
        }
        true
    }

    fn date(&mut self, groups: &[Group], first: usize) {
        let start = groups[first].start;
        let Some(end) = dates::full_date(self.text, groups, first) else { return };
        if self.label(dates::with_month_before(self.text, start)) == Some(Label::Birth) {
            self.add(Kind::DateOfBirth, false, start, end);
        }
    }

    fn postcode(&mut self, group: Group) {
        if let Some((start, end)) = person::postcode(self.text, group)
            && person::is_near(self.text, start)
        {
            self.add(Kind::Postcode, false, start, end);
        }
    }

    fn hospital_number(&mut self, groups: &[Group], first: usize) {
        let group = groups[first];
        // Ten digits in a row that are no NHS number may be a hospital's.
        if !(5..=10).contains(&group.count) {
            return;
        }
        let text = self.text;
        let letters = text[..group.start].bytes().rev().take_while(u8::is_ascii_alphanumeric).count();
        let start = group.start - letters;
        let prefix = &text[start..group.start];
        let has_letter = |text: &str| text.bytes().any(|byte| byte.is_ascii_uppercase());
        if letters > 4 || (letters > 0 && !has_letter(prefix)) {
            return;
        }
        let end = group.end + text[group.end..].bytes().take_while(u8::is_ascii_uppercase).count();
        if text[end..].starts_with(char::is_alphanumeric) {
            return;
        }
        let is_named = self.label(start) == Some(Label::Hospital) && self.is_beside_its_name(start);
        // A trust's code and digits beside a patient: R1K1234567.
        let is_code = letters == 3
            && prefix.starts_with('R')
            && context::words_before(text, start, 40).any(|word| word.text.eq_ignore_ascii_case("patient"));
        if is_named || is_code {
            self.add(Kind::HospitalNumber, false, start, end);
        }
    }

    /// Whether the nearest words before are the number's name, and not a sentence that has gone on.
    fn is_beside_its_name(&mut self, start: usize) -> bool {
        let mut words = context::words_before(self.text, start, 40).take(3);
        words.any(|word| context::is_of_hospital(self.text, word))
            || self.columns.label(self.text, start) == Some(Label::Hospital)
    }

    fn mailbox(&mut self, at: usize) {
        let Some((start, end)) = contact::personal_mailbox(self.text, at) else { return };
        if !contact::is_for_contacts(self.text, start, self.form)
            && !self.columns.is_contact(self.text, start)
        {
            self.add(Kind::PersonalEmail, false, start, end);
        }
    }
}

/// What ten digits are taken for, and whether they stop a publication. None for what is no number of a patient.
///
/// One in eleven numbers of ten digits passes the check by chance, so that alone is no proof: the grouping that the NHS
/// asks for, or a name beside it, is.
fn verdict(issuer: Issuer, label: Option<Label>, length: usize, is_grouped: bool) -> Option<(Kind, bool)> {
    let is_named = matches!(label, Some(Label::Nhs | Label::Chi | Label::HealthAndCare));
    let is_other = label == Some(Label::Other);
    let is_plain = length == 1;
    // Groups of other sizes are how telephone numbers are written.
    let is_odd = !is_plain && !is_grouped && (length != 2 || issuer != Issuer::Chi);
    if (is_odd && !is_named) || (is_plain && is_other) {
        return None;
    }
    Some(match issuer {
        Issuer::Test => (Kind::TestNumber, false),
        Issuer::Nobody if !is_named => return None,
        Issuer::Chi if label != Some(Label::Nhs) => (Kind::ChiNumber, is_named || (!is_plain && !is_other)),
        Issuer::HealthAndCare if label != Some(Label::Nhs) => {
            (Kind::HealthAndCareNumber, is_named || (is_grouped && !is_other))
        }
        Issuer::Nhs | Issuer::Chi | Issuer::HealthAndCare | Issuer::Nobody => match label {
            Some(Label::Chi) => (Kind::ChiNumber, true),
            Some(Label::HealthAndCare) => (Kind::HealthAndCareNumber, true),
            _ => (Kind::NhsNumber, is_named || (is_grouped && !is_other)),
        },
    })
}
