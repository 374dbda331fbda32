//! Values as templates take them.

use std::collections::BTreeMap;

use jiff::civil::Date;
use tera::Value;

use crate::text::long_date;

/// A template's map from names and values.
pub(super) fn map<const N: usize>(entries: [(&'static str, Value); N]) -> Value {
    Value::from(BTreeMap::from(entries))
}

/// A text, or none.
pub(super) fn optional(text: Option<&str>) -> Value {
    text.map_or_else(Value::none, Value::from)
}

/// A date for machines and for people.
pub(super) fn date(date: Date) -> Value {
    map([("iso", Value::from(date.to_string())), ("text", Value::from(long_date(date)))])
}
