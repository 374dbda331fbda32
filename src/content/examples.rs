//! The lines that a writer is told to type for fields that are still to be given: as the tables have them, but with
//! what holds on this site and on this day, so that a line that is taken as it stands leads to no further error. Beside
//! them, what was taken as it stood and should not have been.

use jiff::Span as Time;
use jiff::civil::Date;

use super::Place;
use super::kinds::Kind;
use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Need, Shape, Value, Values, example_line};
use crate::source::{SitePath, Spanned};

/// What the lines of one site are made from. Without anything they are those of the tables.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Examples {
    network: Option<String>,
    reviewed: Option<[Date; 2]>,
}

impl Examples {
    /// The examples of nowhere.
    pub const fn none() -> &'static Self {
        &Self { network: None, reviewed: None }
    }

    /// The examples of a site with these files, on a day; pages are looked at again after so many months.
    pub fn of<'p>(paths: impl Iterator<Item = &'p SitePath>, today: Date, review_months: i64) -> Self {
        let review = today.checked_add(Time::new().months(review_months.clamp(1, 120))).unwrap_or(today);
        let networks = paths
            .filter(|path| path.extension() == "md")
            .map(Place::of)
            .filter(|place| place.kind.name == "network")
            .map(|place| place.slug);
        // The network that `netsite init` makes up is named only while there is no other.
        let network = networks.min_by_key(|slug| (slug == "example-network", slug.clone()));
        Self { network, reviewed: Some([today, review]) }
    }

    /// The line to type for a field: `stage: pilot`.
    pub fn line(&self, field: &Field) -> String {
        match (field.name, self.reviewed, &self.network) {
            ("last_reviewed", Some([today, _]), _) => format!("last_reviewed: {today}"),
            ("review_by", Some([_, review]), _) => format!("review_by: {review}"),
            ("network", _, Some(network)) => format!("network: {network}"),
            _ => example_line(field),
        }
    }
}

/// Needed fields whose example may well be true of a page: names of real things, and what most boards would write.
const OFTEN_TRUE: [&str; 6] = ["chair", "collection", "framework", "name", "reports_to", "version"];

/// Warnings for needed fields that still hold their own example: a reader would take it for the writer's words.
/// What may be true of any page (a stage, a day, a few words) is let pass.
pub(super) fn still_there(kind: &Kind, values: &Values) -> Vec<Diagnostic> {
    let needed = kind.all_fields().filter(|field| kind.need(field) != Need::Optional);
    needed
        .filter_map(|field| {
            let value = values.get(field.name)?;
            is_example(&value.value, field).then(|| {
                let message = format!(
                    "`{}` is still the example that netsite gave, and readers would take it for yours",
                    field.name
                );
                Diagnostic::warning("still-example", message).at(value.span).help("write your own")
            })
        })
        .collect()
}

fn is_example(value: &Value, field: &Field) -> bool {
    let is_telling = matches!(field.shape, Shape::Email) || field.example.split(' ').count() > 3;
    if !is_telling || OFTEN_TRUE.contains(&field.name) {
        return false;
    }
    match value {
        Value::Text(text) => **text == *field.example,
        Value::List(items) => match &items[..] {
            [Spanned { value: Value::Text(text), .. }] => field.example == format!("[{text}]"),
            _ => false,
        },
        _ => false,
    }
}
