//! How problems are shown: to people, to editors, to programs, to GitHub, to code scanning.

use serde_json::Value;

use super::harness::{Run, TestSite, command, netsite, page};

/// A site with one error in it, and a build of it in a format.
fn with_an_error(format: &str) -> Run {
    let site = TestSite::new().network().file(
        "content/case-studies/a.md",
        super::harness::case_study("A", "").replace("stage: pilot", "stage: pilto"),
    );
    netsite(&["build", "--root", site.path("").to_str().unwrap(), "--format", format])
}

/// The text without the seconds that a build took.
fn without_time(text: &str) -> String {
    let mut lines: Vec<String> = text.lines().map(str::to_string).collect();
    if let Some(last) = lines.last_mut()
        && let Some((before, _)) = last.rsplit_once("; ")
    {
        *last = before.to_string();
    }
    lines.join("\n")
}

#[test]
fn people_see_the_line_the_place_and_what_to_write() {
    let run = with_an_error("human");
    assert_eq!((run.code, run.stdout.as_str()), (1, ""));
    assert_eq!(
        without_time(&run.stderr),
        "\
error[unknown-choice]: `stage` cannot be `pilto`
  --> content/case-studies/a.md:10:8
   |
10 | stage: pilto
   |        ^^^^^
   |
help: did you mean `pilot`?

netsite explain unknown-choice says more.

Nothing was published: 1 error in 2 pages"
    );
}

#[test]
fn one_line_each_is_what_editors_read() {
    let run = with_an_error("short");
    assert_eq!(
        run.stdout,
        "content/case-studies/a.md:10:8: error[unknown-choice]: `stage` cannot be `pilto` – did you mean `pilot`?\n"
    );
    assert_eq!(without_time(&run.stderr), "Nothing was published: 1 error in 2 pages");
}

#[test]
fn programs_get_one_object_a_line_with_the_same_names_each() {
    let site = TestSite::new().page("a", "colour: red\n", "[b](nowhere.md)\n").file("content/feed.xml", "");
    let run = site.build();
    assert_eq!(run.code, 1);
    let lines: Vec<&str> = run.stdout.lines().collect();
    let Some((summary, problems)) = lines.split_last() else { panic!("nothing was said") };
    assert_eq!(problems.len(), 3);
    for line in problems {
        let Value::Object(object) = serde_json::from_str(line).unwrap() else { panic!("{line}") };
        let names: Vec<&String> = object.keys().collect();
        assert_eq!(names, ["code", "severity", "path", "line", "column", "message", "help"]);
        assert!(object["line"].as_u64().unwrap() >= 1 && object["column"].as_u64().unwrap() >= 1);
        assert!(["error", "warning"].contains(&object["severity"].as_str().unwrap()));
    }
    let Value::Object(summary) = serde_json::from_str(summary).unwrap() else { panic!("{summary}") };
    assert_eq!(summary.keys().collect::<Vec<_>>(), ["summary"]);
    assert_eq!(
        (&run.summary()["errors"], &run.summary()["published"]),
        (&Value::from(3), &Value::from(false))
    );
}

#[test]
fn github_reads_the_file_line_and_column_whatever_the_text_holds() {
    let run = with_an_error("github");
    assert_eq!(
        run.stdout,
        "::error file=content/case-studies/a.md,line=10,col=8,title=unknown-choice::`stage` cannot be `pilto`%0Adid you mean `pilot`?\n"
    );
    let site =
        TestSite::new().file("content/50% off, today.md", page("A", "", "[b](100%25,%0Anowhere.md)\n"));
    let run = netsite(&["build", "--root", site.path("").to_str().unwrap(), "--format", "github"]);
    let line = run.stdout.lines().next().unwrap();
    assert!(line.starts_with("::error file=content/50%25 off%2C today.md,line="), "{line}");
    assert!(line.contains("%25"), "{line}");
    for line in run.stdout.lines() {
        assert!(line.starts_with("::error ") || line.starts_with("::warning "), "{line}");
    }
}

#[test]
fn nothing_of_colour_or_progress_is_in_a_pipe() {
    for format in ["human", "short", "json", "github", "sarif"] {
        let run = with_an_error(format);
        assert!(!(run.stdout + &run.stderr).contains(['\u{1b}', '\r']), "{format}");
    }
}

#[test]
fn no_color_holds_where_colours_are_forced_elsewhere() {
    let site = TestSite::new().page("a", "", "[b](nowhere.md)\n");
    let run = |settings: &[(&str, &str)]| {
        let mut command = command();
        command.args(["build", "--root", site.path("").to_str().unwrap()]).envs(settings.iter().copied());
        Run::of(&command.output().unwrap()).stderr
    };
    assert!(run(&[("CLICOLOR_FORCE", "1")]).contains('\u{1b}'));
    assert!(!run(&[("NO_COLOR", "1")]).contains('\u{1b}'));
    assert!(!run(&[("TERM", "dumb")]).contains('\u{1b}'));
}

#[test]
fn control_characters_in_the_content_do_not_reach_the_terminal() {
    let site = TestSite::new().page("a", "", "[b](nowhere\u{1b}[31m.md) \u{1b}]0;title\u{7}\n");
    for format in ["human", "short", "github", "json", "sarif"] {
        let run = netsite(&["build", "--root", site.path("").to_str().unwrap(), "--format", format]);
        let text = run.stdout + &run.stderr;
        assert!(!text.contains(['\u{1b}', '\u{7}']), "{format}: {text:?}");
    }
}

#[test]
fn exit_codes_tell_content_from_tool() {
    let fine = TestSite::new().page("a", "", "Text.\n");
    assert_eq!(fine.build().code, 0);
    let warned = TestSite::new().page("about", "", "[About us](/about/)\n");
    let run = warned.build();
    assert_eq!((run.code, run.problems()[0].severity.as_str()), (0, "warning"));
    let broken = TestSite::new().page("a", "", "[b](nowhere.md)\n");
    assert_eq!(broken.build().code, 1);
    assert_eq!(broken.build_with(&["--output", "/"]).code, 2);
}

#[test]
fn a_warning_is_shown_as_one_and_counted() {
    let site = TestSite::new().page("about", "", "[About us](/about/)\n");
    let run = netsite(&["build", "--root", site.path("").to_str().unwrap()]);
    assert!(run.stderr.starts_with("warning[absolute-link]: "), "{}", run.stderr);
    assert!(run.stderr.contains("; 1 warning; "), "{}", run.stderr);
}

#[test]
fn long_lines_are_cut_around_the_place() {
    let words = "word ".repeat(20_000);
    let site = TestSite::new().page("a", "", &format!("{words}[b](nowhere.md) {words}\n"));
    let run = netsite(&["build", "--root", site.path("").to_str().unwrap()]);
    assert!(run.stderr.len() < 5_000, "{} bytes", run.stderr.len());
    assert!(run.stderr.contains("nowhere.md"), "{}", run.stderr);
}

#[test]
fn a_failure_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let run = netsite(&["build", "--root", folder.path().to_str().unwrap()]);
    let shown = folder.path().display().to_string();
    assert_eq!(
        run.stderr,
        format!(
            "error: there is no netsite.yaml in `{shown}`, so there is no site here\nhelp: give the folder of a site, or make one: netsite init {shown}\n"
        )
    );
}
