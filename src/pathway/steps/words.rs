//! Steps in sentences.

use super::{Kind, Next, Step, Steps, Target, Way};
use crate::pathway::Flowchart;
use crate::pathway::model::{Node, Shape};
use crate::text::{lower_first, upper_first};

/// What a node says; what its form says where it has no words.
pub(super) fn text_of(node: &Node, next: &[Next]) -> String {
    let label = node.label.plain();
    let has_own_words = !label.is_empty() && label != node.id;
    let said = match node.shape {
        _ if has_own_words => label.as_str(),
        Shape::Bar if next.len() > 1 => "The next steps run at the same time",
        Shape::Bar => "Wait until all the steps before are done",
        Shape::SmallCircle => "Start",
        Shape::FramedCircle => "End",
        Shape::FilledCircle => "The ways meet here",
        _ if label.is_empty() => node.id.as_str(),
        _ => label.as_str(),
    };
    said.to_string()
}

impl Steps {
    /// What follows, as a sentence without a full stop: "If yes, go to step 5", "Go back to step 3", "Hand over to Hub:
    /// go to step 10". `kind` is that of the step that it follows.
    pub fn sentence(&self, chart: &Flowchart, next: &Next, kind: Kind) -> String {
        let target = match next.target {
            Target::Step(number) => format!("step {number}"),
            Target::Group { group, first } => {
                let title = chart.groups[group].label.plain();
                first.map_or(title.clone(), |first| format!("{title} (step {first})"))
            }
        };
        let is_itself = matches!(next.target, Target::Step(number)
            if self.steps.get(number - 1).is_some_and(|step| step.next.iter().any(|own| own.edge == next.edge)));
        let action = match (next.way, next.is_back) {
            (Way::Linked, _) => format!("linked with {target}"),
            (Way::BothWays, _) => format!("go to {target}; it also leads back here"),
            (Way::Onward, true) if is_itself => "repeat this step".to_string(),
            (Way::Onward, true) => format!("go back to {target}"),
            (Way::Onward, false) => format!("go to {target}"),
        };
        let hand_over = next.hand_over.filter(|_| next.way != Way::Linked);
        let action = match hand_over {
            Some(lane) => format!("hand over to {}: {action}", chart.groups[lane].label.plain()),
            None => action,
        };
        match (next.words.as_str(), kind) {
            ("", _) => upper_first(&action),
            (words, Kind::Decision) => format!("If {}, {action}", outcome(words)),
            (words, _) => format!("{words}: {action}"),
        }
    }

    /// All of it as lines of plain text, for search and for a reader without a screen.
    pub fn plain(&self, chart: &Flowchart) -> String {
        let mut text = String::new();
        if self.starts.len() > 1 {
            let starts: Vec<String> = self.starts.iter().map(|number| format!("step {number}")).collect();
            push_line(&mut text, &format!("Begins at {}.", crate::text::list_words(&starts, "or")));
        }
        for step in &self.steps {
            for group in &step.headings {
                push_line(&mut text, &chart.groups[*group].label.plain());
            }
            push_line(&mut text, &self.line(chart, step));
            for group in self.from_groups.iter().filter(|group| group.after == Some(step.number)) {
                push_line(&mut text, &self.group_line(chart, group));
            }
        }
        for group in self.from_groups.iter().filter(|group| group.after.is_none()) {
            push_line(&mut text, &self.group_line(chart, group));
        }
        text
    }

    fn group_line(&self, chart: &Flowchart, group: &super::GroupStep) -> String {
        let sentences = group.next.iter().map(|next| self.sentence(chart, next, Kind::Step));
        let title = chart.groups[group.group].label.plain();
        format!(
            "After all of {title}: {}.",
            sentences.map(|said| lower_first(&said)).collect::<Vec<_>>().join("; ")
        )
    }

    fn line(&self, chart: &Flowchart, step: &Step) -> String {
        let mut line = format!("{}. {}", step.number, step.text);
        if !line.ends_with(['.', '?', '!', ':', ';']) {
            line.push('.');
        }
        for next in &step.next {
            // What simply comes next needs no words.
            let is_plain = next.words.is_empty() && next.hand_over.is_none() && next.way == Way::Onward;
            if step.next.len() == 1 && is_plain && next.target == Target::Step(step.number + 1) {
                continue;
            }
            line.push(' ');
            line.push_str(&self.sentence(chart, next, step.kind));
            line.push('.');
        }
        match step.kind {
            Kind::End => line.push_str(" The pathway ends here."),
            Kind::Unlinked if self.steps.len() > 1 => line.push_str(" Not linked to other steps."),
            _ => {}
        }
        line
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// An outcome inside a sentence: "Yes" becomes "yes", a name or an abbreviation stays.
fn outcome(words: &str) -> String {
    let first = words.split(|next: char| !next.is_alphanumeric()).next().unwrap_or("");
    if matches!(first, "Yes" | "No" | "Not" | "Otherwise" | "Unsure" | "Unclear" | "Unknown") {
        lower_first(words)
    } else {
        words.to_string()
    }
}
