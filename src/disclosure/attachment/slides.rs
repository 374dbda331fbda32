//! The order of slides, which of them are hidden, and whose speaker notes are whose.

use std::collections::BTreeMap;

use super::Look;
use super::archive::Package;
use super::markup::{Mark, marks};
use super::relations::{self, relations};

const MAIN: &str = "ppt/presentation.xml";

impl Look<'_> {
    /// For each part that is a slide or its notes: what it is called.
    pub(super) fn slides(&mut self, package: &mut Package<'_>, outer: &str) -> BTreeMap<String, String> {
        let mut places = BTreeMap::new();
        if !package.names.contains_key(MAIN) {
            return places;
        }
        let main = self.part_text(package, MAIN, outer);
        let related = relations(MAIN, &self.part_text(package, &relations::of(MAIN), outer));
        let mut order = Vec::new();
        marks(&main, &mut |mark| {
            if let Mark::Open("sldId", attributes) = mark {
                // Beside the relation's id there is another one, of the slide itself.
                let part =
                    attributes.iter().filter(|(name, _)| *name == "id").find_map(|(_, id)| related.get(&*id));
                order.extend(part.cloned());
            }
        });
        let mut numbers = BTreeMap::new();
        for (index, part) in order.into_iter().enumerate() {
            let xml = self.part_text(package, &part, outer);
            let mut is_hidden = false;
            marks(&xml, &mut |mark| {
                if let Mark::Open("sld", attributes) = mark {
                    is_hidden = matches!(attributes.get("show").as_deref(), Some("0" | "false"));
                }
            });
            let hidden = if is_hidden { "hidden " } else { "" };
            let called = format!("{hidden}slide {}", index + 1);
            places.insert(part.clone(), format!("on {called}"));
            numbers.insert(part, called);
        }
        let notes: Vec<String> = package
            .names
            .keys()
            .filter(|name| name.starts_with("ppt/notesSlides/notesSlide"))
            .cloned()
            .collect();
        for part in notes {
            let xml = self.part_text(package, &relations::of(&part), outer);
            let slide = relations(&part, &xml).into_values().find_map(|target| numbers.get(&target).cloned());
            let of = slide.map_or(String::new(), |slide| format!(" of {slide}"));
            places.insert(part, format!("in the speaker notes{of}"));
        }
        places
    }
}
