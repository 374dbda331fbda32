//! Pathways: a flowchart in a file or in the page itself is drawn, told in steps, published as a file, and its mistakes
//! are shown where they stand.

use std::fs;

use super::harness::{Problem, TestSite, files, page};

const CHART: &str = "flowchart TD\n    accTitle: A way\n    accDescr: From a call to care.\n    subgraph home[\"At home\"]\n        A([Call]) --> B{Urgent?}\n    end\n    subgraph ward[\"On the ward\"]\n        C[Scan within 6 hours]\n        D[Wait]\n    end\n    B -- Yes --> C\n    B -- No --> D\n    D --> B\n";

fn pathway(diagram: &str) -> String {
    let fields = format!(
        "diagram: {diagram}\ndescription: From a call to care.\nverification: agreed\nnetwork: example\npublished: 2026-01-05\n"
    );
    page("The way", &fields, "## Steps\n\nOne.\n\n## Known differences\n\nNone.\n")
}

/// A diagram as a block of YAML.
fn block(chart: &str) -> String {
    format!("|\n{}", chart.lines().map(|line| format!("    {line}\n")).collect::<String>())
        .trim_end()
        .to_string()
}

fn in_file(chart: &str) -> TestSite {
    TestSite::new()
        .network()
        .file("content/pathways/way.md", pathway("way.mmd"))
        .file("content/pathways/way.mmd", chart)
}

fn in_page(chart: &str) -> TestSite {
    TestSite::new().network().file("content/pathways/way.md", pathway(&block(chart)))
}

#[test]
fn a_flowchart_is_drawn_and_told_in_steps() {
    let site = in_file(CHART);
    site.build().clean();
    let html = site.output("pathways/way/index.html");
    assert!(
        html.contains("<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"pathway\" role=\"img\""),
        "{html}"
    );
    assert!(html.contains("<title id=\"to:drawing-title\">A way</title>"), "{html}");
    assert!(html.contains("href=\"../../pathway.css\""), "{html}");
    assert!(!html.contains("style="), "nothing is inline: {html}");
    for said in [
        "<li id=\"to:drawing-step-1\"><span class=\"kicker\">At home</span><br>Call",
        "<b>Urgent?</b>",
        ">If yes, hand over to On the ward and go to step ",
        ">Hand over to At home and go back to step 2</a>",
    ] {
        assert!(html.contains(said), "{said}\n{html}");
    }
    assert!(site.output("pathway.css").contains(".pathway text{"), "{}", site.output("pathway.css"));
}

#[test]
fn a_flowchart_in_the_page_is_drawn_like_one_in_a_file() {
    let (apart, within) = (in_file(CHART), in_page(CHART));
    apart.build().clean();
    within.build().clean();
    assert_eq!(apart.output("pathways/way/drawing.svg"), within.output("pathways/way/drawing.svg"));
    assert_eq!(within.output("pathways/way/drawing.mmd").trim_end(), CHART.trim_end());
    assert!(within.output("pathways/way/index.html").contains("href=\"../../pathways/way/drawing.mmd\""));
}

#[test]
fn the_drawing_is_a_file_that_needs_nothing_else() {
    let site = in_file(CHART);
    site.build().clean();
    let svg = site.output("pathways/way/drawing.svg");
    assert!(svg.contains("<style>") && svg.contains("On the ward") && svg.ends_with("</svg>\n"), "{svg}");
    assert!(!svg.contains("<script") && !svg.contains("href="), "{svg}");
    let html = site.output("pathways/way/index.html");
    assert!(html.contains("<a href=\"../../pathways/way/drawing.svg\">"), "{html}");
}

#[test]
fn another_page_shows_the_drawing_as_an_image() {
    let embed = "> [!EMBED]\n>\n> [The way](../pathways/way.md)\n";
    let lesson = page("L", "published: 2026-01-05\naudience: [Boards]\nthemes: [Leadership]\n", embed);
    let site = in_file(CHART).file("content/lessons/l.md", lesson);
    site.build().clean();
    let html = site.output("lessons/l/index.html");
    assert!(html.contains("<img src=\"../../pathways/way/drawing.svg\" width=\""), "{html}");
    assert!(!html.contains("pathway.css") && !html.contains("<svg"), "{html}");
}

#[test]
fn every_mistake_of_a_flowchart_is_shown_where_it_stands() {
    let broken = "flowchart TD\n    A[Call --> B\n    B -> C\n    subgraph x\n";
    let of_file = in_file(broken).build().problems();
    let of_page = in_page(broken).build().problems();
    let places = |problems: &[Problem]| {
        problems
            .iter()
            .map(|problem| (problem.code.clone(), problem.line, problem.column))
            .collect::<Vec<_>>()
    };
    assert!(
        of_file.len() >= 3 && of_file.iter().all(|problem| problem.path == "content/pathways/way.mmd"),
        "{of_file:?}"
    );
    assert!(of_page.iter().all(|problem| problem.path == "content/pathways/way.md"), "{of_page:?}");
    // In the page the chart begins on the ninth line, indented like the rest of the block.
    let first = pathway("|").lines().position(|line| line == "diagram: |").unwrap() as u64 + 1;
    let moved: Vec<_> =
        places(&of_file).into_iter().map(|(code, line, column)| (code, line + first, column + 4)).collect();
    assert_eq!(places(&of_page), moved);
}

#[test]
fn a_mistake_in_the_drawing_of_a_page_under_embargo_is_shown_before_it_ends() {
    let site = in_file("flowchart TD\n    A -> B\n");
    let text = std::fs::read_to_string(site.path("content/pathways/way.md")).unwrap();
    site.write(
        "content/pathways/way.md",
        text.replacen("---\n", "---\nembargo_until: 2099-01-01T09:00Z\n", 1),
    );
    let problem = site.build().only_problem();
    assert_eq!(
        (problem.code.as_str(), problem.path.as_str()),
        ("flowchart-arrow", "content/pathways/way.mmd")
    );
}

#[test]
fn what_is_no_flowchart_stays_on_the_page_as_text() {
    let site = in_file("sequenceDiagram\n    A->>B: Hello\n");
    let problem = site.build().only_problem();
    assert_eq!((problem.code.as_str(), problem.severity.as_str()), ("diagram-type", "warning"));
    let html = site.output("pathways/way/index.html");
    assert!(html.contains("sequenceDiagram") && !html.contains("<svg"), "{html}");
    assert!(!site.publishes("pathways/way/drawing.svg"));
}

#[test]
fn script_in_a_flowchart_does_nothing() {
    let site = in_file(
        "flowchart TD\n    A[\"<script>alert(1)</script>\"] --> B[\"<img src=x onerror=alert(1)>\"]\n",
    );
    site.build();
    let html = site.output("pathways/way/index.html");
    assert!(!html.contains("<script>alert") && !html.contains("<img src=x"), "{html}");
    let svg = site.output("pathways/way/drawing.svg");
    assert!(!svg.contains("<script") && !svg.contains("<img"), "{svg}");
}

#[test]
fn a_fence_in_any_page_is_drawn_with_its_steps() {
    let fence = format!("Before.\n\n```mermaid\n{CHART}```\n\nBetween.\n\n```mermaid\n{CHART}```\n");
    let site = TestSite::new().page("guide", "", &fence).page("other", "", "Text.\n");
    site.build().clean();
    let html = site.output("guide/index.html");
    assert_eq!(html.matches("<svg ").count(), 2, "{html}");
    assert_eq!(html.matches("href=\"../pathway.css\"").count(), 1, "{html}");
    for said in [
        "id=\"to:drawing-1-title\"",
        "<a class=\"drawing-open\" href=\"#to:drawing-2-box\">Show the drawing</a>",
        "<li id=\"to:drawing-2-step-2\">",
        "href=\"#to:drawing-2-step-2\"",
    ] {
        assert!(html.contains(said), "{said}\n{html}");
    }
    assert!(!html.contains("pathway-source"), "{html}");
    assert!(!site.output("other/index.html").contains("pathway.css"));
}

#[test]
fn a_mistake_in_a_fence_is_shown_at_its_place_in_the_page() {
    let body = "Before.\n\n> ```mermaid\n> flowchart TD\n>     accTitle: A\n>     accDescr: B\n>     A -> B\n> ```\n";
    let site = TestSite::new().page("guide", "", body);
    let problem = site.build().only_problem();
    let text = std::fs::read_to_string(site.path("content/guide.md")).unwrap();
    let line = text.lines().position(|line| line.contains("A -> B")).unwrap();
    let column = text.lines().nth(line).unwrap().find("->").unwrap();
    assert_eq!(
        (problem.code.as_str(), problem.line, problem.column),
        ("flowchart-arrow", line as u64 + 1, column as u64 + 1)
    );
}

#[test]
fn a_fence_without_a_title_for_those_who_hear_it_is_told() {
    let site = TestSite::new().page("guide", "", "```mermaid\nflowchart TD\n    A --> B\n```\n");
    let problems = site.build().problems();
    let codes: Vec<&str> = problems.iter().map(|problem| problem.code.as_str()).collect();
    assert_eq!(codes, ["flowchart-no-description", "flowchart-no-title"], "{problems:?}");
    assert!(problems.iter().all(|problem| problem.severity == "warning"), "{problems:?}");
}

#[test]
fn another_diagram_in_a_fence_stays_as_text() {
    let site = TestSite::new().page("guide", "", "```mermaid\npie\n    \"A\" : 1\n```\n");
    assert_eq!(site.build().only_problem().code, "diagram-type");
    let html = site.output("guide/index.html");
    assert!(html.contains("<pre class=\"pathway-source\"") && !html.contains("<svg "), "{html}");
}

#[test]
fn a_page_of_many_drawings_has_a_limit() {
    let chart: String = (0..400).map(|index| format!("    a{index} --> b{index}\n")).collect();
    let fence = format!("```mermaid\nflowchart TD\n    accTitle: A\n    accDescr: B\n{chart}```\n\n");
    let site = TestSite::new().page("guide", "", &fence.repeat(3));
    let codes: Vec<String> = site.build().problems().into_iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["flowchart-many-steps"; 2]);
    assert_eq!(site.output("guide/index.html").matches("<svg ").count(), 1);
}

/// Two forms of one pathway: as it is at a site, and as it was agreed.
fn two_forms() -> TestSite {
    let form = |title: &str, chart: &str, stage: &str, more: &str| {
        let fields = format!(
            "diagram: {}\ndescription: From a call to care.\nverification: {stage}\nnetwork: example\npublished: 2026-01-05\n{more}",
            block(chart)
        );
        page(title, &fields, "## Steps\n\nOne.\n\n## Known differences\n\nNone.\n")
    };
    let now = CHART.replace("Scan within 6 hours", "Scan within 24 hours").replace("    D --> B\n", "");
    let now = now.replace("        D[Wait]\n", "        D[Wait]\n        E[Report]\n") + "    C --> E\n";
    let limits = |hours: u32| format!("time_limits:\n  - what: Call to scan\n    limit: {hours} hours\n");
    let agreed_by = "agreed_by: The leads of both sites\nagreed_on: June 2018\n";
    TestSite::new()
        .network()
        .file("content/organisations.csv", "ods,name\nRAA,Aston Hospital\n")
        .file("content/pathways/as-is.md", form("As it is at Aston", CHART, "straw-man", &limits(6)))
        .file(
            "content/pathways/agreed.md",
            form(
                "As agreed",
                &now,
                "agreed",
                &format!(
                    "{}{agreed_by}variations: as-is\ndifferences:\n  - where: RAA\n    what: Evening scans wait until morning.\n    since: 2019\n",
                    limits(24)
                ),
            ),
        )
}

#[test]
fn two_forms_of_a_pathway_are_compared_in_words_and_side_by_side() {
    let site = two_forms();
    site.build().clean();
    let html = site.output("pathways/agreed/compare/index.html");
    for said in [
        "From “As it is at Aston” to “As agreed”",
        "<li>Added: “Report”, at On the ward</li>",
        "<li>Another time limit: Call to scan, 24 hours instead of 6 hours</li>",
        "id=\"to:before-1-title\"",
        "id=\"to:after-1-title\"",
        "<g class=\"tag added\">",
        "+ added",
        "− removed",
        "<th role=\"rowheader\" scope=\"row\">Added</th><td role=\"cell\" data-label=\"Before\"><span class=\"none\">Not there</span></td><td role=\"cell\" data-label=\"After\">",
    ] {
        assert!(html.contains(said), "{said}\n{html}");
    }
    assert!(html.contains("6 hours") && html.contains("24 hours") && !html.contains("style="), "{html}");
}

#[test]
fn the_pages_of_both_forms_tell_what_differs_and_lead_to_the_comparison() {
    let site = two_forms();
    site.build().clean();
    let (earlier, later) =
        (site.output("pathways/as-is/index.html"), site.output("pathways/agreed/index.html"));
    let link = "href=\"../../pathways/agreed/compare/#to:as-is\"";
    assert!(earlier.contains(link) && earlier.contains("From this pathway to that one:"), "{earlier}");
    assert!(later.contains(link) && later.contains("From that pathway to this one:"), "{later}");
    assert!(!site.publishes("pathways/as-is/compare/index.html"), "each pair is compared once");
}

#[test]
fn a_drawing_says_who_agreed_it_and_its_page_where_practice_differs() {
    let site = two_forms();
    site.build().clean();
    let svg = site.output("pathways/agreed/drawing.svg");
    assert!(
        svg.contains("Agreed, not yet verified in practice: by the leads of both sites, June 2018"),
        "{svg}"
    );
    let html = site.output("pathways/agreed/index.html");
    for said in [
        "By: <span>The leads of both sites</span>. June 2018",
        "<a href=\"#known-differences\">1 known difference from practice</a>",
        "Aston Hospital (RAA)</th><td role=\"cell\" data-label=\"What differs\">Evening scans wait until morning.</td><td role=\"cell\" data-label=\"Since\">2019</td>",
    ] {
        assert!(html.contains(said), "{said}\n{html}");
    }
}

#[test]
fn a_page_at_the_address_of_a_comparison_is_told() {
    let site =
        two_forms().file("content/pathways/agreed/compare.md", page("Mine", "kind: page\n", "Text.\n"));
    let problem = site.build().only_problem();
    assert_eq!(
        (problem.code.as_str(), problem.path.as_str()),
        ("colliding-address", "content/pathways/agreed/compare.md")
    );
}

/// A site with a drawing in a pathway and one in a page's text.
fn two_drawings() -> TestSite {
    in_file(CHART).page(
        "guide",
        "",
        "```mermaid\nflowchart TD\n    accTitle: A\n    accDescr: B\n    X[Ring] --> Y\n```\n",
    )
}

/// What the builds of a site keep of its drawings.
fn kept(site: &TestSite) -> Vec<u8> {
    fs::read(site.path(".netsite/layouts")).unwrap()
}

/// Puts other bytes of the same length for some of those that are kept, under a checksum that is right again, and makes
/// the next build look at everything.
fn forge(site: &TestSite, changes: &[(&str, &str)]) {
    let mut content = kept(site);
    content.truncate(content.len() - 32);
    for (from, to) in changes {
        let at = content.windows(from.len()).position(|piece| piece == from.as_bytes()).unwrap();
        content[at..at + to.len()].copy_from_slice(to.as_bytes());
    }
    let checksum = blake3::hash(&content);
    content.extend(checksum.as_bytes());
    site.write(".netsite/layouts", content);
    fs::remove_file(site.path(".netsite/last-build.json")).unwrap();
}

#[test]
fn drawings_that_were_laid_out_are_taken_up_by_the_next_build() {
    let site = two_drawings();
    site.build().clean();
    let (outputs, before) = (site.outputs(), kept(&site));
    fs::remove_file(site.path(".netsite/last-build.json")).unwrap();
    site.build().clean();
    assert_eq!((site.outputs(), kept(&site)), (outputs, before));
    forge(&site, &[("Urgent?", "Urgemt?"), ("Ring", "Rang")]);
    site.build().clean();
    assert!(site.output("pathways/way/drawing.svg").contains("Urgemt?"));
    assert!(site.output("guide/index.html").contains(">Rang<"));
}

#[test]
fn drawings_of_another_version_are_made_anew() {
    let site = two_drawings();
    site.build().clean();
    let (outputs, before) = (site.outputs(), kept(&site));
    let version = concat!("netsite layouts ", env!("CARGO_PKG_VERSION"));
    let other = version.replace(char::is_numeric, "x");
    forge(&site, &[(version, &other), ("Urgent?", "Urgemt?"), ("Ring", "Rang")]);
    site.build().clean();
    assert_eq!((site.outputs(), kept(&site)), (outputs, before));
}

#[test]
fn damaged_drawings_are_made_anew() {
    let site = two_drawings();
    site.build().clean();
    let (outputs, before) = (site.outputs(), kept(&site));
    let mut flipped = before.clone();
    let middle = flipped.len() / 2;
    flipped[middle] ^= 1;
    for damaged in [&flipped[..], &before[..middle], b"", b"\xff"] {
        site.write(".netsite/layouts", damaged);
        fs::remove_file(site.path(".netsite/last-build.json")).unwrap();
        fs::remove_dir_all(site.path("public")).unwrap();
        site.build().clean();
        assert_eq!((site.outputs(), kept(&site)), (outputs.clone(), before.clone()));
    }
}

#[test]
fn a_drawing_that_changed_is_made_anew_and_the_old_one_goes() {
    let site = two_drawings();
    site.build().clean();
    let before = kept(&site);
    site.write("content/pathways/way.mmd", CHART.replace("Urgent?", "At once?"));
    site.build().clean();
    assert!(site.output("pathways/way/drawing.svg").contains("At once?"));
    assert!(!site.output("pathways/way/drawing.svg").contains("Urgent?"));
    site.write("content/pathways/way.mmd", CHART);
    site.build().clean();
    assert_eq!(kept(&site), before);
    site.remove("content/guide.md");
    site.build().clean();
    assert!(kept(&site).len() < before.len());
}

#[test]
fn drawings_that_cannot_be_kept_cost_time_only() {
    let site = two_drawings().file(".netsite/layouts/x", "a folder where the file should be");
    site.build().clean();
    assert!(site.publishes("pathways/way/drawing.svg"));
    assert_eq!(files(&site.path(".netsite")).keys().filter(|name| name.contains(".new")).count(), 0);
}

#[test]
fn links_of_steps_lead_to_pages_of_the_site_and_are_checked_like_others() {
    let chart = format!(
        "{CHART}    click A \"../networks/example.md\" \"The network\"\n    click C \"../nowhere.md\"\n    click D \"https://www.nice.org.uk/\"\n"
    );
    let site = in_file(&chart);
    let problem = site.build().only_problem();
    let line = chart.lines().position(|line| line.contains("nowhere")).unwrap() as u64 + 1;
    assert_eq!(
        (problem.code.as_str(), problem.path.as_str(), problem.line),
        ("broken-link", "content/pathways/way.mmd", line)
    );
    site.write("content/pathways/way.mmd", chart.replace("    click C \"../nowhere.md\"\n", ""));
    site.build().clean();
    let html = site.output("pathways/way/index.html");
    assert!(html.contains("<a href=\"../../networks/example/\">Call</a>"), "{html}");
    assert!(html.contains("<a href=\"https://www.nice.org.uk/\">Wait</a>"), "{html}");
}

#[test]
fn links_of_a_drawing_in_a_page_are_links_of_the_page() {
    let fence = |to: &str| {
        format!("```mermaid\n{CHART}    click A \"{to}\"\n    click D \"https://www.nice.org.uk/\"\n```\n")
    };
    let site = TestSite::new().network().page("guide", "", &fence("nowhere.md"));
    let problem = site.build().only_problem();
    let text = fs::read_to_string(site.path("content/guide.md")).unwrap();
    let line = text.lines().position(|line| line.contains("nowhere")).unwrap() as u64 + 1;
    assert_eq!((problem.code.as_str(), problem.line), ("broken-link", line));
    site.write("content/guide.md", text.replace("nowhere.md", "networks/example.md"));
    site.build().clean();
    let html = site.output("guide/index.html");
    assert!(html.contains("<a href=\"../networks/example/\">Call</a>"), "{html}");
    assert!(html.contains("<a href=\"https://www.nice.org.uk/\">Wait</a>"), "{html}");
}
