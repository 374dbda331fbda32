//! Links and images in a page's text.

use super::harness::{TestSite, page, png};
use super::told::told;

/// A page with one link a line, from line 10 on.
fn linking(targets: &[&str]) -> String {
    targets.iter().enumerate().map(|(index, target)| format!("[link {index}](<{target}>)\n")).collect()
}

#[test]
fn a_link_to_what_is_not_there_comes_with_what_was_meant() {
    let targets = [
        "stroke.md",
        "Pathways/Stroke.md",
        "pathways/stroke",
        "pathways/stroke.html",
        "pathways/stork.md",
        "#first-step",
        "pathways/stroke.md#stepps",
        "",
        "/pathways/strokes/",
        "https://test.example/nowhere/",
        "lesson:vision",
        "/about/",
        "plain.md#x",
        "zebra-crossing.md",
        "pathways/",
    ];
    let pathway = "diagram: |\n  flowchart LR\n  a --> b\ndescription: D.\nverification: agreed\n";
    let site = TestSite::new()
        .page("a", "", &format!("{}\n## First steps\n", linking(&targets)))
        .file(
            "content/pathways/stroke.md",
            page("Stroke", pathway, "## Steps\n\nA.\n\n## Known differences\n\nB.\n"),
        )
        .page("about", "", "")
        .page("plain", "", "No headings.\n");
    told(
        &site,
        r"
        error broken-link content/a.md:10:11
          there is no file `stroke.md`
          help: did you mean `pathways/stroke.md`?
        error broken-link content/a.md:11:11
          there is no file `Pathways/Stroke.md`: its name is written with other capitals, which matters on the published site
          help: write pathways/stroke.md
        error broken-link content/a.md:12:11
          there is no file `pathways/stroke`
          help: write pathways/stroke.md
        error broken-link content/a.md:13:11
          there is no file `pathways/stroke.html`
          help: write pathways/stroke.md
        error broken-link content/a.md:14:11
          there is no file `pathways/stork.md`
          help: did you mean `pathways/stroke.md`?
        error broken-fragment content/a.md:15:11
          this page has no heading `#first-step`
          help: did you mean `first-steps`?
        error broken-fragment content/a.md:16:11
          `content/pathways/stroke.md` has no heading `#stepps`
          help: did you mean `steps`?
        error broken-link content/a.md:17:1
          the link leads nowhere: its address is empty
          help: write the address between the brackets ( )
        error broken-link content/a.md:18:11
          there is nothing at `/pathways/strokes/`
          help: did you mean `/pathways/`?
        error broken-link content/a.md:19:11
          there is no page at `/nowhere/` on this site
          help: link the file of the page, such as ../case-studies/devon.md
        error unknown-reference content/a.md:20:12
          there is no lesson `vision`
          help: there are no pages below content/lessons/ yet
        warning absolute-link content/a.md:21:12
          `/about/` works on the published site only, not on GitHub
          help: write about.md
        error broken-fragment content/a.md:22:12
          `content/plain.md` has no heading `#x`
          help: that page has no headings; take the part after # out
        error broken-link content/a.md:23:12
          there is no file `zebra-crossing.md`
          help: write the path of the file from this page's folder, such as ../pathways/stroke.md
        error broken-link content/a.md:24:12
          `pathways/` is a folder, and the list of its pages is made, not written
          help: write /pathways/
        ",
    );
}

#[test]
fn links_that_could_do_harm_or_lead_nowhere_are_refused() {
    let targets = [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)",
        "javascript&colon;alert(1)",
        "java&#10;script:x",
        "java%0ascript:alert(1)",
        "&#1;javascript:x",
        "vbscript:x",
        "VBSCRIPT&#58;x",
        "data:text/html,hi",
        "file:///C:/plan.docx",
        "C:/plan.docx",
        "C:\\plan.docx",
        "//evil.example/x",
        "/\\evil.example/x",
        "blob:x",
        "ftp://example.org/x",
        "casestudy:a",
    ];
    let site = TestSite::new().page("a", "", &linking(&targets));
    told(
        &site,
        r"
        error unsafe-link content/a.md:10:11
          a link that begins with `javascript:` is not published: it could do harm or leads nowhere
          help: links begin with https:, http:, mailto: or tel:, or name a file or a page
        error unsafe-link content/a.md:11:11
          a link that begins with `javascript:` is not published: it could do harm or leads nowhere
          help: links begin with https:, http:, mailto: or tel:, or name a file or a page
        error unsafe-link content/a.md:12:11
          a link that begins with `javascript:` is not published: it could do harm or leads nowhere
          help: links begin with https:, http:, mailto: or tel:, or name a file or a page
        error unsafe-link content/a.md:13:11
          `java\nscript:x` holds characters that cannot be seen, and browsers leave them out
          help: type the address anew instead of pasting it
        error unsafe-link content/a.md:14:11
          `java%0ascript:alert(1)` holds characters that cannot be seen, and browsers leave them out
          help: type the address anew instead of pasting it
        error broken-link content/a.md:15:11
          there is no file `�javascript:x`
          help: write the path of the file from this page's folder, such as ../pathways/stroke.md
        error unsafe-link content/a.md:16:11
          a link that begins with `vbscript:` is not published: it could do harm or leads nowhere
          help: links begin with https:, http:, mailto: or tel:, or name a file or a page
        error unsafe-link content/a.md:17:11
          a link that begins with `vbscript:` is not published: it could do harm or leads nowhere
          help: links begin with https:, http:, mailto: or tel:, or name a file or a page
        error unsafe-link content/a.md:18:11
          a link that begins with `data:` is not published: it could do harm or leads nowhere
          help: links begin with https:, http:, mailto: or tel:, or name a file or a page
        error unsafe-link content/a.md:19:11
          a link that begins with `file:` is not published: it could do harm or leads nowhere
          help: links begin with https:, http:, mailto: or tel:, or name a file or a page
        error unsafe-link content/a.md:20:12
          a link that begins with `c:` is not published: it could do harm or leads nowhere
          help: copy the file beside the page and link it by its name
        error unsafe-link content/a.md:21:12
          a link that begins with `c:` is not published: it could do harm or leads nowhere
          help: copy the file beside the page and link it by its name
        error unsafe-link content/a.md:22:12
          `//evil.example/x` does not say how it is fetched
          help: write https://evil.example/x
        error backslash content/a.md:23:12
          `/\evil.example/x` has backslashes, which only Windows understands
          help: write /evil.example/x
        error unsafe-link content/a.md:24:12
          a link that begins with `blob:` is not published: it could do harm or leads nowhere
          help: links begin with https:, http:, mailto: or tel:, or name a file or a page
        error unsafe-link content/a.md:25:12
          a link that begins with `ftp:` is not published: it could do harm or leads nowhere
          help: links begin with https:, http:, mailto: or tel:, or name a file or a page
        error unsafe-link content/a.md:26:12
          a link that begins with `casestudy:` is not published: it could do harm or leads nowhere
          help: did you mean `case-study`?
        ",
    );
}

#[test]
fn paths_stay_in_the_content_and_name_files_that_are_published() {
    let targets = [
        "../../netsite.yaml",
        "../../../../../etc/passwd",
        "..%2f..%2fnetsite.yaml",
        "..\\b.md",
        "../benchmarks/data.csv",
        "../organisations.csv",
        "/b/",
        "/plan.docx",
        "..",
        "../case-studies/",
    ];
    let site = TestSite::new()
        .network()
        .case_study("c", "")
        .page("deep/a", "", &linking(&targets))
        .page("b", "", "")
        .file("content/plan.docx", "x")
        .file("content/organisations.csv", "ods,name\nRM1,Norfolk\n")
        .file("content/benchmarks/data.csv", "period,value\n2024,5\n");
    told(
        &site,
        r"
        error leaves-content content/deep/a.md:10:11
          `../../netsite.yaml` leads out of the content folder, and only what lies in it is published
          help: move the file below content/ and link it there
        error leaves-content content/deep/a.md:11:11
          `../../../../../etc/passwd` leads out of the content folder, and only what lies in it is published
          help: move the file below content/ and link it there
        error leaves-content content/deep/a.md:12:11
          `../../netsite.yaml` leads out of the content folder, and only what lies in it is published
          help: move the file below content/ and link it there
        error backslash content/deep/a.md:13:11
          `..\b.md` has backslashes, which only Windows understands
          help: write ../b.md
        error data-not-published content/deep/a.md:14:11
          `../benchmarks/data.csv` is a data file, which is not published as it stands
          help: link the page that shows the data
        error data-not-published content/deep/a.md:15:11
          `../organisations.csv` is a data file, which is not published as it stands
          help: link the page that shows the data
        warning absolute-link content/deep/a.md:16:11
          `/b/` works on the published site only, not on GitHub
          help: write ../b.md
        warning absolute-link content/deep/a.md:17:11
          `/plan.docx` works on the published site only, not on GitHub
          help: write ../plan.docx
        error broken-link content/deep/a.md:18:11
          `..` is a folder, and the list of its pages is made, not written
          help: write /
        error broken-link content/deep/a.md:19:11
          `../case-studies/` is a folder, and the list of its pages is made, not written
          help: write /case-studies/
        ",
    );
}

#[test]
fn images_are_files_of_the_site_that_browsers_show() {
    let targets = [
        "map.png",
        "mapp.png",
        "Map.PNG",
        "https://example.org/map.png",
        "b.md",
        "plan.docx",
        "data:image/png;base64,xx",
        "page:b",
        "/b/",
        "/",
        "zebra.png",
    ];
    let body: String = targets.map(|target| format!("![A map]({target})\n\n")).concat();
    let site = TestSite::new()
        .page("a", "", &body)
        .page("b", "", "")
        .file("content/map.png", png())
        .file("content/plan.docx", "x");
    told(
        &site,
        r"
        error missing-image content/a.md:12:10
          there is no image `mapp.png`
          help: did you mean `map.png`?
        error missing-image content/a.md:14:10
          there is no image `Map.PNG`: its name is written with other capitals, which matters on the published site
          help: write map.png
        error external-image content/a.md:16:10
          the image `https://example.org/map.png` would be fetched from another site, which tells that site who reads the page
          help: copy the image beside the page and link it by its name
        error missing-image content/a.md:18:10
          `b.md` is a page, not an image
          help: write a link without the ! before it
        error missing-image content/a.md:20:10
          `plan.docx` is not an image that browsers show
          help: use one of png, jpg, jpeg, gif, svg, webp, avif, or write a link without the ! before it
        error unsafe-link content/a.md:22:10
          a link that begins with `data:` is not published: it could do harm or leads nowhere
          help: links begin with https:, http:, mailto: or tel:, or name a file or a page
        error missing-image content/a.md:24:10
          `page:b` is a page, not an image
          help: write a link without the ! before it
        error missing-image content/a.md:26:10
          `/b/` is a page, not an image
          help: write a link without the ! before it
        error missing-image content/a.md:28:10
          `/` is a page, not an image
          help: write a link without the ! before it
        error missing-image content/a.md:30:10
          there is no image `zebra.png`
          help: write the path of the file from this page's folder, such as images/map.png
        ",
    );
}

#[test]
fn only_pathways_and_benchmarks_are_embedded() {
    let targets = ["b.md", "https://example.org/", "plan.docx", "pathways/gone.md", "page:b", "/b/", "#here"];
    let body: String = targets.map(|target| format!("> [!EMBED]\n> [The drawing]({target})\n\n")).concat();
    let site = TestSite::new()
        .page("a", "", &format!("{body}## Here\n"))
        .page("b", "", "")
        .file("content/plan.docx", "x");
    told(
        &site,
        r"
        error not-embeddable content/a.md:11:17
          `b.md` cannot be embedded: only pathways and benchmarks can
          help: write an ordinary link, or name a page of content/pathways/ or content/benchmarks/
        error not-embeddable content/a.md:14:17
          `https://example.org/` cannot be embedded: only pathways and benchmarks can
          help: write an ordinary link, or name a page of content/pathways/ or content/benchmarks/
        error not-embeddable content/a.md:17:17
          `plan.docx` cannot be embedded: only pathways and benchmarks can
          help: write an ordinary link, or name a page of content/pathways/ or content/benchmarks/
        error broken-link content/a.md:20:17
          there is no file `pathways/gone.md`
          help: write the path of the file from this page's folder, such as ../pathways/stroke.md
        error not-embeddable content/a.md:23:17
          `page:b` cannot be embedded: only pathways and benchmarks can
          help: write an ordinary link, or name a page of content/pathways/ or content/benchmarks/
        error not-embeddable content/a.md:26:17
          `/b/` cannot be embedded: only pathways and benchmarks can
          help: write an ordinary link, or name a page of content/pathways/ or content/benchmarks/
        error not-embeddable content/a.md:29:17
          `#here` cannot be embedded: only pathways and benchmarks can
          help: write an ordinary link, or name a page of content/pathways/ or content/benchmarks/
        ",
    );
}

#[test]
fn good_links_of_every_form_lead_there() {
    let links = [
        ("#here", "#here"),
        ("b%20c.md#part", "../b-c/#part"),
        ("b%20c.md", "../b-c/"),
        ("page:b-c#part", "../b-c/#part"),
        ("b%20c.md?x=1", "../b-c/"),
        ("https://example.org/x?y#z", "https://example.org/x?y#z"),
        ("HTTPS://EXAMPLE.ORG/", "HTTPS://EXAMPLE.ORG/"),
        ("mailto:team@test.example", "mailto:team@test.example"),
        ("tel:01234567", "tel:01234567"),
        ("plan.docx", "../plan.docx"),
        ("https://test.example/b-c/", "https://test.example/b-c/"),
    ];
    for (target, href) in links {
        let site = TestSite::new()
            .page("a", "", &format!("## Here\n\n[Some words]({target})\n"))
            .file("content/b c.md", page("B", "", "## Part\n"))
            .file("content/plan.docx", "x");
        site.build().clean();
        let page = site.output("a/index.html");
        assert!(page.contains(&format!("href=\"{href}\">Some words</a>")), "{target}\n{page}");
    }
}

#[test]
fn a_page_with_errors_keeps_its_address_and_headings() {
    let came = "## What came of it\n";
    let broken = [
        (
            "content/case-studies/twice.md",
            format!("---\ntitle: Broken\nstatus: published\ntitle: Twice\n---\n\n{came}"),
        ),
        ("content/standards/no-yaml.md", format!("---\ntitle: a: b\ncode: IN-301\n---\n\n{came}")),
        ("content/no-front-matter.md", format!("# A title\n\n{came}")),
        ("content/not-closed.md", format!("---\ntitle: A\n\n{came}")),
        ("content/pathways/toml.md", format!("+++\ntitle = \"A\"\n+++\n\n{came}")),
    ];
    let links = [
        "case-studies/twice.md#what-came-of-it",
        "standards/no-yaml.md#what-came-of-it",
        "no-front-matter.md#what-came-of-it",
        "not-closed.md#what-came-of-it",
        "windows.md#what-came-of-it",
        "huge.md#what-came-of-it",
    ];
    let embed = "\n> [!EMBED]\n> [The pathway](pathways/toml.md)\n";
    let mut site = TestSite::new()
        .file("content/windows.md", b"---\ntitle: Trust\x92s\nstatus: published\n---\n\n## What came of it\n")
        .page(
            "a",
            "related: [case-study:twice, page:windows]\nstandards: [in-301]\n",
            &format!("{}{embed}", linking(&links)),
        );
    for (path, text) in &broken {
        site = site.file(path, text);
    }
    std::fs::File::create(site.path("content/huge.md")).unwrap().set_len(3_000_000).unwrap();
    let problems = site.build().problems();
    assert!(problems.iter().all(|problem| problem.path != "content/a.md"), "{problems:#?}");
    for path in broken.iter().map(|(path, _)| *path).chain(["content/windows.md", "content/huge.md"]) {
        assert!(problems.iter().any(|problem| problem.path == path), "{path}: {problems:#?}");
    }
}

#[test]
fn what_is_published_can_be_linked_by_its_whole_address() {
    let site = TestSite::new().file("content/files/a b.pdf", "x").page(
        "a",
        "themes: [Workforce]\n",
        "[The file](https://test.example/files/a%20b.pdf)\n\n[What is new](/themes/workforce/feed.xml)\n",
    );
    site.build().clean();
    assert!(site.output("a/index.html").contains("href=\"../themes/workforce/feed.xml\""));
}

#[test]
fn a_page_of_broken_links_is_told_of_the_first_and_counts_the_rest() {
    let links: String = (0..600).map(|number| format!("[Link {number}](missing-{number}.md)\n")).collect();
    let problems = TestSite::new().page("a", "", &links).build().problems();
    assert_eq!(problems.len(), 501);
    let further = problems.iter().find(|problem| problem.code == "too-many-problems").unwrap();
    assert!(further.message.contains("100 further problems"), "{}", further.message);
}

#[test]
fn a_page_shows_a_bounded_number_of_others() {
    let embeds = "> [!EMBED]\n> [The pathway](pathways/stroke.md)\n\n".repeat(51);
    let pathway = "diagram: |\n  flowchart LR\n  a --> b\ndescription: D.\nverification: agreed\n";
    let site = TestSite::new()
        .file(
            "content/pathways/stroke.md",
            page("Stroke", pathway, "## Steps\n\nA.\n\n## Known differences\n\nB.\n"),
        )
        .page("a", "", &embeds);
    let problem = site.build().only_problem();
    assert_eq!(problem.code, "not-embeddable");
    assert!(problem.message.contains("more than 50"), "{}", problem.message);
}
