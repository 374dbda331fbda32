//! What a page says of its figures: the measure, its target and its peers' median, and the columns of its file.

use std::collections::BTreeMap;

use crate::benchmark::measure::PeerMedian;
use crate::benchmark::read::quantity;
use crate::benchmark::{Counts, Direction, Level, Measure};
use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::fields::Value;
use crate::source::Spanned;

/// Errors for figures of the page itself that are none in the unit of its file.
pub(super) fn check_quantities(page: &ParsedPage, problems: &mut Vec<Diagnostic>) {
    let values = &page.values;
    let unit = values.text("unit").unwrap_or_default().trim();
    let of_peers = values.group("peer_median").and_then(|peer| peer.spanned_text("value"));
    for (field, text) in [("target", values.spanned_text("target")), ("peer_median", of_peers)] {
        let Some(text) = text else { continue };
        if let Err((message, help)) = quantity(text.value, unit) {
            problems.push(
                Diagnostic::error("not-a-number", format!("`{field}`: {message}"))
                    .in_file(&page.path)
                    .at(text.span)
                    .help(help),
            );
        }
    }
}

/// What the page says of its figures.
pub(super) fn measure_of(page: &ParsedPage) -> Measure {
    let values = &page.values;
    let text = |name: &str| values.text(name).unwrap_or_default().to_string();
    let figure = |text: Option<Spanned<&str>>| {
        quantity(text?.value, values.text("unit").unwrap_or_default().trim()).ok()
    };
    let peer_median = values.group("peer_median").and_then(|peer| {
        let figure = figure(peer.spanned_text("value"))?;
        Some(PeerMedian {
            value: figure.number,
            decimals: figure.decimals,
            group: peer.text("group")?.to_string(),
            note: peer.text("note").map(str::to_string),
        })
    });
    Measure {
        metric: if values.text("metric").is_some() { text("metric") } else { page.title.clone() },
        unit: text("unit"),
        direction: values.text("direction").and_then(Direction::from_name).unwrap_or_default(),
        counts: values.text("counts").and_then(Counts::from_name).unwrap_or_default(),
        level: values.text("level").and_then(Level::from_name).unwrap_or_default(),
        target: figure(values.spanned_text("target")).map(|target| target.number),
        peer_group: values.text("peer_group").map(str::to_string),
        peer_median,
        is_illustrative: values.text("provenance") == Some("illustrative"),
        aggregates: Vec::new(),
    }
}

/// The columns of the file by their usual names, each with its own.
pub(super) fn columns(page: &ParsedPage) -> BTreeMap<String, String> {
    let Some(columns) = page.values.group("columns") else { return BTreeMap::new() };
    let named = columns.iter().filter_map(|(usual, own)| match &own.value {
        Value::Text(own) => Some((usual.to_string(), own.to_string())),
        _ => None,
    });
    named.collect()
}
