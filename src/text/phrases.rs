//! The few words that netsite itself writes into the text of a page, in the languages that it knows them in. A page in
//! another language has them in English, marked as such where a mark can stand.

use jiff::civil::Date;

use super::dates::long_date;
use super::list_words;

/// The words of one language.
#[derive(Debug, PartialEq, Eq)]
pub struct Phrases {
    /// Its tag.
    pub language: &'static str,
    /// The heading of a block that begins with `[!NOTE]`.
    pub note: &'static str,
    /// The heading of a block that begins with `[!TIP]`.
    pub tip: &'static str,
    /// The heading of a block that begins with `[!IMPORTANT]`.
    pub important: &'static str,
    /// The heading of a block that begins with `[!WARNING]`.
    pub warning: &'static str,
    /// The heading of a block that begins with `[!CAUTION]`.
    pub caution: &'static str,
    /// What the region around a table is called, before its number and heading.
    pub table: &'static str,
    /// What the list of footnotes is called.
    pub footnotes: &'static str,
    /// What the mark of a footnote is called, before its number.
    pub footnote: &'static str,
    /// What the way back from a footnote is called.
    pub back_to_text: &'static str,
    /// What the mark beside a heading is called.
    pub link_to_section: &'static str,
    /// The link that opens a drawing on a phone.
    pub show_drawing: &'static str,
    /// A task that is done.
    pub done: &'static str,
    /// A task that is not.
    pub to_do: &'static str,
    /// A figure before a change.
    pub before: &'static str,
    /// A figure after it.
    pub after: &'static str,
    /// The column of an option's score.
    pub weighted_total: &'static str,
    /// The column of an option's place.
    pub rank: &'static str,
    /// In the place of what is withheld while a purchase is live.
    pub withheld: &'static str,
    /// The names of places from the first on; figures with an ending follow.
    ordinals: &'static [&'static str],
    /// The names of months; none where they are English.
    months: &'static [&'static str],
}

static ENGLISH: Phrases = Phrases {
    language: "en",
    note: "Note",
    tip: "Tip",
    important: "Important",
    warning: "Warning",
    caution: "Caution",
    table: "Table",
    footnotes: "Footnotes",
    footnote: "Footnote",
    back_to_text: "Back to text",
    link_to_section: "Link to this section",
    show_drawing: "Show the drawing",
    done: "Done",
    to_do: "To do",
    before: "Before",
    after: "After",
    weighted_total: "Weighted total",
    rank: "Rank",
    withheld: "Suppliers and scores are not published while the purchase is live.",
    ordinals: &[
        "first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth",
    ],
    months: &[],
};

static WELSH: Phrases = Phrases {
    language: "cy",
    note: "Nodyn",
    tip: "Awgrym",
    important: "Pwysig",
    warning: "Rhybudd",
    caution: "Gofal",
    table: "Tabl",
    footnotes: "Troednodiadau",
    footnote: "Troednodyn",
    back_to_text: "Yn ôl i’r testun",
    link_to_section: "Dolen i’r adran hon",
    show_drawing: "Dangos y llun",
    done: "Wedi’i wneud",
    to_do: "I’w wneud",
    before: "Cyn",
    after: "Ar ôl",
    weighted_total: "Cyfanswm wedi’i bwysoli",
    rank: "Safle",
    withheld: "Nid yw cyflenwyr na sgoriau’n cael eu cyhoeddi tra bo’r pryniant ar y gweill.",
    // Figures: words after `cydradd` would change their first letter.
    ordinals: &["1af", "2il", "3ydd", "4ydd", "5ed", "6ed", "7fed", "8fed", "9fed", "10fed"],
    months: &[
        "Ionawr",
        "Chwefror",
        "Mawrth",
        "Ebrill",
        "Mai",
        "Mehefin",
        "Gorffennaf",
        "Awst",
        "Medi",
        "Hydref",
        "Tachwedd",
        "Rhagfyr",
    ],
};

/// The words for pages in a language: its own where they are known, else English.
pub fn phrases(language: &str) -> &'static Phrases {
    if same_language(language, WELSH.language) { &WELSH } else { &ENGLISH }
}

/// Whether two tags mean one language, wherever it is spoken: `en` and `en-GB`.
pub fn same_language(one: &str, other: &str) -> bool {
    primary(one).eq_ignore_ascii_case(primary(other))
}

/// ` lang="…"` for words of one language on a page in another, with their direction where that differs; else nothing.
pub fn language_mark(of: &str, on: &str) -> String {
    if same_language(of, on) {
        return String::new();
    }
    let mut mark = String::from(" lang=\"");
    super::push_escaped(&mut mark, of);
    mark.push('"');
    match (is_backwards(of), is_backwards(on)) {
        (true, false) => mark.push_str(" dir=\"rtl\""),
        (false, true) => mark.push_str(" dir=\"ltr\""),
        _ => {}
    }
    mark
}

fn primary(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

fn is_backwards(tag: &str) -> bool {
    ["ar", "fa", "he", "ur"].iter().any(|backwards| same_language(tag, backwards))
}

impl Phrases {
    /// ` lang="en"` for pages in a language whose words are not known; else nothing.
    pub fn mark(&self, on: &str) -> String {
        language_mark(self.language, on)
    }

    /// Whether the words are Welsh.
    pub fn is_welsh(&self) -> bool {
        self.language == WELSH.language
    }

    /// `6 August 2018`, `6 Awst 2018`.
    pub fn long_date(&self, date: Date) -> String {
        let index = usize::try_from(date.month() - 1).unwrap_or_default();
        match self.months.get(index) {
            Some(month) => format!("{} {month} {}", date.day(), date.year()),
            None => long_date(date),
        }
    }

    /// An option's place among the others, from 1.
    pub fn place(&self, place: usize, is_shared: bool) -> String {
        let is_welsh = self.is_welsh();
        let ordinal = match self.ordinals.get(place - 1) {
            Some(word) => (*word).to_string(),
            None if is_welsh => place.to_string(),
            None => {
                let ending = match (place % 10, place % 100) {
                    (1, 1 | 21..) => "st",
                    (2, 2 | 22..) => "nd",
                    (3, 3 | 23..) => "rd",
                    _ => "th",
                };
                format!("{place}{ending}")
            }
        };
        match (is_shared, is_welsh) {
            (false, _) => ordinal,
            (true, false) => format!("joint {ordinal}"),
            (true, true) => format!("{ordinal} (cydradd)"),
        }
    }

    /// The sentence that says which options have the highest total. In Welsh names stand with commas alone: `a` would
    /// change the first letter of the next.
    pub fn highest(&self, names: &[String], total: &str) -> String {
        match (names, self.is_welsh()) {
            ([one], false) => format!("{one} has the highest weighted total, {total}."),
            (many, false) => {
                format!("{} share the highest weighted total, {total}.", list_words(many, "and"))
            }
            ([one], true) => format!("{one} sydd â’r cyfanswm uchaf wedi’i bwysoli, {total}."),
            (many, true) => {
                format!("{} sydd â’r cyfanswm uchaf wedi’i bwysoli ar y cyd, {total}.", many.join(", "))
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_language_is_known_by_its_first_part() {
        assert_eq!(phrases("cy-GB").note, "Nodyn");
        assert_eq!(phrases("CY").language, "cy");
        assert_eq!(phrases("cyo").language, "en");
        assert_eq!(phrases("en-GB").mark("en-GB"), "");
        assert_eq!(phrases("pl").mark("pl"), " lang=\"en\"");
        assert_eq!(phrases("ar").mark("ar"), " lang=\"en\" dir=\"ltr\"");
        assert_eq!(language_mark("ur", "en"), " lang=\"ur\" dir=\"rtl\"");
    }

    #[test]
    fn dates_are_read_in_the_language_of_the_page() {
        assert_eq!(phrases("cy").long_date(Date::constant(2018, 4, 3)), "3 Ebrill 2018");
        assert_eq!(phrases("en-GB").long_date(Date::constant(2018, 4, 3)), "3 April 2018");
    }

    #[test]
    fn places_are_words_then_figures() {
        let places = |language: &str, shared| {
            [1, 2, 11, 22].map(|place| phrases(language).place(place, shared)).join(" ")
        };
        assert_eq!(places("en", false), "first second 11th 22nd");
        assert_eq!(places("en", true), "joint first joint second joint 11th joint 22nd");
        assert_eq!(phrases("cy").place(1, true), "1af (cydradd)");
    }
}
