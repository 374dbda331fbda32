//! The pages of rules: each code has one, its examples are little sites, each has the problem where its marks say and
//! loses it as the page says. `UPDATE_DOCS=1 cargo test --test site rules` marks examples that have no marks yet, begins
//! the pages that are missing, and writes the table of `docs/messages.md`.

mod cases;
mod corpus;
mod made;
mod sites;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use netsite::explain::Page;
use netsite::verdict::{Bound, bound, rule};
use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::harness::netsite;
use super::papers::{codes, read};

fn is_updating() -> bool {
    std::env::var_os("UPDATE_DOCS").is_some()
}

fn folder(of: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("docs").join(of)
}

/// The text of every page as it stands on the disk, by its code.
fn texts(of: &str) -> BTreeMap<String, String> {
    fs::read_dir(folder(of))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| {
            (path.file_stem().unwrap().to_str().unwrap().to_string(), fs::read_to_string(&path).unwrap())
        })
        .collect()
}

#[test]
fn every_code_has_a_page_and_every_page_a_code() {
    let codes = codes();
    assert!(codes.len() > 50, "the source is not read rightly: {codes:?}");
    let pages: BTreeSet<String> = texts("rules").into_keys().collect();
    let mut told = String::new();
    for code in codes.difference(&pages) {
        let _ = writeln!(
            told,
            "docs/rules/{code}.md is missing: UPDATE_DOCS=1 cargo test --test site rules begins it"
        );
        if is_updating() {
            let starter = starter(code);
            println!("docs/rules/{code}.md, to be filled in:\n\n{starter}");
            fs::write(folder("rules").join(format!("{code}.md")), starter).unwrap();
        }
    }
    for page in pages.difference(&codes) {
        let _ = writeln!(told, "docs/rules/{page}.md is about a code that nothing raises: delete it");
    }
    assert!(told.is_empty(), "{told}");
}

/// What the page of a new code begins with. Everything that says `TODO` is to be written.
fn starter(code: &str) -> String {
    let messages = read("docs/messages.md");
    let row = messages.lines().find(|line| line.starts_with("| ") && line.contains(&format!("`{code}`")));
    let cells: Vec<&str> =
        row.unwrap_or("| | error | TODO: what it means |").split('|').map(str::trim).collect();
    let (severity, meaning) = (cells[2], cells[3]);
    let (first, rest) = meaning.split_at(meaning.chars().next().map_or(0, char::len_utf8));
    format!(
        "---\nseverity: {severity}\nstage: assemble\ngroup: TODO\nlowered: yes\nsince: 0.1.0\n---\n\n# `{code}`\n\n{}{rest}.\n\n**Why it matters:** TODO\n\n**How to mend it:** TODO\n\n**Wrong**, in `content/index.md`:\n\n```markdown wrong=content/index.md\nTODO: a line that has the problem; its place is marked by UPDATE_DOCS=1\n```\n\n**Right**, in `content/index.md`:\n\n```markdown right=content/index.md\nTODO: the line without it\n```\n",
        first.to_uppercase()
    )
}

#[test]
fn the_examples_of_every_page_are_told_where_it_says_and_mended_as_it_says() {
    let texts = texts("rules");
    let wrong: Vec<String> = texts
        .par_iter()
        .flat_map_iter(|(code, text)| {
            let (told, marked) = cases::check(code, text);
            if let Some(marked) = marked.filter(|_| is_updating()) {
                fs::write(folder("rules").join(format!("{code}.md")), marked).unwrap();
            }
            told
        })
        .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_page_says_what_a_reader_asks() {
    let mut wrong = Vec::new();
    for (code, text) in texts("rules") {
        let page = Page::read(&code, &text);
        let mut say = |what: &str| wrong.push(format!("docs/rules/{code}.md: {what}"));
        for (name, known) in [
            ("severity", &["error", "warning", "advice"][..]),
            (
                "stage",
                &["read", "parse", "assemble", "images", "render", "suppress", "check", "links", "pack"],
            ),
            ("lowered", &["yes", "no"]),
        ] {
            // An error that is a warning in some cases says so behind a comma.
            let value = page.head(name).split(',').next().unwrap_or("");
            if !known.contains(&value) {
                say(&format!("`{name}: {value}` is none of {known:?}"));
            }
        }
        for name in ["group", "since"] {
            if page.head(name).is_empty() {
                say(&format!("the head lacks `{name}`"));
            }
        }
        if text.contains("TODO") {
            say("something is still TODO");
        }
        if !page.sentence().ends_with('.') || page.sentence().len() > 220 {
            say("its first paragraph is one sentence that says what it means");
        }
        for part in ["**Why it matters:** ", "**How to mend it:** ", &format!("# `{code}`\n")] {
            if !text.contains(part) {
                say(&format!("it lacks `{part}`"));
            }
        }
        // What no file of text can show is shown by a test that names the code.
        let by_hand = page.head("by-hand");
        let has_examples = page.examples().any(|example| example.role == netsite::explain::Role::Wrong);
        let test = by_hand.rsplit(' ').next().unwrap_or("");
        let is_shown = has_examples
            || (Path::new(test).extension().is_some_and(|extension| extension == "rs")
                && read(test).contains(&code));
        if !is_shown {
            say(
                "it shows no wrong example, and `by-hand:` does not end with the test that shows the problem",
            );
        }
        for example in page.examples().filter(|example| !example.path.is_empty()) {
            if !text.contains(&format!("in `{}`", example.path)) {
                say(&format!("no line above says that the example lies in `{}`", example.path));
            }
        }
        let mut is_fenced = false;
        let words = text.lines().filter(|line| {
            is_fenced ^= line.starts_with("```");
            !is_fenced
        });
        for line in words.filter(|line| line.chars().count() > 140) {
            say(&format!("a line is longer than 140 characters: {line}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_page_says_rightly_whether_a_site_can_lower_its_rule() {
    let mut wrong = Vec::new();
    for (code, text) in texts("rules") {
        let Some(rule) = rule(&code) else { continue };
        let wanted = if bound(rule) == Bound::Free { "yes" } else { "no" };
        let page = Page::read(&code, &text);
        let said = page.head("lowered").split(',').next().unwrap_or("");
        if said != wanted {
            wrong.push(format!("docs/rules/{code}.md: `lowered: {said}`, and it is {wanted}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_table_of_messages_is_made_from_the_pages() {
    let mut table = String::from("| Code | | What it means |\n|---|---|---|\n");
    for (code, text) in texts("rules") {
        let page = Page::read(&code, &text);
        let sentence = page.sentence().trim_end_matches('.');
        let severity = page.head("severity").split(',').next().unwrap_or("");
        let _ = writeln!(table, "| [`{code}`](rules/{code}.md) | {severity} | {sentence} |");
    }
    let text = read("docs/messages.md");
    // A code that has no page yet keeps its row: its page begins with what stands there.
    let without_page = |line: &&str| {
        let code = line.split('`').nth(1).unwrap_or("");
        line.starts_with("| `") && !folder("rules").join(format!("{code}.md")).is_file()
    };
    table.extend(text.lines().filter(without_page).map(|line| format!("{line}\n")));
    let begin = text.find("| Code |").expect("docs/messages.md has a table");
    let length = text[begin..].find("\n\n").map_or(text.len() - begin, |end| end + 1);
    let wanted = format!("{}{table}{}", &text[..begin], &text[begin + length..]);
    if is_updating() {
        fs::write(folder("").join("messages.md"), &wanted).unwrap();
    }
    assert!(
        read("docs/messages.md") == wanted,
        "docs/messages.md is not what docs/rules/ says; run UPDATE_DOCS=1 cargo test --test site rules"
    );
}

#[test]
fn a_terminal_shows_every_page_without_marks_of_markdown() {
    let texts: Vec<(String, String)> = texts("rules").into_iter().chain(texts("topics")).collect();
    for (code, text) in &texts {
        let run = netsite(&["explain", code]);
        assert_eq!((run.code, run.stderr.as_str()), (0, ""), "{code}");
        assert!(run.stdout.starts_with(code.as_str()), "{}", run.stdout);
        let lines = || run.stdout.lines().filter(|line| !line.starts_with("  |"));
        for line in lines() {
            assert!(!line.starts_with(['#', '-']) && line.chars().count() <= 80, "{code}: {line}");
        }
        let said: String = lines().collect::<Vec<_>>().join(" ");
        let words: String = said.split('`').step_by(2).collect();
        assert!(!words.contains("**") && !words.contains("]("), "{code}: {words}");
        let sentence = Page::read(code, text).sentence().to_string();
        assert!(sentence.contains("](") || said.contains(&sentence), "{code}: {said}");
    }
}

#[test]
fn a_code_is_found_as_it_stands_in_a_message_and_a_misspelt_one_is_told() {
    for asked in ["broken-link", "[broken-link]", "error[broken-link]:"] {
        assert!(netsite(&["explain", asked]).stdout.starts_with("broken-link (error)"), "{asked}");
    }
    let run = netsite(&["explain", "broken-lnik"]);
    assert_eq!(run.code, 2);
    assert_eq!(run.stderr, "error: there is no rule `broken-lnik`\nhelp: did you mean `broken-link`?\n");
    let list = netsite(&["explain"]).stdout;
    for code in codes() {
        assert!(list.contains(&format!("\n  {code} ")), "{code} is not listed");
    }
    assert!(list.lines().all(|line| line.chars().count() <= 80), "{list}");
}

#[test]
fn colours_are_for_terminals() {
    let mut command = super::harness::command();
    let forced = command.args(["explain", "broken-link"]).env("CLICOLOR_FORCE", "1").output().unwrap();
    assert!(String::from_utf8(forced.stdout).unwrap().contains("\u{1b}[1;31m"));
    assert!(!netsite(&["explain", "broken-link"]).stdout.contains('\u{1b}'));
}
