//! Charts that are hard to draw well, each with what its drawing may cost at most: a layout that gets worse fails here.

use netsite::pathway::layout::{Options, layout};
use netsite::pathway::parse;

use crate::facts::facts;

/// At most so many crossings and bends, and so many px of width and height.
const HARD: &[(&str, &str, [usize; 2], [i32; 2])] = &[
];

#[test]
fn hard_charts_are_drawn_well() {
    for &(name, text, [crossings, bends], [width, height]) in HARD {
        let parsed = parse(text, 0);
        let chart = parsed.chart.expect(name);
        let drawn = layout(&chart, Options::default());
        let found = facts(&chart, &drawn);
        assert_eq!(found.through_steps, 0, "{name}: a line passes behind a step");
        assert_eq!(found.over_titles, 0, "{name}: a line runs over a title");
        assert_eq!(found.words_on_steps, 0, "{name}: words lie on a step");
        assert_eq!(found.words_on_words, 0, "{name}: words lie on words");
        assert_eq!(found.words_on_lines, 0, "{name}: a line runs through words");
        assert_eq!(found.together, 0, "{name}: lines cannot be told apart");
        assert!(found.crossings <= crossings, "{name}: {} crossings", found.crossings);
        assert!(found.bends <= bends, "{name}: {} bends", found.bends);
        assert!(
            drawn.width <= width && drawn.height <= height,
            "{name}: {} × {} px",
            drawn.width,
            drawn.height
        );
    }
}
