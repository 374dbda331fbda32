//! Versions of templates: on their pages what came before and after and who uses which, on a network's page what it
//! uses, and on a page of its own what changed from version to version, in sentences and as marked text.

use tera::{Context, Value};

use super::address::encoded;
use super::value::{date, map, optional};
use super::view::{Frame, Views};
use crate::form::versions::{Differences, Edit, Entry, Kind, Mark, Section, Stretch};
use crate::site::{Adoption, PageIndex, changes_address};

impl Views<'_> {
    /// What a template's page says of its versions and of who uses it; none for a page that is no template.
    pub(super) fn versions(&self, page: PageIndex) -> Value {
        let versions = &self.site.versions;
        if self.site.pages[page].parsed.form.is_none() {
            return Value::none();
        }
        let of =
            |page: PageIndex| map([("row", self.row(page)), ("version", optional(self.version_of(page)))]);
        let newest = versions.newest(page);
        let later = (newest != page).then(|| of(newest));
        let earlier = versions.earlier(page).map(of);
        let changes =
            format!("{}#{}", encoded(&changes_address(&self.site.pages[newest].parsed)), self.anchor(page));
        let adoptions: Vec<Value> =
            versions.adoptions(page).into_iter().map(|adoption| self.adoption(page, adoption)).collect();
        let grown = versions.grown_from(page);
        // Pages that are named with what they are to this one, and not once more among what uses it.
        let known = grown.iter().copied().chain(versions.later(page)).chain([newest]);
        let known: Value =
            known.map(|page| Value::from(self.site.pages[page].parsed.id())).collect::<Vec<_>>().into();
        map([
            ("later", later.unwrap_or_else(Value::none)),
            ("earlier", earlier.unwrap_or_else(Value::none)),
            ("changes", Value::from(changes)),
            ("adoptions", Value::from(adoptions)),
            ("known", known),
            ("grown", grown.iter().map(|page| self.row(*page)).collect::<Vec<_>>().into()),
        ])
    }

    /// A network that uses a template, as a page of that template shows it.
    fn adoption(&self, page: PageIndex, adoption: &Adoption) -> Value {
        let other = adoption.page.filter(|other| *other != page);
        map([
            ("network", self.row(adoption.network)),
            ("version", optional(adoption.version.as_deref())),
            ("path", optional(other.map(|other| encoded(&self.site.pages[other].parsed.address)).as_deref())),
            ("since", optional(adoption.since.as_deref())),
        ])
    }

    /// The templates that a network uses, each with the version that stands now, where that is another.
    pub(super) fn templates_used(&self, network: PageIndex) -> Value {
        let versions = &self.site.versions;
        let used = versions.used_by(network).iter().map(|adoption| {
            let page = adoption.page.unwrap_or(adoption.said_by);
            let newest = versions.newest(page);
            let is_older = newest != page;
            map([
                ("row", self.row(page)),
                ("version", optional(adoption.version.as_deref())),
                ("since", optional(adoption.since.as_deref())),
                ("newest", if is_older { self.row(newest) } else { Value::none() }),
                ("newest_version", optional(self.version_of(newest))),
            ])
        });
        used.collect::<Vec<Value>>().into()
    }

    fn version_of(&self, page: PageIndex) -> Option<&str> {
        self.site.pages[page].parsed.values.text("version").map(str::trim)
    }

    /// Where the changes by which a version came about begin on the page of changes.
    fn anchor(&self, after: PageIndex) -> String {
        format!("to:{}", self.site.pages[after].parsed.slug)
    }

    /// The page of changes of a template, the newest first.
    pub(super) fn changes(&self, newest: PageIndex) -> Context {
        let page = &self.site.pages[newest].parsed;
        let steps = self.site.versions.steps(newest);
        let first = steps.last().map_or(newest, |(before, _)| *before);
        let version = |page: PageIndex| self.version_of(page).unwrap_or("before");
        let title = format!("What changed: {}", page.title);
        let description = format!(
            "From version {} to version {}, clause by clause: in words, and in the text itself.",
            version(first),
            version(newest)
        );
        let mut context = self.framed(Frame {
            address: changes_address(page),
            title: &title,
            what: "",
            description: &description,
            breadcrumbs: vec![
                ("Home".to_string(), String::new()),
                (page.kind.plural.to_string(), format!("{}/", page.kind.folder)),
                (page.title.clone(), page.address.clone()),
            ],
            feed: None,
        });
        let told: Vec<Value> =
            steps.into_iter().filter_map(|(before, after)| self.changed(before, after)).collect();
        context.insert_value("after", self.row(newest));
        context.insert_value("about", Value::from(description));
        context.insert_value("steps", Value::from(told));
        context.insert_value("has_more", Value::from(self.site.versions.has_more_steps(newest)));
        context
    }

    fn changed(&self, before: PageIndex, after: PageIndex) -> Option<Value> {
        let differences = self.site.changes_of(after)?;
        let day = self.site.pages[after].parsed.values.date("published");
        let of =
            |page: PageIndex| map([("row", self.row(page)), ("version", optional(self.version_of(page)))]);
        Some(map([
            ("before", of(before)),
            ("after", of(after)),
            ("day", day.map_or_else(Value::none, date)),
            ("anchor", Value::from(self.anchor(after))),
            ("summary", Value::from(differences.summary())),
            ("sentences", texts(sentences(differences))),
            ("sections", differences.sections.iter().map(section).collect::<Vec<_>>().into()),
        ]))
    }
}

/// What is told in words; that the version is another goes without saying.
fn sentences(differences: &Differences) -> impl Iterator<Item = &str> {
    differences.sentences().filter(|told| !told.starts_with("Version "))
}

fn texts<'t>(texts: impl Iterator<Item = &'t str>) -> Value {
    texts.map(Value::from).collect::<Vec<_>>().into()
}

fn section(section: &Section) -> Value {
    let mut clauses = Vec::new();
    let mut before_heading = Vec::new();
    for stretch in section.stretches() {
        match stretch {
            Stretch::Same(said) => clauses.push(map([("same", Value::from(said))])),
            // What became of the heading stands in the place of the heading.
            Stretch::Differs(entry) if is_heading(entry) => before_heading.push(clause(entry)),
            Stretch::Differs(entry) => clauses.push(clause(entry)),
        }
    }
    map([
        ("number", optional(section.number.as_deref())),
        ("title", Value::from(section.title.as_str())),
        ("is_same", Value::from(section.is_same())),
        ("heading", before_heading.pop().unwrap_or_else(Value::none)),
        ("clauses", Value::from(clauses)),
    ])
}

fn is_heading(entry: &Entry) -> bool {
    let clause = entry.after.as_ref().or(entry.before.as_ref());
    clause.is_some_and(|clause| matches!(clause.kind, Kind::Heading(..=2)))
}

fn clause(entry: &Entry) -> Value {
    let (mark, class) = match entry.mark {
        Mark::Same => ("As before", "same"),
        Mark::Added => ("New", "came"),
        Mark::Removed => ("Taken out", "went"),
        Mark::Changed => ("Changed", "changed"),
        Mark::Moved => ("Moved", "changed"),
        Mark::MovedAndChanged => ("Moved and changed", "changed"),
    };
    let is_moved = matches!(entry.mark, Mark::Moved | Mark::MovedAndChanged);
    let was = entry.before.as_ref().filter(|_| is_moved && entry.number_before().is_none());
    let was = entry
        .number_before()
        .or_else(|| was.map(|clause| clause.under.as_str()).filter(|under| !under.is_empty()));
    let as_typed =
        entry.after.as_ref().or(entry.before.as_ref()).is_some_and(|clause| clause.kind == Kind::AsTyped);
    let runs = entry.runs.iter().map(|run| {
        let edit = match run.edit {
            Edit::Same => "same",
            Edit::Inserted => "inserted",
            Edit::Deleted => "deleted",
        };
        map([("edit", Value::from(edit)), ("text", Value::from(run.text.as_str()))])
    });
    map([
        ("same", Value::none()),
        ("name", Value::from(entry.name())),
        ("mark", Value::from(mark)),
        ("class", Value::from(class)),
        ("was", optional(was)),
        ("is_mixed", Value::from(class == "changed")),
        ("as_typed", Value::from(as_typed)),
        ("beside", entry.beside_words().into_iter().map(Value::from).collect::<Vec<_>>().into()),
        ("runs", runs.collect::<Vec<_>>().into()),
    ])
}
