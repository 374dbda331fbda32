//! Files that would run in a reader's browser, with all that this site may do there, or on a reader's computer. They would be
//! published as they stand, so they are not taken; what they hold belongs into a page, or into a file that only shows.

use std::borrow::Cow;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use crate::diagnostic::Diagnostic;
use crate::source::{SitePath, Span};

/// Pages and scripts that browsers run, and programs of servers.
const PAGES: [&str; 17] = [
    "asp", "aspx", "cgi", "htc", "htm", "html", "js", "jsp", "mht", "mhtml", "mjs", "php", "shtml", "swf",
    "xht", "xhtml", "xslt",
];

/// Programs that a reader's computer runs once they were downloaded.
const PROGRAMS: [&str; 16] = [
    "bat", "cmd", "com", "cpl", "exe", "hta", "jar", "jse", "lnk", "msi", "msix", "ps1", "scr", "vbe", "vbs",
    "wsf",
];

/// Elements of a drawing that run, or that hold what does.
const ELEMENTS: [&str; 9] =
    ["script", "foreignobject", "iframe", "embed", "object", "handler", "listener", "html", "stylesheet"];

/// The error for a file whose name says that it runs.
pub fn active_by_name(path: &SitePath) -> Option<Diagnostic> {
    let extension = path.extension();
    if PAGES.contains(&extension.as_str()) {
        return Some(
            Diagnostic::error(
                "active-file",
                "a file of this kind would run in readers' browsers as a part of this site, unseen by its checks",
            )
            .in_file(path)
            .help("write it as a page (.md), or save it as a PDF; scripts belong into a theme"),
        );
    }
    if PROGRAMS.contains(&extension.as_str()) {
        return Some(
            Diagnostic::error(
                "active-file",
                "a program is nothing that readers can trust from a website like this",
            )
            .in_file(path)
            .help("say on a page where the program can be had, and link that place"),
        );
    }
    (extension == "svgz").then(|| {
        Diagnostic::error("active-file", "nobody can see what is in a drawing that is packed")
            .in_file(path)
            .help("unpack it, and save it as .svg")
    })
}

/// Whether a file of this name may run by what is in it.
pub fn may_be_active(path: &SitePath) -> bool {
    matches!(path.extension().as_str(), "svg" | "xml" | "xsl" | "rdf" | "atom" | "rss")
}

/// The error for a drawing, or another file of XML, that holds what runs.
pub fn active_inside(path: &SitePath, bytes: &[u8]) -> Option<Diagnostic> {
    let (what, span) = running_part(bytes)?;
    let mut problem = Diagnostic::error(
        "active-file",
        format!("this file holds {what}, which would run in readers' browsers as a part of this site"),
    )
    .in_file(path)
    .help(if path.extension() == "svg" {
        "export it again as a plain SVG, without scripts and without HTML in it, or as a PNG"
    } else {
        "take that part out, or publish the text as a page (.md)"
    });
    problem.span = span;
    Some(problem)
}

/// What of a file of XML runs, in words, and where.
fn running_part(bytes: &[u8]) -> Option<(String, Option<Span>)> {
    let (text, is_as_written) = decoded(bytes);
    let mut reader = Reader::from_str(&text);
    let config = reader.config_mut();
    // Browsers show a broken drawing as far as it goes, and run what they came by.
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    loop {
        let start = reader.buffer_position();
        let found = match reader.read_event() {
            Ok(Event::Start(tag) | Event::Empty(tag)) => in_tag(&tag),
            Ok(Event::PI(instruction)) => {
                let is_style = instruction.target().eq_ignore_ascii_case("xml-stylesheet");
                is_style.then(|| "a stylesheet that can change what it is".to_string())
            }
            Ok(Event::DocType(doctype)) => {
                let text = doctype.to_ascii_lowercase();
                text.contains("<!entity")
                    .then(|| "parts that are put together only in the browser".to_string())
            }
            Ok(Event::Eof) => return None,
            // What cannot be read cannot be judged: the rest is searched for what would run.
            Err(_) => {
                return in_rest(text.get(usize::try_from(start).unwrap_or(0)..).unwrap_or(""))
                    .map(|what| (what, None));
            }
            Ok(_) => None,
        };
        if let Some(what) = found {
            let end = usize::try_from(reader.buffer_position()).unwrap_or(0);
            let start = usize::try_from(start).unwrap_or(0);
            return Some((what, is_as_written.then(|| Span::new(start, end))));
        }
    }
}

fn in_tag(tag: &BytesStart<'_>) -> Option<String> {
    let name = tag.local_name();
    let name = name.as_ref().to_lowercase();
    if ELEMENTS.contains(&name.as_str()) {
        return Some(format!("an element `{name}`"));
    }
    for attribute in tag.html_attributes().with_checks(false) {
        let Ok(attribute) = attribute else {
            return Some("an attribute that cannot be read".to_string());
        };
        let key = attribute.key.local_name().as_ref().to_lowercase();
        if key.contains('<') {
            return Some("a tag in a tag".to_string());
        }
        if key.starts_with("on") {
            return Some(format!("an action `{key}`"));
        }
        let value = attribute.value.clone().into_owned();
        // An address may be written with references and spaces in it.
        let value = quick_xml::escape::unescape(&value).map_or_else(|_| value.clone(), Cow::into_owned);
        let plain: String = value
            .chars()
            .filter(|sign| !sign.is_whitespace() && !sign.is_control())
            .collect::<String>()
            .to_lowercase();
        let runs = ["javascript:", "vbscript:", "data:text/html", "data:image/svg", "data:application/"];
        if runs.iter().any(|scheme| plain.contains(scheme)) {
            return Some(format!("an address in `{key}` that runs"));
        }
    }
    None
}

fn in_rest(rest: &str) -> Option<String> {
    let lower = rest.to_lowercase();
    let signs = [
        "script",
        "foreignobject",
        "<!entity",
        "javascript:",
        "iframe",
        "onload",
        "onclick",
        "onerror",
        "onbegin",
    ];
    signs
        .iter()
        .find(|sign| lower.contains(**sign))
        .map(|sign| format!("`{sign}` in a part that is no sound XML"))
}

/// The text of a file, as browsers read it, and whether offsets in it are those in the file.
fn decoded(bytes: &[u8]) -> (Cow<'_, str>, bool) {
    let two_bytes = |first_is_high: bool| {
        let units = bytes.chunks_exact(2).map(|pair| {
            let (high, low) = if first_is_high { (pair[0], pair[1]) } else { (pair[1], pair[0]) };
            u16::from_be_bytes([high, low])
        });
        let text: String = char::decode_utf16(units).map(|unit| unit.unwrap_or('\u{fffd}')).collect();
        (Cow::Owned(text.trim_start_matches('\u{feff}').to_string()), false)
    };
    match bytes {
        [0xfe, 0xff, ..] | [0, b'<', ..] => two_bytes(true),
        [0xff, 0xfe, ..] | [b'<', 0, ..] => two_bytes(false),
        _ => match std::str::from_utf8(bytes) {
            Ok(text) => (Cow::Borrowed(text), true),
            // In every other encoding of one byte the signs of XML are where they are in ASCII.
            Err(_) => (Cow::Owned(bytes.iter().map(|byte| char::from(*byte)).collect()), false),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn svg(inside: &str) -> String {
        format!(
            "<?xml version=\"1.0\"?>\n<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 9 9\">{inside}</svg>\n"
        )
    }

    #[track_caller]
    fn runs(inside: &str) {
        let text = svg(inside);
        assert!(running_part(text.as_bytes()).is_some(), "{inside}");
        let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert!(running_part(&wide).is_some(), "UTF-16: {inside}");
    }

    #[test]
    fn what_would_run_is_found_however_it_is_written() {
        for inside in [
            "<script>alert(1)</script>",
            "<SCRIPT/>",
            "<s:script xmlns:s=\"http://www.w3.org/2000/svg\"/>",
            "<g onclick=\"a()\"/>",
            "<g ONLOAD='a()'/>",
            "<a href=\"javascript:a()\"/>",
            "<a xlink:href=\"java&#10;script:a()\"/>",
            "<a href=\" JAVA\tSCRIPT:a()\"/>",
            "<animate attributeName=\"href\" values=\"javascript:a()\"/>",
            "<foreignObject><p>x</p></foreignObject>",
            "<use href=\"data:image/svg+xml;base64,AAAA\"/>",
            "<g <script>a()</script>",
        ] {
            runs(inside);
        }
        let entity = "<!DOCTYPE svg [<!ENTITY x '<g/>'>]><svg>&x;</svg>";
        assert!(running_part(entity.as_bytes()).is_some());
        assert!(running_part(b"<?xml-stylesheet href='a.xsl'?><a/>").is_some());
        assert!(
            running_part(
                "<svg>\u{e9}<script/></svg>".chars().map(|c| c as u8).collect::<Vec<_>>().as_slice()
            )
            .is_some()
        );
    }

    #[test]
    fn plain_drawings_are_let_pass() {
        let inside = "<title>A script for scanning</title><!-- <script> --><style>.a{fill:red}</style><a href=\"https://example.org\"><text class=\"one\">javascript: a language</text></a><image href=\"data:image/png;base64,AA\"/>";
        assert_eq!(running_part(svg(inside).as_bytes()), None);
        assert_eq!(running_part(b"no drawing at all & more"), None);
        assert_eq!(running_part(b""), None);
    }

    #[test]
    fn the_place_is_that_in_the_file() {
        let text = svg("<g/><script>a()</script>");
        let (what, span) = running_part(text.as_bytes()).unwrap();
        assert_eq!((what.as_str(), span.unwrap().of(&text)), ("an element `script`", "<script>"));
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_are_taken(bytes in proptest::collection::vec(proptest::num::u8::ANY, 0..300)) {
            let _ = running_part(&bytes);
        }
    }
}
