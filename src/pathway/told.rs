//! The steps of a pathway as a list in HTML: what the drawing shows, for a phone, a screen reader, print and search.

use std::fmt::Write as _;

use super::Flowchart;
use super::steps::{Kind, Next, Step, Steps};
use crate::text::push_escaped;

/// A numbered list whose items have the ids `prefix-step-1` and so on; what follows a step leads to them. `resolve`
/// gives the address to write for a link that is not whole, such as `../board.md`; none where it leads nowhere, and
/// then the step stands without a link.
pub fn html(
    chart: &Flowchart,
    steps: &Steps,
    prefix: &str,
    resolve: &dyn Fn(&str) -> Option<String>,
) -> String {
    let mut out = String::new();
    if let Some(starts) = steps.several_starts() {
        let _ = writeln!(out, "<p>{starts}.</p>");
    }
    out.push_str("<ol>");
    for step in &steps.steps {
        let _ = write!(out, "\n<li id=\"{prefix}-step-{}\">", step.number);
        push_heading(&mut out, chart, step);
        push_words(&mut out, step, resolve);
        push_next(&mut out, chart, steps, step, prefix);
        out.push_str("</li>");
    }
    out.push_str("\n</ol>\n");
    out
}

/// The lane or group in which a step begins.
fn push_heading(out: &mut String, chart: &Flowchart, step: &Step) {
    let titles = step.headings.iter().map(|group| chart.groups[*group].label.plain());
    let titles: Vec<String> = titles.filter(|title| !title.is_empty()).collect();
    if !titles.is_empty() {
        out.push_str("<span class=\"kicker\">");
        push_escaped(out, &titles.join(", "));
        out.push_str("</span><br>");
    }
}

fn push_words(out: &mut String, step: &Step, resolve: &dyn Fn(&str) -> Option<String>) {
    // An address of the site means another place on each page that shows the steps.
    let is_whole =
        |href: &str| ["https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
    let link = step.link.as_ref().map(|link| link.href.as_str());
    let link = link.and_then(|href| if is_whole(href) { Some(href.to_string()) } else { resolve(href) });
    if let Some(href) = &link {
        out.push_str("<a href=\"");
        push_escaped(out, href);
        out.push_str("\">");
    }
    let is_decision = step.kind == Kind::Decision;
    out.push_str(if is_decision { "<b>" } else { "" });
    push_escaped(out, &step.text);
    out.push_str(if is_decision { "</b>" } else { "" });
    out.push_str(if link.is_some() { "</a>" } else { "" });
}

fn push_next(out: &mut String, chart: &Flowchart, steps: &Steps, step: &Step, prefix: &str) {
    // What simply goes on to the next number needs no word.
    let goes_on = |next: &Next| {
        next.words.is_empty()
            && next.hand_over.is_none()
            && next.target.number() == Some(step.number + 1)
            && step.next.len() == 1
    };
    let after_groups = steps.from_groups.iter().filter(|group| group.after == Some(step.number));
    let own = step.next.iter().filter(|next| !goes_on(next));
    let mut lines: Vec<(String, Option<usize>)> =
        own.map(|next| (steps.sentence(chart, next, step.kind), next.target.number())).collect();
    for group in after_groups {
        let said = |next: &Next| (steps.group_sentence(chart, group, next), next.target.number());
        lines.extend(group.next.iter().map(said));
    }
    lines.extend(steps.ending(step).map(|ending| (ending.to_string(), None)));
    if lines.is_empty() {
        return;
    }
    out.push_str("\n<ul>");
    for (line, number) in lines {
        out.push_str("\n<li>");
        if let Some(number) = number {
            let _ = write!(out, "<a href=\"#{prefix}-step-{number}\">");
        }
        push_escaped(out, &line);
        out.push_str(if number.is_some() { "</a></li>" } else { "</li>" });
    }
    out.push_str("\n</ul>\n");
}
