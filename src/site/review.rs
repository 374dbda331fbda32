//! The days on which pages were looked at, seen from the day that the site is made for.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::content::ParsedPage;
use crate::diagnostic::Diagnostic;
use crate::text::long_date;

/// A review that is dated in another year to come. Nearer days are taken: a site may be made as it stood on an earlier
/// day, and its pages are no worse for it.
pub(super) fn check(page: &ParsedPage, today: Date, problems: &mut Vec<Diagnostic>) {
    let Some(reviewed) = page.values.date("last_reviewed") else { return };
    if today.checked_add(1.year()).is_ok_and(|next_year| reviewed > next_year) {
        let message = format!("`last_reviewed` ({}) is more than a year ahead", long_date(reviewed));
        let mut problem = Diagnostic::warning("reviewed-in-future", message)
            .in_file(&page.path)
            .help(format!("check the year; today is {}", long_date(today)));
        problem.span = page.values.get("last_reviewed").map(|value| value.span);
        problems.push(problem);
    }
}
