//! What leaves the site on paper or as a file of its own: hand-outs, posters, the printed document, drafts to be signed off.

use std::collections::BTreeSet;
use std::io::Read as _;

use netsite::build::{self, Assembled, NoStore, Options, Progress};
use netsite::disk::DiskWorld;
use netsite::pathway::layout::Layouts;
use netsite::render::{Print, SignOff};
use netsite::site::{PageIndex, Site};

use super::harness::{Run, TestSite, case_study, command, page, png};

const DAY: jiff::civil::Date = jiff::civil::Date::constant(2026, 11, 22);

/// What a scanner reads from the code of a page.
fn scanned(html: &str) -> String {
    let svg = html.split_once("<svg class=\"qr\"").unwrap().1;
    let between = |from: &str, to: &str| svg.split_once(from).unwrap().1.split_once(to).unwrap().0;
    let side: usize = between("width=\"", "\"").parse().unwrap();
    let mut is_dark = vec![false; side * side];
    let (mut x, mut y) = (0, 0);
    let mut rest = between(" d=\"", "\"");
    while let Some(command) = rest.chars().next() {
        let end = rest[1..].find(['M', 'm', 'h']).map_or(rest.len(), |at| at + 1);
        let (first, second) = rest[1..end].split_once(' ').unwrap_or((&rest[1..end], ""));
        let first: usize = first.parse().unwrap();
        match command {
            'M' => (x, y) = (first, second.trim_end_matches(".5").parse().unwrap()),
            'm' => x += first,
            _ => {
                is_dark[y * side + x..][..first].fill(true);
                x += first;
            }
        }
        rest = &rest[end..];
    }
    let mut picture = rqrr::PreparedImage::prepare_from_greyscale(side * 4, side * 4, |x, y| {
        if is_dark[(y / 4) * side + x / 4] { 0 } else { 255 }
    });
    picture.detect_grids()[0].decode().unwrap().1
}

fn long_case() -> String {
    let sentence =
        "Each of the trusts counted its own reports, week by week, and nobody could see the whole. ";
    let body = format!(
        "## Problem\n\n{0}\n\n## Solution\n\n- First point.\n- Second point.\n\n{0}\n\n## Output\n\n{0}\n\n## Next steps\n\nCount again.\n",
        sentence.repeat(30)
    );
    let fields = "network: example\nperiod: 2025\nstage: pilot\ncontact: team@test.example\nmeasures:\n  - metric: Reports within a day\n    baseline: 1200\n    result: 1\n    unit: days\n";
    page("Counting together", fields, &body)
}

#[test]
fn a_site_may_do_without_hand_outs() {
    let site = TestSite::new()
        .network()
        .file("netsite.yaml", "title: Test site\nhand_outs: false\n")
        .file("content/case-studies/one.md", case_study("One", ""));
    site.build().clean();
    assert!(!site.publishes("case-studies/one/hand-out/index.html"));
    assert!(!site.output("case-studies/one/index.html").contains("hand-out"));
}

#[test]
fn a_case_study_has_a_page_to_print_that_leads_back_by_a_code() {
    let site = TestSite::new().network().file("content/case-studies/long.md", long_case());
    site.build().clean();
    let sheet = site.output("case-studies/long/hand-out/index.html");
    assert_eq!(scanned(&sheet), "https://test.example/case-studies/long/");
    assert!(sheet.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(sheet.contains("<link rel=\"canonical\" href=\"https://test.example/case-studies/long/\">"));
    assert!(sheet.contains("<b>1,200 days</b>") && sheet.contains("<b>1 day</b>"), "{sheet}");
    // Short sections are whole; long ones end with a sentence.
    assert!(sheet.contains("Count again.</p>") && sheet.contains("First point.</p>"));
    assert!(
        sheet.contains("nobody could see the whole. <span class=\"more\" title=\"Shortened\">[…]</span>")
    );
    assert!(sheet.contains("Read more at</b> <a href=\"https://test.example/case-studies/long/\">"));
    // It is linked from its page and stands in no list of pages.
    assert!(
        site.output("case-studies/long/index.html")
            .contains("<a href=\"../../case-studies/long/hand-out/\">One page to print</a>")
    );
    let elsewhere: Vec<String> = site
        .outputs()
        .into_iter()
        .filter(|(path, bytes)| {
            !path.starts_with("case-studies/long/") && String::from_utf8_lossy(bytes).contains("/hand-out")
        })
        .map(|(path, _)| path)
        .collect();
    assert_eq!(elsewhere, [".netsite-manifest"]);
}

#[test]
fn a_short_case_study_is_told_whole() {
    let site = TestSite::new().network().case_study("short", "");
    site.build().clean();
    let sheet = site.output("case-studies/short/hand-out/index.html");
    assert!(!sheet.contains("[…]") && sheet.contains("Read it with its sources at"), "{sheet}");
}

#[test]
fn without_an_address_of_the_site_there_is_no_code() {
    let site = TestSite::new().file("netsite.yaml", "title: Test site\n").network().case_study("a", "");
    site.build().clean();
    assert!(!site.output("case-studies/a/hand-out/index.html").contains("<svg"));
}

#[test]
fn no_supplier_is_named_on_paper_while_a_purchase_is_live() {
    let site =
        TestSite::new().network().case_study("a", "procurement: live\nexiting_supplier: Secret Systems\n");
    site.build().clean();
    assert!(!site.output("case-studies/a/hand-out/index.html").contains("Secret"));
}

#[test]
fn a_page_cannot_stand_where_the_sheet_of_another_is() {
    let site = TestSite::new()
        .network()
        .case_study("a", "")
        .file("content/case-studies/a/hand-out.md", case_study("Mine", ""));
    let problem = site.build().only_problem();
    assert_eq!(
        (problem.code.as_str(), problem.path.as_str()),
        ("colliding-address", "content/case-studies/a/hand-out.md")
    );
    assert!(problem.message.contains("the hand-out of a case study"), "{}", problem.message);
}

fn event(session_count: usize) -> TestSite {
    let fields = "starts: 2026-04-15 09:30\nends: 2026-04-15 16:30\ntimezone: Europe/London\nvenue: Example Hall, Leeds\naccess: [step-free, BSL]\nbooking_url: https://book.example/\ncapacity: 200\n";
    let mut site =
        TestSite::new().file("content/events/day.md", page("Sharing day", fields, "## About\n\nA day.\n"));
    for number in 0..session_count {
        let (hour, room) = (9 + number / 4, number % 4 + 1);
        let fields = format!(
            "event: day\nstart: 2026-04-15 {hour}:00\nend: 2026-04-15 {hour}:45\nroom: Room {room}\nspeakers: []\n"
        );
        site = site.file(
            &format!("content/sessions/s{number}.md"),
            page(&format!("Talk {number}"), &fields, "## About\n\nA talk.\n"),
        );
    }
    site
}

#[test]
fn an_event_has_a_poster() {
    let site = event(5);
    assert_eq!(site.build_with(&["--as-of", "2026-04-01"]).code, 0);
    let poster = site.output("events/day/poster/index.html");
    assert_eq!(scanned(&poster), "https://test.example/events/day/");
    for words in [
        "Wednesday 15 April 2026, 9:30am to 4:30pm",
        "Example Hall, Leeds",
        "Step-free access, British Sign Language",
        "Book: 200 places",
        "https://book.example/",
        "Talk 0",
        "Talk 4",
    ] {
        assert!(poster.contains(words), "{words}: {poster}");
    }
    assert!(site.output("events/day/index.html").contains("Poster to print"));
    // Nobody can book once it is over.
    assert_eq!(site.build_with(&["--as-of", "2026-05-01"]).code, 0);
    let later = site.output("events/day/poster/index.html");
    assert!(!later.contains("book.example") && later.contains("What came of it"));
}

#[test]
fn a_poster_says_how_many_sessions_it_leaves_out() {
    let site = event(40);
    assert_eq!(site.build_with(&["--as-of", "2026-04-01"]).code, 0);
    let poster = site.output("events/day/poster/index.html");
    let named = (0..40).filter(|number| poster.contains(&format!("<p>Talk {number}</p>"))).count();
    let more: usize =
        poster.split_once("and ").unwrap().1.split_once(" more sessions").unwrap().0.parse().unwrap();
    assert!(named >= 8, "{poster}");
    assert_eq!(named + more, 40);
}

#[test]
fn a_poster_names_no_session_that_is_cancelled_and_breaks_no_word_of_its_address() {
    let mut site = event(5);
    let file = site.path("content/sessions/s2.md");
    let text = std::fs::read_to_string(file)
        .unwrap()
        .replace("room: Room 3\n", "room: Room 3\ncancelled: Snow\nbooking_url: https://s.example/\n");
    site = site.file("content/sessions/s2.md", text);
    assert_eq!(site.build_with(&["--as-of", "2026-04-01"]).code, 0);
    let poster = site.output("events/day/poster/index.html");
    assert!(!poster.contains("Talk 2") && poster.contains("Talk 3"), "{poster}");
    assert!(poster.contains("https://test.example/<wbr>events/<wbr>day/"), "{poster}");
    // Whoever reads the programme must learn of it, and cannot book.
    for file in ["events/day/index.html", "sessions/s2/index.html"] {
        let html = site.output(file);
        assert!(
            html.contains("Talk 2") && html.contains("Cancelled") && !html.contains("s.example"),
            "{html}"
        );
    }
}

fn assembled(site: &TestSite, drafts: bool) -> (DiskWorld, Assembled) {
    let world = DiskWorld::new(site.path(""), "2026-11-22T09:00:00Z".parse().unwrap());
    let options = Options { base_url: None, drafts };
    let made = build::assemble(&world, &options, Layouts::default(), &Progress::default()).unwrap();
    (world, made)
}

fn printed(site: &TestSite, select: &dyn Fn(&Site, PageIndex) -> bool) -> String {
    let (world, Assembled { site, theme, .. }) = assembled(site, false);
    let (images, _) = build::images(&world, &NoStore, &site, &Progress::default());
    let selection: Vec<PageIndex> = (0..site.pages.len()).filter(|page| select(&site, *page)).collect();
    let print = Print { title: "All of it", about: "Everything", day: DAY, selection: &selection };
    let made = build::printed(&site, theme.unwrap(), &images, &print).0;
    String::from_utf8(made.unwrap()).unwrap()
}

fn small_site() -> TestSite {
    TestSite::new()
        .network()
        .file("content/case-studies/a.md", case_study("First", "").replace("A.", "See [the second](b.md), [again](b.md#output), [about](../about.md) and [more](https://x.example/y).\n\n![A scan](scan.png)\n\n### Detail\n\nText."))
        .file("content/case-studies/scan.png", png())
        .case_study("b", "")
        .page("about", "", "Us.")
        .file("content/later.md", "---\ntitle: Secret plan\nstatus: draft\n---\n\nText.\n")
}

fn attributes<'h>(html: &'h str, name: &str) -> Vec<&'h str> {
    let mark = format!(" {name}=\"");
    html.match_indices(&mark).map(|(at, _)| html[at + mark.len()..].split('"').next().unwrap()).collect()
}

#[test]
fn a_printed_document_refers_to_its_sections_and_needs_nothing_else() {
    let site = small_site();
    let html = printed(&site, &|site, page| site.pages[page].parsed.kind.name == "case-study");
    assert!(html.contains("<a href=\"#s2\">the second</a><span class=\"see\"> (section 2<span class=\"on-page\" data-of=\"s2\"></span>)</span>"), "{html}");
    assert!(html.contains("<a href=\"#s2\">again</a>, "), "named once is enough");
    // What is not inside is found on the website, by the addresses below.
    assert!(
        html.contains("<li>https://test.example/about/</li>")
            && html.contains("<li>https://x.example/y</li>")
    );
    assert!(html.contains("<h3 ") || html.contains("<h3>"));
    assert!(html.contains("<span class=\"number\">1</span> First</h3>"));
    assert!(html.contains("src=\"data:image/png;base64,"));
    assert!(html.contains("2 case studies"));
    assert!(html.contains("22 November 2026"));
    let ids = attributes(&html, "id");
    assert_eq!(ids.iter().collect::<BTreeSet<_>>().len(), ids.len(), "{ids:?}");
    for href in attributes(&html, "href").iter().filter(|href| href.starts_with('#')) {
        assert!(ids.contains(&&href[1..]), "{href} leads nowhere");
    }
    for source in attributes(&html, "src") {
        assert!(source.starts_with("data:"), "{source}");
    }
    assert_eq!(html.matches("<script>").count(), 1);
    assert!(!html.contains("<link") && !html.contains(" style=\""));
    let levels: Vec<u32> = html
        .match_indices("<h")
        .filter_map(|(at, _)| {
            html.as_bytes()
                .get(at + 2)
                .filter(|level| level.is_ascii_digit())
                .map(|level| u32::from(level - b'0'))
        })
        .collect();
    assert_eq!(levels.iter().filter(|level| **level == 1).count(), 1);
    assert!(levels.windows(2).all(|pair| pair[1] <= pair[0] + 1), "{levels:?}");
}

#[test]
fn a_printed_document_is_the_same_each_time_and_holds_no_draft() {
    let site = small_site();
    let all = printed(&site, &|_, _| true);
    assert_eq!(all, printed(&site, &|_, _| true));
    assert!(!all.contains("Secret plan"));
}

fn draft_site() -> TestSite {
    TestSite::new().network().file("content/case-studies/scan.png", png()).file(
        "content/case-studies/new.md",
        "---\ntitle: \"New: reports\"\nstatus: draft\nnetwork: example\nowner: team@test.example\n---\n\n## Problem\n\nToo *many*, see [the network](../networks/example.md).\n\n![A scan](scan.png)\n\n## Solution\n\nLess.\n",
    )
}

fn page_named(site: &Site, title: &str) -> PageIndex {
    site.pages.iter().position(|page| page.parsed.title == title).unwrap()
}

#[test]
fn a_draft_can_be_approved_from_one_file() {
    let folder = draft_site();
    let (world, Assembled { site, theme, problems, .. }) = assembled(&folder, true);
    let (images, _) = build::images(&world, &NoStore, &site, &Progress::default());
    let asked = SignOff { page: page_named(&site, "New: reports"), problems: problems.found(), day: DAY };
    let html = String::from_utf8(build::signoff(&site, theme.unwrap(), &images, &asked).0.unwrap()).unwrap();
    for words in [
        "Draft for approval: not published",
        "The section “Output” is not written yet.",
        "Summary is not given yet: ",
        "netsite approve \"content/case-studies/new.md\" --role",
        "role: Your role, such as Director of imaging\n  date: 2026-11-22",
        "mailto:team@test.example?subject=Approved%3A%20New%3A%20reports",
        "Too <em>many</em>",
        "href=\"https://test.example/networks/example/\"",
        "src=\"data:image/png;base64,",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("<script") && !html.contains("<link"));
    assert_eq!(html.matches("<h1").count(), 1);

    let document = build::signoff_word(&world, &site, &asked).unwrap();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(document)).unwrap();
    let mut text = String::new();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut text).unwrap();
    for words in ["Draft for approval: not published", "New: reports", "Less.", "Approval", "approved_by:"] {
        assert!(text.contains(words), "{words}: {text}");
    }
}

fn approve(site: &TestSite, arguments: &[&str]) -> Run {
    let file = site.path("content/case-studies/new.md");
    let root = site.path("");
    let mut command = command();
    command.args(["approve", file.to_str().unwrap(), "--root", root.to_str().unwrap()]).args(arguments);
    Run::of(&command.output().unwrap())
}

#[test]
fn an_approval_goes_back_into_the_file() {
    let site = draft_site();
    let before = std::fs::read_to_string(site.path("content/case-studies/new.md")).unwrap();
    let run = approve(&site, &["--role", "Director of imaging", "--date", "21 November 2026"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(
        run.stderr.contains("approved by Director of imaging, 21 November 2026. Nothing else was changed.")
    );
    let after = std::fs::read_to_string(site.path("content/case-studies/new.md")).unwrap();
    let lines = "approved_by:\n  role: Director of imaging\n  date: 2026-11-21\n";
    assert_eq!(after, before.replacen("---\n\n##", &format!("{lines}---\n\n##"), 1));

    let again = approve(&site, &["--role", "Chair"]);
    assert_eq!(again.code, 2);
    assert!(
        again.stderr.contains("is approved already: Director of imaging, 21 November 2026"),
        "{}",
        again.stderr
    );
    assert_eq!(approve(&site, &["--role", "Chair", "--date", "2026-11-22", "--replace"]).code, 0);
    assert!(
        std::fs::read_to_string(site.path("content/case-studies/new.md"))
            .unwrap()
            .contains("role: Chair\n  date: 2026-11-22\n")
    );
}

#[test]
fn what_cannot_be_approved_stays_as_it_is() {
    let site = draft_site();
    for (text, words) in [
        ("---\ntitle: A: b\n---\n".as_bytes(), "has to be mended first"),
        (b"---\ntitle: \xff\n---\n", "is not UTF-8"),
    ] {
        site.write("content/case-studies/new.md", text);
        let run = approve(&site, &["--role", "Chair"]);
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(words), "{}", run.stderr);
        assert_eq!(std::fs::read(site.path("content/case-studies/new.md")).unwrap(), text);
    }
    let run = approve(&site, &["--role", " "]);
    assert!(run.code == 2 && run.stderr.contains("--role does not say a role"), "{}", run.stderr);
    let other = super::harness::netsite(&[
        "approve",
        "--root",
        site.path("").to_str().unwrap(),
        "--role",
        "Chair",
        site.path("netsite.yaml").to_str().unwrap(),
    ]);
    assert!(other.code == 2 && other.stderr.contains("it is no page of this site"), "{}", other.stderr);
}
