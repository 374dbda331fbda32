//! What a page says about itself before its text: what must stand there, and what each field takes.

use super::harness::{TestSite, case_study, netsite, page, png};
use super::told::{run_told, told};

#[test]
fn a_page_without_front_matter_is_told_how_to_begin() {
    let site = TestSite::new()
        .file("content/a-none.md", "# Stroke\n\nText.\n")
        .file("content/b-toml.md", "+++\ntitle = \"Stroke\"\n+++\n")
        .file("content/c-open.md", "---\ntitle: Stroke\n\nText.\n")
        .file("content/d-empty.md", "")
        .file("content/f-dashes.md", "---\ntitle: Stroke\n—-\n\nText.\n")
        .page("e", "", "[A link](a-none.md) to a page with errors raises no others.\n");
    told(
        &site,
        r#"
        error front-matter content/a-none.md:1:1
          the page does not begin with front matter, so nobody knows its title
          help: begin the file with three lines: ---, then title: The title of the page, then ---
        error front-matter content/b-toml.md:1:1
          the front matter is written in TOML (`+++`), which netsite does not read
          help: write it as YAML between two lines of `---`: title = "x" becomes title: x
        error front-matter content/c-open.md:1:1
          the front matter is not closed, so the whole page would be read as fields
          help: add a line --- after the last field
        error front-matter content/d-empty.md:1:1
          the page does not begin with front matter, so nobody knows its title
          help: begin the file with three lines: ---, then title: The title of the page, then ---
        error front-matter content/f-dashes.md:3:1
          this line does not close the front matter: that takes three hyphens and nothing else
          help: write --- at the beginning of the line
        "#,
    );
}

#[test]
fn what_a_published_page_needs_is_asked_for_at_once() {
    let site = TestSite::new()
        .file("content/case-studies/a.md", "---\ntitle: A\nstatus: published\nowner:\n---\n")
        .file("content/b.md", "---\nsummary: Without a title.\nstatus: published\n---\n")
        .file("content/c.md", "---\n---\n");
    // What is suggested as the day of the review is today.
    run_told(
        &site.build_with(&["--as-of", "2026-03-01"]),
        r"
        error missing-field content/b.md:2:1
          a page needs `title`: the heading of the page, as a reader would say it; at most 65 characters read best
          help: add the line title: Sharing reports across nine trusts
        error missing-field content/b.md:3:1
          `last_reviewed` is missing; a published page needs it: when somebody last checked that it is right
          help: add the line last_reviewed: 2026-03-01, or set status: draft
        error missing-field content/b.md:3:1
          `owner` is missing; a published page needs it: the mailbox of the team that keeps the page right; a team outlives a person
          help: add the line owner: imaging.network@example.org, or set status: draft
        error missing-field content/b.md:3:1
          `review_by` is missing; a published page needs it: when it must be checked again
          help: add the line review_by: 2027-03-01, or set status: draft
        error missing-field content/c.md:2:1
          a page needs `title`: the heading of the page, as a reader would say it; at most 65 characters read best
          help: add the line title: Sharing reports across nine trusts
        error missing-section content/case-studies/a.md:2:1
          the sections Problem, Solution, Output and Next steps are missing: readers of a case study expect Problem, Solution, Output and Next steps (or Context, Approach and Key considerations)
          help: add the headings ## Problem, ## Solution, ## Output and ## Next steps, or set status: draft
        error missing-field content/case-studies/a.md:3:1
          `contact` is missing; a published case study needs it: the mailbox that answers questions about it
          help: add the line contact: imaging.network@example.org, or set status: draft
        error missing-field content/case-studies/a.md:3:1
          `last_reviewed` is missing; a published case study needs it: when somebody last checked that it is right
          help: add the line last_reviewed: 2026-03-01, or set status: draft
        error missing-field content/case-studies/a.md:3:1
          `network` is missing; a published case study needs it: the network, or networks, that it is about
          help: add the line network: kent-and-medway, or set status: draft
        error missing-field content/case-studies/a.md:3:1
          `period` is missing; a published case study needs it: when the work was done
          help: add the line period: January to June 2018, or set status: draft
        error missing-field content/case-studies/a.md:3:1
          `review_by` is missing; a published case study needs it: when it must be checked again
          help: add the line review_by: 2027-03-01, or set status: draft
        error missing-field content/case-studies/a.md:3:1
          `stage` is missing; a published case study needs it: how far the work has really come
          help: add the line stage: pilot, or set status: draft
        error missing-field content/case-studies/a.md:3:1
          `summary` is missing; a published case study needs it: one or two sentences for lists and search, at most 200 characters
          help: add the line summary: Nine trusts agreed one stroke pathway and now train their teams to follow it., or set status: draft
        error missing-field content/case-studies/a.md:4:1
          `owner` is empty; a published case study needs it: the mailbox of the team that keeps the page right; a team outlives a person
          help: write owner: imaging.network@example.org, or set status: draft
        ",
    );
}

#[test]
fn the_lines_that_are_suggested_hold_on_this_site_and_day() {
    let site = TestSite::new()
        .file("netsite.yaml", "title: T\nreview: { months: 6 }\n")
        .network()
        .file(
            "content/case-studies/a.md",
            "---\ntitle: A\nsummary: Of A.\nstatus: draft\nowner: a@test.example\ncontact: a@test.example\nperiod: 2025\nstage: pilot\n---\n",
        );
    let build = || {
        let root = site.path("");
        netsite(&["build", "--root", root.to_str().unwrap(), "--as-of", "2028-05-31"]).stderr
    };
    let lines = "    last_reviewed: 2028-05-31\n    review_by: 2028-11-30\n    network: example\n";
    let said = build();
    assert!(said.contains(lines), "{said}");
}

#[test]
fn a_field_that_waits_behind_a_sign_is_pointed_to_instead_of_given_twice() {
    let fields = "status: published\n# owner: team@test.example\n# network: example\n# lead:\n#   - x\n";
    let text = case_study("A", "").replace("status: published\n", fields);
    let text = text.replace("\nowner: team@test.example\n", "\n").replace("\nnetwork: example\n", "\n");
    let site = TestSite::new().network().file("content/case-studies/a.md", text);
    told(
        &site,
        r"
        error missing-field content/case-studies/a.md:5:1
          `owner` is missing; a published case study needs it: the mailbox of the team that keeps the page right; a team outlives a person
          help: take the # from line 5 and put your own words after the colon, or set status: draft
        error missing-field content/case-studies/a.md:6:1
          `network` is missing; a published case study needs it: the network, or networks, that it is about
          help: take the # from line 6 and put your own words after the colon, or set status: draft
        ",
    );
}

#[test]
fn an_example_that_was_left_standing_is_pointed_out() {
    let example = "Nine trusts agreed one stroke pathway and now train their teams to follow it.";
    let examples = |text: String| {
        text.replace("summary: A page about A.", &format!("summary: {example}"))
            .replace("contact: team@test.example", "contact: imaging.network@example.org")
    };
    let made_up = "provenance: illustrative\n";
    let site = TestSite::new()
        .network()
        .file(
            "content/networks/made-up.md",
            page("Made up", "name: M\nas_of: 2024\nmembers: []\nfictional: true\n", "## About\n\nM.\n"),
        )
        .file("content/case-studies/a.md", examples(case_study("A", "")))
        // A page that is made up shows how one is written.
        .file(
            "content/case-studies/b.md",
            examples(case_study("A", made_up)).replace("network: example", "network: made-up"),
        )
        .file("content/case-studies/c.md", examples(case_study("A", "")).replace("published\n", "draft\n"));
    told(
        &site,
        r"
        warning still-example content/case-studies/a.md:3:10
          `summary` is still the example that netsite gave, and readers would take it for yours
          help: write your own
        warning still-example content/case-studies/a.md:11:10
          `contact` is still the example that netsite gave, and readers would take it for yours
          help: write your own
        ",
    );
}

#[test]
fn a_page_without_a_status_is_a_draft_and_said_to_be() {
    let site = TestSite::new().file("content/a.md", "---\ntitle: A\n---\n\nText.\n");
    told(
        &site,
        r"
        warning no-status content/a.md:2:1
          the page says no `status`, so it counts as a draft and no reader will see it
          help: add the line status: published, or status: draft while it is being written
        ",
    );
    assert!(!site.publishes("a/index.html"));
}

#[test]
fn a_field_with_a_misspelt_name_is_one_error() {
    let site = TestSite::new().file("content/a.md", page("A", "", "").replace("status: ", "Status: "));
    told(
        &site,
        r"
        error unknown-key content/a.md:4:1
          a page has no field `Status`, so nothing would come of it
          help: did you mean `status`?
        ",
    );
}

#[test]
fn a_heading_that_was_meant_is_found_and_an_empty_one_said() {
    let body = "##Problem\n\nA.\n\n**Solution**\n\nB.\n\n## Outputs\n\nC.\n\n## Next steps\n\n<!-- Write here. -->\n";
    let fields = "network: example\nperiod: 2018\nstage: pilot\ncontact: a@example.org\n";
    let site = TestSite::new().network().file("content/case-studies/a.md", page("A", fields, body));
    told(
        &site,
        r"
        error missing-section content/case-studies/a.md:14:1
          this line does not begin the section Problem, which readers of a case study expect
          help: write ## Problem
        error missing-section content/case-studies/a.md:18:1
          this line does not begin the section Solution, which readers of a case study expect
          help: write ## Solution
        error missing-section content/case-studies/a.md:22:1
          this line does not begin the section Output, which readers of a case study expect
          help: write ## Output
        warning empty-section content/case-studies/a.md:26:1
          nothing stands below the heading Next steps
          help: write what readers expect there, or set status: draft
        ",
    );
}

#[test]
fn a_status_that_is_misspelt_is_one_error() {
    let site = TestSite::new()
        .file("content/a.md", page("A", "", "").replace("published\n", "publisht\n"))
        .page("b", "related: page:a\n", "");
    told(
        &site,
        r"
        error unknown-choice content/a.md:4:9
          `status` cannot be `publisht`
          help: did you mean `published`?
        ",
    );
}

#[test]
fn unknown_fields_words_and_kinds_come_with_the_nearest_known() {
    let fields = "ownr: x\nfavourite_colour: blue\nevidence: opinions\nbid_status: lost\nmeasures:\n  - metric: Wait\n    baseline: 9\n    result: 5\n    units: days\n";
    let site = TestSite::new().network().case_study("a", fields).page("b", "kind: case-studdy\n", "").page(
        "c",
        "kind: recipe\n",
        "",
    );
    told(
        &site,
        r"
        error unknown-kind content/b.md:8:7
          there is no kind `case-studdy`
          help: did you mean `case-study`?
        error unknown-kind content/c.md:8:7
          there is no kind `recipe`
          help: choose case-study, network, pathway, benchmark, event, session, terms-of-reference, template, lesson, standard, assessment or page
        error unknown-key content/case-studies/a.md:12:1
          a case study page has no field `ownr`, so nothing would come of it
          help: did you mean `owner`?
        error unknown-key content/case-studies/a.md:13:1
          a case study page has no field `favourite_colour`, so nothing would come of it
          help: take the line out, or use one of: period, stage, contact, evidence, programme, bid_status, procurement, workstreams, measures, cost, savings, transferability, barriers, host_org, contracting_model, sponsor, champions, exiting_supplier, assets, title, summary, status, owner, last_reviewed, review_by, published, kind, approved_by, image_checked, embargo_until, themes, tags, network, standards, related, told_by, sources, claims, interests, changes, notice, provenance, illustrative, licence, aliases, lang, translation_of
        error unknown-choice content/case-studies/a.md:14:11
          `evidence` cannot be `opinions`
          help: did you mean `opinion`?
        error unknown-choice content/case-studies/a.md:15:13
          `bid_status` cannot be `lost`
          help: choose eoi or winner
        error unknown-key content/case-studies/a.md:20:5
          `measures` has no field `units`, so nothing would come of it
          help: did you mean `unit`?
        ",
    );
}

#[test]
fn a_value_of_the_wrong_type_is_told_what_the_field_takes() {
    let common = "---\ntitle: [A, B]\nstatus: published\nsummary: S.\nowner: the team\nlast_reviewed: { day: 1 }\nreview_by: soon\nlang: english\nlicence: \"\"\naliases: [old/page, /a b/, /../x]\napproved_by: The chair\nsources: A report\n---\n";
    let event = "starts: 2018-04-18 9 o'clock\nends: 2018-04-18 16:30\ntimezone: London\nonline: www.example.org\ncapacity: many\n";
    let network = "name: C\nas_of: last summer\nmembers:\n  - ods: rm1\n  - RM2\n  - ods: Royal Example\ncomplete: perhaps\n";
    let site = TestSite::new()
        .file("content/a.md", common)
        .file("content/events/b.md", page("B", event, "## About\n\nB.\n"))
        .file("content/networks/c.md", page("C", network, "## About\n\nC.\n"));
    told(
        &site,
        r"
        error wrong-type content/a.md:2:8
          `title` must be words on one line
          help: write it like this: title: Sharing reports across nine trusts
        error wrong-type content/a.md:5:8
          `owner` must be an email address
          help: write it like this: owner: imaging.network@example.org
        error wrong-type content/a.md:6:16
          `last_reviewed` must be a date such as 2018-04-03 or 3 April 2018
          help: write it like this: last_reviewed: 2026-03-01
        error unclear-date content/a.md:7:12
          `soon` is not a date
          help: write it as 2018-04-03 or 3 April 2018
        error wrong-type content/a.md:8:7
          `lang` must be a language code such as en-GB or cy
          help: write it like this: lang: cy
        error empty-value content/a.md:9:10
          `licence` is empty
          help: write it like this: licence: CC BY 4.0
        error wrong-type content/a.md:10:11
          each of `aliases` must be an address on this site such as /old/page/
          help: write it like this: aliases: [/old/address/]
        error wrong-type content/a.md:10:21
          each of `aliases` must be an address on this site such as /old/page/
          help: write it like this: aliases: [/old/address/]
        error wrong-type content/a.md:10:28
          each of `aliases` must be an address on this site such as /old/page/
          help: write it like this: aliases: [/old/address/]
        error wrong-type content/a.md:11:14
          `approved_by` is written as lines of `name: value`
          help: write it like this: approved_by: { role: Network clinical lead, date: 2026-02-20 }
        error wrong-type content/a.md:12:10
          `sources` is written as lines of `name: value`
          help: write it like this:
          sources:
            - title: Imaging Services Transformation Programme
              url: https://example.org/report
              date: 14 June 2018
        error missing-field content/events/b.md:2:1
          an event without `venue` or `online` tells nobody where to go
          help: add `venue: Example Hall, Leeds` or `online: https://…`, or set `status: draft`
        error unclear-date content/events/b.md:8:9
          `2018-04-18 9 o'clock` is not a day and time
          help: write it as 2018-04-18 14:30
        error unknown-zone content/events/b.md:10:11
          `London` is not the name of a time zone, so the clocks cannot be known
          help: write timezone: Europe/London
        error wrong-type content/events/b.md:11:9
          `online` must be a web address that begins with https://
          help: write it like this: online: https://example.org/join
        error wrong-type content/events/b.md:12:11
          `capacity` must be a whole number
          help: write it like this: capacity: 200
        error unclear-date content/networks/c.md:9:8
          `last summer` is not a period
          help: write it as 2018, April 2018, 2016/17, January to June 2018, April 2024 to June 2025, 2018-04-01 to 2018-09-30 or since 2019
        error wrong-type content/networks/c.md:11:10
          `rm1` is not an organisation code: they are written in capital letters
          help: write RM1
        error wrong-type content/networks/c.md:12:5
          each of `members` is written as lines of `name: value`
          help: write it like this:
          members:
            - ods: RM2
        error wrong-type content/networks/c.md:13:10
          `ods` must be an organisation code (ODS) such as RM1
          help: write it like this: ods: REM
        error wrong-type content/networks/c.md:14:11
          `complete` must be true or false
          help: write it like this: complete: false
        ",
    );
}

#[test]
fn a_summary_fits_into_lists() {
    let with = |summary: &str| page("A", "", "").replace("A page about A.", summary);
    let site = TestSite::new()
        .file("content/a.md", with(&"é".repeat(201)))
        .file("content/b.md", with(&"é".repeat(200)))
        .file("content/c.md", with(&"word ".repeat(250)));
    told(
        &site,
        r"
        error summary-too-long content/a.md:3:10
          the summary has 201 characters; lists and search results show 200 at most
          help: shorten it by 1 character
        error summary-too-long content/c.md:3:10
          the summary has 1,249 characters; lists and search results show 200 at most
          help: shorten it by 1,049 characters
        ",
    );
}

#[test]
fn backslashes_in_file_names_are_turned_round() {
    let site = TestSite::new().network().case_study("a", "assets: [files\\passport.docx]\n");
    told(
        &site,
        r"
        error backslash content/case-studies/a.md:12:10
          `files\passport.docx` has backslashes, which only Windows understands
          help: write files/passport.docx
        ",
    );
}

#[test]
fn files_that_fields_name_must_be_there() {
    let pathway = "diagram: stroke.mmd\ndescription: D.\nverification: agreed\n";
    let site = TestSite::new()
        .network()
        .file("content/case-studies/passport.docx", "x")
        .case_study("a", "assets:\n  - pasport.docx\n  - nothing-like-it.pdf\n  - ../../netsite.yaml\n")
        .file(
            "content/pathways/stroke.md",
            page("Stroke", pathway, "## Steps\n\nA.\n\n## Known differences\n\nB.\n"),
        );
    told(
        &site,
        r"
        error missing-file content/case-studies/a.md:13:5
          `assets` names `pasport.docx`, and there is no such file
          help: did you mean `passport.docx`?
        error missing-file content/case-studies/a.md:14:5
          `assets` names `nothing-like-it.pdf`, and there is no such file
          help: put the file beside this page and write its name
        error missing-file content/case-studies/a.md:15:5
          `assets` names `../../netsite.yaml`, and there is no such file
          help: put the file beside this page and write its name
        error missing-file content/pathways/stroke.md:8:10
          `diagram` names `stroke.mmd`, and there is no such file
          help: put the file beside this page and write its name
        ",
    );
}

#[test]
fn a_kind_named_in_the_page_is_stronger_than_its_folder() {
    let lesson = page("Lesson", "kind: lesson\naudience: [Boards]\nthemes: [Vision]\n", "Text.\n");
    let site = TestSite::new()
        .file("content/reading/vision.md", lesson)
        .file("content/lessons/about.md", page("About lessons", "kind: page\n", "Text.\n"))
        .page("c", "related: [lesson:vision, page:about]\n", "");
    site.build().clean();
    assert!(site.output("lessons/index.html").contains("href=\"../reading/vision/\""));
    assert!(!site.output("lessons/index.html").contains("lessons/about/"));
    assert!(site.output("reading/vision/index.html").contains("Boards"));
}

#[test]
fn an_index_file_stands_for_its_folder() {
    let site = TestSite::new()
        .file("content/index.md", page("Home", "", "HOME-TEXT\n"))
        .file(
            "content/about/index.md",
            page("About", "", "ABOUT-TEXT [Home](../index.md) [Item](../lessons/a/index.md)\n"),
        )
        .file("content/lessons/index.md", page("What we learned", "", "LESSONS-TEXT\n"))
        .file(
            "content/lessons/a/index.md",
            page("A", "audience: [Boards]\nthemes: [Vision]\n", "A-TEXT ![A map](map.png)\n"),
        )
        .file("content/lessons/a/map.png", png());
    site.build().clean();
    assert!(site.output("index.html").contains("HOME-TEXT"));
    let about = site.output("about/index.html");
    assert!(about.contains("ABOUT-TEXT <a href=\"../\">Home</a> <a href=\"../lessons/a/\">"), "{about}");
    let listing = site.output("lessons/index.html");
    assert!(listing.contains("LESSONS-TEXT") && listing.contains("href=\"../lessons/a/\""), "{listing}");
    assert!(site.output("lessons/a/index.html").contains("src=\"../../lessons/a/map.png\""));
    assert!(!site.publishes("lessons/index/index.html"));
}
