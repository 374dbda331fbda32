//! Little sites that several tests begin with.

use super::harness::{TestSite, case_study, page, png};

const SETTINGS: &str = "\
title: Test site
base_url: https://test.example/sharing/
description: A site & its pages
publisher:
  name: The team
  mailbox: team@test.example
licence: CC BY 4.0
accessibility:
  status: partially compliant
  known_problems: [Drawings are small]
glossary:
  RIS: radiology information system
";

const CASE_STUDY: &str = "\
published: 2026-02-03
themes: [Reporting]
tags: [home reporting, \"R&D\"]
standards: [IN-301]
evidence: before-after
measures:
  - metric: Wait
    baseline: 9
    result: 5
    unit: days
related: [pathway:stroke, benchmark:reports]
";

const SOLUTION: &str = "\
B. The RIS came first.

> [!EMBED]
> [The pathway](../pathways/stroke/index.md)

| Left | Right |
|:-----|------:|
| a | 1 |

```rust
fn main() {}
```

A note.[^1]

[^1]: The note.
";

const BENCHMARK: &str = "\
data: data.csv
metric: Reports
definition: All reports.
unit: reports
direction: higher
period: 2025
collection: A count
counts: activity
level: national
provenance: real
";

const TERMS: &str = "\
version: \"1.0\"
purposes: [Decide]
membership: [A chair]
chair: The chair
quorum: Half
meets: Monthly
reports_to: The trusts
criteria:
  - name: Cost
    weight: 2
  - name: Speed
    weight: 1
options:
  - name: One trust
    scores: { Cost: 3, Speed: 2 }
  - name: A company
    scores: { Cost: 1, Speed: 5 }
";

const ASSESSMENT: &str = "\
network: example
framework: A standard
level: developing
assessed_on: 2026-01-15
results:
  - standard: IN-301
    level: emerging
    gap: Two archives
    action: Link them
";

/// A site with a page of every kind, pages that name each other, files, old addresses, a page in Welsh and a draft.
pub(crate) fn every_kind() -> TestSite {
    let case = case_study("Sharing reports", CASE_STUDY)
        .replace("title: Sharing reports", "title: \"Sharing reports: a <first> step & more\"")
        .replace("B.\n", SOLUTION);
    let kinds = [
        ("case-studies/sharing-reports", case),
        (
            "pathways/stroke/index",
            page(
                "Stroke",
                "network: example\ndiagram: stroke.mmd\ndescription: From arrival to a decision.\nverification: agreed\n",
                "## Steps\n\n1. Arrive\n2. Decide\n\n## Known differences\n\nNone.\n",
            ),
        ),
        (
            "benchmarks/reports/index",
            page("Reports", BENCHMARK, "## Reading this\n\nOne figure.\n\n## Limits\n\nMany.\n"),
        ),
        (
            "events/day",
            page(
                "A day",
                "starts: 2026-04-18\nends: 2026-04-18\ntimezone: Europe/London\nvenue: A hall\n",
                "## About\n\nA day.\n",
            ),
        ),
        (
            "sessions/talk",
            page(
                "A talk",
                "event: day\nstart: 2026-04-18 11:00\nend: 2026-04-18 11:45\nroom: Room B\nspeakers: []\ncases: [sharing-reports]\n",
                "## About\n\nA talk.\n",
            ),
        ),
        (
            "terms-of-reference/board",
            page(
                "Board",
                TERMS,
                "## Purpose\n\nA.\n\n## Scope\n\nB.\n\n## Membership\n\nC.\n\n## Accountability\n\nD.\n\n## Review\n\nE.\n",
            ),
        ),
        (
            "lessons/patience",
            page(
                "Patience",
                "audience: [Boards]\nthemes: [Governance]\nboard_questions: [Who decides?]\n",
                "Wait.\n",
            ),
        ),
        (
            "standards/in-301",
            page(
                "Equipment",
                "framework: A standard\nversion: \"2023\"\ncode: IN-301\n",
                "## Statement\n\nOne network.\n\n## Gap\n\nAsk.\n",
            ),
        ),
        ("assessments/example-2026", page("Where we are", ASSESSMENT, "## Gap\n\nOurs.\n")),
    ];
    let mut site = TestSite::new()
        .file("netsite.yaml", SETTINGS)
        .page(
            "index",
            "",
            "Read [the case study](case-studies/sharing-reports.md) & more.\n\n## Where to begin\n\nHere.\n",
        )
        .page(
            "about",
            "aliases: [/who/, /old.html, /was/here]\n",
            "## Who\n\nUs. See [where to begin](index.md#where-to-begin) and [the news](/feed.xml).\n\n![A picture](pictures/a%20b.png)\n",
        )
        .page(
            "guides/writing",
            "",
            "A [heading of another page](../about.md#who), a [list](../case-studies/index.md) and a [theme](/themes/reporting/).\n",
        )
        .page("guides/amdanom", "lang: cy\ntranslation_of: page:about\n", "Croeso.\n")
        .page("case-studies/index", "", "What others did.\n\n## How to read these\n\nSlowly.\n")
        .network()
        .file("content/pictures/a b.png", png())
        .file("content/pathways/stroke/stroke.mmd", "flowchart TD\n  a[Arrive] --> b[Decide]\n")
        .file("content/benchmarks/reports/data.csv", "period,value\n2025,39000\n")
        .file("content/drafts/later.md", "---\ntitle: Later\nstatus: draft\n---\n\nNot yet.\n");
    for (name, text) in kinds {
        site = site.file(&format!("content/{name}.md"), text);
    }
    site
}

/// A site of many small case studies, each published a day after the one before.
pub(crate) fn case_studies(count: usize) -> TestSite {
    let mut site = TestSite::new().network();
    for number in 1..=count {
        let (month, day) = ((number - 1) / 28 + 1, (number - 1) % 28 + 1);
        let published = format!("published: 2025-{month:02}-{day:02}\nthemes: [Reporting]\n");
        site = site.case_study(&format!("Case {number:03}"), &published);
    }
    site
}
