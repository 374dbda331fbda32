//! Worked examples, and what must hold for any weights and scores.

use proptest::prelude::*;

use super::*;
use crate::text::phrases;

/// Criteria as `name weight`, options as `name score score …` with `-` for a score that nobody gave.
fn appraisal(criteria: &[&str], options: &[&str]) -> Appraisal {
    let criteria = criteria.iter().map(|line| {
        let (name, weight) = line.rsplit_once(' ').unwrap();
        Criterion { name: name.to_string(), weight: weight.parse().unwrap() }
    });
    let options = options.iter().map(|line| {
        let (name, scores) = line.split_once(": ").unwrap();
        Scored { name: name.to_string(), scores: scores.split(' ').map(|score| score.parse().ok()).collect() }
    });
    Appraisal::new(criteria.collect(), options.collect())
}

fn told(criteria: &[&str], options: &[&str]) -> Vec<String> {
    appraisal(criteria, options).sentences(phrases("en"))
}

fn totals(appraisal: &Appraisal) -> String {
    let row = |option| match (appraisal.total(option), appraisal.place(option)) {
        (Some(total), Some(place)) => {
            format!("{total} {}{}", place.number, if place.is_shared { "=" } else { "" })
        }
        _ => "-".to_string(),
    };
    (0..appraisal.options().len()).map(row).collect::<Vec<_>>().join(", ")
}

#[test]
fn totals_places_and_the_tipping_point_by_hand() {
    // 840 and 780, so 60 apart. A step more of Cost, or less of Quality, brings the shared system 3 nearer.
    let criteria = ["Quality 60", "Cost 40"];
    let options = ["Alliance: 10 6", "Shared system: 7 9", "As now: 2 5"];
    let appraisal = appraisal(&criteria, &options);
    assert_eq!(totals(&appraisal), "8.4 1, 7.8 2, 3.2 3");
    let tipping = appraisal.tipping(1, Direction::Rise).unwrap();
    assert_eq!((tipping.change.numerator(), tipping.change.denominator(), tipping.weight), (20, 1, 61));
    assert_eq!((tipping.first, tipping.stays), (vec![1], true));
    let tipping = appraisal.tipping(0, Direction::Fall).unwrap();
    assert_eq!((tipping.change.numerator(), tipping.weight), (20, 39));
    assert_eq!(appraisal.tipping(0, Direction::Rise), None);
    assert_eq!(appraisal.tipping(1, Direction::Fall), None);
    assert_eq!(
        told(&criteria, &options),
        [
            "Alliance has the highest weighted total, 8.4.",
            "If the weight of Cost rose from 40 to 61, Shared system would come first.",
            "Alliance scores at least as well as As now for every criterion, whatever the weights.",
        ]
    );
}

#[test]
fn the_point_is_exact_and_the_weight_is_the_first_whole_one_beyond() {
    // 100 × 1 + 10 × 1 against 100 × 0 + 10 × 4: they meet where 100 = 3w, at 33⅓.
    let appraisal = appraisal(&["A 100", "B 10"], &["x: 1 1", "y: 0 4"]);
    let tipping = appraisal.tipping(1, Direction::Rise).unwrap();
    assert_eq!((tipping.change.numerator(), tipping.change.denominator()), (70, 3));
    assert_eq!(tipping.weight, 34);
    assert_eq!(appraisal.share_at(&tipping), "25%");
}

#[test]
fn a_point_that_only_leaving_a_criterion_out_passes_says_so() {
    let sentence = &told(&["A 1", "B 3"], &["x: 3 0", "y: 0 0", "z: 2 0"])[1];
    assert!(sentence.contains("no weights would put another before it"), "{sentence}");
    let sentence = &told(&["A 3", "B 2"], &["x: 5 1", "y: 4 2"])[1];
    assert_eq!(sentence, "If the weight of B rose from 2 to 4, y would come first.");
    let sentence = &told(&["A 1", "B 1", "C 100"], &["x: 9 0 5", "y: 0 8 5"])[1];
    assert_eq!(sentence, "If A were left out (weight 0, now 1), y would come first.");
}

#[test]
fn weights_that_would_do_the_same_are_told_together() {
    assert_eq!(
        told(&["A 35", "Time to set up 10", "Can be undone 10"], &["x: 7 6 6", "y: 5 8 8"])[1],
        "If the weight of Time to set up or Can be undone rose from 10 to 26, y would come first."
    );
}

#[test]
fn a_tie_says_what_breaks_it() {
    assert_eq!(
        told(&["Quality 50", "Cost 50"], &["X: 4 6", "Y: 6 4", "Z: 1 1"]),
        [
            "X and Y share the highest weighted total, 5.0.",
            "Any rise of the weight of Quality would put Y first.",
            "Any rise of the weight of Cost would put X first.",
        ]
    );
    // One step of A puts y first; a greater one z.
    assert_eq!(
        told(&["A 10", "B 10"], &["x: 5 5", "y: 6 4", "z: 9 0"])[1],
        "The smallest rise of the weight of A would put y first."
    );
}

#[test]
fn what_no_weights_can_change_is_said() {
    assert_eq!(
        told(&["A 1", "B 1"], &["x: 5 5", "y: 5 5", "z: 4 5"])[1..],
        [
            "Their scores are the same for every criterion, so no weights can tell them apart.",
            "x and y score at least as well as every other option for every criterion, so no weights would put another before them.",
        ]
    );
    assert_eq!(
        told(&["A 1", "B 0", "C 0"], &["x: 5 5 5", "y: 4 5 5"])[1],
        "x scores at least as well as every other option for every criterion, so no weights would put another before it."
    );
    assert_eq!(
        told(&["A 2", "B 1", "C 1"], &["x: 5 9 9", "y: 6 0 0"])[1],
        "If the weight of A rose from 2 to 19, y would come first."
    );
    assert_eq!(told(&["A 4"], &["x: 5"]), ["x has the highest weighted total, 5.0."]);
}

#[test]
fn a_lead_that_two_decimals_hide_is_said() {
    let sentences = told(&["A 100000", "B 1"], &["x: 5 6", "y: 5 5", "z: 5 5"]);
    assert_eq!(
        sentences[..2],
        ["x has the highest weighted total, 5.00.", "y and z are behind by less than 0.01."]
    );
    assert_eq!(totals(&appraisal(&["A 99", "B 1"], &["x: 3 4", "y: 3 3"])), "3.01 1, 3.00 2");
}

#[test]
fn options_without_every_score_are_not_ranked() {
    let criteria = ["Quality 60", "Cost 40"];
    let options = ["X: 5 5", "Y: 9 -", "Z: - -", "V: 4 5"];
    assert_eq!(totals(&appraisal(&criteria, &options)), "5.0 1, -, -, 4.4 2");
    assert_eq!(
        told(&criteria, &options)[2..],
        ["Y is not ranked, because it has no score for Cost.", "Z is not ranked, because it has no scores.",]
    );
    assert_eq!(
        told(&criteria, &["Y: 9 -"]),
        ["No option has a score for every criterion, so none is ranked."]
    );
    assert_eq!(told(&["A 0"], &["Y: 9"]), ["No criterion has a weight, so no option is ranked."]);
    assert_eq!(Appraisal::new(Vec::new(), Vec::new()).sentences(phrases("en")).len(), 1);
}

#[test]
fn long_lists_are_counted() {
    let options: Vec<String> = (0..30).map(|number| format!("o{number}: 5 5")).collect();
    let options: Vec<&str> = options.iter().map(String::as_str).collect();
    assert_eq!(
        told(&["A 1", "B 1"], &options)[0],
        "o0, o1, o2, o3, o4, o5, o6, o7 and 22 more share the highest weighted total, 5.0."
    );
}

#[test]
fn a_welsh_page_is_told_in_welsh() {
    let appraisal = appraisal(&["Ansawdd 60", "Cost 40"], &["A: 10 6", "B: 7 9"]);
    assert_eq!(
        appraisal.sentences(phrases("cy"))[1],
        "Pe bai pwysiad Cost yn codi o 40 i 61, B fyddai’n dod yn gyntaf."
    );
}

#[test]
fn the_file_has_weights_places_and_no_formulas() {
    let appraisal = appraisal(&["=Quality 60", "Cost, whole life 40"], &["@X: 5 5", "Y: 5 5", "Z: 9 -"]);
    assert_eq!(
        appraisal.csv(),
        "Option,'=Quality,\"Cost, whole life\",Weighted total,Rank\r\nWeight,60,40,,\r\n'@X,5,5,5.0,1=\r\nY,5,5,5.0,1=\r\nZ,9,,,\r\n"
    );
}

#[test]
fn shares_are_of_all_weights() {
    let appraisal = appraisal(&["A 1", "B 2", "C 0", "D 3000"], &["x: 1 1 1 1"]);
    let shares: Vec<String> = (0..4).map(|criterion| appraisal.share(criterion)).collect();
    assert_eq!(shares, ["less than 1%", "less than 1%", "0%", "100%"]);
}

/// Few criteria and options with small numbers, so that ties and crossings are common.
fn any_appraisal(weights: u32, scores: u32) -> impl Strategy<Value = Appraisal> {
    (1_usize..5, 1_usize..6).prop_flat_map(move |(criteria, options)| {
        let score = prop_oneof![12 => (0..=scores).prop_map(Some), 1 => Just(None)];
        let rows = prop::collection::vec(prop::collection::vec(score, criteria), options);
        (prop::collection::vec(0..=weights, criteria), rows).prop_map(|(weights, rows)| {
            let criteria = weights
                .into_iter()
                .enumerate()
                .map(|(number, weight)| Criterion { name: format!("c{number}"), weight });
            let options = rows
                .into_iter()
                .enumerate()
                .map(|(number, scores)| Scored { name: format!("o{number}"), scores });
            Appraisal::new(criteria.collect(), options.collect())
        })
    })
}

fn with_weight(appraisal: &Appraisal, criterion: usize, weight: u32) -> Appraisal {
    let mut criteria = appraisal.criteria.clone();
    criteria[criterion].weight = weight;
    Appraisal::new(criteria, appraisal.options.clone())
}

fn names(appraisal: &Appraisal, options: &[usize]) -> Vec<String> {
    let mut names: Vec<String> =
        options.iter().map(|option| appraisal.options[*option].name.clone()).collect();
    names.sort();
    names
}

proptest! {
    #[test]
    fn trying_every_weight_finds_the_same_tipping_point(appraisal in any_appraisal(6, 4)) {
        let now = appraisal.winners();
        for criterion in 0..appraisal.criteria.len() {
            let weight = appraisal.criteria[criterion].weight;
            // Sums differ by at most 4 criteria × weight 6 × score 4, so that no crossing lies further than 96 off.
            let rising: Vec<u32> = (weight + 1..weight + 120).collect();
            let falling: Vec<u32> = (0..weight).rev().collect();
            for (direction, weights) in [(Direction::Rise, rising), (Direction::Fall, falling)] {
                let winners = |weight: u32| with_weight(&appraisal, criterion, weight).winners();
                let tried = weights.iter().copied().find(|weight| {
                    let winners = winners(*weight);
                    // With every weight 0 there is no result, and so no other winner.
                    !winners.is_empty() && !now.iter().all(|option| winners.contains(option))
                });
                let found = appraisal.tipping(criterion, direction);
                prop_assert_eq!(found.as_ref().map(|found| found.weight), tried.map(u128::from));
                let (Some(found), Some(tried)) = (found, tried) else { continue };
                prop_assert_eq!(&found.first, &winners(tried));
                let beyond = weights.iter().filter(|weight| tried.abs_diff(appraisal.criteria[criterion].weight) <= weight.abs_diff(appraisal.criteria[criterion].weight));
                let stays = beyond.map(|weight| winners(*weight)).all(|winners| winners == found.first);
                prop_assert_eq!(found.stays, stays);
                // The exact point lies within the step before the whole weight.
                let steps = u128::from(tried.abs_diff(weight));
                let (numerator, denominator) = (found.change.numerator(), found.change.denominator());
                prop_assert!(numerator < steps * denominator && numerator >= (steps - 1) * denominator);
            }
        }
    }

    #[test]
    fn the_nearest_point_is_the_least_of_all(appraisal in any_appraisal(9, 10)) {
        let nearest = appraisal.nearest();
        for criterion in 0..appraisal.criteria.len() {
            for direction in [Direction::Rise, Direction::Fall] {
                if let Some(other) = appraisal.tipping(criterion, direction) {
                    prop_assert!(nearest.as_ref().is_some_and(|nearest| nearest.change <= other.change));
                }
            }
        }
    }

    #[test]
    fn the_order_of_options_and_criteria_changes_nothing(appraisal in any_appraisal(9, 10), turn in 0_usize..5) {
        let mut criteria = appraisal.criteria.clone();
        let mut options = appraisal.options.clone();
        let turned = turn % criteria.len();
        criteria.rotate_left(turned);
        for option in &mut options {
            option.scores.rotate_left(turned);
        }
        options.reverse();
        let other = Appraisal::new(criteria, options);
        prop_assert_eq!(names(&appraisal, &appraisal.winners()), names(&other, &other.winners()));
        let told = |appraisal: &Appraisal| {
            appraisal.nearest().map(|nearest| {
                let criterion = appraisal.criteria[nearest.criterion].name.clone();
                (criterion, nearest.direction, nearest.weight, names(appraisal, &nearest.first), nearest.stays)
            })
        };
        prop_assert_eq!(told(&appraisal), told(&other));
        let mut rows: Vec<String> = totals(&other).split(", ").map(String::from).collect();
        rows.reverse();
        prop_assert_eq!(totals(&appraisal), rows.join(", "));
        let mut sentences = [appraisal, other].map(|appraisal| {
            let mut lengths: Vec<usize> = appraisal.sentences(phrases("en")).iter().map(String::len).collect();
            lengths.sort_unstable();
            lengths
        });
        sentences.sort();
        prop_assert_eq!(&sentences[0], &sentences[1]);
    }

    #[test]
    fn an_option_that_dominates_all_has_no_tipping_point(appraisal in any_appraisal(9, 3)) {
        let winners = appraisal.winners();
        let [winner] = winners[..] else { return Ok(()) };
        if appraisal.ranked().all(|(other, _)| other == winner || appraisal.dominates(winner, other)) {
            prop_assert_eq!(appraisal.nearest(), None);
        }
    }

    #[test]
    fn huge_numbers_stay_exact(scores in prop::collection::vec(prop::collection::vec(prop_oneof![Just(u32::MAX), Just(u32::MAX - 1), any::<u32>()], 3), 4), weights in prop::collection::vec(prop_oneof![Just(u32::MAX), any::<u32>()], 3)) {
        let criteria = weights.iter().map(|weight| Criterion { name: weight.to_string(), weight: *weight });
        let options = scores.iter().map(|scores| Scored {
            name: format!("{scores:?}"),
            scores: scores.iter().copied().map(Some).collect(),
        });
        let appraisal = Appraisal::new(criteria.collect(), options.collect());
        prop_assert!(!appraisal.sentences(phrases("en")).is_empty());
        prop_assert!(!appraisal.csv().is_empty());
        if let Some(nearest) = appraisal.nearest() {
            prop_assert!(!nearest.first.is_empty());
            prop_assert!(appraisal.share_at(&nearest).ends_with('%'));
        }
    }
}
