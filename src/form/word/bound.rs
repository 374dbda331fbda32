//! The answers as a part of their own, to which the controls are bound: what is typed into one place in Word then stands
//! in all places of the same gap. When it opens a file, Word takes the answers from here and not from the text.

use std::fmt::Write;

use super::super::{Answers, Form};
use super::xml;

/// The name of this part among others of a document.
const STORE: &str = "{6F0C5D7E-2B43-4E58-9A1D-3C7B8E90A4F2}";
const NAMESPACE: &str = "urn:netsite:answers";

/// What binds a control to its answer; nothing for a gap with rows, whose text in a sentence is made of several answers.
pub(super) fn binding(form: &Form, gap: usize) -> String {
    if form.gaps.get(gap).is_none_or(super::super::Gap::is_list) {
        return String::new();
    }
    format!(
        r#"<w:dataBinding w:prefixMappings="xmlns:a='{NAMESPACE}'" w:xpath="/a:answers[1]/a:answer[{}]" w:storeItemID="{STORE}"/>"#,
        gap + 1
    )
}

/// `customXml/item1.xml`: an answer for every gap, empty where there is none.
pub(super) fn answers(form: &Form, answers: &Answers) -> String {
    let mut part = format!(r#"{}<answers xmlns="{NAMESPACE}">"#, super::DECLARATION);
    for (index, gap) in form.gaps.iter().enumerate() {
        let filling = if gap.is_list() { None } else { form.filling(index, None, false, answers) };
        let _ = write!(
            part,
            r#"<answer key="{}">{}</answer>"#,
            xml::attribute(&gap.key, 255),
            xml::escaped(&filling.unwrap_or_default())
        );
    }
    part.push_str("</answers>");
    part
}

/// `customXml/itemProps1.xml`.
pub(super) fn properties() -> String {
    format!(
        r#"{}<ds:datastoreItem ds:itemID="{STORE}" xmlns:ds="http://schemas.openxmlformats.org/officeDocument/2006/customXml"><ds:schemaRefs><ds:schemaRef ds:uri="{NAMESPACE}"/></ds:schemaRefs></ds:datastoreItem>"#,
        super::DECLARATION
    )
}
