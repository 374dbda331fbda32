//! What a benchmark shows: its charts, the table of what may be seen, the file to download and the statistics for
//! machines. All of it is made from released figures; there are no others here.

use serde_json::json;
use tera::Value;

use super::address::encoded;
use super::value::{map, optional};
use crate::benchmark::chart;
use crate::benchmark::output::{csv, json as statistics, number};
use crate::benchmark::released::{Released, ReleasedRow, Series, Shown};
use crate::benchmark::{Measure, Panel};
use crate::content::ParsedPage;
use crate::site::{Figures, PageIndex, Site};

/// At most so many rows stand in a table on a page; the file has all.
const MAX_ROWS: usize = 400;

/// At most so many periods stand beside each other as columns.
const MAX_PERIODS: usize = 6;

/// Where the safe figures are published as a file, below the root.
pub(super) fn csv_address(page: &ParsedPage, number: usize) -> String {
    match number {
        0 => format!("{}data.csv", page.address),
        _ => format!("{}data-{}.csv", page.address, number + 1),
    }
}

/// Where the statistics are published for machines, below the root.
pub(super) fn json_address(page: &ParsedPage) -> String {
    format!("{}statistics.json", page.address)
}

/// Where a chart is published as a file of its own, below the root.
pub(super) fn chart_address(page: &ParsedPage, number: usize) -> String {
    match number {
        0 => format!("{}chart.svg", page.address),
        _ => format!("{}chart-{}.svg", page.address, number + 1),
    }
}

/// A file of safe figures; the latest round is the first.
pub(super) fn csv_file(figures: &Figures, number: usize) -> Vec<u8> {
    figures.tables.iter().rev().nth(number).map(csv::text).unwrap_or_default().into_bytes()
}

/// Rows, mean, limits and flagged points, as plain decimals.
pub(super) fn json_file(page: &ParsedPage, figures: &Figures) -> Vec<u8> {
    let charts: Vec<_> = figures.panels.iter().map(Panel::json).collect();
    let measure = figures.main().measure();
    let all = json!({
        "title": page.title,
        "measure": measure.metric,
        "unit": measure.unit,
        "illustrative": measure.is_illustrative,
        "target": measure.target.map(statistics::figure),
        "peer_median": measure.peer_median.as_ref().map(statistics::peer_median),
        "charts": charts,
        "rows": statistics::rows(figures.main()),
    });
    let mut bytes = serde_json::to_vec_pretty(&all).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

/// A chart as a file that needs nothing else.
pub(super) fn chart_file(figures: &Figures, number: usize) -> Vec<u8> {
    let options = chart::Options { prefix: "chart", is_titled: true, ..chart::Options::default() };
    let drawn = figures.panels.get(number).map(|panel| panel.draw(&options).stand_alone());
    drawn.unwrap_or_default().into_bytes()
}

/// A benchmark as templates see it. Its charts pick out the organisations with these codes.
pub(super) fn value(site: &Site, index: PageIndex, prefix: &str, picked: &[&str]) -> Value {
    let Some(figures) = &site.figures[index] else { return Value::none() };
    let page = &site.pages[index].parsed;
    let charts: Vec<Value> = figures
        .panels
        .iter()
        .enumerate()
        .map(|(number, panel)| {
            let prefix = if number == 0 { prefix.to_string() } else { format!("{prefix}-{}", number + 1) };
            let options = chart::Options { prefix: &prefix, picked, ..chart::Options::default() };
            map([
                ("headline", Value::from(panel.headline.as_str())),
                ("subtitle", Value::from(panel.subtitle.as_str())),
                ("whose", Value::from(panel.whose.as_str())),
                (
                    "words",
                    panel.words.iter().map(|words| Value::from(words.as_str())).collect::<Vec<_>>().into(),
                ),
                ("svg", Value::safe_string(&chart::both(&options, |options| panel.draw(options)))),
                ("alone", Value::from(encoded(&chart_address(page, number)))),
            ])
        })
        .collect();
    let files: Vec<Value> = figures
        .tables
        .iter()
        .rev()
        .enumerate()
        .map(|(number, table)| {
            let periods = table.periods();
            let last = periods.last().map(crate::benchmark::When::words).unwrap_or_default();
            map([("path", Value::from(encoded(&csv_address(page, number)))), ("until", Value::from(last))])
        })
        .collect();
    let measure = figures.main().measure();
    map([
        ("charts", Value::from(charts)),
        ("table", table(figures.main())),
        ("alone", alone(figures.main())),
        ("files", Value::from(files)),
        ("statistics", Value::from(encoded(&json_address(page)))),
        ("hidden", Value::from(figures.main().hidden_count())),
        ("rule", optional(figures.rule.as_deref())),
        ("target", optional(target(measure).as_deref())),
        ("peer_median", optional(peer_words(figures.main()).as_deref())),
        ("illustrative", Value::from(figures.main().measure().is_illustrative)),
    ])
}

/// The figure to reach, with its unit.
fn target(measure: &Measure) -> Option<String> {
    let target = measure.target?;
    let is_whole_at = |decimals: &u8| {
        let shift = 10_f64.powi(i32::from(*decimals));
        ((target * shift).round() / shift - target).abs() < 1e-9
    };
    let decimals = (0..9).find(is_whole_at).unwrap_or(9);
    Some(measure.with_unit(&number::for_readers(target, decimals)))
}

/// The median of a peer group from elsewhere, with whose it is.
fn peer_words(released: &Released) -> Option<String> {
    let measure = released.measure();
    measure.peer_median.as_ref().map(|peer| peer.words(measure, released.decimals()))
}

/// The one figure of a national benchmark that has a single real one; none otherwise.
pub(super) fn single_figure(site: &Site, index: PageIndex) -> Option<String> {
    let released = site.figures[index].as_ref()?.main();
    let [row] = released.rows() else { return None };
    let figure = row.value.figure().filter(|_| !released.measure().is_illustrative)?;
    Some(number::for_readers(figure, released.decimals()))
}

/// The figure of a benchmark that has only one, with its period; none where it has several.
fn alone(released: &Released) -> Value {
    let [row] = released.rows() else { return Value::none() };
    if released.organisation_of(row).is_some() || released.category_of(row).is_some() {
        return Value::none();
    }
    map([("when", Value::from(row.when.words())), ("value", cell(row.value, released.decimals()))])
}

/// A cell: its text, what is read out instead where it is hidden, whether it is a figure.
fn cell(shown: Shown, decimals: u8) -> Value {
    let (text, note) = match shown {
        Shown::Absent | Shown::NotGiven => ("Not given".to_string(), None),
        Shown::Figure { figure, how } => {
            let is_part = how == crate::benchmark::released::How::TotalOfShown;
            (number::for_readers(figure, decimals), is_part.then(|| "total of the figures shown".to_string()))
        }
        Shown::Hidden(reason) => ("*".to_string(), Some(reason.words())),
    };
    map([
        ("text", Value::from(text)),
        ("note", optional(note.as_deref())),
        ("is_figure", Value::from(shown.figure().is_some())),
        ("is_hidden", Value::from(shown.is_hidden())),
    ])
}

fn table(released: &Released) -> Value {
    let series = released.series();
    let periods = released.periods();
    match (series.len(), periods.len()) {
        (0, _) => Value::none(),
        (1, _) => by_period(released, &series[0]),
        (_, 1) => by_subject(released, &series),
        (_, 2..=MAX_PERIODS) => by_both(released, &series),
        _ => by_subject(released, &series),
    }
}

/// A column of figures: its name, its cell of a row, its decimals.
type Column = (&'static str, fn(&ReleasedRow) -> Shown, u8);

/// Which of value, numerator and denominator the file has, with their names.
fn columns(released: &Released) -> Vec<Column> {
    let all: [Column; 3] = [
        ("Value", |row| row.value, released.decimals()),
        ("Number", |row| row.numerator, 0),
        ("Out of", |row| row.denominator, 0),
    ];
    all.into_iter().filter(|(_, of, _)| released.rows().iter().any(|row| of(row) != Shown::Absent)).collect()
}

fn made(first: &str, heads: Vec<Value>, rows: Vec<Value>, total: usize, note: Option<&str>) -> Value {
    map([
        ("first", Value::from(first)),
        ("heads", Value::from(heads)),
        ("more", Value::from(total.saturating_sub(rows.len()))),
        ("rows", Value::from(rows)),
        ("note", optional(note)),
    ])
}

fn row(name: &str, code: Option<&str>, is_total: bool, cells: Vec<Value>) -> Value {
    map([
        ("name", Value::from(name)),
        ("code", optional(code)),
        ("is_total", Value::from(is_total)),
        ("cells", Value::from(cells)),
    ])
}

/// One series: a row for each period, the latest first.
fn by_period(released: &Released, series: &Series<'_>) -> Value {
    let columns = columns(released);
    let heads = columns.iter().map(|(name, ..)| Value::from(*name)).collect();
    let rows: Vec<Value> = series
        .rows
        .iter()
        .rev()
        .take(MAX_ROWS)
        .map(|period| {
            let cells = columns.iter().map(|(_, of, decimals)| cell(of(period), *decimals)).collect();
            row(&period.when.words(), None, false, cells)
        })
        .collect();
    made("Period", heads, rows, series.rows.len(), None)
}

/// Several series: a row for each, with its latest figures.
fn by_subject(released: &Released, series: &[Series<'_>]) -> Value {
    let Some(latest) = released.latest() else { return Value::none() };
    let columns = columns(released);
    let heads = columns.iter().map(|(name, ..)| Value::from(*name)).collect();
    let of_latest: Vec<(&Series<'_>, &ReleasedRow)> = series
        .iter()
        .filter_map(|series| Some((series, *series.rows.iter().find(|row| row.when == latest.when)?)))
        .collect();
    let rows: Vec<Value> = of_latest
        .iter()
        .take(MAX_ROWS)
        .map(|(series, latest)| {
            let cells = columns.iter().map(|(_, of, decimals)| cell(of(latest), *decimals)).collect();
            named_row(series, cells)
        })
        .collect();
    let periods = released.periods().len();
    let note = (periods > 1)
        .then(|| format!("Figures for {}. The file has all {periods} periods.", latest.when.words()));
    made(first_head(series), heads, rows, of_latest.len(), note.as_deref())
}

/// Several series over a few periods: a row for each, a column for each period.
fn by_both(released: &Released, series: &[Series<'_>]) -> Value {
    let periods = released.periods();
    let heads = periods.iter().map(|when| Value::from(when.short())).collect();
    let rows: Vec<Value> = series
        .iter()
        .take(MAX_ROWS)
        .map(|series| {
            let of_period = |when: &crate::benchmark::When| {
                let row = series.rows.iter().find(|row| row.when == *when);
                cell(row.map_or(Shown::Absent, |row| row.value), released.decimals())
            };
            named_row(series, periods.iter().map(of_period).collect())
        })
        .collect();
    let has_counts = columns(released).len() > 1;
    let note = has_counts.then_some("The file has the numbers behind each figure as well.");
    made(first_head(series), heads, rows, series.len(), note)
}

fn first_head(series: &[Series<'_>]) -> &'static str {
    if series.iter().any(|series| series.organisation.is_some()) { "Organisation" } else { "Group" }
}

fn named_row(series: &Series<'_>, cells: Vec<Value>) -> Value {
    let code = series.organisation.map(|organisation| organisation.code.as_str());
    let name = match (series.organisation, series.category) {
        (Some(organisation), Some(category)) => format!("{}, {category}", organisation.name),
        _ => series.name().to_string(),
    };
    row(&name, code.filter(|code| *code != name), series.is_total, cells)
}
