//! What an appraisal says in sentences, in the languages that netsite knows its words in.

use super::{Appraisal, Direction, Tipping};
use crate::text::{Phrases, list_words, thousands};

impl Appraisal {
    /// The result and how firm it is, one sentence each: what comes first, how little separates it, what it would take
    /// for another to come first, and what is not ranked.
    pub fn sentences(&self, phrases: &Phrases) -> Vec<String> {
        let words = Words { appraisal: self, is_welsh: phrases.is_welsh() };
        let winners = self.winners();
        let mut sentences = Vec::new();
        match winners.first().and_then(|first| self.total(*first)) {
            Some(total) => sentences.push(phrases.highest(&words.names(&winners), &total)),
            None => sentences.push(words.nothing_ranked()),
        }
        if self.ranked().nth(1).is_some() {
            sentences.extend(words.narrow_lead(&winners));
            sentences.extend(words.how_firm(&winners));
        }
        if !winners.is_empty() {
            sentences.extend(words.not_ranked());
        }
        sentences
    }

    /// Names of options as in a sentence: `A, B and C`.
    pub fn names(&self, options: &[usize], phrases: &Phrases) -> String {
        let words = Words { appraisal: self, is_welsh: phrases.is_welsh() };
        words.list(&words.names(options))
    }
}

/// At most so many names stand in a sentence, and so many sentences of one sort in an answer.
const MAX_NAMED: usize = 8;

struct Words<'a> {
    appraisal: &'a Appraisal,
    is_welsh: bool,
}

impl Words<'_> {
    fn names(&self, options: &[usize]) -> Vec<String> {
        self.few(options.iter().map(|option| self.appraisal.options[*option].name.as_str()))
    }

    fn criteria(&self, criteria: &[usize]) -> Vec<String> {
        self.few(criteria.iter().map(|criterion| self.appraisal.criteria[*criterion].name.as_str()))
    }

    /// Names, the last of too many as their count.
    fn few<'n>(&self, names: impl Iterator<Item = &'n str>) -> Vec<String> {
        let mut few: Vec<String> = Vec::new();
        let mut more = 0;
        for name in names {
            if few.len() < MAX_NAMED {
                few.push(name.to_string());
            } else {
                more += 1;
            }
        }
        if more > 0 {
            let others = if self.is_welsh { "arall" } else { "more" };
            few.push(format!("{} {others}", thousands(more)));
        }
        few
    }

    /// In Welsh names stand with commas alone: `a` would change the first letter of the next.
    fn list(&self, names: &[String]) -> String {
        if self.is_welsh { names.join(", ") } else { list_words(names, "and") }
    }

    fn nothing_ranked(&self) -> String {
        match (self.appraisal.total_weight == 0, self.is_welsh) {
            (true, false) => "No criterion has a weight, so no option is ranked.",
            (true, true) => "Nid oes pwysiad gan unrhyw faen prawf, felly nid oes dewis wedi’i osod mewn trefn.",
            (false, false) => "No option has a score for every criterion, so none is ranked.",
            (false, true) => {
                "Nid oes sgôr gan unrhyw ddewis ar gyfer pob maen prawf, felly nid oes un wedi’i osod mewn trefn."
            }
        }
        .to_string()
    }

    /// What follows where two decimals do not tell the first from the next.
    fn narrow_lead(&self, winners: &[usize]) -> Option<String> {
        let best = *self.appraisal.order.first()?;
        let next = *self.appraisal.order.iter().find(|sum| **sum < best)?;
        if self.appraisal.shown(next, 2) != self.appraisal.shown(best, 2) {
            return None;
        }
        let behind: Vec<usize> =
            self.appraisal.ranked().filter(|(_, sum)| *sum == next).map(|(option, _)| option).collect();
        debug_assert!(behind.iter().all(|option| !winners.contains(option)));
        let names = self.list(&self.names(&behind));
        Some(match (behind.len(), self.is_welsh) {
            (1, false) => format!("{names} is behind by less than 0.01."),
            (_, false) => format!("{names} are behind by less than 0.01."),
            (_, true) => format!("Mae llai na 0.01 rhyngddo a’r canlynol: {names}."),
        })
    }

    /// What it would take for another option to come first.
    fn how_firm(&self, winners: &[usize]) -> Vec<String> {
        let breaks = self.appraisal.tie_breaks();
        if winners.len() > 1 && !breaks.is_empty() {
            return self.ties_broken(&breaks);
        }
        let mut sentences = Vec::new();
        if winners.len() > 1 {
            sentences.push(if self.is_welsh {
                "Mae eu sgoriau yr un fath ar gyfer pob maen prawf, felly ni all unrhyw bwysiad eu gwahanu."
                    .to_string()
            } else {
                "Their scores are the same for every criterion, so no weights can tell them apart."
                    .to_string()
            });
        }
        let Some(first) = winners.first() else { return sentences };
        let others: Vec<usize> = self
            .appraisal
            .ranked()
            .map(|(option, _)| option)
            .filter(|option| !winners.contains(option))
            .collect();
        if others.is_empty() {
            return sentences;
        }
        let beaten: Vec<usize> =
            others.iter().copied().filter(|other| self.appraisal.dominates(*first, *other)).collect();
        if beaten.len() == others.len() {
            sentences.push(self.beats_all(winners));
            return sentences;
        }
        sentences
            .push(self.appraisal.nearest().map_or_else(|| self.no_change(), |tipping| self.change(&tipping)));
        if !beaten.is_empty() {
            sentences.push(self.beats(winners, &beaten));
        }
        sentences
    }

    /// `If the weight of Cost rose from 40 to 57, Shared system would come first.`
    fn change(&self, tipping: &Tipping) -> String {
        let criteria = self.criteria(&self.appraisal.peers(tipping));
        let criterion = if self.is_welsh { criteria.join(" / ") } else { list_words(&criteria, "or") };
        let now = thousands(self.appraisal.criteria[tipping.criterion].weight as usize);
        let then = usize::try_from(tipping.weight).map_or_else(|_| tipping.weight.to_string(), thousands);
        let first = self.list(&self.names(&tipping.first));
        let is_rise = tipping.direction == Direction::Rise;
        if self.is_welsh {
            let moved = if is_rise { "codi" } else { "gostwng" };
            let together = if tipping.first.len() == 1 { "" } else { " ar y cyd" };
            return format!(
                "Pe bai pwysiad {criterion} yn {moved} o {now} i {then}, {first} fyddai’n dod yn gyntaf{together}."
            );
        }
        let outcome = if tipping.first.len() == 1 { "would come first" } else { "would share first place" };
        if tipping.weight == 0 {
            return format!("If {criterion} were left out (weight 0, now {now}), {first} {outcome}.");
        }
        let moved = if is_rise { "rose" } else { "fell" };
        format!("If the weight of {criterion} {moved} from {now} to {then}, {first} {outcome}.")
    }

    /// A sentence for each outcome of a tie, with the criteria whose rise brings it about.
    fn ties_broken(&self, breaks: &[Tipping]) -> Vec<String> {
        let mut outcomes: Vec<(&[usize], bool, Vec<usize>)> = Vec::new();
        for tipping in breaks {
            let outcome = (tipping.first.as_slice(), tipping.stays);
            let known = outcomes.iter().position(|(first, stays, _)| (*first, *stays) == outcome);
            if let Some(known) = known {
                outcomes[known].2.push(tipping.criterion);
            } else if outcomes.len() < MAX_NAMED {
                outcomes.push((outcome.0, outcome.1, vec![tipping.criterion]));
            }
        }
        let sentence = |(first, stays, criteria): (&[usize], bool, Vec<usize>)| {
            let criteria = self.criteria(&criteria);
            let names = self.list(&self.names(first));
            if self.is_welsh {
                let rise = if stays { "unrhyw gynnydd" } else { "y cynnydd lleiaf" };
                return format!(
                    "Byddai {rise} ym mhwysiad {} yn rhoi {names} yn gyntaf.",
                    criteria.join(" / ")
                );
            }
            let rise = if stays { "Any rise" } else { "The smallest rise" };
            format!("{rise} of the weight of {} would put {names} first.", list_words(&criteria, "or"))
        };
        outcomes.into_iter().map(sentence).collect()
    }

    fn no_change(&self) -> String {
        if self.is_welsh {
            "Ni fyddai newid unrhyw bwysiad ar ei ben ei hun yn rhoi dewis arall yn gyntaf."
        } else {
            "No change of a single weight would put another option first."
        }
        .to_string()
    }

    fn beats_all(&self, winners: &[usize]) -> String {
        let names = self.list(&self.names(winners));
        if self.is_welsh {
            return format!(
                "{names}: sgôr o leiaf cystal â phob dewis arall ar gyfer pob maen prawf, felly ni fyddai unrhyw bwysiad yn rhoi dewis arall o’i flaen."
            );
        }
        match winners.len() {
            1 => format!(
                "{names} scores at least as well as every other option for every criterion, so no weights would put another before it."
            ),
            _ => format!(
                "{names} score at least as well as every other option for every criterion, so no weights would put another before them."
            ),
        }
    }

    fn beats(&self, winners: &[usize], beaten: &[usize]) -> String {
        let names = self.list(&self.names(winners));
        let others = self.list(&self.names(beaten));
        if self.is_welsh {
            return format!("{names}: sgôr o leiaf cystal ar gyfer pob maen prawf â’r canlynol: {others}.");
        }
        let score = if winners.len() == 1 { "scores" } else { "score" };
        format!("{names} {score} at least as well as {others} for every criterion, whatever the weights.")
    }

    /// A sentence for each option that lacks scores.
    fn not_ranked(&self) -> Vec<String> {
        let appraisal = self.appraisal;
        let mut sentences = Vec::new();
        let mut more = 0;
        for (option, scored) in appraisal.options.iter().enumerate() {
            let missing = appraisal.missing(option);
            if missing.is_empty() {
                continue;
            }
            if sentences.len() == MAX_NAMED {
                more += 1;
                continue;
            }
            let name = &scored.name;
            let has_none = missing.len() == scored.scores.len();
            let criteria = self.criteria(&missing);
            sentences.push(match (has_none, self.is_welsh) {
                (true, false) => format!("{name} is not ranked, because it has no scores."),
                (true, true) => format!("{name}: heb ei osod mewn trefn, gan nad oes sgoriau."),
                (false, false) => {
                    let criteria = list_words(&criteria, "or");
                    format!("{name} is not ranked, because it has no score for {criteria}.")
                }
                (false, true) => {
                    format!(
                        "{name}: heb ei osod mewn trefn, gan nad oes sgôr ar gyfer {}.",
                        criteria.join(", ")
                    )
                }
            });
        }
        match (more, self.is_welsh) {
            (0, _) => {}
            (_, false) => sentences.push(format!("{} more lack scores and are not ranked.", thousands(more))),
            (_, true) => sentences.push(format!("{} arall: heb eu gosod mewn trefn.", thousands(more))),
        }
        sentences
    }
}
