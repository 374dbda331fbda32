//! Networks by the names under which files of figures may have them: a network's figure is the total of its members',
//! and gives away what theirs hide.

use std::collections::HashMap;

use crate::benchmark::measure::Aggregate;
use crate::content::ParsedPage;

/// The networks of a site.
#[derive(Debug, Default)]
pub(super) struct Networks {
    by_name: HashMap<String, Network>,
}

#[derive(Debug, Clone)]
struct Network {
    is_fictional: bool,
    /// Codes of its members, where the list is whole and holds for all time; empty otherwise.
    members: Vec<String>,
}

impl Networks {
    pub(super) fn of<'a>(pages: impl Iterator<Item = &'a ParsedPage>) -> Self {
        let mut by_name = HashMap::new();
        for page in pages.filter(|page| page.kind.name == "network") {
            let values = &page.values;
            let all: Vec<_> = values.groups("members").collect();
            let changes =
                all.iter().any(|member| ["from", "to"].iter().any(|end| member.value.get(end).is_some()));
            let is_whole = values.flag("complete") == Some(true) && !changes;
            let codes = all.iter().filter_map(|member| member.value.text("ods").map(str::to_string));
            let network = Network {
                is_fictional: values.flag("fictional") == Some(true),
                members: if is_whole { codes.collect() } else { Vec::new() },
            };
            let others = ["also_known_as", "former_names"].into_iter().flat_map(|field| values.texts(field));
            let names = [page.title.as_str(), page.slug.as_str()].into_iter().chain(values.text("name"));
            for name in names.chain(others.map(|name| name.value)) {
                by_name.entry(name.to_lowercase()).or_insert_with(|| network.clone());
            }
        }
        Self { by_name }
    }

    fn get(&self, name: &str) -> Option<&Network> {
        self.by_name.get(&name.to_lowercase())
    }

    pub(super) fn knows(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    pub(super) fn is_fictional(&self, name: &str) -> bool {
        self.get(name).is_some_and(|network| network.is_fictional)
    }

    /// The network as a total of its members, if they are known.
    pub(super) fn aggregate(&self, name: &str) -> Option<Aggregate> {
        let members = &self.get(name)?.members;
        (!members.is_empty()).then(|| Aggregate { organisation: name.to_string(), members: members.clone() })
    }
}
