//! Whatever a hidden page holds, wherever it stands and whatever it names, nothing of it is in any output.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::Read as _;
use std::sync::{Mutex, OnceLock};

use jiff::Timestamp;
use netsite::build::{self, NoStore, Options, Progress, Sink, SinkError};
use netsite::content::kinds::{ALL, Kind};
use netsite::fields::{Field, Shape, Target};
use netsite::pathway::layout::Layouts;
use netsite::site::Asset;
use netsite::source::{MemoryWorld, SitePath, World};
use proptest::prelude::*;

use super::harness::{files, png};
use super::samples::every_kind;

const MARKER: &str = "xqmarkerx";

/// How a page is hidden, and what it holds of what it could.
#[derive(Debug, Clone)]
struct Hidden {
    kind: usize,
    status: usize,
    has_folder: bool,
    /// Which of its fields it gives: one bit each.
    fields: u64,
}

fn any_hidden() -> impl Strategy<Value = Hidden> {
    (0..ALL.len(), 0..3_usize, any::<bool>(), any::<u64>())
        .prop_map(|(kind, status, has_folder, fields)| Hidden { kind, status, has_folder, fields })
}

/// Outputs in memory.
struct Outputs<'w> {
    world: &'w MemoryWorld,
    found: Mutex<BTreeMap<String, Vec<u8>>>,
}

impl Sink for Outputs<'_> {
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        self.found.lock().unwrap().insert(path.to_string(), bytes.to_vec());
        Ok(())
    }

    fn copy(&self, path: &str, asset: &Asset) -> Result<(), SinkError> {
        self.add(path, &self.world.read(&asset.path)?)
    }
}

/// Everything that is published of a world, errors or not, with what is packed in it.
fn published(world: &MemoryWorld, drafts: bool) -> BTreeMap<String, Vec<u8>> {
    let progress = Progress::default();
    let options = Options { drafts, ..Options::default() };
    let assembled = build::assemble(world, &options, Layouts::default(), &progress).unwrap();
    let (images, _) = build::images(world, &NoStore, &assembled.site, &progress);
    let sink = Outputs { world, found: Mutex::default() };
    build::render(&assembled.site, assembled.theme.unwrap(), &images, &sink, &progress).unwrap();
    let mut found = sink.found.into_inner().unwrap();
    let packed: Vec<(String, Vec<u8>)> = found
        .iter()
        .filter(|(_, bytes)| bytes.starts_with(b"PK\x03\x04"))
        .flat_map(|(path, bytes)| unpacked(path, bytes))
        .collect();
    found.extend(packed);
    found
}

fn unpacked(path: &str, bytes: &[u8]) -> Vec<(String, Vec<u8>)> {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut part = archive.by_index(index).unwrap();
            let name = format!("{path}!{}", part.name().unwrap());
            let mut bytes = Vec::new();
            part.read_to_end(&mut bytes).unwrap();
            (name, bytes)
        })
        .collect()
}

/// The outputs that hold the marker, in their names or their bytes.
fn leaks(outputs: &BTreeMap<String, Vec<u8>>) -> Vec<&str> {
    let holds = |text: &str| text.to_lowercase().contains(MARKER);
    let found = outputs.iter().filter(|(path, bytes)| holds(path) || holds(&String::from_utf8_lossy(bytes)));
    found.map(|(path, _)| path.as_str()).collect()
}

/// The files of a site with a page of every kind, which the hidden pages name.
fn base() -> &'static MemoryWorld {
    static BASE: OnceLock<MemoryWorld> = OnceLock::new();
    BASE.get_or_init(|| {
        let site = every_kind();
        let now: Timestamp = "2026-06-01T12:00:00Z".parse().unwrap();
        files(&site.path(""))
            .into_iter()
            .fold(MemoryWorld::new(now), |world, (path, bytes)| world.with(&path, bytes))
    })
}

/// The name of a page of a kind in that site.
fn public_page(kind: &str) -> &'static str {
    match kind {
        "network" => "example",
        "case-study" => "sharing-reports",
        "pathway" => "stroke",
        "benchmark" => "reports",
        "event" => "day",
        "session" => "talk",
        "terms-of-reference" => "board",
        "lesson" => "patience",
        "standard" => "IN-301",
        "assessment" => "example-2026",
        _ => "about",
    }
}

/// A field's line with the marker wherever its shape takes words.
fn line(field: &Field, indentation: usize) -> String {
    let pad = " ".repeat(indentation);
    match &field.shape {
        Shape::List(Shape::Group(fields)) => {
            let lines: String = fields.iter().map(|field| line(field, indentation + 4)).collect();
            format!("{pad}{}:\n{pad}  - {}", field.name, &lines[indentation + 4..])
        }
        Shape::Group(fields) => {
            let lines: String = fields.iter().map(|field| line(field, indentation + 2)).collect();
            format!("{pad}{}:\n{lines}", field.name)
        }
        shape => format!("{pad}{}: {}\n", field.name, value(shape, field.example)),
    }
}

fn value(shape: &Shape, example: &str) -> String {
    match shape {
        Shape::Text | Shape::Paragraphs => format!("The {MARKER} words"),
        Shape::Term(_) => format!("{MARKER} term"),
        Shape::Email | Shape::Contact => format!("{MARKER}@test.example"),
        Shape::WebAddress => format!("https://{MARKER}.example/"),
        Shape::SitePath => format!("/old/{MARKER}/"),
        Shape::File => "data.csv".to_string(),
        Shape::Reference(Target::Kind(kind)) => public_page(kind).to_string(),
        Shape::Reference(Target::Any) => "lesson:patience".to_string(),
        Shape::List(inner) => format!("[{}]", value(inner, example)),
        Shape::Map(inner) => format!("{{ {MARKER}: {} }}", value(inner, "1")),
        Shape::Choice(words) => format!("\"{}\"", words[0]),
        _ => example.to_string(),
    }
}

/// The files of one hidden page.
fn hidden_files(number: usize, hidden: &Hidden) -> Vec<(String, Vec<u8>)> {
    let kind: &Kind = ALL[hidden.kind];
    let mut text = format!("---\ntitle: {MARKER} title {number}\n");
    let embargo = "status: published\nembargo_until: 2030-07-01 09:00 Europe/London\n";
    text.push_str(["status: draft\n", "status: in-review\n", embargo][hidden.status]);
    // These say where the page stands, or are given above.
    let left_out = ["title", "status", "embargo_until", "kind", "lang", "gaps", "timezone", "code"];
    let fields = kind.all_fields().filter(|field| !left_out.contains(&field.name));
    for (index, field) in fields.enumerate().filter(|(index, _)| hidden.fields >> (index % 64) & 1 == 1) {
        let given = if index % 7 == 0 && matches!(field.shape, Shape::Text) {
            format!("{}: \"{MARKER} {}\"\n", field.name, field.example.replace('"', ""))
        } else {
            line(field, 0)
        };
        text.push_str(&given);
    }
    text.push_str("---\n\n");
    for heading in kind.sections.first().into_iter().flat_map(|set| set.iter()).chain(&["A marked one"]) {
        let _ = write!(
            text,
            "## {heading} {MARKER}\n\nThe {MARKER}: ![{MARKER}](seen.png) [{MARKER}](paper.pdf) [about](/about/) \
             <https://{MARKER}.example/>\n\n```mermaid\nflowchart LR\n  {MARKER} --> b\n```\n\n"
        );
    }
    let folder = match (kind.folder, hidden.has_folder) {
        ("", true) => format!("content/{MARKER}-{number}"),
        ("", false) => "content/guides".to_string(),
        (folder, true) => format!("content/{folder}/{MARKER}-{number}"),
        (folder, false) => format!("content/{folder}"),
    };
    let page = if hidden.has_folder { "index".to_string() } else { format!("{MARKER}-{number}") };
    let mut files = vec![(format!("{folder}/{page}.md"), text.into_bytes())];
    if hidden.has_folder {
        files.push((
            format!("{folder}/data.csv"),
            format!("period,value,{MARKER}\n2025,1,{MARKER}\n").into_bytes(),
        ));
        files.push((
            format!("{folder}/chart.mmd"),
            format!("flowchart LR\n  a[{MARKER}] --> b\n").into_bytes(),
        ));
        files.push((format!("{folder}/unused-{MARKER}.txt"), MARKER.into()));
        let mut picture = png();
        picture.extend_from_slice(MARKER.as_bytes());
        files.push((format!("{folder}/seen.png"), picture));
        files.push((format!("{folder}/paper.pdf"), format!("%PDF {MARKER}").into_bytes()));
    }
    files
}

fn with_hidden(pages: &[Hidden]) -> MemoryWorld {
    let files = pages.iter().enumerate().flat_map(|(number, hidden)| hidden_files(number, hidden));
    files.fold(base().clone(), |world, (path, bytes)| world.with(&path, bytes))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn hidden_pages_leave_no_byte(pages in proptest::collection::vec(any_hidden(), 1..8)) {
        let outputs = published(&with_hidden(&pages), false);
        prop_assert!(outputs.len() > 50);
        let found = leaks(&outputs);
        prop_assert!(found.is_empty(), "{found:?}");
    }

    /// Without hidden pages the site would be the same, byte for byte: no count and no order tells of them.
    #[test]
    fn hidden_pages_change_no_byte(pages in proptest::collection::vec(any_hidden(), 1..4)) {
        static WITHOUT: OnceLock<BTreeMap<String, Vec<u8>>> = OnceLock::new();
        let without = WITHOUT.get_or_init(|| published(base(), false));
        let outputs = published(&with_hidden(&pages), false);
        let changed: Vec<&String> = outputs.keys().chain(without.keys()).filter(|path| outputs.get(*path) != without.get(*path)).collect();
        prop_assert!(changed.is_empty(), "{changed:?}");
    }

    /// A page that readers see may not lead to one that they do not.
    #[test]
    fn a_link_to_a_hidden_page_is_an_error(hidden in any_hidden(), by_field: bool) {
        let world = with_hidden(std::slice::from_ref(&hidden));
        let kind: &Kind = ALL[hidden.kind];
        let (path, _) = hidden_files(0, &hidden).swap_remove(0);
        let target = SitePath::new(&path);
        let stem = if hidden.has_folder { target.parent().file_name().to_string() } else { target.file_stem().to_string() };
        // A page that is no other kind is called by its whole path.
        let stem = if kind.folder.is_empty() && !hidden.has_folder { format!("guides/{stem}") } else { stem };
        let fields = if by_field { format!("related: [\"{}:{stem}\"]\n", kind.name) } else { String::new() };
        let body = if by_field { "Text.".to_string() } else { format!("[There](/{}).", path.replace("content/", "").replace("/index.md", "/").replace(".md", "/")) };
        let body = if by_field { body } else { format!("[There]({}).\n\n{}", path.replace("content/", ""), body) };
        let page = super::harness::page("Leads on", &fields, &body);
        let world = world.with("content/leads-on.md", page);
        let assembled = build::assemble(&world, &Options::default(), Layouts::default(), &Progress::default()).unwrap();
        let told: Vec<_> = assembled
            .problems
            .found()
            .iter()
            .filter(|problem| problem.is_error() && problem.path.as_ref().is_some_and(|path| path.as_str() == "content/leads-on.md"))
            .map(|problem| problem.code)
            .collect();
        prop_assert!(told.contains(&"hidden-reference"), "{told:?}");
    }
}

#[test]
fn the_hidden_pages_of_these_tests_would_be_seen_otherwise() {
    let all = (0..ALL.len()).map(|kind| Hidden {
        kind,
        status: kind % 3,
        has_folder: kind % 2 == 0,
        fields: u64::MAX,
    });
    let world = with_hidden(&all.collect::<Vec<_>>());
    let outputs = published(&world, true);
    let shown = leaks(&outputs);
    assert!(shown.len() > 40, "{shown:?}");
    assert_eq!(leaks(&published(&world, false)), Vec::<&str>::new());
}
