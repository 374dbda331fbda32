//! Pages as a terminal shows them: wrapped, with the places of wrong examples marked. Colours are ANSI sequences, which
//! whoever prints them takes out where nobody would see them.

use std::fmt::Write as _;

use super::page::{Block, Example, Page, Role};

const BOLD: &str = "\x1b[1m";
const RED: &str = "\x1b[1;31m";
const GREEN: &str = "\x1b[1;32m";
const QUIET: &str = "\x1b[2m";
const CODE: &str = "\x1b[36m";
const PLAIN: &str = "\x1b[0m";

/// The text of a page, at most `width` characters wide but for examples, which keep their lines.
pub fn show(page: &Page<'_>, width: usize) -> String {
    let mut text = String::new();
    let severity = page.head("severity");
    let _ = write!(text, "{BOLD}{}{PLAIN}", page.name);
    if !severity.is_empty() {
        let colour = if severity.starts_with("error") { RED } else { BOLD };
        let _ = write!(text, " ({colour}{severity}{PLAIN})");
    }
    text.push('\n');
    for (index, block) in page.blocks.iter().enumerate() {
        // The title is the name again, on the first line already.
        if index == 0 && matches!(block, Block::Heading(_)) && !severity.is_empty() {
            continue;
        }
        let follows_item = index > 0 && matches!(page.blocks[index - 1], Block::Item(..));
        if !(follows_item && matches!(block, Block::Item(..))) {
            text.push('\n');
        }
        match block {
            Block::Heading(words) => {
                let _ = writeln!(text, "{BOLD}{}{PLAIN}", without_links(words));
            }
            Block::Words(words) => push_wrapped(&mut text, words, "", "", width),
            Block::Item(mark, words) => {
                let first = format!("  {mark} ");
                push_wrapped(&mut text, words, &first, &" ".repeat(first.len()), width);
            }
            Block::Example(example) => push_example(&mut text, example),
        }
    }
    let by_hand = page.head("by-hand").split(", see ").next().unwrap_or_default();
    if !by_hand.is_empty() {
        text.push('\n');
        push_wrapped(&mut text, &format!("There is no example here: {by_hand}."), "", "", width);
    }
    let found = found(page.head("stage"));
    if !found.is_empty() {
        let lowered = match page.head("lowered") {
            "no" => " A site cannot lower it.",
            _ => "",
        };
        let since = page.head("since");
        let last = format!("It is found {found}, since version {since}.{lowered}");
        text.push('\n');
        push_wrapped(&mut text, &last, "", "", width);
    }
    text
}

/// When a rule's problem is found, by the name of its stage.
fn found(stage: &str) -> &'static str {
    match stage {
        "read" => "when files are read",
        "parse" => "when a page is read",
        "assemble" => "when all pages are put together",
        "images" => "when images are read",
        "render" => "when pages are made",
        "suppress" => "by `netsite suppress`",
        "check" => "by `netsite check`",
        "links" => "by `netsite links --check`",
        "pack" => "by `netsite pack`",
        _ => "",
    }
}

/// All pages by their groups, each with its sentence.
pub fn list<'a>(
    rules: impl Iterator<Item = Page<'a>>,
    topics: impl Iterator<Item = Page<'a>>,
    width: usize,
) -> String {
    let mut groups: Vec<(&str, Vec<Page<'_>>)> = Vec::new();
    for page in rules {
        let group = page.head("group");
        match groups.iter_mut().find(|(known, _)| *known == group) {
            Some((_, pages)) => pages.push(page),
            None => groups.push((group, vec![page])),
        }
    }
    groups.sort_by_key(|(group, _)| *group);
    let mut text = String::new();
    for (group, pages) in &groups {
        let _ = writeln!(text, "{BOLD}{group}{PLAIN}");
        for page in pages {
            push_entry(&mut text, page, width);
        }
        text.push('\n');
    }
    let _ = writeln!(text, "{BOLD}More than one rule{PLAIN}");
    for page in topics {
        push_entry(&mut text, &page, width);
    }
    text.push_str("\nnetsite explain CODE says more about one of them, with examples.\n");
    text
}

fn push_entry(text: &mut String, page: &Page<'_>, width: usize) {
    const NAMES: usize = 28;
    let name = format!("  {:NAMES$} ", page.name);
    push_wrapped(text, page.sentence(), &name, &" ".repeat(NAMES + 3), width);
}

fn push_example(text: &mut String, example: &Example<'_>) {
    let bar = match example.role {
        Role::Wrong => RED,
        Role::Right => GREEN,
        Role::With | Role::Plain => QUIET,
    };
    for line in &example.lines {
        let _ = writeln!(text, "{}", format!("  {bar}|{PLAIN} {}", line.text).trim_end());
        for mark in &line.marks {
            let before = " ".repeat(mark.column - 1);
            let signs = "^".repeat(mark.length);
            let _ = writeln!(
                text,
                "{}",
                format!("  {bar}|{PLAIN} {before}{RED}{signs}{PLAIN} {}", mark.words).trim_end()
            );
        }
    }
}

/// Words between `first` on their first line and `others` on those that follow.
fn push_wrapped(text: &mut String, words: &str, first: &str, others: &str, width: usize) {
    let words = without_links(words);
    let mut line = first.to_string();
    let mut is_empty = true;
    let mut lines = String::new();
    for word in words.split_whitespace() {
        if !is_empty && seen_width(&line) + 1 + seen_width(word) > width {
            lines.push_str(line.trim_end());
            lines.push('\n');
            line = others.to_string();
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    lines.push_str(line.trim_end());
    lines.push('\n');
    push_styled(text, &lines);
}

/// Signs of bold words are not seen; those in code are.
fn seen_width(text: &str) -> usize {
    let unseen: usize = text.split('`').step_by(2).map(|words| words.matches("**").count()).sum();
    text.chars().count() - 2 * unseen
}

/// Bold words and code in their colours. Backticks stay, as in every message.
fn push_styled(text: &mut String, words: &str) {
    let (mut is_bold, mut is_code) = (false, false);
    let mut rest = words;
    while let Some(at) = rest.find(['`', '*']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        if let Some(after) = rest.strip_prefix("**").filter(|_| !is_code) {
            is_bold = !is_bold;
            text.push_str(if is_bold { lead_of(after) } else { PLAIN });
            rest = after;
        } else if let Some(after) = rest.strip_prefix('`') {
            text.push_str(if is_code { "`" } else { CODE });
            text.push_str(if is_code { PLAIN } else { "`" });
            is_code = !is_code;
            rest = after;
        } else {
            text.push('*');
            rest = &rest[1..];
        }
    }
    text.push_str(rest);
}

/// The labels of examples have the colours of their bars.
fn lead_of(words: &str) -> &'static str {
    if words.starts_with("Wrong") {
        RED
    } else if words.starts_with("Right") {
        GREEN
    } else {
        BOLD
    }
}

/// `[words](address)` as a terminal can say it: the command for another page, the address of a website, or the words.
fn without_links(words: &str) -> String {
    let mut text = String::new();
    for (index, part) in words.split('`').enumerate() {
        if index > 0 {
            text.push('`');
        }
        if index % 2 == 1 {
            text.push_str(part);
            continue;
        }
        let mut rest = part;
        while let Some((before, label, target, after)) = next_link(rest) {
            text.push_str(before);
            text.push_str(label);
            let name = target.rsplit('/').next().unwrap_or(target).strip_suffix(".md");
            match name.filter(|name| super::page(name).is_some()) {
                Some(name) => {
                    let _ = write!(text, " (netsite explain {name})");
                }
                None if target.contains("://") => {
                    let _ = write!(text, " ({target})");
                }
                None => {}
            }
            rest = after;
        }
        text.push_str(rest);
    }
    text
}

/// What stands before the first link, its words, its address, and what stands after.
fn next_link(text: &str) -> Option<(&str, &str, &str, &str)> {
    let middle = text.find("](")?;
    let open = text[..middle].rfind('[')?;
    let close = middle + text[middle..].find(')')?;
    Some((&text[..open], &text[open + 1..middle], &text[middle + 2..close], &text[close + 1..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plain(text: &str) -> String {
        let mut plain = String::new();
        let mut rest = text;
        while let Some((before, after)) = rest.split_once('\x1b') {
            plain.push_str(before);
            rest = after.split_once('m').map_or("", |(_, after)| after);
        }
        plain + rest
    }

    #[test]
    fn a_page_reads_without_its_marks_of_markdown() {
        let page = Page::read(
            "x",
            "---\nseverity: error\nstage: parse\nsince: 0.1.0\n---\n\n# `x`\n\n**Why.** See [the guide](https://example.org/) and `a](b`, and write it so that a reader sees where it leads.\n\n- one\n- two\n\n```markdown wrong=content/a.md\n[A](b.md)\n    ^^^^\n```\n",
        );
        assert_eq!(
            plain(&show(&page, 60)),
            "x (error)\n\nWhy. See the guide (https://example.org/) and `a](b`, and\nwrite it so that a reader sees where it leads.\n\n  - one\n  - two\n\n  | [A](b.md)\n  |     ^^^^\n\nIt is found when a page is read, since version 0.1.0.\n"
        );
    }
}
