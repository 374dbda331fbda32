//! What became of the words of one clause: runs that stayed, went and came. The work is bounded whatever the words
//! are: on texts that have little in common, Myers' algorithm as in `similar` settles for less than the least.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use similar::{Algorithm, DiffTag, capture_diff_slices};

/// What became of a run of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Edit {
    /// It is in both.
    Same,
    /// Only in the later version.
    Inserted,
    /// Only in the earlier version.
    Deleted,
}

/// A run of words of a clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    /// What became of it.
    pub edit: Edit,
    /// Its words, with the spaces between them.
    pub text: String,
}

/// A stretch of both texts: the same words, or what went and what came in its place.
struct Stretch {
    is_same: bool,
    before: Range<usize>,
    after: Range<usize>,
}

/// The text of the later version with what went before what came. What stayed and went is the earlier text, what
/// stayed and came the later.
pub(super) fn runs(before: &[String], after: &[String]) -> Vec<Run> {
    // Which of several equally short ways is found must not depend on which text comes first.
    if before > after {
        let mut runs = runs(after, before);
        for run in &mut runs {
            run.edit = match run.edit {
                Edit::Same => Edit::Same,
                Edit::Inserted => Edit::Deleted,
                Edit::Deleted => Edit::Inserted,
            };
        }
        for index in 1..runs.len() {
            if runs[index - 1].edit == Edit::Inserted && runs[index].edit == Edit::Deleted {
                runs.swap(index - 1, index);
            }
        }
        return runs;
    }
    let stretches = tightened(joined(stretches(before, after), before, after), before, after);
    let mut runs = Vec::new();
    for stretch in stretches {
        let mut push = |edit, pieces: &[String]| {
            if !pieces.is_empty() {
                runs.push(Run { edit, text: pieces.concat() });
            }
        };
        if stretch.is_same {
            push(Edit::Same, &after[stretch.after]);
        } else {
            push(Edit::Deleted, &before[stretch.before]);
            push(Edit::Inserted, &after[stretch.after]);
        }
    }
    runs
}

fn stretches(before: &[String], after: &[String]) -> Vec<Stretch> {
    let mut numbers: HashMap<&str, usize> = HashMap::new();
    let mut number = |piece| {
        let next = numbers.len();
        *numbers.entry(piece).or_insert(next)
    };
    let old: Vec<usize> = before.iter().map(|piece| number(piece)).collect();
    let new: Vec<usize> = after.iter().map(|piece| number(piece)).collect();
    let mut stretches: Vec<Stretch> = Vec::new();
    for (is_same, before, after) in matched(&old, &new) {
        match stretches.last_mut() {
            Some(last) if last.is_same == is_same => {
                last.before.end = before.end;
                last.after.end = after.end;
            }
            _ => stretches.push(Stretch { is_same, before, after }),
        }
    }
    stretches
}

/// Ranges of both that are the same or not, in order.
pub(super) fn matched<T: Hash + Eq + Ord>(
    before: &[T],
    after: &[T],
) -> Vec<(bool, Range<usize>, Range<usize>)> {
    capture_diff_slices(Algorithm::Myers, before, after)
        .iter()
        .map(|step| (step.tag() == DiffTag::Equal, step.old_range(), step.new_range()))
        .collect()
}

/// Words that both share by chance between long changes tear apart what is read as one change: such stretches join it.
fn joined(stretches: Vec<Stretch>, before: &[String], after: &[String]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::with_capacity(stretches.len());
    for mut stretch in stretches {
        while !stretch.is_same
            && let [.., earlier, same] = out.as_slice()
            && same.is_same
            && !earlier.is_same
            && is_chance(earlier, same, &stretch, before, after)
        {
            stretch.before.start = earlier.before.start;
            stretch.after.start = earlier.after.start;
            out.truncate(out.len() - 2);
        }
        out.push(stretch);
    }
    out
}

/// Whether what is the same says less than what was changed on each side of it.
fn is_chance(
    earlier: &Stretch,
    same: &Stretch,
    later: &Stretch,
    before: &[String],
    after: &[String],
) -> bool {
    let letters = |pieces: &[String]| -> usize {
        // Enough to tell that it is more than a word or two.
        let words = pieces.iter().filter(|piece| piece.contains(char::is_alphanumeric));
        words.take(MOST_CHANCE + 1).map(|word| word.chars().count()).sum()
    };
    let changed = |stretch: &Stretch| {
        letters(&before[stretch.before.clone()]).max(letters(&after[stretch.after.clone()]))
    };
    let kept = &after[same.after.clone()];
    let words =
        kept.iter().filter(|piece| piece.contains(char::is_alphanumeric)).take(MOST_CHANCE + 1).count();
    words == 0 && kept.len() < 3 && kept.iter().any(|piece| piece == " ")
        || words <= MOST_CHANCE && letters(kept) <= changed(earlier).min(changed(later))
}

/// More words than these in a row are not the same by chance.
const MOST_CHANCE: usize = 3;

/// What a change begins and ends with in both texts stays the same.
fn tightened(stretches: Vec<Stretch>, before: &[String], after: &[String]) -> Vec<Stretch> {
    let mut out: Vec<Stretch> = Vec::with_capacity(stretches.len());
    let mut push = |is_same, before: Range<usize>, after: Range<usize>| match out.last_mut() {
        _ if before.is_empty() && after.is_empty() => {}
        Some(last) if last.is_same && is_same => {
            last.before.end = before.end;
            last.after.end = after.end;
        }
        _ => out.push(Stretch { is_same, before, after }),
    };
    for Stretch { is_same, before: old, after: new } in stretches {
        if is_same {
            push(true, old, new);
            continue;
        }
        let (gone, come) = (&before[old.clone()], &after[new.clone()]);
        let most = gone.len().min(come.len());
        let head = gone.iter().zip(come).take_while(|(one, other)| one == other).count();
        let tail = gone.iter().rev().zip(come.iter().rev()).take_while(|(one, other)| one == other).count();
        let tail = tail.min(most - head);
        push(true, old.start..old.start + head, new.start..new.start + head);
        push(false, old.start + head..old.end - tail, new.start + head..new.end - tail);
        push(true, old.end - tail..old.end, new.end - tail..new.end);
    }
    out
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;
    use std::hash::Hasher;

    use proptest::prelude::*;

    use super::*;

    fn pieces(text: &str) -> Vec<String> {
        text.split_inclusive(' ')
            .flat_map(|word| {
                let bare = word.trim_end();
                [bare, &word[bare.len()..]].map(str::to_string)
            })
            .filter(|piece| !piece.is_empty())
            .collect()
    }

    fn marked(before: &str, after: &str) -> String {
        runs(&pieces(before), &pieces(after))
            .iter()
            .map(|run| match run.edit {
                Edit::Same => run.text.clone(),
                Edit::Inserted => format!("+{}+", run.text),
                Edit::Deleted => format!("-{}-", run.text),
            })
            .collect()
    }

    #[test]
    fn changed_words_are_marked_and_no_others() {
        assert_eq!(
            marked(
                "The board decides with a third of the members",
                "The board decides with half of the members"
            ),
            "The board decides with -a third-+half+ of the members"
        );
        assert_eq!(marked("It meets monthly", "It meets monthly in public"), "It meets monthly+ in public+");
    }

    #[test]
    fn a_word_shared_by_chance_does_not_tear_a_change_apart() {
        assert_eq!(
            marked("asks the trusts for money twice", "gives the boards papers early twice"),
            "-asks the trusts for money-+gives the boards papers early+ twice"
        );
    }

    #[derive(Clone)]
    struct Counted<'c>(u32, &'c Cell<u64>);

    impl PartialEq for Counted<'_> {
        fn eq(&self, other: &Self) -> bool {
            self.1.set(self.1.get() + 1);
            self.0 == other.0
        }
    }
    impl Eq for Counted<'_> {}
    impl PartialOrd for Counted<'_> {
        fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
            Some(self.cmp(other))
        }
    }
    impl Ord for Counted<'_> {
        fn cmp(&self, other: &Self) -> std::cmp::Ordering {
            self.1.set(self.1.get() + 1);
            self.0.cmp(&other.0)
        }
    }
    impl Hash for Counted<'_> {
        fn hash<H: Hasher>(&self, state: &mut H) {
            self.0.hash(state);
        }
    }

    /// Numbers below `below`, in no order.
    fn scattered(length: u32, below: u32, seed: u32) -> Vec<u32> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % below
        };
        (0..length).map(|_| next()).collect()
    }

    #[test]
    fn the_work_on_long_texts_without_likeness_is_bounded() {
        let length = 30_000;
        let rising: Vec<u32> = (0..length).collect();
        let falling: Vec<u32> = (0..length).rev().collect();
        let alternating: Vec<u32> = (0..length).map(|index| index % 2).collect();
        let threes: Vec<u32> = (0..length).map(|index| u32::from(index % 3 == 0)).collect();
        for (name, before, after) in [
            ("two words", scattered(length, 2, 1), scattered(length, 2, 7)),
            ("many words", scattered(length, 5_000, 1), scattered(length, 5_000, 7)),
            ("backwards", rising, falling),
            ("in turn", alternating, threes),
        ] {
            let count = Cell::new(0);
            let counted = |numbers: Vec<u32>| -> Vec<Counted<'_>> {
                numbers.into_iter().map(|number| Counted(number, &count)).collect()
            };
            matched(&counted(before), &counted(after));
            // A square would be nine hundred million.
            assert!(count.get() < 40_000_000, "{name}: {} comparisons", count.get());
        }
    }

    proptest! {
        #[test]
        fn runs_rebuild_both_texts(before in "[abc ]{0,40}", after in "[abc ]{0,40}") {
            let (before, after) = (pieces(&before), pieces(&after));
            let runs = runs(&before, &after);
            let text = |without: Edit| -> String {
                runs.iter().filter(|run| run.edit != without).map(|run| run.text.as_str()).collect()
            };
            prop_assert_eq!(text(Edit::Inserted), before.concat());
            prop_assert_eq!(text(Edit::Deleted), after.concat());
            prop_assert!(runs.windows(2).all(|pair| pair[0].edit != pair[1].edit));
        }
    }
}
