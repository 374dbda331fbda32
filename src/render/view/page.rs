//! A page of its own, and a page in the middle of another.

use std::collections::BTreeMap;

use tera::{Context, Value};

use super::rows::By;
use super::{Frame, Views, fields};
use crate::content::Status;
use crate::content::kinds::Kind;
use crate::markdown::ReferenceKind;
use crate::render::address::{encoded, file_of, root_of};
use crate::render::value::{date, map, optional};
use crate::render::{
    benchmark, calendar, collection, handout, links, options, pagination, pathway, poster, structured,
};
use crate::site::{Page, PageIndex, Resolved};
use crate::theme::{RenderError, Theme};

impl Views<'_> {
    /// The view of a page at its own address.
    pub(in crate::render) fn page(&self, index: PageIndex, theme: &Theme) -> Result<Context, RenderError> {
        let page = &self.site.pages[index];
        let parsed = &page.parsed;
        let is_term = self.term_of_page.get(&index);
        let mut context = self.framed(Frame {
            address: parsed.address.clone(),
            title: &parsed.title,
            what: if parsed.kind == Kind::page() { "" } else { parsed.kind.title },
            description: parsed.values.text("summary").unwrap_or(""),
            breadcrumbs: self.breadcrumbs(page),
            feed: is_term
                .filter(|(taxonomy, term)| !self.site.taxonomies[*taxonomy].terms[*term].pages.is_empty())
                .and_then(|_| self.feed_of(&parsed.address)),
        });
        let root = root_of(&file_of(&parsed.address));
        context.insert_value("page", self.page_value(index, &root, theme)?);
        if parsed.kind.name == "network" {
            context.insert_value("hub", self.hub(parsed));
            context.insert_value("templates_used", self.templates_used(index));
            let figures = self.figures_of(index);
            context.insert_value("has_chart", Value::from(!figures.is_empty()));
            context.insert_value("figures", Value::from(figures));
        }
        self.add_language(index, &mut context);
        context.insert_value("json_ld", Value::safe_string(&structured::json_ld(self.site, index)));
        context.insert_value("og_type", Value::from("article"));
        self.note_drawings(index, &mut context);
        if let Some((taxonomy, term)) = is_term {
            let pages = &self.site.taxonomies[*taxonomy].terms[*term].pages;
            let items = pagination::slice(pages, 1);
            context.insert_value("items", self.rows(items.iter().copied()));
            context.insert_value("items_html", self.items_html(items, By::Kind, &root, theme)?);
            context.insert_value("pagination", pagination::value(&parsed.address, 1, pages.len()));
        } else {
            context.insert_value("items", Value::from(Vec::<Value>::new()));
            context.insert_value("items_html", Value::from(""));
            context.insert_value("pagination", Value::none());
        }
        Ok(context)
    }

    /// Whether a chart stands in the page, its own or that of an embedded benchmark.
    fn has_chart(&self, index: PageIndex) -> bool {
        let page = &self.site.pages[index];
        let embeds =
            page.parsed.body.references.iter().zip(&page.links).filter_map(|(reference, link)| match link {
                Resolved::Page(target, _) if reference.kind == ReferenceKind::Embed => Some(*target),
                _ => None,
            });
        embeds.chain([index]).any(|page| self.site.figures[page].is_some())
    }

    /// Whether a drawing or its steps stand in the page itself, which then needs the stylesheet of drawings.
    pub(super) fn note_drawings(&self, index: PageIndex, context: &mut Context) {
        let has_drawing =
            self.site.drawings[index].is_some() || self.site.pages[index].parsed.body.has_drawing;
        context.insert_value("has_drawing", Value::from(has_drawing));
        if self.has_chart(index) {
            context.insert_value("has_chart", Value::from(true));
        }
    }

    /// The language of a page of content, and the page in others.
    pub(in crate::render) fn add_language(&self, index: PageIndex, context: &mut Context) {
        let page = &self.site.pages[index];
        if let Some(language) = page.parsed.values.text("lang") {
            context.insert_value("lang", Value::from(language));
        }
        context.insert_value("alternates", self.alternates(page));
    }

    /// The way down to a page: home, its kind's listing or the pages of its folders.
    fn breadcrumbs(&self, page: &Page) -> Vec<(String, String)> {
        let mut breadcrumbs = vec![("Home".to_string(), String::new())];
        let kind = page.parsed.kind;
        let listed = !kind.folder.is_empty() && self.site.listings.iter().any(|listing| listing.kind == kind);
        if listed {
            breadcrumbs.push((kind.plural.to_string(), format!("{}/", kind.folder)));
        }
        let address = page.parsed.address.trim_end_matches('/');
        for (slash, _) in address.match_indices('/') {
            let above = format!("{}/", &address[..slash]);
            if let Some(index) = self.site.page_at(&above)
                && breadcrumbs.iter().all(|(_, path)| *path != above)
            {
                breadcrumbs.push((self.site.pages[index].parsed.title.clone(), above));
            }
        }
        breadcrumbs
    }

    fn alternates(&self, page: &Page) -> Value {
        page.translations
            .iter()
            .map(|index| {
                let other = &self.site.pages[*index].parsed;
                let path = encoded(&other.address);
                let absolute = self.site.config.base_url.as_ref().map(|base| format!("{base}{path}"));
                map([
                    ("lang", Value::from(other.values.text("lang").unwrap_or(&self.site.config.language))),
                    ("title", Value::from(other.title.as_str())),
                    ("path", Value::from(path)),
                    ("url", optional(absolute.as_deref())),
                ])
            })
            .collect::<Vec<_>>()
            .into()
    }

    /// Everything of a page, with the links of its text seen from `root`.
    pub(in crate::render) fn page_value(
        &self,
        index: PageIndex,
        root: &str,
        theme: &Theme,
    ) -> Result<Value, RenderError> {
        let page = &self.site.pages[index];
        let parsed = &page.parsed;
        let mut intro = String::new();
        let mut sections = Vec::new();
        for section in &parsed.body.sections {
            let html = links::fill(self, theme, index, &section.html, root)?;
            match &section.heading {
                None => intro = html,
                Some(heading) => sections.push(map([
                    ("id", Value::from(heading.id.as_str())),
                    ("title", Value::safe_string(&heading.html)),
                    ("text", Value::from(heading.text.as_str())),
                    ("html", Value::safe_string(&html)),
                ])),
            }
        }
        let toc: Vec<Value> = parsed
            .body
            .headings
            .iter()
            .filter(|heading| heading.level <= 3)
            .map(|heading| {
                map([
                    ("id", Value::from(heading.id.as_str())),
                    ("text", Value::from(heading.text.as_str())),
                    ("level", Value::from(u64::from(heading.level))),
                ])
            })
            .collect();
        let mut view = self.short(index);
        let mut add = |name: &'static str, value: Value| {
            view.insert(name, value);
        };
        // A kind with a template of its own shows its fields where they belong; another's are listed.
        let listed = !theme.has(parsed.kind.template);
        add("facts", if listed { fields::facts(self, page, root) } else { Value::from(Vec::<Value>::new()) });
        add("intro", Value::safe_string(&intro));
        add("sections", Value::from(sections));
        add("toc", Value::from(toc));
        add("words", Value::from(parsed.body.word_count));
        add(
            "missing",
            parsed.missing.iter().map(|line| Value::from(line.as_str())).collect::<Vec<_>>().into(),
        );
        add("outgoing", self.outgoing(page));
        add("incoming", self.incoming(page));
        add("linked_from", self.rows(page.linked_from.iter().copied()));
        add("translations", self.alternates(page));
        let place = &self.site.places[index];
        add("related", self.related(index));
        add("previous", self.neighbour(place.previous));
        add("next", self.neighbour(place.next));
        add("section", self.section(index));
        add("compared", self.compared(index));
        add("differences", self.known_differences(index));
        add("cite", self.cite(page));
        add("routes", self.routes(index));
        add("presented", self.presented(page));
        add("calendar", calendar::value(self.site, index));
        add("form", self.form(index));
        add("versions", self.versions(index));
        add("collection", collection::value(self.site, parsed));
        add("programme", self.programme(index));
        add("session", self.session(index));
        add("access", self.access(index));
        // One page to print or to hang up.
        let on_paper = handout::address(parsed, &self.site.config).or_else(|| poster::address(parsed));
        add("on_paper", on_paper.map_or_else(Value::none, |address| Value::from(encoded(&address))));
        Ok(Value::from(view))
    }

    /// A pathway or benchmark in the middle of another page.
    pub(in crate::render) fn embed(&self, index: PageIndex, root: &str) -> Context {
        let mut context = Context::new();
        context.insert_value("root", Value::from(root));
        context.insert_value("page", Value::from(self.short(index)));
        context
    }

    /// A page without its text and its relations.
    fn short(&self, index: PageIndex) -> BTreeMap<&'static str, Value> {
        let page = &self.site.pages[index];
        let parsed = &page.parsed;
        let values = &parsed.values;
        let kind = parsed.kind;
        let embargo = values.moment("embargo_until").filter(|moment| moment.timestamp > self.site.now);
        let licence = values.text("licence").or(self.site.config.licence.as_deref());
        let list = |name: &'static str| -> Value {
            let field = kind.all_fields().find(|field| field.name == name);
            match (field, values.get(name)) {
                (Some(field), Some(value)) => fields::value(self, page, &field.shape, &value.value),
                _ => Value::from(Vec::<Value>::new()),
            }
        };
        let mut all: BTreeMap<&'static str, Value> = BTreeMap::new();
        for field in kind.all_fields().filter(|field| field.name != "diagram") {
            if let Some(value) = fields::shown(values, field.name) {
                all.insert(field.name, fields::value(self, page, &field.shape, &value.value));
            }
        }
        let mut view: BTreeMap<&'static str, Value> = BTreeMap::new();
        let mut add = |name: &'static str, value: Value| {
            view.insert(name, value);
        };
        add("title", Value::from(parsed.title.as_str()));
        add("summary", Value::from(values.text("summary").unwrap_or("")));
        add("kind", Value::from(kind.name));
        add("kind_title", Value::from(kind.title));
        add("kind_plural", Value::from(kind.plural));
        add("kind_path", Value::from(format!("{}/", kind.folder)));
        add("path", Value::from(encoded(&parsed.address)));
        add("id", Value::from(parsed.id()));
        add("source", Value::from(parsed.path.as_str()));
        add("status", Value::from(parsed.status.name()));
        add("is_draft", Value::from(matches!(parsed.status, Status::Draft | Status::InReview)));
        add("is_archived", Value::from(parsed.status == Status::Archived));
        add("embargo", embargo.map_or_else(Value::none, |moment| Value::from(moment.to_string())));
        for name in ["notice", "illustrative", "provenance", "told_by"] {
            add(name, optional(values.text(name)));
        }
        add("fields", Value::from(all));
        add("changed", super::routes::changed(self.site, index));
        add("cancelled", super::routes::cancelled(self.site, index));
        for name in ["sources", "claims", "changes", "interests"] {
            add(name, list(name));
        }
        add("review", self.review(page));
        add("licence", optional(licence));
        add("data", benchmark::value(self.site, index, "to:chart", &[]));
        add("diagram", self.diagram(index));
        add("scores", options::value(self.site, parsed));
        view
    }

    fn review(&self, page: &Page) -> Value {
        let values = &page.parsed.values;
        let day = |name: &str| values.date(name).map_or_else(Value::none, date);
        let overdue = values.date("review_by").is_some_and(|due| due < self.today);
        map([
            ("published", day("published")),
            ("last_reviewed", day("last_reviewed")),
            ("review_by", day("review_by")),
            ("overdue", Value::from(overdue)),
            ("owner", optional(values.text("owner"))),
        ])
    }

    fn outgoing(&self, page: &Page) -> Value {
        let mut by_field: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        for relation in &page.outgoing {
            by_field.entry(&relation.field).or_default().push(self.row(relation.page));
        }
        grouped(by_field)
    }

    /// Pages that name this one, each once, by their kind.
    fn incoming(&self, page: &Page) -> Value {
        let mut by_kind: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
        let mut last: Option<PageIndex> = None;
        for relation in &page.incoming {
            if last != Some(relation.page) {
                let kind: &'static Kind = self.site.pages[relation.page].parsed.kind;
                by_kind.entry(kind.name).or_default().push(self.row(relation.page));
            }
            last = Some(relation.page);
        }
        grouped(by_kind)
    }

    fn diagram(&self, index: PageIndex) -> Value {
        let parsed = &self.site.pages[index].parsed;
        let Some(diagram) = parsed.values.text("diagram") else { return Value::none() };
        let mut view = BTreeMap::from([
            ("source", Value::from(diagram)),
            ("file", Value::none()),
            ("name", Value::none()),
        ]);
        if crate::site::names_a_file(diagram) {
            let Some(path) = parsed.path.parent().join(diagram) else { return Value::none() };
            let source = self.site.data.get(&path).map_or("", String::as_str);
            let asset = self.site.asset(&path);
            view.insert("source", Value::from(source.trim_start_matches('\u{feff}')));
            view.insert(
                "file",
                asset.map_or_else(Value::none, |asset| Value::from(encoded(asset.address()))),
            );
            view.insert("name", Value::from(path.file_name()));
        }
        if let Some((address, _)) = pathway::source(self.site, index) {
            view.insert("file", Value::from(encoded(&address)));
        }
        view.extend(pathway::value(self.site, index));
        Value::from(view)
    }
}

fn grouped(groups: BTreeMap<&str, Vec<Value>>) -> Value {
    let owned = groups.into_iter().map(|(name, rows)| (name.to_string(), Value::from(rows)));
    Value::from(owned.collect::<BTreeMap<String, Value>>())
}
