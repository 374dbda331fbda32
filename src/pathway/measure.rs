//! How wide words are, and where their lines break, without a font at hand: the measure of Arial and Helvetica.
//! In: a [`Label`] and the width it may take. Out: [`TextLine`]s, the fewest and then the narrowest.

use crate::pathway::model::{Label, Run};
use crate::text::widths::{advance, is_wide};

/// A label longer than this is cut, and ends in "…": a drawing is no place for a page of text.
const MOST_CHARACTERS: usize = 480;
/// A label of more lines than this is cut in the same way.
const MOST_LINES: usize = 14;

/// Type as a drawing sets it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Type {
    /// The size of the letters in px.
    pub size: u16,
    /// From one line to the next in px.
    pub leading: u16,
    /// Whether all of it is bold.
    pub bold: bool,
}

/// The words of nodes.
pub const WORDS: Type = Type { size: 14, leading: 18, bold: false };
/// The words of nodes that the author made bold, and the titles of lanes and frames.
pub const BOLD_WORDS: Type = Type { size: 14, leading: 18, bold: true };
/// The words of edges.
pub const EDGE_WORDS: Type = Type { size: 13, leading: 16, bold: true };

/// A line of words as it is drawn.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TextLine {
    /// The words, with their bold and italic runs.
    pub runs: Vec<Run>,
    /// Their width in px, rounded up.
    pub width: i32,
}

/// The width of words in units of 1/2048 of the type size.
fn units(text: &str, bold: bool) -> u32 {
    text.chars().map(|character| advance(character, bold)).sum()
}

/// Units as px, rounded up.
fn pixels(units: u32, size: u16) -> i32 {
    i32::try_from((u64::from(units) * u64::from(size)).div_ceil(2048)).unwrap_or(i32::MAX)
}

/// The width of words in px, rounded up.
pub fn width(text: &str, set: Type) -> i32 {
    pixels(units(text, set.bold), set.size)
}

/// What is never divided: a word, or a part of one that is too long for a line.
#[derive(Debug, Clone)]
struct Unit {
    runs: Vec<Run>,
    units: u32,
    spaced: bool,
}

/// Breaks a label into lines of at most `most` px: the fewest lines, then the narrowest.
pub fn wrap(label: &Label, most: i32, set: Type) -> Vec<TextLine> {
    let room = u32::try_from(i64::from(most.max(1)) * 2048 / i64::from(set.size)).unwrap_or(u32::MAX);
    let mut left = MOST_CHARACTERS;
    let mut cut = false;
    let mut paragraphs = Vec::new();
    for line in &label.lines {
        if left == 0 || paragraphs.len() == MOST_LINES {
            cut = true;
            break;
        }
        let (units, was_cut) = words_of(line, room, set.bold, &mut left);
        cut |= was_cut;
        if !units.is_empty() || label.lines.len() > 1 {
            paragraphs.push(units);
        }
    }
    while paragraphs.last().is_some_and(Vec::is_empty) {
        paragraphs.pop();
    }
    let space = advance(' ', set.bold);
    let mut lines: Vec<Vec<Unit>> = Vec::new();
    for paragraph in paragraphs {
        lines.extend(fewest_then_narrowest(paragraph, room, space));
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        cut = true;
    }
    let mut lines: Vec<TextLine> = lines.into_iter().map(|line| set_line(line, set)).collect();
    if cut && let Some(last) = lines.last_mut() {
        shorten(last, room, set);
    }
    lines
}

/// The words of one written line, long ones in pieces; and whether some were left out.
fn words_of(line: &[Run], room: u32, all_bold: bool, left: &mut usize) -> (Vec<Unit>, bool) {
    let mut words: Vec<Unit> = Vec::new();
    let mut spaced = false;
    let mut open = false;
    for run in line {
        let bold = run.bold || all_bold;
        for character in run.text.chars() {
            if character.is_whitespace() && character != '\u{a0}' {
                (spaced, open) = (true, false);
                continue;
            }
            if *left == 0 {
                return (words, true);
            }
            *left -= 1;
            let wide = is_wide(character);
            let advance = advance(character, bold);
            // A wide script has no spaces: a line may end after each of its characters.
            let full = words.last().is_some_and(|word| word.units + advance > room);
            if !open || wide || full {
                words.push(Unit { runs: Vec::new(), units: 0, spaced });
                spaced = false;
            }
            open = !wide;
            let word = words.last_mut().expect("a word was begun above");
            word.units += advance;
            match word.runs.last_mut() {
                Some(last) if last.bold == run.bold && last.italic == run.italic => last.text.push(character),
                _ => word.runs.push(Run { text: character.to_string(), bold: run.bold, italic: run.italic }),
            }
        }
    }
    (words, false)
}

/// How many lines a width gives when each is filled in turn.
fn line_count(words: &[Unit], room: u32, space: u32) -> usize {
    let mut count = 0;
    let mut used = 0;
    for word in words {
        let gap = if word.spaced { space } else { 0 };
        if count == 0 || used + gap + word.units > room {
            count += 1;
            used = word.units;
        } else {
            used += gap + word.units;
        }
    }
    count
}

fn fewest_then_narrowest(words: Vec<Unit>, room: u32, space: u32) -> Vec<Vec<Unit>> {
    let fewest = line_count(&words, room, space);
    let (mut narrow, mut wide) = (words.iter().map(|word| word.units).max().unwrap_or(0), room);
    while narrow < wide {
        let middle = narrow + (wide - narrow) / 2;
        if line_count(&words, middle, space) <= fewest {
            wide = middle;
        } else {
            narrow = middle + 1;
        }
    }
    let mut lines: Vec<Vec<Unit>> = Vec::new();
    let mut used = 0;
    for word in words {
        let gap = if word.spaced { space } else { 0 };
        match lines.last_mut() {
            Some(line) if used + gap + word.units <= wide => {
                used += gap + word.units;
                line.push(word);
            }
            _ => {
                used = word.units;
                lines.push(vec![word]);
            }
        }
    }
    if lines.is_empty() {
        lines.push(Vec::new());
    }
    lines
}

/// Joins the words of a line into runs.
fn set_line(words: Vec<Unit>, set: Type) -> TextLine {
    let mut runs: Vec<Run> = Vec::new();
    for (index, word) in words.into_iter().enumerate() {
        if word.spaced
            && index > 0
            && let Some(last) = runs.last_mut()
        {
            last.text.push(' ');
        }
        for run in word.runs {
            match runs.last_mut() {
                Some(last) if last.bold == run.bold && last.italic == run.italic => {
                    last.text.push_str(&run.text);
                }
                _ => runs.push(run),
            }
        }
    }
    let width = runs.iter().map(|run| units(&run.text, run.bold || set.bold)).sum();
    TextLine { runs, width: pixels(width, set.size) }
}

/// Ends a line in "…", with as many letters taken away as that needs.
fn shorten(line: &mut TextLine, room: u32, set: Type) {
    let Some(last) = line.runs.last_mut() else { return };
    last.text.push('…');
    let measure = |runs: &[Run]| runs.iter().map(|run| units(&run.text, run.bold || set.bold)).sum::<u32>();
    while measure(&line.runs) > room {
        let Some(last) = line.runs.last_mut() else { break };
        let kept = last.text.trim_end_matches('…').to_owned();
        let Some((end, _)) = kept.char_indices().last() else { break };
        last.text = format!("{}…", kept[..end].trim_end());
    }
    line.width = pixels(measure(&line.runs), set.size);
}

#[cfg(test)]
mod tests {
    use super::{EDGE_WORDS, WORDS, width, wrap};
    use crate::pathway::model::{Label, Run};

    fn label(text: &str) -> Label {
        Label { lines: vec![vec![Run { text: text.into(), bold: false, italic: false }]] }
    }

    fn lines(text: &str, most: i32) -> Vec<String> {
        wrap(&label(text), most, WORDS)
            .iter()
            .map(|line| line.runs.iter().map(|run| run.text.as_str()).collect())
            .collect()
    }

    #[test]
    fn words_are_as_wide_as_arial_sets_them() {
        assert_eq!(width("Haemorrhage on CT?", WORDS), 136);
        assert!(width("Repatriate", EDGE_WORDS) > width("Repatriate", WORDS) * 13 / 14);
        assert_eq!(width("Ŵ", WORDS), width("W", WORDS));
        assert_eq!(width("腦", WORDS), 14);
    }

    #[test]
    fn lines_are_few_and_then_narrow() {
        assert_eq!(lines("Symptom onset or last known well", 166), ["Symptom onset", "or last known well"]);
        assert_eq!(lines("one", 166), ["one"]);
        assert_eq!(lines("脳卒中の疑い", 50).len(), 2);
    }

    #[test]
    fn long_words_are_broken_and_long_labels_shortened() {
        let broken = wrap(&label(&"x".repeat(60)), 100, WORDS);
        assert!(broken.len() > 1 && broken.iter().all(|line| line.width <= 100));
        let long = wrap(&label(&"word ".repeat(20_000)), 166, WORDS);
        assert!(long.len() <= 14);
        assert!(long.last().unwrap().runs.last().unwrap().text.ends_with('…'));
        assert!(long.iter().all(|line| line.width <= 166));
    }
}
