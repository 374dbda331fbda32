//! Every problem of a site is reported in one run, sorted by file and place; nothing else is taken down by it.

use super::harness::{TestSite, page};
use super::told::told;

#[test]
fn problems_of_every_stage_come_together_in_order() {
    let site = TestSite::new()
        .file("netsite.yaml", "title: T\nbaseurl: https://example.org\n")
        .network()
        .file("content/organisations.csv", "ods,name\nRM1,Norfolk\nRM1,Norwich\n")
        .case_study("b", "published: 03/04/18\nthemes: [Workforce]\nrelated: case-study:c\n")
        .case_study("a", "stag: pilot\nmeasures:\n  - metric: Wait\n    result: 5\n")
        .page("z", "", "[click here](case-studies/d.md)\n\n![](map.png)\n")
        .page("stroke", "aliases: /z/\n", "")
        .file("content/y.md", "---\ntitle: A: b\n---\n")
        .file("content/pathways/p.md", page("P", "verification: verified-in-practice\n", ""));
    told(
        &site,
        r#"
        error unknown-key content/case-studies/a.md:12:1
          a case study page has no field `stag`, so nothing would come of it
          help: did you mean `stage`?
        warning result-without-baseline content/case-studies/a.md:14:5
          Wait: a result without a baseline shows a reader no change
          help: add `baseline:`, or say `evidence: opinion`
        error unclear-date content/case-studies/b.md:12:12
          the date `03/04/18` is unclear
          help: write 2018-04-03 or 3 April 2018
        error unknown-reference content/case-studies/b.md:14:10
          there is no case study `c`
          help: there are `a` and `b`
        error duplicate-organisation content/organisations.csv:3:1
          the code RM1 stands on two lines
          help: keep one line for each code
        error missing-section content/pathways/p.md:2:1
          the sections Steps and Known differences are missing: readers of a pathway expect Steps and Known differences
          help: add the headings ## Steps and ## Known differences, or set status: draft
        error missing-field content/pathways/p.md:4:1
          `description` is missing; a published pathway needs it: the drawing in words, for those who cannot see it
          help: add the line description: A patient with a suspected stroke is …, or set status: draft
        error missing-field content/pathways/p.md:4:1
          `diagram` is missing; a published pathway needs it: the drawing as a Mermaid flowchart: its text, or the name of a .mmd file beside the page
          help: add the line diagram: stroke.mmd, or set status: draft
        error verification-without-proof content/pathways/p.md:8:15
          `verified-in-practice` tells readers that somebody checked the pathway against what really happens
          help: add `verified_by` and `verified_on`; agreement in a meeting is `verification: agreed`
        error colliding-address content/stroke.md:8:10
          this would be published at `/z/`, and so would `content/z.md`
          help: take this old address out: something stands there
        error yaml-colon content/y.md:2:9
          a colon followed by a space inside a value needs quotation marks around the value
          help: write title: "A: b"
        warning vague-link content/z.md:10:1
          the link text `click here` does not say where it leads, for a reader who moves from link to link
          help: name what the link opens: `[terms of reference for Devon](address)`
        error broken-link content/z.md:10:14
          there is no file `case-studies/d.md`
          help: write the path of the file from this page's folder, such as ../pathways/stroke.md
        error missing-alt content/z.md:12:1
          this image has no words: a reader who cannot see the image needs its content in words
          help: write `![what it shows](map.png)`
        error missing-image content/z.md:12:5
          there is no image `map.png`
          help: write the path of the file from this page's folder, such as images/map.png
        error unknown-key netsite.yaml:2:1
          `netsite.yaml` has no field `baseurl`, so nothing would come of it
          help: did you mean `base_url`?
        "#,
    );
}

#[test]
fn the_same_problem_is_said_once() {
    let site = TestSite::new().page("a", "", "[One](gone.md)\n\n[one][x] and [again][x]\n\n[x]: gone.md\n");
    told(
        &site,
        r"
        error broken-link content/a.md:10:7
          there is no file `gone.md`
          help: write the path of the file from this page's folder, such as ../pathways/stroke.md
        error broken-link content/a.md:14:6
          there is no file `gone.md`
          help: write the path of the file from this page's folder, such as ../pathways/stroke.md
        ",
    );
}
