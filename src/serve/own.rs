//! The preview's own pages: everything that is wrong and what is not published yet, and the source of each page.

use std::fmt::Write as _;

use super::door::Reply;
use super::live::meant_line;
use super::request::OWN;
use super::respond::{HTML, Responder, TEXT};
use crate::diagnostic::Located;
use crate::source::{SitePath, World as _};
use crate::text::{counted, push_escaped};

const SCRIPT: &str = include_str!("live.js");
const STYLE: &str = include_str!("live.css");

/// A file below `__netsite/`.
pub(super) fn reply(responder: &Responder<'_, '_>, name: &str, query: &[(String, String)]) -> Reply {
    let base = responder.opened.site.config.base_path();
    let version = responder.live.version();
    match name {
        "live.js" => Reply::new(200, "text/javascript; charset=utf-8", SCRIPT),
        "live.css" => Reply::new(200, "text/css; charset=utf-8", STYLE),
        "" => Reply::new(200, HTML, page("What netsite says", &overview(responder), base, version)),
        "source" => {
            let path = query.iter().find(|(name, _)| name == "path").map_or("", |(_, path)| path.as_str());
            match source(responder, path) {
                Some(html) => Reply::new(200, HTML, page(path, &html, base, version)),
                None => Reply::new(404, TEXT, "The site has no such page.\n"),
            }
        }
        _ => Reply::new(404, TEXT, "The preview has no such page.\n"),
    }
}

/// A page of the preview itself.
pub(super) fn page(title: &str, main: &str, base: &str, version: u64) -> String {
    let mut html = String::from("<!doctype html>\n<html lang=\"en-GB\">\n<head>\n<meta charset=\"utf-8\">\n");
    html.push_str("<meta name=\"viewport\" content=\"width=device-width\">\n<title>");
    push_escaped(&mut html, title);
    html.push_str("</title>\n<link rel=\"icon\" href=\"data:,\">\n<link rel=\"stylesheet\" href=\"");
    push_escaped(&mut html, base);
    let _ = write!(html, "{OWN}live.css\">\n</head>\n<body class=\"own\">\n<main>\n<h1>");
    push_escaped(&mut html, title);
    html.push_str("</h1>\n");
    html.push_str(main);
    html.push_str("</main>\n<script src=\"");
    push_escaped(&mut html, base);
    let _ = write!(html, "{OWN}live.js\" defer data-base=\"");
    push_escaped(&mut html, base);
    // An own page has no hash, so that each change loads it again.
    let _ = write!(
        html,
        "\" data-page=\"\" data-hash=\"own\" data-version=\"{version}\"></script>\n</body>\n</html>\n"
    );
    html
}

/// Everything that is wrong, and all that is not published yet.
fn overview(responder: &Responder<'_, '_>) -> String {
    let problems = responder.live.all_problems();
    let mut html = String::from("<p><a href=\"");
    push_escaped(&mut html, responder.opened.site.config.base_path());
    html.push_str("\">Back to the site</a></p>\n");
    html.push_str(&problems_html(&problems));
    html.push_str("<h2>Not published yet</h2>\n");
    let unpublished = responder.live.unpublished();
    if unpublished.is_empty() {
        html.push_str("<p>Every page is published.</p>\n");
    }
    for page in unpublished {
        html.push_str("<section>\n<h3>");
        push_escaped(&mut html, &page.title);
        html.push_str("</h3>\n<p>");
        push_escaped(&mut html, &page.path);
        html.push_str(": ");
        push_escaped(&mut html, &page.status);
        html.push_str("</p>\n");
        if !page.missing.is_empty() {
            html.push_str("<p>Before publishing, add:</p>\n<pre>");
            push_escaped(&mut html, &page.missing.join("\n"));
            html.push_str("</pre>\n");
        }
        html.push_str("</section>\n");
    }
    html
}

/// Problems, each with its line.
pub(super) fn problems_html(problems: &[Located]) -> String {
    let errors = problems.iter().filter(|problem| problem.is_error()).count();
    let mut html = String::from("<h2>Problems</h2>\n<p>");
    let counts = match (errors, problems.len() - errors) {
        (0, 0) => "There are none.".to_string(),
        (0, warnings) => format!("{}; the site can be published.", counted(warnings, "warning", "warnings")),
        (1, 0) => "1 error; nothing is published until it is mended.".to_string(),
        (errors, 0) => {
            format!("{}; nothing is published until they are mended.", counted(errors, "error", "errors"))
        }
        (errors, warnings) => format!(
            "{} and {}; nothing is published until the errors are mended.",
            counted(errors, "error", "errors"),
            counted(warnings, "warning", "warnings")
        ),
    };
    html.push_str(&counts);
    html.push_str("</p>\n");
    for problem in problems {
        let _ = write!(
            html,
            "<section class=\"problem {}\">\n<h3>",
            if problem.is_error() { "error" } else { "warning" }
        );
        push_escaped(&mut html, &problem.message);
        html.push_str("</h3>\n<p>");
        if !problem.path.is_empty() {
            push_escaped(
                &mut html,
                &format!("{}, line {}, column {} ", problem.path, problem.line, problem.column),
            );
        }
        push_escaped(&mut html, &format!("[{} {}]", problem.severity, problem.code));
        html.push_str("</p>\n");
        let (line, from, to) = meant_line(problem);
        if !line.is_empty() {
            let before = line.get(..from).unwrap_or("");
            let meant = line.get(from..to).unwrap_or("");
            html.push_str("<pre>");
            push_escaped(&mut html, before);
            html.push_str("<mark>");
            push_escaped(&mut html, meant);
            html.push_str("</mark>");
            push_escaped(&mut html, line.get(to..).unwrap_or(""));
            html.push('\n');
            html.push_str(&carets(before, meant));
            html.push_str("</pre>\n");
        }
        if let Some(help) = &problem.help {
            html.push_str("<p class=\"help\">");
            push_escaped(&mut html, help);
            html.push_str("</p>\n");
        }
        html.push_str("</section>\n");
    }
    html
}

/// The line of signs below a line of source.
fn carets(before: &str, meant: &str) -> String {
    let blank = before.chars().map(|sign| if sign == '\t' { '\t' } else { ' ' });
    blank.chain(std::iter::repeat_n('^', meant.chars().count().max(1))).collect()
}

/// The source of a page, with its lines numbered. Only files that outputs are made from are shown.
fn source(responder: &Responder<'_, '_>, path: &str) -> Option<String> {
    let path = SitePath::new(path);
    let page = responder.opened.site.pages.iter().find(|page| page.parsed.path == path)?;
    let text = responder.world.read(&page.parsed.path).ok()?;
    let text = String::from_utf8_lossy(&text);
    let mut html = String::from("<p>The file on your computer: <code>");
    let file = responder.world.root().join(path.as_str());
    push_escaped(&mut html, &file.display().to_string());
    html.push_str("</code></p>\n<p><a href=\"vscode://file/");
    push_escaped(&mut html, &file.display().to_string().replace('\\', "/"));
    html.push_str("\">Open it in Visual Studio Code</a></p>\n<ol class=\"source\">\n");
    for (number, line) in text.lines().enumerate() {
        let _ = write!(html, "<li id=\"L{}\"><code>", number + 1);
        push_escaped(&mut html, line);
        html.push_str("</code></li>\n");
    }
    html.push_str("</ol>\n");
    Some(html)
}
