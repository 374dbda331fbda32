//! What a field may hold.

/// One field of a table.
#[derive(Debug)]
pub struct Field {
    /// Its key in the YAML.
    pub name: &'static str,
    /// What it may hold.
    pub shape: Shape,
    /// Whether it must be given.
    pub need: Need,
    /// What it is for, in one sentence to a writer.
    pub about: &'static str,
    /// A value as it is written in YAML (after the colon), used in help texts, starters and the reference.
    pub example: &'static str,
}

/// Whether a field must be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    /// May be left out.
    Optional,
    /// Needed before the page can be published; a draft may leave it out.
    ToPublish,
    /// Needed always.
    Always,
}

/// The type of a field's value.
#[derive(Debug)]
pub enum Shape {
    /// Words on one line.
    Text,
    /// Words with blank lines between paragraphs (a YAML block `|` or `>`).
    Paragraphs,
    /// A whole number; thousands separators are taken.
    Integer,
    /// A number, or the text of one with its unit where people write it so (`£130,000`, `7 days`, `15%`).
    Quantity,
    /// true or false.
    Flag,
    /// A day.
    Date,
    /// A day with an optional time of day, in the page's zone.
    LocalTime,
    /// An instant with its zone.
    Moment,
    /// A stretch of days.
    Period,
    /// An email address.
    Email,
    /// An address on the web, `https://…`.
    WebAddress,
    /// An email address or an address on the web.
    Contact,
    /// An organisation code: 3 to 6 capital letters and digits.
    Ods,
    /// A colour, `#005eb8`; held with six small digits.
    Colour,
    /// A language tag such as `cy` or `en-GB`.
    Language,
    /// A name of a time zone such as `Europe/London`.
    Zone,
    /// One of a few words.
    Choice(&'static [&'static str]),
    /// A term of a taxonomy, by the taxonomy's name.
    Term(&'static str),
    /// Another page.
    Reference(Target),
    /// A file beside the page, by its relative path.
    File,
    /// An address path of this site, such as `/old/address/`.
    SitePath,
    /// Several; one alone may be written without the list.
    List(&'static Shape),
    /// A mapping of fields.
    Group(&'static [Field]),
    /// A mapping with keys of the writer's choosing.
    Map(&'static Shape),
}

/// Which pages a reference may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Target {
    /// Pages of one kind, by their slug: `kent-and-medway`.
    Kind(&'static str),
    /// Any page, as `kind:slug`.
    Any,
}

impl Field {
    /// An optional field.
    pub const fn optional(
        name: &'static str,
        shape: Shape,
        about: &'static str,
        example: &'static str,
    ) -> Self {
        Self { name, shape, need: Need::Optional, about, example }
    }

    /// A field that a published page must have.
    pub const fn to_publish(
        name: &'static str,
        shape: Shape,
        about: &'static str,
        example: &'static str,
    ) -> Self {
        Self { name, shape, need: Need::ToPublish, about, example }
    }

    /// A field that must always be given.
    pub const fn always(
        name: &'static str,
        shape: Shape,
        about: &'static str,
        example: &'static str,
    ) -> Self {
        Self { name, shape, need: Need::Always, about, example }
    }
}

impl Shape {
    /// What the field wants, to a writer: "a date such as 2018-04-03".
    pub fn in_words(&self) -> String {
        match self {
            Self::Text => "words on one line".into(),
            Self::Paragraphs => "text".into(),
            Self::Integer => "a whole number".into(),
            Self::Quantity => "a number, with its unit if it has one".into(),
            Self::Flag => "true or false".into(),
            Self::Date => "a date such as 2018-04-03 or 3 April 2018".into(),
            Self::LocalTime => "a day and time such as 2018-04-18 14:30".into(),
            Self::Moment => "a day, time and zone such as 2026-12-01 09:00 Europe/London".into(),
            Self::Period => "a period such as January to June 2018 or 2016/17".into(),
            Self::Email => "an email address".into(),
            Self::WebAddress => "a web address that begins with https://".into(),
            Self::Contact => "an email address, or a web address that begins with https://".into(),
            Self::Ods => "an organisation code (ODS) such as RM1".into(),
            Self::Colour => "a colour such as \"#005eb8\", in quotation marks".into(),
            Self::Language => "a language code such as en-GB or cy".into(),
            Self::Zone => "a time zone such as Europe/London".into(),
            Self::Choice(words) => format!("one of {}", crate::text::list_words(words, "or")),
            Self::Term(taxonomy) => format!("the name of a {taxonomy}"),
            Self::Reference(Target::Kind(kind)) => format!("the name of a {} page", kind.replace('-', " ")),
            Self::Reference(Target::Any) => "a page as kind:name, for example case-study:devon".into(),
            Self::File => "a file beside this page".into(),
            Self::SitePath => "an address on this site such as /old/page/".into(),
            Self::List(shape) => format!("a list, each line {}", shape.in_words()),
            Self::Group(fields) => {
                let names: Vec<&str> = fields.iter().map(|field| field.name).collect();
                format!("lines of {}", crate::text::list_words(&names, "and"))
            }
            Self::Map(_) => "lines of `name: value`".into(),
        }
    }
}
