//! What is advised: of little sites in memory, and of the real content, where it is nothing, so that advice is not
//! something that people learn to pass over.

use std::path::Path;

use jiff::Timestamp;

use netsite::build::{self, Options, Progress};
use netsite::check::{RULES, advice};
use netsite::diagnostic::Located;
use netsite::disk::DiskWorld;
use netsite::pathway::layout::Layouts;
use netsite::source::{MemoryWorld, World};
use netsite::verdict::Coverage;

/// A site with a published page `about` of this text, which the menu leads to.
fn site_of(body: &str) -> MemoryWorld {
    world("").with("content/about.md", page("About us", "", body))
}

fn world(config: &str) -> MemoryWorld {
    let now: Timestamp = "2026-06-01T12:00:00Z".parse().unwrap();
    let navigation = "navigation:\n  - title: About\n    link: about.md\n";
    MemoryWorld::new(now).with("netsite.yaml", format!("title: Test site\n{navigation}{config}"))
}

fn page(title: &str, more: &str, body: &str) -> String {
    format!(
        "---\ntitle: {title}\nsummary: What it is about.\nstatus: published\nowner: team@test.example\nlast_reviewed: 2026-01-05\nreview_by: 2030-01-05\n{more}---\n\n{body}"
    )
}

fn found(world: &MemoryWorld) -> Vec<Located> {
    let progress = Progress::default();
    let assembled = build::assemble(world, &Options::default(), Layouts::default(), &progress).unwrap();
    let theme = assembled.theme.expect("the theme has no errors");
    let problems = advice(&assembled.site, &theme, world as &dyn World);
    assembled.problems.replaced(problems).verdict(world, Some(&theme), Coverage::Part).problems
}

/// `code line:column` and the help, for each message.
fn told(world: &MemoryWorld) -> Vec<String> {
    let told =
        |one: Located| format!("{} {}:{} {}", one.code, one.line, one.column, one.help.unwrap_or_default());
    found(world).into_iter().map(told).collect()
}

#[track_caller]
fn says(body: &str, wanted: &[&str]) {
    assert_eq!(told(&site_of(body)), wanted, "{body}");
}

const BODY_LINE: usize = 10;

#[test]
fn the_text_begins_where_these_tests_say() {
    let text = page("T", "", "Body\n");
    assert_eq!(text.lines().position(|line| line == "Body").unwrap() + 1, BODY_LINE);
}

#[test]
fn dates_are_as_the_nhs_writes_them() {
    says("On 2018-08-06 it began.\n", &["date-style 10:4 write 6 August 2018"]);
    says(
        "On 6th August 2018 and the 3rd of May.\n",
        &["date-style 10:4 write 6 August 2018", "date-style 10:28 write 3 May"],
    );
    says("On August 6, 2018 it began.\n", &["date-style 10:4 write 6 August 2018"]);
    says(
        "On 06/08/2018.\n",
        &["date-style 10:4 write it as 6 August 2018, so that the day is not taken for the month"],
    );
    says("On 6 August 2018, in 2016/17, in May 20 people, 1/2 and IN-301-2.\n\n`2018-08-06`\n", &[]);
}

#[test]
fn ranges_have_words_and_codes_have_hyphens() {
    says(
        "From 10–20 sites, 2016-2018 and £5–£10.\n",
        &[
            "range-dash 10:6 write 10 to 20",
            "range-dash 10:19 write 2016 to 2018",
            "range-dash 10:33 write £5 to £10",
        ],
    );
    says("Write \"9 to 5\", not \"9-5\", and not “e.g.” or '06/08/2018'.\n", &[]);
    says("Open Monday–Friday.\n", &["range-dash 10:6 write Monday to Friday"]);
    says("Call 020-7946-0000 for IN-301, ISBN 978-0-11, 2016-17/18 or 3-3-4.\n", &[]);
    says("A well-known, long–lasting thing – in 2018 – and 20-1.\n", &[]);
}

#[test]
fn large_numbers_have_commas() {
    says(
        "It cost £134000 for 12500 scans and £1500.\n",
        &[
            "large-number 10:10 write 134,000",
            "large-number 10:21 write 12,500",
            "large-number 10:38 write 1,500",
        ],
    );
    says("In 2018, 1500 scans, 12,500 more, 07700 900123, order 12345 and 020 7946 00000.\n", &[]);
}

#[test]
fn words_that_many_do_not_know_are_told_of() {
    says(
        "Some, e.g. CT, i.e. scans, eg this, etc.\n",
        &[
            "latin-abbreviation 10:7 write for example",
            "unknown-abbreviation 10:12 write it out where the page first uses it, such as what it means (CT), or add CT and its meaning under glossary in netsite.yaml",
            "latin-abbreviation 10:16 write that is",
            "latin-abbreviation 10:28 write for example",
            "latin-abbreviation 10:37 write and so on, or all that is meant",
        ],
    );
    says(
        "It is 15 per cent or 3 percent, a few per cent.\n",
        &["per-cent 10:7 write 15%", "per-cent 10:22 write 3%"],
    );
    says("> They said 15 per cent, e.g. here.\n", &[]);
}

#[test]
fn an_abbreviation_is_told_of_once_for_all_pages() {
    let many = site_of("An ABC and the ABC.\n").with("content/about/x.md", page("More", "", "ABC again.\n"));
    let all = found(&many);
    assert_eq!(all.len(), 1, "{all:#?}");
    assert!(all[0].message.ends_with("(so on 1 other page)"), "{}", all[0].message);
    assert_eq!(all[0].path, "content/about.md");
    says("A multidisciplinary team (MDT) and MDTs, IN-301, Part II, the NHS in `XYZ`, SHOUTED ABC.\n", &[]);
    let known =
        world("glossary: { ABC: a better choice }\n").with("content/about.md", page("A", "", "ABCs.\n"));
    assert_eq!(told(&known), Vec::<String>::new());
}

#[test]
fn headings_are_in_sentence_case_and_names_keep_their_capitals() {
    says(
        "## What We Would Do Differently\n\nA.\n",
        &["heading-capitals 10:4 write What we would do differently, with capitals for names only"],
    );
    says("## What we learned in Bath\n\nA.\n\n## Next steps\n\nB.\n", &[]);
    let named =
        site_of("## Members of Northern Example Alliance\n\nA.\n\n## Northern Example Alliance\n\nB.\n")
            .with("content/organisations.csv", "ods,name\nZZ1,Northern Example Alliance\n");
    assert_eq!(told(&named), Vec::<String>::new());
}

#[test]
fn links_and_images_say_what_is_there() {
    says(
        "See https://example.org/a and [www.example.org](https://www.example.org).\n",
        &[
            "bare-address 10:5 say what is there: `[what it opens](the address)`",
            "bare-address 10:49 say what is there: `[what it opens](the address)`",
        ],
    );
    let image = "\u{89}PNG";
    let site = site_of("![Image of a scanner](a.png)\n").with("content/a.png", image);
    assert_eq!(told(&site), ["alt-names-medium 10:23 begin with what it shows"]);
}

#[test]
fn a_page_that_nothing_leads_to_is_an_orphan() {
    let alone = page("Alone", "", "[The other](b.md)\n");
    let other = page("Other", "", "[Back](a.md)\n");
    let site = site_of("Text.\n").with("content/a.md", &*alone).with("content/b.md", &*other);
    let lost: Vec<String> =
        found(&site).into_iter().map(|one| format!("{} {}", one.code, one.path)).collect();
    assert_eq!(lost, ["orphan-page content/a.md", "orphan-page content/b.md"]);
    let linked = site.with("content/about.md", page("About us", "", "[It](a.md)\n"));
    assert_eq!(told(&linked), Vec::<String>::new());
}

#[test]
fn two_lessons_of_one_title_are_told_apart_by_nobody() {
    let lesson = |title: &str| page(title, "audience: [Boards]\nthemes: [Workforce]\n", "## A\n\nA.\n");
    let site = site_of("Text.\n")
        .with("content/lessons/a.md", lesson("What we learned"))
        .with("content/lessons/b.md", lesson("What we  Learned"))
        .with("content/lessons/c.md", lesson("What they learned"));
    let found: Vec<String> =
        found(&site).into_iter().map(|one| format!("{} {}:{}", one.code, one.path, one.line)).collect();
    assert_eq!(found, ["duplicate-title content/lessons/b.md:2"]);
}

#[test]
fn long_sentences_italics_and_titles_are_told_of() {
    let sentence = vec!["word"; 40].join(" ");
    says(&format!("Short one. A {sentence}.\n"), &["long-sentence 10:12 make two sentences or a list of it"]);
    let italics = format!("*{}*.\n", vec!["word"; 13].join(" "));
    assert!(told(&site_of(&italics))[0].starts_with("long-italics 10:1 "));
    let title = "A title that goes on and on until no list of results can show all of it";
    let long = world("").with("content/about.md", page(title, "", "A.\n"));
    assert!(told(&long)[0].starts_with("long-title 2:8 "), "{:?}", told(&long));
}

#[test]
fn colours_of_a_theme_that_cannot_be_read_are_told_of() {
    let theme = "colours:\n  - name: link\n    about: Links\n    light: \"#99bbff\"\n    dark: \"#84bdf5\"\n    on: [ground]\n";
    let site = world("theme: ours\n")
        .with("themes/ours/theme.yaml", theme)
        .with("content/about.md", page("About", "", "A.\n"));
    let all = found(&site);
    assert_eq!(all.len(), 1, "{all:#?}");
    assert_eq!(
        (all[0].code.as_str(), all[0].path.as_str(), all[0].line),
        ("theme-contrast", "themes/ours/theme.yaml", 2)
    );
}

#[test]
fn welsh_pages_are_not_read_as_english() {
    let welsh = world("").with("content/about.md", page("A", "lang: cy\n", "Yr ABC, e.g. 15 per cent.\n"));
    assert_eq!(told(&welsh), Vec::<String>::new());
}

#[test]
fn the_real_content_reads_as_the_rules_ask() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).to_path_buf();
    let world = DiskWorld::new(root, "2026-11-22T12:00:00Z".parse().unwrap());
    let assembled =
        build::assemble(&world, &Options::default(), Layouts::default(), &Progress::default()).unwrap();
    let theme = assembled.theme.unwrap();
    let problems = advice(&assembled.site, &theme, &world);
    let found = assembled.problems.replaced(problems).verdict(&world, Some(&theme), Coverage::Part).problems;
    let told: Vec<String> = found
        .iter()
        .map(|one| {
            let help = one.help.as_deref().unwrap_or("");
            format!("{}:{}:{} {} {} – {help}", one.path, one.line, one.column, one.code, one.message)
        })
        .collect();
    assert!(told.is_empty(), "{}", told.join("\n"));
}

#[test]
fn every_rule_has_a_code_of_its_own_in_order() {
    let codes: Vec<&str> = RULES.iter().map(|rule| rule.code).collect();
    assert!(codes.is_sorted_by(|a, b| a < b), "{codes:?}");
}

proptest::proptest! {
    #![proptest_config(proptest::prelude::ProptestConfig { cases: 64, failure_persistence: None, ..Default::default() })]

    /// Whatever a page holds, places lie in its file and on its characters, and nothing panics.
    #[test]
    fn any_text_is_taken(body in "[-–—A-Za-zé0-9 .,/%£*_\\[\\]()>#`&;!|\n]{0,400}") {
        let text = page("T", "", &body);
        let site = world("").with("content/about.md", &*text);
        let progress = Progress::default();
        let assembled = build::assemble(&site, &Options::default(), Layouts::default(), &progress).unwrap();
        let theme = assembled.theme.expect("the theme has no errors");
        for problem in advice(&assembled.site, &theme, &site) {
            if let Some(span) = problem.span {
                proptest::prop_assert!(text.get(span.start as usize..span.end as usize).is_some());
            }
        }
    }
}
