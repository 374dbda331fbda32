//! Words that a site knows as names or explains, so that no rule takes them for a slip.

use std::collections::HashSet;

use super::prose::words;
use crate::fields::Value;
use crate::site::Site;

/// Abbreviations that readers of these sites know better than what they stand for.
const COMMON: [&str; 61] = [
    "AA", "AAA", "IEC", "AM", "BBC", "BMJ", "BSI", "BST", "CD", "CEO", "COVID", "CSS", "DVD", "EU", "FAQ",
    "GB", "GMT", "GP", "HM", "HR", "HTML", "HTTP", "HTTPS", "ID", "IP", "ISBN", "ISO", "IT", "JPEG", "JSON",
    "KB", "LGBT", "MB", "MP", "MS", "NHS", "NHSE", "NHSX", "OK", "PC", "PDF", "PM", "PNG", "POBOX", "QR",
    "RAM", "SMS", "SVG", "TB", "TV", "UK", "UN", "URL", "US", "USA", "USB", "UTF", "VAT", "WCAG", "XML",
    "YAML",
];

/// What a site knows.
pub(super) struct Names {
    /// Words of names, in small letters: those of networks, organisations, themes and the like.
    proper: HashSet<String>,
    /// Abbreviations that are explained or need not be.
    short: HashSet<String>,
}

impl Names {
    pub(super) fn of(site: &Site) -> Self {
        let mut names = Self { proper: HashSet::new(), short: HashSet::new() };
        names.short.extend(COMMON.iter().map(ToString::to_string));
        let config = &site.config;
        for (term, meaning) in &config.glossary {
            names.add_short(term);
            names.add(term);
            names.add(meaning);
        }
        names.add_name(&config.title);
        names.add_name(config.publisher.as_ref().map_or("", |publisher| &publisher.name));
        for term in site.taxonomies.iter().flat_map(|taxonomy| &taxonomy.terms) {
            names.add_name(&term.name);
        }
        for organisation in site.organisations.values() {
            names.add_name(&organisation.name);
            names.short.insert(organisation.ods.clone());
        }
        for page in &site.pages {
            let values = &page.parsed.values;
            if page.parsed.kind.name == "network" {
                names.add_name(&page.parsed.title);
                for (_, value) in values.iter() {
                    names.add_texts(&value.value);
                }
            }
            for field in ["venue", "speakers", "host_org", "exiting_supplier", "metric", "framework", "code"]
            {
                for (_, value) in values.iter().filter(|(name, _)| *name == field) {
                    names.add_texts(&value.value);
                }
            }
        }
        names
    }

    fn add_texts(&mut self, value: &Value) {
        match value {
            // Longer texts are sentences, which explain nothing by themselves.
            Value::Text(text) if text.len() <= 120 && !text.contains(['\n', '@']) => self.add_name(text),
            Value::List(list) => list.iter().for_each(|item| self.add_texts(&item.value)),
            Value::Group(group) => group.iter().for_each(|(_, item)| self.add_texts(&item.value)),
            _ => {}
        }
    }

    fn add_name(&mut self, name: &str) {
        self.add_short(name);
        self.add(name);
    }

    fn add(&mut self, name: &str) {
        let capitals = words(name).into_iter().filter(|word| word.text.starts_with(char::is_uppercase));
        self.proper.extend(capitals.map(|word| word.text.to_lowercase()));
    }

    fn add_short(&mut self, name: &str) {
        self.short.extend(words(name).into_iter().map(|word| word.text.to_string()));
    }

    /// Whether a word belongs to a name.
    pub(super) fn has_in_name(&self, word: &str) -> bool {
        self.proper.contains(&word.to_lowercase())
    }

    /// Whether an abbreviation is known.
    pub(super) fn knows_short(&self, word: &str) -> bool {
        self.short.contains(word)
    }
}
