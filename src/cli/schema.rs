//! `netsite schema`: the fields of a kind, or of `netsite.yaml`, as JSON Schema (draft 7, which editors read), made
//! from the same tables by which pages are read.

use clap::Args;
use serde_json::{Map, Value, json};

use super::{Failure, Outcome, unless_closed};
use crate::content::kinds::{ALL, Kind};
use crate::fields::{Field, Need, Shape};
use crate::text::{did_you_mean, list_words};

#[derive(Debug, Args)]
pub(super) struct Schema {
    /// A kind such as case-study, or `config` for netsite.yaml, or `waivers` for waivers.yaml; without it, front matter of any kind
    kind: Option<String>,
}

impl Schema {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let schema = match self.kind.as_deref() {
            None => any_kind(),
            Some("config") => config(),
            Some("waivers") => waivers(),
            Some(name) => of_kind(kind_named(name)?),
        };
        unless_closed(super::terminal::print(&pretty(&schema)))?;
        Ok(Outcome::Clean)
    }
}

/// The kind of this name, or a failure with the nearest.
pub(super) fn kind_named(name: &str) -> Result<&'static Kind, Failure> {
    Kind::named(name).ok_or_else(|| {
        let names: Vec<&str> = ALL.iter().map(|kind| kind.name).collect();
        let known = format!("the kinds are {}", list_words(&names, "and"));
        let help = match did_you_mean(name, names.iter().copied()) {
            Some(near) => format!("{near} {known}"),
            None => known,
        };
        Failure::new(format!("there is no kind `{name}`")).help(help)
    })
}

/// A schema as it is written to a file.
pub(super) fn pretty(schema: &Value) -> String {
    format!("{schema:#}\n")
}

/// The schema of `netsite.yaml`.
pub(super) fn config() -> Value {
    let fields: Vec<&'static Field> = crate::config::FIELDS.iter().collect();
    let mut schema = object(&fields, &|field| field.need);
    head(&mut schema, "netsite.yaml", "The settings of a netsite site.");
    Value::Object(schema)
}

/// The schema of `waivers.yaml`.
pub(super) fn waivers() -> Value {
    let fields: Vec<&'static Field> = crate::verdict::WAIVER_FIELDS.iter().collect();
    let mut schema = Map::new();
    head(&mut schema, "waivers.yaml", "Exceptions from rules, each for one place and a time.");
    schema.insert("type".into(), json!(["array", "null"]));
    schema.insert("items".into(), Value::Object(object(&fields, &|field| field.need)));
    Value::Object(schema)
}

/// The schema of a kind's front matter.
pub(super) fn of_kind(kind: &'static Kind) -> Value {
    let fields: Vec<&'static Field> = kind.all_fields().collect();
    let mut schema = object(&fields, &|field| kind.need(field));
    head(&mut schema, kind.title, kind.about);
    let to_publish: Vec<&str> =
        fields.iter().filter(|field| kind.need(field) == Need::ToPublish).map(|field| field.name).collect();
    schema.insert(
        "if".into(),
        json!({ "properties": { "status": { "const": "published" } }, "required": ["status"] }),
    );
    schema.insert("then".into(), json!({ "required": to_publish }));
    Value::Object(schema)
}

fn any_kind() -> Value {
    let mut fields: Vec<&'static Field> = Vec::new();
    for kind in ALL {
        for field in kind.all_fields() {
            if fields.iter().all(|known| known.name != field.name) {
                fields.push(field);
            }
        }
    }
    let mut schema =
        object(&fields, &|field| if field.need == Need::Always { Need::Always } else { Need::Optional });
    head(&mut schema, "Front matter", "The fields of pages of every kind.");
    Value::Object(schema)
}

fn head(schema: &mut Map<String, Value>, title: &str, about: &str) {
    schema.insert("$schema".into(), "http://json-schema.org/draft-07/schema#".into());
    schema.insert("title".into(), title.into());
    schema.insert("description".into(), about.into());
}

fn object(fields: &[&'static Field], need: &dyn Fn(&Field) -> Need) -> Map<String, Value> {
    let mut properties = Map::new();
    for field in fields {
        let mut schema = shape(&field.shape);
        if let Value::Object(schema) = &mut schema {
            let needed = if need(field) == Need::ToPublish { " Needed before publication." } else { "" };
            schema.insert("description".into(), format!("{}{needed}", field.about).into());
            if !field.example.is_empty() {
                schema.insert("examples".into(), json!([field.example.trim_matches('"')]));
            }
        }
        properties.insert(field.name.into(), schema);
    }
    let required: Vec<&str> =
        fields.iter().filter(|field| need(field) == Need::Always).map(|field| field.name).collect();
    let mut schema = Map::new();
    schema.insert("type".into(), "object".into());
    schema.insert("properties".into(), Value::Object(properties));
    schema.insert("required".into(), json!(required));
    schema.insert("additionalProperties".into(), false.into());
    schema
}

fn shape(shape: &Shape) -> Value {
    match shape {
        Shape::Text | Shape::Quantity | Shape::Period | Shape::Term(_) => {
            json!({ "type": ["string", "number"] })
        }
        Shape::Integer => json!({ "type": ["integer", "string"] }),
        Shape::Flag => json!({ "enum": [true, false, "yes", "no"] }),
        Shape::Choice(words) => json!({ "enum": words }),
        Shape::Email => json!({ "type": "string", "format": "email" }),
        Shape::WebAddress => json!({ "type": "string", "pattern": "^https?://" }),
        Shape::Ods => json!({ "type": ["string", "number"], "pattern": "^[A-Z0-9]{3,6}$" }),
        Shape::Colour => json!({ "type": "string", "pattern": "^#?([0-9A-Fa-f]{3}|[0-9A-Fa-f]{6})$" }),
        Shape::SitePath => json!({ "type": "string", "pattern": "^/" }),
        Shape::List(item) => {
            let item = self::shape(item);
            json!({ "anyOf": [{ "type": "array", "items": item }, item, { "type": "null" }] })
        }
        Shape::Group(fields) => {
            Value::Object(object(&fields.iter().collect::<Vec<_>>(), &|field| field.need))
        }
        Shape::Map(item) => json!({ "type": "object", "additionalProperties": self::shape(item) }),
        Shape::Paragraphs
        | Shape::Contact
        | Shape::Date
        | Shape::LocalTime
        | Shape::Moment
        | Shape::Language
        | Shape::Zone
        | Shape::Reference(_)
        | Shape::File => json!({ "type": "string" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_schema_that_asks_for_what_publication_needs() {
        for kind in ALL {
            let schema = of_kind(kind);
            let needed = schema["then"]["required"].as_array().unwrap();
            assert!(needed.iter().any(|name| name == "summary"), "{}", kind.name);
            for field in kind.all_fields() {
                assert!(schema["properties"][field.name].is_object(), "{}: {}", kind.name, field.name);
            }
        }
        let case_study = of_kind(Kind::named("case-study").unwrap());
        assert!(case_study["then"]["required"].as_array().unwrap().iter().any(|name| name == "network"));
        assert_eq!(case_study["properties"]["stage"]["enum"][1], "pilot");
    }
}
