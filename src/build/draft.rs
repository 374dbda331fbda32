//! A site with one draft in it: the page that somebody is to approve is seen as it will be, and whatever else readers do
//! not see yet stays out of sight.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::{Assembled, Hidden, Kept, Options, Progress, put_together, read, with_theme};
use crate::content::{FOLDER, ParsedPage};
use crate::disclosure::{mask_text, masked_path};
use crate::site::selection::SelectionProblem;
use crate::site::{PageIndex, Remembered, Resolved, Site, drawing_file_of, files_of};
use crate::source::{ReadError, SitePath, World};
use crate::text::{list_words, nearest};

/// A site that shows one draft beside what is published.
pub struct Draft {
    /// The site, with its problems.
    pub assembled: Assembled,
    /// The draft.
    pub page: PageIndex,
    /// The files that it is made from: its own, and what it takes in.
    pub files: BTreeSet<SitePath>,
}

/// Why there is no such draft.
#[derive(Debug)]
pub enum NoDraft {
    /// The site could not be read.
    Unreadable(ReadError),
    /// No draft is called so.
    Unknown(SelectionProblem),
}

/// Assembles a site with the draft that a name means: `case-study:devon`, `devon`, or the path of its file.
///
/// # Errors
///
/// The site could not be read, or no draft is called so.
pub fn assemble_draft(
    world: &dyn World,
    options: &Options,
    name: &str,
    kept: impl Into<Kept>,
    progress: &Progress,
) -> Result<Draft, NoDraft> {
    let kept = kept.into();
    let sources = read::read(world, options, &kept, progress, None).map_err(NoDraft::Unreadable)?;
    let path = find(&sources.pages, name, world.now()).map_err(NoDraft::Unknown)?.path.clone();
    let hidden = Hidden { all: false, one: Some(path.clone()) };
    let assembled = put_together(world, sources, kept, hidden, progress, &mut Remembered::default());
    let assembled = with_theme(world, assembled);
    let page = assembled.site.pages.iter().position(|page| page.parsed.path == path);
    // Two files at one address are an error of the site, and either may stand for both.
    let Some(page) = page else {
        let message = format!("`{}` stands at an address that another file has", masked_path(path.as_str()));
        let help = "run `netsite check`, and mend what it says first".to_string();
        return Err(NoDraft::Unknown(SelectionProblem { message, help }));
    };
    let files = files_around(&assembled.site, page);
    Ok(Draft { assembled, page, files })
}

/// The files that end up in a document of one page, whole or in part.
fn files_around(site: &Site, index: PageIndex) -> BTreeSet<SitePath> {
    let page = &site.pages[index];
    let mut files: BTreeSet<SitePath> = files_of(&page.parsed).into_iter().collect();
    files.extend(drawing_file_of(&page.parsed));
    files.insert(page.parsed.path.clone());
    files.extend(page.links.iter().filter_map(|link| match link {
        Resolved::Asset(asset) => site.assets.get(*asset).map(|asset| asset.path.clone()),
        _ => None,
    }));
    files
}

/// So many drafts are named in a message.
const NAMED: usize = 12;

fn find<'p>(pages: &'p [ParsedPage], name: &str, now: Timestamp) -> Result<&'p ParsedPage, SelectionProblem> {
    let wanted = name.trim().replace('\\', "/");
    let wanted = wanted.strip_prefix("./").unwrap_or(&wanted).trim_matches('/');
    let mut meant: Vec<&ParsedPage> = pages.iter().filter(|page| is_called(page, wanted)).collect();
    if meant.is_empty() {
        meant.extend(pages.iter().filter(|page| page.slug == wanted));
    }
    meant.sort_by(|one, other| one.path.cmp(&other.path));
    let problem = |message: String, help: String| {
        Err(SelectionProblem { message: mask_text(&message), help: mask_text(&help) })
    };
    match meant[..] {
        // Of one that cannot be read nobody knows whether it is published.
        [page] if is_hidden(page, now) || !page.is_readable => Ok(page),
        [page] => problem(
            format!("`{}` is published already, and a file that calls it a draft would be wrong", page.path),
            "send its address; or set `status: in-review` at its top while it is being changed".to_string(),
        ),
        [] => {
            let drafts: Vec<&ParsedPage> = pages.iter().filter(|page| is_hidden(page, now)).collect();
            problem(format!("there is no page `{wanted}`"), suggested(wanted, &drafts))
        }
        _ => {
            let paths: Vec<String> =
                meant.iter().take(NAMED).map(|page| format!("`{}`", page.path)).collect();
            problem(
                format!("`{wanted}` is the name of several pages"),
                format!("name its file: {}", list_words(&paths, "or")),
            )
        }
    }
}

fn is_hidden(page: &ParsedPage, now: Timestamp) -> bool {
    !page.status.is_public() || page.embargo.is_some_and(|embargo| embargo > now)
}

fn id(page: &ParsedPage) -> String {
    format!("{}:{}", page.kind.name, page.slug)
}

fn is_called(page: &ParsedPage, wanted: &str) -> bool {
    page.path.as_str() == wanted || page.path.below(FOLDER) == Some(wanted) || id(page) == wanted
}

/// The draft that was most likely meant: by name, by title, or by file.
fn suggested(wanted: &str, drafts: &[&ParsedPage]) -> String {
    let ways: [fn(&ParsedPage) -> String; 4] =
        [id, |page| page.slug.clone(), |page| page.title.clone(), |page| page.path.as_str().to_string()];
    for way in ways {
        let names: Vec<String> = drafts.iter().map(|page| way(page)).collect();
        if let Some(near) = nearest(wanted, names.iter().map(String::as_str))
            && let Some(draft) = drafts.iter().find(|page| way(page) == near)
        {
            return format!("did you mean `{}`?", id(draft));
        }
    }
    let mut names: Vec<String> = drafts.iter().map(|page| format!("`{}`", id(page))).collect();
    names.sort();
    match names.len() {
        0 => "no page of this site is a draft or in review".to_string(),
        count if count <= NAMED => format!("drafts are {}", list_words(&names, "and")),
        _ => "write its kind and name, such as case-study:devon, or the path of its file".to_string(),
    }
}
