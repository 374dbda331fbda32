//! The flowcharts of pathways, wherever they are written, with the steps that say the same in words.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, OnceLock};

use rayon::iter::{IntoParallelRefIterator, ParallelIterator};

use super::Resolved;
use super::files::names_a_file;
use crate::content::{ParsedPage, named_by_page};
use crate::diagnostic::Diagnostic;
use crate::pathway::layout::{Arrangement, Layout, Layouts, Options};
use crate::pathway::{Flowchart, Steps, parse};
use crate::source::SitePath;

/// A pathway that can be drawn.
#[derive(Debug)]
pub struct Drawing {
    /// What its author wrote.
    pub chart: Arc<Flowchart>,
    /// The same in words.
    pub steps: Steps,
    /// Where the links of its steps lead, by the address as it is written.
    pub links: BTreeMap<String, Resolved>,
    arrangement: Arrangement,
    /// Made when it is first asked for: the page, the file and pages that show it ask for the same.
    layout: OnceLock<Layout>,
}

impl Drawing {
    fn new(chart: Arc<Flowchart>, page: &ParsedPage) -> Self {
        let in_lanes = page.values.text("layout") == Some("lanes");
        let arrangement = if in_lanes { Arrangement::Lanes } else { Arrangement::Automatic };
        Self {
            steps: Steps::new(&chart),
            links: BTreeMap::new(),
            chart,
            arrangement,
            layout: OnceLock::new(),
        }
    }

    /// Where everything stands.
    pub fn layout(&self, layouts: &Layouts) -> &Layout {
        self.layout.get_or_init(|| layouts.layout(&self.chart, Options { arrangement: self.arrangement }))
    }
}

/// The drawing of each page; none where it has none, or where its text is no flowchart.
pub(super) fn read(
    pages: &[ParsedPage],
    data: &HashMap<SitePath, String>,
    problems: &mut Vec<Diagnostic>,
) -> Vec<Option<Drawing>> {
    let read = |page| {
        let mut problems = Vec::new();
        (read_one(page, data, &mut problems), problems)
    };
    let (drawings, found): (Vec<_>, Vec<_>) = pages.par_iter().map(read).unzip();
    problems.extend(found.into_iter().flatten());
    drawings
}

/// The file in which the drawing of a page is written, where it is not in the page.
pub fn file_of(page: &ParsedPage) -> Option<SitePath> {
    let name = page.values.text("diagram").filter(|diagram| names_a_file(diagram))?;
    page.path.parent().join(name)
}

pub(super) fn read_one(
    page: &ParsedPage,
    data: &HashMap<SitePath, String>,
    problems: &mut Vec<Diagnostic>,
) -> Option<Drawing> {
    if let Some(chart) = &page.chart {
        return Some(Drawing::new(Arc::clone(chart), page));
    }
    let path = file_of(page)?;
    let text = data.get(&path)?;
    let bare = text.trim_start_matches('\u{feff}');
    let parsed = parse(bare, (text.len() - bare.len()) as u32);
    problems.extend(named_by_page(parsed.problems).map(|problem| problem.in_file(&path)));
    parsed.chart.map(|chart| Drawing::new(Arc::new(chart), page))
}
