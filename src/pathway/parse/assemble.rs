//! What the statements said, put together: names become nodes or groups, styles and links find their owners.

use std::collections::HashMap;

use super::draft::{Draft, DraftNode, Dress};
use super::header::Header;
use super::reader::{Reader, quoted};
use super::styles::add;
use crate::diagnostic::Diagnostic;
use crate::pathway::Flowchart;
use crate::pathway::model::{Edge, End, Group, Label, Node, Run, Style};
use crate::text::did_you_mean;

/// The chart, with what can only be seen once all of it is known.
pub(super) fn assemble(reader: &mut Reader<'_>, header: Header) -> Flowchart {
    let draft = std::mem::take(&mut reader.draft);
    let parents = parents_of_groups(&draft);
    let order = order_of_groups(&parents);
    let mut place_of = vec![0; order.len()];
    for (place, group) in order.iter().enumerate() {
        place_of[*group] = place;
    }
    let mut chart = Flowchart {
        direction: header.direction,
        title: draft.title.clone().or(header.title),
        description: draft.description.clone(),
        ..Flowchart::default()
    };
    chart.groups = order
        .iter()
        .map(|group| {
            let written = &draft.groups[*group];
            Group {
                id: written.id.clone(),
                label: written.label.clone(),
                parent: parents[*group].map(|parent| place_of[parent]),
                direction: written.direction,
                style: Style::default(),
                span: written.span,
            }
        })
        .collect();
    let ends = add_nodes(&mut chart, &draft, &place_of);
    chart.edges = draft
        .edges
        .iter()
        .filter_map(|edge| {
            let arrow = edge.arrow.clone();
            Some(Edge {
                from: ends[edge.from]?,
                to: ends[edge.to]?,
                label: arrow.label,
                line: arrow.line,
                tail: arrow.tail,
                head: arrow.head,
                length: arrow.length,
                style: edge.style.clone(),
                span: arrow.span,
            })
        })
        .collect();
    dress(&mut chart, &draft, reader);
    link(&mut chart, &draft, reader);
    warn_of_scattered_nodes(&chart, &draft, &place_of, reader);
    warn_of_missing_words(&chart, reader);
    chart
}

/// A group that is named inside another lies in it. Two that lie in each other cannot be drawn: the first stays out.
fn parents_of_groups(draft: &Draft) -> Vec<Option<usize>> {
    let mut parents: Vec<Option<usize>> = vec![None; draft.groups.len()];
    for (index, group) in draft.groups.iter().enumerate() {
        let owner = draft.known(&group.id).and_then(|node| draft.nodes[node].owner);
        let mut above = owner;
        let mut steps = 0;
        while let Some(group) = above.filter(|group| *group != index && steps <= parents.len()) {
            above = parents[group];
            steps += 1;
        }
        parents[index] = if above.is_none() { owner } else { None };
    }
    parents
}

/// The groups in the order of writing, each before those inside it.
fn order_of_groups(parents: &[Option<usize>]) -> Vec<usize> {
    let mut children: Vec<Vec<usize>> = vec![Vec::new(); parents.len()];
    for (index, parent) in parents.iter().enumerate() {
        if let Some(parent) = parent {
            children[*parent].push(index);
        }
    }
    let mut order = Vec::with_capacity(parents.len());
    let mut waiting: Vec<usize> =
        (0..parents.len()).filter(|index| parents[*index].is_none()).rev().collect();
    while let Some(index) = waiting.pop() {
        order.push(index);
        waiting.extend(children[index].iter().rev());
    }
    order
}

/// Adds the nodes and returns what each name stands for; none for the name of an edge.
fn add_nodes(chart: &mut Flowchart, draft: &Draft, place_of: &[usize]) -> Vec<Option<End>> {
    let linked: std::collections::BTreeSet<usize> =
        draft.edges.iter().flat_map(|edge| [edge.from, edge.to]).collect();
    let mut ends = Vec::with_capacity(draft.nodes.len());
    for (index, node) in draft.nodes.iter().enumerate() {
        if let Some(group) = draft.group_names.get(&node.id) {
            ends.push(Some(End::Group(place_of[*group])));
            continue;
        }
        let is_edge_name = draft.edge_names.contains_key(&node.id)
            && node.shape.is_none()
            && node.label.is_none()
            && !linked.contains(&index);
        if is_edge_name {
            ends.push(None);
            continue;
        }
        ends.push(Some(End::Node(chart.nodes.len())));
        chart.nodes.push(Node {
            id: node.id.clone(),
            label: node.label.clone().unwrap_or_else(|| label_of_name(node)),
            shape: node.shape.unwrap_or_default(),
            group: node.owner.map(|owner| place_of[owner]),
            style: Style::default(),
            link: None,
            span: node.span,
        });
    }
    ends
}

fn label_of_name(node: &DraftNode) -> Label {
    Label { lines: vec![vec![Run { text: node.id.clone(), bold: false, italic: false }]] }
}

/// What a name can be dressed as.
fn style_of<'c>(
    chart: &'c mut Flowchart,
    nodes: &HashMap<String, usize>,
    groups: &HashMap<String, usize>,
    edges: &HashMap<String, usize>,
    name: &str,
) -> Option<&'c mut Style> {
    if let Some(node) = nodes.get(name) {
        return Some(&mut chart.nodes[*node].style);
    }
    if let Some(group) = groups.get(name) {
        return Some(&mut chart.groups[*group].style);
    }
    edges.get(name).and_then(|edge| chart.edges.get_mut(*edge)).map(|edge| &mut edge.style)
}

fn by_id<'n>(ids: impl Iterator<Item = &'n String>) -> HashMap<String, usize> {
    ids.enumerate().map(|(index, id)| (id.clone(), index)).collect()
}

/// Classes in the order in which they were given, then styles of their own over them.
fn dress(chart: &mut Flowchart, draft: &Draft, reader: &mut Reader<'_>) {
    let nodes = by_id(chart.nodes.iter().map(|node| &node.id));
    let groups = by_id(chart.groups.iter().map(|group| &group.id));
    if let Some(default) = draft.classes.get("default") {
        for node in &mut chart.nodes {
            add(&mut node.style, default);
        }
    }
    for applied in &draft.applied {
        let style = style_of(chart, &nodes, &groups, &draft.edge_names, &applied.name);
        let Some(style) = style else {
            let help = did_you_mean(&applied.name, draft.all_names())
                .unwrap_or_else(|| "name a step of this chart, or delete the line".to_string());
            reader.problems.push(
                Diagnostic::warning(
                    "flowchart-unknown-step",
                    format!("there is no step `{}`", quoted(&applied.name)),
                )
                .at(applied.span)
                .help(help),
            );
            continue;
        };
        if let Dress::Class(class) = &applied.what {
            if !style.classes.contains(class) {
                style.classes.push(class.clone());
            }
            if let Some(definition) = draft.classes.get(class) {
                add(style, definition);
            }
        }
    }
    for applied in &draft.applied {
        if let Dress::Style(own) = &applied.what
            && let Some(style) = style_of(chart, &nodes, &groups, &draft.edge_names, &applied.name)
        {
            add(style, own);
        }
    }
}

fn link(chart: &mut Flowchart, draft: &Draft, reader: &mut Reader<'_>) {
    let nodes = by_id(chart.nodes.iter().map(|node| &node.id));
    for click in &draft.clicks {
        for name in click.name.split(',') {
            if let Some(node) = nodes.get(name) {
                chart.nodes[*node].link = Some(click.link.clone());
                continue;
            }
            let help = did_you_mean(name, nodes_of(chart))
                .unwrap_or_else(|| "name a step of this chart; a group cannot be a link".to_string());
            reader.problems.push(
                Diagnostic::warning(
                    "flowchart-unknown-step",
                    format!("there is no step `{}` to link", quoted(name)),
                )
                .at(click.name_span)
                .help(help),
            );
        }
    }
}

fn nodes_of(chart: &Flowchart) -> impl Iterator<Item = &str> {
    chart.nodes.iter().map(|node| node.id.as_str())
}

/// A step that is first named in one group and worded in another stays in the first, which surprises its author.
fn warn_of_scattered_nodes(chart: &Flowchart, draft: &Draft, place_of: &[usize], reader: &mut Reader<'_>) {
    let worded = draft.nodes.iter().filter_map(|node| Some((node, node.owner?, node.worded_in?)));
    for (node, owner, worded_in) in worded {
        let mut around = Some(place_of[owner]);
        while around.is_some_and(|group| group != place_of[worded_in]) {
            around = around.and_then(|group| chart.groups[group].parent);
        }
        if around.is_some() || draft.group_names.contains_key(&node.id) {
            continue;
        }
        let title = |group: usize| quoted(&chart.groups[place_of[group]].label.plain());
        reader.problems.push(
            Diagnostic::warning(
                "flowchart-scattered-step",
                format!(
                    "`{}` is drawn in \"{}\", the group that names it first, not in \"{}\"",
                    quoted(&node.id),
                    title(owner),
                    title(worded_in)
                ),
            )
            .at(node.span)
            .help("write links between groups after the last `end`"),
        );
    }
}

fn warn_of_missing_words(chart: &Flowchart, reader: &mut Reader<'_>) {
    let place = reader.head;
    if chart.nodes.is_empty() && chart.groups.is_empty() {
        let problem = Diagnostic::warning("flowchart-empty", "this chart has no steps, so nothing is drawn");
        let help = "write a step on the next line: `A[\"Referral\"] --> B[\"Scan\"]`";
        reader.problems.push(problem.at(place).help(help));
    }
    if chart.title.is_none() {
        let message = "this chart has no title, so a screen reader cannot say what it is";
        let problem = Diagnostic::warning("flowchart-no-title", message);
        let help = "add a line below the first: `accTitle: Stroke pathway`";
        reader.problems.push(problem.at(place).help(help));
    }
    if chart.description.is_none() {
        let message = "this chart has no description for readers who cannot see it";
        let problem = Diagnostic::warning("flowchart-no-description", message);
        let help = "add a line below the first: `accDescr: From referral to report, in six steps`";
        reader.problems.push(problem.at(place).help(help));
    }
}
