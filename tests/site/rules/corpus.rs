//! One little site with planted problems, `tests/site/corpus/`: a line of `^` and a code below a line says what is told of
//! it. All are found at their places in one run, and nothing else is told.

use std::collections::BTreeSet;
use std::path::Path;

use netsite::explain::marked;

use super::super::documents::{holding, zipped};
use super::super::harness::{TestSite, files, netsite};
use super::super::identifiers::says_nothing_of;
use super::made::{bytes_of, png};

/// Files that cannot lie in the repository as they are: pictures, other encodings, names that Windows cannot hold. Each
/// with what makes it and what is told of it.
const MADE: [(&str, &str, &str); 10] = [
    ("content/benchmarks/workbook/data.csv", "workbook", "1:1 data-encoding"),
    ("content/fields/windows.md", "windows-1252", "6:12 not-utf8"),
    ("content/forms/aux.txt", "text", "1:1 file-name"),
    ("content/forms/old:form.txt", "text", "1:1 file-name"),
    ("content/forms/page.markdown", "text", "1:1 file-name"),
    ("content/images/half.jpg", "half", ""),
    ("content/images/huge.png", "huge", ""),
    ("content/images/located.jpg", "located", ""),
    ("content/images/page.png", "text", ""),
    ("content/images/photo.png", "photo", ""),
];

const WINDOWS: &str = "---\ntitle: Windows\nstatus: draft\n---\n\nThe network’s.\n";

/// Numbers of the test range, which no patient has: in documents, in their names and in the text files of the corpus.
const INSIDE: &str = "999 000 0018";
const NAMED: &str = "999 000 0026";
const WRITTEN: &str = "999 000 0034";

/// A number in each part of documents, pictures and archives: the file, its bytes, the path that is told, and where in the
/// file the number stands.
fn numbered() -> Vec<(String, Vec<u8>, String, String)> {
    let mut all: Vec<_> = holding(&format!("Seen: {INSIDE}."))
        .into_iter()
        .map(|(name, bytes, place)| {
            let path = format!("content/files/{name}");
            (path.clone(), bytes, path, place.to_string())
        })
        .collect();
    let mut named = |path: &str, bytes: Vec<u8>, told: &str, place: &str| {
        all.push((path.to_string(), bytes, told.to_string(), place.to_string()));
    };
    let (folder, file) =
        (format!("content/files/{NAMED}/plan.txt"), format!("content/files/Ann {NAMED}.txt"));
    named(&folder, b"x".to_vec(), "content/files/••••/plan.txt", "in the name ••••");
    named(&file, b"x".to_vec(), "content/files/Ann••••.txt", "in the name Ann••••.txt");
    let packed = zipped(&[(format!("Ann {NAMED}.txt").as_str(), "x")]);
    let place = "in the name of the packed file Ann••••.txt";
    named("content/files/names.zip", packed, "content/files/names.zip", place);
    all
}

/// The site on the disk, without its marks, and what they say: `path:line:column code`.
fn planted() -> (TestSite, Vec<String>) {
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site/corpus");
    let mut expected = Vec::new();
    let mut site = TestSite::new().file("content/map.png", png(2, 1));
    for (path, bytes) in files(&corpus) {
        let text = String::from_utf8(bytes).unwrap();
        let lines = marked(&text.lines().collect::<Vec<_>>());
        let mut plain = String::new();
        for (index, line) in lines.iter().enumerate() {
            plain.push_str(line.text);
            plain.push('\n');
            let places = line.marks.iter();
            expected
                .extend(places.map(|mark| format!("{path}:{}:{} {}", index + 1, mark.column, mark.words)));
        }
        site = site.file(&path, plain);
    }
    for (path, made, told) in MADE {
        let bytes = match made {
            "text" => b"<!doctype html><title>Sign in</title>\n".to_vec(),
            made => bytes_of(made, WINDOWS),
        };
        site = site.file(path, bytes);
        expected.extend((!told.is_empty()).then(|| format!("{path}:{told}")));
    }
    for (path, bytes, told, _) in numbered() {
        site = site.file(&path, bytes);
        expected.push(format!("{told}:1:1 test-nhs-number"));
    }
    expected.sort();
    (site, expected)
}

#[test]
fn all_planted_problems_are_found_where_they_are_and_no_other() {
    let (site, expected) = planted();
    let run = site.build_with(&["--as-of", "2026-06-01 09:00 Europe/London"]);
    let mut found: Vec<String> =
        run.problems().iter().map(|problem| format!("{} {}", problem.place(), problem.code)).collect();
    found.sort();
    let missed: Vec<&String> = expected.iter().filter(|planted| !found.contains(planted)).collect();
    let others: Vec<&String> = found.iter().filter(|told| !expected.contains(told)).collect();
    assert!(missed.is_empty() && others.is_empty(), "not found: {missed:#?}\nnot planted: {others:#?}");
    assert_eq!(found, expected, "one is told more often than it is planted");
    assert_eq!(run.code, 1);
    assert!(!site.path("public").exists());
}

#[test]
fn most_rules_and_every_kind_of_file_have_a_planted_problem() {
    let (_, expected) = planted();
    let codes: BTreeSet<&str> = expected.iter().filter_map(|planted| planted.rsplit(' ').next()).collect();
    assert!(expected.len() >= 200 && codes.len() >= 150, "{} of {} rules", expected.len(), codes.len());
    for kind in netsite::content::kinds::ALL.iter().filter(|kind| !kind.folder.is_empty()) {
        let folder = format!("content/{}/", kind.folder);
        assert!(expected.iter().any(|planted| planted.starts_with(&folder)), "nothing is wrong in {folder}");
    }
    let texts = [".md:", ".csv:", ".mmd:", ".yaml:", ".txt:", ".markdown:", ".svg:"];
    let opened = [".docx:", ".xlsx:", ".pptx:", ".pdf:", ".jpg:", ".zip:"];
    for ending in texts.into_iter().chain(opened) {
        assert!(
            expected.iter().any(|planted| planted.contains(ending)),
            "nothing is wrong in a {ending} file"
        );
    }
}

#[test]
fn a_number_in_a_document_is_told_with_its_place_in_the_file_and_never_repeated() {
    let (site, _) = planted();
    let problems = site.build().problems();
    for (path, _, told, place) in numbered() {
        let wanted = format!("an NHS number of the test range stands {place}: ");
        let here = problems.iter().filter(|problem| problem.path == told);
        let said: Vec<&str> = here.map(|problem| problem.message.as_str()).collect();
        assert!(matches!(said.as_slice(), [one] if one.starts_with(&wanted)), "{path}: {said:#?}");
    }
    says_nothing_of(&site, &[INSIDE, NAMED, WRITTEN]);
}

#[test]
fn what_is_told_in_json_is_explained() {
    let (site, _) = planted();
    let codes: BTreeSet<String> = site.build().problems().into_iter().map(|problem| problem.code).collect();
    for code in codes {
        let run = netsite(&["explain", &code]);
        assert!(run.stdout.contains("How to mend it:"), "{code}: {}", run.stderr);
    }
}
