//! What search engines read of a page: schema.org as JSON-LD.

use serde_json::{Map, Value, json};

use super::address::encoded;
use crate::site::{PageIndex, Site};

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
        event(values, &mut data);
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

fn event(values: &crate::fields::Values, data: &mut Map<String, Value>) {
    for (ours, theirs) in
        [("starts", "startDate"), ("start", "startDate"), ("ends", "endDate"), ("end", "endDate")]
    {
        if let Some(time) = values.local_time(ours) {
            data.insert(theirs.into(), time.iso().into());
        }
    }
    if let Some(place) = values.text("venue").or_else(|| values.text("room")) {
        data.insert("location".into(), json!({ "@type": "Place", "name": place }));
    } else if let Some(url) = values.text("online") {
        data.insert("location".into(), json!({ "@type": "VirtualLocation", "url": url }));
    }
}
