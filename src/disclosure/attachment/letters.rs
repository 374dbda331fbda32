//! Bytes as text: by their mark, by being UTF-8, or as what can be read in a file of an unknown or old format.

/// The text of bytes that are text; none for others.
pub(super) fn decoded(bytes: &[u8]) -> Option<String> {
    let wide = |rest: &[u8], of: fn([u8; 2]) -> u16| {
        let units: Vec<u16> = rest.chunks_exact(2).map(|pair| of([pair[0], pair[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match bytes {
        [0xff, 0xfe, rest @ ..] => return Some(wide(rest, u16::from_le_bytes)),
        [0xfe, 0xff, rest @ ..] => return Some(wide(rest, u16::from_be_bytes)),
        _ => {}
    }
    let is_control = |byte: &u8| *byte < 9 || (14..32).contains(byte) && *byte != 0x1b;
    if bytes.iter().take(4_000).any(is_control) {
        return None;
    }
    Some(String::from_utf8(bytes.to_vec()).unwrap_or_else(|error| latin(error.as_bytes())))
}

/// Every byte as the character of its number.
pub(super) fn latin(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| char::from(*byte)).collect()
}

/// The runs of readable characters, in single bytes and in pairs, each on a line of its own.
pub(super) fn runs(bytes: &[u8]) -> String {
    let mut text = String::new();
    let is_readable = |byte: u8| (0x20..0x7f).contains(&byte) || byte >= 0xa0 || byte == b'\t';
    let mut run = String::new();
    let mut flush = |run: &mut String| {
        if run.chars().count() >= SHORTEST_RUN {
            text.push_str(run);
            text.push('\n');
        }
        run.clear();
    };
    for byte in bytes {
        if is_readable(*byte) {
            run.push(char::from(*byte));
        } else {
            flush(&mut run);
        }
    }
    flush(&mut run);
    // Pairs may begin at odd places.
    for start in 0..2 {
        for pair in bytes.get(start..).unwrap_or_default().chunks_exact(2) {
            let unit = u16::from_le_bytes([pair[0], pair[1]]);
            match char::from_u32(u32::from(unit)) {
                Some(character)
                    if unit < 0x2100 && !character.is_control() && is_letter_of_documents(unit) =>
                {
                    run.push(character);
                }
                _ => flush(&mut run),
            }
        }
        flush(&mut run);
    }
    text
}

fn is_letter_of_documents(unit: u16) -> bool {
    (0x20..0x7f).contains(&unit) || (0xa0..0x180).contains(&unit) || (0x2000..0x2070).contains(&unit)
}

/// No number that names a patient is shorter, in characters.
const SHORTEST_RUN: usize = 8;
