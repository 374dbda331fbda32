//! YAML as people write it, and what they are told where it is not YAML.

use super::harness::{TestSite, page};
use super::told::told;

/// A page whose fields begin with these lines, from line 2.
fn beginning(lines: &str) -> String {
    format!("---\n{lines}\nstatus: draft\n---\n\nText.\n")
}

#[test]
fn each_slip_is_explained_where_it_stands() {
    let mut site = TestSite::new();
    for (name, lines) in [
        ("a-colon", "title: Stroke: the pathway"),
        ("b-item", "measures:\n  - metric: Wait: all\n    result: 5"),
        ("c-tab", "title: Stroke\n\ttags: [a]"),
        ("d-quote", "title: \"Home reporting"),
        ("e-after-quote", "title: \"Home\" reporting"),
        ("f-at", "title: @home reporting"),
        ("g-percent", "title: %age of scans"),
        ("h-bracket", "title: Home\ntags: [a, b"),
        ("i-brackets", "title: [Draft] Home reporting"),
        ("j-braces", "title: {{ name }}"),
        ("k-words", "Home reporting"),
        ("l-between", "title: Home\nreporting at home\nowner: a@b.example"),
        ("m-no-space", "title:Home"),
        ("n-list", "- title: Home"),
        ("o-indent", "title: Home\n  tags: [a]"),
        ("p-outdent", "approved_by:\n    role: Lead\n  date: 2026-02-20"),
    ] {
        site = site.file(&format!("content/{name}.md"), beginning(lines));
    }
    told(
        &site,
        r#"
        error yaml-colon content/a-colon.md:2:14
          a colon followed by a space inside a value needs quotation marks around the value
          help: write title: "Stroke: the pathway"
        error yaml-colon content/b-item.md:3:17
          a colon followed by a space inside a value needs quotation marks around the value
          help: write metric: "Wait: all"
        error yaml-tab content/c-tab.md:3:1
          this line is indented with a tab, which YAML does not allow
          help: indent it with two spaces for each level
        error yaml content/d-quote.md:2:8
          a quotation mark is opened here and not closed
          help: close it at the end of the value; inside double quotation marks write ' for a quotation
        error yaml content/e-after-quote.md:2:15
          a value that begins with a quotation mark ends at the next one, and here words follow it
          help: put the whole value in quotation marks: "'Home' reporting"
        error yaml content/f-at.md:2:8
          a value cannot begin with `@`
          help: put the whole value in quotation marks: "@home reporting"
        error yaml content/g-percent.md:2:8
          a value cannot begin with `%`
          help: put the whole value in quotation marks: "%age of scans"
        error yaml content/h-bracket.md:3:7
          a value that begins with `[` is a list that ends with `]`
          help: end the line with `]`, or put the value in quotation marks: "[a, b"
        error yaml content/i-brackets.md:2:8
          a value that begins with `[` is a list that ends with `]`
          help: end the line with `]`, or put the value in quotation marks: "[Draft] Home reporting"
        error yaml content/j-braces.md:2:9
          a list or a mapping cannot be the name of a field
          help: write a plain name before the colon; put a value that begins with [ or { in quotation marks
        error yaml content/k-words.md:2:1
          `Home reporting` is not a field: it has no colon after a name
          help: write each field as `name: value`; indent a value that goes on over several lines below its name
        error yaml content/l-between.md:3:1
          `reporting at home` is not a field: it has no colon after a name
          help: write each field as `name: value`; indent a value that goes on over several lines below its name
        error yaml content/m-no-space.md:2:1
          `title:Home` has no space after its colon
          help: write title: Home
        error yaml content/n-list.md:3:1
          a list and fields stand at one level, so it is not clear whose list it is
          help: write the field's name and a colon, and below it each item on a line that begins with two spaces and `- `
        error yaml content/o-indent.md:3:3
          this line begins further in or out than the lines that it belongs to
          help: begin the fields of one level in the same column; indent with two spaces
        error yaml content/p-outdent.md:4:3
          this line begins further in or out than the lines that it belongs to
          help: begin the fields of one level in the same column; indent with two spaces
        "#,
    );
}

#[test]
fn what_yaml_can_do_and_pages_never_need_is_refused() {
    let deep = format!("title: {}x{}", "[".repeat(20), "]".repeat(20));
    let many = format!("tags: [{}]", "x, ".repeat(60_000));
    let mut site = TestSite::new();
    for (name, lines) in [
        ("a-anchor", "title: &heading Stroke\nsummary: *heading"),
        ("b-bomb", "tags: &a [x, x]\nthemes: &b [*a, *a, *a]\nrelated: [*b, *b, *b]"),
        ("c-star", "title: *Stroke* pathways"),
        ("d-tag", "title: !important"),
        ("e-depth", &deep),
        ("f-many", &many),
    ] {
        site = site.file(&format!("content/{name}.md"), beginning(lines));
    }
    told(
        &site,
        r#"
        error yaml-limit content/a-anchor.md:2:17
          a value that begins with &, * or ! has another meaning in YAML, which netsite does not take
          help: put the whole value in quotation marks
        error yaml-limit content/b-bomb.md:2:10
          a value that begins with &, * or ! has another meaning in YAML, which netsite does not take
          help: put the whole value in quotation marks
        error yaml-limit content/c-star.md:2:8
          a value that begins with &, * or ! has another meaning in YAML, which netsite does not take
          help: put the whole value in quotation marks: "*Stroke* pathways"
        error yaml-limit content/d-tag.md:2:18
          a value that begins with &, * or ! has another meaning in YAML, which netsite does not take
          help: put the whole value in quotation marks
        error yaml-limit content/e-depth.md:2:23
          this is more than netsite reads: lists and fields may nest 16 deep, and a page has far fewer than 50,000
          help: write it flatter; put a value that begins with [ or { in quotation marks
        error yaml-limit content/f-many.md:2:150005
          this is more than netsite reads: lists and fields may nest 16 deep, and a page has far fewer than 50,000
          help: write it flatter; put a value that begins with [ or { in quotation marks
        "#,
    );
}

#[test]
fn a_key_given_twice_is_reported_wherever_it_is() {
    let fields = "tags: [a]\ntags: [b]\napproved_by:\n  role: Lead\n  role: Chair\n  date: 2026-02-20\n";
    let site = TestSite::new()
        .page("twice", fields, "")
        .file("netsite.yaml", "title: A\ntitle: B\nglossary:\n  RIS: one\n  RIS: two\n");
    told(
        &site,
        r"
        error duplicate-key content/twice.md:9:1
          `tags` is given twice
          help: keep one of the two
        error duplicate-key content/twice.md:12:3
          `role` is given twice
          help: keep one of the two
        error duplicate-key netsite.yaml:2:1
          `title` is given twice
          help: keep one of the two
        error duplicate-key netsite.yaml:5:3
          `RIS` is given twice
          help: keep one of the two
        ",
    );
}

#[test]
fn curly_quotation_marks_are_shown_to_readers_and_advised_against() {
    let site = TestSite::new().page("quotes", "licence: “CC BY 4.0”\n", "");
    told(
        &site,
        r#"
        warning smart-quotes content/quotes.md:8:10
          the curly quotation marks around `licence` will be shown to readers as part of the text
          help: use straight quotation marks (") around a value, or none
        "#,
    );
    assert!(site.output("quotes/index.html").contains("“CC BY 4.0”"));
}

#[test]
fn yaml_is_read_as_people_write_it() {
    let fields = "title: \"Terms: the 2018 form\"\nsummary: >\n  A form that networks\n  fill in.\nstatus: published\nowner: team@test.example\nlast_reviewed: 3 April 2018\nreview_by: 2nd May 2030\nversion: 1.10\npurposes: Decide together\nmembership: [ A lead, A manager ]\nchair: Yes\nquorum: 5\nmeets: Every month\nreports_to: 'The chair''s board'\ntags: home reporting, stroke\nthemes:\naliases:\n";
    let sections = ["Purpose", "Scope", "Membership", "Accountability", "Review"];
    let body: String = sections.iter().map(|heading| format!("## {heading}\n\nText.\n\n")).collect();
    let terms = format!("\u{feff}---\n{fields}---\n\n{body}").replace('\n', "\r\n");
    let network = "name: A\nas_of: 2024\nmembers: []\ncomplete: yes\nfictional: No\n";
    let site = TestSite::new()
        .file("content/terms-of-reference/form.md", terms)
        .file("content/networks/a.md", page("A", network, "## About\n\nA.\n"))
        .file("netsite.yaml", "\u{feff}title: Test\r\nsearch: off\r\n");
    site.build().clean();
    let page = site.output("terms-of-reference/form/index.html").replace("&#x27;", "'").replace("&#39;", "'");
    for shown in [
        "Terms: the 2018 form",
        "A form that networks fill in.",
        "3 April 2018",
        "2 May 2030",
        "1.10",
        "Decide together",
        "Yes",
        "The chair's board",
        "tags/home-reporting/",
        "tags/stroke/",
    ] {
        assert!(page.contains(shown), "{shown}\n{page}");
    }
}

#[test]
fn another_encoding_is_named_with_its_byte_and_place_and_never_guessed() {
    let windows = b"---\ntitle: Trust\x92s plan\nstatus: published\n---\n\nText.\n".to_vec();
    let utf16: Vec<u8> = "\u{feff}---\ntitle: A\n".encode_utf16().flat_map(u16::to_le_bytes).collect();
    let site = TestSite::new()
        .file("content/a.md", windows)
        .file("content/b.md", utf16)
        .file("content/organisations.csv", b"ods,name\nRM1,Ysbyty Gl\xe2n\n")
        .page("c", "", "[Links to it](a.md) raise no errors of their own.\n");
    told(
        &site,
        r"
        error not-utf8 content/a.md:2:13
          the file is not saved as UTF-8: the `’` here is most likely Windows-1252 (line 2, column 13, byte 0x92)
          help: open the file in Notepad, choose Save as, and set Encoding to UTF-8
        error not-utf8 content/b.md:1:1
          the file is saved as UTF-16, which netsite does not read
          help: open the file in Notepad, choose Save as, and set Encoding to UTF-8
        error not-utf8 content/organisations.csv:2:14
          the file is not saved as UTF-8: the `â` here is most likely Windows-1252 (line 2, column 14, byte 0xE2)
          help: open the file in Notepad, choose Save as, and set Encoding to UTF-8
        ",
    );
}

#[test]
fn words_after_a_hash_are_not_lost_without_a_word() {
    let site = TestSite::new()
        .file("content/a.md", beginning("title: Scanner #2"))
        .file("content/b.md", beginning("title: \"Scanner #2\" # its name\ntags: [a] # more"));
    told(
        &site,
        r#"
        error yaml content/a.md:2:16
          `#2` would be lost: after a space, # begins a comment
          help: put the value in quotation marks: "Scanner #2"; for a comment, write a space after #
        "#,
    );
}
