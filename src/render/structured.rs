//! What search engines read of a page: schema.org as JSON-LD.

use jiff::tz::TimeZone;
use serde_json::{Map, Value, json};

use super::address::encoded;
use crate::site::{PageIndex, Site};
use crate::text::LocalTime;

/// The JSON-LD of a page, safe inside a `script` element.
pub(super) fn json_ld(site: &Site, index: PageIndex) -> String {
    let page = &site.pages[index];
    let values = &page.parsed.values;
    let mut data = Map::new();
    data.insert("@context".into(), "https://schema.org".into());
    data.insert("@type".into(), page.parsed.kind.schema_org.into());
    let name = if page.parsed.kind.schema_org == "Article" { "headline" } else { "name" };
    data.insert(name.into(), page.parsed.title.clone().into());
    if let Some(summary) = values.text("summary") {
        data.insert("description".into(), summary.into());
    }
    if let Some(base) = &site.config.base_url {
        data.insert("url".into(), format!("{base}{}", encoded(&page.parsed.address)).into());
    }
    data.insert("inLanguage".into(), values.text("lang").unwrap_or(&site.config.language).into());
    if page.parsed.kind.schema_org == "Event" {
        event(site, index, &mut data);
    } else if let Some(date) = values.date("published") {
        data.insert("datePublished".into(), date.to_string().into());
    }
    if page.parsed.kind.schema_org != "Event"
        && page.parsed.kind.schema_org != "Organization"
        && let Some(date) = super::feed::updated(site, index)
    {
        data.insert("dateModified".into(), date.to_string().into());
    }
    if let Some(publisher) = &site.config.publisher
        && page.parsed.kind.schema_org != "Organization"
        && page.parsed.kind.schema_org != "Event"
    {
        data.insert("publisher".into(), json!({ "@type": "Organization", "name": publisher.name }));
    }
    // `<` could end the element that holds it.
    Value::Object(data).to_string().replace('<', "\\u003c")
}

fn event(site: &Site, index: PageIndex, data: &mut Map<String, Value>) {
    let values = &site.pages[index].parsed.values;
    for (ours, theirs) in
        [("starts", "startDate"), ("start", "startDate"), ("ends", "endDate"), ("end", "endDate")]
    {
        if let Some(time) = values.local_time(ours) {
            data.insert(theirs.into(), with_offset(time, site.zone_of(index)).into());
        }
    }
    if site.cancelled(index).is_some() {
        data.insert("eventStatus".into(), "https://schema.org/EventCancelled".into());
    }
    if let Some(place) = values.text("venue").or_else(|| values.text("room")) {
        data.insert("location".into(), json!({ "@type": "Place", "name": place }));
    } else if let Some(url) = values.text("online") {
        data.insert("location".into(), json!({ "@type": "VirtualLocation", "url": url }));
    }
}

/// A time as its zone's clocks show it, with their offset: `2018-04-18T10:00+01:00`; a day alone.
fn with_offset(local: LocalTime, zone: &TimeZone) -> String {
    let instant = local.time.and_then(|time| zone.to_timestamp(local.date.to_datetime(time)).ok());
    let Some(instant) = instant else { return local.iso() };
    let seconds = zone.to_offset(instant).seconds();
    let (sign, minutes) = (if seconds < 0 { '-' } else { '+' }, seconds.unsigned_abs() / 60);
    format!("{}{sign}{:02}:{:02}", local.iso(), minutes / 60, minutes % 60)
}
