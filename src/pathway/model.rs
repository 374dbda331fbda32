//! The model that serves the drawing, the steps, the comparison and the search: steps, decisions, hand-overs, lanes,
//! time limits, ends. Made by the parser; never changed afterwards.

use crate::source::Span;

/// A flowchart as its author wrote it.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Flowchart {
    /// Which way it runs.
    pub direction: Direction,
    /// `accTitle`, else the title of its front matter.
    pub title: Option<String>,
    /// `accDescr`.
    pub description: Option<String>,
    /// In the order in which they are first named.
    pub nodes: Vec<Node>,
    /// In the order of writing; `A & B --> C` is two.
    pub edges: Vec<Edge>,
    /// Subgraphs, in the order of writing; an outer one stands before those inside it.
    pub groups: Vec<Group>,
}

/// Which way a flowchart or a group runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Direction {
    /// `TB`, `TD`.
    #[default]
    Down,
    /// `BT`.
    Up,
    /// `LR`.
    Right,
    /// `RL`.
    Left,
}

/// A node: a step, a decision, an end.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// Its id in the source.
    pub id: String,
    /// What it says; the id where the author gave no words.
    pub label: Label,
    /// Its form.
    pub shape: Shape,
    /// The innermost group that holds it, by index.
    pub group: Option<usize>,
    /// The author's own colours.
    pub style: Style,
    /// Where a click leads.
    pub link: Option<Link>,
    /// Where it is first named with its words, in the file.
    pub span: Span,
}

/// Words in lines; Markdown strings may have bold and italic runs.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Label {
    /// Lines as the author broke them; each is wrapped further when it is drawn.
    pub lines: Vec<Vec<Run>>,
}

/// A piece of a line in one style.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Run {
    /// The words, entities resolved.
    pub text: String,
    /// `**bold**`.
    pub bold: bool,
    /// `*italic*`.
    pub italic: bool,
}

impl Label {
    /// The words on one line, as they are read aloud.
    pub fn plain(&self) -> String {
        let lines: Vec<String> =
            self.lines.iter().map(|line| line.iter().map(|run| run.text.as_str()).collect()).collect();
        lines.join(" ").split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// Whether there are no words.
    pub fn is_empty(&self) -> bool {
        self.lines.iter().flatten().all(|run| run.text.trim().is_empty())
    }
}

/// The form of a node. Mermaid's many names come to these; what differs in name only is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub enum Shape {
    /// `[ ]`, `rect`.
    #[default]
    Rectangle,
    /// `( )`, `rounded`.
    Rounded,
    /// `([ ])`, `stadium`: a start or an end.
    Stadium,
    /// `[[ ]]`, `subproc`.
    Subprocess,
    /// `[( )]`, `cyl`.
    Cylinder,
    /// `(( ))`, `circle`.
    Circle,
    /// `((( )))`, `dbl-circ`.
    DoubleCircle,
    /// `> ]`, `odd`.
    Flag,
    /// `{ }`, `diam`: a decision.
    Diamond,
    /// `{{ }}`, `hex`: a decision as well.
    Hexagon,
    /// `[/ /]`, `lean-r`.
    LeanRight,
    /// `[\ \]`, `lean-l`.
    LeanLeft,
    /// `[/ \]`, `trap-b`.
    Trapezoid,
    /// `[\ /]`, `trap-t`.
    TrapezoidDown,
    /// `doc`, `lin-doc`, `docs`, `tag-doc`.
    Document,
    /// `delay`, `half-rounded-rectangle`.
    Delay,
    /// `h-cyl`, `das`: a queue.
    HorizontalCylinder,
    /// `manual-input`, `sl-rect`.
    ManualInput,
    /// `tri`, `extract`.
    Triangle,
    /// `flip-tri`, `manual-file`.
    TriangleDown,
    /// `fork`, `join`: a bar without words.
    Bar,
    /// `sm-circ`, `start`.
    SmallCircle,
    /// `fr-circ`, `stop`.
    FramedCircle,
    /// `f-circ`, `junction`.
    FilledCircle,
    /// `cross-circ`, `summary`.
    CrossedCircle,
    /// `hourglass`, `collate`.
    Hourglass,
    /// `bolt`, `com-link`.
    Bolt,
    /// `brace`, `comment`: a remark, open at one side.
    Comment,
    /// `text`: words without an outline.
    Text,
    /// `cloud`.
    Cloud,
    /// `curv-trap`, `display`.
    Display,
    /// `notch-rect`, `card`.
    Card,
    /// `lin-rect`, `div-rect`, `win-pane`, `st-rect` and other rectangles with lines in them.
    LinedRectangle,
    /// `flag`, `paper-tape`.
    Tape,
}

impl Shape {
    /// Whether outcomes leave it: a question.
    pub fn is_decision(self) -> bool {
        matches!(self, Self::Diamond | Self::Hexagon)
    }
}

/// The author's own colours and lines, each already checked: `#rrggbb` and plain numbers, nothing else.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Style {
    /// The ground.
    pub fill: Option<Rgb>,
    /// The outline, or the line of an edge.
    pub stroke: Option<Rgb>,
    /// The words.
    pub color: Option<Rgb>,
    /// The line's width in px, 0 to 8.
    pub stroke_width: Option<f32>,
    /// Whether the line is dashed.
    pub dashed: bool,
    /// Bold words.
    pub bold: bool,
    /// Class names that the author gave, in order: `key`, `decision`.
    pub classes: Vec<String>,
}

pub use crate::text::Rgb;

/// A link of a node.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// As written; only `http(s)`, `mailto` and relative addresses come this far.
    pub href: String,
    /// What the author says of it.
    pub tooltip: Option<String>,
    /// Where the address stands in the file.
    pub span: Span,
}

/// What an edge joins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum End {
    /// A node, by index.
    Node(usize),
    /// A whole group, by index.
    Group(usize),
}

/// A line between two ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Edge {
    /// Where it begins.
    pub from: End,
    /// Where it ends.
    pub to: End,
    /// Its words: the outcome of a decision, a time limit.
    pub label: Label,
    /// How it is drawn.
    pub line: Line,
    /// What stands at its beginning.
    pub tail: Head,
    /// What stands at its end.
    pub head: Head,
    /// How many ranks it spans at least: `--->` is 2.
    pub length: u32,
    /// The author's own colours.
    pub style: Style,
    /// Where it is written.
    pub span: Span,
}

/// How an edge is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Line {
    /// `-->`.
    #[default]
    Solid,
    /// `-.->`.
    Dotted,
    /// `==>`.
    Thick,
    /// `~~~`: it only orders.
    Invisible,
}

/// What stands at an end of an edge.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Head {
    /// Nothing.
    #[default]
    None,
    /// `>`.
    Arrow,
    /// `o`.
    Circle,
    /// `x`.
    Cross,
}

/// A subgraph. One at the top that stands for an organisation or a site is a lane.
#[derive(Debug, Clone, PartialEq)]
pub struct Group {
    /// Its id in the source, or one made from its place.
    pub id: String,
    /// Its title.
    pub label: Label,
    /// The group around it, by index.
    pub parent: Option<usize>,
    /// Its own direction, where it has one.
    pub direction: Option<Direction>,
    /// The author's own colours.
    pub style: Style,
    /// Where its title is written.
    pub span: Span,
}

impl Flowchart {
    /// Every link of a step, with its place in the file, in the order of the steps: for checking where they lead.
    pub fn links(&self) -> impl Iterator<Item = &Link> {
        self.nodes.iter().filter_map(|node| node.link.as_ref())
    }

    /// The outermost group around a group.
    pub fn outermost(&self, group: usize) -> usize {
        let mut outermost = group;
        // Parents stand before their children, so this ends.
        while let Some(parent) = self.groups[outermost].parent {
            outermost = parent;
        }
        outermost
    }

    /// The outermost group around a node: its lane, where groups are lanes.
    pub fn lane_of(&self, node: usize) -> Option<usize> {
        self.nodes[node].group.map(|group| self.outermost(group))
    }
}
