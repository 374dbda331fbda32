//! Word, Excel and `PowerPoint` files (ECMA-376): every part is looked into, whatever the document shows of it.

use super::archive::Package;
use super::markup::{Mark, marks};
use super::{Extracted, Look, has_ending, shown, within};

impl Look<'_> {
    pub(super) fn office(&mut self, package: &mut Package<'_>, outer: &str, depth: usize) {
        let names: Vec<String> = package.names.keys().cloned().collect();
        let sheets = self.workbook(package, outer);
        let slides = self.slides(package, outer);
        for name in &names {
            let lower = name.to_lowercase();
            let is_text = has_ending(name, &["xml", "rels", "vml", "xhtml", "html"]);
            if sheets.contains(name) {
                continue;
            }
            if !is_text {
                // Settings of printers and fonts are nobody's words.
                if !has_ending(name, &["fntdata", "odttf"]) && !lower.contains("printersettings") {
                    self.object(package, name, outer, depth);
                }
                continue;
            }
            let xml = self.part_text(package, name, outer);
            let place = slides.get(name).cloned().unwrap_or_else(|| place_of(name));
            match lower.as_str() {
                "docprops/core.xml" | "docprops/app.xml" | "docprops/custom.xml" => {
                    self.properties(&xml, &within("in the properties of the document", outer));
                }
                "word/comments.xml" => self.comments(&xml, outer),
                _ if ["ppt/comments", "xl/comments", "xl/threadedcomments"]
                    .iter()
                    .any(|start| lower.starts_with(start)) =>
                {
                    self.comments(&xml, outer);
                }
                _ if lower.ends_with("people.xml")
                    || lower.contains("commentauthors")
                    || lower == "ppt/authors.xml"
                    || lower.contains("persons/") =>
                {
                    self.people(&xml, &within("in the list of people who commented", outer));
                }
                _ if has_ending(name, &["rels"]) => self.targets(&xml, outer),
                _ => self.words(&xml, &place, outer),
            }
        }
    }

    /// Text in paragraphs and tables.
    pub(super) fn words(&mut self, xml: &str, place: &str, outer: &str) {
        let mut extracted = Extracted::default();
        super::word::extract(xml, place, &mut extracted);
        self.extracted(&extracted, outer);
    }

    /// Properties: names of people, and what else stands there.
    pub(super) fn properties(&mut self, xml: &str, place: &str) {
        let mut element = String::new();
        let mut text = String::new();
        marks(xml, &mut |mark| match mark {
            Mark::Open(name, attributes) => {
                element = name.to_string();
                // The name of a property of one's own says what its value is.
                text.extend(attributes.get("name").map(|name| format!("\n{name}: ")));
            }
            Mark::Close(_) => element.clear(),
            Mark::Text(words) if !words.trim().is_empty() => {
                if matches!(element.as_str(), "creator" | "lastModifiedBy" | "Manager" | "initial-creator") {
                    self.author(&words, place);
                } else {
                    text.push_str(&words);
                    text.push('\n');
                }
            }
            _ => {}
        });
        self.text(&text, crate::disclosure::Form::Prose, place);
    }

    fn comments(&mut self, xml: &str, outer: &str) {
        let mut extracted = Extracted::default();
        let mut count = 0;
        let mut text = String::new();
        marks(xml, &mut |mark| match mark {
            Mark::Open("comment" | "cm" | "threadedComment", attributes) => {
                count += 1;
                if let Some(author) = attributes.get("author") {
                    self.author(&author, &within("beside the comments", outer));
                }
            }
            Mark::Close("author") => {
                self.author(&text, &within("beside the comments", outer));
                text.clear();
            }
            Mark::Close("p" | "comment" | "text" | "cm" | "threadedComment") => {
                extracted.line(&text, &format!("in comment {count}"));
                text.clear();
            }
            Mark::Open("tab" | "br", _) => text.push(' '),
            Mark::Text(words) => text.push_str(&words),
            _ => {}
        });
        extracted.line(&text, "in the comments");
        self.extracted(&extracted, outer);
    }

    fn people(&mut self, xml: &str, place: &str) {
        marks(xml, &mut |mark| {
            if let Mark::Open(_, attributes) = mark {
                for name in ["author", "name", "displayName"] {
                    if let Some(name) = attributes.get(name) {
                        self.author(&name, place);
                    }
                }
            }
        });
    }

    /// Addresses that links of a document lead to.
    fn targets(&mut self, xml: &str, outer: &str) {
        let mut extracted = Extracted::default();
        marks(xml, &mut |mark| {
            if let Mark::Open("Relationship", attributes) = mark
                && attributes.get("TargetMode").as_deref() == Some("External")
                && let Some(target) = attributes.get("Target")
            {
                extracted.line(&target, "in the address of a link");
            }
        });
        self.extracted(&extracted, outer);
    }
}

/// What a part of a document is called where it is read.
fn place_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let known = [
        ("word/document", "in the text"),
        ("word/footnotes", "in a footnote"),
        ("word/endnotes", "in an endnote"),
        ("word/header", "in a header of the pages"),
        ("word/footer", "in a footer of the pages"),
        ("word/glossary", "in the building blocks"),
        ("xl/drawings", "in a drawing on a sheet"),
        ("ppt/slidemasters", "in the slide master"),
        ("ppt/slidelayouts", "in a layout of the slides"),
        ("ppt/handoutmasters", "in the handout master"),
        ("customxml", "in data that is attached to the document"),
    ];
    if lower.contains("/charts/") {
        return "in the data of a chart".to_string();
    }
    if lower.contains("/diagrams/") {
        return "in a diagram".to_string();
    }
    let found = known.iter().find(|(start, _)| lower.starts_with(start));
    found.map_or_else(|| format!("in its part {}", shown(name)), |(_, place)| (*place).to_string())
}
