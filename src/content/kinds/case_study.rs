//! Case studies: what a network did about a problem, what came of it and what is next.

use super::{Kind, Order};
use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Values};

const WORKSTREAM: &[Field] = &[
    Field::always("name", Shape::Text, "What the workstream is called.", "Workforce"),
    Field::optional(
        "aim",
        Shape::Text,
        "What it is to achieve.",
        "Tell executives what should change about staffing",
    ),
    Field::optional("lead", Shape::Text, "Who leads it, as a role.", "Workforce lead"),
    Field::optional("status", Shape::Text, "How far it has come.", "Report drafted"),
    Field::optional(
        "outputs",
        Shape::List(&Shape::Text),
        "What it produced.",
        "[Clinician passport memorandum]",
    ),
];

const MEASURE: &[Field] = &[
    Field::always("metric", Shape::Text, "What was measured.", "Time from scan to report"),
    Field::optional("baseline", Shape::Quantity, "The figure before.", "7"),
    Field::always("result", Shape::Quantity, "The figure after.", "1"),
    Field::optional("unit", Shape::Text, "What the figures count.", "days"),
    Field::optional("period", Shape::Period, "When the result was measured.", "2018"),
    Field::optional(
        "note",
        Shape::Text,
        "What a reader must know to read it rightly.",
        "The source gives no baseline period.",
    ),
];

const BARRIER: &[Field] = &[
    Field::always("barrier", Shape::Text, "What stood in the way.", "IT logins at host sites"),
    Field::optional(
        "how_overcome",
        Shape::Text,
        "What was done about it; left out while it still stands.",
        "One login for the network",
    ),
];

/// A case study.
pub(super) static KIND: Kind = Kind {
    name: "case-study",
    folder: "case-studies",
    title: "Case study",
    plural: "Case studies",
    about: "What a network did about a problem, what came of it and what is next.",
    lead: "What networks tried, what came of it, and how sure they are.",
    fields: &[
        Field::to_publish("period", Shape::Period, "When the work was done.", "January to June 2018"),
        Field::to_publish(
            "stage",
            Shape::Choice(&["idea", "pilot", "implemented", "sustained", "stopped"]),
            "How far the work has really come.",
            "pilot",
        ),
        Field::to_publish(
            "contact",
            Shape::Email,
            "The mailbox that answers questions about it.",
            "imaging.network@example.org",
        ),
        Field::optional(
            "evidence",
            Shape::Choice(&["opinion", "before-after", "spc", "evaluated"]),
            "What the results rest on; spc is statistical process control.",
            "before-after",
        ),
        Field::optional(
            "programme",
            Shape::Text,
            "The programme that it was part of.",
            "Early adopters 2018",
        ),
        Field::optional(
            "bid_status",
            Shape::Choice(&["eoi", "winner"]),
            "How its bid fared: expression of interest only, or chosen.",
            "winner",
        ),
        Field::optional(
            "procurement",
            Shape::Choice(&["live", "closed"]),
            "While a purchase is live, supplier names and scores are not published.",
            "closed",
        ),
        Field::optional("workstreams", Shape::List(&Shape::Group(WORKSTREAM)), "The parts of the work.", ""),
        Field::optional("measures", Shape::List(&Shape::Group(MEASURE)), "Figures before and after.", ""),
        Field::optional("cost", Shape::Text, "What it cost, over what time.", "£20,000 once, £5,000 a year"),
        Field::optional("savings", Shape::Text, "What it saved, over what time.", "£130,000 in 12 months"),
        Field::optional(
            "transferability",
            Shape::Text,
            "What another network needs to do the same.",
            "Needs one shared archive of images.",
        ),
        Field::optional(
            "barriers",
            Shape::List(&Shape::Group(BARRIER)),
            "What stood in the way, and how it was overcome.",
            "",
        ),
        Field::optional(
            "host_org",
            Shape::Text,
            "The organisation that hosted the work.",
            "Example University Hospitals",
        ),
        Field::optional(
            "contracting_model",
            Shape::Text,
            "How the organisations contracted.",
            "One trust contracts; memorandums with the others",
        ),
        Field::optional(
            "sponsor",
            Shape::Text,
            "The board sponsor, as a role.",
            "Chief executive of the host trust",
        ),
        Field::optional(
            "champions",
            Shape::List(&Shape::Text),
            "Who made the case on the ground, as roles.",
            "[Lead reporting radiographer]",
        ),
        Field::optional(
            "exiting_supplier",
            Shape::Text,
            "The supplier that was replaced; not published while procurement is live.",
            "Supplier A",
        ),
        Field::optional("assets", Shape::List(&Shape::File), "Files that others can use.", "[passport.docx]"),
    ],
    also_needs: &["network"],
    sections: &[
        &["Problem", "Solution", "Output", "Next steps"],
        &["Context", "Approach", "Key considerations"],
    ],
    optional_sections: &["Lessons", "What we would do differently"],
    key: None,
    other_names: &[],
    order: Order::NewestFirst,
    template: "case-study.html",
    schema_org: "Article",
    starter: "",
    has_files: false,
    embeddable: false,
    check,
};

fn check(fields: &Values) -> Vec<Diagnostic> {
    let opinion = fields.text("evidence") == Some("opinion");
    fields
        .groups("measures")
        .filter(|measure| measure.value.get("baseline").is_none() && !opinion)
        .map(|measure| {
            let metric = measure.value.text("metric").unwrap_or("this measure");
            Diagnostic::warning(
                "result-without-baseline",
                format!("{metric}: a result without a baseline shows a reader no change"),
            )
            .at(measure.span)
            .help("add `baseline:`, or say `evidence: opinion`")
        })
        .collect()
}
