//! The variables of a theme: colours and type that a site changes in `netsite.yaml` under `appearance`. A theme lists
//! them in `theme.yaml` and marks where its stylesheet takes them with the comment [`MARK`]. In comes what the themes
//! of a chain list and what the site asks for; out goes CSS, and a warning for each colour that could not be read.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::colour::Rgb;
use crate::config::{Appearance, FILE_NAME, Setting};
use crate::diagnostic::Diagnostic;
use crate::fields::{Field, Shape, Values};
use crate::source::SitePath;
use crate::text::did_you_mean;

/// Where a stylesheet takes the variables.
pub(super) const MARK: &str = "/* variables of the theme */";

/// Contrast that text needs (WCAG 2.2, 1.4.3).
const TEXT_CONTRAST: f64 = 4.5;

/// Contrast that a colour has at least when netsite chooses it for dark screens.
const CHOSEN_CONTRAST: f64 = 6.0;

pub(super) const COLOUR_FIELDS: &[Field] = &[
    Field::always("name", Shape::Text, "Its name in the stylesheet, without the two dashes.", "link"),
    Field::always("about", Shape::Text, "What it colours.", "Links"),
    Field::always("light", Shape::Colour, "The colour.", "\"#005eb8\""),
    Field::always("dark", Shape::Colour, "The colour on a dark screen.", "\"#84bdf5\""),
    Field::optional(
        "on",
        Shape::List(&Shape::Text),
        "The colours on which it must be read.",
        "[ground, surface]",
    ),
    Field::optional(
        "contrast",
        Shape::Quantity,
        "The contrast that it needs there; 4.5, as for text, if nothing is said.",
        "3",
    ),
];

pub(super) const TYPE_FIELDS: &[Field] = &[
    Field::always("name", Shape::Text, "Its name in the stylesheet, without the two dashes.", "font"),
    Field::always("about", Shape::Text, "What is set in it.", "All text"),
    Field::always("value", Shape::Text, "As CSS writes it.", "Arial, sans-serif"),
];

/// A colour that stands on another.
#[derive(Debug, Clone, PartialEq)]
pub struct Meeting {
    /// The name of the one that is read.
    pub above: String,
    /// The name of the one that it stands on.
    pub below: String,
    /// The one that is read.
    pub read: Rgb,
    /// The one that it stands on.
    pub ground: Rgb,
    /// Whether they meet on dark screens.
    pub is_dark: bool,
    /// The contrast that people with low vision need there.
    pub needed: f64,
}

/// A colour of a theme.
#[derive(Debug, Clone)]
struct Colour {
    light: Rgb,
    dark: Rgb,
    on: Vec<String>,
    contrast: f64,
}

/// The variables that the themes of a chain list, by name, in the order of listing.
#[derive(Debug, Default)]
pub(super) struct Variables {
    colours: Vec<(String, Colour)>,
    fonts: Vec<(String, String)>,
}

impl Variables {
    /// Takes in what one theme lists; call it for the furthest ancestor first.
    pub(super) fn add(&mut self, theme: &Values) {
        for listed in theme.groups("colours") {
            let listed = listed.value;
            let (Some(name), Some(light), Some(dark)) = (
                listed.text("name"),
                listed.text("light").and_then(Rgb::parse),
                listed.text("dark").and_then(Rgb::parse),
            ) else {
                continue;
            };
            let on = listed.texts("on").map(|name| name.value.to_string()).collect();
            let contrast =
                listed.text("contrast").and_then(|text| text.parse().ok()).unwrap_or(TEXT_CONTRAST);
            replace(&mut self.colours, name, Colour { light, dark, on, contrast });
        }
        for listed in theme.groups("type") {
            if let (Some(name), Some(value)) = (listed.value.text("name"), listed.value.text("value"))
                && is_plain(value)
            {
                replace(&mut self.fonts, name, value.to_string());
            }
        }
    }

    /// Changes what the site asks for.
    pub(super) fn set(&mut self, asked: &Appearance, problems: &mut Vec<Diagnostic>) {
        let mut found = Vec::new();
        let light = self.known_colours(&asked.colours, "colour", &mut found);
        let dark = self.known_colours(&asked.dark_colours, "colour", &mut found);
        for (name, colour) in &mut self.colours {
            if let Some((_, value)) = light.get(name.as_str()) {
                colour.light = *value;
            }
            if let Some((_, value)) = dark.get(name.as_str()) {
                colour.dark = *value;
            }
        }
        let chosen: Vec<(String, Rgb)> = self
            .colours
            .iter()
            .filter(|(name, _)| light.contains_key(name.as_str()) && !dark.contains_key(name.as_str()))
            .map(|(name, colour)| (name.clone(), self.for_dark(name, colour)))
            .collect();
        for (name, value) in chosen {
            if let Some((_, colour)) = self.colours.iter_mut().find(|(known, _)| *known == name) {
                colour.dark = value;
            }
        }
        self.check(&light, |colour| colour.light, "", &mut found);
        self.check(&dark, |colour| colour.dark, " on dark screens", &mut found);
        self.set_type(&asked.fonts, &mut found);
        let file = SitePath::new(FILE_NAME);
        problems.extend(found.into_iter().map(|problem| problem.in_file(&file)));
    }

    fn set_type(&mut self, asked: &[Setting], problems: &mut Vec<Diagnostic>) {
        for setting in asked {
            let value = &setting.value.value;
            let Some((_, known)) = self.fonts.iter_mut().find(|(name, _)| *name == setting.name.value) else {
                let names = self.fonts.iter().map(|(name, _)| name.as_str());
                problems.push(unknown(setting, "type", names));
                continue;
            };
            if is_plain(value) && is_size(value) == is_size(known) {
                known.clone_from(value);
            } else {
                let what = if is_size(known) { "a size such as \"105%\"" } else { "names of typefaces" };
                problems.push(
                    Diagnostic::error("wrong-type", format!("`{}` must be {what}", setting.name.value))
                        .at(setting.value.span)
                        .help(format!("write it like this: {}: \"{known}\"", setting.name.value)),
                );
            }
        }
    }

    /// The colours that the site sets, by name; those that no theme lists are reported.
    fn known_colours<'a>(
        &self,
        asked: &'a [Setting],
        what: &str,
        problems: &mut Vec<Diagnostic>,
    ) -> BTreeMap<&'a str, (&'a Setting, Rgb)> {
        let mut known = BTreeMap::new();
        for setting in asked {
            let name = setting.name.value.as_str();
            if self.colours.iter().any(|(listed, _)| listed == name) {
                if let Some(colour) = Rgb::parse(&setting.value.value) {
                    known.insert(name, (setting, colour));
                }
            } else {
                problems.push(unknown(setting, what, self.colours.iter().map(|(name, _)| name.as_str())));
            }
        }
        known
    }

    /// Colours that meet: the one that is read, what it stands on, and the contrast that it needs.
    fn pairs(&self) -> impl Iterator<Item = (&str, &Colour, &str, &Colour)> + '_ {
        let all = &self.colours;
        all.iter().flat_map(move |(name, colour)| {
            colour.on.iter().filter_map(move |below| {
                let (below, ground) = all.iter().find(|(known, _)| known == below)?;
                Some((name.as_str(), colour, below.as_str(), ground))
            })
        })
    }

    /// Every two colours that meet, on light screens and then on dark ones.
    pub(super) fn meetings(&self) -> Vec<Meeting> {
        let on = |is_dark: bool| {
            let shade = move |colour: &Colour| if is_dark { colour.dark } else { colour.light };
            self.pairs().map(move |(above, read, below, ground)| Meeting {
                above: above.to_string(),
                below: below.to_string(),
                read: shade(read),
                ground: shade(ground),
                is_dark,
                needed: read.contrast,
            })
        };
        on(false).chain(on(true)).collect()
    }

    /// A colour for dark screens where the site gives one for light ones only: the same hue, made lighter or darker
    /// until what meets it there can be read.
    fn for_dark(&self, name: &str, colour: &Colour) -> Rgb {
        let mut met = Vec::new();
        for (above, read, below, ground) in self.pairs() {
            let least = if read.contrast < TEXT_CONTRAST { TEXT_CONTRAST } else { CHOSEN_CONTRAST };
            if above == name {
                met.push((ground.dark, least));
            } else if below == name {
                met.push((read.dark, least));
            }
        }
        colour.light.readable(&met).unwrap_or(colour.dark)
    }

    /// Warns of each colour that the site sets and that cannot be read where it meets others.
    fn check(
        &self,
        asked: &BTreeMap<&str, (&Setting, Rgb)>,
        shade: fn(&Colour) -> Rgb,
        where_seen: &str,
        problems: &mut Vec<Diagnostic>,
    ) {
        for (name, (setting, given)) in asked {
            let mut met = Vec::new();
            let mut worst: Option<(f64, String)> = None;
            for (above, read, below, ground) in self.pairs() {
                // Where the site sets both, the one that is read is to blame.
                if above != *name && (below != *name || asked.contains_key(above)) {
                    continue;
                }
                let other = if above == *name { ground } else { read };
                met.push((shade(other), read.contrast));
                let contrast = shade(read).contrast(shade(ground));
                if contrast < read.contrast && worst.as_ref().is_none_or(|(least, _)| contrast < *least) {
                    worst = Some((
                        contrast,
                        format!(
                            "`{above}` ({}) stands on `{below}` ({}){where_seen} with a contrast of {:.1} to 1; people \
                             with low vision need {} to 1",
                            shade(read),
                            shade(ground),
                            // Rounded down, so that 4.46 is not told as 4.5.
                            (contrast * 10.0).floor() / 10.0,
                            read.contrast,
                        ),
                    ));
                }
            }
            let Some((_, message)) = worst else { continue };
            let help = given.readable(&met).map_or_else(
                || format!("choose a colour that is nearer to {} or {}", Rgb::BLACK, Rgb::WHITE),
                |better| format!("write \"{better}\", the nearest that can be read wherever it stands"),
            );
            problems.push(Diagnostic::warning("low-contrast", message).at(setting.value.span).help(help));
        }
    }

    /// The variables as rules of a stylesheet.
    pub(super) fn css(&self) -> String {
        let mut css = String::from(":root {");
        for (name, colour) in &self.colours {
            let _ = write!(css, " --{name}: {};", colour.light);
        }
        for (name, value) in &self.fonts {
            let _ = write!(css, " --{name}: {value};");
        }
        css.push_str(" }\n@media screen and (prefers-color-scheme: dark) { :root {");
        for (name, colour) in self.colours.iter().filter(|(_, colour)| colour.dark != colour.light) {
            let _ = write!(css, " --{name}: {};", colour.dark);
        }
        css.push_str(" } }");
        css
    }
}

fn replace<T>(list: &mut Vec<(String, T)>, name: &str, value: T) {
    if !name.chars().all(|character| character.is_ascii_alphanumeric() || character == '-') {
        return;
    }
    match list.iter_mut().find(|(known, _)| known == name) {
        Some((_, old)) => *old = value,
        None => list.push((name.to_string(), value)),
    }
}

/// Whether a value is names of typefaces or a size: nothing that could end the rule or load a file.
fn is_plain(value: &str) -> bool {
    let quotes = value.matches('"').count() + value.matches('\'').count();
    !value.is_empty()
        && quotes.is_multiple_of(2)
        && value.chars().all(|character| character.is_alphanumeric() || " ,.-_%\"'".contains(character))
}

/// Whether a value is one length or share, as CSS writes it: `105%`, `1.1rem`.
fn is_size(value: &str) -> bool {
    let unit = value.trim_start_matches(|character: char| character.is_ascii_digit() || character == '.');
    let number = &value[..value.len() - unit.len()];
    number.parse::<f64>().is_ok() && ["%", "px", "rem", "em", "pt"].contains(&unit)
}

fn unknown<'a>(setting: &Setting, what: &str, names: impl Iterator<Item = &'a str> + Clone) -> Diagnostic {
    let name = &setting.name.value;
    let help = did_you_mean(name, names.clone())
        .unwrap_or_else(|| format!("there are: {}", names.collect::<Vec<_>>().join(", ")));
    Diagnostic::error("unknown-key", format!("the theme has no {what} `{name}`, so nothing would come of it"))
        .at(setting.name.span)
        .help(help)
}
