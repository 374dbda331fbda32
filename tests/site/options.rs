//! Options weighed by criteria: the table on a page, the file beside it, what a writer is told, and that a live purchase
//! leaves nothing of it.

use super::harness::{TestSite, page};
use super::told::told;

const SECTIONS: &str = "## Purpose\n\nA.\n\n## Scope\n\nA.\n\n## Membership\n\nA.\n\n## Accountability\n\nA.\n\n## Review\n\nA.\n";

/// Terms of reference with these criteria and options; the first of them stands on line 16.
fn terms(more: &str) -> String {
    let fields = format!(
        "version: 1\npurposes: [A]\nmembership: [B]\nchair: C\nquorum: D\nmeets: E\nreports_to: F\ncriteria:\n{more}"
    );
    page("Board", &fields, SECTIONS)
}

fn site(more: &str) -> TestSite {
    TestSite::new().file("content/terms-of-reference/board.md", terms(more))
}

const WEIGHED: &str = "  - name: Quality & care\n    weight: 3\n  - name: Cost\n    weight: 2\noptions:\n  - name: \"=Alliance\"\n    scores: { Quality & care: 10, Cost: 6 }\n  - name: Shared <system>\n    scores: { Quality & care: 7, Cost: 9 }\n  - name: As now\n    scores: { Quality & care: 7, Cost: 9 }\n  - name: New\n    scores: { Quality & care: 2, Cost: 1 }\n";

#[test]
fn a_page_shows_totals_places_the_result_and_what_would_change_it() {
    let site = site(WEIGHED);
    site.build().clean();
    let html = site.output("terms-of-reference/board/index.html");
    for expected in [
        "<b>=Alliance has the highest weighted total, 8.4.</b>",
        "If the weight of Cost rose from 2 to 4, Shared &lt;system&gt; and As now would share first place.",
        "=Alliance scores at least as well as New for every criterion, whatever the weights.",
        "data-label=\"Weighted total\">8.4</td>",
        "data-label=\"Rank\"><span>first</span></td>",
        "<span>joint second</span>",
        "<span>fourth</span>",
        "<small>Weight 3</small>",
        "3 <small>60% of all weights</small>",
        "<span>4 or more:</span> Shared &lt;system&gt; and As now<small>joint first, 57% of all weights</small>",
        "<span>1 or less:</span>",
        "Scores run from 0 (not at all) to 10 (fully).",
        "<a href=\"../../terms-of-reference/board/options.csv\">Download the scores as CSV</a>",
    ] {
        assert!(html.contains(expected), "{expected}\n{html}");
    }
}

#[test]
fn the_file_can_be_worked_with_and_runs_nothing() {
    let site = site(WEIGHED);
    site.build().clean();
    assert_eq!(
        site.output("terms-of-reference/board/options.csv"),
        "Option,Quality & care,Cost,Weighted total,Rank\r\nWeight,3,2,,\r\n'=Alliance,10,6,8.4,1\r\nShared <system>,7,9,7.8,2=\r\nAs now,7,9,7.8,2=\r\nNew,2,1,1.6,4\r\n"
    );
}

#[test]
fn what_a_live_purchase_withholds_changes_no_byte() {
    let other = WEIGHED
        .replace("Quality & care", "Reliability")
        .replace("As now", "Supplier Xq")
        .replace(": 7", ": 5")
        .replace("weight: 3", "weight: 8");
    let table = "> [!OPTIONS]\n> | Option | Quality (6) | Cost (4) |\n> | - | - | - |\n> | Supplier Zw | 7 | 3 |\n> | Other | 4 | 5 |\n";
    let published = |options: &str, table: &str| {
        let page = terms(&format!("{options}procurement: live\n"))
            .replace("## Scope\n\nA.", &format!("## Scope\n\n{table}"));
        let site = TestSite::new().file("content/terms-of-reference/board.md", page);
        site.build().clean();
        assert!(!site.publishes("terms-of-reference/board/options.csv"));
        let html = site.output("terms-of-reference/board/index.html");
        assert!(html.contains("Options and scores are not published while the purchase is live."), "{html}");
        site.outputs()
    };
    let one = published(WEIGHED, table);
    let another = published(&other, &table.replace("Zw", "Vy").replace("| 7 |", "| 1 |"));
    let differing: Vec<&String> =
        one.iter().filter(|(path, bytes)| another.get(*path) != Some(bytes)).map(|(path, _)| path).collect();
    assert_eq!((differing, one.len()), (Vec::new(), another.len()));
    for name in ["alliance", "supplier zw", "supplier vy", "supplier xq"] {
        for (path, bytes) in one.iter().chain(&another) {
            assert!(!String::from_utf8_lossy(bytes).to_lowercase().contains(name), "{name} in {path}");
        }
    }
}

#[test]
fn an_option_that_lacks_scores_is_shown_and_not_ranked() {
    let site = site(
        "  - name: Quality\n    weight: 60\n  - name: Cost\n    weight: 40\noptions:\n  - name: One\n    scores: { Quality: 4, Cost: 3 }\n  - name: Two\n    scores: { Quality: 5 }\n  - name: Three\n",
    );
    told(
        &site,
        r"
        warning option-unscored content/terms-of-reference/board.md:23:11
          `Two` has no score for `Cost`, so it is shown without a total and a rank
          help: write them below the option: scores: { Cost: 5 }
        warning option-unscored content/terms-of-reference/board.md:25:11
          `Three` has no scores, so it is shown without a total and a rank
          help: write them below the option: scores: { Quality: 5 }
        ",
    );
    let html = site.output("terms-of-reference/board/index.html");
    assert!(html.contains("<p>Two is not ranked, because it has no score for Cost.</p>"), "{html}");
    assert_eq!(html.matches("<span>Not ranked</span>").count(), 2);
    assert!(site.output("terms-of-reference/board/options.csv").ends_with("Two,5,,,\r\nThree,,,,\r\n"));
}

#[test]
fn a_choice_needs_options_criteria_and_names_that_tell_apart() {
    told(
        &site(
            "  - name: Cost\n    weight: 6\n  - name: cost\n    weight: 4\noptions:\n  - name: One\n  - name: One\n",
        ),
        r"
        error same-option content/terms-of-reference/board.md:18:11
          two criteria are called `cost`, so readers could not tell them apart
          help: give each criterion a name of its own
        error same-option content/terms-of-reference/board.md:22:11
          two options are called `One`, so readers could not tell them apart
          help: give each option a name of its own
        ",
    );
    told(
        &site(
            "  - name: Quality\n    weight: 6\n  - name: Cost\n    weight: 4\noptions:\n  - name: One\n    scores: { Cost: 3 }\n",
        ),
        r"
        warning criterion-unscored content/terms-of-reference/board.md:16:11
          no option has a score for `Quality`, so none can be ranked
          help: score every option for it, or take the criterion out
        warning one-option content/terms-of-reference/board.md:21:11
          `One` is the only option, so there is nothing to weigh it against
          help: add the other options, if only to keep things as they are
        ",
    );
    told(
        &site("  []\noptions:\n  - name: One\n"),
        r"
        warning no-criteria content/terms-of-reference/board.md:18:11
          there are options and no criteria, so readers would not see them
          help: add `criteria:`, each with a name and a weight
        ",
    );
}

#[test]
fn a_table_in_the_text_is_told_the_same() {
    let text =
        |rows: &str| format!("> [!OPTIONS]\n> | Option | Cost (6) | Speed (4) |\n> | - | - | - |\n{rows}");
    let site = TestSite::new().page("a", "", &text("> | One | 5 | 3 |\n> | Two | 4 | 4 |\n"));
    site.build().clean();
    let html = site.output("a/index.html");
    assert!(
        html.contains("One has the highest weighted total, 4.2. If the weight of Speed rose from 4 to 7, Two would come first.</p>"),
        "{html}"
    );
    let site = TestSite::new().page("a", "", &text("> | One | 5 | 3 |\n").replace("Speed", "cost"));
    told(
        &site,
        r"
        error same-option content/a.md:11:24
          two criteria are called `cost`, so readers could not tell them apart
          help: give each a name of its own
        warning one-option content/a.md:13:4
          `One` is the only option, so there is nothing to weigh it against
          help: add a row for each other option, if only to keep things as they are
        ",
    );
}
