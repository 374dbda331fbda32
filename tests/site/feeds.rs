//! What other programs read: feeds, the sitemap, robots.txt.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;

use netsite::build::{self, NoStore, Options, Progress, Sink, SinkError};
use netsite::pathway::layout::Layouts;
use netsite::site::Asset;
use netsite::source::MemoryWorld;
use quick_xml::Reader;
use quick_xml::escape::unescape;
use quick_xml::events::Event;

use super::harness::{TestSite, case_study, page};
use super::published::{is_page, tags};
use super::samples::{case_studies, every_kind};

/// An element with its text and its children, enough to look into a feed.
#[derive(Debug, Default)]
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    text: String,
    children: Vec<Element>,
}

impl Element {
    fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Element> {
        self.children.iter().filter(move |child| child.name == name)
    }

    #[track_caller]
    fn text(&self, name: &str) -> &str {
        let found = self.children.iter().find(|child| child.name == name);
        &found.unwrap_or_else(|| panic!("no <{name}> in {self:#?}")).text
    }

    fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// A whole XML file; anything that is not well-formed fails the test.
#[track_caller]
fn xml(text: &str) -> Element {
    let mut reader = Reader::from_str(text);
    reader.config_mut().expand_empty_elements = true;
    let mut open = vec![Element::default()];
    loop {
        match reader.read_event().unwrap() {
            Event::Start(start) => {
                let attributes = start
                    .attributes()
                    .map(|attribute| {
                        let attribute = attribute.unwrap();
                        let value = unescape(&attribute.value).unwrap().into_owned();
                        (attribute.key.as_ref().to_string(), value)
                    })
                    .collect();
                let name = start.name().as_ref().to_string();
                open.push(Element { name, attributes, ..Element::default() });
            }
            Event::End(_) => {
                let element = open.pop().unwrap();
                open.last_mut().unwrap().children.push(element);
            }
            Event::Text(text) => open.last_mut().unwrap().text.push_str(&text),
            Event::GeneralRef(reference) => {
                let entity = format!("&{};", &*reference);
                open.last_mut().unwrap().text.push_str(&unescape(&entity).unwrap());
            }
            Event::Eof => break,
            _ => {}
        }
    }
    assert_eq!(open.len(), 1, "an element that is not closed");
    open.remove(0).children.remove(0)
}

#[test]
fn the_feed_tells_of_the_fifty_newest_pages_newest_first() {
    let site = case_studies(53);
    site.build().clean();
    let feed = xml(&site.output("feed.xml"));
    assert_eq!(feed.name, "feed");
    assert_eq!(feed.attribute("xmlns"), Some("http://www.w3.org/2005/Atom"));
    assert_eq!(feed.text("title"), "Test site");
    assert_eq!(feed.text("id"), "https://test.example/");
    let entries: Vec<&Element> = feed.all("entry").collect();
    assert_eq!(entries.len(), 50);
    // The network's page has no date of publication: it counts by its review, in 2026.
    assert_eq!(entries[0].text("title"), "Example");
    assert_eq!(entries[1].text("title"), "Case 053");
    assert_eq!(entries[1].text("id"), "https://test.example/case-studies/case-053/");
    assert_eq!(entries[1].text("published"), "2025-02-25T00:00:00Z");
    let days: Vec<&str> = entries[1..].iter().map(|entry| entry.text("published")).collect();
    assert!(days.windows(2).all(|pair| pair[0] >= pair[1]), "{days:?}");
    let ids: BTreeSet<&str> = entries.iter().map(|entry| entry.text("id")).collect();
    assert_eq!(ids.len(), 50);
    for entry in &entries {
        assert_eq!(entry.text("updated").len(), "2026-01-05T00:00:00Z".len());
        assert!(!entry.text("summary").is_empty());
    }
    assert!(entries.iter().any(|entry| entry.text("updated") == feed.text("updated")));
}

#[test]
fn a_feed_keeps_marks_that_mean_something_to_it() {
    let text = case_study("A", "published: 2027-02-03\n")
        .replace("title: A\n", "title: \"R&D: a <b>first</b> ]]> step\"\n")
        .replace("summary: A page about A.", "summary: \"Less < more & “quotes”\"");
    let site = TestSite::new().network().file("content/case-studies/a.md", text);
    site.build().clean();
    let feed = xml(&site.output("feed.xml"));
    let entry = feed.all("entry").next().unwrap();
    assert_eq!(entry.text("title"), "R&D: a <b>first</b> ]]> step");
    assert_eq!(entry.text("summary"), "Less < more & “quotes”");
}

#[test]
fn a_character_that_xml_cannot_hold_never_reaches_a_feed() {
    let text = case_study("A", "").replace("A page about A.", "\"A\\u0001B\"");
    let site = TestSite::new().network().file("content/case-studies/a.md", text);
    let run = site.build();
    assert!(run.problems().iter().all(|problem| problem.path == "content/case-studies/a.md"));
    if run.code == 0 {
        assert!(!site.output("feed.xml").contains('\u{1}'));
    }
}

#[test]
fn each_term_has_a_feed_of_its_own() {
    let site = TestSite::new()
        .network()
        .case_study("a", "themes: [Reporting]\n")
        .case_study("b", "themes: [Workforce]\n");
    site.build().clean();
    let feed = xml(&site.output("themes/reporting/feed.xml"));
    let titles: Vec<&str> = feed.all("entry").map(|entry| entry.text("title")).collect();
    assert_eq!((feed.text("title"), titles), ("Reporting – Test site", vec!["a"]));
    let itself = feed.all("link").find(|link| link.attribute("rel") == Some("self")).unwrap();
    assert_eq!(itself.attribute("href"), Some("https://test.example/themes/reporting/feed.xml"));
    assert!(site.output("themes/reporting/index.html").contains("href=\"../../themes/reporting/feed.xml\""));
    let network = xml(&site.output("networks/example/feed.xml"));
    assert_eq!(network.all("entry").count(), 2);
    assert!(site.output("networks/example/index.html").contains("networks/example/feed.xml"));
}

/// The addresses of a sitemap.
#[track_caller]
fn listed(text: &str) -> Vec<String> {
    xml(text).all("url").map(|url| url.text("loc").to_string()).collect()
}

#[test]
fn the_sitemap_lists_every_page_that_readers_should_find_once() {
    let site = every_kind();
    site.build_with(&["--drafts"]).clean();
    let addresses = listed(&site.output("sitemap.xml"));
    let mut wanted = BTreeSet::new();
    for (path, bytes) in site.outputs().into_iter().filter(|(path, _)| is_page(path)) {
        let hidden = |tag: &super::published::Tag| {
            tag.get("name") == Some("robots") && tag.get("content") == Some("noindex")
        };
        if !tags(&String::from_utf8(bytes).unwrap()).iter().any(hidden) {
            wanted.insert(format!("https://test.example/sharing/{}", path.trim_end_matches("index.html")));
        }
    }
    let found: BTreeSet<String> = addresses.iter().cloned().collect();
    let missing: Vec<&String> = wanted.difference(&found).collect();
    let surplus: Vec<&String> = found.difference(&wanted).collect();
    assert!(missing.is_empty() && surplus.is_empty(), "missing {missing:?}, surplus {surplus:?}");
    assert_eq!(addresses.len(), found.len(), "an address twice");
    assert!(site.output("robots.txt").contains("Sitemap: https://test.example/sharing/sitemap.xml"));
}

#[test]
fn the_further_pages_of_lists_are_in_the_sitemap() {
    let site = case_studies(51);
    site.build().clean();
    let addresses = listed(&site.output("sitemap.xml"));
    for address in ["case-studies/page/2/", "themes/reporting/page/2/", "networks/example/page/2/", "themes/"]
    {
        assert!(addresses.contains(&format!("https://test.example/{address}")), "{address}");
    }
}

#[test]
fn pages_that_only_a_preview_shows_are_not_to_be_found_by_search_engines() {
    let embargoed =
        page("Soon", "embargo_until: 2031-01-01 09:00 Europe/London\nthemes: [Governance]\n", "Text.\n");
    let site = every_kind().file("content/drafts/soon.md", embargoed);
    site.build_with(&["--drafts", "--as-of", "2029-06-01"]).clean();
    for name in ["later", "soon"] {
        let html = site.output(&format!("drafts/{name}/index.html"));
        assert!(html.contains("<meta name=\"robots\" content=\"noindex\">"), "{html}");
        for path in ["sitemap.xml", "feed.xml", "themes/governance/feed.xml"] {
            assert!(!site.output(path).contains(name), "{path}");
        }
    }
}

/// The sitemap's files; other outputs are dropped.
#[derive(Default)]
struct Sitemaps(Mutex<BTreeMap<String, String>>);

impl Sink for Sitemaps {
    fn add(&self, path: &str, bytes: &[u8]) -> Result<(), SinkError> {
        if path.starts_with("sitemap") {
            let text = String::from_utf8(bytes.to_vec())?;
            self.0.lock().unwrap().insert(path.to_string(), text);
        }
        Ok(())
    }

    fn copy(&self, _: &str, _: &Asset) -> Result<(), SinkError> {
        Ok(())
    }
}

#[test]
fn a_sitemap_of_more_than_fifty_thousand_addresses_falls_into_parts() {
    // Pages with many tags have many addresses and are quickly read.
    let tags = |page: usize| (0..5_001).map(|tag| format!("t{page}x{tag}")).collect::<Vec<_>>().join(", ");
    let mut world = MemoryWorld::new("2026-06-01T00:00:00Z".parse().unwrap())
        .with("netsite.yaml", "title: T\nbase_url: https://test.example/\ntheme: bare\n")
        .with("themes/bare/templates/term.html", "{{ term.name }}");
    for number in 0..10 {
        let text = page("A", &format!("tags: [{}]\n", tags(number)), "");
        world = world.with(&format!("content/{number}.md"), text);
    }
    let (progress, options) = (Progress::default(), Options::default());
    let assembled = build::assemble(&world, &options, Layouts::default(), &progress).unwrap();
    assert!(assembled.problems.found().is_empty(), "{:?}", assembled.problems.found());
    let sitemaps = Sitemaps::default();
    let (images, _) = build::images(&world, &NoStore, &assembled.site, &progress);
    build::render(&assembled.site, assembled.theme.unwrap(), &images, &sitemaps, &progress).unwrap();
    let files = sitemaps.0.into_inner().unwrap();
    let names: Vec<&str> = files.keys().map(String::as_str).collect();
    assert_eq!(names, ["sitemap-1.xml", "sitemap-2.xml", "sitemap.xml"]);
    let parts = xml(&files["sitemap.xml"]);
    let parts: Vec<&str> = parts.all("sitemap").map(|part| part.text("loc")).collect();
    assert_eq!(parts, ["https://test.example/sitemap-1.xml", "https://test.example/sitemap-2.xml"]);
    let (first, second) = (listed(&files["sitemap-1.xml"]), listed(&files["sitemap-2.xml"]));
    assert_eq!(first.len(), 50_000);
    let all: BTreeSet<&String> = first.iter().chain(&second).collect();
    assert_eq!(all.len(), first.len() + second.len());
    assert!(all.contains(&"https://test.example/tags/t9x5000/".to_string()));
}
