//! Organisations: one line each in `content/organisations.csv`, not a page each. Codes outlive names, so a line says
//! from when to when it held and what came after.

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Span};
use crate::text::{did_you_mean, parse_date};

/// The file, below the root.
pub const FILE: &str = "content/organisations.csv";

const COLUMNS: [&str; 8] =
    ["ods", "name", "valid_from", "valid_to", "successor", "latitude", "longitude", "fictional"];

/// An organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Organisation {
    /// Its code.
    pub ods: String,
    /// The name that it bears, or bore last.
    pub name: String,
    /// Its first day under this code.
    pub valid_from: Option<Date>,
    /// Its last day.
    pub valid_to: Option<Date>,
    /// The code of the organisation that took it in.
    pub successor: Option<String>,
    /// Latitude and longitude in degrees.
    pub position: Option<(f64, f64)>,
    /// Whether it is made up.
    pub fictional: bool,
}

/// All organisations by code.
pub type Organisations = BTreeMap<String, Organisation>;

/// Reads the file. Lines that are not understood are reported and left out.
pub fn parse(text: &str) -> (Organisations, Vec<Diagnostic>) {
    let mut reader = Reader { text, problems: Vec::new() };
    let organisations = reader.read();
    let path = SitePath::new(FILE);
    (organisations, reader.problems.into_iter().map(|problem| problem.in_file(&path)).collect())
}

struct Reader<'a> {
    text: &'a str,
    problems: Vec<Diagnostic>,
}

impl Reader<'_> {
    fn read(&mut self) -> Organisations {
        let mut organisations = Organisations::new();
        let start = if self.text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let mut reader = csv::ReaderBuilder::new()
            .flexible(true)
            .trim(csv::Trim::All)
            .from_reader(&self.text.as_bytes()[start..]);
        let Some(columns) = self.columns(&mut reader) else { return organisations };
        let mut lines: BTreeMap<String, Span> = BTreeMap::new();
        for record in reader.records() {
            let Ok(record) = record else { continue };
            let from =
                start + record.position().map_or(0, |position| usize::try_from(position.byte()).unwrap_or(0));
            let line_start =
                from + self.text[from..].len() - self.text[from..].trim_start_matches(['\r', '\n']).len();
            let line_end =
                self.text[line_start..].find(['\r', '\n']).map_or(self.text.len(), |end| line_start + end);
            let span = Span::new(line_start, line_end);
            let get = |name: &str| {
                let index = columns.iter().position(|column| column == name)?;
                record.get(index).filter(|value| !value.is_empty())
            };
            if record.iter().all(str::is_empty) {
                continue;
            }
            if let Some(problem) = misplaced(&record, columns.len()) {
                self.problems.push(problem.at(span));
                continue;
            }
            let Some(organisation) = self.organisation(&get, span) else { continue };
            if let Some(first) = lines.get(&organisation.ods) {
                self.problems.push(
                    Diagnostic::error(
                        "duplicate-organisation",
                        format!("the code {} stands on two lines", organisation.ods),
                    )
                    .at(span)
                    .label(*first, "first given here")
                    .help("keep one line for each code"),
                );
                continue;
            }
            lines.insert(organisation.ods.clone(), span);
            organisations.insert(organisation.ods.clone(), organisation);
        }
        self.check_successors(&organisations, &lines);
        organisations
    }

    fn columns(&mut self, reader: &mut csv::Reader<&[u8]>) -> Option<Vec<String>> {
        let header = reader.headers().ok()?;
        let columns: Vec<String> = header.iter().map(str::to_lowercase).collect();
        let span = Span::new(0, self.text.find(['\r', '\n']).unwrap_or(self.text.len()));
        for wanted in ["ods", "name"] {
            if !columns.iter().any(|column| column == wanted) {
                self.problems.push(
                    Diagnostic::error("missing-column", format!("the first line names no column `{wanted}`"))
                        .at(span)
                        .help(format!("begin the file with {}", COLUMNS.join(","))),
                );
                return None;
            }
        }
        for column in
            columns.iter().filter(|column| !column.is_empty() && !COLUMNS.contains(&column.as_str()))
        {
            self.problems.push(
                Diagnostic::warning("unknown-column", format!("the column `{column}` is not used"))
                    .at(span)
                    .help(
                        did_you_mean(column, COLUMNS)
                            .unwrap_or_else(|| format!("columns are {}", COLUMNS.join(", "))),
                    ),
            );
        }
        Some(columns)
    }

    fn organisation<'r>(
        &mut self,
        get: &dyn Fn(&str) -> Option<&'r str>,
        span: Span,
    ) -> Option<Organisation> {
        let (Some(ods), Some(name)) = (get("ods"), get("name")) else {
            self.problems.push(
                Diagnostic::error("missing-value", "an organisation needs a code and a name")
                    .at(span)
                    .help("write both, or take the line out"),
            );
            return None;
        };
        if !(3..=6).contains(&ods.len())
            || !ods.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit())
        {
            self.problems.push(
                Diagnostic::error("wrong-type", format!("`{ods}` is not an organisation code"))
                    .at(span)
                    .help("a code has 3 to 6 capital letters and digits, such as RM1"),
            );
            return None;
        }
        let mut date = |name: &str| {
            get(name).and_then(|text| match parse_date(text) {
                Ok(date) => Some(date),
                Err(problem) => {
                    self.problems
                        .push(Diagnostic::error("unclear-date", problem.message).at(span).help(problem.help));
                    None
                }
            })
        };
        let (valid_from, valid_to) = (date("valid_from"), date("valid_to"));
        if valid_from.zip(valid_to).is_some_and(|(from, to)| to < from) {
            self.problems.push(
                Diagnostic::error(
                    "ends-before-it-starts",
                    format!("`valid_to` of {ods} lies before its `valid_from`"),
                )
                .at(span)
                .help("check both days"),
            );
        }
        let mut wrong = |message: String, help: &str| {
            self.problems.push(Diagnostic::error("wrong-type", message).at(span).help(help));
        };
        let mut degrees = |name: &str, limit: f64| {
            let text = get(name)?;
            let degrees = text.parse::<f64>().ok().filter(|degrees| degrees.abs() <= limit);
            if degrees.is_none() {
                wrong(
                    format!("the {name} `{text}` is no number of degrees"),
                    "write it as 51.2787, south and west with a minus",
                );
            }
            degrees
        };
        let (latitude, longitude) = (degrees("latitude", 90.0), degrees("longitude", 180.0));
        let fictional = match get("fictional").map(str::to_lowercase).as_deref() {
            Some("true" | "yes") => true,
            None | Some("false" | "no") => false,
            Some(_) => {
                wrong(
                    format!("whether {ods} is fictional is not clear"),
                    "write true or false in the column `fictional`",
                );
                false
            }
        };
        Some(Organisation {
            ods: ods.to_string(),
            name: name.to_string(),
            valid_from,
            valid_to,
            successor: get("successor").map(str::to_string),
            position: latitude.zip(longitude),
            fictional,
        })
    }

    fn check_successors(&mut self, organisations: &Organisations, lines: &BTreeMap<String, Span>) {
        for organisation in organisations.values() {
            if let Some(successor) = &organisation.successor
                && !organisations.contains_key(successor)
            {
                let mut problem = Diagnostic::warning(
                    "unknown-organisation",
                    format!("{} was taken in by `{successor}`, which has no line here", organisation.ods),
                )
                .help(
                    did_you_mean(successor, organisations.keys().map(String::as_str))
                        .unwrap_or_else(|| format!("add a line for {successor}")),
                );
                problem.span = lines.get(&organisation.ods).copied();
                self.problems.push(problem);
            }
        }
    }
}

/// What is wrong with a line whose values do not stand under their columns.
fn misplaced(record: &csv::StringRecord, column_count: usize) -> Option<Diagnostic> {
    if record.iter().any(|value| value.contains('\n')) {
        return Some(
            Diagnostic::error(
                "unclosed-quote",
                "a quotation mark on this line is not closed, so the lines below are read as part of it",
            )
            .help("close it at the end of the name, or take it out"),
        );
    }
    record.iter().skip(column_count).any(|value| !value.is_empty()).then(|| {
        Diagnostic::error("extra-value", "this line has more values than there are columns")
            .help("put a name with a comma in it in quotation marks: \"Royal Example, closed\"")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_organisations() {
        let (organisations, problems) = parse(
            "\u{feff}ods,name,valid_to,successor\r\nREM,Liverpool University Hospitals,,\r\nRQ6,\"Royal Liverpool, closed\",2019-09-30,REM\r\n",
        );
        assert!(problems.is_empty(), "{problems:?}");
        assert_eq!(organisations["RQ6"].name, "Royal Liverpool, closed");
        assert_eq!(organisations["RQ6"].successor.as_deref(), Some("REM"));
    }

    #[test]
    fn every_bad_line_is_reported_and_left_out() {
        let text = "ods,name,valid_to\nREM,One,\nREM,Two,\nrq6,Three,\n,Four,\nRM1,Five,03/04/18\n";
        let (organisations, problems) = parse(text);
        let codes: Vec<&str> = problems.iter().map(|problem| problem.code).collect();
        assert_eq!(codes, ["duplicate-organisation", "wrong-type", "missing-value", "unclear-date"]);
        assert_eq!(problems[0].span.unwrap().of(text), "REM,Two,");
        assert_eq!(organisations.keys().collect::<Vec<_>>(), ["REM", "RM1"]);
    }
}
