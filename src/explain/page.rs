//! The notation of the pages: a head of `name: value` lines, words, and fences that each hold a file or a part of one.
//! Reading never fails: what a page lacks is empty, and a test says so.

/// The page of one rule or topic.
#[derive(Debug, Clone)]
pub struct Page<'a> {
    /// The code, such as `broken-link`, or the topic's name.
    pub name: &'a str,
    /// The lines of the head.
    head: Vec<(&'a str, &'a str)>,
    /// What stands below it, in order.
    pub blocks: Vec<Block<'a>>,
}

/// A part of a page.
#[derive(Debug, Clone)]
pub enum Block<'a> {
    /// A heading, without its `#` signs.
    Heading(&'a str),
    /// A paragraph, its lines joined.
    Words(String),
    /// An item of a list, with its mark.
    Item(&'a str, String),
    /// A fence.
    Example(Example<'a>),
}

/// What an example is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A site with this file has the problem.
    Wrong,
    /// With this file in its place it has none.
    Right,
    /// A file that both need.
    With,
    /// For reading only.
    Plain,
}

/// A fence: a file, or what matters of one.
#[derive(Debug, Clone)]
pub struct Example<'a> {
    /// What it is for.
    pub role: Role,
    /// The language of the fence; `yaml` for the fields of a page.
    pub language: &'a str,
    /// The path of the file, such as `content/index.md`; empty for [`Role::Plain`].
    pub path: &'a str,
    /// Further words of the fence's first line, such as `as=warning`.
    attributes: Vec<(&'a str, &'a str)>,
    /// Its lines, without those that only mark a place.
    pub lines: Vec<Line<'a>>,
    /// The number of its first line in the page, from 0.
    pub first_line: usize,
}

/// A line of an example.
#[derive(Debug, Clone)]
pub struct Line<'a> {
    /// The line as it stands in the file.
    pub text: &'a str,
    /// The places in it that a message points to.
    pub marks: Vec<Mark<'a>>,
}

/// A place in a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Mark<'a> {
    /// In characters, from 1.
    pub column: usize,
    /// In characters.
    pub length: usize,
    /// What stands beside the mark; mostly nothing.
    pub words: &'a str,
}

impl<'a> Page<'a> {
    /// Reads a page.
    pub fn read(name: &'a str, text: &'a str) -> Self {
        let lines: Vec<&str> = text.lines().collect();
        let mut at = 0;
        let mut head = Vec::new();
        if lines.first() == Some(&"---") {
            let end = lines.iter().skip(1).position(|line| *line == "---").map_or(lines.len(), |end| end + 1);
            head.extend(lines[1..end].iter().filter_map(|line| line.split_once(": ")));
            at = end + 1;
        }
        let mut blocks = Vec::new();
        while let Some(line) = lines.get(at) {
            if let Some(opening) = line.strip_prefix("```") {
                let fence = &lines[at + 1..];
                // A fence that holds fences is opened by more signs.
                let signs = "`".repeat(3 + opening.len() - opening.trim_start_matches('`').len());
                let length = fence.iter().position(|line| *line == signs).unwrap_or(fence.len());
                let words = opening.trim_start_matches('`');
                blocks.push(Block::Example(Example::read(words, &fence[..length], at + 1)));
                at += length + 2;
            } else if let Some(heading) = line.strip_prefix('#') {
                blocks.push(Block::Heading(heading.trim_start_matches('#').trim()));
                at += 1;
            } else if line.trim().is_empty() {
                at += 1;
            } else {
                let goes_on = |line: &&str| {
                    !line.trim().is_empty() && !line.starts_with(['#', '`']) && mark_of_item(line).is_none()
                };
                let length = 1 + lines[at + 1..].iter().take_while(|line| goes_on(line)).count();
                let mark = mark_of_item(line);
                let words =
                    lines[at..at + length].iter().map(|line| line.trim()).collect::<Vec<_>>().join(" ");
                blocks.push(match mark {
                    Some(mark) => Block::Item(mark, words[mark.len()..].trim_start().to_string()),
                    None => Block::Words(words),
                });
                at += length;
            }
        }
        Self { name, head, blocks }
    }

    /// A line of the head; empty where there is none of this name.
    pub fn head(&self, name: &str) -> &'a str {
        self.head.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value.trim())
    }

    /// The sentence that says what the rule means.
    pub fn sentence(&self) -> &str {
        let words = self.blocks.iter().find_map(|block| match block {
            Block::Words(words) => Some(words.as_str()),
            _ => None,
        });
        words.unwrap_or_default()
    }

    /// The fences, in order.
    pub fn examples(&self) -> impl Iterator<Item = &Example<'a>> {
        self.blocks.iter().filter_map(|block| match block {
            Block::Example(example) => Some(example),
            _ => None,
        })
    }
}

/// `-` or `1.` at the beginning of a line.
fn mark_of_item(line: &str) -> Option<&str> {
    let (mark, _) = line.split_once(' ')?;
    let is_number = mark.strip_suffix('.').is_some_and(|number| number.parse::<u8>().is_ok());
    (mark == "-" || is_number).then_some(mark)
}

impl<'a> Example<'a> {
    fn read(opening: &'a str, lines: &[&'a str], first_line: usize) -> Self {
        let mut words = opening.split_whitespace();
        let language = words.next().unwrap_or("");
        let mut example = Self {
            role: Role::Plain,
            language,
            path: "",
            attributes: Vec::new(),
            lines: Vec::new(),
            first_line,
        };
        for word in words {
            let (name, value) = word.split_once('=').unwrap_or((word, ""));
            let role = match name {
                "wrong" => Role::Wrong,
                "right" => Role::Right,
                "with" => Role::With,
                _ => {
                    example.attributes.push((name, value));
                    continue;
                }
            };
            (example.role, example.path) = (role, value);
        }
        example.lines = match example.role {
            Role::Wrong => marked(lines),
            _ => lines.iter().map(|text| Line { text, marks: Vec::new() }).collect(),
        };
        example
    }

    /// A word of the fence's first line: `Some("warning")` for `as=warning`.
    pub fn attribute(&self, name: &str) -> Option<&'a str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| *value)
    }
}

/// Lines with the marks that stand below them.
pub fn marked<'a>(lines: &[&'a str]) -> Vec<Line<'a>> {
    let mut all: Vec<Line<'a>> = Vec::new();
    for line in lines {
        match (Mark::read(line), all.last_mut()) {
            (Some(mark), Some(above)) => above.marks.push(mark),
            _ => all.push(Line { text: line, marks: Vec::new() }),
        }
    }
    all
}

impl<'a> Mark<'a> {
    /// A line of spaces, `^` signs and perhaps words.
    fn read(line: &'a str) -> Option<Self> {
        let marks = line.trim_start_matches(' ');
        let rest = marks.trim_start_matches('^');
        let length = marks.len() - rest.len();
        let is_mark = length > 0 && (rest.is_empty() || rest.starts_with(' '));
        is_mark.then(|| Self { column: line.len() - marks.len() + 1, length, words: rest.trim() })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "---\nseverity: error\nstage: parse\n---\n\n# `broken-link`\n\nA link leads\nto nothing.\n\n- One\n- Two\n  more\n\n```markdown wrong=content/a.md as=warning\n[A](b.md)\n    ^^^^ no such file\n^\n```\n";

    #[test]
    fn a_page_is_a_head_words_and_examples() {
        let page = Page::read("broken-link", PAGE);
        assert_eq!((page.head("severity"), page.head("since")), ("error", ""));
        assert_eq!(page.sentence(), "A link leads to nothing.");
        let items: Vec<&Block<'_>> =
            page.blocks.iter().filter(|block| matches!(block, Block::Item(..))).collect();
        assert!(matches!(items[..], [_, Block::Item("-", words)] if words == "Two more"), "{items:?}");
    }

    #[test]
    fn marks_are_taken_out_of_the_lines_and_say_where() {
        let page = Page::read("broken-link", PAGE);
        let example = page.examples().next().unwrap();
        assert_eq!((example.role, example.path), (Role::Wrong, "content/a.md"));
        assert_eq!((example.language, example.attribute("as")), ("markdown", Some("warning")));
        assert_eq!(example.lines.len(), 1);
        let marks: Vec<(usize, usize, &str)> =
            example.lines[0].marks.iter().map(|mark| (mark.column, mark.length, mark.words)).collect();
        assert_eq!(marks, [(5, 4, "no such file"), (1, 1, "")]);
    }

    #[test]
    fn what_ends_too_early_is_read_as_far_as_it_goes() {
        for text in ["", "---", "---\na: b", "```", "```text wrong=", "# ", "- ", "````text\n```\nx"] {
            Page::read("x", text);
        }
    }
}
