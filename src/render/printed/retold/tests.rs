//! What becomes of a page in a document of many.

use proptest::prelude::*;

use super::*;
use crate::render::printed::around::css_string;

struct Site;

impl Surroundings for Site {
    fn section(&self, address: &str) -> Option<(usize, String)> {
        (address == "networks/devon/").then(|| (7, "s7".to_string()))
    }

    fn on_website(&self, address: &str) -> Option<String> {
        Some(format!("https://x.example/{address}"))
    }

    fn picture(&self, address: &str) -> Option<String> {
        (address == "a/b/map.png").then(|| "data:image/png;base64,AA==".to_string())
    }
}

fn told(html: &str) -> String {
    let how = Retelling { address: "a/b/", prefix: "s2-", number: Some(2), lower: 2, around: &Site };
    retold(&format!("<body><nav>x</nav><main id=\"m\">{html}</main></body>"), &how)
}

#[test]
fn headings_are_lowered_and_the_title_is_numbered() {
    assert_eq!(
        told("<h1 id=\"t\">One</h1><h2>Two</h2><h5>Five</h5>"),
        "<h3 id=\"s2-t\"><span class=\"number\">2</span> One</h3><h4>Two</h4><h6>Five</h6>"
    );
}

#[test]
fn ids_are_unique_and_what_names_them_follows() {
    assert_eq!(
        told(
            "<svg aria-labelledby=\"a b\"><title id=\"a\">A</title><path fill=\"url(#g)\" d=\"M0\"/></svg><a href=\"#a\">up</a>"
        ),
        "<svg aria-labelledby=\"s2-a s2-b\"><title id=\"s2-a\">A</title><path fill=\"url(#s2-g)\" d=\"M0\"/></svg><a href=\"#s2-a\">up</a>"
    );
}

#[test]
fn links_lead_to_sections_or_have_their_addresses_below() {
    assert_eq!(
        told(
            "<a href=\"../../networks/devon/#x\">Devon</a>, <a href=\"../../networks/devon/\">again</a>, <a href=\"c/\">C</a> and <a href=\"https://y.example/\">y.example</a>"
        ),
        "<a href=\"#s7\">Devon</a><span class=\"see\"> (section 7<span class=\"on-page\" data-of=\"s7\"></span>)</span>, <a href=\"#s7\">again</a>, <a href=\"https://x.example/a/b/c/\">C</a><sup class=\"note-mark\">1</sup> and <a href=\"https://y.example/\">y.example</a><div class=\"addresses\"><p class=\"addresses-title\">Addresses of links</p><ol><li>https://x.example/a/b/c/</li></ol></div>"
    );
}

#[test]
fn pictures_come_along_and_what_only_a_website_has_stays_behind() {
    assert_eq!(
        told(
            "<picture><source srcset=\"m\"><img src=\"map.png\" alt=\"Map\" width=\"2\" loading=\"lazy\"></picture><img src=\"gone.png\" alt=\"Gone\"><form><p>x</p></form><p class=\"tags\">t</p><details><summary>S</summary></details>"
        ),
        "<img src=\"data:image/png;base64,AA==\" alt=\"Map\" width=\"2\"><span class=\"picture-gone\">[Picture: Gone]</span><details open><summary>S</summary></details>"
    );
}

#[test]
fn the_meaning_of_a_term_stands_in_the_text() {
    assert_eq!(
        told("<button class=\"term\" popovertarget=\"t\">CT</button><span id=\"t\" popover>scan</span>"),
        "<span class=\"term\">CT</span><span id=\"s2-t\" data-meaning>scan</span>"
    );
}

#[test]
fn no_title_ends_the_style_in_which_it_stands() {
    assert_eq!(css_string("a\"</style>\n"), "\"a\\22 \\3c /style\\3e \\a \"");
}

proptest! {
    #[test]
    fn no_page_can_bring_a_script_along(html in "(<|>|a|script|main|/|\"| href=|on=| |h1){0,60}") {
        let out = told(&html);
        let is_script = |token| matches!(token, Token::Open(tag) if tag.name.eq_ignore_ascii_case("script"));
        prop_assert!(!tokens(&out).any(is_script), "{out}");
    }
}
