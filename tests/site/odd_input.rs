//! Whatever a page holds: no panic, diagnostics that point into their files, and the same answer every time.

use jiff::Timestamp;
use netsite::build::{self, NoStore, Options, Progress};
use netsite::content::{Context, parse};
use netsite::diagnostic::Diagnostic;
use netsite::pathway::layout::Layouts;
use netsite::source::{Listing, MemoryWorld, ReadError, SitePath, World};
use netsite::verdict::Coverage;
use proptest::prelude::*;
use proptest::sample::select;

const NAMES: &str = "title summary status owner last_reviewed review_by published kind embargo_until themes tags network standards related aliases lang translation_of measures period stage members ods as_of data counts level diagram verification starts ends timezone options criteria scores columns sources procurement provenance code é -";

/// Values as people, and those who are up to no good, write them.
const VALUES: &[&str] = &[
    "",
    "A",
    "published",
    "draft",
    "2018-04-03",
    "03/04/18",
    "3 April 2018",
    "2016/17",
    "9999-12-31",
    "0000-01-01",
    "-1",
    "99999999999999999999",
    "since 9999",
    "999 years to 0001",
    "6 months to June 0000",
    "Q1 9999/00",
    "2018-04-18T",
    "T",
    "18 April 2018, 2:30pm",
    "2026-10-25 01:30 Europe/London",
    "-009999-01-02T00:00:00Z",
    "[a, b]",
    "[[a], {b: c}]",
    "{ a: 1 }",
    "case-study:a",
    "page:",
    ":",
    "a:b:c",
    "in-301",
    "IN-301",
    "/old/",
    "/../x",
    "/a/",
    "/",
    "\"é\\u0000\"",
    "|\n  text\n  more",
    ">-\n  folded",
    "\n  - metric: a\n    result: b\n  - c",
    "\n  - ods: RM1\n    name: x",
    "\n  a: b\n  a: c",
    "&a x",
    "*a",
    "!tag x",
    "@",
    "`",
    "%",
    "“A”",
    "“",
    "'",
    "\"",
    "\u{feff}",
    "\u{2028}",
    "live",
    "case-study",
    "illustrative",
    "verified-in-practice",
    "data.csv",
    "../../x",
    "a\\b",
    "Europe/London",
    "10 4",
    "[",
    "{",
    "~",
    "null",
    "日本",
    "Monday é 2018",
    "2018/é/1",
];

const PIECES: &[&str] = &[
    "## Problem\n\n",
    "# One\n",
    "#### Four {#a}\n",
    "[a](b.md)",
    "[a](#a)",
    "[a](page:a#x)",
    "[](x)",
    "![](x.png)",
    "![é](../é.png)",
    "[a](javascript:x)",
    "[a](<%zz%c3>)",
    "[x]: y\n",
    "[a][x]",
    "> [!EMBED]\n> [a](a.md)\n",
    "> [!OPTIONS]\n> | a | b (4) |\n> | - | - |\n> | c | 5 |\n",
    "> [!X]\n",
    "[^a]",
    "[^a]: é\n",
    "<b>",
    "<!-- ",
    "<details>",
    "```yaml\n",
    "| |\n|-|\n",
    "\n\n",
    "é",
    "\u{0}",
    "\u{202e}",
    "https://example.org",
    "*",
    "_",
    "\\",
    "\t",
    "\r\n",
    "a@b.example",
    "&#0;",
    "[a](//x)",
    "[a](C:\\x)",
    "[a](/a/)",
    "[a](/../)",
    "[a](..)",
];

const PAGES: &[&str] = &[
    "index",
    "a",
    "b/index",
    "b",
    "case-studies/a",
    "case-studies/index",
    "networks/a",
    "benchmarks/a",
    "standards/a",
    "pathways/a",
    "events/a",
    "sessions/a",
    "terms-of-reference/a",
    "é",
    "themes/index",
];

fn field() -> impl Strategy<Value = String> {
    let names: Vec<&str> = NAMES.split(' ').collect();
    let values = prop_oneof![3 => select(VALUES).prop_map(str::to_string), 1 => "\\PC{0,20}"];
    (select(names), values).prop_map(|(name, value)| format!("{name}: {value}\n"))
}

fn file() -> impl Strategy<Value = String> {
    let opening = select(vec!["---\n", "---\n", "---\n", "---\r\n", "\u{feff}---\n", "", "+++\n", "--- \n"]);
    let closing = select(vec!["---\n", "---\n", "---\n", "---\r\n", "...\n", "", "---"]);
    let piece = prop_oneof![3 => select(PIECES).prop_map(str::to_string), 1 => "\\PC{0,12}"];
    let body = prop::collection::vec(piece, 0..12);
    (opening, prop::collection::vec(field(), 0..8), closing, body).prop_map(
        |(opening, fields, closing, body)| format!("{opening}{}{closing}{}", fields.concat(), body.concat()),
    )
}

/// Every place lies in the file, between whole characters, and the words are a sentence's part.
fn check(text: &str, problem: &Diagnostic) {
    for place in problem.span.iter().chain(problem.labels.iter().map(|label| &label.span)) {
        assert!(text.get(place.start as usize..place.end as usize).is_some(), "{problem:?}\n{text:?}");
    }
    assert!(!problem.message.is_empty() && problem.help.as_deref() != Some(""), "{problem:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_page_is_parsed(text in file(), name in select(PAGES), safe_html in any::<bool>()) {
        let path = SitePath::new(&format!("content/{name}.md"));
        let (page, problems) = parse(&path, &text, Context { safe_html, ..Context::default() });
        for problem in &problems {
            check(&text, problem);
        }
        prop_assert!(page.address.is_empty() || page.address.ends_with('/'));
        prop_assert_eq!(problems, parse(&path, &text, Context { safe_html, ..Context::default() }).1);
    }

    #[test]
    fn any_text_is_parsed(text in "\\PC{0,200}") {
        let text = format!("---\n{text}\n---\n{text}");
        let (_, problems) = parse(&SitePath::new("content/a.md"), &text, Context { safe_html: true, ..Context::default() });
        for problem in &problems {
            check(&text, problem);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_site_is_assembled(
        pages in prop::collection::vec((select(PAGES), file()), 1..6),
        config in prop::collection::vec(field(), 0..3),
        register in "(ods|name|RM1|RM2|,|\n|\"|é|fictional|true){0,20}",
        data in "(period|organisation|value|RM1|,|\n|\"|1|2024){0,20}",
        drafts in any::<bool>(),
    ) {
        let mut world = MemoryWorld::new("2026-06-01T00:00:00Z".parse().unwrap())
            .with("netsite.yaml", format!("title: T\n{}", config.concat()))
            .with("content/organisations.csv", register)
            .with("content/benchmarks/data.csv", data);
        for (name, text) in pages {
            world = world.with(&format!("content/{name}.md"), text);
        }
        let options = Options { base_url: None, drafts };
        let problems = || {
            let progress = Progress::default();
            let assembled = build::assemble(&world, &options, Layouts::default(), &progress).unwrap();
            let mut problems = assembled.problems;
            let (images, image_problems) = build::images(&world, &NoStore, &assembled.site, &progress);
            problems.extend(image_problems);
            if let Some(theme) = &assembled.theme {
                problems.extend(build::address_problems(&assembled.site, theme, &images));
            }
            problems
        };
        let found = problems();
        for problem in found.found().iter().filter(|problem| problem.span.is_some()) {
            let bytes = world.read(problem.path.as_ref().unwrap()).unwrap();
            check(&String::from_utf8(bytes).unwrap(), problem);
        }
        prop_assert_eq!(
            found.verdict(&world, None, Coverage::Part),
            problems().verdict(&world, None, Coverage::Part)
        );
    }
}

/// A world in which one file is listed and cannot be read, as when it is taken away in the middle of a build.
struct Withheld(MemoryWorld);

const WITHHELD: &str = "content/lost.md";

impl World for Withheld {
    fn list(&self, folder: &SitePath) -> Listing {
        self.0.list(folder)
    }

    fn read(&self, path: &SitePath) -> Result<Vec<u8>, ReadError> {
        if path.as_str() == WITHHELD {
            return Err(ReadError {
                path: path.clone(),
                source: std::io::ErrorKind::PermissionDenied.into(),
            });
        }
        self.0.read(path)
    }

    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

#[test]
fn a_file_that_cannot_be_read_is_an_error_in_that_file() {
    let world =
        MemoryWorld::new(Timestamp::UNIX_EPOCH).with("netsite.yaml", "title: A\n").with(WITHHELD, "x");
    let assembled =
        build::assemble(&Withheld(world), &Options::default(), Layouts::default(), &Progress::default())
            .unwrap();
    let found: Vec<(&str, bool, Option<&str>)> = assembled
        .problems
        .found()
        .iter()
        .map(|problem| (problem.code, problem.is_error(), problem.path.as_ref().map(SitePath::as_str)))
        .collect();
    assert_eq!(found, [("unreadable", true, Some(WITHHELD))]);
}
