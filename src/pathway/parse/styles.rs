//! Colours and lines that an author gives: `style`, `classDef`, `linkStyle`. Only what is a colour, a width, a dash or
//! a weight goes on; nothing of the text itself reaches the page.

use super::colours::colour;
use super::draft::{Applied, Dress};
use super::reader::{Reader, quoted};
use crate::diagnostic::Diagnostic;
use crate::pathway::model::Style;

impl Reader<'_> {
    /// `style A fill:#fff`.
    pub(super) fn style_statement(&mut self) -> Option<()> {
        let (name, at) = self.argument("style", "style A fill:#ffffff")?;
        let style = self.declarations("style")?;
        let span = self.span(at, at + name.len());
        self.draft.applied.push(Applied { name, what: Dress::Style(style), span });
        Some(())
    }

    /// `classDef key,late fill:#fff`.
    pub(super) fn class_definition(&mut self) -> Option<()> {
        let (names, _) = self.argument("classDef", "classDef key fill:#ffffff")?;
        let style = self.declarations("classDef")?;
        for name in names.split(',') {
            add(self.draft.classes.entry(name.to_string()).or_default(), &style);
        }
        Some(())
    }

    /// `class A,B key`.
    pub(super) fn class_statement(&mut self) -> Option<()> {
        let (names, at) = self.argument("class", "class A,B key")?;
        self.skip_spaces();
        let class_at = self.at;
        let class = self.take_while(|next| !next.is_whitespace() && next != ';').to_string();
        self.skip_spaces();
        if class.is_empty() || !self.is_at_separator() {
            let place = self.span(class_at.min(self.at), self.at.max(class_at));
            return self.fail(
                Diagnostic::error("flowchart-syntax", "`class` takes names without spaces, then one class")
                    .at(place)
                    .help("write `class A,B key`"),
            );
        }
        let mut start = at;
        for name in names.split(',') {
            let span = self.span(start, start + name.len());
            start += name.len() + 1;
            let what = Dress::Class(class.clone());
            self.draft.applied.push(Applied { name: name.to_string(), what, span });
        }
        Some(())
    }

    /// `linkStyle 0,2 stroke:#f00`, `linkStyle default stroke:#f00`.
    pub(super) fn link_style(&mut self) -> Option<()> {
        let (which, at) = self.argument("linkStyle", "linkStyle 0 stroke:#d5281b")?;
        self.skip_spaces();
        if self.sees_word("interpolate") {
            self.at += "interpolate".len();
            self.skip_spaces();
            self.take_while(|next| next.is_ascii_alphanumeric());
            self.skip_spaces();
            if self.is_at_separator() {
                return Some(());
            }
        }
        let style = self.declarations("linkStyle")?;
        if which == "default" {
            add(&mut self.draft.line_default, &style);
            for edge in &mut self.draft.edges {
                let own = std::mem::replace(&mut edge.style, style.clone());
                add(&mut edge.style, &own);
            }
            return Some(());
        }
        let place = self.span(at, at + which.len());
        for number in which.split(',') {
            let count = self.draft.edges.len();
            let edge = number.trim().parse::<usize>().ok().and_then(|index| self.draft.edges.get_mut(index));
            let Some(edge) = edge else {
                let known = match count {
                    0 => "there are no links above this line".to_string(),
                    1 => "the only link above this line is number 0".to_string(),
                    count => format!("the links above this line are numbered 0 to {}", count - 1),
                };
                return self.fail(
                    Diagnostic::error(
                        "flowchart-link-number",
                        format!("there is no link `{}`", quoted(number)),
                    )
                    .at(place)
                    .help(format!("{known}, in the order in which they are written")),
                );
            };
            add(&mut edge.style, &style);
        }
        Some(())
    }

    /// The word after a keyword.
    fn argument(&mut self, keyword: &str, example: &str) -> Option<(String, usize)> {
        let start = self.at;
        self.at += keyword.len();
        self.skip_spaces();
        let at = self.at;
        let word = self.take_while(|next| !next.is_whitespace() && next != ';').to_string();
        if word.is_empty() {
            let place = self.span(start, start + keyword.len());
            return self.fail(
                Diagnostic::error("flowchart-syntax", format!("`{keyword}` does not say what it is for"))
                    .at(place)
                    .help(format!("write `{example}`")),
            );
        }
        if word.contains(|next: char| "[](){}<>|\"".contains(next)) {
            let place = self.span(at, at + word.len());
            return self.fail(
                Diagnostic::error("flowchart-syntax", format!("`{}` is no name", quoted(&word)))
                    .at(place)
                    .help(format!("write names without brackets and quotes: `{example}`")),
            );
        }
        Some((word, at))
    }

    /// `fill:#fff,stroke:#000` up to the end of the statement.
    fn declarations(&mut self, keyword: &str) -> Option<Style> {
        self.skip_spaces();
        let start = self.at;
        let mut text = self.take_while(|next| next != '\n' && next != ';');
        // People part declarations with semicolons, as in CSS. Mermaid takes what follows for a step.
        while self.sees(";") && looks_like_declaration(self.rest()[1..].trim_start_matches(' ')) {
            let place = self.here();
            self.problems.push(
                Diagnostic::warning(
                    "flowchart-style",
                    "`;` ends a statement, so GitHub takes the rest for a step",
                )
                .at(place)
                .help("part colours and lines with commas: `fill:#fff,stroke:#000`"),
            );
            self.at += 1;
            self.take_while(|next| next != '\n' && next != ';');
            text = &self.text[start..self.at];
        }
        if text.trim().is_empty() {
            let place = self.span(start.saturating_sub(1), start);
            return self.fail(
                Diagnostic::error(
                    "flowchart-style",
                    format!("this `{keyword}` gives no colours and no lines"),
                )
                .at(place)
                .help("write for example `fill:#fff7cc,stroke:#b58900`"),
            );
        }
        self.warn_of_code_at_end(text, start);
        let mut style = Style::default();
        let mut at = start;
        for piece in text.split([',', ';']) {
            if !declare(&mut style, piece) {
                let place = self.span(at, at + piece.len());
                self.problems.push(
                    Diagnostic::warning("flowchart-style", format!("`{}` is left out", quoted(piece)))
                        .at(place)
                        .help("write a colour by its name or as #rrggbb, a width in px"),
                );
            }
            at += piece.len() + 1;
        }
        Some(style)
    }
}

impl Reader<'_> {
    /// Mermaid takes `#f66;` for the code of a character, unless a colour stands right after a colon.
    fn warn_of_code_at_end(&mut self, text: &str, start: usize) {
        let is_spared = text
            .split([' ', '\t'])
            .any(|part| part.split_once(':').is_some_and(|(_, value)| value.contains('#')));
        let Some((before, code)) = text.rsplit_once('#') else { return };
        let is_code = !code.is_empty() && code.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if is_spared || !is_code || !self.sees(";") {
            return;
        }
        let place = self.span(start + before.len(), self.at + 1);
        self.problems.push(
            Diagnostic::warning(
                "flowchart-style",
                format!("GitHub takes `#{code};` for the code of a character"),
            )
            .at(place)
            .help("delete the semicolon: a statement ends with its line"),
        );
    }
}

fn looks_like_declaration(text: &str) -> bool {
    ["fill:", "stroke:", "stroke-width:", "stroke-dasharray:", "color:", "font-"]
        .iter()
        .any(|start| text.starts_with(start))
}

/// Takes one declaration; false where its value cannot be used.
fn declare(style: &mut Style, piece: &str) -> bool {
    // A piece without a colon is the rest of a list: `stroke-dasharray: 5, 5`.
    let Some((property, value)) = piece.split_once(':') else {
        return piece.trim().chars().all(|next| next.is_ascii_alphanumeric() || " .%".contains(next));
    };
    if !property.trim().chars().all(|next| next.is_ascii_alphanumeric() || next == '-') {
        return false;
    }
    let value = value.trim().trim_end_matches("!important").trim();
    let is_nothing =
        matches!(value, "none" | "transparent" | "inherit" | "initial" | "unset" | "currentColor" | "");
    match property.trim() {
        "fill" | "background" | "background-color" => set(&mut style.fill, value, is_nothing),
        "stroke" | "border-color" => set(&mut style.stroke, value, is_nothing),
        "color" => set(&mut style.color, value, is_nothing),
        "stroke-width" => {
            let width =
                value.trim_end_matches("px").trim().parse::<f32>().ok().filter(|width| width.is_finite());
            style.stroke_width =
                width.map(|width| (width.clamp(0.0, 8.0) * 10.0).round() / 10.0).or(style.stroke_width);
            width.is_some()
        }
        "stroke-dasharray" => {
            style.dashed = value.bytes().any(|byte| (b'1'..=b'9').contains(&byte));
            true
        }
        "font-weight" => {
            style.bold = matches!(value, "bold" | "bolder" | "600" | "700" | "800" | "900");
            true
        }
        // Sizes, fonts and effects are the theme's.
        _ => !value.contains("url(") && !value.contains("expression("),
    }
}

fn set(target: &mut Option<crate::pathway::model::Rgb>, value: &str, is_nothing: bool) -> bool {
    let found = colour(value);
    *target = found.or(*target);
    found.is_some() || is_nothing
}

/// Lays one style over another.
pub(super) fn add(style: &mut Style, over: &Style) {
    style.fill = over.fill.or(style.fill);
    style.stroke = over.stroke.or(style.stroke);
    style.color = over.color.or(style.color);
    style.stroke_width = over.stroke_width.or(style.stroke_width);
    style.dashed |= over.dashed;
    style.bold |= over.bold;
}
