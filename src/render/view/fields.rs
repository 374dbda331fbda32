//! Values of fields as templates see them.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use jiff::civil::Date;
use tera::Value;

use super::Views;
use crate::fields::{self, Field, Reference, Shape, Target, Values};
use crate::render::address::encoded;
use crate::render::value::{date, map, optional};
use crate::site::{Page, PageIndex, Site};
use crate::source::Spanned;
use crate::text::{LocalTime, escape_html, long_date, phrases, slugify, upper_first};

/// A field's value, unless it names suppliers or scores while a purchase is live.
pub(in crate::render) fn shown<'v>(values: &'v Values, name: &str) -> Option<&'v Spanned<fields::Value>> {
    let is_withheld = matches!(name, "exiting_supplier" | "options" | "criteria")
        && values.text("procurement") == Some("live");
    if is_withheld { None } else { values.get(name) }
}

/// A kind's own fields as labels and HTML, in the order of its table, for kinds that the theme has no template for.
pub(super) fn facts(views: &Views<'_>, page: &Page, root: &str) -> Value {
    let fact = |field: &Field| {
        let value = shown(&page.parsed.values, field.name)?;
        let mut html = String::new();
        push_fact(views, page, &field.shape, &value.value, root, &mut html);
        let label = upper_first(&field.name.replace('_', " "));
        Some(map([("label", Value::from(label)), ("html", Value::safe_string(&html))]))
    };
    page.parsed.kind.fields.iter().filter_map(fact).collect::<Vec<Value>>().into()
}

fn push_fact(
    views: &Views<'_>,
    page: &Page,
    shape: &Shape,
    value: &fields::Value,
    root: &str,
    html: &mut String,
) {
    let link = |html: &mut String, address: &str, text: &str| {
        let _ = write!(html, "<a href=\"{}\">{}</a>", escape_html(address), escape_html(text));
    };
    match (shape, value) {
        (Shape::List(item), fields::Value::List(items)) => {
            for (number, each) in items.iter().enumerate() {
                html.push_str(if number == 0 { "" } else { ", " });
                push_fact(views, page, item, &each.value, root, html);
            }
        }
        (_, fields::Value::Group(values)) => {
            for (number, (name, each)) in values.iter().enumerate() {
                let _ = write!(
                    html,
                    "{}{}: ",
                    if number == 0 { "" } else { "; " },
                    escape_html(&name.replace('_', " "))
                );
                push_fact(views, page, &Shape::Text, &each.value, root, html);
            }
        }
        (Shape::Reference(target), fields::Value::Reference(reference)) => {
            match referenced(views.site, *target, reference) {
                Some(index) => {
                    let named = &views.site.pages[index].parsed;
                    link(html, &format!("{root}{}", encoded(&named.address)), &named.title);
                }
                None => html.push_str(&escape_html(&reference.name)),
            }
        }
        (Shape::Email, fields::Value::Text(email)) => link(html, &format!("mailto:{email}"), email),
        (Shape::WebAddress, fields::Value::Text(url)) => link(html, url, url),
        (_, fields::Value::Text(text)) => html.push_str(&escape_html(text)),
        (_, fields::Value::Integer(number)) => html.push_str(&number.to_string()),
        (_, fields::Value::Flag(flag)) => html.push_str(if *flag { "Yes" } else { "No" }),
        (_, fields::Value::Date(day)) => {
            let language = page.parsed.values.text("lang").unwrap_or("en");
            html.push_str(&phrases(language).long_date(*day));
        }
        (_, fields::Value::LocalTime(time)) => html.push_str(&time.to_string()),
        (_, fields::Value::Moment(moment)) => html.push_str(&moment.to_string()),
        (_, fields::Value::Period(period)) => html.push_str(&escape_html(&period.text)),
        (_, fields::Value::Reference(reference)) => html.push_str(&escape_html(&reference.name)),
        (_, fields::Value::List(items)) => {
            for item in items {
                push_fact(views, page, shape, &item.value, root, html);
            }
        }
    }
}

/// The value of a field, by its shape.
pub(super) fn value(views: &Views<'_>, page: &Page, shape: &Shape, value: &fields::Value) -> Value {
    match (shape, value) {
        // A draft may name what nobody can follow yet.
        (Shape::List(Shape::Reference(target)), fields::Value::List(items)) => {
            let named = items.iter().filter_map(|each| match &each.value {
                fields::Value::Reference(reference) => referenced(views.site, *target, reference),
                _ => None,
            });
            named.map(|index| views.row(index)).collect::<Vec<_>>().into()
        }
        (Shape::List(item), fields::Value::List(items)) => {
            items.iter().map(|each| self::value(views, page, item, &each.value)).collect::<Vec<_>>().into()
        }
        (Shape::Group(fields), fields::Value::Group(values)) => group(views, page, fields.iter(), values),
        (Shape::Map(item), fields::Value::Group(values)) => {
            let named = |(name, each): (&str, &Spanned<fields::Value>)| {
                (name.to_string(), self::value(views, page, item, &each.value))
            };
            Value::from(values.iter().map(named).collect::<BTreeMap<String, Value>>())
        }
        (Shape::Paragraphs, fields::Value::Text(text)) => paragraphs(text),
        (Shape::Ods, fields::Value::Text(code)) => organisation(views, code),
        (Shape::Term(taxonomy), fields::Value::Text(text)) => term(views, taxonomy, text),
        (Shape::File, fields::Value::Text(file)) => self::file(views, page, file),
        (Shape::Reference(target), fields::Value::Reference(reference)) => {
            referenced(views.site, *target, reference).map_or_else(Value::none, |index| views.row(index))
        }
        (_, fields::Value::Date(day)) => date_in(*day, page.parsed.values.text("lang")),
        (_, fields::Value::LocalTime(time)) => local_time_in(*time, page.parsed.values.text("lang")),
        (_, value) => plain(value),
    }
}

/// A date in the language of a page; `ours` is what the theme says in its own.
fn date_in(day: Date, language: Option<&str>) -> Value {
    let (ours, theirs) = (long_date(day), language.map(|language| phrases(language).long_date(day)));
    match theirs.filter(|theirs| *theirs != ours) {
        Some(theirs) => map([
            ("iso", Value::from(day.to_string())),
            ("text", Value::from(theirs)),
            ("ours", Value::from(ours)),
        ]),
        None => date(day),
    }
}

/// A day and time in the language of a page, where nothing but the day is said in words.
fn local_time_in(time: LocalTime, language: Option<&str>) -> Value {
    let theirs = language.map(|language| phrases(language).long_date(time.date));
    let theirs = theirs.filter(|theirs| time.time.is_none() && *theirs != long_date(time.date));
    let mut view = BTreeMap::from([
        ("iso", Value::from(time.iso())),
        ("text", Value::from(theirs.clone().unwrap_or_else(|| time.to_string()))),
        ("date", Value::from(long_date(time.date))),
        ("time", optional(time.clock().as_deref())),
    ]);
    if theirs.is_some() {
        view.insert("ours", Value::from(time.to_string()));
    }
    Value::from(view)
}

/// A group's fields by name.
pub(super) fn group(
    views: &Views<'_>,
    page: &Page,
    fields: impl Iterator<Item = &'static Field>,
    values: &Values,
) -> Value {
    let named = |field: &'static Field| {
        Some((field.name, self::value(views, page, &field.shape, &values.get(field.name)?.value)))
    };
    Value::from(fields.filter_map(named).collect::<BTreeMap<&'static str, Value>>())
}

/// A value that needs no other page.
pub(super) fn plain(value: &fields::Value) -> Value {
    match value {
        fields::Value::Text(text) => Value::from(&**text),
        fields::Value::Integer(number) => Value::from(*number),
        fields::Value::Flag(flag) => Value::from(*flag),
        fields::Value::Date(day) => date(*day),
        fields::Value::LocalTime(time) => local_time(*time),
        fields::Value::Moment(moment) => map([
            ("iso", Value::from(moment.timestamp.to_string())),
            ("text", Value::from(moment.to_string())),
        ]),
        fields::Value::Period(period) => map([
            ("text", Value::from(period.text.as_str())),
            ("start", Value::from(period.start.to_string())),
            ("end", period.end.map_or_else(Value::none, |end| Value::from(end.to_string()))),
        ]),
        fields::Value::Reference(reference) => Value::from(reference.name.as_str()),
        fields::Value::List(items) => items.iter().map(|item| plain(&item.value)).collect::<Vec<_>>().into(),
        fields::Value::Group(values) => {
            let named = values.iter().map(|(name, value)| (name.to_string(), plain(&value.value)));
            Value::from(named.collect::<BTreeMap<String, Value>>())
        }
    }
}

fn local_time(time: LocalTime) -> Value {
    map([
        ("iso", Value::from(time.iso())),
        ("text", Value::from(time.to_string())),
        ("date", Value::from(long_date(time.date))),
        ("time", optional(time.clock().as_deref())),
    ])
}

/// Long text as HTML paragraphs.
pub(super) fn paragraphs(text: &str) -> Value {
    let mut html = String::with_capacity(text.len() + 16);
    for paragraph in text.split("\n\n").map(str::trim).filter(|paragraph| !paragraph.is_empty()) {
        html.push_str("<p>");
        html.push_str(&escape_html(paragraph));
        html.push_str("</p>\n");
    }
    Value::safe_string(&html)
}

fn organisation(views: &Views<'_>, code: &str) -> Value {
    let known = views.site.organisations.get(code);
    let closed = known.and_then(|known| known.valid_to).map(long_date);
    map([
        ("code", Value::from(code)),
        ("name", optional(known.map(|known| known.name.as_str()))),
        ("closed", optional(closed.as_deref())),
        ("successor", optional(known.and_then(|known| known.successor.as_deref()))),
        ("fictional", Value::from(known.is_some_and(|known| known.fictional))),
    ])
}

fn term(views: &Views<'_>, taxonomy: &str, text: &str) -> Value {
    // The taxonomy's name is one of the few in the site's list; the map's keys borrow from there.
    let name = views.site.taxonomies.iter().find(|known| known.name == taxonomy).map(|known| known.name);
    name.and_then(|name| views.terms.get(&(name, slugify(text))).cloned())
        .unwrap_or_else(|| map([("name", Value::from(text)), ("path", Value::none())]))
}

fn file(views: &Views<'_>, page: &Page, file: &str) -> Value {
    let path = page.parsed.path.parent().join(file);
    let asset = path.as_ref().and_then(|path| views.site.asset(path));
    let extension = path.as_ref().map(crate::source::SitePath::extension).unwrap_or_default();
    let kind = match extension.as_str() {
        "doc" | "docx" => "Word".to_string(),
        "xls" | "xlsx" => "Excel".to_string(),
        "ppt" | "pptx" => "PowerPoint".to_string(),
        other => other.to_uppercase(),
    };
    map([
        ("name", Value::from(path.as_ref().map_or(file, |path| path.file_name()))),
        ("path", asset.map_or_else(Value::none, |asset| Value::from(encoded(asset.address())))),
        ("size", Value::from(asset.map_or_else(String::new, |asset| size_in_words(asset.size)))),
        ("kind", Value::from(kind)),
    ])
}

/// A file's size as people say it.
pub(in crate::render) fn size_in_words(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} KB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

/// The page that a reference of a field means.
/// The page that a reference means, if readers may see it.
pub(in crate::render) fn referenced(site: &Site, target: Target, reference: &Reference) -> Option<PageIndex> {
    let kind = match (&reference.kind, target) {
        (Some(kind), _) => kind.as_str(),
        (None, Target::Kind(kind)) => kind,
        (None, Target::Any) => return None,
    };
    site.find(kind, &reference.name)
}
