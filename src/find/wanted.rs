//! Who is looked for: a person, or an organisation or network with all the names that the site knows for it.

use std::collections::BTreeMap;

use super::folded::letters;
use super::person::Person;
use crate::content::ParsedPage;
use crate::site::Site;

/// Who is looked for.
#[derive(Debug, Clone)]
pub enum Wanted {
    /// A person, or a name that the site knows nothing of.
    Person(Person),
    /// An organisation or a network.
    Organisation(Vec<Name>),
}

/// One of the names of an organisation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Name {
    /// As the site writes it.
    pub text: String,
    /// What it is to the one looked for: "its name", "its code".
    pub what: String,
    /// Whether it surely means the one looked for.
    pub is_sure: bool,
    /// Whether capitals count: a code in small letters is a word.
    pub is_code: bool,
    letters: String,
}

impl Name {
    fn new(text: &str, what: impl Into<String>, is_sure: bool) -> Self {
        let letters = letters(text);
        Self { text: text.to_string(), what: what.into(), is_sure, is_code: false, letters }
    }

    fn code(text: &str) -> Self {
        Self { is_code: true, ..Self::new(text, "its code", true) }
    }

    pub(super) fn letters(&self) -> &str {
        &self.letters
    }
}

/// What a name of a trust ends with, and what people leave out.
const ENDINGS: [&str; 5] = [
    " nhs foundation trust",
    " nhs trust",
    " foundation trust",
    " nhs hospitals trust",
    " integrated care board",
];

impl Wanted {
    /// Who a name means on a site.
    pub fn new(name: &str, site: &Site) -> Self {
        let wanted = letters(name);
        let mut names = Names::default();
        names.add_organisations(&wanted, site);
        names.add_networks(&wanted, site);
        if names.found.is_empty() {
            return Self::Person(Person::new(name));
        }
        names.add(Name::new(name.trim(), "as you wrote it", true));
        Self::Organisation(names.found.into_values().collect())
    }
}

/// Names by their letters, so that each is looked for once.
#[derive(Default)]
struct Names {
    found: BTreeMap<String, Name>,
}

impl Names {
    fn add(&mut self, name: Name) {
        if name.letters.len() < 2 {
            return;
        }
        match self.found.get_mut(&name.letters) {
            Some(known) => known.is_sure |= name.is_sure,
            None => {
                self.found.insert(name.letters.clone(), name);
            }
        }
    }

    fn add_organisations(&mut self, wanted: &str, site: &Site) {
        // Names that an organisation bore, as networks list their members.
        let mut borne: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for page in &site.pages {
            for member in page.parsed.values.groups("members") {
                if let (Some(ods), Some(name)) = (member.value.text("ods"), member.value.text("name")) {
                    borne.entry(ods).or_default().push(name);
                }
            }
        }
        let former = |ods: &str| borne.get(ods).into_iter().flatten().copied();
        let is_meant = |name: &str| letters(name) == wanted || letters(&core_of(name)) == wanted;
        for organisation in site.organisations.values() {
            let ods = organisation.ods.as_str();
            let meant = letters(ods) == wanted || is_meant(&organisation.name) || former(ods).any(is_meant);
            if !meant {
                continue;
            }
            self.add(Name::code(ods));
            self.add_with_core(&organisation.name, "its name");
            former(ods).for_each(|name| self.add_with_core(name, "a name that it bore"));
            let before = site.organisations.values().filter(|other| other.successor.as_deref() == Some(ods));
            for other in before {
                self.add(Name::new(&other.name, format!("{}, which it took in", other.ods), false));
            }
            if let Some(next) = organisation.successor.as_ref().and_then(|ods| site.organisations.get(ods)) {
                self.add(Name::new(&next.name, format!("{}, which took it in", next.ods), false));
            }
        }
    }

    fn add_with_core(&mut self, name: &str, what: &str) {
        self.add(Name::new(name, what, true));
        let core = core_of(name);
        if core != name && core.contains(' ') {
            self.add(Name::new(&core, format!("{what}, shortened"), false));
        }
    }

    fn add_networks(&mut self, wanted: &str, site: &Site) {
        for page in site.pages.iter().map(|page| &page.parsed).filter(|page| page.kind.name == "network") {
            let all = network_names(page);
            if all.iter().any(|(name, _)| letters(name) == wanted) {
                for (name, what) in all {
                    self.add(Name::new(name, what, true));
                }
            }
        }
    }
}

fn network_names(page: &ParsedPage) -> Vec<(&str, &'static str)> {
    let values = &page.values;
    let mut all = vec![(page.title.as_str(), "its title"), (page.slug.as_str(), "its name in addresses")];
    all.extend(values.text("name").map(|name| (name, "its name")));
    all.extend(values.texts("also_known_as").map(|name| (name.value, "another name of it")));
    all.extend(values.texts("former_names").map(|name| (name.value, "a name that it bore")));
    all
}

/// A trust's name without what all trusts are called.
fn core_of(name: &str) -> String {
    let lower = name.to_lowercase();
    let ending = ENDINGS.iter().find(|ending| lower.ends_with(**ending) && lower.len() == name.len());
    ending.map_or_else(|| name.to_string(), |ending| name[..name.len() - ending.len()].to_string())
}
