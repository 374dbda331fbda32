//! Versions of templates: each step is told on a page of its own, both ends of every relation name each other, and what
//! cannot be is a message at its place.

use super::harness::{TestSite, page};

const TEXT: &str = "## Purpose\n\nThe board of [network name] decides together.\n\n## Scope\n\nScanners and people.\n\n## Membership\n\nThe board can decide when a third of the members are there.\n\n## Accountability\n\nIt answers to the trusts.\n\n## Review\n\nEvery year.\n";

fn terms(title: &str, version: &str, fields: &str, text: &str) -> String {
    let fields = format!(
        "version: \"{version}\"\npurposes: [A]\nmembership: [B]\nchair: C\nquorum: D\nmeets: E\nreports_to: F\npublished: 2026-01-05\ngaps:\n  - gap: network name\n{fields}"
    );
    page(title, &fields, text)
}

/// Version 1.0, kept as a record, 1.1, kept as well, and 1.2.
fn three() -> TestSite {
    let first = terms("First terms", "1.0", "", TEXT).replace("status: published", "status: archived");
    let middle_text = TEXT.replace("a third", "half");
    let middle = terms("Second terms", "1.1", "replaces: first\n", &middle_text)
        .replace("status: published", "status: archived");
    let last_text =
        middle_text.replace("## Review", "## Money\n\nThe host pays first & asks for 3 \\< 4.\n\n## Review");
    let adopted =
        "replaces: second\nadopted_by:\n  - network: example\n    version: \"1.0\"\n    date: May 2018\n";
    TestSite::new()
        .network()
        .file("content/terms-of-reference/first.md", first)
        .file("content/terms-of-reference/second.md", middle)
        .file("content/terms-of-reference/third.md", terms("Third terms", "1.2", adopted, &last_text))
}

#[test]
fn each_step_is_told_in_words_and_in_the_text() {
    let site = three();
    site.build().clean();
    let html = site.output("terms-of-reference/third/changes/index.html");
    let newer = html.find("From version 1.1 to 1.2").expect("the newest step");
    let older = html.find("<h2 id=\"to:second\">From version 1.0 to 1.1").expect("the step before");
    assert!(newer < older, "{html}");
    for said in [
        "<li>Clause 3.1 was changed: “a third” became “half”</li>",
        "1 clause changed; 9 as before.",
        "when <del><span class=\"unseen\"> taken out: </span>a third<span class=\"unseen\">, </span></del><ins><span class=\"unseen\"> put in: </span>half<span class=\"unseen\">, </span></ins> of",
        "<li>Section 5, “Money”, is new, with 1 clause</li>",
        "1 clause unchanged: 6.1, which was 5.1",
        "[network name]",
        "<a href=\"../../../terms-of-reference/first/\">version 1.0</a>",
    ] {
        assert!(html.contains(said), "{said}\n{html}");
    }
    assert!(html.contains("<ins>The host pays first &amp; asks for 3 &lt; 4.</ins>"), "{html}");
    for between in
        ["terms-of-reference/second/changes/index.html", "terms-of-reference/first/changes/index.html"]
    {
        assert!(!site.publishes(between), "{between}");
    }
}

#[test]
fn both_ends_name_each_other() {
    let site = three();
    site.build().clean();
    let last = site.output("terms-of-reference/third/index.html");
    assert!(
        last.contains(
            "<a href=\"../../terms-of-reference/third/changes/#to:third\">What changed since 1.1</a>"
        ),
        "{last}"
    );
    assert!(last.contains("<a href=\"../../terms-of-reference/first/\">Version 1.0</a>, May 2018"), "{last}");
    assert!(!last.contains("A later version stands"), "{last}");
    for earlier in ["first", "second"] {
        let html = site.output(&format!("terms-of-reference/{earlier}/index.html"));
        let notice = html.find("Version 1.2 has taken the place of this one: <a href=\"../../terms-of-reference/third/\">Third terms</a>");
        assert!(notice.is_some_and(|at| at < html.find("class=\"sheet\"").unwrap_or(0)), "{html}");
    }
    let middle = site.output("terms-of-reference/second/index.html");
    assert!(middle.contains("third/changes/#to:second\">What changed since 1.0</a>"), "{middle}");
    let hub = site.output("networks/example/index.html");
    let uses = "First terms</a> <span>Version 1.0, May 2018. A later one stands: <a href=\"../../terms-of-reference/third/\">1.2</a>";
    assert!(hub.contains("Templates it uses") && hub.contains(uses), "{hub}");
}

#[test]
fn what_an_earlier_page_says_of_its_users_still_holds() {
    let site = three();
    let first = terms("First terms", "1.0", "adopted_by:\n  - network: example\n", TEXT);
    site.write("content/terms-of-reference/first.md", first.replace("status: published", "status: archived"));
    let third = terms("Third terms", "1.2", "replaces: second\n", TEXT);
    site.write("content/terms-of-reference/third.md", third);
    site.build().clean();
    let html = site.output("terms-of-reference/third/index.html");
    assert!(html.contains("1 network") && html.contains(">Version 1.0</a>"), "{html}");
}

#[test]
fn what_grew_from_a_template_is_named_on_it() {
    let site = three();
    let own = terms("Terms of our own", "1.0", "adapted_from: second\n", TEXT);
    site.write("content/terms-of-reference/own.md", own);
    site.build().clean();
    for page in ["second", "third"] {
        let html = site.output(&format!("terms-of-reference/{page}/index.html"));
        let at = html.find("Others that grew from it").unwrap_or_else(|| panic!("{html}"));
        assert!(html[at..].contains("Terms of our own"), "{html}");
    }
    assert!(!site.output("terms-of-reference/first/index.html").contains("Others that grew"));
}

#[test]
fn a_version_that_no_page_is_comes_with_the_nearest() {
    let site = three();
    let third = terms(
        "Third terms",
        "1.2",
        "replaces: second\nadopted_by:\n  - network: example\n    version: \"1.O\"\n",
        TEXT,
    );
    site.write("content/terms-of-reference/third.md", third);
    let problem = site.build().only_problem();
    assert_eq!((problem.code.as_str(), problem.severity.as_str()), ("unknown-version", "warning"));
    assert!(problem.message.contains("version 1.O"), "{problem:?}");
    assert!(problem.line > 1, "{problem:?}");
}

#[test]
fn versions_that_cannot_be_are_messages_at_their_places() {
    let of = |pages: &[(&str, &str, &str)]| {
        let site = TestSite::new();
        for (name, version, fields) in pages {
            site.write(&format!("content/terms-of-reference/{name}.md"), terms(name, version, fields, TEXT));
        }
        let problem = site.build().only_problem();
        format!("{} {}: {}", problem.code, problem.place(), problem.message)
    };
    let circle = of(&[("a", "1.0", "replaces: b\n"), ("b", "1.1", "replaces: a\n")]);
    assert!(circle.starts_with("template-circle content/terms-of-reference/a.md:"), "{circle}");
    assert!(circle.contains("`a` and `b` name each other in `replaces`"), "{circle}");
    let itself = of(&[("a", "1.0", "adapted_from: a\n")]);
    assert!(itself.contains("`adapted_from` names this page itself"), "{itself}");
    let twice = of(&[("a", "1.0", ""), ("b", "1.1", "replaces: a\n"), ("c", "1.2", "replaces: a\n")]);
    assert!(twice.starts_with("replaced-twice content/terms-of-reference/c.md:"), "{twice}");
    assert!(twice.contains("terms-of-reference/b.md as well"), "{twice}");
    let higher = of(&[("a", "1.10", ""), ("b", "1.9", "replaces: a\n")]);
    assert!(higher.starts_with("version-order content/terms-of-reference/b.md:"), "{higher}");
    let equal = of(&[("a", "1", ""), ("b", "1.0", "replaces: a\n")]);
    assert!(equal.starts_with("version-order"), "{equal}");
}

#[test]
fn a_draft_leaves_no_trace() {
    let site = three();
    let hidden = [("status: draft", ""), ("status: published", "embargo_until: 2999-01-01T09:00Z\n")];
    for (status, embargo) in hidden {
        let fields = format!(
            "replaces: third\nadapted_from: second\n{embargo}adopted_by:\n  - network: example\n    version: \"9.9\"\n"
        );
        let next = terms("Secret terms", "9.9", &fields, TEXT).replace("status: published", status);
        site.write("content/terms-of-reference/next.md", next);
        site.build();
        for (path, bytes) in site.outputs() {
            let text = String::from_utf8_lossy(&bytes);
            assert!(!text.contains("Secret terms") && !text.contains("9.9"), "{path}");
            assert!(!path.contains("next/"), "{path}");
        }
        assert!(site.publishes("terms-of-reference/third/changes/index.html"));
    }
}

#[test]
fn templates_of_other_kinds_have_versions_too() {
    let brief = |version: &str, fields: &str, text: &str| {
        page("Brief", &format!("version: \"{version}\"\npublished: 2026-01-05\n{fields}"), text)
    };
    let site = TestSite::new()
        .file("content/templates/brief-1.md", brief("1", "", "## Question\n\nWhy?\n"))
        .file("content/templates/brief.md", brief("2", "replaces: brief-1\n", "## Question\n\nWhy now?\n"));
    site.build().clean();
    let html = site.output("templates/brief/changes/index.html");
    assert!(html.contains("A paragraph under 1 was changed: “now” was added"), "{html}");
}
