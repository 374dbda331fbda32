//! What may identify somebody is found wherever it stands, and nothing that is said repeats it.

use proptest::prelude::*;

use super::documents::{document, pdf, zipped};
use super::harness::{TestSite, files, netsite, page};

const FORMATS: [&str; 4] = ["human", "short", "json", "github"];

/// Every way in which this project's files can hold a text: the file, its bytes, and a part of what is said of it.
fn planted(text: &str) -> Vec<(String, Vec<u8>, &'static str)> {
    let inside = |path: &str, bytes: Vec<u8>, place| (path.to_string(), bytes, place);
    vec![
        inside("content/body.md", page("Body", "", &format!("Seen: {text}.\n")).into_bytes(), "stands here"),
        inside(
            "content/code.md",
            page("Code", "", &format!("```\n{text}\n```\n")).into_bytes(),
            "stands here",
        ),
        inside(
            "content/comment.md",
            page("Comment", "", &format!("<!-- {text} -->\n")).into_bytes(),
            "stands here",
        ),
        inside(
            "content/fields.md",
            page("Fields", &format!("notice: about {text}\n"), "").into_bytes(),
            "stands here",
        ),
        inside("content/rows.csv", format!("a,b\n1,{text}\n").into_bytes(), "stands here"),
        inside("content/drawing.svg", format!("<svg><desc>{text}</desc></svg>").into_bytes(), "stands here"),
        inside(
            "content/steps.mmd",
            format!("flowchart LR\n  a[\"{text}\"] --> b\n").into_bytes(),
            "stands here",
        ),
        inside("content/data.json", format!("{{\"a\": \"{text}\"}}").into_bytes(), "stands here"),
        inside("content/note.txt", format!("a\n{text}\n").into_bytes(), "stands here"),
        inside(&format!("content/Smith {text}.txt"), b"x".to_vec(), "in the name Smi••••.txt"),
        inside(&format!("content/{text}/note.txt"), b"x".to_vec(), "in the name ••••"),
        inside("content/letter.docx", document(text), "stands in the text"),
        inside("content/letter.pdf", pdf(text), "stands on page 1"),
        inside("content/pack.zip", zipped(&[("a/b.txt", text)]), "in the packed file b.txt"),
        inside("themes/own/templates/x.html", format!("<p>{text}</p>").into_bytes(), "stands here"),
    ]
}

#[test]
fn a_number_is_found_in_every_kind_of_file_and_never_repeated() {
    let number = "943 476 5919";
    let mut site = TestSite::new().page("about", "", "");
    site =
        site.file("netsite.yaml", format!("title: Test site\nbase_url: https://test.example/\n# {number}\n"));
    let planted = planted(number);
    for (path, bytes, _) in &planted {
        site.write(path, bytes);
    }
    let run = site.build();
    assert_eq!(run.code, 1);
    let errors: Vec<_> = run.problems().into_iter().filter(|problem| problem.code == "nhs-number").collect();
    assert!(errors.iter().all(|problem| problem.severity == "error"));
    assert_eq!(errors.len(), planted.len() + 1, "{errors:#?}");
    for (path, _, place) in &planted {
        let name = path.rsplit('/').next().unwrap();
        let shown = if name.contains(number) { "Smi••••.txt" } else { name };
        assert!(
            errors.iter().any(|problem| problem.path.ends_with(shown) && problem.message.contains(place)),
            "{path}: {errors:#?}"
        );
    }
    let at = |path: &str| errors.iter().find(|problem| problem.path == path).unwrap().place();
    assert_eq!(at("content/rows.csv"), "content/rows.csv:2:3");
    assert_eq!(at("netsite.yaml"), "netsite.yaml:3:3");
    assert_eq!(at("content/body.md"), "content/body.md:10:7");
    says_nothing_of(&site, &[number]);
    assert!(!site.path("public").exists());
}

/// No format of the messages repeats any of the values, nor does what is kept for the next run.
#[track_caller]
pub(crate) fn says_nothing_of(site: &TestSite, values: &[&str]) {
    let root = site.path("");
    for format in FORMATS {
        let run = netsite(&["build", "--root", root.to_str().unwrap(), "--format", format]);
        let said = format!("{}{}", run.stdout, run.stderr);
        for value in values {
            let bare: String = value.chars().filter(|character| character.is_alphanumeric()).collect();
            assert!(!said.contains(value) && !said.contains(&bare), "{format} repeats {value}:\n{said}");
        }
    }
    for (path, bytes) in files(&site.path(".netsite")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        assert!(values.iter().all(|value| !text.contains(value)), ".netsite/{path}");
    }
}

#[test]
fn other_messages_of_the_file_do_not_repeat_it_either() {
    let number = "943-476-5919";
    let site = TestSite::new()
        .page(
            "a",
            &format!("published: {number}\nthemes: {number}\n"),
            &format!("[{number}](gone-{number}.md) ![{number}](943-476-5919.png)\n\nHospital no: A1234567\n"),
        )
        .file("content/hospital.md", "---\ntitle: H\npublished: MRN A7654321\n---\n");
    let run = site.build();
    assert!(run.problems().len() > 5, "{:#?}", run.problems());
    says_nothing_of(&site, &[number, "A1234567", "A7654321"]);
}

#[test]
fn what_only_may_identify_somebody_is_a_warning() {
    let body = "Hospital no: A123456\n\nDOB 01/02/1950\n\nMrs Example, 1 High Street, EX1 1AA\n\njane.example1@nhs.net\n\n\
                ring 07911 123456\n\ncode 9434765919\n\nNHS number 999 000 0018\n";
    let site = TestSite::new().page("a", "", body);
    let run = site.build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let told: Vec<(String, String)> =
        run.problems().into_iter().map(|problem| (problem.severity, problem.code)).collect();
    let codes: Vec<&str> = told.iter().map(|(_, code)| code.as_str()).collect();
    assert_eq!(
        codes,
        [
            "hospital-number",
            "date-of-birth",
            "postcode-beside-name",
            "personal-email",
            "mobile-number",
            "nhs-number",
            "test-nhs-number"
        ]
    );
    assert!(told.iter().all(|(severity, _)| severity == "warning"));
    says_nothing_of(
        &site,
        &["A123456", "01/02/1950", "EX1 1AA", "jane.example1", "07911 123456", "9434765919"],
    );
}

#[test]
fn numbers_that_name_nobody_pass() {
    let body = "Tel 0117 496 0123, +44 20 7946 0018, ISBN 9434765919, order number 9434765919, NHS number 943 476 5918, \
                https://doi.org/10.1136/9434765919, 1712345678, Derriford Hospital PL6 8DH, imaging.team@nhs.net\n";
    TestSite::new().network().case_study("a", "").page("b", "", body).build().clean();
}

#[test]
fn hostile_files_are_reported_and_left() {
    let spaces = " ".repeat(110_000_000);
    let whole = document("x");
    let site = TestSite::new()
        .page("a", "", "")
        .file("content/bomb.docx", zipped(&[("[Content_Types].xml", ""), ("word/document.xml", &spaces)]))
        .file("content/cut.docx", &whole[..whole.len() / 2])
        .file("content/unknown.7z", b"7z\xbc\xaf\x27\x1c\0\x04\x01\x02\x03")
        .file("content/scan.zip", zipped(&[("a.dcm", "of a scanner")]));
    let run = site.build();
    let told: Vec<(String, String)> =
        run.problems().into_iter().map(|problem| (problem.code, problem.path)).collect();
    let told: Vec<(&str, &str)> = told.iter().map(|(code, path)| (code.as_str(), path.as_str())).collect();
    assert_eq!(
        told,
        [
            ("attachment-not-read", "content/bomb.docx"),
            ("attachment-not-read", "content/cut.docx"),
            ("dicom-file", "content/scan.zip"),
            ("attachment-not-read", "content/unknown.7z"),
        ]
    );
    assert_eq!(run.code, 1, "the scanner's image");
}

#[test]
fn a_picture_of_any_size_is_looked_at_without_its_pixels() {
    let site = TestSite::new().page("a", "", "");
    let mut head = b"\x89PNG\r\n\x1a\n\0\0\0\x1ftEXtComment\0NHS number 943 476 5919....".to_vec();
    head.extend(1_500_000_000_u32.to_be_bytes());
    head.extend(b"IDAT");
    site.write("content/huge.png", head);
    std::fs::File::options()
        .write(true)
        .open(site.path("content/huge.png"))
        .unwrap()
        .set_len(1_500_000_200)
        .unwrap();
    let run = site.build();
    let codes: Vec<String> = run.problems().into_iter().map(|problem| problem.code).collect();
    assert!(codes.contains(&"nhs-number".to_string()), "{codes:?}");
}

#[test]
fn what_was_found_in_a_file_is_kept_and_damage_counts_as_nothing() {
    let site = TestSite::new().page("a", "", "").file("content/a.docx", document("code 9434765919 seen"));
    let first = site.build();
    assert_eq!((first.code, first.only_problem().code.as_str()), (0, "nhs-number"));
    let kept = std::fs::read(site.path(".netsite/scans")).unwrap();
    site.write("content/b.md", page("B", "", ""));
    assert_eq!(site.build().problems(), first.problems());
    assert_eq!(std::fs::read(site.path(".netsite/scans")).unwrap(), kept);
    site.write(".netsite/scans", &kept[..kept.len() - 3]);
    site.write("content/c.md", page("C", "", ""));
    assert_eq!(site.build().problems(), first.problems());
    assert_eq!(std::fs::read(site.path(".netsite/scans")).unwrap(), kept);
    site.write("content/a.docx", document("nothing"));
    site.build().clean();
}

#[test]
fn an_image_of_a_scanner_needs_somebody_who_looked_at_it() {
    let body = "![CT scan of the head](one.png)\n\n![Photo of the CT scanner](two.png)\n";
    let site = TestSite::new()
        .page("a", "", body)
        .file("content/one.png", super::harness::png())
        .file("content/two.png", super::harness::png());
    let problem = site.build().only_problem();
    assert_eq!(
        (problem.code.as_str(), problem.place().as_str()),
        ("image-not-checked", "content/a.md:10:24")
    );
    site.page("a", "image_checked: { role: PACS manager, date: 2026-01-05 }\n", body).build().clean();
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 6, failure_persistence: None, ..ProptestConfig::default() })]

    /// Any number, in any writing, in a few files at once.
    #[test]
    fn no_message_repeats_a_number_whatever_it_is(
        first in 400_000_000_u32..500_000_000,
        gap in prop::sample::select(vec![" ", "-", ".", "\u{a0}"]),
        places in prop::collection::vec(0_usize..15, 3..6),
    ) {
        let Some(number) = with_check_digit(first) else { return Ok(()) };
        let written = [&number[..3], &number[3..6], &number[6..]].join(gap);
        // Letters of a page of a PDF file are single bytes.
        let planted = planted(&written);
        let site = TestSite::new().page("about", "", "");
        for place in places.iter().filter(|place| gap.is_ascii() || planted[**place].0 != "content/letter.pdf") {
            let (path, bytes, _) = &planted[*place];
            site.write(path, bytes);
        }
        let run = site.build();
        let has_any = gap.is_ascii() || places.iter().any(|place| planted[*place].0 != "content/letter.pdf");
        prop_assert_eq!(run.code, i32::from(has_any));
        says_nothing_of(&site, &[&written, &number]);
    }
}

fn with_check_digit(first: u32) -> Option<String> {
    let digits: Vec<u32> = format!("{first:09}").bytes().map(|byte| u32::from(byte - b'0')).collect();
    let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = (11 - sum % 11) % 11;
    (check != 10).then(|| format!("{first:09}{check}"))
}
