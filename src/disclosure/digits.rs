//! Digits as people group them: `943 476 5919` with spaces of any width, dashes or dots between the groups, in ordinary or
//! full-width digits, with emphasis or marks of no width among them.

/// Digits without anything between them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Group {
    pub(super) start: usize,
    pub(super) end: usize,
    /// How many digits it has.
    pub(super) count: usize,
    /// What stands between it and the group before.
    pub(super) after: Gap,
}

/// What stands between two groups.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Gap {
    /// The group is the first.
    First,
    Space,
    /// A line ends here.
    Line,
    Dash,
    Dot,
}

/// The digit at the beginning of a text, and its length in bytes.
pub(super) fn digit(text: &str, at: usize) -> Option<(u8, usize)> {
    let bytes = text.as_bytes();
    match *bytes.get(at)? {
        digit @ b'0'..=b'9' => Some((digit - b'0', 1)),
        // Full-width digits, U+FF10 to U+FF19.
        0xef if bytes.get(at + 1) == Some(&0xbc) => match *bytes.get(at + 2)? {
            last @ 0x90..=0x99 => Some((last - 0x90, 3)),
            _ => None,
        },
        _ => None,
    }
}

/// The groups that begin at `at`, as far as nothing but gaps stands between them.
pub(super) fn cluster(text: &str, at: usize, groups: &mut Vec<Group>) {
    groups.clear();
    let mut after = Gap::First;
    let mut start = at;
    loop {
        let mut end = start;
        let mut count = 0;
        loop {
            if let Some((_, length)) = digit(text, end) {
                end += length;
                count += 1;
            } else if let Some(length) =
                nothing_seen(text, end).filter(|length| digit(text, end + length).is_some())
            {
                end += length;
            } else {
                break;
            }
        }
        if count == 0 {
            return;
        }
        groups.push(Group { start, end, count, after });
        match gap(text, end) {
            Some((gap, length)) if digit(text, end + length).is_some() => {
                after = gap;
                start = end + length;
            }
            _ => return,
        }
    }
}

/// A mark that nobody sees, at a place: of no width, or a hyphen for the end of a line.
fn nothing_seen(text: &str, at: usize) -> Option<usize> {
    let first = text.get(at..)?.chars().next()?;
    matches!(first, '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}').then(|| first.len_utf8())
}

/// No gap that people write is longer, in characters.
const LONGEST_GAP: usize = 4;

fn gap(text: &str, at: usize) -> Option<(Gap, usize)> {
    let mut found: Option<Gap> = None;
    let mut length = 0;
    let rest = text.get(at..)?;
    for _ in 0..LONGEST_GAP {
        let rest = &rest[length..];
        if let Some(entity) = SPACES_BY_NAME.iter().find(|entity| rest.starts_with(*entity)) {
            found = found.or(Some(Gap::Space));
            length += entity.len();
            continue;
        }
        let Some(character) = rest.chars().next() else { break };
        let gap = match character {
            ' '
            | '\t'
            | '\u{a0}'
            | '\u{1680}'
            | '\u{2000}'..='\u{200d}'
            | '\u{202f}'
            | '\u{205f}'
            | '\u{2060}'
            | '\u{3000}'
            | '*'
            | '_'
            | '`' => Gap::Space,
            '\n' | '\r' | '\u{2028}' => Gap::Line,
            '-' | '\u{ad}' | '\u{2010}'..='\u{2015}' | '\u{2212}' | '\u{fe63}' | '\u{ff0d}' => Gap::Dash,
            '.' | '\u{b7}' | '\u{2024}' | '\u{2027}' | '\u{ff0e}' => Gap::Dot,
            _ => break,
        };
        found = match (found, gap) {
            // The end of a line with a carriage return is one end.
            (Some(Gap::Line), Gap::Line) if character == '\n' && rest.len() < text.len() && length == 1 => {
                found
            }
            (Some(Gap::Line), Gap::Line) => return None,
            (None | Some(Gap::Space), gap) => Some(gap),
            (found, _) => found,
        };
        length += character.len_utf8();
    }
    found.map(|gap| (gap, length))
}

const SPACES_BY_NAME: [&str; 6] = ["&nbsp;", "&#160;", "&#xa0;", "&#xA0;", "&thinsp;", "&#8239;"];

/// The first ten digits of a text; none where there are fewer.
pub(super) fn ten(text: &str) -> Option<[u8; 10]> {
    let mut ten = [0; 10];
    let mut count = 0;
    let mut at = 0;
    while at < text.len() && count < 10 {
        match digit(text, at) {
            Some((value, length)) => {
                ten[count] = value;
                count += 1;
                at += length;
            }
            None => at += 1,
        }
    }
    (count == 10).then_some(ten)
}
