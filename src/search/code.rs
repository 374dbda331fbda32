//! Numbers and texts as characters of a JavaScript string. A number is written in digits of base 32, lowest first, one
//! character each; a digit that another follows has 32 added. The 64 characters need no escaping in a string, and
//! compress well because one character means one thing.

/// Appends a number.
pub(super) fn push_number(out: &mut String, mut number: u32) {
    while number >= 32 {
        out.push(digit(number % 32 + 32));
        number /= 32;
    }
    out.push(digit(number));
}

/// How many characters a number takes.
pub(super) fn number_length(number: u32) -> usize {
    match number {
        0..32 => 1,
        32..1024 => 2,
        1024..32768 => 3,
        _ => {
            4 + usize::from(number >= 1 << 20)
                + usize::from(number >= 1 << 25)
                + usize::from(number >= 1 << 30)
        }
    }
}

/// The character of a value below 64: from `0` to `o`, with `p` for the backslash and `q` for `<`.
pub(super) fn digit(value: u32) -> char {
    match value {
        44 => 'p',
        12 => 'q',
        // Below 64, so the sum is ASCII.
        _ => char::from(48 + (value & 63) as u8),
    }
}

/// Appends a text as a JavaScript string in double quotes. Nothing in it can end the string, the line or a `<script>`.
pub(super) fn push_string(out: &mut String, text: &str) {
    out.push('"');
    let mut rest = text;
    while let Some(at) = rest.find(is_special) {
        out.push_str(&rest[..at]);
        let mut characters = rest[at..].chars();
        let Some(character) = characters.next() else { break };
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            _ => {
                out.push_str("\\u");
                for shift in [12, 8, 4, 0] {
                    out.push(char::from_digit(u32::from(character) >> shift & 15, 16).unwrap_or('0'));
                }
            }
        }
        rest = characters.as_str();
    }
    out.push_str(rest);
    out.push('"');
}

fn is_special(character: char) -> bool {
    // A byte-order mark would be dropped by some readers of files.
    matches!(character, '\0'..='\x1f' | '"' | '\\' | '<' | '\x7f' | '\u{2028}' | '\u{2029}' | '\u{feff}')
}

/// Appends a list in order, each as the start it shares with the one before (one character, up to 63) and the rest,
/// with commas between. No entry may hold a comma.
pub(super) fn push_sorted<'a>(out: &mut String, entries: impl Iterator<Item = &'a str>) {
    let mut before = "";
    for (index, entry) in entries.enumerate() {
        if index > 0 {
            out.push(',');
        }
        let shared = shared_start(before, entry);
        out.push(digit(shared.1));
        out.push_str(&entry[shared.0..]);
        before = entry;
    }
}

/// How much two texts share from their start, in bytes and in the units that JavaScript counts; at most 63 units.
pub(super) fn shared_start(one: &str, other: &str) -> (usize, u32) {
    let mut bytes = 0;
    let mut units = 0;
    for (a, b) in one.chars().zip(other.chars()) {
        let next = units + a.len_utf16() as u32;
        if a != b || next > 63 {
            break;
        }
        bytes += a.len_utf8();
        units = next;
    }
    (bytes, units)
}

/// The order in which JavaScript sorts texts.
pub(super) fn script_order(one: &str, other: &str) -> std::cmp::Ordering {
    if one.is_ascii() && other.is_ascii() {
        one.cmp(other)
    } else {
        one.encode_utf16().cmp(other.encode_utf16())
    }
}

#[cfg(test)]
pub(super) mod tests {
    use proptest::prelude::*;

    use super::*;

    /// The numbers that `core.js` reads.
    pub(in super::super) fn read_numbers(code: &str) -> Vec<u32> {
        let mut numbers = Vec::new();
        let (mut number, mut shift) = (0_u32, 0);
        for byte in code.bytes() {
            let value = match byte {
                b'p' => 44,
                b'q' => 12,
                _ => u32::from(byte - 48),
            };
            number |= (value & 31) << shift;
            shift += 5;
            if value < 32 {
                numbers.push(std::mem::take(&mut number));
                shift = 0;
            }
        }
        numbers
    }

    /// One digit's value.
    pub(in super::super) fn read_one(code: &str) -> u32 {
        (0..64).find(|value| code.starts_with(digit(*value))).unwrap()
    }

    proptest! {
        #[test]
        fn numbers_are_read_back(numbers: Vec<u32>) {
            let mut code = String::new();
            for number in &numbers {
                let before = code.len();
                push_number(&mut code, *number);
                prop_assert_eq!(code.len() - before, number_length(*number));
            }
            let needs_escape = code.contains(['<', '\\', '"', ',']);
            prop_assert!(!needs_escape);
            prop_assert_eq!(read_numbers(&code), numbers);
        }

        #[test]
        fn strings_are_json_and_end_nothing(text: String) {
            let mut code = String::new();
            push_string(&mut code, &text);
            prop_assert_eq!(serde_json::from_str::<String>(&code).unwrap(), text);
            let ends_it = code.contains(['<', '\n', '\r', '\0', '\u{2028}', '\u{2029}']);
            prop_assert!(!ends_it);
        }
    }

    #[test]
    fn hostile_text_stays_in_its_string() {
        let hostile = "</script><img onerror=alert(1)>\u{2028}\u{2029}\"\\\0\n\r\u{feff}'`${1}\u{7f}";
        let mut code = String::new();
        push_string(&mut code, hostile);
        assert_eq!(serde_json::from_str::<String>(&code).unwrap(), hostile);
        assert!(
            code.is_ascii()
                && !code.contains('<')
                && !code[1..code.len() - 1].replace("\\\"", "").contains('"')
        );
    }
}
