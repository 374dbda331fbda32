//! Options weighed by criteria, as a page shows them and as a file. A live purchase withholds both: everything here is
//! made from [`appraised`], which has nothing then.

use tera::Value;

use super::address::encoded;
use super::value::{map, optional};
use super::view::shown;
use crate::appraisal::{Appraisal, Criterion, Direction, Scored, Tipping};
use crate::content::ParsedPage;
use crate::fields::Values;
use crate::site::Site;
use crate::text::{Phrases, phrases, thousands};

/// Where the scores are published as a file, below the root.
pub(super) fn csv_address(page: &ParsedPage) -> String {
    format!("{}options.csv", page.address)
}

/// The scores as a file.
pub(super) fn csv_file(page: &ParsedPage) -> Vec<u8> {
    appraised(&page.values).map(|appraisal| appraisal.csv()).unwrap_or_default().into_bytes()
}

/// The options of a page; none where it has none, or may not show them.
pub(super) fn appraised(values: &Values) -> Option<Appraisal> {
    shown(values, "options").and(shown(values, "criteria"))?;
    let number = |number: i64| u32::try_from(number).ok();
    let criteria: Vec<Criterion> = values
        .groups("criteria")
        .map(|criterion| {
            let name = criterion.value.text("name")?.to_string();
            Some(Criterion { name, weight: number(criterion.value.integer("weight")?)? })
        })
        .collect::<Option<_>>()?;
    let score = |option: &Values, criterion: &Criterion| {
        option.group("scores").and_then(|scores| scores.integer(&criterion.name)).and_then(number)
    };
    let options: Vec<Scored> = values
        .groups("options")
        .map(|option| Scored {
            name: option.value.text("name").unwrap_or_default().to_string(),
            scores: criteria.iter().map(|criterion| score(option.value, criterion)).collect(),
        })
        .collect();
    (!criteria.is_empty() && !options.is_empty()).then(|| Appraisal::new(criteria, options))
}

/// The options as templates see them; `withheld` alone while a purchase is live.
pub(super) fn value(site: &Site, page: &ParsedPage) -> Value {
    let values = &page.values;
    if values.list("options").is_empty() || values.list("criteria").is_empty() {
        return Value::none();
    }
    let language = values.text("lang").unwrap_or(&site.config.language);
    let words = phrases(language);
    let Some(appraisal) = appraised(values) else {
        return map([
            ("criteria", Value::from(Vec::<Value>::new())),
            ("options", Value::from(Vec::<Value>::new())),
            ("withheld", Value::from("Options and scores are not published while the purchase is live.")),
        ]);
    };
    let about = |list: &str| -> Vec<Option<&str>> {
        values.groups(list).map(|each| each.value.text("about")).collect()
    };
    let about_criteria = about("criteria");
    let criteria: Vec<Value> = appraisal
        .criteria()
        .iter()
        .enumerate()
        .map(|(index, criterion)| {
            let share = (!appraisal.is_of_hundred()).then(|| appraisal.share(index));
            let moved = |direction| {
                let tipping = appraisal.tipping(index, direction);
                tipping.map_or_else(Value::none, |tipping| tipped(&appraisal, &tipping, words))
            };
            map([
                ("name", Value::from(criterion.name.as_str())),
                ("weight", Value::from(thousands(criterion.weight as usize))),
                ("share", optional(share.as_deref())),
                ("about", optional(about_criteria[index])),
                ("rise", moved(Direction::Rise)),
                ("fall", moved(Direction::Fall)),
            ])
        })
        .collect();
    let about_options = about("options");
    let options: Vec<Value> = appraisal
        .options()
        .iter()
        .enumerate()
        .map(|(index, option)| {
            let place = appraisal.place(index);
            let rank = place.map(|place| words.place(place.number, place.is_shared));
            let scores: Vec<Value> =
                option.scores.iter().map(|score| score.map_or_else(Value::none, Value::from)).collect();
            map([
                ("name", Value::from(option.name.as_str())),
                ("about", optional(about_options[index])),
                ("scores", Value::from(scores)),
                ("total", optional(appraisal.total(index).as_deref())),
                ("rank", optional(rank.as_deref())),
                ("is_best", Value::from(place.is_some_and(|place| place.number == 1))),
            ])
        })
        .collect();
    let can_tip = appraisal.nearest().is_some();
    let sentences: Vec<Value> = appraisal.sentences(words).into_iter().map(Value::from).collect();
    map([
        ("criteria", Value::from(criteria)),
        ("options", Value::from(options)),
        ("sentences", Value::from(sentences)),
        ("mark", Value::safe_string(&words.mark(language))),
        ("can_tip", Value::from(can_tip)),
        ("file", Value::from(encoded(&csv_address(page)))),
        ("withheld", Value::none()),
    ])
}

/// A weight at which another option comes first.
fn tipped(appraisal: &Appraisal, tipping: &Tipping, words: &Phrases) -> Value {
    let weight = usize::try_from(tipping.weight).map_or_else(|_| tipping.weight.to_string(), thousands);
    map([
        ("weight", Value::from(weight)),
        ("share", Value::from(appraisal.share_at(tipping))),
        ("first", Value::from(appraisal.names(&tipping.first, words))),
        ("is_joint", Value::from(tipping.first.len() > 1)),
        ("stays", Value::from(tipping.stays)),
    ])
}
