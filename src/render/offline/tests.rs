use super::*;

fn offline(website: Option<&str>) -> Offline {
    let files = [
        "index.html",
        "a/index.html",
        "a/é b/index.html",
        "a/drawing.svg",
        "old.html",
        "search/index.html",
        "site.js",
    ];
    Offline { files: files.into_iter().map(str::to_string).collect(), website: website.map(str::to_string) }
}

fn settled(website: Option<&str>, path: &str, document: &str) -> String {
    String::from_utf8(offline(website).settled(path, document.as_bytes())).unwrap()
}

#[test]
fn links_name_the_files_that_they_open() {
    for (path, written, expected) in [
        ("index.html", "./", "./index.html"),
        ("index.html", "a/", "a/index.html"),
        ("index.html", "a", "a/index.html"),
        ("a/index.html", "../", "../index.html"),
        ("a/index.html", "..", "../index.html"),
        ("a/index.html", "../a/?q=1&amp;b#part", "../a/index.html?q=1&amp;b#part"),
        ("a/index.html", "%C3%A9%20b/", "%C3%A9%20b/index.html"),
        ("a/index.html", "/a/", "/a/index.html"),
        ("a/index.html", "drawing.svg", "drawing.svg"),
        ("a/index.html", "#part", "#part"),
        ("a/index.html", "mailto:a@b.example", "mailto:a@b.example"),
    ] {
        let document = format!("<a class=\"x\" href=\"{written}\">t</a>");
        let expected = format!("<a class=\"x\" href=\"{expected}\">t</a>");
        assert_eq!(settled(None, path, &document), expected, "{path} {written}");
    }
    assert_eq!(
        settled(None, "a/index.html", "<form action=\"../search/\" method=\"get\">"),
        "<form action=\"../search/index.html\" method=\"get\">"
    );
    assert_eq!(
        settled(None, "old.html", "<meta http-equiv=\"refresh\" content=\"0; url=./a/\">"),
        "<meta http-equiv=\"refresh\" content=\"0; url=./a/index.html\">"
    );
}

#[test]
fn what_leaves_the_folder_says_so() {
    let link = "<a href=\"https://other.example/?a&amp;b\" rel=\"me\">Other</a>";
    assert_eq!(
        settled(None, "index.html", link),
        "<a href=\"https://other.example/?a&amp;b\" rel=\"me external noreferrer\">Other <span class=\"leaves\">(online)</span></a>"
    );
    let drawn = "<svg><a href=\"https://other.example/\"><text>Other</text></a></svg>";
    assert_eq!(
        settled(None, "index.html", drawn),
        "<svg><a href=\"https://other.example/\" rel=\"external noreferrer\"><title>(online)</title><text>Other</text></a></svg>"
    );
}

#[test]
fn a_page_that_is_not_here_is_on_the_website_or_plain_text() {
    let link = "<a href=\"../b/#x\" lang=\"cy\">B</a>";
    assert_eq!(
        settled(Some("https://net.example/sharing/"), "a/index.html", link),
        "<a href=\"https://net.example/sharing/b/#x\" lang=\"cy\" rel=\"external noreferrer\">B <span class=\"leaves\">(on the website)</span></a>"
    );
    assert_eq!(
        settled(None, "a/index.html", link),
        "<a lang=\"cy\">B <span class=\"leaves\">(not in this copy)</span></a>"
    );
    assert_eq!(
        settled(None, "a/index.html", "<a href=\"../../../etc/passwd\">B</a>"),
        "<a>B <span class=\"leaves\">(not in this copy)</span></a>"
    );
}

#[test]
fn what_only_a_website_needs_is_left_out_and_what_a_pack_needs_put_in() {
    let document = "<html>\n<head>\n<meta charset=\"utf-8\">\n<link rel=\"canonical\" href=\"https://a.example/\">\n\
                    <link rel=\"alternate\" type=\"application/atom+xml\" href=\"./feed.xml\">\n<script src=\"./site.js\"></script>\n\
                    <script type=\"application/ld+json\">{\"a\":\"</b>\"}</script>\n</head>\n<body class=\"home\">\nText\n</body></html>";
    let html = settled(None, "index.html", document);
    for gone in ["canonical", "atom", "ld+json"] {
        assert!(!html.contains(gone), "{html}");
    }
    assert!(
        html.contains("<script src=\"./site.js\"></script>\n<link rel=\"stylesheet\" href=\"./pack.css\">"),
        "{html}"
    );
    let at = |text: &str| html.find(text).unwrap_or_else(|| panic!("{text}: {html}"));
    assert!(at("Content-Security-Policy") < at("site.js"));
    assert!(at("<body class=\"home\">") < at("Extract all first") && at("Extract all first") < at("Text"));
    assert!(!settled(None, "a/index.html", document).contains("Extract all first"));
}

#[test]
fn what_is_no_text_stays_as_it_is() {
    assert_eq!(offline(None).settled("index.html", b"\xff<a href=\"a/\">"), b"\xff<a href=\"a/\">");
}
