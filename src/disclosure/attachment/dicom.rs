//! Images of scanners, known by their first bytes (DICOM PS3.10 7.1: 128 bytes of anything, then `DICM`), also where a
//! program left that beginning out.

pub(super) fn is_dicom(head: &[u8]) -> bool {
    head.get(128..132) == Some(b"DICM") || begins_with_elements(head)
}

/// Whether the bytes begin with a data element of group 0002 or 0008 and another one follows it. Both byte orders of
/// lengths that occur are tried: with the value's type in letters, and without.
fn begins_with_elements(head: &[u8]) -> bool {
    let group = |at: usize| Some(u16::from_le_bytes(head.get(at..at + 2)?.try_into().ok()?));
    let long = |at: usize| Some(u32::from_le_bytes(head.get(at..at + 4)?.try_into().ok()?) as usize);
    let Some(first @ (2 | 8)) = group(0) else { return false };
    if group(2).is_none_or(|element| element > 0x0100) {
        return false;
    }
    let next = match head.get(4..6) {
        Some(b"UL" | b"CS" | b"UI" | b"DA" | b"TM" | b"SH" | b"LO" | b"IS" | b"DS" | b"PN" | b"AE") => {
            group(6).map(|length| 8 + usize::from(length))
        }
        Some(b"OB") => long(8).map(|length| 12 + length),
        _ => long(4).filter(|length| (2..=256).contains(length) && length % 2 == 0).map(|length| 8 + length),
    };
    next.and_then(|next| Some((group(next)?, group(next + 2)?))).is_some_and(|(next, element)| {
        (next == first || next == 8)
            && (next > first || element > group(2).unwrap_or(u16::MAX))
            && element < 0x3000
    })
}
