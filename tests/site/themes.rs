//! Themes: a folder below `themes/` changes the default theme file by file.

use super::harness::{Problem, TestSite, netsite, page};

/// A site with one page and the theme `ours`, whose files the tests add.
fn themed() -> TestSite {
    TestSite::new()
        .file("netsite.yaml", "title: Test site\nbase_url: https://test.example/\ntheme: ours\n")
        .page("about", "", "Text.\n")
}

#[test]
fn a_theme_replaces_single_files_and_keeps_the_rest() {
    let site = themed()
        .file(
            "themes/ours/templates/page.html",
            "<!DOCTYPE html><html lang=\"{{ lang }}\"><title>Ours: {{ page.title }}</title></html>\n",
        )
        .file("themes/ours/static/style.css", "body { color: #212b32 }\n");
    site.build().clean();
    assert!(site.output("about/index.html").contains("<title>Ours: about</title>"));
    assert_eq!(site.output("style.css"), "body { color: #212b32 }\n");
    assert!(site.output("404.html").contains("Page not found"));
    assert!(site.publishes("favicon.svg"));
}

#[test]
fn a_template_can_extend_the_one_that_it_replaces() {
    let site = themed().file(
        "themes/ours/templates/base.html",
        "{% extends \"default/base.html\" %}\n{% block body_class %} class=\"ours\"{% endblock body_class %}\n",
    );
    site.build().clean();
    let html = site.output("about/index.html");
    assert!(html.contains("<body class=\"ours\">") && html.contains("Skip to main content"), "{html}");
}

#[test]
fn a_theme_extends_another() {
    let site = themed()
        .file("themes/ours/theme.yaml", "name: Ours\nextends: trust\n")
        .file("themes/ours/static/ours.css", "a {}\n")
        .file("themes/trust/static/ours.css", "b {}\n")
        .file("themes/trust/static/trust.css", "c {}\n");
    site.build().clean();
    assert_eq!(site.output("ours.css"), "a {}\n");
    assert_eq!(site.output("trust.css"), "c {}\n");
    assert!(site.publishes("style.css"));
}

#[test]
fn the_default_theme_can_be_changed_in_place() {
    let site = TestSite::new().page("about", "", "Text.\n").file("themes/default/static/style.css", "p {}\n");
    site.build().clean();
    assert_eq!(site.output("style.css"), "p {}\n");
    assert!(site.output("about/index.html").contains("<h1>about</h1>"));
}

#[test]
fn an_unknown_theme_is_an_error_that_names_the_nearest() {
    let site = TestSite::new()
        .file("netsite.yaml", "title: Test site\ntheme: our\n")
        .file("themes/ours/static/a.css", "a {}\n");
    let problem = site.build().only_problem();
    assert_eq!((problem.code.as_str(), problem.place().as_str()), ("unknown-theme", "netsite.yaml:2:8"));
    assert_eq!(problem.help, "did you mean `ours`?");
}

#[test]
fn a_theme_that_extends_an_unknown_one_says_where() {
    let site = themed().file("themes/ours/theme.yaml", "extends: defualt\n");
    let problem = site.build().only_problem();
    assert_eq!(
        (problem.code.as_str(), problem.place().as_str()),
        ("unknown-theme", "themes/ours/theme.yaml:1:10")
    );
    assert_eq!(problem.help, "did you mean `default`?");
}

#[test]
fn a_name_that_leads_out_of_the_folder_is_no_theme() {
    for name in ["../content", "a/b", ".git"] {
        let site = TestSite::new().file("netsite.yaml", format!("title: Test site\ntheme: {name}\n"));
        assert_eq!(site.build().problems()[0].code, "unknown-theme", "{name}");
    }
}

#[test]
fn themes_that_extend_each_other_are_an_error() {
    let site = themed()
        .file("themes/ours/theme.yaml", "extends: trust\n")
        .file("themes/trust/theme.yaml", "extends: ours\n");
    let problem = site.build().only_problem();
    assert_eq!(
        (problem.code.as_str(), problem.place().as_str()),
        ("theme-circle", "themes/trust/theme.yaml:1:10")
    );
}

#[test]
fn a_misspelt_setting_of_a_theme_is_an_error() {
    let site =
        themed().file("themes/ours/theme.yaml", "extend: default\n").file("themes/ours/static/a.css", "");
    let problem = site.build().only_problem();
    assert_eq!(
        (problem.path.as_str(), problem.help.as_str()),
        ("themes/ours/theme.yaml", "did you mean `extends`?")
    );
}

#[test]
fn two_broken_templates_are_both_reported_where_they_break() {
    let site = themed()
        .file("themes/ours/templates/page.html", "<p>\n{% if page.title %}\n")
        .file("themes/ours/templates/404.html", "<p>{{ 1 + }}</p>\n");
    let run = site.build();
    let places: Vec<String> = run.problems().iter().map(Problem::place).collect();
    assert_eq!(places, ["themes/ours/templates/404.html:1:11", "themes/ours/templates/page.html:2:20"]);
    assert!(run.problems().iter().all(|problem| problem.code == "template-syntax"));
    assert_eq!(run.code, 1);
    assert!(!site.path("public").exists());
}

#[test]
fn a_broken_template_is_one_problem_though_others_need_it() {
    for name in ["base.html", "_lists.html", "item.html"] {
        let site = themed().file(&format!("themes/ours/templates/{name}"), "{% if x %}\n");
        let problem = site.build().only_problem();
        assert_eq!((problem.code.as_str(), problem.line), ("template-syntax", 1), "{name}");
    }
}

#[test]
fn a_template_that_fails_is_one_problem_with_its_line_however_many_pages_it_spoils() {
    let site = themed()
        .page("more", "", "Text.\n")
        .file("themes/ours/templates/page.html", "<p>\n{{ page.titel }}\n</p>\n");
    let problem = site.build().only_problem();
    assert_eq!(
        (problem.code.as_str(), problem.place().as_str()),
        ("template-error", "themes/ours/templates/page.html:2:9")
    );
    assert!(problem.message.contains("first seen on /about/"), "{problem:?}");
    let run = netsite(&["build", "--root", site.path("").to_str().unwrap()]);
    assert!(run.stderr.contains("{{ page.titel }}"), "{}", run.stderr);
}

#[test]
fn a_template_that_extends_nothing_that_exists_is_named() {
    let site = themed().file("themes/ours/templates/page.html", "{% extends \"bases.html\" %}\n");
    let problem = site.build().only_problem();
    assert_eq!(problem.path, "themes/ours/templates/page.html");
    assert!(problem.message.contains("`bases.html`"), "{problem:?}");
}

#[test]
fn a_template_that_extends_itself_is_named() {
    let site = themed().file("themes/ours/templates/page.html", "{% extends \"page.html\" %}\n");
    let problem = site.build().only_problem();
    assert_eq!(problem.path, "themes/ours/templates/page.html");
}

#[test]
fn a_broken_template_does_not_hide_problems_of_the_content() {
    let site = themed().file("themes/ours/templates/page.html", "{% if %}\n").page(
        "broken",
        "",
        "[nowhere](nowhere.md)\n",
    );
    let codes: Vec<String> = site.build().problems().into_iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["broken-link", "template-syntax"]);
}

#[test]
fn a_file_of_a_theme_and_one_of_the_content_cannot_share_an_address() {
    let site = themed().file("themes/ours/static/logo.svg", "theirs").file("content/logo.svg", "ours");
    let problem = site.build().only_problem();
    assert_eq!(problem.code, "colliding-address");
    assert!(problem.message.contains("themes/ours/static/logo.svg"), "{problem:?}");
}

#[test]
fn a_themes_files_come_into_the_site_with_any_bytes() {
    let site = themed().file("themes/ours/static/images/a.bin", [0_u8, 159, 146, 150]);
    site.build().clean();
    assert_eq!(site.outputs()["images/a.bin"], [0, 159, 146, 150]);
}

#[test]
fn a_template_that_is_no_text_is_an_error() {
    let site = themed().file("themes/ours/templates/page.html", [0xff_u8, 0xfe, b'<']);
    let problem = site.build().only_problem();
    assert_eq!(
        (problem.code.as_str(), problem.path.as_str()),
        ("not-utf8", "themes/ours/templates/page.html")
    );
}

#[cfg(unix)]
#[test]
fn a_link_in_a_theme_that_leads_out_of_the_site_is_reported() {
    let elsewhere = tempfile::tempdir().unwrap();
    std::fs::write(elsewhere.path().join("secret.txt"), "secret").unwrap();
    let site = themed().file("themes/ours/static/a.css", "");
    let link = site.path("themes/ours/static/b.txt");
    std::os::unix::fs::symlink(elsewhere.path().join("secret.txt"), link).unwrap();
    let problem = site.build().only_problem();
    assert_eq!((problem.code.as_str(), problem.path.as_str()), ("refused-file", "themes/ours/static/b.txt"));
}

#[test]
fn what_a_page_says_is_escaped_in_every_template() {
    let site = themed()
        .file("themes/ours/templates/page.html", "<p>{{ page.title }}</p>")
        .file("content/x.md", page("X", "", "").replace("title: X", "title: \"<script>x</script>\""));
    site.build().clean();
    assert!(!site.output("x/index.html").contains("<script>"), "{}", site.output("x/index.html"));
}

#[test]
fn an_editors_leftovers_in_a_theme_are_no_part_of_it() {
    let site = themed()
        .file("themes/ours/static/a.css", "a {}\n")
        .file("themes/ours/static/.a.css.swp", "x")
        .file("themes/ours/templates/page.html~", "{% if");
    site.build().clean();
    assert!(!site.publishes(".a.css.swp"));
}

#[test]
fn a_frame_that_lacks_blocks_is_told_which() {
    let site = themed().file(
        "themes/ours/templates/base.html",
        "<title>{{ page_title }}</title>{% block main %}{% endblock main %}",
    );
    let problem = site.build().only_problem();
    assert_eq!(problem.code, "template-blocks");
    assert!(problem.message.contains("lacks the blocks body_class, breadcrumbs, robots and search, which 404.html, home.html and item.html fill"), "{}", problem.message);
    assert!(
        problem.help.starts_with("add to it {% block body_class %}{% endblock body_class %}"),
        "{}",
        problem.help
    );
}

#[test]
fn a_theme_may_bring_a_frame_of_its_own() {
    let blocks: String = ["robots", "body_class", "search", "breadcrumbs", "main"]
        .iter()
        .map(|name| format!("{{% block {name} %}}{{% endblock {name} %}}"))
        .collect();
    let site = themed()
        .file("themes/ours/templates/base.html", format!("<title>{{{{ page_title }}}}</title>{blocks}"));
    site.build().clean();
    assert!(site.output("about/index.html").starts_with("<title>about – Test site</title>"));
}
