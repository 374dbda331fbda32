//! Templates that readers fill in: what writers type, and what comes of it on the page.

use super::harness::{TestSite, page};

/// A template with these further fields and this text.
fn template(fields: &str, body: &str) -> String {
    page("Brief", &format!("version: \"1.0\"\n{fields}"), body)
}

fn site_of(fields: &str, body: &str) -> TestSite {
    TestSite::new().file("content/templates/brief.md", template(fields, body))
}

#[test]
fn a_template_reads_as_a_finished_document() {
    let fields = "document_title: \"Brief: [aim]\"\ngaps:\n  - gap: aim\n    example: shorter waits\n    required: true\n  - gap: lead\n    hint: A role, not a person\n";
    let site = site_of(fields, "## Aim\n\nWe want [aim]. [Lead] answers for it.\n");
    let run = site.build();
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert_eq!(run.problems(), []);
    let html = site.output("templates/brief/index.html");
    assert!(html.contains("Brief: <span class=\"gap\" data-gap=\"aim\">shorter waits</span>"), "{html}");
    assert!(html.contains("We want <span class=\"gap\" data-gap=\"aim\">shorter waits</span>."), "{html}");
    assert!(
        html.contains("<span class=\"gap empty\" data-gap=\"lead\" data-capital>[lead]</span>"),
        "{html}"
    );
}

#[test]
fn what_stands_before_the_sections_is_of_the_page_and_not_of_its_copies() {
    let site = site_of("gaps:\n  - gap: aim\n", "Read this first.\n\n## Aim\n\nWe want [aim].\n");
    assert_eq!(site.build().problems(), []);
    assert!(site.output("templates/brief/index.html").contains("Read this first."));
    let copy = site.output("templates/brief/brief.md");
    assert!(copy.contains("We want [aim].") && !copy.contains("Read this first."), "{copy}");
    let site = site_of("gaps:\n  - gap: aim\n", "We want [aim].\n");
    assert_eq!(site.build().problems(), []);
    let html = site.output("templates/brief/index.html");
    let sheet = &html[html.find("id=\"to:sheet\"").unwrap()..];
    assert!(sheet.contains("We want <span"), "{html}");
    assert!(site.output("templates/brief/brief.md").contains("We want [aim]."));
}

#[test]
fn what_is_wrong_with_a_gap_is_told_in_its_place() {
    for (fields, body, code, line) in [
        ("gaps:\n  - gap: aim\n", "Of [aim] and [aimm].\n", "undeclared-gap", 13),
        ("gaps:\n  - gap: aim\n  - gap: lead\n", "Of [aim].\n", "unused-gap", 11),
        ("gaps:\n  - gap: aim\n  - gap: Aim\n", "Of [aim].\n", "duplicate-gap", 11),
        ("gaps:\n  - gap: \"[aim]\"\n", "Of it.\n", "gap-name", 10),
        ("gaps:\n  - gap: aim\n    type: choice\n", "Of [aim].\n", "gap-choices", 11),
        ("gaps:\n  - gap: aim\n    choices: [A, B]\n", "Of [aim].\n", "gap-choices", 11),
        ("gaps:\n  - gap: aim\n    type: date\n    default: soon\n", "Of [aim].\n", "gap-answer", 12),
        ("gaps:\n  - gap: aim\n    type: number\n    example: ten\n", "Of [aim].\n", "gap-answer", 12),
        ("gaps:\n  - gap: aim\ndocument_title: \"Of [ame]\"\n", "Of [aim].\n", "undeclared-gap", 11),
    ] {
        let problem = site_of(fields, body).build().only_problem();
        assert_eq!((problem.code.as_str(), problem.line), (code, line), "{fields}{body}: {problem:?}");
        assert!(!problem.help.is_empty(), "{problem:?}");
    }
}

#[test]
fn a_page_that_declares_no_gaps_is_told_of_brackets_and_published() {
    let site = site_of("", "For [network name] and \\[this].\n");
    let run = site.build();
    assert_eq!(run.code, 0);
    let problem = run.only_problem();
    assert_eq!((problem.code.as_str(), problem.severity.as_str()), ("undeclared-gap", "warning"));
    assert!(problem.help.contains("- gap: network name"), "{}", problem.help);
    assert!(site.output("templates/brief/index.html").contains("For [network name] and [this]."));
}

#[test]
fn a_shared_gap_asks_the_same_everywhere() {
    let gap = |rest: &str| format!("gaps:\n  - gap: chair\n    shared: true\n{rest}");
    let other = |rest: &str| template(&gap(rest), "Of [chair].\n");
    let site =
        |rest: &str| site_of(&gap(""), "Of [chair].\n").file("content/templates/charter.md", other(rest));
    assert_eq!(site("    hint: A role\n").build().problems(), []);
    for rest in ["    label: Who chairs it?\n", "    type: long text\n"] {
        let problem = site(rest).build().only_problem();
        assert_eq!(
            (problem.code.as_str(), problem.path.as_str()),
            ("shared-gap", "content/templates/charter.md")
        );
        assert!(problem.message.contains("content/templates/brief.md"), "{}", problem.message);
    }
}

#[test]
fn what_a_writer_types_stays_text() {
    let fields = "gaps:\n  - gap: aim\n    label: \"<b>Aim</b>\"\n    example: \"<script>alert(1)</script> & \\\"more\\\"\"\n    hint: \"<i>x</i>\"\n  - gap: lay members\n    type: yes or no\n    label: \"<u>\"\n";
    let site = site_of(fields, "Of [aim].\n\n> [!IF lay members]\n> Paid.\n");
    assert_eq!(site.build().problems(), []);
    let html = site.output("templates/brief/index.html");
    for typed in ["<script>alert", "<b>Aim", "<i>x", "<u>"] {
        assert!(!html.contains(typed), "{typed}: {html}");
    }
    assert!(html.contains("&lt;script&gt;alert(1)&lt;/script&gt; &amp; "), "{html}");
}

#[test]
fn columns_to_collect_become_a_workbook_and_files() {
    let fields = "collects:\n  - column: Scans\n    means: CT scans whose report was signed off\n    type: whole number\n    unit: scans\n    required: true\n  - column: Type\n    means: Which machine\n    type: choice\n    choices: [CT, MRI]\n";
    let site = site_of(fields, "Words.\n");
    assert_eq!(site.build().problems(), []);
    let html = site.output("templates/brief/index.html");
    assert!(
        html.contains("CT scans whose report was signed off") && html.contains("one of a list: CT, MRI"),
        "{html}"
    );
    assert!(html.contains("brief.xlsx\" download") && html.contains("brief-blank.csv\" download"), "{html}");
    assert_eq!(site.output("templates/brief/brief-blank.csv"), "\u{feff}Scans,Type\r\n");
    assert!(
        site.output("templates/brief/brief-definitions.csv")
            .contains("Type,Which machine,one of a list,CT; MRI")
    );
    let workbook = std::fs::read(site.path("public/templates/brief/brief.xlsx")).unwrap();
    assert!(workbook.starts_with(b"PK"));
    for (fields, line) in [
        ("collects:\n  - column: A\n    means: B\n  - column: a\n    means: C\n", 12),
        ("collects:\n  - column: A\n    means: B\n    type: choice\n", 12),
        ("collects:\n  - column: A\n    means: B\n    choices: [C, D]\n", 12),
    ] {
        let problem = site_of(fields, "Words.\n").build().only_problem();
        assert_eq!((problem.code.as_str(), problem.line), ("collected-column", line), "{problem:?}");
    }
}

#[test]
fn links_of_copies_lead_where_those_of_the_page_lead() {
    let body = "## Aim\n\nWe want [aim], see [the charter](charter.md), [a guide](https://example.org/guide) and [the aim](#aim).\n";
    let site =
        site_of("gaps:\n  - gap: aim\n", body).file("content/templates/charter.md", template("", "Words.\n"));
    assert_eq!(site.build().problems(), []);
    for copy in ["md", "html"] {
        let text = site.output(&format!("templates/brief/brief.{copy}"));
        for address in ["https://test.example/templates/charter/", "https://example.org/guide"] {
            assert!(text.contains(address), "{copy}: {address}: {text}");
        }
        assert!(text.contains("the aim") && !text.contains("(#aim)"), "{text}");
    }
    assert!(site.output("templates/brief/template.js").contains("https://test.example/templates/charter/"));
}
