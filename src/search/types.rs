//! What goes into the index, and what comes out.

/// One page that can be found.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Document {
    /// Where it is, as the client hands it back: relative to the site's root.
    pub address: String,
    /// Its title, as text.
    pub title: String,
    /// What readers call it otherwise: abbreviations, former names. Found as exactly as the title.
    pub other_titles: Vec<String>,
    /// What kind of page it is, in words: shown with a result.
    pub kind: String,
    /// What it is about in a sentence: shown where no words of the text match.
    pub summary: String,
    /// Its text in order. The first may have no heading and no id.
    pub sections: Vec<Section>,
    /// Name of the facet and value, as often as it has values.
    pub facets: Vec<(String, String)>,
    /// When it was published, as `2018-06-14`, or nothing. Newer pages come first among equals.
    pub date: String,
    /// How much its matches count: 1 for most pages, less for lists of other pages.
    pub weight: f32,
}

/// A stretch of a page below one heading.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Section {
    /// The heading's id, for the link; empty for the top of the page.
    pub id: String,
    /// The heading as text.
    pub heading: String,
    /// What stands below it as text, without markup.
    pub text: String,
}

/// A way to narrow down what was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facet {
    /// Its name in [`Document::facets`] and in addresses.
    pub name: String,
    /// Its name for readers.
    pub label: String,
    /// Values in the order in which they are shown, each with its label. Values that are not listed follow in the order
    /// of letters and are their own label.
    pub values: Vec<(String, String)>,
}

/// What a site says of its search.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Settings {
    /// Words and phrases that mean the same, beside those that are built in; of each set the first is the name.
    pub synonyms: Vec<Vec<String>>,
    /// The facets in the order in which they are shown. Others are left out.
    pub facets: Vec<Facet>,
}

/// A file of the index.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Where it goes, relative to the site's root: `search/index.js`.
    pub path: String,
    /// What it holds.
    pub bytes: Vec<u8>,
}
