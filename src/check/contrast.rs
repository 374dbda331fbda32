//! Colours of a theme that cannot be read where they meet. Those that a site sets in `netsite.yaml` are told of by the build.

use crate::diagnostic::Diagnostic;
use crate::site::Site;
use crate::source::{SitePath, Span, World};
use crate::theme::{FOLDER, Meeting, Theme};

/// Pairs of a theme's own colours with less contrast than WCAG 2.2 asks for (1.4.3, 1.4.11).
pub(super) fn theme_contrast(site: &Site, theme: &Theme, world: &dyn World, problems: &mut Vec<Diagnostic>) {
    let asked = &site.config.appearance;
    let is_asked = |name: &str| {
        asked.colours.iter().chain(&asked.dark_colours).any(|setting| setting.name.value == name)
    };
    let path = SitePath::new(&format!("{FOLDER}/{}/theme.yaml", site.config.theme.value));
    let file = world.read(&path).ok().and_then(|bytes| String::from_utf8(bytes).ok());
    for meeting in theme.meeting_colours() {
        let Meeting { above, below, read, ground, is_dark, needed } = &meeting;
        let contrast = read.contrast(*ground);
        if contrast >= *needed || is_asked(above) || is_asked(below) {
            continue;
        }
        let screens = if *is_dark { " on dark screens" } else { "" };
        let mut problem = Diagnostic::warning(
            "theme-contrast",
            format!(
                "the theme's `{above}` ({read}) stands on `{below}` ({ground}){screens} with a contrast of {:.1} to 1; \
                 people with low vision need {needed} to 1",
                (contrast * 10.0).floor() / 10.0,
            ),
        )
        .in_file(&path)
        .help(format!("make `{above}` darker or lighter than `{below}`, in theme.yaml"));
        problem.span =
            file.as_deref().and_then(|file| named_in(file, above).or_else(|| named_in(file, below)));
        problems.push(problem);
    }
}

/// Where `name: link` stands in a theme's file.
fn named_in(file: &str, name: &str) -> Option<Span> {
    file.match_indices(name).map(|(at, _)| at).find_map(|at| {
        let before = file[..at].trim_end_matches(['"', '\'']).trim_end().ends_with("name:");
        let after = file[at + name.len()..].chars().next();
        (before && after.is_none_or(|next| !next.is_alphanumeric() && next != '-'))
            .then(|| Span::new(at, at + name.len()))
    })
}
