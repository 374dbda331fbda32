//! The scores as a file for a spreadsheet: a row of weights, then a row for each option.

use super::Appraisal;
use crate::text::spreadsheet_text;

impl Appraisal {
    /// The scores as CSV, lines ended as Excel ends them. Totals are those that are shown; a place that is shared ends
    /// in `=`; a score that nobody gave, and what follows from it, is empty.
    pub fn csv(&self) -> String {
        let mut writer = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(Vec::new());
        let mut write = |first: &str, cells: Vec<String>, last: [String; 2]| {
            let row = std::iter::once(first.to_string()).chain(cells).chain(last);
            // Writing into memory cannot fail.
            writer.write_record(row.map(|cell| spreadsheet_text(&cell))).unwrap_or_default();
        };
        let criteria = &self.criteria;
        let names = criteria.iter().map(|criterion| criterion.name.clone()).collect();
        write("Option", names, ["Weighted total", "Rank"].map(String::from));
        let weights = criteria.iter().map(|criterion| criterion.weight.to_string()).collect();
        write("Weight", weights, [String::new(), String::new()]);
        for (option, scored) in self.options.iter().enumerate() {
            let scores = scored.scores.iter();
            let scores =
                scores.map(|score| score.map_or_else(String::new, |score| score.to_string())).collect();
            let rank = self.place(option).map_or_else(String::new, |place| {
                format!("{}{}", place.number, if place.is_shared { "=" } else { "" })
            });
            write(&scored.name, scores, [self.total(option).unwrap_or_default(), rank]);
        }
        let bytes = writer.into_inner().unwrap_or_default();
        String::from_utf8(bytes).unwrap_or_default()
    }
}
