//! What a writer is told about a page's text.

use super::harness::{TestSite, png};
use super::told::told;

#[test]
fn words_for_those_who_cannot_see() {
    let body = "![](map.png)\n\n![map.png](map.png)\n\n[](b.md)\n\n[click here](b.md)\n\n| | |\n| --- | --- |\n| 1 | 2 |\n\n[Read more.](b.md)\n";
    let site = TestSite::new().page("a", "", body).page("b", "", "").file("content/map.png", png());
    told(
        &site,
        r"
        error missing-alt content/a.md:10:1
          this image has no words: a reader who cannot see the image needs its content in words
          help: write `![what it shows](map.png)`
        warning alt-file-name content/a.md:12:1
          the words for this image are the name of its file, `map.png`, which tells a reader nothing
          help: write `![what it shows](map.png)`
        error empty-link content/a.md:14:1
          a link without words cannot be seen, and a screen reader has nothing to say for it
          help: write where the link leads: `[what is there](address)`
        warning vague-link content/a.md:16:1
          the link text `click here` does not say where it leads, for a reader who moves from link to link
          help: name what the link opens: `[terms of reference for Devon](address)`
        warning table-header content/a.md:18:1
          this table's header row is empty, so a reader who hears the cells cannot tell what they mean
          help: name every column in the first row: `| Network | Trusts |`
        warning vague-link content/a.md:22:1
          the link text `read more` does not say where it leads, for a reader who moves from link to link
          help: name what the link opens: `[terms of reference for Devon](address)`
        ",
    );
}

#[test]
fn headings_and_their_ids() {
    let body = "# A title again\n\n## One\n\n#### Too deep\n\n## Two {#one}\n\n## Three {#three}\n\n## Four {#three}\n";
    let site = TestSite::new().page("a", "", body);
    told(
        &site,
        r"
        warning heading-level-one content/a.md:10:1
          a heading of the first level stands in the text, but a page has only one: its title
          help: write `##` in the place of `#`
        warning skipped-heading-level content/a.md:14:1
          a heading of level 4 follows level 2, so a reader who moves by headings looks for a missing level 3
          help: write `###` for this heading
        error duplicate-id content/a.md:20:1
          the id `three` is given to two headings, so a link to it reaches only the first
          help: give each heading an id of its own
        ",
    );
}

#[test]
fn what_readers_would_not_see_or_could_not_follow() {
    let body = "##\n\n## Named {size=wide}\n\n## Sly {#to:content}\n\nOne[^a].\n\n[^a]: One.\n\n[^a]: Two.\n\n> [!FIGURE]\n> ![A map](map.png)\n>\n> > [!FIGURES]\n> > | Figure | What |\n> > | --- | --- |\n> > | 22 | bids |\n";
    let site = TestSite::new().page("a", "", body).file("content/map.png", png()).page(
        "b",
        "",
        &format!("{} deep\n", ">".repeat(100)),
    );
    told(
        &site,
        r"
        warning empty-heading content/a.md:10:1
          a heading without words is left out of the page
          help: write the heading's words after the `#` signs, or delete the line
        warning heading-attributes content/a.md:12:1
          words in braces at the end of a heading are read as attributes and are not shown
          help: write `\{` for a brace that readers see; only `{#an-id}` has a meaning
        warning unsafe-id content/a.md:14:1
          this heading's id has characters that do not work in an address
          help: write `{#to-content}`
        warning footnote-repeated content/a.md:20:1
          the footnote `[^a]` is written twice, and readers see only the first
          help: give it another name
        error nested-helper content/a.md:25:5
          `[!FIGURES]` stands inside another block or a footnote, where it cannot be shown
          help: put it in a quote of its own, with an empty line before
        error too-deep content/b.md:10:65
          the text is nested more than 64 levels deep, which no reader can follow
          help: use fewer levels of lists, quotes and emphasis
        ",
    );
}

#[test]
fn of_very_many_problems_the_first_are_listed_and_the_rest_counted() {
    let site = TestSite::new().page("a", "", &"![](map.png)\n\n".repeat(600)).file("content/map.png", png());
    let problems = site.build().problems();
    assert!(problems.len() < 520, "{}", problems.len());
    let rest = problems.iter().find(|problem| problem.code == "too-many-problems").unwrap();
    assert!(rest.message.contains("100"), "{}", rest.message);
}

#[test]
fn footnotes_and_code() {
    let body = "One[^a] and two[^b].\n\n[^a]: Here.\n[^c]: Nobody mentions it.\n\n```pyton\nx = 1\n```\n\n```flubber\nx\n```\n";
    let site = TestSite::new().page("a", "", body);
    told(
        &site,
        r"
        warning footnote-missing content/a.md:10:16
          the footnote `[^b]` is not written anywhere, so readers see its mark as plain text
          help: write it on a line of its own: `[^b]: the note`
        warning footnote-unused content/a.md:13:1
          the footnote `[^c]` is mentioned nowhere, so no reader sees it
          help: write `[^c]` in the text where it belongs, or delete it
        warning code-language content/a.md:15:1
          the language `pyton` is not known, so this code is shown without colours
          help: did you mean `python`?
        warning code-language content/a.md:19:1
          the language `flubber` is not known, so this code is shown without colours
          help: name a language such as `yaml`, `sql`, `python` or `text`
        ",
    );
}

#[test]
fn html_is_shown_as_typed_unless_the_site_allows_it() {
    let body = "Water is H<sub>2</sub>O.\n\n<b>bold</b>\n\n<div class=\"x\">text</div>\n\n<script>alert(1)</script>\n\n<!-- a note -->\n\n<br>\n\n<!-- never closed\n\nText.\n";
    let site = TestSite::new().page("a", "", body);
    told(
        &site,
        r"
        warning raw-html content/a.md:10:11
          `<sub>` in the text is not understood and is shown to readers as typed
          help: write Markdown instead, or `\<` for a sign that readers see; or allow harmless tags in `netsite.yaml`: `markdown: { raw_html: safe }`
        warning raw-html content/a.md:12:1
          `<b>` in the text is not understood and is shown to readers as typed
          help: write `**bold**`; or allow harmless tags in `netsite.yaml`: `markdown: { raw_html: safe }`
        warning raw-html content/a.md:14:1
          `<div>` in the text is not understood and is shown to readers as typed
          help: leave an empty line between paragraphs and delete the tags
        warning raw-html content/a.md:16:1
          `<script>` in the text is not understood and is shown to readers as typed
          help: write Markdown instead, or `\<` for a sign that readers see
        warning raw-html content/a.md:20:1
          `<br>` in the text is not understood and is shown to readers as typed
          help: end the line with two spaces or `\`; or allow harmless tags in `netsite.yaml`: `markdown: { raw_html: safe }`
        error unclosed-comment content/a.md:22:1
          a comment is never closed, so everything after it (25 characters) is hidden from readers
          help: write `-->` where the comment ends
        ",
    );
    let site = site.file("netsite.yaml", "title: T\nmarkdown: { raw_html: safe }\n");
    told(
        &site,
        r"
        warning raw-html content/a.md:14:1
          `<div>` in the text is not understood and is shown to readers as typed
          help: leave an empty line between paragraphs and delete the tags
        warning raw-html content/a.md:16:1
          `<script>` in the text is not understood and is shown to readers as typed
          help: write Markdown instead, or `\<` for a sign that readers see
        error unclosed-comment content/a.md:22:1
          a comment is never closed, so everything after it (25 characters) is hidden from readers
          help: write `-->` where the comment ends
        ",
    );
}

#[test]
fn html_never_becomes_script() {
    let body = "<script>alert(1)</script>\n\n<img src=x onerror=alert(1)>\n\n<b onclick=\"x()\">bold</b>\n\n<details open><summary>More</summary>\n\nText\n\n</details>\n\nH<sub>2</sub>O <a href=\"javascript:x\">a</a>\n";
    for mode in ["escape", "safe"] {
        let site = TestSite::new()
            .file("netsite.yaml", format!("title: T\nmarkdown: {{ raw_html: {mode} }}\n"))
            .page("a", "", body);
        assert_eq!(site.build().code, 0);
        let page = site.output("a/index.html");
        let main = page.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        for harm in ["<script", "<img", "<b onclick", "<a href=\"javascript"] {
            assert!(!main.contains(harm), "{mode}: {harm}\n{main}");
        }
        assert_eq!(main.contains("H<sub>2</sub>O"), mode == "safe", "{mode}\n{main}");
    }
}

#[test]
fn helpers_say_which_there_are_and_what_they_hold() {
    let empty = ["NOET", "RECIPE", "FIGURE", "FIGURES", "EMBED", "MATRIX"];
    let empty = empty.map(|name| format!("> [!{name}]\n> Text.\n\n")).concat();
    let options = "> [!OPTIONS]\n> | Option | Quality | Cost (40) |\n> | --- | --- | --- |\n> | One | 5 | high |\n> | Two | 4 | |\n";
    let site =
        TestSite::new().page("a", "", &format!("{empty}{options}\nNot in a quote:\n\n[!NOTE]\nText.\n"));
    told(
        &site,
        r"
        error unknown-helper content/a.md:10:3
          `[!NOET]` is no block that netsite knows, so readers would see the mark itself
          help: did you mean `[!NOTE]`? the names are `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]`, `[!CAUTION]`, `[!FIGURE]`, `[!FIGURES]`, `[!EMBED]`, `[!OPTIONS]` and `[!MATRIX]`
        error unknown-helper content/a.md:13:3
          `[!RECIPE]` is no block that netsite knows, so readers would see the mark itself
          help: the names are `[!NOTE]`, `[!TIP]`, `[!IMPORTANT]`, `[!WARNING]`, `[!CAUTION]`, `[!FIGURE]`, `[!FIGURES]`, `[!EMBED]`, `[!OPTIONS]` and `[!MATRIX]`
        error helper-shape content/a.md:16:3
          `[!FIGURE]` needs an image as its first line, and cannot be shown without
          help: write it like this:
          > [!FIGURE]
          > ![What the image shows](file.png)
          >
          > The caption.
        error helper-shape content/a.md:19:3
          `[!FIGURES]` needs a table of two or three columns, and cannot be shown without
          help: write it like this:
          > [!FIGURES]
          > | Figure | What it counts |
          > | --- | --- |
          > | 22 | bids received |

          or, with three columns:
          > | Measure | Before | After |
          > | --- | --- | --- |
          > | Turnaround | 7 days | 1 day |
        error helper-shape content/a.md:22:3
          `[!EMBED]` needs exactly one link, to a pathway or a benchmark, and cannot be shown without
          help: write it like this:
          > [!EMBED]
          > [The uniform stroke pathway](../pathways/stroke.md)
        error helper-shape content/a.md:25:3
          `[!MATRIX]` needs a table of functions and suppliers, and cannot be shown without
          help: write it like this:
          > [!MATRIX]
          > | Function | Supplier A | Supplier B |
          > | --- | --- | --- |
          > | Shared worklist | yes | partly |
        error option-weight content/a.md:29:13
          the criterion `Quality` has no weight, so readers could not check the totals
          help: write the weight after the name: `Quality (40)`
        error option-score content/a.md:31:14
          `high` is not a score, so the options cannot be ranked for readers
          help: write a whole number for `Cost`, 0 for the worst
        error option-score content/a.md:32:14
          a score is missing, so the options cannot be ranked for readers
          help: write a whole number for `Cost`, 0 for the worst
        error stray-helper content/a.md:36:1
          `[!NOTE]` has its meaning only alone on the first line of a quote, so readers would see the mark itself
          help: begin the block with the line `> [!NOTE]`, and every line after it with `> `
        ",
    );
}

#[test]
fn a_page_that_would_swell_is_cut_and_said_to_be() {
    let table = format!("|{}\n|{}\n{}", "a|".repeat(400), "-|".repeat(400), "|b|\n".repeat(2_000));
    let site = TestSite::new().page("a", "", &table);
    told(
        &site,
        r"
        error page-too-large content/a.md:10:1
          the page is too large to be published, so its end is missing from here on for every reader
          help: divide it into several pages, or offer a large table as a file to download
        ",
    );
}
