//! A stylesheet without its comments and the spaces that mean nothing: a page and its stylesheet are to arrive in one
//! round trip.

/// Takes comments and spare spaces out of CSS. What stands in quotation marks stays as it is.
pub(super) fn compact(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    let mut is_apart = false;
    while let Some(character) = rest.chars().next() {
        if let Some(comment) = rest.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        }
        let length = match character {
            '"' | '\'' => quoted(rest, character),
            '\\' => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            _ => character.len_utf8(),
        };
        let (piece, after) = rest.split_at(length);
        rest = after;
        if character.is_ascii_whitespace() {
            is_apart = true;
            continue;
        }
        // A space before `:` or `(` can part two selectors or two words; around `+` and `-` it makes a sum.
        let joins_before = out.is_empty() || out.ends_with(['{', '}', ';', ',', '>', '~', ':', '(']);
        if is_apart && !joins_before && !matches!(character, '{' | '}' | ';' | ',' | '>' | '~' | ')') {
            out.push(' ');
        }
        if character == '}' && out.ends_with(';') {
            out.pop();
        }
        is_apart = false;
        out.push_str(piece);
    }
    out
}

/// The length of the string that text begins with, its quotation marks included.
fn quoted(text: &str, mark: char) -> usize {
    let mut is_escaped = false;
    for (offset, character) in text.char_indices().skip(1) {
        if character == mark && !is_escaped {
            return offset + 1;
        }
        is_escaped = character == '\\' && !is_escaped;
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_means_nothing_goes() {
        let css = "/* why */\n:root { --a: #fff; --font: 'A  B', serif; }\n.x > a:hover , .x :first-child::after {\n  \
                   content: \"} /* \\\" */ {\"; width: calc( 100% - 2 * var(--a) );\n}\n@media (min-width: 40em) and (x) { a ~ b{} }\n";
        assert_eq!(
            compact(css),
            ":root{--a:#fff;--font:'A  B',serif}.x>a:hover,.x :first-child::after{content:\"} /* \\\" */ \
             {\";width:calc(100% - 2 * var(--a))}@media (min-width:40em) and (x){a~b{}}"
        );
    }

    #[test]
    fn a_broken_stylesheet_does_no_harm() {
        for css in ["/* never closed", "a { content: \"never closed", "\\", "é { } \\é", ""] {
            compact(css);
        }
    }
}
