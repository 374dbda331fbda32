//! The forms that `@{ shape: … }` can name, with every alias that Mermaid documents.

use crate::pathway::model::Shape;

/// Every name, with the form that is drawn for it: the same one, or the nearest one.
const SHAPES: &[(Shape, &[&str])] = &[
    (Shape::Rectangle, &["rect", "proc", "process", "rectangle", "squareRect"]),
    (Shape::Rounded, &["rounded", "event", "roundedRect"]),
    (Shape::Stadium, &["stadium", "terminal", "pill"]),
    (Shape::Subprocess, &["fr-rect", "subprocess", "subproc", "framed-rectangle", "subroutine"]),
    (Shape::Cylinder, &["cyl", "db", "database", "cylinder", "lin-cyl", "disk", "lined-cylinder", "bucket"]),
    (Shape::Circle, &["circle", "circ"]),
    (Shape::DoubleCircle, &["dbl-circ", "double-circle"]),
    (Shape::Flag, &["odd"]),
    (Shape::Diamond, &["diam", "decision", "diamond", "question"]),
    (Shape::Hexagon, &["hex", "hexagon", "prepare"]),
    (Shape::LeanRight, &["lean-r", "lean-right", "in-out"]),
    (Shape::LeanLeft, &["lean-l", "lean-left", "out-in"]),
    (Shape::Trapezoid, &["trap-b", "priority", "trapezoid-bottom", "trapezoid"]),
    (Shape::TrapezoidDown, &["trap-t", "manual", "trapezoid-top", "inv-trapezoid"]),
    (
        Shape::Document,
        &[
            "doc",
            "document",
            "docs",
            "documents",
            "st-doc",
            "stacked-document",
            "tag-doc",
            "tagged-document",
            "lin-doc",
            "lined-document",
        ],
    ),
    (Shape::Delay, &["delay", "half-rounded-rectangle"]),
    (
        Shape::HorizontalCylinder,
        &["h-cyl", "das", "horizontal-cylinder", "bow-rect", "stored-data", "bow-tie-rectangle"],
    ),
    (Shape::ManualInput, &["sl-rect", "manual-input", "sloped-rectangle"]),
    (Shape::Triangle, &["tri", "extract", "triangle"]),
    (Shape::TriangleDown, &["flip-tri", "manual-file", "flipped-triangle"]),
    (Shape::Bar, &["fork", "join"]),
    (Shape::SmallCircle, &["sm-circ", "start", "small-circle"]),
    (Shape::FramedCircle, &["fr-circ", "stop", "framed-circle"]),
    (Shape::FilledCircle, &["f-circ", "junction", "filled-circle"]),
    (Shape::CrossedCircle, &["cross-circ", "summary", "crossed-circle"]),
    (Shape::Hourglass, &["hourglass", "collate"]),
    (Shape::Bolt, &["bolt", "com-link", "lightning-bolt"]),
    (Shape::Comment, &["brace", "comment", "brace-l", "brace-r", "braces"]),
    (Shape::Text, &["text"]),
    (Shape::Cloud, &["cloud", "bang"]),
    (Shape::Display, &["curv-trap", "display", "curved-trapezoid"]),
    (
        Shape::Card,
        &["notch-rect", "card", "notched-rectangle", "notch-pent", "loop-limit", "notched-pentagon"],
    ),
    (
        Shape::LinedRectangle,
        &[
            "lin-rect",
            "lined-rectangle",
            "lined-process",
            "lin-proc",
            "shaded-process",
            "div-rect",
            "div-proc",
            "divided-rectangle",
            "divided-process",
            "win-pane",
            "internal-storage",
            "window-pane",
            "st-rect",
            "procs",
            "processes",
            "stacked-rectangle",
            "tag-rect",
            "tagged-rectangle",
            "tag-proc",
            "tagged-process",
            "datastore",
            "data-store",
            "folder",
            "directory",
            "console",
            "browser",
            "person",
        ],
    ),
    (Shape::Tape, &["flag", "paper-tape"]),
];

/// The form of a name.
pub(super) fn shape_of(name: &str) -> Option<Shape> {
    SHAPES.iter().find(|(_, names)| names.contains(&name)).map(|(shape, _)| *shape)
}

/// Every name that a shape can have, for help texts and documentation.
pub fn shape_names() -> impl Iterator<Item = &'static str> {
    SHAPES.iter().flat_map(|(_, names)| names.iter().copied())
}
