//! Words of a drawing: escaped, line under line, each line in the middle.

use std::fmt::Write as _;

use crate::pathway::measure::{TextLine, Type};

/// Words as XML holds them; characters that it cannot hold are left out.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            '\t' | '\n' | '\r' => escaped.push(' '),
            control if control.is_control() || matches!(control, '\u{fffe}' | '\u{ffff}') => {}
            other => escaped.push(other),
        }
    }
    escaped
}

/// One line that begins at a place.
pub(super) fn plain_text(out: &mut String, text: &str, at: (i32, i32), more: &str) {
    let _ = write!(
        out,
        "<text x=\"{}\" y=\"{}\"{more} text-anchor=\"start\">{}</text>",
        at.0,
        at.1,
        escape(text)
    );
}

/// Lines around a middle.
pub(super) fn lines_at(out: &mut String, lines: &[TextLine], middle: (i32, i32), set: Type, more: &str) {
    if lines.iter().all(|line| line.runs.is_empty()) {
        return;
    }
    let leading = i32::from(set.leading);
    let count = i32::try_from(lines.len()).unwrap_or(0);
    // The letters' own middle stands a third of their size above the line that they rest on.
    let first = middle.1 - (count - 1) * leading / 2 + i32::from(set.size) / 3 + 1;
    let single = lines.len() == 1;
    let _ = write!(out, "<text{more}");
    if single {
        let _ = write!(out, " x=\"{}\" y=\"{first}\"", middle.0);
    }
    out.push('>');
    let mut y = first;
    for line in lines {
        if !single {
            let _ = write!(out, "<tspan x=\"{}\" y=\"{y}\">", middle.0);
        }
        for run in &line.runs {
            let text = escape(&run.text);
            match (run.bold, run.italic) {
                (false, false) => out.push_str(&text),
                (true, false) => {
                    let _ = write!(out, "<tspan class=\"b\">{text}</tspan>");
                }
                (bold, true) => {
                    let class = if bold { "b i" } else { "i" };
                    let _ = write!(out, "<tspan class=\"{class}\">{text}</tspan>");
                }
            }
        }
        if !single {
            // The space lets what is copied or read aloud keep its words apart.
            out.push_str(" </tspan>");
        }
        y += leading;
    }
    out.push_str("</text>");
}
