//! The little sites of examples: what an example shows, put into a skeleton of what it needs beside.

use std::collections::BTreeMap;

use netsite::build::{self, NoStore, Options, Progress, Sink, SinkError};
use netsite::diagnostic::Located;
use netsite::explain::Example;
use netsite::pathway::layout::Layouts;
use netsite::site::Asset;
use netsite::source::{MemoryWorld, SitePath};
use netsite::verdict::Coverage;

use super::made::{bytes_of, png};

/// What every example has beside it.
const STANDING: [(&str, &str); 6] = [
    ("netsite.yaml", include_str!("skeleton/netsite.yaml")),
    ("content/index.md", include_str!("skeleton/index.md")),
    ("content/organisations.csv", include_str!("skeleton/organisations.csv")),
    ("content/networks/example.md", include_str!("skeleton/example.md")),
    ("content/benchmarks/scans/index.md", include_str!("skeleton/kinds/benchmarks.md")),
    ("content/benchmarks/scans/data.csv", include_str!("skeleton/data.csv")),
];

/// A page of each folder that has all it needs.
const KINDS: [(&str, &str); 12] = [
    ("assessments", include_str!("skeleton/kinds/assessments.md")),
    ("benchmarks", include_str!("skeleton/kinds/benchmarks.md")),
    ("case-studies", include_str!("skeleton/kinds/case-studies.md")),
    ("events", include_str!("skeleton/kinds/events.md")),
    ("lessons", include_str!("skeleton/kinds/lessons.md")),
    ("networks", include_str!("skeleton/kinds/networks.md")),
    ("pages", include_str!("skeleton/kinds/pages.md")),
    ("pathways", include_str!("skeleton/kinds/pathways.md")),
    ("sessions", include_str!("skeleton/kinds/sessions.md")),
    ("standards", include_str!("skeleton/kinds/standards.md")),
    ("templates", include_str!("skeleton/kinds/templates.md")),
    ("terms-of-reference", include_str!("skeleton/kinds/terms-of-reference.md")),
];

/// What an example is put into, by the path of its file.
fn skeleton(path: &str) -> Option<String> {
    if let Some((_, text)) = STANDING.iter().find(|(name, _)| *name == path) {
        return Some(titled(text, path)).filter(|_| SitePath::new(path).extension() != "csv");
    }
    let below = path.strip_prefix("content/")?.strip_suffix(".md")?;
    let folder = below.split_once('/').map_or("pages", |(folder, _)| folder);
    let (_, text) =
        KINDS.iter().find(|(name, _)| *name == folder).or(KINDS.iter().find(|(name, _)| *name == "pages"))?;
    Some(titled(text, path))
}

/// Pages are called by their files.
fn titled(text: &str, path: &str) -> String {
    let stem = path.trim_end_matches("/index.md").trim_end_matches(".md").rsplit('/').next().unwrap_or("");
    text.replace("{title}", &stem.replace('-', " "))
}

/// A file made of examples, and on which of its lines each line of them stands.
pub(super) struct File {
    pub(super) bytes: Vec<u8>,
    /// By example, then by line.
    pub(super) lines: Vec<Vec<usize>>,
}

/// Puts examples of one path into its skeleton.
pub(super) fn file(examples: &[&Example<'_>]) -> File {
    let path = examples[0].path;
    let is_whole = |example: &&Example<'_>| {
        let begins = example.lines.first().is_some_and(|line| line.text.starts_with("---"));
        begins || example.attribute("whole").is_some()
    };
    let skeleton = skeleton(path).filter(|_| !examples.iter().any(is_whole));
    let has_page = SitePath::new(path).extension() == "md";
    let mut text = String::new();
    let mut lines = vec![Vec::new(); examples.len()];
    let push = |text: &mut String, numbers: &mut Vec<usize>, example: &Example<'_>| {
        for (index, line) in example.lines.iter().enumerate() {
            // What would be long is shown once and stands many times: `times=600 line=2`.
            let is_meant = example.attribute("line").is_none_or(|line| line == (index + 1).to_string());
            let times =
                example.attribute("times").filter(|_| is_meant).map_or(1, |times| times.parse().unwrap());
            numbers.push(text.matches('\n').count() + 1);
            for _ in 0..times {
                text.push_str(line.text);
                text.push('\n');
            }
        }
    };
    let is_fields = |example: &Example<'_>| example.language == "yaml";
    let (fields, body) = match &skeleton {
        Some(skeleton) if has_page => {
            let (fields, body) = skeleton[4..].split_once("\n---\n").expect("a skeleton has front matter");
            (format!("{fields}\n"), body.to_string())
        }
        Some(skeleton) => (skeleton.clone(), String::new()),
        None => (String::new(), String::new()),
    };
    if skeleton.is_none() {
        for (numbers, example) in lines.iter_mut().zip(examples) {
            push(&mut text, numbers, example);
        }
    } else {
        if has_page {
            text.push_str("---\n");
        }
        text.push_str(&without_fields(&fields, examples));
        for (numbers, example) in lines.iter_mut().zip(examples).filter(|(_, example)| is_fields(example)) {
            push(&mut text, numbers, example);
        }
        if has_page {
            text.push_str("---\n");
            text.push_str(&body);
        }
        for (numbers, example) in lines.iter_mut().zip(examples).filter(|(_, example)| !is_fields(example)) {
            text.push('\n');
            push(&mut text, numbers, example);
        }
    }
    let made = examples.iter().find_map(|example| example.attribute("made"));
    File { bytes: made.map_or_else(|| text.clone().into_bytes(), |made| bytes_of(made, &text)), lines }
}

/// The fields of a skeleton without those that an example gives.
fn without_fields(fields: &str, examples: &[&Example<'_>]) -> String {
    let name_of = |line: &str| {
        line.split_once(':')
            .map(|(name, _)| name.to_string())
            .filter(|name| !name.starts_with([' ', '-', '#']))
    };
    let given: Vec<String> = examples
        .iter()
        .filter(|example| example.language == "yaml")
        .flat_map(|example| example.lines.iter().filter_map(|line| name_of(line.text)))
        .collect();
    let mut is_kept = true;
    let mut kept = String::new();
    for line in fields.lines() {
        if let Some(name) = name_of(line) {
            is_kept = !given.contains(&name);
        }
        if is_kept {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// A site of examples beside what always stands.
pub(super) fn world(examples: &[&Example<'_>]) -> MemoryWorld {
    let mut files: BTreeMap<&str, Vec<u8>> =
        STANDING.iter().map(|(path, text)| (*path, titled(text, path).into_bytes())).collect();
    files.insert("content/map.png", png(2, 1));
    let mut by_path: BTreeMap<&str, Vec<&Example<'_>>> = BTreeMap::new();
    for example in examples {
        by_path.entry(example.path).or_default().push(example);
    }
    files.extend(by_path.into_iter().map(|(path, examples)| (path, file(&examples).bytes)));
    let now = "2026-06-01T09:00:00Z".parse().unwrap();
    files.into_iter().fold(MemoryWorld::new(now), |world, (path, bytes)| world.with(path, bytes))
}

/// Everything that is wrong with a site, at the stage of a rule. Pages are made only where a rule needs it, since that takes
/// the longest, and advice is asked for only where the rule is advice, so that other examples can be short.
pub(super) fn problems(world: &MemoryWorld, stage: &str) -> Vec<Located> {
    let (with_pages, with_advice) = (stage == "render", stage == "check");
    let progress = Progress::default();
    let assembled = build::assemble(world, &Options::default(), Layouts::default(), &progress).unwrap();
    let mut problems = assembled.problems;
    let (images, of_images) = build::images(world, &NoStore, &assembled.site, &progress);
    problems.extend(of_images);
    let mut theme = assembled.theme;
    if let Some(loaded) = theme.take() {
        if with_advice {
            problems.extend(build::advice(&assembled.site, &loaded, world));
        }
        if with_pages && !problems.stop(world, false) {
            let (rendered, loaded) =
                build::render(&assembled.site, loaded, &images, &Nowhere, &progress).unwrap();
            problems.extend(rendered.problems);
            theme = Some(loaded);
        } else {
            problems.extend(build::address_problems(&assembled.site, &loaded, &images));
            theme = Some(loaded);
        }
    }
    let coverage = if with_advice { Coverage::Whole } else { Coverage::Part };
    problems.verdict(world, theme.as_ref(), coverage).problems
}

/// Outputs are made and not kept.
struct Nowhere;

impl Sink for Nowhere {
    fn add(&self, _: &str, _: &[u8]) -> Result<(), SinkError> {
        Ok(())
    }

    fn copy(&self, _: &str, _: &Asset) -> Result<(), SinkError> {
        Ok(())
    }
}
