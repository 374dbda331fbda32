//! What is known while a document is written: what numbers, links and placeholders it has needed so far.

use std::collections::BTreeMap;

use super::super::{Answers, Form};
use super::lists::Lists;

/// The writer of one document.
pub(super) struct Writer<'a> {
    pub(super) form: &'a Form,
    pub(super) answers: &'a Answers,
    /// How many controls were made; each has a number of its own.
    pub(super) control_count: u32,
    /// Addresses and the relationships that lead to them.
    pub(super) links: BTreeMap<String, String>,
    /// Texts in brackets and the names of the building blocks that bring them back.
    pub(super) placeholders: BTreeMap<String, String>,
    /// The lists so far.
    pub(super) lists: Lists,
    /// How many tables were made.
    pub(super) table_count: usize,
    /// The words of the heading that stands above.
    pub(super) heading: String,
}

impl<'a> Writer<'a> {
    pub(super) fn new(form: &'a Form, answers: &'a Answers) -> Self {
        Self {
            form,
            answers,
            control_count: 0,
            links: BTreeMap::new(),
            placeholders: BTreeMap::new(),
            lists: Lists::default(),
            table_count: 0,
            heading: String::new(),
        }
    }

    /// What goes into a gap; none where its name in brackets stays.
    pub(super) fn filling(&self, gap: usize, column: Option<usize>, is_capital: bool) -> Option<String> {
        self.form.filling(gap, column, is_capital, self.answers)
    }

    /// The relationship that leads to an address.
    pub(super) fn link(&mut self, address: String) -> String {
        let next = format!("link{}", self.links.len() + 1);
        self.links.entry(address).or_insert(next).clone()
    }

    /// The building block that brings a text in brackets back when an answer is removed.
    pub(super) fn placeholder(&mut self, text: &str) -> String {
        let next = format!("placeholder-{}", self.placeholders.len() + 1);
        self.placeholders.entry(text.to_string()).or_insert(next).clone()
    }
}
