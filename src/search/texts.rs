//! What is shown of one page among results: address, title, facets and the text for excerpts, one file a page.

use super::code::push_string;
use super::types::Document;

/// More of a page's text is not kept for excerpts: a result should not cost more than the page. Every section keeps its
/// heading and an equal share.
const LONGEST: usize = 16_000;

/// A page's file, as arguments of a call.
pub(super) fn encode(document: &Document) -> String {
    let share = share(document.sections.iter().map(|section| section.text.len()).collect());
    let mut out = String::with_capacity(share.min(LONGEST) + 512);
    for text in [&document.address, &document.title, &document.kind, &document.summary, &document.date] {
        push_string(&mut out, text);
        out.push(',');
    }
    out.push('[');
    for (index, (facet, value)) in document.facets.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_string(&mut out, facet);
        out.push(',');
        push_string(&mut out, value);
    }
    out.push_str("],[");
    for (index, section) in document.sections.iter().enumerate() {
        if index > 0 {
            out.push(',');
        }
        push_string(&mut out, &section.id);
        out.push(',');
        push_string(&mut out, &section.heading);
        out.push(',');
        push_string(&mut out, cut(&section.text, share));
    }
    out.push_str("],");
    let others: Vec<&str> = document.other_titles.iter().map(String::as_str).collect();
    push_string(&mut out, &others.join("\n"));
    out
}

/// How long a section's text may be so that all together are not too long.
fn share(mut lengths: Vec<usize>) -> usize {
    lengths.sort_unstable();
    let mut left = LONGEST;
    let mut count = lengths.len();
    for length in lengths {
        if length > left / count {
            return left / count;
        }
        left -= length;
        count -= 1;
    }
    usize::MAX
}

/// The text's start of at most so many bytes, not cut within a word where there are spaces.
fn cut(text: &str, longest: usize) -> &str {
    if text.len() <= longest {
        return text;
    }
    let start = &text[..text.floor_char_boundary(longest)];
    start.rfind(' ').map_or(start, |space| &start[..space])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_pages_keep_every_section() {
        assert_eq!(share(vec![100, 200]), usize::MAX);
        assert_eq!(share(vec![100, 20_000, 30_000]), (LONGEST - 100) / 2);
        assert_eq!(cut("Ynys Môn and more", 7), "Ynys");
    }
}
