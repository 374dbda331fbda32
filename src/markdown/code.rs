//! Code blocks: fenced or indented, coloured where the language is known.

use pulldown_cmark::{CodeBlockKind, Event};

use super::highlight::{self, Colouring};
use super::html::{clean, push_clean_escaped};
use super::writer::Writer;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

/// Names that mean "no language", and languages that are shown without colours: the colours of columns say nothing,
/// and the syntax of `PowerShell` needs another engine.
const PLAIN: [&str; 10] =
    ["text", "txt", "plain", "plaintext", "none", "csv", "tsv", "powershell", "pwsh", "ps1"];

impl Writer<'_> {
    pub(super) fn write_code_block(&mut self, index: usize, kind: &CodeBlockKind<'_>) {
        let events = self.events;
        let span = events.span(index);
        let mut code = String::new();
        for part in index + 1..events.end_of(index) {
            if let Event::Text(text) = events.event(part) {
                code.push_str(text);
            }
        }
        self.check_gaps_in(&code, "code", self.events.first_line(span));
        let language = match kind {
            CodeBlockKind::Fenced(info) => language_of(info),
            CodeBlockKind::Indented => "",
        };
        if language.eq_ignore_ascii_case("mermaid") && self.write_flowchart(index, &code) {
            return;
        }
        if language.is_empty() {
            self.out.push("<pre tabindex=\"0\"><code>");
            self.out.push_text(&code);
        } else {
            let is_pathway = language.eq_ignore_ascii_case("mermaid");
            let mut open = String::from(if is_pathway { "<pre class=\"pathway-source\"" } else { "<pre" });
            open.push_str(" tabindex=\"0\"><code class=\"language-");
            push_clean_escaped(&mut open, &language.to_lowercase());
            open.push_str("\">");
            self.out.push(&open);
            let is_plain = is_pathway || PLAIN.iter().any(|plain| language.eq_ignore_ascii_case(plain));
            if is_plain {
                self.out.push_text(&code);
            } else {
                self.write_coloured(language, &code, span);
            }
        }
        self.out.push("</code></pre>\n");
    }

    fn write_coloured(&mut self, language: &str, code: &str, span: Span) {
        let fits = code.len() <= self.highlight_left;
        match highlight::colour(language, if fits { code } else { "" }) {
            Colouring::Coloured(html) if fits => {
                self.highlight_left -= code.len();
                self.out.push(&html);
            }
            Colouring::UnknownLanguage(_) if self.problems.is_full() => {
                self.out.push_text(code);
                self.problems.count_one();
            }
            Colouring::UnknownLanguage(name) => {
                self.out.push_text(code);
                let line = span.of(self.events.source).lines().next().map_or(0, str::len);
                let place = Span::new(span.start as usize, span.start as usize + line);
                let shown: String = clean(language).chars().take(40).collect();
                let problem = Diagnostic::warning(
                    "code-language",
                    format!("the language `{shown}` is not known, so this code is shown without colours"),
                );
                let help = highlight::nearest(&name).unwrap_or_else(|| {
                    "name a language such as `yaml`, `sql`, `python` or `text`".to_string()
                });
                self.problems.add(problem.at(place).help(help));
            }
            Colouring::Coloured(_) | Colouring::TooLarge => self.out.push_text(code),
        }
    }
}

/// The first word after the fence.
fn language_of(info: &str) -> &str {
    info.split([' ', '\t', ',', '{', '\n']).next().unwrap_or("")
}
