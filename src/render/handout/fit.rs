//! How much of each section fits the page. Short sections are told whole; the room that is left is shared by the long ones.

use tera::Value;

use super::told::{Block, Tale};
use crate::render::value::map;
use crate::text::fitting::{Lines, Setting};

/// The column of the text, in points as `handout.css` has it: beside the line and its stops.
const TEXT: Setting = Setting { size: 9.5, is_bold: false, line: 318.0 };
const POINT: Setting = Setting { line: 308.0, ..TEXT };
const LEADING: f64 = 13.0;
/// Below a paragraph or a point.
const BELOW: f64 = 4.0;
/// A heading, and the space below its section.
const AROUND: f64 = 28.0;
/// What stands after a text that was cut.
const MARK: &str = " […]";

/// The room for the text.
#[derive(Debug, Clone, Copy)]
pub(super) struct Room {
    /// In points.
    pub(super) height: f64,
}

/// What fits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Fitted {
    /// The sections.
    pub(super) parts: Vec<Part>,
    /// Whether anything had to be left out.
    pub(super) is_cut: bool,
}

/// As much of a section as fits.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Part {
    tale: Tale,
    is_cut: bool,
}

impl Part {
    pub(super) fn value(&self) -> Value {
        let block = |block: &Block| {
            map([
                ("is_point", Value::from(block.is_point)),
                ("lead", Value::from(block.lead.as_str())),
                ("text", Value::from(block.sentences.join(" "))),
            ])
        };
        map([
            ("heading", Value::from(self.tale.heading.as_str())),
            ("is_next", Value::from(self.tale.is_next)),
            ("blocks", self.tale.blocks.iter().map(block).collect::<Vec<_>>().into()),
            ("is_cut", Value::from(self.is_cut)),
        ])
    }
}

/// Cuts the sections to the room.
pub(super) fn fitted(tales: Vec<Tale>, room: Room) -> Fitted {
    #[expect(clippy::cast_precision_loss, reason = "a page has few sections")]
    let mut left = room.height - tales.len() as f64 * AROUND;
    let needs: Vec<f64> = tales.iter().map(|tale| tale.blocks.iter().map(height).sum()).collect();
    let mut waiting: Vec<usize> = (0..tales.len()).collect();
    waiting.sort_by(|one, other| needs[*one].total_cmp(&needs[*other]).then(one.cmp(other)));
    let mut kept: Vec<Begun> = vec![Begun::default(); tales.len()];
    // The shortest first: what they do not need is shared by those that are longer.
    for (place, index) in waiting.iter().enumerate() {
        #[expect(clippy::cast_precision_loss, reason = "a page has few sections")]
        let share = left / (needs.len() - place) as f64;
        kept[*index] = begin(&tales[*index].blocks, share);
        left -= kept[*index].height;
    }
    // Whole sentences leave room at each section's end, which together may hold one more.
    for index in waiting {
        if !kept[index].is_cut {
            continue;
        }
        let more = begin(&tales[index].blocks, left + kept[index].height);
        if more.height > kept[index].height {
            left -= more.height - kept[index].height;
            kept[index] = more;
        }
    }
    let parts: Vec<Part> = tales
        .into_iter()
        .zip(kept)
        .map(|(tale, Begun { blocks, is_cut, .. })| Part { is_cut, tale: Tale { blocks, ..tale } })
        .collect();
    let is_cut = parts.iter().any(|part| part.is_cut);
    Fitted { parts, is_cut }
}

/// The beginning of a section.
#[derive(Debug, Clone, Default)]
struct Begun {
    blocks: Vec<Block>,
    /// What the blocks take of the column.
    height: f64,
    /// Whether more would follow.
    is_cut: bool,
}

/// As many whole sentences as fit; where not even the first does, as much of it as fits.
fn begin(blocks: &[Block], room: f64) -> Begun {
    let mut begun = Begun::default();
    for block in blocks {
        let setting = setting(block);
        let lead = lead(block);
        let mut lines = setting.lines_after(&lead);
        let mut count = 0;
        for sentence in &block.sentences {
            let mut more = lines.clone();
            more.add_words(sentence);
            // Any block may turn out to be the last.
            let mut marked = more.clone();
            marked.add_words(MARK);
            if begun.height_after(&marked) > room {
                break;
            }
            lines = more;
            count += 1;
        }
        if count == 0 {
            if begun.blocks.is_empty() {
                begun.blocks.extend(cut(block, room));
                begun.height = begun.blocks.iter().map(height).sum();
            }
            begun.is_cut = true;
            break;
        }
        begun.height = begun.height_after(&lines);
        begun.blocks.push(Block { sentences: block.sentences[..count].to_vec(), ..block.clone() });
        if count < block.sentences.len() {
            begun.is_cut = true;
            break;
        }
    }
    // A line that announces a list says nothing without it.
    if begun.blocks.len() < blocks.len()
        && begun.blocks.len() > 1
        && begun.blocks.last().is_some_and(|last| !last.is_point && announces(last))
    {
        begun.height -= begun.blocks.pop().as_ref().map_or(0.0, height);
    }
    begun
}

impl Begun {
    fn height_after(&self, lines: &Lines<'_>) -> f64 {
        self.height + height_of(lines)
    }
}

fn announces(block: &Block) -> bool {
    block.sentences.last().is_some_and(|sentence| sentence.ends_with(':'))
}

/// As many words of a block's first sentence as fit, if a line does.
fn cut(block: &Block, room: f64) -> Option<Block> {
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a count of lines of one page"
    )]
    let lines = ((room - BELOW).max(0.0) / LEADING).floor() as usize;
    let sentence = block.sentences.first()?;
    let Setting { line, size, .. } = setting(block);
    // Room for the mark, wherever the text ends.
    let words = Setting { line: line - 2.0 * size, ..setting(block) }.cut(sentence, lines);
    (lines > 0).then(|| Block { lead: String::new(), sentences: vec![words], ..block.clone() })
}

fn setting(block: &Block) -> Setting {
    if block.is_point { POINT } else { TEXT }
}

/// What a block takes of the column.
fn height(block: &Block) -> f64 {
    let setting = setting(block);
    let lead = lead(block);
    let mut lines = setting.lines_after(&lead);
    block.sentences.iter().for_each(|sentence| lines.add_words(sentence));
    height_of(&lines)
}

/// The words that run into a block. Their stop is as wide as their last sign at most.
fn lead(block: &Block) -> String {
    if block.lead.is_empty() { String::new() } else { format!("{}..", block.lead) }
}

#[expect(clippy::cast_precision_loss, reason = "a page has few lines")]
fn height_of(lines: &Lines<'_>) -> f64 {
    lines.count() as f64 * LEADING + BELOW
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn tale(sentences: &[usize]) -> Tale {
        let sentence = |words: &usize| format!("{}end.", "Word ".repeat(*words));
        Tale {
            heading: "Problem".to_string(),
            is_next: false,
            blocks: vec![Block { sentences: sentences.iter().map(sentence).collect(), ..Block::default() }],
        }
    }

    fn all_taken(parts: &[Part]) -> f64 {
        parts.iter().map(|part| AROUND + part.tale.blocks.iter().map(height).sum::<f64>()).sum()
    }

    #[test]
    fn what_fits_is_told_whole_and_the_rest_is_shared() {
        let all = vec![tale(&[5]), tale(&[30; 40]), tale(&[5]), tale(&[30; 40])];
        let Fitted { parts, is_cut } = fitted(all.clone(), Room { height: 400.0 });
        assert!(is_cut && !parts[0].is_cut && parts[1].is_cut && !parts[2].is_cut);
        let told = |part: &Part| part.tale.blocks[0].sentences.len();
        assert_eq!((told(&parts[0]), told(&parts[1]), told(&parts[3])), (1, 3, 3));
        assert!(parts[1].tale.blocks[0].sentences.iter().all(|sentence| sentence.ends_with("end.")));
        assert!(!fitted(all, Room { height: 9_000.0 }).is_cut);
    }

    #[test]
    fn a_sentence_that_is_longer_than_the_room_is_cut_at_a_word() {
        let Fitted { parts, .. } = fitted(vec![tale(&[900])], Room { height: 100.0 });
        assert!(parts[0].tale.blocks[0].sentences[0].ends_with("Word…"), "{parts:?}");
    }

    proptest! {
        #[test]
        fn nothing_is_ever_taller_than_the_room(
            lengths in proptest::collection::vec(proptest::collection::vec(0usize..90, 1..12), 1..6),
            height in 180.0f64..700.0,
        ) {
            let tales: Vec<Tale> = lengths.iter().map(|sentences| tale(sentences)).collect();
            let Fitted { parts, .. } = fitted(tales, Room { height });
            prop_assert!(all_taken(&parts) <= height + 0.001);
        }
    }
}
