//! Findings in words. Every message says what stands where and never what it says, and the help says what to do with it.

use super::mask::masked_name;
use super::{Finding, Form, Inside, Kind, NotRead, scan};
use crate::diagnostic::Diagnostic;
use crate::source::SitePath;

/// Diagnostics for what was found in the text of a file.
pub fn of_text(path: &SitePath, findings: &[Finding]) -> Vec<Diagnostic> {
    findings
        .iter()
        .map(|finding| {
            diagnostic(finding.kind, finding.is_sure, "here").in_file(path).at(finding.span).redacted()
        })
        .collect()
}

/// A diagnostic for each thing that was found in a file that is no text.
pub fn of_attachment(path: &SitePath, found: &[Inside]) -> Vec<Diagnostic> {
    found.iter().map(|inside| diagnostic(inside.kind, inside.is_sure, &inside.place).in_file(path)).collect()
}

/// Diagnostics for what the names of a file and of its folders hold.
pub fn of_path(path: &SitePath) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for name in path.as_str().split('/') {
        let spaced = name.replace(['-', '_', '.'], " ");
        let found = scan(name, Form::Prose).into_iter().chain(scan(&spaced, Form::Prose));
        if let Some(worst) = found.max_by_key(|finding| (finding.kind.is_identifier(), finding.is_sure)) {
            let place = format!("in the name {}", masked_name(name));
            problems.push(diagnostic(worst.kind, worst.is_sure, &place).in_file(path));
        }
    }
    problems
}

const TAKE_OUT: &str = "take it out, also of the history of the repository if it was committed; in an example use a number of \
                        the test range, which begins with 999";

fn diagnostic(kind: Kind, is_sure: bool, place: &str) -> Diagnostic {
    let place = if place.is_empty() { "here" } else { place };
    let problem = match (kind, is_sure) {
        (Kind::NhsNumber, true) => Diagnostic::error(
            "nhs-number",
            format!("an NHS number stands {place}: it names a patient, and everyone who reads the site could read it"),
        )
        .help(TAKE_OUT),
        (Kind::NhsNumber, false) => Diagnostic::warning(
            "nhs-number",
            format!("ten digits stand {place} that pass the check of NHS numbers: if they are one, they name a patient"),
        )
        .help(format!("look at it; if it is an NHS number, {TAKE_OUT}")),
        (Kind::ChiNumber, true) => Diagnostic::error(
            "chi-number",
            format!(
                "a CHI number (Scotland) stands {place}: it names a patient and tells the date of birth, and everyone who reads \
                 the site could read it"
            ),
        )
        .help(TAKE_OUT),
        (Kind::ChiNumber, false) => Diagnostic::warning(
            "chi-number",
            format!("ten digits stand {place} that pass the check of CHI numbers: if they are one, they name a patient"),
        )
        .help(format!("look at it; if it is a CHI number, {TAKE_OUT}")),
        (Kind::HealthAndCareNumber, true) => Diagnostic::error(
            "health-and-care-number",
            format!(
                "a Health and Care number (Northern Ireland) stands {place}: it names a patient, and everyone who reads the \
                 site could read it"
            ),
        )
        .help(TAKE_OUT),
        (Kind::HealthAndCareNumber, false) => Diagnostic::warning(
            "health-and-care-number",
            format!(
                "ten digits stand {place} that pass the check of Health and Care numbers (Northern Ireland): if they are one, \
                 they name a patient"
            ),
        )
        .help(format!("look at it; if it is a Health and Care number, {TAKE_OUT}")),
        (Kind::TestNumber, _) => Diagnostic::warning(
            "test-nhs-number",
            format!("an NHS number of the test range stands {place}: no patient has it, but readers may take it for a real one"),
        )
        .help("say beside it that it is made up, or take it out"),
        (Kind::HospitalNumber, _) => Diagnostic::warning(
            "hospital-number",
            format!("what may be the number of a patient or of an examination stands {place}: staff could look it up"),
        )
        .help("look at it; if it belongs to a patient, take it out or write a made-up one that nobody has, such as X000000"),
        (Kind::DateOfBirth, _) => Diagnostic::warning(
            "date-of-birth",
            format!("what may be a date of birth stands {place}: with a place or a name it identifies somebody"),
        )
        .help("write the age or a range of ages, or take it out"),
        (Kind::Postcode, _) => Diagnostic::warning(
            "postcode-beside-name",
            format!("a postcode stands {place} beside what may be a person's name: together they say where somebody lives"),
        )
        .help("take one of them out; the address of a hospital or an office can stay, with its name before it"),
        (Kind::PersonalEmail, _) => Diagnostic::warning(
            "personal-email",
            format!("what may be a person's own mailbox stands {place}: people move on, and a page is read for years"),
        )
        .help("write the mailbox of the team, or put it into the field `contact` if the person agreed"),
        (Kind::MobileNumber, _) => Diagnostic::warning(
            "mobile-number",
            format!("a mobile number stands {place}, and everyone who reads the site could ring it"),
        )
        .help("write the number of the team's office, or put it into the field `contact` if the person agreed"),
        (Kind::Position, _) => Diagnostic::warning(
            "image-location",
            format!("{} says where it was taken, and everyone who gets the file can read that", within("the photo", place)),
        )
        .help("export it without its location (“remove properties” in Windows)"),
        (Kind::AuthorName, _) => Diagnostic::warning(
            "author-name",
            format!("a person's name stands {place}, and everyone who gets the file can read it"),
        )
        .help("in Office: File, Info, “Inspect document”, remove properties and personal information; of a photo “remove properties” in Windows"),
        (Kind::Dicom, _) => Diagnostic::error(
            "dicom-file",
            format!(
                "an image of a scanner (DICOM) stands {place}: such files hold the patient's name, number and date of birth \
                 beside the picture"
            ),
        )
        .help("take the file out; to show the picture, export it as PNG without any words on it and let somebody check it"),
        (Kind::NotRead(why), _) => Diagnostic::warning("attachment-not-read", not_read(why, place))
            .help("look yourself whether it names a patient, in all its parts, before it is published"),
        (Kind::RoughlyRead, _) => Diagnostic::warning(
            "attachment-roughly-read",
            format!("{} is of an old format, so that only its plain letters were looked at for what identifies patients", within("the file", place)),
        )
        .help("save it in the format of today (.docx, .xlsx, .pptx), or look through it yourself"),
    };
    if kind.is_identifier() { problem.identifier() } else { problem }
}

/// A place as a part of a noun: nothing for the file as a whole.
fn from(place: &str) -> &str {
    if place == "here" { "" } else { place }
}

/// A thing and where it is, such as `the photo in the folder of pictures`.
fn within(what: &str, place: &str) -> String {
    match from(place) {
        "" => what.to_string(),
        place => format!("{what} {place}"),
    }
}

fn not_read(why: NotRead, place: &str) -> String {
    let what = match from(place) {
        "" => "this file".to_string(),
        place => format!("a part of this file, {place},"),
    };
    format!("{what} could not be looked into for what identifies patients: {}", why.in_words())
}

impl NotRead {
    /// The reason as the end of a sentence.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Locked => "it needs a password",
            Self::Damaged => "it is damaged, or not of the format that its name says",
            Self::TooLarge => "it holds more than is looked at",
            Self::TooDeep => "files are packed in files here, deeper than is looked at",
            Self::Unknown => "its format is not known here",
            Self::Pictured => "its words are a picture, and nothing here reads pixels",
        }
    }
}
