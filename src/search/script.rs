//! Our own scripts as they are published: without indents, lines of comment, and spaces and line ends that nothing needs.

/// Beside these no space is needed. `+`, `-` and `/` are left out: two of them in a row mean something else.
const ALONE: &str = "{}()[];,:?=<>!&|*%";

/// After these a line may go on where it is.
const OPEN: &str = "{([;,";

/// What a `/` after one of these begins is a regular expression.
const BEFORE_PATTERN: &str = "{([;,:?=<>!&|";

/// Makes a script shorter. Not for scripts with texts of several lines.
pub fn compact(script: &str) -> String {
    let lines = script.lines().map(str::trim).filter(|line| !line.is_empty() && !line.starts_with("//"));
    let mut out = String::with_capacity(script.len());
    for line in lines {
        if line.starts_with('}') && out.ends_with('\n') {
            out.pop();
        }
        push_line(line, &mut out);
        if !out.ends_with(|last| OPEN.contains(last)) {
            out.push('\n');
        }
    }
    if !out.ends_with('\n') {
        out.push('\n');
    }
    out
}

fn push_line(line: &str, out: &mut String) {
    let mut rest = line;
    while let Some(next) = rest.chars().next() {
        let length = match next {
            '\'' | '"' | '`' => end_of_text(rest, next),
            '/' if begins_pattern(out) => end_of_pattern(rest),
            _ => next.len_utf8(),
        };
        let (token, after) = rest.split_at(length);
        rest = after;
        let is_needless = next == ' '
            && (out.ends_with(|before| ALONE.contains(before))
                || rest.starts_with(|after| ALONE.contains(after)));
        if !is_needless {
            out.push_str(token);
        }
    }
}

/// Where a text in quotes ends.
fn end_of_text(line: &str, quote: char) -> usize {
    let mut characters = line.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        if character == '\\' {
            characters.next();
        } else if character == quote {
            return at + 1;
        }
    }
    line.len()
}

fn begins_pattern(before: &str) -> bool {
    let before = before.trim_end();
    before.is_empty() || before.ends_with("return") || before.ends_with(|last| BEFORE_PATTERN.contains(last))
}

/// Where a regular expression ends; a `/` within brackets does not end it.
fn end_of_pattern(line: &str) -> usize {
    let mut is_class = false;
    let mut characters = line.char_indices().skip(1);
    while let Some((at, character)) = characters.next() {
        match character {
            '\\' => {
                characters.next();
            }
            '[' => is_class = true,
            ']' => is_class = false,
            '/' if !is_class => return at + 1,
            _ => {}
        }
    }
    line.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_nothing_needs_goes() {
        let script = "// About.\nconst one = (a, b) => {\n  // Why.\n  return a - -b;\n};\n\nif (one) two();\nelse three\n";
        assert_eq!(compact(script), "const one=(a,b)=>{return a - -b;};if(one)two();else three\n");
    }

    #[test]
    fn texts_and_patterns_stay_as_they_are() {
        let script =
            "a = 'x , y' + \"a \\\" ( b\" + `c = ${d} ;`; b = c / d ; e = /[/ ,] = \\/ ,/g; return / , /;\n";
        assert_eq!(
            compact(script),
            "a='x , y' + \"a \\\" ( b\" + `c = ${d} ;`;b=c / d;e=/[/ ,] = \\/ ,/g;return / , /;\n"
        );
    }

    #[test]
    fn lines_that_end_a_statement_by_themselves_do_so_still() {
        assert_eq!(compact("one()\ntwo = {\n  three,\n}\n(four)\n"), "one()\ntwo={three,}\n(four)\n");
    }
}
