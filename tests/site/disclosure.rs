//! Small numbers of people: what a public repository may hold, what readers never see, and what those who answer for
//! a publication get in writing.

use std::fs;

use serde_json::Value;

use super::benchmarks::benchmark;
use super::harness::{TestSite, files, netsite};
use super::suppress::suppress;

/// Raw figures of patients. The small ones and those that would give them away stand nowhere else: as text, as parts of
/// a longer number, or rounded.
pub(crate) const RAW: &str = "period,organisation,value,numerator,denominator\n\
    2024-04,XA11,0.0278,6,21583\n\
    2024-04,XB22,46.6837,19046,40798\n\
    2024-04,XC33,73.7865,30417,41223\n\
    2024-04,XD44,60.0000,3,5\n\
    2024-04,Total,47.7487,49472,103609\n\
    2024-05,XA11,46.9804,10214,21741\n\
    2024-05,XB22,47.0613,19209,40817\n\
    2024-05,XC33,73.9110,30611,41416\n\
    2024-05,XD44,54.5455,12,22\n\
    2024-05,Total,57.7388,60046,103996\n";

/// Figures of the file that nobody may see: rates that rest on few, what they rest on, and exact numbers that are
/// rounded.
pub(crate) const SECRET: [&str; 38] = [
    "0.0278", "21583", "21,583", "46.6837", "19046", "19,046", "40798", "40,798", "73.7865", "30417",
    "30,417", "41223", "41,223", "47.7487", "49472", "49,472", "103609", "103,609", "46.9804", "10214",
    "10,214", "21741", "21,741", "47.0613", "19209", "19,209", "40817", "40,817", "73.9110", "30611",
    "30,611", "41416", "41,416", "57.7388", "60046", "60,046", "103996", "103,996",
];

const PRIVATE: &str = "title: Test site\nbase_url: https://test.example/\nrepository: private\n";

pub(crate) fn patients(fields: &str) -> String {
    benchmark("Scans", "%", &format!("direction: higher\ncounts: patients\nlevel: sub-national\n{fields}"))
}

/// A site in a public repository with these figures of patients.
pub(crate) fn site_of(data: &str) -> TestSite {
    TestSite::new()
        .file("content/organisations.csv", "ods,name\nXA11,Alder\nXB22,Birch\nXC33,Cedar\nXD44,Dogwood\n")
        .file("content/benchmarks/scans/index.md", patients(""))
        .file("content/benchmarks/scans/data.csv", data)
        .page("about", "", "> [!EMBED]\n>\n> [Scans](benchmarks/scans/index.md)\n")
}

/// Whether a number stands in a text by itself, not as a part of a longer one, a date or a coordinate's decimals.
pub(crate) fn has_number(text: &str, number: &str) -> bool {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | ',' | '-' | '_' | '#');
    text.match_indices(number).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let mut after = text[at + number.len()..].chars();
        let next = after.next();
        let ends_sentence =
            matches!(next, Some('.' | ',')) && !after.next().is_some_and(|c| c.is_ascii_digit());
        !before.is_some_and(|c| is_part(c) && c != ',') && (!next.is_some_and(is_part) || ends_sentence)
    })
}

/// Published files that hold one of the secret figures, each with the figure.
fn leaks(site: &TestSite, secret: &[&str]) -> Vec<String> {
    let mut found = Vec::new();
    for (path, bytes) in files(&site.path("public")) {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        // Dates of Atom feeds and hashes of the manifest are no figures.
        if path == ".netsite-manifest" {
            continue;
        }
        for number in secret {
            if has_number(&text, number) {
                found.push(format!("{path}: {number}"));
            }
        }
    }
    found
}

#[test]
fn a_public_repository_may_hold_no_small_number_of_patients() {
    let site = site_of(RAW);
    let run = site.build();
    assert_eq!(run.code, 1);
    let problem = run.only_problem();
    assert_eq!((problem.code.as_str(), problem.line), ("small-number-committed", 2), "{problem:#?}");
    assert_eq!(problem.path, "content/benchmarks/scans/data.csv");
    assert!(
        problem.message.starts_with("row 2, column `numerator` has a number so small"),
        "{}",
        problem.message
    );
    assert!(
        problem.help.contains(
            "netsite suppress RAW.csv --rule patients --unit \"%\" --output content/benchmarks/scans/data.csv"
        ),
        "{}",
        problem.help
    );
    assert!(!site.publishes("index.html"));
}

#[test]
fn no_message_shows_a_line_of_small_numbers() {
    let broken = RAW
        .replace("2024-05,XB22", "soon,XB22")
        .replace("0.0278,6,", "0.0278,6?,")
        .replace("60.0000,3,5", "61.5,3,5");
    for config in [PRIVATE, "title: Test site\n"] {
        let site = site_of(&broken).file("netsite.yaml", config);
        for format in ["human", "short", "json", "github"] {
            let root = site.path("");
            let run = netsite(&["build", "--root", root.to_str().unwrap(), "--format", format]);
            assert_eq!(run.code, 1, "{format}");
            let said = format!("{}{}", run.stdout, run.stderr);
            for secret in ["0.0278", "61.5", "60.0", "6?", "21583", "19209"] {
                assert!(!said.contains(secret), "{format} repeats {secret}:\n{said}");
            }
            assert!(said.contains("row 2, column `numerator`: `#?` is not a number"), "{format}: {said}");
        }
    }
}

#[test]
fn drafts_and_pages_under_embargo_disclose_what_is_committed_too() {
    let draft = patients("").replace("status: published", "status: draft");
    let waiting = patients("embargo_until: 2031-01-01 Europe/London\n");
    for text in [&draft, &waiting] {
        let site = site_of(RAW).file("content/benchmarks/scans/index.md", text).page("about", "", "");
        assert_eq!(site.build().only_problem().code, "small-number-committed");
        site.write("netsite.yaml", PRIVATE);
        assert_eq!(site.build().code, 0);
        assert!(!files(&site.path("public")).keys().any(|path| path.contains("scans")));
        assert_eq!(leaks(&site, &SECRET), Vec::<String>::new());
    }
    let broken = site_of(&RAW.replace("2024-05,XB22", "soon,XB22")).file("netsite.yaml", PRIVATE);
    let broken = broken.file("content/benchmarks/scans/index.md", &waiting).page("about", "", "");
    assert_eq!(broken.build().only_problem().code, "unreadable-period", "its data is checked before its day");
    assert!(!broken.publishes("index.html"));
}

#[test]
fn no_published_byte_holds_what_is_hidden() {
    let site = site_of(RAW).file("netsite.yaml", PRIVATE);
    let run = site.build();
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(leaks(&site, &SECRET), Vec::<String>::new());
    for (path, bytes) in files(&site.path("public")) {
        assert!(!String::from_utf8_lossy(&bytes).contains("2024-04,XA11"), "{path} is the raw file");
    }
    let csv = site.output("benchmarks/scans/data.csv");
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows.iter().any(|row| row.starts_with("2024-04,*,XA11,*,21585,")), "{csv}");
    assert!(rows.iter().any(|row| row.starts_with("2024-04,*,XD44,*,*,")), "{csv}");
    assert!(rows.iter().any(|row| row.starts_with("2024-04,46.6789,XB22,19045,40800,")), "{csv}");
    let total = rows.iter().find(|row| row.starts_with("2024-04,") && row.contains("Total")).unwrap();
    assert!(total.contains(",*") || total.contains("total of the figures shown"), "{csv}");
    let html = site.output("benchmarks/scans/index.html");
    assert!(html.contains("hidden, rests on 7 or fewer"), "hidden cells are read out");
    assert!(html.contains("Counts from 1 to 7 are hidden and others are rounded to the nearest 5."));
}

#[test]
fn hidden_counts_are_read_out() {
    let data = "period,organisation,value\n2024,XA11,6\n2024,XB22,21011\n2024,XC33,31009\n2024,Total,52026\n";
    let site = site_of(data).file("netsite.yaml", PRIVATE);
    site.write("content/benchmarks/scans/index.md", patients("").replace("unit: \"%\"", "unit: patients"));
    assert_eq!(site.build().code, 0);
    let html = site.output("benchmarks/scans/index.html");
    assert!(html.contains("<span aria-hidden=\"true\">*</span><span class=\"vh\">hidden, 1 to 7</span>"));
    assert!(html.contains("total of the figures shown"));
    assert_eq!(leaks(&site, &["52026", "52,026", "52025", "52,025", "21011", "31009"]), Vec::<String>::new());
    assert!(site.output("benchmarks/scans/data.csv").contains("2024,52020,Total"));
}

#[test]
fn one_round_does_not_reveal_what_another_hides() {
    let months = "period,value\n2024-04,3\n2024-05,31111\n2024-06,41212\n";
    let quarter = "period,value\nQ1 2024/25,72326\n";
    let text = |title: &str, fields: &str| {
        patients(fields)
            .replace("unit: \"%\"", "unit: patients")
            .replace("title: Scans", &format!("title: {title}"))
    };
    let pages = site_of(months)
        .file("netsite.yaml", PRIVATE)
        .file("content/benchmarks/scans/index.md", text("Scans", ""))
        .file("content/benchmarks/quarters/index.md", text("Quarters", "earlier: scans\n"))
        .file("content/benchmarks/quarters/data.csv", quarter);
    // Two pages that show one file are rounds of one benchmark too, though neither names the other.
    let shared = site_of(months)
        .file("netsite.yaml", PRIVATE)
        .file("content/benchmarks/scans/index.md", text("Scans", ""))
        .file(
            "content/benchmarks/quarters/index.md",
            text("Quarters", "").replace("data: data.csv", "data: [../scans/data.csv, data.csv]"),
        )
        .file("content/benchmarks/quarters/data.csv", quarter);
    for site in [&pages, &shared] {
        let run = site.build();
        assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
        assert_eq!(leaks(site, &["72326", "72,326", "72325", "72,325"]), Vec::<String>::new());
        assert!(site.output("benchmarks/scans/data.csv").contains("2024-04,*"));
    }
}

#[test]
fn a_network_does_not_reveal_its_only_small_member() {
    let data = "period,organisation,value\n2024,Example,33031\n2024,XD44,77\n2024,XA11,6\n2024,XC33,12015\n2024,XB22,21010\n";
    let network = |complete: &str| {
        let fields = format!(
            "name: Example network\nas_of: 2024\ncomplete: {complete}\nmembers:\n  - ods: XA11\n  - ods: XB22\n  - ods: XC33\n"
        );
        super::harness::page("Example", &fields, "## About\n\nA network.\n")
    };
    let site =
        site_of(data).file("netsite.yaml", PRIVATE).file("content/networks/example.md", network("true"));
    site.write("content/benchmarks/scans/index.md", patients("").replace("unit: \"%\"", "unit: patients"));
    // A network's name is known.
    site.build().clean();
    assert_eq!(leaks(&site, &["33031", "33,031", "33030", "33,030"]), Vec::<String>::new());
    assert!(site.output("benchmarks/scans/data.csv").contains("2024,*,XA11"));
}

#[test]
fn a_site_sets_its_own_rule() {
    let data = "period,organisation,value\n2024,XA11,9\n2024,XB22,13\n2024,XC33,312\n";
    let config =
        format!("{PRIVATE}disclosure:\n  patients: {{ hide_up_to: 10, round_to: 20, source: Our board }}\n");
    let site = site_of(data).file("netsite.yaml", config);
    site.write("content/benchmarks/scans/index.md", patients("").replace("unit: \"%\"", "unit: patients"));
    assert_eq!(site.build().code, 0);
    let csv = site.output("benchmarks/scans/data.csv");
    let figures: Vec<&str> = csv.lines().skip(1).filter_map(|line| line.split(',').nth(1)).collect();
    assert_eq!(figures, ["*", "20", "320"]);
    assert!(site.output("benchmarks/scans/index.html").contains("Source: Our board."));
    let raw = site.path("raw.csv");
    fs::write(&raw, data).unwrap();
    let run = suppress(&site, &["--rule", "patients", "--unit", "patients"]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(run.stderr.contains("Counts from 1 to 10 are hidden"), "{}", run.stderr);
}

/// A site whose one file holds numbers of patients that are hidden already.
fn hidden_site(data: &str) -> TestSite {
    let site = site_of(data);
    site.write("content/benchmarks/scans/index.md", patients("").replace("unit: \"%\"", "unit: patients"));
    site
}

#[test]
fn a_committed_file_may_not_give_away_what_it_hides() {
    let site = hidden_site(
        "period,organisation,value\n2024,XA11,*\n2024,XB22,21011\n2024,XC33,31009\n2024,Total,52023\n",
    );
    let run = site.build();
    let problem = run.only_problem();
    assert_eq!((problem.code.as_str(), problem.line), ("hidden-number-told", 5), "{problem:#?}");
    assert_eq!(
        problem.message,
        "row 5, column `value` lets a number be worked out that is hidden or so small that it may identify somebody; whoever can read the repository can do the sum"
    );
    assert!(problem.help.contains("netsite suppress RAW.csv --rule patients"), "{}", problem.help);
    assert!(problem.help.contains("write `*` there"), "{}", problem.help);
    for format in ["human", "short", "json", "github"] {
        let root = site.path("");
        let run = netsite(&["build", "--root", root.to_str().unwrap(), "--format", format]);
        let said = format!("{}{}", run.stdout, run.stderr);
        assert!(!said.contains("52023") && !said.contains("21011"), "{format} repeats a figure: {said}");
    }
    let said = "period,organisation,value\n2024,XA11,*\n2024,XB22,21011\n2024,XC33,31009\n2024,Total,*\n";
    assert_eq!(hidden_site(said).build().code, 0, "the advice works");
}

#[test]
fn rounds_that_are_committed_may_not_give_each_other_away() {
    let text = |title: &str, fields: &str| {
        patients(fields)
            .replace("unit: \"%\"", "unit: patients")
            .replace("title: Scans", &format!("title: {title}"))
    };
    let site = hidden_site("period,value\n2024-04,*\n2024-05,31111\n2024-06,41212\n")
        .file("content/benchmarks/quarters/index.md", text("Quarters", "earlier: scans\n"))
        .file("content/benchmarks/quarters/data.csv", "period,value\nQ1 2024/25,72326\n");
    let run = site.build();
    let problem = run.only_problem();
    assert_eq!(problem.code, "hidden-number-told");
    assert_eq!(problem.path, "content/benchmarks/quarters/data.csv");
    site.write("content/benchmarks/quarters/data.csv", "period,value\nQ1 2024/25,*\n");
    assert_eq!(site.build().code, 0);
}

#[test]
fn the_few_that_are_left_are_hidden_too() {
    let data = "period,organisation,value,numerator,denominator\n\
        2024,XA11,98.0,49,50\n2024,XB22,46.7,19046,40798\n2024,XC33,73.8,30417,41223\n";
    let site = site_of(data);
    let run = site.build();
    assert_eq!(run.only_problem().code, "hidden-number-told");
    let message = &run.only_problem().message;
    assert!(message.starts_with("row 2, columns `value` and `numerator` let a number"), "{message}");
    site.write("netsite.yaml", PRIVATE);
    assert_eq!(site.build().code, 0);
    assert!(site.output("benchmarks/scans/data.csv").contains("2024,*,XA11,*,50,"));
    assert!(site.output("benchmarks/scans/index.html").contains("hidden, all but 1 to 7"));
    assert_eq!(leaks(&site, &["98", "98.0", "49"]), Vec::<String>::new());
}

#[test]
fn a_receipt_says_what_was_hidden_and_who_approved_it() {
    let approved = patients("approved_by: { role: Clinical lead, date: 2026-01-04 }\n");
    let site = site_of(RAW).file("netsite.yaml", PRIVATE).file("content/benchmarks/scans/index.md", approved);
    let path = site.path("receipt.json");
    let build = || site.build_with(&["--receipt", path.to_str().unwrap()]);
    let run = build();
    assert_eq!(run.code, 0, "{}", run.stderr);
    let text = fs::read_to_string(&path).unwrap();
    for secret in SECRET.iter().chain(&["21585", "19045"]) {
        assert!(!has_number(&text, secret), "{secret}: {text}");
    }
    let receipt: Value = serde_json::from_str(&text).unwrap();
    let scans = &receipt["benchmarks"][0];
    assert_eq!(scans["page"], "content/benchmarks/scans/index.md");
    assert_eq!(scans["address"], "/benchmarks/scans/");
    assert_eq!(scans["approved_by"]["role"], "Clinical lead");
    assert_eq!(scans["approved_by"]["date"], "2026-01-04");
    assert_eq!(scans["rule"], "patients");
    let first = &scans["withheld"][0];
    assert_eq!((first["row"].as_u64(), first["organisation"].as_str()), (Some(2), Some("XA11")));
    assert_eq!(first["reason"], "hidden, rests on 7 or fewer");
    fs::remove_file(&path).unwrap();
    let run = build();
    assert!(run.stderr.contains("0 files written"), "{}", run.stderr);
    assert_eq!(fs::read_to_string(&path).unwrap(), text, "the same, where nothing was published anew");
}

#[test]
fn a_receipt_is_not_published_and_replaces_nothing_else() {
    let site = site_of(RAW).file("netsite.yaml", PRIVATE);
    assert_eq!(site.build().code, 0);
    for place in ["public/receipt.json", "content/receipt.json", "netsite.yaml", "nowhere/receipt.json"] {
        let path = site.path(place);
        let before = fs::read(&path).ok();
        let run = site.build_with(&["--receipt", path.to_str().unwrap()]);
        assert_eq!(run.code, 2, "{place}: {}", run.stderr);
        assert_eq!(fs::read(&path).ok(), before, "{place}");
    }
    let failing = site_of(RAW);
    let path = failing.path("receipt.json");
    assert_eq!(failing.build_with(&["--receipt", path.to_str().unwrap()]).code, 1);
    assert!(!path.exists(), "nothing was published, so there is nothing to answer for");
}
