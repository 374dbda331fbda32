//! Colours for code, worked out at build time: code into spans with one of a dozen one-letter classes.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use syntect::parsing::{ParseState, Scope, ScopeStack, SyntaxReference, SyntaxSet};

use super::html::push_clean_escaped;
use crate::text::did_you_mean;

/// A longer line is left plain, and so is the rest of its block: the patterns of a syntax can take very long on it.
const MAX_LINE: usize = 2_000;
/// A larger block is left plain.
const MAX_BLOCK: usize = 64 * 1024;
/// The most bytes of HTML that are kept for blocks that come again.
const MAX_CACHED: usize = 8 * 1024 * 1024;

/// What became of a block.
pub(super) enum Colouring {
    Coloured(Arc<str>),
    /// With its name.
    UnknownLanguage(String),
    TooLarge,
}

/// Which class the text of a scope gets; the longest scope that fits decides, and the innermost scope that has one.
/// The names follow Sublime Text's scope naming guidelines.
const CLASSES: [(&str, &str); 38] = [
    ("comment", "c"),
    ("punctuation.definition.comment", "c"),
    ("string", "s"),
    ("punctuation.definition.string", "s"),
    ("constant.character.escape", "e"),
    ("constant.numeric", "n"),
    ("constant.language", "l"),
    ("constant", "l"),
    ("keyword.operator", "o"),
    ("keyword.operator.word", "k"),
    ("keyword", "k"),
    ("storage.type", "k"),
    ("storage.modifier", "k"),
    ("storage", "k"),
    ("entity.name.function", "f"),
    ("support.function", "f"),
    ("variable.function", "f"),
    ("entity.name.tag", "g"),
    ("entity.other.attribute-name", "a"),
    ("entity.name.type", "t"),
    ("entity.name.class", "t"),
    ("entity.name.struct", "t"),
    ("entity.name.enum", "t"),
    ("entity.name.section", "h"),
    ("markup.heading", "h"),
    ("entity.other.inherited-class", "t"),
    ("support.type", "t"),
    ("support.class", "t"),
    ("support.constant", "l"),
    ("variable.parameter", "v"),
    ("variable.language", "l"),
    ("variable.other", "v"),
    ("markup.inserted", "i"),
    ("markup.deleted", "d"),
    ("markup.bold", "b"),
    ("punctuation.separator", "p"),
    ("punctuation.section", "p"),
    ("punctuation.terminator", "p"),
];

/// Names that people write and the syntaxes do not have.
const ALIASES: [(&str, &str); 9] = [
    ("shell", "bash"),
    ("console", "bash"),
    ("shell-session", "bash"),
    ("python3", "python"),
    ("jsonc", "json"),
    ("json5", "json"),
    ("golang", "go"),
    ("csharp", "cs"),
    ("docker", "dockerfile"),
];

struct Highlighter {
    syntaxes: SyntaxSet,
    classes: Vec<(Scope, &'static str)>,
}

#[derive(Default)]
struct Cache {
    blocks: HashMap<(String, String), Arc<str>>,
    bytes: usize,
}

fn highlighter() -> &'static Highlighter {
    static SHARED: OnceLock<Highlighter> = OnceLock::new();
    SHARED.get_or_init(|| {
        let mut classes: Vec<(Scope, &'static str)> =
            CLASSES.iter().filter_map(|(scope, class)| Some((Scope::new(scope).ok()?, *class))).collect();
        classes.sort_by_key(|(scope, _)| std::cmp::Reverse(scope.len()));
        Highlighter { syntaxes: two_face::syntax::extra_newlines(), classes }
    })
}

fn cache() -> &'static Mutex<Cache> {
    static CACHE: OnceLock<Mutex<Cache>> = OnceLock::new();
    CACHE.get_or_init(Mutex::default)
}

/// Colours `code`. The same code gives the same HTML, whether it was seen before or not.
pub(super) fn colour(language: &str, code: &str) -> Colouring {
    let highlighter = highlighter();
    let lower = language.to_lowercase();
    let name = ALIASES.iter().find(|(alias, _)| *alias == lower).map_or(lower.as_str(), |(_, name)| name);
    let Some(syntax) = highlighter.syntaxes.find_syntax_by_token(name) else {
        return Colouring::UnknownLanguage(name.to_string());
    };
    if code.len() > MAX_BLOCK || code.lines().any(|line| line.len() > MAX_LINE) {
        return Colouring::TooLarge;
    }
    let key = (syntax.name.clone(), code.to_string());
    if let Some(html) = cache().lock().unwrap_or_else(PoisonError::into_inner).blocks.get(&key) {
        return Colouring::Coloured(html.clone());
    }
    let html: Arc<str> = highlighter.coloured(syntax, code).into();
    let mut cache = cache().lock().unwrap_or_else(PoisonError::into_inner);
    let cost = html.len() + code.len();
    if cache.bytes + cost > MAX_CACHED {
        *cache = Cache::default();
    }
    cache.bytes += cost;
    cache.blocks.insert(key, html.clone());
    Colouring::Coloured(html)
}

/// The known language nearest to one that is not, as a question.
pub(super) fn nearest(name: &str) -> Option<String> {
    let names = highlighter().syntaxes.syntaxes().iter().map(|syntax| syntax.name.as_str());
    let lower: Vec<String> = names.map(str::to_lowercase).filter(|name| !name.contains(' ')).collect();
    did_you_mean(name, lower.iter().map(String::as_str))
}

impl Highlighter {
    fn coloured(&self, syntax: &SyntaxReference, code: &str) -> String {
        let mut spans =
            Spans { html: String::with_capacity(code.len() * 2), open: None, space: String::new() };
        let mut state = ParseState::new(syntax);
        let mut stack = ScopeStack::new();
        let mut known: HashMap<Scope, Option<&'static str>> = HashMap::new();
        let mut class = None;
        let mut rest = code;
        while !rest.is_empty() {
            let length = rest.find('\n').map_or(rest.len(), |newline| newline + 1);
            let (line, after) = rest.split_at(length);
            let Ok(changes) = state.parse_line(line, &self.syntaxes) else {
                // A syntax with a fault of its own: the rest is plain.
                spans.push(rest, None);
                break;
            };
            let mut from = 0;
            for (at, change) in &changes {
                let at = (*at).min(line.len());
                if at > from && line.is_char_boundary(at) {
                    spans.push(&line[from..at], class);
                    from = at;
                }
                if stack.apply(change).is_err() {
                    continue;
                }
                class = stack
                    .as_slice()
                    .iter()
                    .rev()
                    .find_map(|scope| *known.entry(*scope).or_insert_with(|| self.class_of(*scope)));
            }
            spans.push(&line[from..], class);
            rest = after;
        }
        spans.finish()
    }

    fn class_of(&self, scope: Scope) -> Option<&'static str> {
        self.classes.iter().find(|(prefix, _)| prefix.is_prefix_of(scope)).map(|(_, class)| *class)
    }
}

/// Writes spans; neighbours of one class become one, also where white space without a class stands between them.
struct Spans {
    html: String,
    open: Option<&'static str>,
    space: String,
}

impl Spans {
    fn push(&mut self, text: &str, class: Option<&'static str>) {
        if text.bytes().all(|byte| byte.is_ascii_whitespace()) {
            self.space.push_str(text);
            return;
        }
        if class != self.open {
            self.close();
        }
        self.html.push_str(&self.space);
        self.space.clear();
        if let Some(class) = class
            && self.open.is_none()
        {
            self.html.push_str("<span class=\"");
            self.html.push_str(class);
            self.html.push_str("\">");
            self.open = Some(class);
        }
        // The end of the line may yet turn out to stand between spans.
        let kept = text.trim_end_matches('\n');
        push_clean_escaped(&mut self.html, kept);
        self.space.push_str(&text[kept.len()..]);
    }

    fn close(&mut self) {
        if self.open.take().is_some() {
            self.html.push_str("</span>");
        }
    }

    fn finish(mut self) -> String {
        self.close();
        self.html.push_str(&self.space);
        self.html
    }
}
