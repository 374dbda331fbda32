//! Atom feeds: the fifty newest pages of the site and of each term, with their summaries (RFC 4287).

use std::cmp::Reverse;

use jiff::civil::Date;
use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::address::encoded;
use crate::content::{ParsedPage, Status};
use crate::site::{PageIndex, Site, day_of};

/// A feed holds this many entries.
const ENTRIES: usize = 50;

pub(super) fn site(site: &Site) -> Vec<u8> {
    let pages: Vec<PageIndex> =
        (0..site.pages.len()).filter(|index| site.pages[*index].parsed.kind.name != "page").collect();
    feed(site, "", "feed.xml", &site.config.title, &pages)
}

pub(super) fn term(site: &Site, taxonomy: usize, term: usize) -> Vec<u8> {
    let term = &site.taxonomies[taxonomy].terms[term];
    let title = format!("{} – {}", term.name, site.config.title);
    feed(site, &term.address, &format!("{}feed.xml", term.address), &title, &term.pages)
}

/// The day of a page's last change that its text tells of.
pub(super) fn updated(site: &Site, index: PageIndex) -> Option<Date> {
    let values = &site.pages[index].parsed.values;
    let changes = values.groups("changes").filter_map(|change| change.value.date("date"));
    changes.chain(values.date("last_reviewed")).chain(values.date("published")).max()
}

/// Whether readers may see a page: with `--drafts` the site holds others too.
fn is_published(page: &ParsedPage, site: &Site) -> bool {
    page.status == Status::Published && page.embargo.is_none_or(|embargo| embargo <= site.now)
}

fn feed(site: &Site, address: &str, own: &str, title: &str, pages: &[PageIndex]) -> Vec<u8> {
    let base = site.config.base_url.as_deref().unwrap_or("/");
    let day = |index: PageIndex| day_of(&site.pages[index].parsed);
    // The newest first; pages are in the order of their addresses, so an index stands for an address.
    let mut dated: Vec<(Reverse<Option<Date>>, PageIndex)> = pages
        .iter()
        .filter(|index| is_published(&site.pages[**index].parsed, site))
        .map(|index| (Reverse(day(*index)), *index))
        .collect();
    if dated.len() > ENTRIES {
        dated.select_nth_unstable(ENTRIES - 1);
        dated.truncate(ENTRIES);
    }
    dated.sort_unstable();
    let newest: Vec<PageIndex> = dated.into_iter().map(|(_, index)| index).collect();
    let latest = newest.iter().filter_map(|index| site.changed_at(*index)).max();
    let mut writer = Writer::new_with_indent(Vec::with_capacity(32 * 1024), b' ', 1);
    let url = |address: &str| format!("{base}{}", encoded(address));
    let written = (|| -> std::io::Result<()> {
        writer.write_event(Event::Decl(BytesDecl::new("1.0", Some("utf-8"), None)))?;
        writer
            .create_element("feed")
            .with_attributes([
                ("xmlns", "http://www.w3.org/2005/Atom"),
                ("xml:lang", site.config.language.as_str()),
            ])
            .write_inner_content(|writer| {
                text(writer, "title", title)?;
                text(writer, "id", &url(address))?;
                text(writer, "updated", &latest.map_or_else(|| instant(None), |at| at.to_string()))?;
                let (own, home) = (url(own), url(address));
                writer
                    .create_element("link")
                    .with_attributes([("rel", "self"), ("href", own.as_str())])
                    .write_empty()?;
                writer.create_element("link").with_attributes([("href", home.as_str())]).write_empty()?;
                let author = site
                    .config
                    .publisher
                    .as_ref()
                    .map_or(site.config.title.as_str(), |publisher| &publisher.name);
                writer.create_element("author").write_inner_content(|writer| text(writer, "name", author))?;
                for index in &newest {
                    entry(writer, site, *index, &url(&site.pages[*index].parsed.address), day(*index))?;
                }
                Ok(())
            })?;
        Ok(())
    })();
    // Writing into memory cannot fail.
    debug_assert!(written.is_ok());
    let mut bytes = writer.into_inner();
    bytes.push(b'\n');
    bytes
}

fn entry(
    writer: &mut Writer<Vec<u8>>,
    site: &Site,
    index: PageIndex,
    url: &str,
    day: Option<Date>,
) -> std::io::Result<()> {
    let page = &site.pages[index].parsed;
    writer.create_element("entry").write_inner_content(|writer| {
        text(writer, "title", &page.title)?;
        text(writer, "id", url)?;
        writer.create_element("link").with_attributes([("href", url)]).write_empty()?;
        text(writer, "published", &instant(day))?;
        let changed = site.changed_at(index);
        text(writer, "updated", &changed.map_or_else(|| instant(None), |at| at.to_string()))?;
        writer
            .create_element("category")
            .with_attributes([("term", page.kind.name), ("label", page.kind.title)])
            .write_empty()?;
        // Who follows a programme must see what changed on the day without opening each page.
        let summary = page.values.text("summary").unwrap_or("");
        match site.timed_change(index) {
            Some((time, what)) => text(writer, "summary", &format!("Changed {time}: {what}. {summary}")),
            None => text(writer, "summary", summary),
        }
    })?;
    Ok(())
}

fn text(writer: &mut Writer<Vec<u8>>, name: &str, content: &str) -> std::io::Result<()> {
    // XML cannot hold control characters and these two others, not even escaped, and readers refuse the whole feed for one.
    let is_allowed = |character: char| {
        (!character.is_control() || "\n\r\t".contains(character))
            && !matches!(character, '\u{fffe}' | '\u{ffff}')
    };
    let content: String = content.chars().filter(|character| is_allowed(*character)).collect();
    writer.create_element(name).write_text_content(BytesText::new(&content))?;
    Ok(())
}

/// Atom wants an instant; pages know days.
fn instant(day: Option<Date>) -> String {
    format!("{}T00:00:00Z", day.unwrap_or(Date::constant(1970, 1, 1)))
}
