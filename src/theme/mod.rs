//! Themes: templates and static files. The default theme is part of the binary; a folder below `themes/` changes it
//! file by file, and may extend another. Template errors are diagnostics with file, line and what stands there.

mod colour;
mod compact;
mod embedded;
mod errors;
mod variables;
mod words;

use std::collections::BTreeMap;

use tera::{Context, Tera};

pub use variables::Meeting;
use variables::Variables;
pub use words::{Rung, rung};

use crate::config::{Config, Setting};
use crate::diagnostic::{Diagnostic, Texts};
use crate::fields::{Field, Shape, Values, decode, yaml};
use crate::source::{SitePath, Spanned, Text, World};
use crate::text::did_you_mean;

/// The folder of themes, below the root.
pub const FOLDER: &str = "themes";

/// The theme that is part of the binary.
pub const DEFAULT: &str = "default";

static FIELDS: &[Field] = &[
    Field::optional("name", Shape::Text, "What the theme is called.", "Our trust"),
    Field::optional("description", Shape::Text, "What it is for.", "The default theme in our colours"),
    Field::optional(
        "extends",
        Shape::Text,
        "The theme that it changes; the default theme if nothing is said.",
        "default",
    ),
    Field::optional(
        "colours",
        Shape::List(&Shape::Group(variables::COLOUR_FIELDS)),
        "Colours that a site may change.",
        "",
    ),
    Field::optional(
        "type",
        Shape::List(&Shape::Group(variables::TYPE_FIELDS)),
        "Typefaces and sizes that a site may change.",
        "",
    ),
];

/// A theme, ready to render.
pub struct Theme {
    tera: Tera,
    templates: BTreeMap<String, File>,
    statics: BTreeMap<String, File>,
    variables: Variables,
}

/// A file of a theme and where it stands.
struct File {
    path: SitePath,
    bytes: Vec<u8>,
}

/// A template that failed while it rendered.
#[derive(Debug)]
pub struct RenderError(pub Box<Diagnostic>);

impl Theme {
    /// Loads the site's theme and all that it extends, with its colours and type as the site asks. Without a value there are errors among the diagnostics.
    pub fn load(world: &dyn World, config: &Config) -> (Option<Self>, Vec<Diagnostic>) {
        let mut problems = Vec::new();
        let Some(chain) = chain(world, &config.theme, &mut problems) else { return (None, problems) };
        let mut templates = BTreeMap::new();
        let mut statics = BTreeMap::new();
        let mut variables = Variables::default();
        // The furthest ancestor first, so that nearer themes replace its files.
        for theme in chain.into_iter().rev() {
            variables.add(&theme.settings);
            for (below, file) in theme.files {
                if let Some(template) = below.strip_prefix("templates/") {
                    let shadowed: Option<File> = templates.insert(template.to_string(), file);
                    if let Some(shadowed) = shadowed {
                        keep_shadowed(&mut templates, template, shadowed);
                    }
                } else if let Some(below) = below.strip_prefix("static/") {
                    statics.insert(below.to_string(), file);
                }
            }
        }
        variables.set(&config.appearance, &mut problems);
        let is_taken = fill_in(&variables, &mut statics);
        if let Some(setting) = config.appearance.first().filter(|_| !is_taken) {
            problems.push(without_place(setting));
        }
        drop_unused_shadows(&mut templates);
        let tera = compile(&templates, &mut problems);
        (tera.map(|tera| Self { tera, templates, statics, variables }), problems)
    }

    /// The colours of the theme that meet, on light screens and then on dark ones.
    pub fn meeting_colours(&self) -> Vec<Meeting> {
        self.variables.meetings()
    }

    /// Values that every template sees beside its view.
    pub fn set_globals(&mut self, globals: Context) {
        *self.tera.global_context() = globals;
    }

    /// Renders a template to the end of `out`.
    pub fn render(&self, template: &str, view: &Context, out: &mut Vec<u8>) -> Result<(), RenderError> {
        self.tera.render_to(template, view, out).map_err(|error| {
            RenderError(Box::new(errors::diagnostic(&error, &|name| file_of(&self.templates, name))))
        })
    }

    /// Whether the theme has a template of this name.
    pub fn has(&self, template: &str) -> bool {
        self.templates.contains_key(template)
    }

    /// Whether every template is one of those that come with netsite, as it came.
    pub fn has_shipped_templates_only(&self) -> bool {
        let shipped: BTreeMap<&str, &[u8]> = embedded::FILES
            .iter()
            .filter_map(|(below, bytes)| Some((below.strip_prefix("templates/")?, *bytes)))
            .collect();
        self.templates.iter().all(|(name, file)| shipped.get(name.as_str()) == Some(&file.bytes.as_slice()))
    }

    /// The static files: address below the site's root, and bytes.
    pub fn statics(&self) -> impl Iterator<Item = (&str, &SitePath, &[u8])> {
        self.statics.iter().map(|(address, file)| (address.as_str(), &file.path, file.bytes.as_slice()))
    }

    /// A static file by its address below the site's root.
    pub fn static_file(&self, address: &str) -> Option<&[u8]> {
        self.statics.get(address).map(|file| file.bytes.as_slice())
    }

    /// Adds the texts of templates, so that diagnostics in them can show their lines.
    pub fn add_texts(&self, texts: &mut Texts) {
        for file in self.templates.values() {
            texts
                .entry(file.path.clone())
                .or_insert_with(|| Text::new(String::from_utf8_lossy(&file.bytes).into_owned()));
        }
    }

    /// Adds the texts of the default theme's templates, for where a theme could not be loaded.
    pub fn add_default_texts(texts: &mut Texts) {
        for (below, bytes) in embedded::FILES.iter().filter(|(below, _)| below.starts_with("templates/")) {
            let path = SitePath::new(&format!("{FOLDER}/{DEFAULT}/{below}"));
            texts.insert(path, Text::new(String::from_utf8_lossy(bytes).into_owned()));
        }
    }
}

/// A template's path and text.
fn file_of<'a>(templates: &'a BTreeMap<String, File>, name: &str) -> Option<(SitePath, &'a [u8])> {
    templates.get(name).map(|file| (file.path.clone(), file.bytes.as_slice()))
}

/// Where a stylesheet takes the rules for drawings of pathways.
const DRAWINGS_MARK: &str = "/* drawings of pathways */";

/// Where a stylesheet takes the rules for charts.
const CHARTS_MARK: &str = "/* charts */";

/// Stylesheets of pages made for paper: that they take variables does not make the site look as it was asked to.
const ON_PAPER: [&str; 2] = ["handout.css", "poster.css"];

/// Puts variables, and rules for drawings, into the stylesheets that ask for them, and says whether any takes variables.
/// Those are then published without comments and spare spaces; other files of a theme stay as they are.
fn fill_in(variables: &Variables, statics: &mut BTreeMap<String, File>) -> bool {
    let mut is_taken = false;
    for (address, file) in statics.iter_mut().filter(|(_, file)| file.path.extension() == "css") {
        if let Ok(text) = std::str::from_utf8(&file.bytes)
            && [variables::MARK, DRAWINGS_MARK, CHARTS_MARK].iter().any(|mark| text.contains(mark))
        {
            is_taken |= text.contains(variables::MARK) && !ON_PAPER.contains(&address.as_str());
            let text = text.replacen(DRAWINGS_MARK, crate::pathway::draw::STYLES, 1);
            let text = text.replacen(CHARTS_MARK, crate::benchmark::chart::STYLES, 1);
            file.bytes = compact::compact(&text.replacen(variables::MARK, &variables.css(), 1)).into_bytes();
        }
    }
    is_taken
}

fn without_place(setting: &Setting) -> Diagnostic {
    Diagnostic::warning(
        "unused-appearance",
        format!("nothing comes of `{}`: no stylesheet of the theme takes variables", setting.name.value),
    )
    .in_file(&SitePath::new(crate::config::FILE_NAME))
    .at(setting.name.span)
    .help(format!("put the line {} at the top of the theme's static/style.css", variables::MARK))
}

/// A replaced template stays within reach as `theme/name.html`, so that its successor can extend it. One that defines
/// components cannot: a component has one definition.
fn keep_shadowed(templates: &mut BTreeMap<String, File>, template: &str, shadowed: File) {
    let theme =
        shadowed.path.below(FOLDER).and_then(|below| below.split('/').next()).unwrap_or(DEFAULT).to_string();
    if !String::from_utf8_lossy(&shadowed.bytes).contains("{% component ") {
        templates.insert(format!("{theme}/{template}"), shadowed);
    }
}

/// Lets go of replaced templates that nothing names: a theme may bring a `base.html` without the blocks of the one that
/// it replaces, and the old children of that one must then not be asked for them.
fn drop_unused_shadows(templates: &mut BTreeMap<String, File>) {
    let is_shadow = |name: &str, file: &File| {
        file.path.below(FOLDER).is_some_and(|below| below.replacen("/templates/", "/", 1) == *name)
    };
    loop {
        let unused: Vec<String> = templates
            .iter()
            .filter(|(name, file)| is_shadow(name, file))
            .map(|(name, _)| name.clone())
            .filter(|name| {
                let named = [format!("\"{name}\""), format!("'{name}'")];
                !templates.values().any(|file| {
                    let text = String::from_utf8_lossy(&file.bytes);
                    named.iter().any(|quoted| text.contains(quoted.as_str()))
                })
            })
            .collect();
        if unused.is_empty() {
            return;
        }
        // What a dropped template named may now be unused in its turn.
        for name in unused {
            templates.remove(&name);
        }
    }
}

/// One theme's own files, by their path below its folder.
struct Layer {
    name: String,
    settings: Values,
    files: BTreeMap<String, File>,
}

/// The theme and its ancestors, the nearest first.
fn chain(world: &dyn World, name: &Spanned<String>, problems: &mut Vec<Diagnostic>) -> Option<Vec<Layer>> {
    let mut layers: Vec<Layer> = Vec::new();
    let mut wanted = name.clone();
    let mut named_in = SitePath::new(crate::config::FILE_NAME);
    loop {
        let Some(mut layer) = layer(world, &wanted.value, problems) else {
            problems.push(unknown_theme(world, &wanted, &named_in));
            return None;
        };
        let settings_path = SitePath::new(&format!("{FOLDER}/{}/theme.yaml", wanted.value));
        if let Some(file) = layer.files.get("theme.yaml") {
            layer.settings = settings(&settings_path, &file.bytes, problems);
        }
        let parent = layer
            .settings
            .spanned_text("extends")
            .map(|parent| Spanned::new(parent.value.to_string(), parent.span));
        let is_default = layer.name == DEFAULT;
        layers.push(layer);
        if is_default {
            return Some(layers);
        }
        let parent =
            parent.unwrap_or_else(|| Spanned::new(DEFAULT.to_string(), crate::source::Span::default()));
        if layers.iter().any(|layer| layer.name == parent.value) {
            problems.push(
                Diagnostic::error("theme-circle", format!("the theme `{}` extends itself", parent.value))
                    .in_file(&settings_path)
                    .at(parent.span)
                    .help("let one of the themes extend `default`"),
            );
            return None;
        }
        wanted = parent;
        named_in = settings_path;
    }
}

fn layer(world: &dyn World, name: &str, problems: &mut Vec<Diagnostic>) -> Option<Layer> {
    if name.is_empty() || name.contains(['/', '\\']) || name.starts_with('.') {
        return None;
    }
    let folder = format!("{FOLDER}/{name}");
    let mut files = BTreeMap::new();
    if name == DEFAULT {
        for (below, bytes) in embedded::FILES {
            let path = SitePath::new(&format!("{folder}/{below}"));
            files.insert((*below).to_string(), File { path, bytes: bytes.to_vec() });
        }
    }
    let listing = world.list(&SitePath::new(&folder));
    for (path, reason) in listing.refused {
        problems.push(
            Diagnostic::error("refused-file", format!("this cannot be part of a theme: {reason}"))
                .in_file(&path)
                .help("take it out of the theme's folder, or put a plain file in its place"),
        );
    }
    for entry in listing.files {
        let Some(below) = entry.path.below(&folder).map(str::to_string) else { continue };
        match world.read(&entry.path) {
            Ok(bytes) => {
                files.insert(below, File { path: entry.path, bytes });
            }
            Err(error) => {
                problems.push(Diagnostic::error("unreadable", error.to_string()).in_file(&entry.path));
            }
        }
    }
    (!files.is_empty()).then(|| Layer { name: name.to_string(), settings: Values::default(), files })
}

/// What `theme.yaml` says.
fn settings(path: &SitePath, bytes: &[u8], problems: &mut Vec<Diagnostic>) -> Values {
    let text = String::from_utf8_lossy(bytes);
    let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    let node = match yaml::parse(&text[bom..], bom as u32) {
        Ok(node) => node,
        Err(problem) => {
            problems.push(problem.in_file(path));
            return Values::default();
        }
    };
    let decoded = decode(&node, FIELDS.iter(), &|field| field.need, "`theme.yaml`");
    problems.extend(decoded.problems.into_iter().map(|problem| problem.in_file(path)));
    decoded.values
}

fn unknown_theme(world: &dyn World, wanted: &Spanned<String>, named_in: &SitePath) -> Diagnostic {
    let mut names: Vec<String> = world
        .list(&SitePath::new(FOLDER))
        .files
        .iter()
        .filter_map(|entry| Some(entry.path.below(FOLDER)?.split_once('/')?.0.to_string()))
        .collect();
    names.push(DEFAULT.to_string());
    names.sort();
    names.dedup();
    let help = did_you_mean(&wanted.value, names.iter().map(String::as_str))
        .unwrap_or_else(|| format!("there are: {}; a theme is a folder below {FOLDER}/", names.join(", ")));
    Diagnostic::error("unknown-theme", format!("there is no theme `{}`", wanted.value))
        .in_file(named_in)
        .at(wanted.span)
        .help(help)
}

/// Compiles the templates; each that does not parse is reported and left out, until the rest stand or fail together.
fn compile(templates: &BTreeMap<String, File>, problems: &mut Vec<Diagnostic>) -> Option<Tera> {
    let mut sources: Vec<(&str, &str)> = Vec::new();
    let mut left_out: Vec<String> = Vec::new();
    // Whether a template is left out that could have had what others miss.
    let mut may_be_missed = false;
    for (name, file) in templates {
        if let Ok(text) = std::str::from_utf8(&file.bytes) {
            sources.push((name, text));
        } else {
            problems.push(
                Diagnostic::error("not-utf8", "the template is not UTF-8, so it cannot be read")
                    .in_file(&file.path)
                    .help("save it again as UTF-8"),
            );
            left_out.push(name.clone());
            may_be_missed = true;
        }
    }
    loop {
        let mut tera = Tera::new();
        words::register(&mut tera);
        let Err(error) = tera.add_raw_templates(sources.iter().copied()) else {
            return left_out.is_empty().then_some(tera);
        };
        let broken = errors::template(&error);
        // What a template misses of one that is left out is no mistake of its own.
        let follows = match errors::missing_parent(&error) {
            Some(parent) => left_out.iter().any(|name| name == parent),
            None => may_be_missed && !errors::is_of_template_itself(&error),
        };
        may_be_missed |= errors::is_of_template_itself(&error);
        let problem = errors::diagnostic(&error, &|name| file_of(templates, name));
        if !follows && !problems.contains(&problem) {
            problems.push(problem);
        }
        left_out.extend(broken.clone());
        let before = sources.len();
        sources.retain(|(name, _)| Some(*name) != broken.as_deref());
        if sources.len() == before {
            return None;
        }
    }
}
