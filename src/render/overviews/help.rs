//! Who can help whom: what networks look for and can lend, and which offers of others come near each ask.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use tera::{Context, Value};

use super::{Entry, ROWS, listed};
use crate::render::address::percent_encoded;
use crate::render::value::{map, optional};
use crate::render::view::Views;
use crate::site::{MadeOverview, Overview, PageIndex, Site, one_page};
use crate::text::{says_something, stem};

/// How many offers are shown for one ask.
const OFFERS: usize = 5;

/// How many words an ask and an offer must share.
const WORDS: usize = 2;

pub(super) static ENTRY: Entry = Entry {
    about: Overview {
        address: "networks/help/",
        title: |_| "Who can help whom",
        beside: &["network"],
        has_something: |pages, _| {
            pages.iter().any(|page| {
                page.kind.name == "network"
                    && ["asks", "offers"].iter().any(|name| !page.values.list(name).is_empty())
            })
        },
        parts: one_page,
    },
    template: "help.html",
    view,
};

/// What a text is about: the stem of each word that counts, and the word as written.
type Words = BTreeMap<String, String>;

fn words(text: &str) -> Words {
    text.to_lowercase()
        .split(|character: char| !character.is_alphanumeric())
        .filter(|word| says_something(word))
        .map(|word| (stem(word), word.to_string()))
        .collect()
}

/// Something that a network can lend.
struct Offer<'a> {
    network: PageIndex,
    text: &'a str,
    words: Words,
    /// The themes that it names.
    themes: Vec<usize>,
}

/// The words of each theme's name.
struct Themes<'a>(Vec<(&'a str, Words)>);

impl<'a> Themes<'a> {
    fn of(site: &'a Site) -> Self {
        let themes = site.taxonomies.iter().filter(|taxonomy| taxonomy.name == "theme");
        let named =
            themes.flat_map(|taxonomy| &taxonomy.terms).map(|term| (term.name.as_str(), words(&term.name)));
        Self(named.filter(|(_, words)| !words.is_empty()).collect())
    }

    fn named_in(&self, text: &Words) -> Vec<usize> {
        (0..self.0.len())
            .filter(|theme| self.0[*theme].1.keys().all(|stem| text.contains_key(stem)))
            .collect()
    }
}

fn is_illustrative(site: &Site, network: PageIndex) -> bool {
    let values = &site.pages[network].parsed.values;
    values.text("provenance") == Some("illustrative") || values.flag("fictional") == Some(true)
}

fn view(views: &Views<'_>, made: &MadeOverview, part: usize) -> Context {
    let site = views.site;
    let themes = Themes::of(site);
    let texts = |network: PageIndex, field| {
        site.pages[network].parsed.values.texts(field).map(|text| text.value).collect::<Vec<&str>>()
    };
    let all: Vec<PageIndex> = listed(site, "network")
        .iter()
        .copied()
        .filter(|network| !texts(*network, "asks").is_empty() || !texts(*network, "offers").is_empty())
        .collect();
    let mut offers = Vec::new();
    for network in &all {
        for text in texts(*network, "offers") {
            let words = words(text);
            let themes = themes.named_in(&words);
            offers.push(Offer { network: *network, text, words, themes });
        }
    }
    let mut by_stem: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
    for (number, offer) in offers.iter().enumerate() {
        for stem in offer.words.keys() {
            by_stem.entry(stem).or_default().push(number);
        }
    }
    let ask = |network: PageIndex, text: &str| {
        let asked = words(text);
        let asked_themes = themes.named_in(&asked);
        let mut shared: BTreeMap<usize, Vec<&str>> = BTreeMap::new();
        for (stem, word) in &asked {
            for offer in by_stem.get(stem.as_str()).into_iter().flatten() {
                shared.entry(*offer).or_default().push(word);
            }
        }
        let mut near: Vec<(Option<usize>, Vec<&str>, &Offer<'_>)> = shared
            .into_iter()
            .map(|(number, words)| {
                let offer = &offers[number];
                let theme = offer.themes.iter().copied().find(|theme| asked_themes.contains(theme));
                (theme, words, offer)
            })
            .filter(|(theme, words, offer)| {
                offer.network != network && (words.len() >= WORDS || theme.is_some())
            })
            .collect();
        near.sort_by_key(|(theme, words, _)| Reverse((words.len(), theme.is_some())));
        let more = near.len().saturating_sub(OFFERS);
        let near: Vec<Value> = near
            .into_iter()
            .take(OFFERS)
            .map(|(theme, words, offer)| {
                let letter = introduction(site, network, text, offer);
                map([
                    ("page", views.row(offer.network)),
                    ("offer", Value::from(offer.text)),
                    ("words", words.into_iter().map(Value::from).collect::<Vec<_>>().into()),
                    ("theme", optional(theme.map(|theme| themes.0[theme].0))),
                    ("letter", optional(letter.as_deref())),
                ])
            })
            .collect();
        map([("text", Value::from(text)), ("near", Value::from(near)), ("more", Value::from(more))])
    };
    let networks: Vec<Value> = all
        .iter()
        .take(ROWS)
        .map(|network| {
            let asks: Vec<Value> =
                texts(*network, "asks").into_iter().map(|text| ask(*network, text)).collect();
            let offers: Vec<Value> = texts(*network, "offers").into_iter().map(Value::from).collect();
            map([("page", views.row(*network)), ("asks", Value::from(asks)), ("offers", Value::from(offers))])
        })
        .collect();
    let about = if all.len() > 1 {
        "What networks look for and what they can lend, and where the two may meet."
    } else {
        "What networks look for and what they can lend."
    };
    let mut context = views.overview(made, part, None, about);
    context.insert_value("networks", Value::from(networks));
    context.insert_value("total", Value::from(all.len()));
    context
}

/// The address of a letter to both networks, where both give theirs and both are real or both made up.
fn introduction(site: &Site, network: PageIndex, ask: &str, offer: &Offer<'_>) -> Option<String> {
    // Nobody is written to about what is made up.
    if is_illustrative(site, network) != is_illustrative(site, offer.network) {
        return None;
    }
    let asking = &site.pages[network].parsed;
    let offering = &site.pages[offer.network].parsed;
    let contacts = [asking.values.text("contact")?, offering.values.text("contact")?];
    let body = format!(
        "{} looks for: {ask}\r\n\r\n{} can lend: {}\r\n\r\nCould you talk about it?\r\n",
        asking.title, offering.title, offer.text
    );
    let to = contacts.map(|contact| percent_encoded(contact).replace("%40", "@"));
    let to = if to[0] == to[1] { to[0].clone() } else { to.join(",") };
    let subject = percent_encoded(&format!("{} and {}: {ask}", asking.title, offering.title));
    Some(format!("mailto:{to}?subject={subject}&body={}", percent_encoded(&body)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_words_with_a_subject_count() {
        assert_eq!(words("Help with the on-call ROTA").keys().collect::<Vec<_>>(), ["call", "rota"]);
    }
}
