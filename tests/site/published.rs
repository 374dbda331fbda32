//! What must hold of every published site: each address in it leads to a file of it, ids are unique, and nothing in
//! it needs a laxer content security policy than `default-src 'self'`.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// A published site as its files.
pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// A tag with its attributes, entities decoded. `text` is what stands between it and its end for `script`, `style`
/// and `title`, whose content is no HTML.
#[derive(Debug, Default)]
pub(crate) struct Tag {
    pub(crate) name: String,
    pub(crate) attributes: Vec<(String, String)>,
    pub(crate) text: String,
}

impl Tag {
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }
}

/// Every start tag of a page, in order. The pages are our own, so that anything unusual is a mistake of ours.
#[track_caller]
pub(crate) fn tags(html: &str) -> Vec<Tag> {
    let mut tags = Vec::new();
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        rest = &rest[start + 1..];
        if let Some(comment) = rest.strip_prefix("!--") {
            rest = comment.split_once("-->").expect("an open comment").1;
            continue;
        }
        if rest.starts_with(['/', '!']) {
            continue;
        }
        assert!(rest.starts_with(|first: char| first.is_ascii_alphabetic()), "a bare `<` before {rest:.60}");
        let (mut tag, after) = tag(rest);
        rest = after;
        if matches!(tag.name.as_str(), "script" | "style" | "title") {
            let (text, after) = rest.split_once(&format!("</{}>", tag.name)).expect("an element's end");
            tag.text = text.to_string();
            rest = after;
        }
        tags.push(tag);
    }
    tags
}

fn tag(text: &str) -> (Tag, &str) {
    let end = text.find([' ', '>', '/', '\n']).expect("an open tag");
    let mut tag = Tag { name: text[..end].to_string(), ..Tag::default() };
    let mut rest = &text[end..];
    loop {
        rest = rest.trim_start();
        if let Some(after) = rest.strip_prefix('>') {
            return (tag, after);
        }
        if let Some(after) = rest.strip_prefix('/') {
            rest = after;
            continue;
        }
        let end = rest.find(['=', ' ', '>', '\n']).expect("an open tag");
        let name = rest[..end].to_string();
        assert!(!name.is_empty() && !name.contains(['"', '<', '\'']), "a broken attribute at {rest:.60}");
        rest = &rest[end..];
        let mut value = String::new();
        if let Some(quoted) = rest.strip_prefix("=\"") {
            let (inside, after) = quoted.split_once('"').expect("an open attribute");
            value = decoded_entities(inside);
            rest = after;
        }
        assert!(tag.get(&name).is_none(), "`{name}` twice in <{}", tag.name);
        tag.attributes.push((name, value));
    }
}

/// A text with the few entities of our own pages as characters.
pub(crate) fn decoded_entities(text: &str) -> String {
    let named = [
        ("&lt;", "<"),
        ("&gt;", ">"),
        ("&quot;", "\""),
        ("&#x27;", "'"),
        ("&#39;", "'"),
        ("&#x2F;", "/"),
        ("&amp;", "&"),
    ];
    named.iter().fold(text.to_string(), |text, (entity, character)| text.replace(entity, character))
}

fn decoded_percent(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte == b'%' {
            let digits = [rest.next(), rest.next()].map(|digit| digit.expect("two digits after %"));
            let digits = std::str::from_utf8(&digits).unwrap();
            bytes.push(u8::from_str_radix(digits, 16).unwrap());
        } else {
            bytes.push(byte);
        }
    }
    String::from_utf8(bytes).unwrap()
}

/// Asserts all that must hold of a site published at `base` (an address with `/` at its end), or of one without.
#[track_caller]
pub(crate) fn assert_sound(files: &Files, base: Option<&str>) {
    let problems = problems(files, base);
    assert!(problems.is_empty(), "{} problems:\n{}", problems.len(), problems.join("\n"));
}

/// Whether a file is one that browsers show.
pub(crate) fn is_page(path: &str) -> bool {
    let path = Path::new(path);
    // A file named as its folder is a copy of a document, to be taken away: it stands alone, with its own styles.
    let is_copy =
        path.parent().and_then(Path::file_name).is_some_and(|folder| path.file_stem() == Some(folder));
    path.extension().is_some_and(|extension| extension == "html") && !is_copy
}

/// All that is wrong with a published site.
pub(crate) fn problems(files: &Files, base: Option<&str>) -> Vec<String> {
    let pages: BTreeMap<&str, Vec<Tag>> = files
        .iter()
        .filter(|(path, _)| is_page(path))
        .map(|(path, bytes)| (path.as_str(), tags(std::str::from_utf8(bytes).unwrap())))
        .collect();
    let mut problems = Vec::new();
    let mut ids: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (path, tags) in &pages {
        for tag in tags {
            if let Some(id) = tag.get("id")
                && !ids.entry(path).or_default().insert(id)
            {
                problems.push(format!("{path}: the id `{id}` twice"));
            }
        }
    }
    for (path, tags) in &pages {
        problems.extend(policy_problems(tags).into_iter().map(|problem| format!("{path}: {problem}")));
        let language = tags.iter().find(|tag| tag.name == "html").and_then(|tag| tag.get("lang"));
        if language.is_none_or(str::is_empty) {
            problems.push(format!("{path}: no language"));
        }
        if tags.iter().find(|tag| tag.name == "title").is_none_or(|tag| tag.text.trim().is_empty()) {
            problems.push(format!("{path}: no title"));
        }
        for address in tags.iter().flat_map(addresses) {
            if let Some(problem) = leads_nowhere(path, &address, files, &ids, base) {
                problems.push(format!("{path}: `{address}` {problem}"));
            }
        }
    }
    problems
}

/// What a strict content security policy would refuse.
fn policy_problems(tags: &[Tag]) -> Vec<String> {
    let mut problems = Vec::new();
    for tag in tags {
        for (name, value) in &tag.attributes {
            let loads = match tag.name.as_str() {
                "link" => name == "href" && matches!(tag.get("rel"), Some("stylesheet" | "icon" | "preload")),
                "a" => false,
                _ => matches!(name.as_str(), "src" | "srcset" | "poster" | "data"),
            };
            if name == "style" || name.starts_with("on") {
                problems.push(format!("<{} {name}=…>", tag.name));
            }
            if value.trim_start().to_lowercase().starts_with("javascript:") {
                problems.push(format!("{name}={value}"));
            }
            if loads && (value.contains("://") || value.starts_with("//") || value.starts_with("data:")) {
                problems.push(format!("<{}> loads {value} from elsewhere", tag.name));
            }
        }
        let is_data = tag.get("type") == Some("application/ld+json");
        if tag.name == "style" || (tag.name == "script" && !tag.text.is_empty() && !is_data) {
            problems.push(format!("an inline <{}>", tag.name));
        }
        if matches!(tag.name.as_str(), "base" | "iframe" | "object" | "embed") {
            problems.push(format!("<{}>", tag.name));
        }
    }
    problems
}

/// Every address that a tag leads to or loads from.
fn addresses(tag: &Tag) -> Vec<String> {
    let mut addresses: Vec<String> = ["href", "src", "action", "poster"]
        .iter()
        .filter_map(|name| tag.get(name))
        .map(str::to_string)
        .collect();
    if tag.get("http-equiv") == Some("refresh") {
        addresses.push(tag.get("content").unwrap().split_once("url=").unwrap().1.to_string());
    }
    if tag.get("property") == Some("og:url") {
        addresses.push(tag.get("content").unwrap().to_string());
    }
    addresses
}

/// Why an address leads nowhere, if so.
fn leads_nowhere(
    from: &str,
    address: &str,
    files: &Files,
    ids: &BTreeMap<&str, BTreeSet<&str>>,
    base: Option<&str>,
) -> Option<String> {
    let below_base = base.and_then(|base| address.strip_prefix(base));
    let is_elsewhere =
        ["https://", "http://", "mailto:", "tel:"].iter().any(|start| address.starts_with(start));
    if below_base.is_none() && is_elsewhere {
        return None;
    }
    let (path, fragment) = address.split_once('#').map_or((address, None), |(path, id)| (path, Some(id)));
    let path = path.split('?').next().unwrap();
    let target = if let Some(below) = below_base {
        decoded_percent(below.split(['#', '?']).next().unwrap())
    } else if path.is_empty() {
        from.to_string()
    } else if path.starts_with('/') {
        let base_path = base.map_or("/", |base| &base[base[8..].find('/').unwrap() + 8..]);
        match path.strip_prefix(base_path) {
            // Only what is served at any address may begin at the site's own.
            Some(below) if from == "404.html" => decoded_percent(below),
            _ => return Some("begins at the host's root".to_string()),
        }
    } else {
        match joined(from, &decoded_percent(path)) {
            Some(target) => target,
            None => return Some("leaves the site".to_string()),
        }
    };
    let is_folder = target.is_empty() || target.ends_with('/');
    let target = if is_folder { format!("{target}index.html") } else { target };
    if !files.contains_key(&target) {
        return Some(format!("leads to {target}, which is not published"));
    }
    let fragment = decoded_percent(fragment.filter(|fragment| !fragment.is_empty())?);
    let exists = ids.get(target.as_str()).is_some_and(|ids| ids.contains(fragment.as_str()));
    (!exists).then(|| format!("has no such place in {target}"))
}

fn joined(from: &str, relative: &str) -> Option<String> {
    let mut parts: Vec<&str> = from.split('/').collect();
    parts.pop();
    let is_folder = relative.ends_with('/') || relative.ends_with("..") || relative == ".";
    for part in relative.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    let path = parts.join("/");
    Some(if is_folder && !path.is_empty() { path + "/" } else { path })
}

#[test]
fn the_check_finds_what_it_looks_for() {
    let page =
        |body: &str| format!("<!DOCTYPE html><html lang=\"en\"><title>T</title>{body}</html>").into_bytes();
    for (body, wanted) in [
        ("<a href=\"../b/\">b</a>", "not published"),
        ("<a href=\"../../b/\">b</a>", "leaves the site"),
        ("<a href=\"/b/\">b</a>", "host's root"),
        ("<a href=\"#x\">x</a>", "no such place"),
        ("<p id=\"x\"></p><p id=\"x\"></p>", "twice"),
        ("<p style=\"color:red\"></p>", "<p style=…>"),
        ("<p onclick=\"x()\"></p>", "onclick"),
        ("<script>x()</script>", "inline <script>"),
        ("<img src=\"https://elsewhere.example/a.png\">", "from elsewhere"),
        ("<a href=\"https://test.example/none/\">x</a>", "not published"),
    ] {
        let files = Files::from([("a/index.html".to_string(), page(body))]);
        let problems = problems(&files, Some("https://test.example/"));
        assert!(problems.iter().any(|problem| problem.contains(wanted)), "{body}: {problems:?}");
    }
    let sound = "<a href=\"../\">up</a><a href=\"?x#y\">y</a><p id=\"y\"></p><a href=\"https://test.example/a/#y\">y</a>";
    let files =
        Files::from([("a/index.html".to_string(), page(sound)), ("index.html".to_string(), page(""))]);
    assert_sound(&files, Some("https://test.example/"));
}
