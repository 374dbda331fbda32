//! The steps of a pathway as a list in HTML: what the drawing shows, for a phone, a screen reader, print and search.

use std::fmt::Write as _;

use super::Flowchart;
use super::steps::{Kind, Next, Step, Steps};
use crate::text::push_escaped;

/// A numbered list whose items have the ids `prefix-step-1` and so on; what follows a step leads to them.
pub fn html(chart: &Flowchart, steps: &Steps, prefix: &str) -> String {
    let mut out = String::from("<ol>");
    for step in &steps.steps {
        let _ = write!(out, "\n<li id=\"{prefix}-step-{}\">", step.number);
        push_heading(&mut out, chart, step);
        push_words(&mut out, step);
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

fn push_words(out: &mut String, step: &Step) {
    // An address of the site means another place on each page that shows the steps.
    let whole =
        |href: &&str| ["https://", "http://", "mailto:"].iter().any(|scheme| href.starts_with(scheme));
    let link = step.link.as_ref().map(|link| link.href.as_str()).filter(whole);
    if let Some(href) = link {
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
    let next: Vec<&Next> = step
        .next
        .iter()
        .filter(|next| !goes_on(next))
        .chain(after_groups.flat_map(|group| &group.next))
        .collect();
    if next.is_empty() {
        return;
    }
    out.push_str("\n<ul>");
    for next in next {
        out.push_str("\n<li>");
        let number = next.target.number();
        if let Some(number) = number {
            let _ = write!(out, "<a href=\"#{prefix}-step-{number}\">");
        }
        push_escaped(out, &steps.sentence(chart, next, step.kind));
        out.push_str(if number.is_some() { "</a></li>" } else { "</li>" });
    }
    out.push_str("\n</ul>\n");
}
