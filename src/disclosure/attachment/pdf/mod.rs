//! PDF files (ISO 32000-1): the words of pages, notes, forms and properties, what is attached, and what an earlier state
//! of the document left in the file. Each file is read from its objects, without trusting its table of contents.

mod fonts;
mod objects;
mod page;
mod syntax;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Cursor;
use std::rc::Rc;

use self::fonts::Font;
use self::objects::{Object, Objects, position};
use self::page::Words;
use self::syntax::Value;
use super::letters::{decoded, latin};
use super::{Look, MOST_UNPACKED, within};
use crate::disclosure::{Form, NotRead};

/// Pieces are painted inside pieces so deep.
const MOST_PIECES_DEEP: usize = 6;
/// So many pages are looked at.
const MOST_PAGES: usize = 20_000;

impl Look<'_> {
    pub(super) fn pdf(&mut self, bytes: &[u8], outer: &str, depth: usize) {
        if is_locked(bytes) {
            return self.not_read(NotRead::Locked, outer);
        }
        let mut spent = self.unpacked;
        let objects = Objects::find(bytes, &mut spent, MOST_UNPACKED);
        self.unpacked = spent;
        if objects.all.is_empty() {
            return self.not_read(NotRead::Damaged, outer);
        }
        let mut file = File { objects: &objects, bytes, used: BTreeSet::new(), fonts: BTreeMap::new() };
        for (index, page) in file.pages().into_iter().take(MOST_PAGES).enumerate() {
            let place = within(&format!("on page {}", index + 1), outer);
            let mut words = Words::default();
            let has_picture = file.page(self, page, &mut words);
            self.receiver.readings([&words.loose, &words.tight], &place);
            if words.has_unreadable || (has_picture && words.tight.trim().is_empty()) {
                self.not_read(NotRead::Pictured, &place);
            }
        }
        for object in &objects.all {
            self.fields_say(&object.value, outer);
            self.attached(&file, object, outer, depth);
        }
    }

    /// The words in an object's own fields: properties, notes, forms, links, names.
    fn fields_say(&mut self, value: &Value, outer: &str) {
        let Value::Fields(fields) = value else { return };
        let is_note = value.get("Rect").is_some();
        let place = if is_note {
            "in a note, a link or a field on its pages"
        } else if ["Producer", "Creator", "Author", "CreationDate"]
            .iter()
            .any(|name| value.get(name).is_some())
        {
            "in the properties of the document"
        } else {
            "in what belongs to its pages and is not shown on them"
        };
        let place = within(place, outer);
        for (name, value) in fields {
            // Those are random bytes.
            if matches!(name.as_str(), "ID" | "Contents" if !is_note || name == "ID") || name == "CheckSum" {
                continue;
            }
            self.strings(name, value, is_note, &place, 0);
        }
    }

    fn strings(&mut self, name: &str, value: &Value, is_note: bool, place: &str, depth: usize) {
        match value {
            Value::Text(bytes) => {
                let text = text_of(bytes);
                if name == "Author" || (name == "T" && is_note) {
                    self.receiver.author(&text, place);
                }
                self.text(&text, Form::Prose, place);
            }
            Value::Array(values) if depth < 8 => {
                for value in values {
                    self.strings(name, value, is_note, place, depth + 1);
                }
            }
            Value::Fields(fields) if depth < 8 => {
                for (name, value) in fields {
                    self.strings(name, value, is_note, place, depth + 1);
                }
            }
            _ => {}
        }
    }

    /// Files in the file, photos, properties as XML, and operators that no page uses.
    fn attached(&mut self, file: &File<'_>, object: &Object, outer: &str, depth: usize) {
        let Some((start, end)) = object.stream else { return };
        let kind = object.value.get("Type").and_then(Value::name).unwrap_or("");
        let subtype = object.value.get("Subtype").and_then(Value::name).unwrap_or("");
        if subtype == "Image" {
            let raw = &file.bytes[start..end];
            if raw.starts_with(b"\xff\xd8\xff") {
                let place = within("in a picture on its pages", outer);
                self.file("picture.jpg", &mut Cursor::new(raw), &place, depth + 1);
            }
            return;
        }
        if matches!(kind, "ObjStm" | "XRef" | "XObject") || object.value.get("Length1").is_some() {
            return;
        }
        let is_file = kind == "EmbeddedFile" || object.value.get("Params").is_some();
        let is_properties = kind == "Metadata";
        let is_unused = !file.used.contains(&start);
        if !is_file && !is_properties && !is_unused {
            return;
        }
        let mut spent = self.unpacked;
        let data = file.objects.data(object, file.bytes, &mut spent, MOST_UNPACKED);
        self.unpacked = spent;
        let Some(data) = data else { return };
        if is_file {
            let place = within("in a file that is attached to the document", outer);
            self.file("attached.txt", &mut Cursor::new(data), &place, depth + 1);
        } else if is_properties {
            self.words(&String::from_utf8_lossy(&data), "in the properties of the document", outer);
        } else if position(&data, b"BT").is_some() && position(&data, b"ET").is_some() {
            let mut words = Words::default();
            words.read(&data, &BTreeMap::new());
            let place = within("in a part that no page shows any more", outer);
            self.receiver.readings([&words.loose, &words.tight], &place);
        }
    }
}

/// Whether the file's trailer names how it is locked.
fn is_locked(bytes: &[u8]) -> bool {
    let mut at = 0;
    while let Some(found) = position(&bytes[at..], b"/Encrypt") {
        at += found + b"/Encrypt".len();
        let next = bytes.get(at).copied().unwrap_or(b' ');
        if next == b'<'
            || (next.is_ascii_whitespace()
                && bytes.get(at + 1).is_some_and(|next| next.is_ascii_digit() || *next == b'<'))
        {
            return true;
        }
    }
    false
}

/// Text in a field: in pairs of bytes after their mark, or one byte a letter.
fn text_of(bytes: &[u8]) -> String {
    match bytes {
        [0xfe, 0xff, ..] | [0xff, 0xfe, ..] => decoded(bytes).unwrap_or_default(),
        [0xef, 0xbb, 0xbf, rest @ ..] => String::from_utf8_lossy(rest).into_owned(),
        bytes => latin(bytes),
    }
}

struct File<'a> {
    objects: &'a Objects,
    bytes: &'a [u8],
    /// Where the streams begin that pages use.
    used: BTreeSet<usize>,
    /// Fonts by their objects: pages share them.
    fonts: BTreeMap<u32, Rc<Font>>,
}

impl<'a> File<'a> {
    /// The pages, in the order of the document, else in that of the file.
    fn pages(&self) -> Vec<&'a Value> {
        let is = |value: &Value, kind: &str| value.get("Type").and_then(Value::name) == Some(kind);
        let mut pages = Vec::new();
        let catalogue = self.objects.all.iter().rev().find(|object| is(&object.value, "Catalog"));
        let mut waiting: Vec<&Value> =
            catalogue.and_then(|object| object.value.get("Pages")).into_iter().collect();
        let mut seen = BTreeSet::new();
        while let Some(next) = waiting.pop() {
            if let Value::Object(number) = next
                && !seen.insert(*number)
            {
                continue;
            }
            let node = self.objects.resolved(next);
            match self.objects.field(node, "Kids") {
                Some(Value::Array(kids)) => waiting.extend(kids.iter().rev()),
                _ if is(node, "Page") => pages.push(node),
                _ => {}
            }
        }
        if pages.is_empty() {
            pages = self
                .objects
                .all
                .iter()
                .map(|object| &object.value)
                .filter(|value| is(value, "Page"))
                .collect();
        }
        pages
    }

    /// Reads a page; whether it paints a picture.
    fn page(&mut self, look: &mut Look<'_>, page: &'a Value, words: &mut Words) -> bool {
        let mut content = Vec::new();
        let parts: Vec<&Value> = match page.get("Contents") {
            Some(value) => match self.objects.resolved(value) {
                Value::Array(parts) => parts.iter().collect(),
                _ => vec![value],
            },
            None => Vec::new(),
        };
        for part in parts {
            if let Value::Object(number) = part {
                content.extend(self.stream(look, *number));
                content.push(b'\n');
            }
        }
        let mut holder = page;
        for _ in 0..20 {
            if holder.get("Resources").is_some() {
                break;
            }
            match self.objects.field(holder, "Parent") {
                Some(parent) => holder = parent,
                None => break,
            }
        }
        let resources = self.objects.field(holder, "Resources");
        self.piece(look, &content, resources, words, &mut BTreeSet::new(), 0)
    }

    fn stream(&mut self, look: &mut Look<'_>, number: u32) -> Vec<u8> {
        let Some(object) = self.objects.numbered(number) else { return Vec::new() };
        self.used.extend(object.stream.map(|(start, _)| start));
        let mut spent = look.unpacked;
        let data = self.objects.data(object, self.bytes, &mut spent, MOST_UNPACKED);
        look.unpacked = spent;
        data.unwrap_or_default()
    }

    fn piece(
        &mut self,
        look: &mut Look<'_>,
        content: &[u8],
        resources: Option<&'a Value>,
        words: &mut Words,
        seen: &mut BTreeSet<u32>,
        depth: usize,
    ) -> bool {
        let fonts = self.fonts(look, resources);
        let before = words.painted.len();
        words.read(content, &fonts);
        let painted: BTreeSet<String> = words.painted.split_off(before).into_iter().collect();
        let mut has_picture = false;
        for name in painted {
            let named = resources.and_then(|resources| self.objects.field(resources, "XObject"));
            let Some(Value::Object(number)) = named.and_then(|named| named.get(&name)) else { continue };
            let Some(object) = self.objects.numbered(*number) else { continue };
            match object.value.get("Subtype").and_then(Value::name) {
                Some("Image") => has_picture = true,
                Some("Form") if depth < MOST_PIECES_DEEP && seen.insert(*number) => {
                    let inner = self.stream(look, *number);
                    let own = self.objects.field(&object.value, "Resources").or(resources);
                    has_picture |= self.piece(look, &inner, own, words, seen, depth + 1);
                }
                _ => {}
            }
        }
        has_picture
    }

    fn fonts(&mut self, look: &mut Look<'_>, resources: Option<&'a Value>) -> BTreeMap<String, Rc<Font>> {
        let objects = self.objects;
        let Some(Value::Fields(named)) = resources.and_then(|resources| objects.field(resources, "Font"))
        else {
            return BTreeMap::new();
        };
        let mut fonts = BTreeMap::new();
        for (name, value) in named.iter().take(500) {
            let number = if let Value::Object(number) = value { Some(*number) } else { None };
            if let Some(font) = number.and_then(|number| self.fonts.get(&number)) {
                fonts.insert(name.clone(), Rc::clone(font));
                continue;
            }
            let value = objects.resolved(value);
            let mut font = match value.get("ToUnicode") {
                Some(Value::Object(number)) => Font::of_table(&self.stream(look, *number)),
                _ if value.get("Subtype").and_then(Value::name) == Some("Type0") => Font::unreadable(),
                _ => Font::plain(),
            };
            let encoding = objects.field(value, "Encoding");
            if let Some(Value::Array(differences)) =
                encoding.and_then(|encoding| objects.field(encoding, "Differences"))
            {
                font = font.with_differences(differences);
            }
            let font = Rc::new(font);
            self.fonts.extend(number.map(|number| (number, Rc::clone(&font))));
            fonts.insert(name.clone(), font);
        }
        fonts
    }
}
