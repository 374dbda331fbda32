//! What templates can call beside tera's own: counts in words, and how far a claim has come.

use std::collections::BTreeMap;

use tera::{Kwargs, Map, State, Tera, TeraResult, Value};

use crate::text::{counted, thousands, upper_first};

/// The steps of each ladder, the lowest first, as they are written and as they are read.
const LADDERS: [(&str, &[(&str, &str)]); 4] = [
    (
        "stage",
        &[("idea", "Idea"), ("pilot", "Pilot"), ("implemented", "Implemented"), ("sustained", "Sustained")],
    ),
    (
        "evidence",
        &[
            ("opinion", "Opinion"),
            ("before-after", "Before and after"),
            ("spc", "Statistical process control"),
            ("evaluated", "Evaluated"),
        ],
    ),
    (
        "verification",
        &[("straw-man", "Straw man"), ("agreed", "Agreed"), ("verified-in-practice", "Verified in practice")],
    ),
    (
        "level",
        &[
            ("pre-emerging", "Pre-emerging"),
            ("emerging", "Emerging"),
            ("developing", "Developing"),
            ("maturing", "Maturing"),
            ("thriving", "Thriving"),
        ],
    ),
];

/// Registers all of them.
pub(super) fn register(tera: &mut Tera) {
    tera.register_filter("thousands", |number: u64, _: Kwargs, _: &State| {
        thousands(usize::try_from(number).unwrap_or(usize::MAX))
    });
    tera.register_filter("counted", |number: u64, words: Kwargs, _: &State| -> TeraResult<String> {
        let one: &str = words.must_get("one")?;
        let many: &str = words.must_get("many")?;
        Ok(counted(usize::try_from(number).unwrap_or(usize::MAX), one, many))
    });
    tera.register_filter("group_by", |values: Vec<Value>, arguments: Kwargs, _: &State| -> TeraResult<Map> {
        group_by(values, arguments.must_get("attribute")?)
    });
    tera.register_function("ladder", |arguments: Kwargs, _: &State| -> TeraResult<Value> {
        let name: &str = arguments.must_get("name")?;
        let value: &str = arguments.must_get("value")?;
        ladder(name, value)
    });
}

/// Values by one of their attributes, each group where its first member stood. Tera's own filter of this name gives the
/// groups in an order that differs from run to run; a page may not.
fn group_by(values: Vec<Value>, attribute: &str) -> TeraResult<Map> {
    let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
    for value in values {
        let Some(found) = value.get_from_path(attribute) else {
            return Err(tera::Error::message(format!("a value has no attribute `{attribute}`")));
        };
        if found.is_none() {
            continue;
        }
        let name = found.to_string();
        match groups.iter_mut().find(|(other, _)| *other == name) {
            Some((_, members)) => members.push(value),
            None => groups.push((name, vec![value])),
        }
    }
    Ok(groups.into_iter().map(|(name, members)| (name.into(), Value::from(members))).collect())
}

/// How far up a ladder a claim has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Rung {
    /// Its step from 1; 0 where the word is no step (`stopped`).
    pub step: usize,
    /// How many steps there are.
    pub of: usize,
    /// The step as it is read.
    pub word: String,
}

/// The rung of a word on the ladder of this name, such as `evidence`; none where there is no such ladder.
pub fn rung(ladder: &str, value: &str) -> Option<Rung> {
    let (_, steps) = LADDERS.iter().find(|(name, _)| *name == ladder)?;
    let position = steps.iter().position(|(step, _)| *step == value);
    let word = position.map_or_else(|| upper_first(value), |position| steps[position].1.to_string());
    Some(Rung { step: position.map_or(0, |position| position + 1), of: steps.len(), word })
}

/// A rung as `{step, of, word}`.
fn ladder(name: &str, value: &str) -> TeraResult<Value> {
    let Some(Rung { step, of, word }) = rung(name, value) else {
        return Err(tera::Error::message(format!("there is no ladder `{name}`")));
    };
    Ok(Value::from(BTreeMap::from([
        ("step", Value::from(step)),
        ("of", Value::from(of)),
        ("word", Value::from(word)),
    ])))
}
