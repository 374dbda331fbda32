//! Words as a drawing sets them: how wide they are, where their lines break, and where they are cut.

use crate::text::widths;

/// The type size of all words but the headline, in units of the drawing.
pub(super) const SIZE: f64 = 14.0;
/// From one line to the next.
pub(super) const LINE: f64 = 18.0;
/// The type size of a headline inside the drawing.
pub(super) const HEADLINE: f64 = 20.0;
/// From one line of a headline to the next.
pub(super) const HEADLINE_LINE: f64 = 25.0;

/// Fonts that stand in for Arial differ a little.
const SPARE: f64 = 1.02;

/// The width of words of the usual size.
pub(super) fn width(text: &str, bold: bool) -> f64 {
    widths::width(text, SIZE, bold) * SPARE
}

/// The width of words of a headline.
pub(super) fn headline_width(text: &str) -> f64 {
    widths::width(text, HEADLINE, true) * SPARE
}

/// The words, or as many letters of them as the room takes, with "…".
pub(super) fn cut(text: &str, room: f64, bold: bool) -> String {
    cut_by(text, room, &|text| width(text, bold))
}

fn cut_by(text: &str, room: f64, width: &dyn Fn(&str) -> f64) -> String {
    // No line of a drawing holds as many letters; a name of a million is not measured again and again.
    let end = text.char_indices().nth(400).map_or(text.len(), |(end, _)| end);
    let mut kept = &text[..end];
    if end == text.len() && width(text) <= room {
        return text.to_string();
    }
    loop {
        let shown = format!("{}…", kept.trim_end());
        match kept.char_indices().last() {
            Some((last, _)) if width(&shown) > room => kept = &kept[..last],
            _ => return shown,
        }
    }
}

/// The words in lines no wider than the room; the last of the most lines is cut.
pub(super) fn wrap(text: &str, room: f64, bold: bool, most: usize) -> Vec<String> {
    wrap_by(text, room, most, &|text| width(text, bold))
}

/// A headline in lines.
pub(super) fn wrap_headline(text: &str, room: f64, most: usize) -> Vec<String> {
    wrap_by(text, room, most, &headline_width)
}

fn wrap_by(text: &str, room: f64, most: usize, width: &dyn Fn(&str) -> f64) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    let mut words = text.split_whitespace().take(400).peekable();
    while let Some(word) = words.next() {
        let mut line = word.to_string();
        let is_last = lines.len() + 1 >= most;
        while let Some(next) = words.peek() {
            let longer = format!("{line} {next}");
            if width(&longer) > room {
                break;
            }
            line = longer;
            words.next();
        }
        if is_last && words.peek().is_some() {
            // Something is left out, which the sign has to say.
            line = cut_by(&format!("{line}…"), room, width);
            if !line.ends_with('…') {
                line.push('…');
            }
            lines.push(line);
            break;
        }
        lines.push(cut_by(&line, room, width));
    }
    lines
}

/// A trust's name as people say it: without the legal form that nearly all share.
pub(super) fn short_name(name: &str) -> &str {
    let name = name.trim();
    let end = [" NHS Foundation Trust", " NHS Trust", " Foundation Trust"]
        .into_iter()
        .find_map(|form| name.strip_suffix(form))
        .unwrap_or(name);
    if end.is_empty() { name } else { end }
}
