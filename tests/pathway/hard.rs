//! Charts that are hard to draw well, each with what its drawing may cost at most: a layout that gets worse fails here.

use netsite::pathway::layout::{Options, layout};
use netsite::pathway::parse;

use crate::facts::facts;

/// A chart with the most that its drawing may cost.
struct Hard {
    name: &'static str,
    text: &'static str,
    crossings: usize,
    bends: usize,
    /// Parts of lines that run through words.
    struck: usize,
    /// Width and height in px.
    size: (i32, i32),
}

const HARD: &[Hard] = &[
    Hard {
        name: "all-shapes",
        text: include_str!("hard/all-shapes.mmd"),
        crossings: 0,
        bends: 10,
        struck: 0,
        size: (890, 860),
    },
    Hard {
        name: "dense-decisions",
        text: include_str!("hard/dense-decisions.mmd"),
        crossings: 0,
        bends: 20,
        struck: 0,
        size: (770, 920),
    },
    Hard {
        name: "fan",
        text: include_str!("hard/fan.mmd"),
        crossings: 0,
        bends: 33,
        struck: 0,
        size: (1350, 370),
    },
    Hard {
        name: "four-lanes",
        text: include_str!("hard/four-lanes.mmd"),
        crossings: 0,
        bends: 5,
        struck: 0,
        size: (1010, 640),
    },
    Hard {
        name: "lanes-sideways",
        text: include_str!("hard/lanes-sideways.mmd"),
        crossings: 0,
        bends: 12,
        struck: 0,
        size: (1040, 480),
    },
    Hard {
        name: "long-labels",
        text: include_str!("hard/long-labels.mmd"),
        crossings: 0,
        bends: 8,
        struck: 0,
        size: (620, 810),
    },
    Hard {
        name: "loops",
        text: include_str!("hard/loops.mmd"),
        crossings: 0,
        bends: 21,
        struck: 0,
        size: (330, 490),
    },
    Hard {
        name: "many-back-edges",
        text: include_str!("hard/many-back-edges.mmd"),
        crossings: 1,
        bends: 11,
        struck: 0,
        size: (490, 690),
    },
    Hard {
        name: "nested-groups",
        text: include_str!("hard/nested-groups.mmd"),
        crossings: 0,
        bends: 8,
        struck: 0,
        size: (550, 940),
    },
    Hard {
        name: "parallel",
        text: include_str!("hard/parallel.mmd"),
        crossings: 0,
        bends: 20,
        struck: 2,
        size: (480, 400),
    },
    Hard {
        name: "sideways",
        text: include_str!("hard/sideways.mmd"),
        crossings: 0,
        bends: 20,
        struck: 0,
        size: (1730, 320),
    },
    Hard {
        name: "unconnected",
        text: include_str!("hard/unconnected.mmd"),
        crossings: 0,
        bends: 6,
        struck: 0,
        size: (870, 660),
    },
];

#[test]
fn hard_charts_are_drawn_well() {
    for &Hard { name, text, crossings, bends, struck, size: (width, height) } in HARD {
        let parsed = parse(text, 0);
        let chart = parsed.chart.expect(name);
        let drawn = layout(&chart, Options::default());
        let found = facts(&chart, &drawn);
        assert_eq!(found.through_steps, 0, "{name}: a line passes behind a step");
        assert_eq!(found.over_titles, 0, "{name}: a line runs over a title");
        assert_eq!(found.words_on_steps, 0, "{name}: words lie on a step");
        assert_eq!(found.words_on_words, 0, "{name}: words lie on words");
        assert!(found.words_on_lines <= struck, "{name}: {} lines run through words", found.words_on_lines);
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
