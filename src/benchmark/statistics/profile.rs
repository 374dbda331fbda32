//! How a whole is made up: staff by age band, vacancies by profession.

use crate::benchmark::released::{Kind, Snapshot};
use crate::benchmark::when::When;

/// One category.
#[derive(Debug, Clone, PartialEq)]
pub struct Band {
    /// "50 to 54".
    pub name: String,
    /// Its figure; none where it is hidden or not given.
    pub value: Option<f64>,
    /// Its share of all that are shown, in per cent; none where figures are no counts.
    pub share: Option<f64>,
    /// What stands in place of a hidden figure.
    pub hidden: Option<String>,
}

/// A profile.
#[derive(Debug, Clone, PartialEq)]
pub struct Profile {
    /// Of what time.
    pub when: When,
    /// In the order of the file.
    pub bands: Vec<Band>,
    /// All that is shown together; none where figures are no counts.
    pub total: Option<f64>,
}

impl Profile {
    /// The categories (or organisations) of one period; none where fewer than two have a figure.
    pub fn of(snapshot: &Snapshot<'_>) -> Option<Self> {
        let adds_up = snapshot.released().kind() == Kind::Count
            && snapshot.rows.iter().all(|row| row.value.figure().is_none_or(|figure| figure >= 0.0));
        let figures = || snapshot.rows.iter().filter_map(|row| row.value.figure());
        if figures().count() < 2 {
            return None;
        }
        let total = adds_up.then(|| figures().sum::<f64>());
        let bands = snapshot
            .rows
            .iter()
            .map(|row| {
                let released = snapshot.released();
                let category = released.category_of(row);
                let value = row.value.figure();
                Band {
                    name: category.unwrap_or(snapshot.named(row).0).to_string(),
                    value,
                    share: total
                        .filter(|total| *total > 0.0)
                        .zip(value)
                        .map(|(total, value)| value / total * 100.0),
                    hidden: match row.value {
                        crate::benchmark::Shown::Hidden(reason) => Some(reason.words()),
                        _ => None,
                    },
                }
            })
            .collect();
        Some(Self { when: snapshot.when, bands, total })
    }
}
