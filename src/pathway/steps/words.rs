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
    /// What follows, as a sentence without a full stop: "If yes, go to step 5", "Go back to step 3", "Hand over to Hub
    /// and go to step 10". `kind` is that of the step that it follows.
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
        let action = match (hand_over, next.target) {
            (Some(lane), Target::Group { group, .. }) if lane == group && next.way == Way::Onward => {
                format!("hand over to {target}")
            }
            (Some(lane), _) => format!("hand over to {} and {action}", chart.groups[lane].label.plain()),
            (None, _) => action,
        };
        match (next.words.as_str(), kind) {
            ("", _) => upper_first(&action),
            (words, Kind::Decision) if is_answer(words) => format!("If {}, {action}", lower_first(words)),
            (words, _) => format!("{words}: {action}"),
        }
    }

    /// Where the pathway begins, as a sentence without a full stop, where that is not simply its first step.
    pub fn several_starts(&self) -> Option<String> {
        let starts: Vec<String> = self.starts.iter().map(|number| format!("step {number}")).collect();
        (starts.len() > 1).then(|| format!("Begins at {}", crate::text::list_words(&starts, "or")))
    }

    /// What is said of a step from which nothing leads on, without a full stop: the next number is none that follows.
    pub fn ending(&self, step: &Step) -> Option<&'static str> {
        match step.kind {
            Kind::End => Some("The pathway ends here"),
            Kind::Unlinked if self.steps.len() > 1 => Some("Not linked to other steps"),
            _ => None,
        }
    }

    /// What follows a whole group, as a sentence without a full stop: "After all of Preparation, go to step 5".
    pub fn group_sentence(&self, chart: &Flowchart, group: &super::GroupStep, next: &Next) -> String {
        let title = chart.groups[group.group].label.plain();
        let part = if next.words.is_empty() { "," } else { ":" };
        format!("After all of {title}{part} {}", lower_first(&self.sentence(chart, next, Kind::Step)))
    }

    /// All of it as lines of plain text, for search and for a reader without a screen.
    pub fn plain(&self, chart: &Flowchart) -> String {
        let mut text = String::new();
        if let Some(starts) = self.several_starts() {
            push_line(&mut text, &format!("{starts}."));
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
        let sentences = group.next.iter().map(|next| self.group_sentence(chart, group, next) + ".");
        sentences.collect::<Vec<_>>().join(" ")
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
        if let Some(ending) = self.ending(step) {
            line.push(' ');
            line.push_str(ending);
            line.push('.');
        }
        line
    }
}

fn push_line(text: &mut String, line: &str) {
    text.push_str(line);
    text.push('\n');
}

/// Whether an outcome reads well after "if": "Yes", "No, not today". Others may begin with a name and stay as they are.
fn is_answer(words: &str) -> bool {
    let first = words.split(|next: char| !next.is_alphanumeric()).next().unwrap_or("");
    let first = first.to_lowercase();
    matches!(first.as_str(), "yes" | "no" | "not" | "otherwise" | "unsure" | "unclear" | "unknown")
}
