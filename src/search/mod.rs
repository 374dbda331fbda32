//! The search index: documents in, files out; what a reader's browser does with them is in `core.js`.
//!
//! A browser loads by `<script>` only what a query needs, the same over http and from a folder:
//!
//! | file | what it holds |
//! |---|---|
//! | `index.js` | where each shard begins, stop words, phrases that mean a word |
//! | `dN.js` | forms of words in order, each with its group (`groups.rs`), and each group's pages with their impacts; short titles |
//! | `bX.js` | what begins with the letter X, with the texts of the first results (`letters.rs`) |
//! | `pN.js` | what begins with two letters or a few more, joined (`prefixes.rs`) |
//! | `wN.js`, `rN.js` | the forms alone, in order and by their ends, for slips (`lists.rs`); none where they fit into `slips.js` |
//! | `xN.js` | the places of the words of two shards, for a phrase |
//! | `slips.js`, `phrases.js` | the parts of the client that few queries need |
//! | `f.js` | facets, with the part of the client that counts them |
//! | `tN.js` | one page's title and text, for a result |
//!
//! Pages are numbered in the order in which they are listed where nothing else decides ([`reading_order`]). Each file of
//! the index, but not of the pages, names the version of the whole: files of two versions are never mixed.

mod code;
mod facets;
mod gather;
mod groups;
mod letters;
mod lists;
mod postings;
mod prefixes;
mod script;
mod shards;
mod spelling;
mod synonyms;
#[cfg(test)]
mod tests;
mod texts;
mod types;
mod words;

use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::fmt::Write as _;

use lists::Lists;
use rayon::prelude::*;

pub use gather::Prepared;
pub use script::compact;
pub use synonyms::Synonyms;
pub use types::{Document, Facet, File, Section, Settings};

/// The client, a classic script for every page with a search field.
pub const CLIENT: &str = include_str!("core.js");

/// The order in which pages are numbered, and listed where a query does not decide: by weight, newest first, by title.
pub fn reading_order(one: &Document, other: &Document) -> Ordering {
    (other.weight.total_cmp(&one.weight))
        .then_with(|| other.date.cmp(&one.date))
        .then_with(|| one.title.cmp(&other.title))
        .then_with(|| one.address.cmp(&other.address))
}

/// The whole index of a site. The same documents give the same files, in whatever order they come.
pub fn build(mut documents: Vec<Document>, settings: &Settings) -> Vec<File> {
    documents.sort_by(reading_order);
    let synonyms = Synonyms::new(settings);
    let (prepared, mut files): (Vec<Prepared>, Vec<File>) = documents
        .par_iter()
        .enumerate()
        .map(|(number, document)| (prepare(document, &synonyms), page_file(number, document)))
        .unzip();
    files.extend(finish(prepared, settings, &synonyms, &|number| documents[number].clone()));
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// One page made ready. This may be done on any thread, so that no more than one page's text is in memory at a time.
pub fn prepare(document: &Document, synonyms: &Synonyms) -> Prepared {
    gather::gather(document, synonyms)
}

/// Where the file of a page goes. Pages are numbered from 0 in [`reading_order`].
pub fn page_path(number: usize) -> String {
    format!("search/t{number}.js")
}

/// The file of a page, for excerpts.
pub fn page_file(number: usize, document: &Document) -> File {
    file(&format!("t{number}"), "", &texts::encode(document))
}

/// Whether a file of the index beside those of the pages may stand at this path.
pub fn is_index_path(path: &str) -> bool {
    let Some(name) = path.strip_prefix("search/").and_then(|file| file.strip_suffix(".js")) else {
        return false;
    };
    let Some((first, rest)) = name.split_at_checked(1) else { return false };
    let is_number = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit());
    match first {
        "d" | "x" | "p" | "w" | "r" if is_number => true,
        "b" if rest.len() == 1 => true,
        _ => matches!(name, "index" | "slips" | "phrases" | "f"),
    }
}

/// The files beside those of the pages, which come in the order of their numbers. The documents of a few pages, as their
/// files show them, are asked for once more.
pub fn finish(
    mut pages: Vec<Prepared>,
    settings: &Settings,
    synonyms: &Synonyms,
    document: &dyn Fn(usize) -> Document,
) -> Vec<File> {
    let (mut forms, numbers) = postings::number_words(&mut pages);
    forms.group(synonyms);
    let postings = postings::collect(&mut pages, numbers, &forms);
    let mut titles: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (number, page) in (0..).zip(&pages) {
        for title in &page.titles {
            titles.entry(title).or_default().push(number);
        }
    }
    let dictionary = shards::cut(&forms, &postings, &titles, pages.len());
    let text_of = |page: u32| texts::encode(&document(page as usize));
    let letters = letters::collect(&dictionary, &forms, &postings, &titles, pages.len(), text_of);
    let is_letter = |prefix: &str| prefix.parse().is_ok_and(|letter: char| letters.contains_key(&letter));
    let prefixes = prefixes::collect(&dictionary, &forms, &postings, pages.len(), is_letter);
    // What fits into one file comes with the script that reads it.
    let (beginnings, endings, slipped) = match lists::whole(&forms) {
        Some(list) => (Lists::default(), Lists::default(), format!("[{list}]")),
        None => (lists::forwards(&forms), lists::backwards(&forms), "null".to_string()),
    };
    let facets = facets::encode(&settings.facets, &pages);
    let mut index = index(pages.len(), &dictionary, &prefixes, [&beginnings, &endings], synonyms, &forms);
    let _ = write!(index, ",\"{}\"", letters.keys().collect::<String>());

    let shards::Dictionary { shards, places, .. } = dictionary;
    let mut parts = vec![("index".to_string(), index)];
    for (letter, texts) in
        [("d", shards), ("x", places), ("p", prefixes.files), ("w", beginnings.files), ("r", endings.files)]
    {
        parts.extend(texts.into_iter().enumerate().map(|(number, text)| (format!("{letter}{number}"), text)));
    }
    parts.extend(letters.into_iter().map(|(letter, text)| (format!("b{letter}"), text)));
    let mut hasher = blake3::Hasher::new();
    hasher.update(facets.as_bytes());
    hasher.update(slipped.as_bytes());
    for (name, text) in &parts {
        hasher.update(name.as_bytes());
        hasher.update(text.as_bytes());
    }
    let version = hasher.finalize().to_hex()[..8].to_string();
    let filled = |text: &str, names: [(&str, &str); 2]| {
        names.iter().fold(compact(text), |text, (name, value)| text.replacen(name, value, 1))
    };
    let quoted = format!("\"{version}\"");
    let scripts = [
        ("slips", filled(include_str!("slips.js"), [("VERSION", &quoted), ("FORMS", &slipped)])),
        ("phrases", compact(include_str!("phrases.js"))),
        ("f", filled(include_str!("facets.js"), [("VERSION", &quoted), ("FACETS", &facets)])),
    ];
    let scripts =
        scripts.map(|(name, script)| File { path: format!("search/{name}.js"), bytes: script.into_bytes() });
    parts.into_iter().map(|(name, text)| file(&name, &version, &text)).chain(scripts).collect()
}

/// What the client reads first.
fn index(
    page_count: usize,
    dictionary: &shards::Dictionary,
    prefixes: &prefixes::Prefixes,
    lists: [&Lists; 2],
    synonyms: &Synonyms,
    forms: &groups::Forms,
) -> String {
    let mut out = page_count.to_string();
    out.push(',');
    out.push_str(&shards::sorted_string(dictionary.starts.iter().map(String::as_str)));
    out.push(',');
    let names: Vec<String> = prefixes.names.iter().map(|names| names.join(" ")).collect();
    code::push_string(&mut out, &names.join(","));
    out.push(',');
    for list in lists {
        out.push_str(&shards::sorted_string(list.starts.iter().map(String::as_str)));
        out.push(',');
    }
    code::push_string(&mut out, &words::STOP_WORDS.join(" "));
    out.push(',');
    let known: std::collections::BTreeSet<&str> = forms.names.iter().map(AsRef::as_ref).collect();
    let phrases: Vec<String> = synonyms
        .phrases()
        .into_iter()
        .filter(|(_, name)| known.contains(name))
        .map(|(phrase, name)| format!("{phrase}={name}"))
        .collect();
    code::push_string(&mut out, &phrases.join(","));
    out
}

fn file(name: &str, version: &str, arguments: &str) -> File {
    let text = format!("netsiteSearch.take(\"{name}\",\"{version}\",{arguments})\n");
    File { path: format!("search/{name}.js"), bytes: text.into_bytes() }
}
