//! `netsite links`: the links of a site that lead out of it, and, if asked, whether they still work.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::PathBuf;

use clap::Args;
use jiff::Timestamp;

use super::build::CACHE_FOLDER;
use super::report::{Format, Report};
use super::terminal::{print, print_error};
use super::{Failure, Outcome, unless_closed};
use crate::build::{self, Options, Progress};
use crate::diagnostic::Diagnostic;
use crate::disk::{DiskWorld, KeptFile};
use crate::network::{self, ExternalLink, LinkCache, LinkOptions};
use crate::pathway::layout::Layouts;
use crate::site::Site;
use crate::source::{SitePath, Text, World};
use crate::text::{counted, long_date};
use crate::verdict::Coverage;

#[derive(Debug, Args)]
pub(super) struct Links {
    /// The site's folder [default: the nearest one upward with a netsite.yaml]
    #[arg(long, value_name = "DIR")]
    root: Option<PathBuf>,
    /// Ask each address whether it still works; those that worked within a day are not asked again
    #[arg(long)]
    check: bool,
    /// How the list or the problems are shown
    #[arg(long, value_enum, default_value = "human", value_name = "FORMAT")]
    format: Format,
}

impl Links {
    pub(super) fn run(self) -> Result<Outcome, Failure> {
        let root = super::root(self.root.as_ref())?;
        let now = Timestamp::now();
        let world = DiskWorld::new(root.clone(), now);
        let progress = Progress::default();
        let assembled = build::assemble(&world, &Options::default(), Layouts::default(), &progress)
            .map_err(|error| Failure::new(error.to_string()))?;
        let links = network::external_links(&assembled.site);
        let file = KeptFile::new(root.join(CACHE_FOLDER).join("links"));
        if self.check {
            if !cfg!(feature = "external-links") {
                return Err(Failure::new("this build of netsite cannot look at other sites")
                    .help("use one that was built with the feature external-links"));
            }
            let problems = checked(&assembled.site, &links, &file, now);
            let theme = assembled.theme.as_ref();
            let verdict = assembled.problems.replaced(problems).verdict(&world, theme, Coverage::Part);
            let located = verdict.problems;
            Report::of(&located).show(self.format)?;
            print_error(&format!(
                "{} looked at: {}.\n",
                counted(links.len(), "link to another site", "links to other sites"),
                if located.is_empty() {
                    "all work".to_string()
                } else {
                    counted(located.len(), "warning", "warnings")
                }
            ));
            // Other sites are not this one's content: what happens to them stops nothing.
            return Ok(Outcome::Clean);
        }
        let cache = LinkCache::from_bytes(&file.read(LinkCache::MAX_BYTES));
        let text = self.listed(&world, &assembled.site, &links, &cache);
        unless_closed(print(&text))?;
        Ok(Outcome::Clean)
    }

    fn listed(&self, world: &DiskWorld, site: &Site, links: &[ExternalLink], cache: &LinkCache) -> String {
        let mut text = String::new();
        let mut texts = BTreeMap::new();
        for link in links {
            let places = places(&mut texts, world, link);
            let worked = cache.last_worked(&link.url);
            match self.format {
                Format::Human => {
                    let _ = writeln!(text, "{}", link.url);
                    if let Some(worked) = worked {
                        let day = site.config.timezone.to_datetime(worked).date();
                        let _ = writeln!(text, "    worked on {}", long_date(day));
                    }
                    for place in places {
                        let _ = writeln!(text, "    {place}");
                    }
                }
                Format::Json => {
                    let worked = worked.map(|worked| worked.to_string());
                    let object =
                        serde_json::json!({ "url": link.url, "places": places, "last_worked": worked });
                    let _ = writeln!(text, "{object}");
                }
                _ => {
                    for place in places {
                        let _ = writeln!(text, "{place}: {}", link.url);
                    }
                }
            }
        }
        text
    }
}

/// Where a link is written: `path:line:column`.
fn places(texts: &mut BTreeMap<SitePath, Text>, world: &DiskWorld, link: &ExternalLink) -> Vec<String> {
    let mut place = |place: &network::LinkPlace| {
        let text = texts.entry(place.path.clone()).or_insert_with(|| {
            let bytes = world.read(&place.path).unwrap_or_default();
            Text::new(String::from_utf8(bytes).unwrap_or_default())
        });
        let here = text.line_column(place.span.start);
        format!("{}:{}:{}", place.path, here.line, here.column)
    };
    link.places.iter().map(&mut place).collect()
}

/// Asks every address, remembers which worked, and gives warnings for the others.
fn checked(site: &Site, links: &[ExternalLink], file: &KeptFile, now: Timestamp) -> Vec<Diagnostic> {
    let mut cache = LinkCache::from_bytes(&file.read(LinkCache::MAX_BYTES));
    let urls: Vec<String> = links.iter().map(|link| link.url.clone()).collect();
    let options = LinkOptions::new(site.config.base_url.as_deref(), now);
    let checked = network::check_external(&urls, &options, &mut cache);
    cache.keep_only(|url| urls.binary_search_by(|known| known.as_str().cmp(url)).is_ok());
    file.write(&cache.to_bytes());
    network::diagnostics(&checked, links, &site.config.timezone)
}
