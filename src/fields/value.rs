//! Values of fields, each with its place.

use std::borrow::Cow;

use jiff::civil::Date;

use crate::source::{Span, Spanned};
use crate::text::{LocalTime, Moment, Period};

/// What a field holds once it was understood.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Text, Paragraphs, Email, `WebAddress`, Ods, Colour, Language, Zone, Choice, Term, File, `SitePath`, Quantity.
    Text(Box<str>),
    /// Integer.
    Integer(i64),
    /// Flag.
    Flag(bool),
    /// Date.
    Date(Date),
    /// `LocalTime`.
    LocalTime(LocalTime),
    /// Moment.
    Moment(Box<Moment>),
    /// Period.
    Period(Box<Period>),
    /// Reference.
    Reference(Box<Reference>),
    /// List.
    List(Vec<Spanned<Value>>),
    /// Group and Map.
    Group(Values),
}

/// A page as another page names it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The kind's name; none where the writer left it out and the field takes any kind.
    pub kind: Option<String>,
    /// The slug, code or name as written.
    pub name: String,
}

/// The fields of one mapping, in the order of their table.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Values(Box<[Entry]>);

/// One field. A site holds some hundred thousand of them, so they are small.
#[derive(Debug, Clone, PartialEq)]
struct Entry {
    name: Cow<'static, str>,
    key: Span,
    value: Spanned<Value>,
}

impl Values {
    /// Values from fields: the name of each, the place of its key and what it holds.
    pub fn new(fields: impl IntoIterator<Item = (Cow<'static, str>, Span, Spanned<Value>)>) -> Self {
        Self(fields.into_iter().map(|(name, key, value)| Entry { name, key, value }).collect())
    }

    /// The fields in order.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Spanned<Value>)> {
        self.0.iter().map(|entry| (&*entry.name, &entry.value))
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// A field's value.
    pub fn get(&self, name: &str) -> Option<&Spanned<Value>> {
        self.0.iter().find(|entry| entry.name == name).map(|entry| &entry.value)
    }

    /// The place of a field's key.
    pub fn key_span(&self, name: &str) -> Option<Span> {
        self.0.iter().find(|entry| entry.name == name).map(|entry| entry.key)
    }

    /// A text field.
    pub fn text(&self, name: &str) -> Option<&str> {
        match &self.get(name)?.value {
            Value::Text(text) => Some(text),
            _ => None,
        }
    }

    /// A text field with its place.
    pub fn spanned_text(&self, name: &str) -> Option<Spanned<&str>> {
        let value = self.get(name)?;
        match &value.value {
            Value::Text(text) => Some(Spanned::new(text, value.span)),
            _ => None,
        }
    }

    /// A whole-number field.
    pub fn integer(&self, name: &str) -> Option<i64> {
        match self.get(name)?.value {
            Value::Integer(number) => Some(number),
            _ => None,
        }
    }

    /// A true-or-false field.
    pub fn flag(&self, name: &str) -> Option<bool> {
        match self.get(name)?.value {
            Value::Flag(flag) => Some(flag),
            _ => None,
        }
    }

    /// A date field, or the day of a day-and-time field.
    pub fn date(&self, name: &str) -> Option<Date> {
        match self.get(name)?.value {
            Value::Date(date) => Some(date),
            Value::LocalTime(time) => Some(time.date),
            _ => None,
        }
    }

    /// A day-and-time field.
    pub fn local_time(&self, name: &str) -> Option<LocalTime> {
        match self.get(name)?.value {
            Value::LocalTime(time) => Some(time),
            _ => None,
        }
    }

    /// An instant field.
    pub fn moment(&self, name: &str) -> Option<&Moment> {
        match &self.get(name)?.value {
            Value::Moment(moment) => Some(moment),
            _ => None,
        }
    }

    /// A period field.
    pub fn period(&self, name: &str) -> Option<&Period> {
        match &self.get(name)?.value {
            Value::Period(period) => Some(period),
            _ => None,
        }
    }

    /// A reference field.
    pub fn reference(&self, name: &str) -> Option<Spanned<&Reference>> {
        let value = self.get(name)?;
        match &value.value {
            Value::Reference(reference) => Some(Spanned::new(reference, value.span)),
            _ => None,
        }
    }

    /// The members of a list field; a single value counts as a list of one, an absent field as an empty list.
    pub fn list(&self, name: &str) -> &[Spanned<Value>] {
        match self.get(name) {
            Some(Spanned { value: Value::List(list), .. }) => list,
            Some(single) => std::slice::from_ref(single),
            None => &[],
        }
    }

    /// The texts of a list field, each with its place.
    pub fn texts(&self, name: &str) -> impl Iterator<Item = Spanned<&str>> {
        self.list(name).iter().filter_map(|item| match &item.value {
            Value::Text(text) => Some(Spanned::new(&**text, item.span)),
            _ => None,
        })
    }

    /// The mappings of a list of groups, each with its place.
    pub fn groups(&self, name: &str) -> impl Iterator<Item = Spanned<&Values>> {
        self.list(name).iter().filter_map(|item| match &item.value {
            Value::Group(values) => Some(Spanned::new(values, item.span)),
            _ => None,
        })
    }

    /// A group field.
    pub fn group(&self, name: &str) -> Option<&Values> {
        match &self.get(name)?.value {
            Value::Group(values) => Some(values),
            _ => None,
        }
    }
}
