//! Open documents (ISO/IEC 26300): the text, sheets and slides of `LibreOffice`.

use super::archive::Package;
use super::{Look, has_ending, within};
use crate::disclosure::NotRead;

impl Look<'_> {
    pub(super) fn open_document(&mut self, package: &mut Package<'_>, outer: &str, depth: usize) {
        let names: Vec<String> = package.names.keys().filter(|name| !name.ends_with('/')).cloned().collect();
        let manifest = self.part_text(package, "META-INF/manifest.xml", outer);
        if manifest.contains("encryption-data") {
            return self.not_read(NotRead::Locked, outer);
        }
        for name in &names {
            let lower = name.to_lowercase();
            if lower == "meta.xml" {
                let xml = self.part_text(package, name, outer);
                self.properties(&xml, &within("in the properties of the document", outer));
            } else if lower.ends_with("content.xml") || lower.ends_with("styles.xml") {
                let xml = self.part_text(package, name, outer);
                let place = if lower.ends_with("styles.xml") {
                    "in a header or footer of the pages"
                } else {
                    "in the text"
                };
                self.words(&xml, place, outer);
            } else if !has_ending(name, &["xml", "rdf"]) && !is_of_the_program(&lower) {
                self.object(package, name, outer, depth);
            }
        }
    }
}

/// What `LibreOffice` keeps for itself.
fn is_of_the_program(name: &str) -> bool {
    matches!(name, "mimetype" | "layout-cache") || name.starts_with("configurations2/")
}
