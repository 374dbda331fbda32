//! Reads a `.docx` as an application would: the archive, its parts, styles and numbers.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

/// An element of XML. Text is a child without a name.
#[derive(Debug, Clone, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) attributes: BTreeMap<String, String>,
    pub(super) children: Vec<Element>,
    pub(super) text: String,
}

impl Element {
    /// A whole part; whatever is not well-formed fails the test.
    #[track_caller]
    pub(super) fn parse(text: &str) -> Self {
        let forbidden = |character: char| {
            (character < ' ' && !matches!(character, '\t' | '\n' | '\r'))
                || matches!(character, '\u{fffe}' | '\u{ffff}')
        };
        assert!(!text.contains(forbidden), "a character that XML 1.0 cannot hold");
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        let mut open = vec![Self::default()];
        loop {
            match reader.read_event().unwrap() {
                Event::Start(start) => {
                    let mut attributes = BTreeMap::new();
                    for attribute in start.attributes() {
                        let attribute = attribute.unwrap();
                        let value = unescape(&attribute.value).unwrap().into_owned();
                        let before = attributes.insert(attribute.key.as_ref().to_string(), value);
                        assert!(before.is_none(), "an attribute twice");
                    }
                    let name = start.name().as_ref().to_string();
                    open.push(Self { name, attributes, ..Self::default() });
                }
                Event::End(_) => {
                    let element = open.pop().unwrap();
                    open.last_mut().unwrap().children.push(element);
                }
                Event::Text(text) => open.last_mut().unwrap().push_text(&text),
                Event::GeneralRef(reference) => {
                    let text = unescape(&format!("&{};", &*reference)).unwrap().into_owned();
                    open.last_mut().unwrap().push_text(&text);
                }
                Event::Eof => break,
                _ => {}
            }
        }
        assert_eq!(open.len(), 1, "an element that is not closed");
        open.remove(0).children.into_iter().find(|child| !child.name.is_empty()).unwrap()
    }

    fn push_text(&mut self, text: &str) {
        match self.children.last_mut() {
            Some(last) if last.name.is_empty() => last.text.push_str(text),
            _ => self.children.push(Self { text: text.to_string(), ..Self::default() }),
        }
    }

    /// Every element of this name below this one, in order.
    pub(super) fn all(&self, name: &str) -> Vec<&Self> {
        let mut found = Vec::new();
        for child in &self.children {
            if child.name == name {
                found.push(child);
            }
            found.extend(child.all(name));
        }
        found
    }

    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The value of the first element of this name below this one.
    pub(super) fn value(&self, name: &str) -> Option<&str> {
        self.all(name).first().and_then(|element| element.attribute("w:val"))
    }

    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.get(name).map(String::as_str)
    }

    /// The words as a reader sees them.
    pub(super) fn words(&self) -> String {
        match self.name.as_str() {
            "" => self.text.clone(),
            "w:br" => "\n".to_string(),
            "w:tab" => "\t".to_string(),
            "w:instrText" | "w:pPr" | "w:sdtPr" => String::new(),
            _ => self.children.iter().map(Self::words).collect(),
        }
    }
}

/// A file, read.
pub(super) struct File {
    pub(super) parts: BTreeMap<String, String>,
}

impl File {
    #[track_caller]
    pub(super) fn read(bytes: &[u8]) -> Self {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut parts = BTreeMap::new();
        for index in 0..archive.len() {
            let mut part = archive.by_index(index).unwrap();
            let mut text = String::new();
            part.read_to_string(&mut text).unwrap();
            assert!(parts.insert(part.name().unwrap().into_owned(), text).is_none(), "a part twice");
        }
        Self { parts }
    }

    #[track_caller]
    pub(super) fn part(&self, path: &str) -> Element {
        Element::parse(self.parts.get(path).unwrap_or_else(|| panic!("no {path}")))
    }

    pub(super) fn document(&self) -> Element {
        self.part("word/document.xml")
    }

    /// Every paragraph with its style and the number that stands before it.
    pub(super) fn paragraphs(&self) -> Vec<(String, String, String)> {
        let document = self.document();
        let mut numbers = Numbers::new(self.part("word/numbering.xml"), self.part("word/styles.xml"));
        document
            .all("w:p")
            .into_iter()
            .map(|paragraph| {
                let style = paragraph.value("w:pStyle").unwrap_or("Normal").to_string();
                (numbers.before(paragraph, &style), style, paragraph.words())
            })
            .collect()
    }

    /// The paragraphs as lines: `1.1 The board …`.
    pub(super) fn lines(&self) -> Vec<String> {
        let line =
            |(number, _, words): (String, String, String)| format!("{number} {words}").trim().to_string();
        self.paragraphs().into_iter().map(line).filter(|line| !line.is_empty()).collect()
    }
}

/// Counts as Word does.
struct Numbers {
    numbering: Element,
    styles: Element,
    counts: BTreeMap<String, Vec<u64>>,
    begun: std::collections::BTreeSet<String>,
}

impl Numbers {
    fn new(numbering: Element, styles: Element) -> Self {
        Self { numbering, styles, counts: BTreeMap::new(), begun: std::collections::BTreeSet::new() }
    }

    fn before(&mut self, paragraph: &Element, style: &str) -> String {
        let styles = self.styles.all("w:style");
        let style = styles.iter().find(|found| found.attribute("w:styleId") == Some(style)).unwrap();
        let mut properties = paragraph.child("w:pPr").into_iter().chain(style.child("w:pPr"));
        let Some(numbering) = properties.find_map(|properties| properties.child("w:numPr")) else {
            return String::new();
        };
        let instance = numbering.value("w:numId").unwrap().to_string();
        let level: usize = numbering.value("w:ilvl").unwrap_or("0").parse().unwrap();
        let named = |name: &str, attribute: &str, value: &str| {
            let all = self.numbering.all(name);
            let found = all.into_iter().find(|found| found.attribute(attribute) == Some(value));
            found.unwrap_or_else(|| panic!("no {name} {value}")).clone()
        };
        let number = named("w:num", "w:numId", &instance);
        let kind_id = number.value("w:abstractNumId").unwrap().to_string();
        let kind = named("w:abstractNum", "w:abstractNumId", &kind_id);
        // All instances of a kind count on together; one with a start of its own begins anew, once.
        let counts = self.counts.entry(kind_id).or_insert_with(|| vec![0; 9]);
        if let Some(start) = number.value("w:startOverride") {
            let overridden: usize =
                number.all("w:lvlOverride")[0].attribute("w:ilvl").unwrap().parse().unwrap();
            if overridden == level && self.begun.insert(instance) {
                counts[level] = start.parse::<u64>().unwrap().wrapping_sub(1);
            }
        }
        counts[level] = counts[level].wrapping_add(1);
        counts[level + 1..].fill(0);
        let levels = kind.all("w:lvl");
        let mut text = levels[level].value("w:lvlText").unwrap().to_string();
        for (index, count) in counts.iter().enumerate() {
            let format = levels[index].value("w:numFmt").unwrap();
            text = text.replace(&format!("%{}", index + 1), &written(*count, format));
        }
        text
    }
}

fn written(count: u64, format: &str) -> String {
    let letter = |first: u8| char::from(first + ((count.max(1) - 1) % 26) as u8).to_string();
    match format {
        "lowerLetter" => letter(b'a'),
        "upperLetter" => letter(b'A'),
        "lowerRoman" => ["", "i", "ii", "iii", "iv", "v"].get(count as usize).unwrap_or(&"?").to_string(),
        _ => count.to_string(),
    }
}
