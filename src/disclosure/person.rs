//! A postcode beside a person. A postcode alone names some fifteen homes, or a hospital: with a name it names a home.

use super::context::words_before;
use super::digits::Group;

/// The postcode whose first digit begins this group.
pub(super) fn postcode(text: &str, group: Group) -> Option<(usize, usize)> {
    let bytes = text.as_bytes();
    let letters = bytes[..group.start].iter().rev().take_while(|byte| byte.is_ascii_alphanumeric()).count();
    if !(1..=2).contains(&letters)
        || !bytes[group.start - letters..group.start].iter().all(u8::is_ascii_uppercase)
    {
        return None;
    }
    let start = group.start - letters;
    let mut at = group.start;
    let digits = bytes[at..].iter().take_while(|byte| byte.is_ascii_digit()).count();
    if !(1..=3).contains(&digits) {
        return None;
    }
    let inward = |at: usize| {
        let [digit, one, two] = bytes.get(at..at + 3)? else { return None };
        let is_letter = |byte: &u8| byte.is_ascii_uppercase() && !b"CIKMOV".contains(byte);
        let is_end = !bytes.get(at + 3).is_some_and(u8::is_ascii_alphanumeric);
        (digit.is_ascii_digit() && is_letter(one) && is_letter(two) && is_end).then_some(at + 3)
    };
    // Without a space the last digit is that of the second half.
    if let Some(end) = inward(at + digits - 1).filter(|_| digits >= 2) {
        return Some((start, end));
    }
    at += digits;
    at += usize::from(digits == 1 && bytes.get(at).is_some_and(u8::is_ascii_uppercase));
    if let Some(end) = inward(at).filter(|_| digits == 1) {
        return Some((start, end));
    }
    let spaces = text[at..].len() - text[at..].trim_start_matches([' ', '\u{a0}']).len();
    inward(at + spaces).filter(|_| (1..=3).contains(&spaces)).map(|end| (start, end))
}

/// So many bytes before a postcode hold the name and the address.
const REACH: usize = 110;

/// Whether a person is named before an address that ends at `at`, and no organisation between.
pub(super) fn is_near(text: &str, at: usize) -> bool {
    let mut next = "";
    for word in words_before(text, at, REACH) {
        let lower = super::context::lower(word.text);
        let lower = lower.as_str();
        if ORGANISATIONS.contains(&lower) {
            return false;
        }
        let begins_a_name = next.starts_with(char::is_uppercase) && next.len() > 1;
        if TITLES.contains(&lower) && (begins_a_name || lower == "patient") {
            return true;
        }
        let is_capital = word.text.starts_with(char::is_uppercase);
        // Roads and hospitals are named after people: "Elizabeth Street", "Queen Alexandra".
        let before = words_before(text, word.start, 24).next().map(|word| super::context::lower(word.text));
        let is_royal = before.is_some_and(|before| ROYAL.contains(&before.as_str()));
        if is_capital && begins_a_name && FORENAMES.contains(&lower) && !is_royal && !is_road(next) {
            return true;
        }
        next = word.text;
    }
    false
}

fn is_road(word: &str) -> bool {
    let word = super::context::lower(word);
    [
        "road", "street", "avenue", "lane", "close", "drive", "way", "square", "park", "place", "terrace",
        "crescent",
    ]
    .contains(&word.as_str())
}

const TITLES: &[&str] = &["mr", "mrs", "ms", "miss", "mx", "master", "patient", "pt", "resident"];

const ROYAL: &[&str] =
    &["queen", "king", "prince", "princess", "st", "saint", "royal", "lady", "lord", "sir"];

const ORGANISATIONS: &[&str] = &[
    "hospital",
    "hospitals",
    "trust",
    "infirmary",
    "university",
    "college",
    "house",
    "centre",
    "center",
    "clinic",
    "ward",
    "department",
    "directorate",
    "board",
    "nhs",
    "surgery",
    "practice",
    "institute",
    "school",
    "council",
    "office",
    "offices",
    "hospice",
    "unit",
    "ltd",
    "limited",
    "plc",
    "foundation",
    "service",
    "services",
    "court",
    "building",
    "floor",
    "suite",
    "network",
    "hotel",
    "library",
    "laboratory",
    "headquarters",
    "venue",
];

/// Forenames that are common in England and no usual words of a sentence, in small letters.
pub(super) const FORENAMES: &[&str] = &[
    "aaron",
    "abdul",
    "abigail",
    "adam",
    "adrian",
    "ahmed",
    "aisha",
    "alan",
    "alexander",
    "alexandra",
    "alice",
    "alison",
    "amanda",
    "amelia",
    "amy",
    "andrea",
    "andrew",
    "angela",
    "anita",
    "ann",
    "anna",
    "anne",
    "anthony",
    "barbara",
    "ben",
    "benjamin",
    "bernard",
    "beth",
    "brenda",
    "brian",
    "callum",
    "carl",
    "carol",
    "caroline",
    "catherine",
    "charles",
    "charlotte",
    "chloe",
    "chris",
    "christine",
    "christopher",
    "claire",
    "clare",
    "colin",
    "craig",
    "daniel",
    "darren",
    "david",
    "dawn",
    "deborah",
    "debbie",
    "denise",
    "dennis",
    "derek",
    "diane",
    "donald",
    "donna",
    "dorothy",
    "duncan",
    "edward",
    "eileen",
    "elaine",
    "elizabeth",
    "ellie",
    "emily",
    "emma",
    "eric",
    "fatima",
    "fiona",
    "frances",
    "gareth",
    "gary",
    "geoffrey",
    "george",
    "gillian",
    "gordon",
    "graham",
    "hannah",
    "harriet",
    "hassan",
    "heather",
    "helen",
    "henry",
    "hugh",
    "ian",
    "isabel",
    "jack",
    "jacqueline",
    "james",
    "jane",
    "janet",
    "jason",
    "jean",
    "jennifer",
    "jessica",
    "jill",
    "joan",
    "joanna",
    "joanne",
    "john",
    "jonathan",
    "joseph",
    "joyce",
    "judith",
    "julia",
    "julie",
    "karen",
    "kate",
    "katherine",
    "keith",
    "kelly",
    "kenneth",
    "kevin",
    "laura",
    "lauren",
    "leanne",
    "lesley",
    "linda",
    "lisa",
    "louise",
    "lucy",
    "malcolm",
    "margaret",
    "maria",
    "martin",
    "mary",
    "matthew",
    "michael",
    "michelle",
    "mohammed",
    "muhammad",
    "natalie",
    "neil",
    "nicholas",
    "nicola",
    "oliver",
    "olivia",
    "pamela",
    "patricia",
    "paul",
    "peter",
    "philip",
    "priya",
    "rachel",
    "rebecca",
    "richard",
    "robert",
    "robin",
    "ronald",
    "rosemary",
    "roy",
    "russell",
    "ruth",
    "ryan",
    "sally",
    "samantha",
    "samuel",
    "sandra",
    "sarah",
    "scott",
    "sean",
    "sharon",
    "sheila",
    "shirley",
    "simon",
    "sophie",
    "stacey",
    "stephanie",
    "stephen",
    "steven",
    "stuart",
    "sue",
    "susan",
    "suzanne",
    "tariq",
    "thomas",
    "timothy",
    "tony",
    "tracey",
    "trevor",
    "usman",
    "valerie",
    "veronica",
    "victoria",
    "vincent",
    "wayne",
    "wendy",
    "william",
    "yasmin",
    "yusuf",
    "yvonne",
    "zainab",
    "zoe",
];

/// Whether a property that is meant for a person's name holds one, and not that of a program, a team or an account.
pub(super) fn is_name(text: &str) -> bool {
    let text = text.trim();
    let words: Vec<&str> =
        text.split(|character: char| !character.is_alphabetic()).filter(|word| word.len() > 1).collect();
    let is_of_many = words.iter().any(|word| {
        let word = super::context::lower(word);
        ORGANISATIONS.contains(&word.as_str()) || NOBODY.contains(&word.as_str())
    });
    let is_capital = |word: &&str| word.starts_with(char::is_uppercase);
    !is_of_many && (has_forename(text) || ((2..=4).contains(&words.len()) && words.iter().all(is_capital)))
}

/// Whether a common forename is among the words of a text.
pub(super) fn has_forename(text: &str) -> bool {
    text.split(|character: char| !character.is_alphabetic())
        .any(|word| FORENAMES.contains(&super::context::lower(word).as_str()))
}

/// Words of names that programs and teams go by.
const NOBODY: &[&str] = &[
    "user",
    "users",
    "admin",
    "administrator",
    "microsoft",
    "office",
    "windows",
    "word",
    "excel",
    "powerpoint",
    "python",
    "docx",
    "openpyxl",
    "libreoffice",
    "adobe",
    "acrobat",
    "google",
    "apple",
    "unknown",
    "author",
    "default",
    "none",
    "team",
    "imaging",
    "alliance",
    "radiology",
    "programme",
    "project",
    "pmo",
    "england",
    "canon",
    "nikon",
    "sony",
    "samsung",
    "iphone",
    "the",
    "of",
    "and",
    "for",
];
