//! One session for each talk, so that no two of those chosen are at once: exactly, within a bound of work.

/// From when to when.
pub(super) type Span = (i64, i64);

/// So many sessions are tried before an answer is given up.
const MOST_TRIED: usize = 5_000;

/// What came of looking for a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Choice {
    /// For each talk, the number of its chosen session.
    Found(Vec<usize>),
    /// Talks that cannot all be heard, none of which could be left out of this list.
    Impossible(Vec<usize>),
    /// It took too long to find out.
    Unknown,
}

pub(super) fn overlap(one: Span, other: Span) -> bool {
    one.0 < other.1 && other.0 < one.1
}

/// A choice among the times of each talk, the earliest where there are several.
pub(super) fn choose(talks: &[Vec<Span>]) -> Choice {
    if let Some(empty) = talks.iter().position(Vec::is_empty) {
        return Choice::Impossible(vec![empty]);
    }
    // Two talks without repeats at one time are what is mostly found, and quickly.
    for (later, spans) in talks.iter().enumerate() {
        let never_together =
            |other: &Vec<Span>| other.iter().all(|one| spans.iter().all(|two| overlap(*one, *two)));
        if let Some(earlier) = talks[..later].iter().position(never_together) {
            return Choice::Impossible(vec![earlier, later]);
        }
    }
    let mut chosen = vec![0; talks.len()];
    for group in groups(talks) {
        let mut left = MOST_TRIED;
        match solve(talks, &group, &mut left) {
            Ok(Some(found)) => {
                for (talk, session) in group.iter().zip(found) {
                    chosen[*talk] = session;
                }
            }
            Ok(None) => return core(talks, group),
            Err(TooLong) => return Choice::Unknown,
        }
    }
    Choice::Found(chosen)
}

struct TooLong;

/// Talks in groups: those of two groups are never at once. Each group, and the groups, in order.
pub(super) fn groups(talks: &[Vec<Span>]) -> Vec<Vec<usize>> {
    let mut spans: Vec<(Span, usize)> = talks
        .iter()
        .enumerate()
        .flat_map(|(talk, spans)| spans.iter().map(move |span| (*span, talk)))
        .collect();
    spans.sort_unstable();
    let mut head: Vec<usize> = (0..talks.len()).collect();
    let mut reach: Option<(i64, usize)> = None;
    for ((start, end), talk) in spans {
        reach = match reach {
            Some((until, other)) if start < until => {
                join(&mut head, talk, other);
                Some((until.max(end), talk))
            }
            _ => Some((end, talk)),
        };
    }
    let mut groups: Vec<Vec<usize>> = vec![Vec::new(); talks.len()];
    for talk in 0..talks.len() {
        let head = root(&head, talk);
        groups[head].push(talk);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn root(head: &[usize], mut talk: usize) -> usize {
    while head[talk] != talk {
        talk = head[talk];
    }
    talk
}

fn join(head: &mut [usize], one: usize, other: usize) {
    let (one, other) = (root(head, one), root(head, other));
    head[one.max(other)] = one.min(other);
}

/// A list that is impossible, made as short as it can be without becoming possible.
fn core(talks: &[Vec<Span>], mut list: Vec<usize>) -> Choice {
    let mut place = 0;
    let mut left = MOST_TRIED;
    while place < list.len() {
        let mut shorter = list.clone();
        shorter.remove(place);
        match solve(talks, &shorter, &mut left) {
            Ok(None) => list = shorter,
            // What was not found out stays in the list: it is longer than it need be, and still true.
            Ok(Some(_)) | Err(TooLong) => place += 1,
        }
    }
    Choice::Impossible(list)
}

/// A session for each talk of a group, if there is a choice; `left` counts down what may be tried.
fn solve(talks: &[Vec<Span>], group: &[usize], left: &mut usize) -> Result<Option<Vec<usize>>, TooLong> {
    let mut open: Vec<Vec<usize>> = group.iter().map(|talk| (0..talks[*talk].len()).collect()).collect();
    let mut chosen = vec![None; group.len()];
    let found = search(talks, group, &mut open, &mut chosen, left)?;
    Ok(found.then(|| chosen.into_iter().map(Option::unwrap_or_default).collect()))
}

/// Takes the talk with the fewest sessions left, each of them in turn, and strikes out what is at the same time.
fn search(
    talks: &[Vec<Span>],
    group: &[usize],
    open: &mut Vec<Vec<usize>>,
    chosen: &mut Vec<Option<usize>>,
    left: &mut usize,
) -> Result<bool, TooLong> {
    let next =
        (0..group.len()).filter(|place| chosen[*place].is_none()).min_by_key(|place| open[*place].len());
    let Some(next) = next else { return Ok(true) };
    for session in open[next].clone() {
        *left = left.checked_sub(1).ok_or(TooLong)?;
        let span = talks[group[next]][session];
        chosen[next] = Some(session);
        let before = open.clone();
        let mut is_possible = true;
        for place in (0..group.len()).filter(|place| chosen[*place].is_none()) {
            open[place].retain(|other| !overlap(talks[group[place]][*other], span));
            is_possible &= !open[place].is_empty();
        }
        if is_possible && search(talks, group, open, chosen, left)? {
            return Ok(true);
        }
        *open = before;
        chosen[next] = None;
    }
    Ok(false)
}
