//! Help that follows what the writer meant: typed as it says, the next build is clean.

use super::harness::{TestSite, case_study, page};
use super::told::told;

/// A site with these lines at the end of `netsite.yaml`.
fn configured(lines: &str) -> TestSite {
    let start = "title: Test site\nbase_url: https://test.example/\n";
    TestSite::new().file("netsite.yaml", format!("{start}{lines}")).page("index", "", "Words.\n")
}

#[test]
fn an_image_with_a_space_in_its_name_is_not_published_as_brackets() {
    let site = TestSite::new().page(
        "index",
        "",
        "![The archive](C:\\Users\\me\\shared archive.png)\n\n![The archive](images\\shared archive.png)\n\n\
         See [one](https://test.example/) and ![two](scan (1).png) and [the form](C:\\My Files\\form.docx).\n\n\
         - ![Three](a b.png)\n  - ![Four](c d.png)\n",
    );
    told(
        &site,
        r"
        error image-as-typed content/index.md:10:1
          an image's address cannot hold a space, so readers see the brackets and no image
          help: copy the file beside the page and write ![The archive](<shared archive.png>)
        error image-as-typed content/index.md:12:1
          an image's address cannot hold a space, so readers see the brackets and no image
          help: write ![The archive](<images/shared archive.png>), or take the spaces out of the file's name
        error image-as-typed content/index.md:14:38
          an image's address cannot hold a space, so readers see the brackets and no image
          help: write ![two](<scan (1).png>), or take the spaces out of the file's name
        warning shown-as-typed content/index.md:14:63
          a link's address cannot hold a space, so readers see the brackets
          help: copy the file beside the page and write [the form](form.docx)
        error image-as-typed content/index.md:16:3
          an image's address cannot hold a space, so readers see the brackets and no image
          help: write ![Three](<a b.png>), or take the spaces out of the file's name
        error image-as-typed content/index.md:17:5
          an image's address cannot hold a space, so readers see the brackets and no image
          help: write ![Four](<c d.png>), or take the spaces out of the file's name
        ",
    );
}

#[test]
fn a_colour_in_brackets_without_quotation_marks_is_a_comment() {
    told(
        &configured("appearance:\n  colours: { plate: #004d40 }\ndescription: D\n"),
        r##"
        error yaml netsite.yaml:4:21
          `#004d40 }` is lost: without quotation marks, what follows # is a comment
          help: write colours: { plate: "#004d40" }
        "##,
    );
    told(
        &TestSite::new().page("index", "tags: [MRI, scanner #2]\n", "Words.\n"),
        r#"
        error yaml content/index.md:8:21
          `#2]` is lost: without quotation marks, what follows # is a comment
          help: write tags: [MRI, "scanner #2"]
        "#,
    );
}

#[test]
fn a_colour_is_named_as_its_writer_gave_it() {
    told(
        &configured("appearance:\n  colours:\n    plate: #004d40\n    link: green\n    accent: sea\n"),
        r##"
        error wrong-type netsite.yaml:5:5
          `plate` has no colour: without quotation marks, what follows # is a comment
          help: write it like this: plate: "#004d40"
        error wrong-type netsite.yaml:6:11
          `link` must be a colour such as "#005eb8", in quotation marks: a name is no colour here
          help: write link: "#008000"
        error wrong-type netsite.yaml:7:13
          `accent` must be a colour such as "#005eb8", in quotation marks
          help: write it like this: accent: "#005eb8"
        "##,
    );
}

#[test]
fn a_size_of_text_is_a_size() {
    told(
        &configured("appearance:\n  type:\n    text-size: big\n    font: 12px\n"),
        r#"
        error wrong-type netsite.yaml:5:16
          `text-size` must be a size such as "105%"
          help: write it like this: text-size: "100%"
        error wrong-type netsite.yaml:6:11
          `font` must be names of typefaces
          help: write it like this: font: "Arial, Helvetica, sans-serif"
        "#,
    );
    let site = configured("appearance:\n  type:\n    text-size: 112.5%\n    font: Verdana, sans-serif\n");
    site.build().clean();
}

#[test]
fn curly_marks_around_a_title_are_left_out_of_its_correction() {
    let text = page("“Sharing reports: one archive”", "", "Words.\n");
    told(
        &TestSite::new().file(
            "content/index.md",
            text.replace("summary: A page about “Sharing reports: one archive”.\n", ""),
        ),
        r#"
        error yaml-colon content/index.md:2:24
          a colon followed by a space inside a value needs quotation marks around the value
          help: write title: "Sharing reports: one archive"
        "#,
    );
}

#[test]
fn members_given_as_codes_are_shown_as_members() {
    let network = |members: &str| {
        let fields = format!("name: Example network\nas_of: 2024\nmembers:{members}\nregion: South East\n");
        TestSite::new()
            .file("content/data/organisations.csv", "code,name\n")
            .file("content/networks/example.md", page("Example", &fields, "## About\n\nA network.\n"))
    };
    told(
        &network("\n  - RXC\n  - RWF"),
        r"
        error wrong-type content/networks/example.md:11:5
          each of `members` is written as lines of `name: value`
          help: write it like this:
          members:
            - ods: RXC
            - ods: RWF
        ",
    );
    let run = network(" RXC, RWF").build();
    assert!(run.only_problem().help.ends_with("  - ods: RXC\n  - ods: RWF"), "{}", run.stderr);
}

#[test]
fn days_of_review_that_cannot_be_meant_are_told() {
    let text = |reviewed: &str, due: &str| {
        page("A", "", "Words.\n").replace("2026-01-05", reviewed).replace("2030-01-05", due)
    };
    let site = TestSite::new()
        .file("content/index.md", text("2026-01-05", "2026-01-05"))
        .file("content/a.md", text("2026-01-05", "2020-01-05"))
        .file("content/b.md", text("2099-01-05", "2100-01-05"));
    let run = site.build_with(&["--as-of", "2026-02-01"]);
    super::told::run_told(
        &run,
        r"
        warning review-before-reviewed content/a.md:7:12
          `review_by` (5 January 2020) is before `last_reviewed` (5 January 2026), so readers see that the page is overdue for review
          help: check the years of both; review_by is the day of the next review
        warning reviewed-in-future content/b.md:6:16
          `last_reviewed` (5 January 2099) is more than a year ahead
          help: check the year; today is 1 February 2026
        ",
    );
    assert_eq!(run.code, 0);
}

#[test]
fn a_page_that_an_embargo_will_publish_is_checked_before() {
    let embargoed = |until: &str, more: &str, body: &str| {
        let text = case_study("E", &format!("embargo_until: {until} 09:00 Europe/London\n{more}"));
        format!("{text}{body}")
    };
    let site = TestSite::new()
        .network()
        .page("index", "", "Words.\n")
        .file("content/draft.md", page("D", "", "").replace("status: published", "status: draft"))
        .file(
            "content/case-studies/a.md",
            embargoed(
                "2030-01-01",
                "themes: [Stroke]\nrelated: [case-study:b]\n",
                "\n[B](b.md), [the theme](/themes/stroke/)\n",
            ),
        )
        .file(
            "content/case-studies/b.md",
            embargoed("2030-02-01", "", "\n[Gone](gone.md), [A](a.md), [the draft](../draft.md)\n")
                .replace("network: example", "network: exampel"),
        );
    let expected = r"
        error hidden-reference content/case-studies/a.md:14:11
          `b` is under embargo for longer than this page, so readers could not follow it
          help: end both embargoes at one time, or take the reference out
        error hidden-reference content/case-studies/a.md:33:5
          `b` is under embargo for longer than this page, so readers could not follow it
          help: end both embargoes at one time, or take the reference out
        error unknown-reference content/case-studies/b.md:8:10
          there is no network `exampel`
          help: did you mean `example`?
        error broken-link content/case-studies/b.md:31:8
          there is no file `gone.md`
          help: write the path of the file from this page's folder, such as ../pathways/stroke.md
        error hidden-reference content/case-studies/b.md:31:41
          `../draft.md` has the status draft, so readers could not follow the link
          help: publish that page first, or take the link out
        ";
    told(&site, expected);
    site.write(
        "content/case-studies/b.md",
        embargoed("2030-01-01", "", "\n[A](a.md), [all](/case-studies/), [the index](../index.md)\n"),
    );
    site.build().clean();
    assert!(!site.publishes("case-studies/index.html"), "nothing of either is published");
}

#[test]
fn sections_that_are_missing_are_asked_for_where_the_page_ends() {
    let text = case_study("A", "");
    let without = |from: &str| text.split(from).next().unwrap().to_string();
    let site = TestSite::new()
        .network()
        .file("content/case-studies/a.md", without("## Output"))
        .file("content/case-studies/b.md", without("## Problem"));
    let places: Vec<String> = site.build().problems().iter().map(super::harness::Problem::place).collect();
    assert_eq!(places, ["content/case-studies/a.md:18:1", "content/case-studies/b.md:2:1"]);
}

#[test]
fn a_blank_line_in_a_table_is_found_where_it_stands() {
    let site = TestSite::new().page(
        "index",
        "",
        "| Trust | Reports |\n\n| Kent | 4 |\n| Devon | 5 |\n\nWords.\n\n\
         | Trust | Reports |\n| --- | --- |\n| Kent | 4 |\n\n| Devon | 5 |\n",
    );
    told(
        &site,
        r"
        warning shown-as-typed content/index.md:10:1
          a table needs a line of dashes below its first line, and a blank line stands there, so readers see its bars
          help: write it like this:
          | Trust | Reports |
          | --- | --- |
          | Kent | 4 |
        warning shown-as-typed content/index.md:21:1
          a blank line ends the table above, so readers see these rows as they were typed
          help: take out the blank line above this one
        ",
    );
}
