//! Every field of every kind, filled in as its example says, is shown on the page.

use netsite::content::kinds::{ALL, Kind};
use netsite::fields::{Field, Need, Shape};

use super::harness::{TestSite, case_study, page};
use super::references::standard;

/// A field's line, or lines, with its example; groups are filled in whole.
fn lines_of(field: &Field, indentation: usize) -> String {
    let pad = " ".repeat(indentation);
    let inner = |fields: &[Field], first: &str| {
        let lines: String = fields.iter().map(|field| lines_of(field, indentation + 4)).collect();
        format!("{pad}{}:\n{pad}{first}{}", field.name, &lines[indentation + 4..])
    };
    match &field.shape {
        Shape::List(Shape::Group(fields)) => inner(fields, "  - "),
        Shape::Group(fields) => inner(fields, "    "),
        _ => format!("{pad}{}: {}\n", field.name, field.example),
    }
}

/// These change what is shown or where, and have tests of their own.
const LEFT_OUT: [&str; 9] = [
    "kind",
    "status",
    "embargo_until",
    "translation_of",
    "lang",
    "procurement",
    "gaps",
    "document_title",
    "cancelled",
];

/// A page of a kind with every field and every section.
fn full_page(kind: &Kind) -> String {
    let fields: String = kind
        .all_fields()
        .filter(|field| !LEFT_OUT.contains(&field.name))
        .map(|field| lines_of(field, 0))
        .collect();
    let fields = fields.replace("verification: agreed", "verification: verified-in-practice");
    let sections = kind.sections.first().into_iter().chain([&kind.optional_sections]);
    let body: String = sections
        .flat_map(|headings| headings.iter())
        .map(|heading| format!("## {heading}\n\nWords about {heading}.\n\n"))
        .collect();
    format!("---\n{fields}status: draft\n---\n\n{body}")
}

/// A site in which everything that the examples name is there.
fn site() -> TestSite {
    let about = |title: &str, fields: &str| page(title, fields, "## About\n\nText.\n");
    let network = |name: &str| about(name, &format!("name: {name}\nas_of: 2024\nmembers: []\n"));
    let pathway = "diagram: |\n  flowchart LR\n  a --> b\ndescription: D.\nverification: agreed\n";
    let event = "starts: 2018-04-18 09:30\nends: 2018-04-18 16:30\ntimezone: Europe/London\nvenue: Hall\n";
    let session = "event: sharing-event-2018\nstart: 2018-04-18 11:00\nend: 2018-04-18 11:45\nroom: Hall\nspeakers: []\n";
    let terms = "version: 1\npurposes: [A]\nmembership: [B]\nchair: C\nquorum: D\nmeets: E\nreports_to: F\n";
    let terms_body = "## Purpose\n\nA.\n\n## Scope\n\nA.\n\n## Membership\n\nA.\n\n## Accountability\n\nA.\n\n## Review\n\nA.\n";
    let benchmark = "data: data.csv\nmetric: M\ndefinition: D.\nunit: \"%\"\ndirection: neutral\nperiod: 2024\ncollection: C\ncounts: activity\nlevel: national\nprovenance: real\n";
    TestSite::new()
        .network()
        .file(
            "content/benchmarks/waiting-times-2024/index.md",
            page("Earlier", benchmark, "## Reading this\n\nA.\n\n## Limits\n\nB.\n"),
        )
        .file("content/benchmarks/waiting-times-2024/data.csv", "period,value\n2024-01,5\n")
        .file("content/organisations.csv", "ods,name\nRM1,Norfolk and Norwich\n")
        .file("content/networks/kent-and-medway.md", network("Kent and Medway"))
        .file("content/networks/devon.md", network("Devon Network"))
        .file("content/case-studies/devon.md", case_study("Devon STP", ""))
        .file(
            "content/pathways/stroke-as-is.md",
            page("As-is", pathway, "## Steps\n\nA.\n\n## Known differences\n\nB.\n"),
        )
        .file("content/events/sharing-event-2018.md", about("Sharing event", event))
        .file("content/sessions/home-reporting-again.md", about("Again", session))
        .file("content/terms-of-reference/network-board.md", page("Network board", terms, terms_body))
        .file(
            "content/terms-of-reference/network-board-1-0.md",
            page("Before", &terms.replace("version: 1", "version: 0.9"), terms_body),
        )
        .file(
            "content/templates/workstream-brief-1-0.md",
            page("Brief before", "version: 0.9\npublished: 2026-01-05\n", "Text.\n"),
        )
}

/// A year of figures, under the name that the example of `columns` gives them.
fn figures() -> String {
    let months = (1..=12).map(|month| format!("2025-{month:02},{}\n", 50 + month * 7 % 5));
    format!("period,percent\n{}", months.collect::<String>())
}

/// The values of a field's example that a reader should find on the page, as they are shown.
fn shown(field: &Field, found: &mut Vec<(&'static str, String)>) {
    let bare = field.example.trim_matches(['[', ']', '"']);
    match &field.shape {
        Shape::List(Shape::Group(fields)) | Shape::Group(fields) => {
            fields.iter().for_each(|field| shown(field, found));
        }
        Shape::Text
        | Shape::Paragraphs
        | Shape::Quantity
        | Shape::Period
        | Shape::Email
        | Shape::WebAddress
        | Shape::Contact
        | Shape::File
        | Shape::List(Shape::File) => found.push((field.name, bare.to_string())),
        Shape::List(Shape::Text | Shape::Term(_)) => {
            let parts = bare.split(',').filter(|part| !part.is_empty());
            found.extend(parts.map(|part| (field.name, part.trim().to_string())));
        }
        Shape::Date => found.push((field.name, long(field.example))),
        Shape::Reference(_) | Shape::List(Shape::Reference(_)) => {
            let name = bare.rsplit(':').next().unwrap().to_lowercase();
            found.push((field.name, format!("{name}/")));
        }
        _ => {}
    }
}

/// `2026-03-01` as `1 March 2026`.
fn long(date: &str) -> String {
    netsite::text::long_date(netsite::text::parse_date(date).unwrap())
}

/// The words of a page alone, as one line: those of a chart are set in several.
fn without_tags(html: &str) -> String {
    let words = html.split('<').map(|part| part.split_once('>').map_or(part, |(_, words)| words));
    words.collect::<Vec<_>>().join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[test]
fn everything_that_a_writer_gives_is_shown() {
    let mut absent = Vec::new();
    for kind in ALL {
        let folder = if kind.folder.is_empty() { String::new() } else { format!("{}/", kind.folder) };
        let mut site = site()
            .file(&format!("content/{folder}full.md"), full_page(kind))
            .file(&format!("content/{folder}passport.docx"), "x")
            .file(&format!("content/{folder}slides.pdf"), "x")
            .file(&format!("content/{folder}stroke.mmd"), "flowchart LR\n  a[Arrive] --> b[Scan]\n")
            .file(&format!("content/{folder}data.csv"), figures());
        if kind.name != "standard" {
            site = site.file("content/standards/in-301.md", standard("IN-301"));
        }
        let output = site.path("preview");
        let run = site.build_with(&["--drafts", "--output", output.to_str().unwrap()]);
        assert_eq!(run.code, 0, "{}: {:#?}\n{}", kind.name, run.problems(), full_page(kind));
        let html = std::fs::read_to_string(output.join(format!("{folder}full/index.html"))).unwrap();
        let text = html.replace("&#x27;", "'").replace("&#39;", "'").replace("&amp;", "&").to_lowercase();
        let bare = without_tags(&text);
        let mut wanted = Vec::new();
        let fields = kind.all_fields().filter(|field| !LEFT_OUT.contains(&field.name));
        fields.for_each(|field| shown(field, &mut wanted));
        for (name, value) in wanted {
            // A standard that names itself says nothing, and a benchmark's file is not published as it stands.
            let unseen = ["kind", "aliases", "translation_of", "data"].contains(&name)
                || (kind.name == "standard" && name == "standards")
                // Only a funnel has it, and these figures are one series.
                || (kind.name == "benchmark" && name == "denominator");
            let value = value.to_lowercase();
            if !unseen && !text.contains(&value) && !bare.contains(&value) {
                absent.push(format!("{}: {name}: {value}", kind.name));
            }
        }
    }
    assert!(absent.is_empty(), "not shown:\n{}", absent.join("\n"));
}

#[test]
fn every_field_says_what_it_is_for_and_gives_an_example() {
    for kind in ALL {
        for field in kind.all_fields() {
            let what = format!("{}: {}", kind.name, field.name);
            assert!(field.about.ends_with('.') && field.about.len() > 4, "{what}");
            let is_group = matches!(field.shape, Shape::List(Shape::Group(_)) | Shape::Group(_));
            assert!(is_group || !field.example.is_empty(), "{what} has no example");
            assert!(field.need != Need::Always || field.name == "title", "{what}: a draft needs it");
        }
    }
}
