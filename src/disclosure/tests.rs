//! What is found in texts and what is let pass.

use proptest::prelude::*;

use super::{Form, Kind, mask_text, scan, without_coordinates};

/// What is found, as words: `nhs!` stops a publication, `nhs` does not.
fn found_in(text: &str, form: Form) -> Vec<String> {
    scan(text, form)
        .into_iter()
        .map(|finding| {
            let name = match finding.kind {
                Kind::NhsNumber => "nhs",
                Kind::ChiNumber => "chi",
                Kind::HealthAndCareNumber => "hc",
                Kind::TestNumber => "test",
                Kind::HospitalNumber => "hospital",
                Kind::DateOfBirth => "birth",
                Kind::Postcode => "postcode",
                Kind::PersonalEmail => "mail",
                Kind::MobileNumber => "mobile",
                _ => "other",
            };
            format!("{name}{}", if finding.is_sure { "!" } else { "" })
        })
        .collect()
}

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    assert_eq!(found_in(text, Form::Prose), expected, "{text}");
}

#[test]
fn an_nhs_number_is_found_however_it_is_written() {
    for text in [
        "943 476 5919",
        "943-476-5919",
        "943.476.5919",
        "943\u{a0}476\u{a0}5919",
        "943\u{2009}476\u{202f}5919",
        "943&nbsp;476&nbsp;5919",
        "９４３ ４７６ ５９１９",
        "943\u{2013}476\u{2013}5919",
        "**943** 476 5919",
        "| a | 943 476 5919 | b |",
        "943 476\n5919",
        "NHS number 9434765919",
        "NHS No: 9434765919.",
        "nhs_number: 9434765919",
        "nhsNumber=\"9434765919\"",
        "9434765919 (NHS number)",
        "NHS no 94 3476 5919",
        "NHS9434765919",
        "row 12 943 476 5919 seen",
        "(943 476 5919)",
        "943\u{200b}4765919 is an NHS number",
        "https://example.org/find?nhs=9434765919",
    ] {
        check(text, &["nhs!"]);
    }
    check("9434765919", &["nhs"]);
    check("scan_9434765919.jpg", &["nhs"]);
    check("9434765919.0", &["nhs"]);
}

#[test]
fn a_wrong_check_digit_or_a_filler_is_no_number() {
    for text in
        ["943 476 5918", "NHS number 9434765918", "000 000 0000", "NHS number: 9999999999", "111 111 1111"]
    {
        check(text, &[]);
    }
}

#[test]
fn the_test_range_passes_with_a_warning() {
    check("NHS number 999 000 0018", &["test"]);
    check("9990000018", &["test"]);
}

#[test]
fn scotland_and_northern_ireland_have_numbers_of_their_own() {
    check("CHI 0101010109", &["chi!"]);
    check("010101 0109", &["chi!"]);
    check("0101010109", &["chi"]);
    check("H&C number 3200000023", &["hc!"]);
    check("320 000 0023", &["hc!"]);
}

#[test]
fn other_numbers_of_ten_digits_pass() {
    for text in [
        "call 020 7946 0018 today",
        "Tel. 0117 496 0123",
        "+44 117 496 0123",
        "+44 (0) 943 476 5919",
        "0044 943 476 5919",
        "ISBN 9434765919",
        "order number 9434765919 of the NHS",
        "NHS Supply Chain order 9434765919",
        "https://doi.org/10.1136/9434765919",
        "https://example.org/news/9434765919/",
        "0.9434765919",
        "1-943-476-5919",
        "94 34 76 59 19",
        "SNOMED 9434765919",
        "the NHS number, see https://doi.org/10.1136/9434765919",
        "19434765919",
        "94347659190",
        "A9434765919",
        "1712345679 and 2026-11-22 and 12,345,678",
    ] {
        check(text, &[]);
    }
}

#[test]
fn the_name_of_a_column_counts() {
    let csv = "site,NHS number,count\nA,9434765919,3\nB,\"9434765919\",4\n";
    assert_eq!(found_in(csv, Form::Rows), ["nhs!", "nhs!"]);
    assert_eq!(found_in("site,count\nA,9434765919\n", Form::Rows), ["nhs"]);
    assert_eq!(found_in("a,b\n943,476\n5919,1\n", Form::Rows), Vec::<String>::new());
    assert_eq!(found_in("count\n943\n476\n5919\n", Form::Rows), Vec::<String>::new());
    check("| NHS no. | x |\n|---|---|\n| 9434765919 | 3 |\n", &["nhs!"]);
    check("text\n\n| a | DOB |\n|---|---|\n| 1 | 2 |\n| 01/02/1950 | 01/02/1950 |\n", &["birth"]);
    assert_eq!(found_in("name\tMRN\nx\t1234567\n", Form::Rows), ["hospital"]);
}

#[test]
fn numbers_of_hospitals_stand_beside_their_names() {
    for text in [
        "Hospital no: A123456",
        "MRN 1234567",
        "patient ID 123456",
        "Accession number: RXX1234567",
        "hospital number is K123456",
    ] {
        check(text, &["hospital"]);
    }
    check("The patient had R1K1234567 on the form", &["hospital"]);
    for text in [
        "the hospital saw 123456 patients",
        "number of patients 12345",
        "unit cost 123456",
        "case study 2018",
    ] {
        check(text, &[]);
    }
}

#[test]
fn dates_of_birth_are_told_from_other_dates() {
    for text in [
        "DOB 01/02/1950",
        "D.O.B. 1.2.50",
        "date of birth: 1950-02-01",
        "born on 1 February 1950",
        "born February 1, 1950",
        "Date of birth 1st Feb 1950",
    ] {
        check(text, &["birth"]);
    }
    for text in ["reviewed 01/02/2026", "on 1 February 1950", "born in 1950", "birth weight 3200 g"] {
        check(text, &[]);
    }
}

#[test]
fn postcodes_beside_people_are_told_from_those_of_organisations() {
    for text in [
        "Mrs Example, 1 High Street, Exeter EX1 1AA",
        "patient from PL6 8DH",
        "Sarah Example\n3 Mill Lane\nTruro\nTR1 3LJ",
    ] {
        check(text, &["postcode"]);
    }
    for text in [
        "Derriford Hospital, Plymouth PL6 8DH",
        "James Paget University Hospital, Great Yarmouth NR31 6LA",
        "Queen Elizabeth Hospital NE9 6SX",
        "the offices are at EX1 1AA",
        "Mr Example works at Derriford Hospital PL6 8DH",
    ] {
        check(text, &[]);
    }
}

#[test]
fn personal_mailboxes_and_mobile_numbers_belong_into_fields() {
    for text in ["write to jane.example1@nhs.net", "j.example@rdehospital.nhs.uk", "jx99@gmail.com"] {
        check(text, &["mail"]);
    }
    for text in
        ["imaging.team@nhs.net", "rdu-tr.pacs@nhs.net", "jane.doe@example.org", "info@gmail.com", "@someone"]
    {
        check(text, &[]);
    }
    for text in ["ring 07911 123456", "+44 7911 123456", "+44 (0)7911 123456", "07911-123-456"] {
        check(text, &["mobile"]);
    }
    check("ring 07700 900123", &[]);
    check("---\ntitle: A\ncontact: jane.example@nhs.net, 07911 123456\n---\n", &[]);
    check("---\ntitle: A\ncontact:\n  - name: J\n    who: jane.example@nhs.net\n---\n", &[]);
    check("---\ntitle: jane.example@nhs.net\ncontact: x\n---\n", &["mail"]);
}

#[test]
fn coordinates_of_a_drawing_are_no_numbers_of_people() {
    let svg = "<svg viewBox=\"943 476 5919 1\"><path d=\"M943 476 5919 9434765919\"/><text>943 476 5919</text><!-- NHS 9434765919 --></svg>";
    let blank = without_coordinates(svg);
    assert_eq!(blank.len(), svg.len());
    assert_eq!(found_in(&blank, Form::Markup), ["nhs!", "nhs!"]);
}

/// A number with a right check digit in each range of interest.
pub(super) fn number() -> impl Strategy<Value = String> {
    (400_000_000_u32..800_000_000).prop_filter_map("has a check digit", |first| {
        let digits: Vec<u32> = format!("{first:09}").bytes().map(|byte| u32::from(byte - b'0')).collect();
        let sum: u32 = digits.iter().zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
        let check = (11 - sum % 11) % 11;
        (check != 10).then(|| format!("{first:09}{check}"))
    })
}

proptest! {
    #[test]
    fn nothing_is_too_odd_to_be_scanned(text in "\\PC{0,200}") {
        for form in [Form::Prose, Form::Rows, Form::Fields, Form::Markup] {
            for finding in scan(&text, form) {
                prop_assert!(text.get(finding.span.start as usize..finding.span.end as usize).is_some());
            }
        }
    }

    #[test]
    fn digits_and_marks_in_any_order_are_scanned(text in "[0-9 .@|\\n+()A-Zab/:,\u{a0}\u{ff11}\u{200b}-]{0,120}") {
        for form in [Form::Prose, Form::Rows, Form::Fields, Form::Markup] {
            for finding in scan(&text, form) {
                prop_assert!(text.get(finding.span.start as usize..finding.span.end as usize).is_some());
            }
        }
        mask_text(&text);
    }

    #[test]
    fn a_planted_number_is_found_and_masked(before in "[a-z ,.]{0,30}", number in number(), after in "[ ,.)][a-z ]{0,20}") {
        let spaced = format!("{} {} {}", &number[..3], &number[3..6], &number[6..]);
        let text = format!("{before} it was seen {spaced}{after}");
        let found = scan(&text, Form::Prose);
        prop_assert!(found.iter().any(|finding| finding.kind.is_identifier() && finding.is_sure), "{text}");
        let masked = mask_text(&text);
        prop_assert!(!masked.contains(&number[6..]) && !masked.contains(&spaced), "{masked}");
    }

    #[test]
    fn ten_digits_without_a_right_check_digit_pass(number in number(), other in 1_u8..10, spaced in any::<bool>()) {
        let last = (number.as_bytes()[9] - b'0' + other) % 10;
        let wrong = format!("{}{last}", &number[..9]);
        let text = if spaced { format!("{} {} {}", &wrong[..3], &wrong[3..6], &wrong[6..]) } else { wrong };
        prop_assert_eq!(scan(&format!("NHS {text} seen"), Form::Prose), vec![]);
    }
}
