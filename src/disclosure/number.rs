//! Ten digits that may name a patient. NHS numbers (England, Wales, the Isle of Man), CHI numbers (Scotland) and Health
//! and Care numbers (Northern Ireland) share one check digit; the ranges in which each is issued tell them apart.

/// Whose number ten digits are, by the ranges in which numbers are issued.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Issuer {
    Nhs,
    Chi,
    HealthAndCare,
    /// Numbers for tests, which no patient has.
    Test,
    /// The check digit is right, and no number of this range is issued: a telephone number, an instant in seconds.
    Nobody,
}

/// Ten digits, each from 0 to 9.
pub(super) type Ten = [u8; 10];

/// Whose number these digits are; none where the check digit is wrong, or where all are the same: those pass the sum and
/// are typed to fill a gap.
///
/// NHS Data Model and Dictionary, "NHS number": digits 1 to 9 weighted 10 to 2; 11 less the remainder of the sum by 11 is
/// digit 10, where 11 stands for 0 and 10 for no number. Ranges: CHI 010 101 0000 to 311 299 9999, a date of birth at its
/// beginning; Health and Care 320 000 0001 to 399 999 9999; NHS 400 000 0000 to 499 999 9999 and 600 000 0000 to 799 999
/// 9999. Others from 4 on are taken for NHS numbers too: the examples in guidance begin with 9.
pub(super) fn issuer(digits: Ten) -> Option<Issuer> {
    if digits.iter().all(|digit| *digit == digits[0]) {
        return None;
    }
    let sum: u32 =
        digits[..9].iter().zip((2..=10).rev()).map(|(digit, weight)| u32::from(*digit) * weight).sum();
    let check = match 11 - sum % 11 {
        11 => 0,
        10 => return None,
        check => check,
    };
    if check != u32::from(digits[9]) {
        return None;
    }
    Some(match (digits[0], digits[1], digits[2]) {
        (9, 9, 9) => Issuer::Test,
        (3, 2..=9, _) => Issuer::HealthAndCare,
        (0..=3, ..) if begins_with_a_date(digits) => Issuer::Chi,
        (0..=3, ..) => Issuer::Nobody,
        _ => Issuer::Nhs,
    })
}

/// Day and month of a CHI number.
fn begins_with_a_date(digits: Ten) -> bool {
    let two = |at: usize| digits[at] * 10 + digits[at + 1];
    let days = match two(2) {
        2 => 29,
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => 0,
    };
    (1..=days).contains(&two(0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(text: &str) -> Option<Issuer> {
        let digits: Vec<u8> = text.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
        issuer(digits.try_into().unwrap())
    }

    #[test]
    fn the_check_digit_decides() {
        assert_eq!(of("943 476 5919"), Some(Issuer::Nhs), "the example of the data dictionary");
        assert_eq!(of("943 476 5918"), None);
        assert_eq!(of("401 023 2137"), Some(Issuer::Nhs));
        for digit in 0..10 {
            assert_eq!(of(&digit.to_string().repeat(10)), None);
        }
    }

    #[test]
    fn the_ranges_tell_whose_it_is() {
        assert_eq!(of("999 000 0018"), Some(Issuer::Test));
        let numbers: Vec<String> = (0..10).map(|last| format!("010101010{last}")).collect();
        let chi: Vec<_> = numbers.iter().filter_map(|number| of(number)).collect();
        assert_eq!(chi, [Issuer::Chi]);
        let irish: Vec<_> = (0..10).filter_map(|last| of(&format!("320000002{last}"))).collect();
        assert_eq!(irish, [Issuer::HealthAndCare]);
        assert_eq!(of("0123456789"), Some(Issuer::Nobody), "no 23rd month");
    }
}
