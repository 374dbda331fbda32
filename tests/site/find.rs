//! Where people and organisations appear, for when consent is withdrawn or a name changes.

use serde_json::Value;

use super::documents::{
    DESCRIPTION, comment, document, exposed, holding, made_by, run, spoken, word, workbook, zipped,
};
use super::harness::{Run, TestSite, netsite, page};

fn find(site: &TestSite, arguments: &[&str]) -> Run {
    let root = site.path("");
    let mut all = vec!["find", "--root", root.to_str().unwrap()];
    all.extend(arguments);
    netsite(&all)
}

/// The places as `path:line:column`, those that are only likely with a question mark.
fn places(site: &TestSite, name: &str) -> Vec<String> {
    let report = report(site, name);
    let list = report["places"].as_array().unwrap();
    list.iter()
        .map(|place| {
            let likely = if place["sure"] == true { "" } else { "?" };
            format!("{}:{}:{}{likely}", place["path"].as_str().unwrap(), place["line"], place["column"])
        })
        .collect()
}

fn report(site: &TestSite, name: &str) -> Value {
    serde_json::from_str(&find(site, &[name, "--format", "json"]).stdout).unwrap()
}

fn people() -> TestSite {
    TestSite::new()
        .network()
        .case_study("one", "champions: [\"Zoë O’Brien\"]\n")
        .page("about", "", "Thanks to ZOE OBRIEN, and to **Zoë** O'Brien.\n\nLater, Z. O’Brien left.\n")
        .file(
            "content/talk/zoe-obrien.svg",
            "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>O'Brien, Zoe</title></svg>",
        )
        .file("content/data/people.csv", "family,given\nO'Brien,Zoë\nO'Brien,Ann\n")
        .file("content/draft.md", page("Later", "", "By Zoë O'Brien.\n").replace("published", "draft"))
}

#[test]
fn a_person_is_found_in_every_kind_of_file() {
    let wanted = [
        "content/about.md:10:11",
        "content/about.md:10:32",
        "content/about.md:12:8?",
        "content/case-studies/one.md:12:14",
        "content/data/people.csv:2:1",
        "content/draft.md:10:4",
        "content/talk/zoe-obrien.svg:0:0",
        "content/talk/zoe-obrien.svg:1:48",
    ];
    for name in ["Zoe O'Brien", "o’brien, zoë", "ZOË OBRIEN"] {
        assert_eq!(places(&people(), name), wanted, "{name}");
    }
}

#[test]
fn the_report_says_where_readers_see_the_name_and_what_to_do() {
    let run = find(&people(), &["Zoe", "O'Brien"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for words in [
        "content/about.md:10:11",
        "content/draft.md:10:4 [not published: draft]",
        "content/talk/zoe-obrien.svg: the name of the file",
        "    /about/\n",
        "    /case-studies/one/\n",
        "    /talk/zoe-obrien.svg\n",
        "If consent was withdrawn",
    ] {
        assert!(run.stdout.contains(words), "{words}\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("    /draft/"), "{}", run.stdout);
    let addresses = report(&people(), "Zoe O'Brien")["published"].to_string();
    assert!(
        addresses.contains("/case-studies/catalogue.json") || addresses.contains("/search/"),
        "{addresses}"
    );
}

#[test]
fn an_organisation_is_found_by_all_its_names_and_its_code() {
    let members = "name: Example network\nas_of: 2024\nalso_known_as: [Example alliance]\nmembers:\n  - ods: ZZ1\n    name: Oldtown Hospitals NHS Trust\n";
    let site = TestSite::new()
        .file("content/organisations.csv", "ods,name,successor,valid_to\nZZ1,Newtown Hospitals NHS Foundation Trust,,\nZZ0,Village Hospital,ZZ1,2019-01-01\n")
        .file("content/networks/example.md", page("Example", members, "## About\n\nNewtown   hospitals NHS\nFoundation Trust.\n"))
        .page("about", "", "Oldtown Hospitals, ZZ1, the zz1 form, Village Hospital and the Example Alliance.\n");
    for name in ["ZZ1", "newtown hospitals", "Oldtown Hospitals NHS Trust"] {
        assert_eq!(
            places(&site, name),
            [
                "content/about.md:10:1?",
                "content/about.md:10:20",
                "content/about.md:10:39?",
                "content/networks/example.md:12:10",
                "content/networks/example.md:13:11",
                "content/networks/example.md:18:1",
                "content/organisations.csv:2:1",
                "content/organisations.csv:2:5",
                "content/organisations.csv:3:5?",
                "content/organisations.csv:3:22",
            ],
            "{name}"
        );
    }
    assert!(places(&site, "example alliance").contains(&"content/about.md:10:64".to_string()));
    let run = find(&site, &["ZZ1"]);
    assert!(run.stdout.contains("Oldtown Hospitals NHS Trust (a name that it bore)"), "{}", run.stdout);
}

#[test]
fn a_name_that_is_nowhere_ends_with_1_and_no_name_with_2() {
    let run = find(&people(), &["Nobody Here"]);
    assert_eq!(run.code, 1);
    assert!(run.stdout.contains("was found nowhere"), "{}", run.stdout);
    assert_eq!(find(&people(), &["..."]).code, 2);
}

#[test]
fn a_file_that_nobody_can_search_is_named() {
    let site = people().file("content/slides.pptx", [0x50, 0x4b, 3, 4, 0, 0xff]);
    let run = find(&site, &["Zoe O'Brien"]);
    assert!(run.stdout.contains("content/slides.pptx: "), "{}", run.stdout);
}

/// The places inside files as `file: where: words around`.
fn inside(site: &TestSite, name: &str) -> Vec<String> {
    let run = find(site, &[name, "--format", "short"]);
    run.stdout.lines().map(|line| line.trim_start_matches("content/").to_string()).collect()
}

#[test]
fn a_name_is_found_inside_documents_pictures_and_archives() {
    for name in ["Jane Smith", "Smith, Jane"] {
        let mut site = TestSite::new();
        let mut wanted = Vec::new();
        for (file, bytes, place) in holding("Seen by Jane Smith, lead") {
            site = site.file(&format!("content/files/{file}"), bytes);
            wanted.push(format!("files/{file}: {place}: Seen by Jane Smith, lead"));
        }
        wanted.sort();
        let found: Vec<String> =
            inside(&site, name).iter().map(|line| line.replace(": Seen: Seen by", ": Seen by")).collect();
        assert_eq!(found, wanted);
    }
}

#[test]
fn who_made_a_file_and_who_commented_are_found() {
    let author = "Zoë O&apos;Brien";
    let people =
        "<p188:authorLst><p188:author id=\"{1}\" name=\"Zoë O'Brien\" initials=\"ZO\"/></p188:authorLst>";
    let changed = format!("<w:ins w:author=\"{author}\">{}</w:ins>", run("more")).repeat(3);
    let site = TestSite::new()
        .file("content/a.docx", word(&run("Plan"), &[("word/comments.xml", &comment(author, "Well said"))]))
        .file("content/b.docx", word(&run("Plan"), &[("docProps/core.xml", &made_by(author))]))
        .file("content/c.docx", word(&changed, &[]))
        .file("content/d.pptx", word("", &[("ppt/authors.xml", people)]))
        .file("content/e.jpg", exposed(0x013b, "Zoe O'Brien"))
        .file("content/f.zip", zipped(&[("Zoe O'Brien.txt", "x")]));
    assert_eq!(
        inside(&site, "Zoe OBrien"),
        [
            "a.docx: beside the comments: Zoë O'Brien",
            "b.docx: in the properties of the document: Zoë O'Brien",
            "c.docx: in the text, as who made a change: Zoë O'Brien",
            "d.pptx: in the list of people who commented: Zoë O'Brien",
            "e.jpg: in what its camera or program wrote into it: Zoe O'Brien",
            "f.zip: in the name of the packed file Zoe O'Brien.txt: Zoe O'Brien.txt",
        ]
    );
}

#[test]
fn a_name_that_a_program_took_apart_is_found() {
    let looks = "<w:rPr><w:b/><w:sz w:val=\"24\"/><w:color w:val=\"FF0000\"/></w:rPr>";
    let split =
        format!("{}<w:proofErr/><w:r>{looks}<w:t>ne Smith</w:t></w:r>{}", run("by Ja"), run(" and others"));
    let table = "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>Smith</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>Jane</w:t></w:r></w:p></w:tc></w:tr></w:tbl>";
    let site = TestSite::new()
        .file("content/a.docx", word(&split, &[]))
        .file("content/b.docx", word(table, &[]))
        .file("content/c.docx", word("<w:r><w:t>Jane</w:t><w:tab/><w:t>Smith</w:t></w:r>", &[]));
    assert_eq!(
        inside(&site, "Jane Smith"),
        [
            "a.docx: in the text: by Jane Smith and others",
            "b.docx: in the text: Smith  | Jane",
            "c.docx: in the text: Jane Smith",
        ]
    );
}

#[test]
fn the_report_says_where_in_a_document_a_name_stands() {
    let site = TestSite::new()
        .page("about", "", "[Slides](files/talk.pptx) and [figures](files/figures.xlsx)\n")
        .file("content/files/talk.pptx", spoken("Thank Jane Smith for the rota, NHS 943 476 5918"))
        .file("content/files/figures.xlsx", workbook("hidden", "J. Smith"))
        .file("content/files/scan.jpg", exposed(DESCRIPTION, "Jane Smith at the scanner, NHS 943 476 5919"));
    let run = find(&site, &["Jane", "Smith"]);
    assert_eq!(run.code, 0);
    for words in [
        "    content/files/talk.pptx: in the speaker notes of slide 1\n        Thank Jane Smith for the rota",
        "1 place that may mean the same; look at each:\n    content/files/figures.xlsx: in cell B2 of the hidden sheet “Data”\n        J. Smith",
        "    content/files/scan.jpg: in what its camera or program wrote into it\n        Jane Smith at the scanner, NHS •",
    ] {
        assert!(run.stdout.contains(words), "{words}\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("476 5919"), "a number of a patient is shown:\n{}", run.stdout);
    let report = report(&site, "Jane Smith");
    let place = &report["places"][0];
    assert_eq!(place["part"], "in cell B2 of the hidden sheet “Data”");
    assert_eq!((place["line"].as_u64(), place["in_file_name"].as_bool()), (Some(0), Some(false)));
}

#[test]
fn what_could_not_be_searched_is_named_and_the_rest_is_searched() {
    let spaces = " ".repeat(110_000_000);
    let whole = document("Jane Smith");
    let mut deep = zipped(&[("note.txt", "Jane Smith")]);
    for _ in 0..6 {
        deep = zipped(&[("inner.zip", deep)]);
    }
    let site = TestSite::new()
        .file("content/bomb.docx", word(&run("Jane Smith"), &[("word/header1.xml", &spaces)]))
        .file("content/cut.docx", &whole[..whole.len() / 2])
        .file("content/deep.zip", deep)
        .file("content/film.mp4", b"\0\0\0\x18ftypmp42\0\0\0\0")
        .file("content/font.woff2", b"wOF2\0\x01\0\0\0\0\0\0")
        .file("content/old.7z", b"7z\xbc\xaf\x27\x1c\0\x04\x01\x02\x03")
        .file("content/scan.zip", zipped(&[("a.dcm", "of a scanner")]));
    assert_eq!(inside(&site, "Jane Smith"), ["bomb.docx: in the text: Jane Smith"]);
    let run = find(&site, &["Jane Smith"]);
    for words in [
        "6 files or parts of files could not be searched; look yourself:\n",
        "    content/bomb.docx: in its part header1.xml: it holds more than is looked at\n",
        "    content/cut.docx: it is damaged, or not of the format that its name says\n",
        "    content/film.mp4: nothing here listens to it or watches it\n",
        "    content/old.7z: its format is not known here\n",
        "    content/scan.zip: in the packed file a.dcm: it is an image of a scanner, and those are not opened here\n",
        "in the packed file inner.zip: files are packed in files here, deeper than is looked at\n",
    ] {
        assert!(run.stdout.contains(words), "{words}\n{}", run.stdout);
    }
    assert!(!run.stdout.contains("font.woff2"), "{}", run.stdout);
}
