//! Front matter into the gaps of a document to be filled in, and a page's text with them into a [`Form`].

use super::kinds::Kind;
use crate::diagnostic::Diagnostic;
use crate::fields::Values;
use crate::form::{Block, Form, Gap, GapKind, Inline, Numbering, Place, Style, Wanted};
use crate::markdown;
use crate::source::Spanned;
use crate::text::{did_you_mean, list_words, long_date, parse_date, slugify, upper_first};

/// Characters that end a gap's name in the text, or part it from a column.
const NOT_IN_A_NAME: [char; 5] = ['[', ']', ':', '|', '\\'];

/// What is asked of each member where the writer does not say.
const MEMBER_COLUMNS: [&str; 2] = ["Role", "Organisation"];

/// Whether pages of the kind are documents to be filled in.
pub(super) fn has_gaps(kind: &Kind) -> bool {
    kind.fields.iter().any(|field| field.name == "gaps")
}

/// The gaps that a page declares, without those that could not be used, and what is wrong with them.
pub(super) fn declared(values: &Values) -> (Vec<Gap>, Vec<Diagnostic>) {
    let mut gaps: Vec<Gap> = Vec::new();
    let mut problems = Vec::new();
    for entry in values.groups("gaps") {
        let Some(name) = entry.value.spanned_text("gap") else { continue };
        let gap = gap(name.value, entry.value, &mut problems);
        if let Some(problem) = problem_of_name(&name, &gap, &gaps) {
            problems.push(problem);
        } else {
            gaps.push(gap);
        }
    }
    (gaps, problems)
}

fn problem_of_name(name: &Spanned<&str>, gap: &Gap, others: &[Gap]) -> Option<Diagnostic> {
    if let Some(sign) = name.value.chars().find(|sign| NOT_IN_A_NAME.contains(sign)) {
        let help = "write the words between the brackets only: network name";
        let message =
            format!("the name of a gap cannot hold `{sign}`, which has a meaning of its own in the text");
        return Some(Diagnostic::error("gap-name", message).at(name.span).help(help));
    }
    if gap.key.is_empty() || name.value.starts_with(['!', '^']) {
        let message = "the name of a gap needs a letter or a digit at its beginning, so that it can be told from other signs";
        return Some(
            Diagnostic::error("gap-name", message).at(name.span).help("write a few words: network name"),
        );
    }
    let twin = others.iter().find(|other| other.key == gap.key)?;
    let message =
        format!("the gap `{}` is declared a second time, and readers would be asked twice", twin.name);
    Some(
        Diagnostic::error("duplicate-gap", message)
            .at(name.span)
            .help("keep one of the two, or name this one differently"),
    )
}

fn gap(name: &str, values: &Values, problems: &mut Vec<Diagnostic>) -> Gap {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let words =
        |field: &str| values.text(field).map(|text| text.trim().to_string()).filter(|text| !text.is_empty());
    let kind = kind(&name, values, problems);
    let mut gap = Gap {
        key: slugify(&name),
        label: words("label").unwrap_or_else(|| upper_first(&name)),
        hint: words("hint"),
        default: words("default"),
        example: words("example"),
        wanted: if values.flag("required") == Some(true) { Wanted::Required } else { Wanted::Optional },
        is_shared: values.flag("shared") == Some(true),
        kind,
        name,
    };
    for field in ["default", "example"] {
        let Some(given) = values.spanned_text(field) else { continue };
        match answer(&gap.kind, given.value.trim()) {
            Ok(understood) => {
                let place = if field == "default" { &mut gap.default } else { &mut gap.example };
                *place = Some(understood).filter(|text| !text.is_empty());
            }
            Err(help) => {
                let message = format!("the {field} of the gap `{}` is no answer to its question", gap.name);
                problems.push(Diagnostic::error("gap-answer", message).at(given.span).help(help));
                *(if field == "default" { &mut gap.default } else { &mut gap.example }) = None;
            }
        }
    }
    gap
}

fn kind(name: &str, values: &Values, problems: &mut Vec<Diagnostic>) -> GapKind {
    let several = |field: &str| -> Vec<String> {
        let texts = values.texts(field).map(|text| text.value.trim().to_string());
        texts.filter(|text| !text.is_empty()).collect()
    };
    let wanted = values.text("type").unwrap_or("text");
    let mut out_of_place = |field: &'static str, of: &str| {
        let Some(span) = values.key_span(field) else { return };
        let message = format!(
            "`{field}` is given for the gap `{name}`, whose type is {wanted}, so readers never see it"
        );
        problems.push(
            Diagnostic::error("gap-choices", message)
                .at(span)
                .help(format!("write type: {of}, or take `{field}` out")),
        );
    };
    if wanted != "choice" {
        out_of_place("choices", "choice");
    }
    if wanted != "members" {
        out_of_place("columns", "members");
    }
    match wanted {
        "long text" => GapKind::LongText,
        "number" => GapKind::Number,
        "date" => GapKind::Date,
        "yes or no" => GapKind::YesNo,
        "organisations" => GapKind::Organisations,
        "members" => {
            let columns = several("columns");
            let columns =
                if columns.is_empty() { MEMBER_COLUMNS.map(String::from).to_vec() } else { columns };
            GapKind::Members(columns)
        }
        "choice" => {
            let choices = several("choices");
            if choices.len() < 2 {
                let span = values.key_span("choices").or_else(|| values.key_span("type"));
                let mut problem = Diagnostic::error(
                    "gap-choices",
                    format!("the gap `{name}` is a choice and needs two answers or more to choose from"),
                )
                .help("add a line such as choices: [In person, Online]");
                problem.span = span;
                problems.push(problem);
            }
            GapKind::Choice(choices)
        }
        _ => GapKind::Text,
    }
}

/// An answer as it stands in the text, or what to write instead.
fn answer(kind: &GapKind, given: &str) -> Result<String, String> {
    if given.is_empty() {
        return Ok(String::new());
    }
    match kind {
        GapKind::Number => {
            let digits: String = given.chars().filter(|sign| *sign != ',' && *sign != ' ').collect();
            let is_number = digits.parse::<f64>().is_ok_and(f64::is_finite);
            if is_number {
                Ok(given.to_string())
            } else {
                Err("write a number in digits, such as 12".to_string())
            }
        }
        GapKind::Date => {
            let date = parse_date(given).map_err(|_| "write a day such as 6 August 2027".to_string())?;
            Ok(long_date(date))
        }
        GapKind::YesNo => match given.to_lowercase().as_str() {
            "yes" | "true" => Ok("Yes".to_string()),
            "no" | "false" => Ok("No".to_string()),
            _ => Err("write yes or no".to_string()),
        },
        GapKind::Choice(choices) => {
            let chosen = choices.iter().find(|choice| choice.eq_ignore_ascii_case(given)).cloned();
            chosen.ok_or_else(|| {
                let near = did_you_mean(given, choices.iter().map(String::as_str));
                near.unwrap_or_else(|| format!("choose {}", list_words(choices, "or")))
            })
        }
        GapKind::Members(columns) => {
            let longest = given.lines().map(|line| line.split(';').count()).max().unwrap_or(0);
            if longest <= columns.len() {
                return Ok(given.to_string());
            }
            Err(format!(
                "write a line for each, with {}",
                list_words(columns, "and").replace(" and ", "; ").replace(", ", "; ")
            ))
        }
        GapKind::Text | GapKind::LongText | GapKind::Organisations => Ok(given.to_string()),
    }
}

/// A page's text as a document to be filled in, with a warning for each gap that stands nowhere.
pub(super) fn form(
    kind: &Kind,
    values: &Values,
    title: &str,
    language: &str,
    gaps: Vec<Gap>,
    blocks: Vec<Block>,
) -> (Form, Vec<Diagnostic>) {
    let mut problems = Vec::new();
    let numbering = match values.text("numbering") {
        Some("headings") => Numbering::Headings,
        Some("none") => Numbering::Nothing,
        Some(_) => Numbering::Clauses,
        None if kind.name == "terms-of-reference" => Numbering::Clauses,
        None => Numbering::Headings,
    };
    // What stands before the first section speaks to readers of the page.
    let is_section = |block: &Block| matches!(block, Block::Heading { level: 2, .. });
    let first = blocks.iter().position(is_section).unwrap_or(0);
    let blocks = blocks.into_iter().skip(first).collect();
    let mut form = Form {
        title: Vec::new(),
        version: values.text("version").unwrap_or_default().to_string(),
        language: language.to_string(),
        numbering,
        gaps,
        blocks,
    };
    form.title = match values.spanned_text("document_title") {
        Some(given) => title_with_gaps(&form, &given, &mut problems),
        None => vec![Inline::Text { text: title.to_string(), style: Style::default() }],
    };
    let used = form.used_gaps();
    for (entry, name) in
        values.groups("gaps").filter_map(|entry| Some((entry.value, entry.value.spanned_text("gap")?)))
    {
        let Some(gap) = form.gap_named(name.value) else { continue };
        // The second of two of one name is reported as such.
        let is_first = values
            .groups("gaps")
            .find(|other| other.value.text("gap").is_some_and(|other| form.gap_named(other) == Some(gap)))
            .is_some_and(|first| std::ptr::eq(first.value, entry));
        if is_first && !used.contains(&gap) {
            let message = format!(
                "the gap `{}` stands nowhere in the text, so its answer would be lost",
                form.gaps[gap].name
            );
            let help =
                format!("write [{}] where the answer belongs, or take the gap out", form.gaps[gap].name);
            problems.push(Diagnostic::warning("unused-gap", message).at(name.span).help(help));
        }
    }
    (form, problems)
}

/// Words with gaps in brackets, from a field.
fn title_with_gaps(form: &Form, given: &Spanned<&str>, problems: &mut Vec<Diagnostic>) -> Vec<Inline> {
    let mut inlines = Vec::new();
    let push_text = |inlines: &mut Vec<Inline>, text: &str| {
        if !text.is_empty() {
            inlines.push(Inline::Text { text: text.to_string(), style: Style::default() });
        }
    };
    let mut rest = given.value;
    while let Some(open) = rest.find('[') {
        let Some(length) = rest[open..].find(']') else { break };
        let name = &rest[open + 1..open + length];
        if let Some(place) = form.gap_as_written(name) {
            push_text(&mut inlines, &rest[..open]);
            let Place { gap, column, is_capital } = place;
            inlines.push(Inline::Gap { gap, column, is_capital, style: Style::default() });
        } else {
            push_text(&mut inlines, &rest[..=open + length]);
            problems.push(markdown::undeclared_gap(name, &form.gaps, given.span));
        }
        rest = &rest[open + length + 1..];
    }
    push_text(&mut inlines, rest);
    inlines
}
