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
fn a_component_that_nothing_defines_is_shown_where_it_is_used() {
    let site = themed()
        .file("themes/ours/templates/page.html", "<p>é</p>\n<p>é {{ <sectons page={page} /> }}</p>\n")
        .file("themes/ours/templates/404.html", "{{ <nothing /> }}\n");
    let run = site.build();
    let places: Vec<String> = run.problems().iter().map(Problem::place).collect();
    assert_eq!(places, ["themes/ours/templates/404.html:1:4", "themes/ours/templates/page.html:2:9"]);
    assert!(run.problems()[1].message.contains("unknown component `sectons`"), "{:?}", run.problems());
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
    assert!(problem.message.contains("lacks the blocks body_class, breadcrumbs, robots and search, which 404.html, home.html, item.html, search.html and speakers.html fill"), "{}", problem.message);
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

/// A site whose `netsite.yaml` changes the look.
fn looking(appearance: &str) -> TestSite {
    let settings = format!("title: Test site\nbase_url: https://test.example/\nappearance:\n{appearance}");
    TestSite::new().file("netsite.yaml", settings).page("about", "", "Text.\n")
}

/// The value of a variable: the first is that of light screens, the second of dark ones.
fn variable(css: &str, name: &str) -> Vec<String> {
    let start = format!("--{name}:");
    let values = css.match_indices(&start);
    values.map(|(at, _)| css[at + start.len()..].split([';', '}']).next().unwrap().to_string()).collect()
}

#[test]
fn colours_and_type_are_changed_in_the_settings() {
    let site = looking(
        "  colours: { link: \"#00695C\", hair: ccc }\n  dark_colours: { link: \"#80cbc4\" }\n  type: { font: \"Verdana, 'Open Sans', sans-serif\" }\n",
    );
    site.build().clean();
    let css = site.output("style.css");
    assert_eq!(variable(&css, "link")[..2], ["#00695c", "#80cbc4"]);
    assert_eq!(variable(&css, "hair")[0], "#cccccc");
    assert_eq!(variable(&css, "ink")[..2], ["#212b32", "#e8edee"]);
    assert_eq!(variable(&css, "font"), ["Verdana,'Open Sans',sans-serif"]);
}

#[test]
fn a_colour_for_dark_screens_is_made_where_none_is_given() {
    let site = looking("  colours: { link: \"#00695c\", plate: \"#00453e\" }\n");
    site.build().clean();
    let css = site.output("style.css");
    let link = &variable(&css, "link")[1];
    let [red, green, blue] = [1, 3, 5].map(|at| u8::from_str_radix(&link[at..at + 2], 16).unwrap());
    assert!(green > blue && blue > red && green > 0x90, "a light green on a dark ground: {link}");
    // White words are read on this green on any screen; only print takes it away.
    assert_eq!(variable(&css, "plate"), ["#00453e", "#fff"]);
}

#[test]
fn a_colour_that_cannot_be_read_is_a_warning_with_one_that_can() {
    let site = looking("  colours:\n    link: \"#88aaff\"\n");
    let problem = site.build().only_problem();
    assert_eq!((problem.code.as_str(), problem.place().as_str()), ("low-contrast", "netsite.yaml:5:11"));
    assert_eq!(
        problem.message,
        "`link` (#88aaff) stands on `tint` (#e3edf7) with a contrast of 1.9 to 1; people with low vision need 4.5 to 1"
    );
    let better = problem.help.split('"').nth(1).unwrap().to_string();
    looking(&format!("  colours:\n    link: \"{better}\"\n")).build().clean();
}

#[test]
fn a_ground_on_which_text_cannot_be_read_is_blamed_itself() {
    let site = looking("  colours: { plate: \"#ffe082\" }\n");
    let problems = site.build().problems();
    assert!(
        !problems.is_empty() && problems.iter().all(|problem| problem.code == "low-contrast"),
        "{problems:?}"
    );
    assert!(
        problems[0].message.starts_with("`plate-quiet` (#c8d8f0) stands on `plate` (#ffe082)"),
        "{problems:?}"
    );
}

#[test]
fn what_is_no_colour_says_how_one_is_written() {
    let site = looking(
        "  colours:\n    plate: #00453e\n    link: blue\n    plat: \"#000\"\n  type: { font: \"a; } b {\" }\n",
    );
    let problems = site.build().problems();
    let found: Vec<(&str, u64)> =
        problems.iter().map(|problem| (problem.code.as_str(), problem.line)).collect();
    assert_eq!(found, [("wrong-type", 5), ("wrong-type", 6), ("unknown-key", 7), ("wrong-type", 8)]);
    assert_eq!(problems[0].help, "write it like this: plate: \"#00453e\"");
    assert!(problems[0].message.contains("comment"), "{problems:?}");
    assert_eq!(problems[2].help, "did you mean `plate`?");
}

#[test]
fn a_stylesheet_that_takes_no_variables_is_told() {
    let site =
        looking("  colours: { link: \"#00695c\" }\n").file("themes/default/static/style.css", "p {}\n");
    let problem = site.build().only_problem();
    assert_eq!((problem.code.as_str(), problem.place().as_str()), ("unused-appearance", "netsite.yaml:4:14"));
}

/// The files that a document tells its reader to write: a fence after a line that ends in "In `path`:" or the like.
fn told_files(document: &str) -> Vec<(String, String)> {
    let mut files = Vec::new();
    let (mut path, mut fence): (Option<String>, Option<String>) = (None, None);
    for line in document.lines() {
        match &mut fence {
            None if line.starts_with("```") => fence = Some(String::new()),
            None if !line.trim().is_empty() => {
                let named = line.rsplit_once("In `").and_then(|(_, rest)| rest.split_once('`'));
                path = named.filter(|_| line.ends_with(':')).map(|(path, _)| path.to_string());
            }
            Some(text) if line == "```" => {
                files.extend(path.take().map(|path| (path, text.clone())));
                fence = None;
            }
            Some(text) => {
                text.push_str(line);
                text.push('\n');
            }
            None => {}
        }
    }
    files
}

#[test]
fn the_worked_example_of_the_documentation_can_be_built() {
    let document = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/docs/themes.md")).unwrap();
    let files = told_files(&document);
    assert_eq!(files.len(), 5, "{files:?}");
    let mut site = TestSite::new();
    for (path, text) in &files {
        site = site.file(path, text);
    }
    let lesson =
        page("Start small", "published: 2026-01-05\naudience: [Boards]\nthemes: [Leadership]\n", "Text.\n");
    let site = site.file("content/lessons/start-small.md", lesson);
    site.build().clean();
    let html = site.output("lessons/start-small/index.html");
    assert!(html.contains("<p class=\"discuss\">Discuss this lesson"), "{html}");
    assert!(html.contains("<link rel=\"stylesheet\" href=\"../../our-trust.css\">"), "{html}");
    assert_eq!(variable(&site.output("our-trust.css"), "highlight"), ["#fff4d6", "#3a2f10"]);
    assert_eq!(variable(&site.output("style.css"), "plate")[0], "#00453e");
}

#[test]
fn the_documentation_names_every_variable_of_the_default_theme() {
    let read =
        |path: &str| std::fs::read_to_string(format!("{}/{path}", env!("CARGO_MANIFEST_DIR"))).unwrap();
    let (settings, document) = (read("themes/default/theme.yaml"), read("docs/themes.md"));
    let names: Vec<&str> =
        settings.split("{ name: ").skip(1).map(|rest| rest.split(',').next().unwrap()).collect();
    assert!(names.len() > 20, "{names:?}");
    for name in names {
        assert!(document.contains(&format!("`{name}`")), "{name}");
    }
}
