//! The index as a whole: the same from any order of pages, and what goes in can be read from what comes out.

use proptest::prelude::*;

use super::*;

fn page(address: &str, title: &str, text: &str) -> Document {
    Document {
        address: address.into(),
        title: title.into(),
        sections: vec![Section { id: "top".into(), heading: String::new(), text: text.into() }],
        facets: vec![("kind".into(), title.len().to_string())],
        weight: 1.0,
        ..Document::default()
    }
}

fn settings() -> Settings {
    Settings {
        facets: vec![Facet { name: "kind".into(), label: "Kind".into(), values: Vec::new() }],
        ..Settings::default()
    }
}

/// A file's arguments, read as the JSON that they are.
fn arguments(files: &[File], name: &str) -> Vec<serde_json::Value> {
    let path = format!("search/{name}.js");
    let file = files.iter().find(|file| file.path == path).unwrap();
    let text = std::str::from_utf8(&file.bytes).unwrap();
    let list = text.strip_prefix("netsiteSearch.take(").unwrap().strip_suffix(")\n").unwrap();
    serde_json::from_str(&format!("[{list}]")).unwrap()
}

/// The entries of a list as `core.js` reads them.
fn list(value: &serde_json::Value) -> Vec<String> {
    let mut before: Vec<u16> = Vec::new();
    let text = value.as_str().unwrap();
    if text.is_empty() {
        return Vec::new();
    }
    text.split(',')
        .map(|entry| {
            let (count, rest) = entry.split_at(1);
            before.truncate(code::tests::read_one(count) as usize);
            before.extend(rest.encode_utf16());
            String::from_utf16(&before).unwrap()
        })
        .collect()
}

/// The pages of each form, read from the shards as a browser does.
fn forms_of(files: &[File]) -> BTreeMap<String, Vec<u32>> {
    let shards: Vec<Vec<serde_json::Value>> = (0..1000)
        .map(|number| format!("d{number}"))
        .take_while(|name| files.iter().any(|file| file.path == format!("search/{name}.js")))
        .map(|name| arguments(files, &name))
        .collect();
    let mut all = BTreeMap::new();
    for shard in 0..shards.len() {
        let mut numbers = code::tests::read_numbers(shards[shard][3].as_str().unwrap()).into_iter();
        let mut known = 0;
        for form in list(&shards[shard][2]) {
            let (home, index) = match numbers.next().unwrap() {
                0 => {
                    known += 1;
                    (shard, known - 1)
                }
                1 => (numbers.next().unwrap() as usize, numbers.next().unwrap()),
                back => (shard, known + 1 - back),
            };
            let code = shards[home][4].as_str().unwrap().split(',').nth(index as usize).unwrap().to_string();
            all.insert(form, postings::tests::decode(&code).iter().map(|posting| posting.page()).collect());
        }
        assert!(numbers.next().is_none());
    }
    all
}

#[test]
fn every_word_leads_to_its_pages() {
    let files = build(
        vec![
            page("a/", "Reporting", "CT angiography of the aorta; NG128."),
            page("b/", "The report", "A computed tomography centre in Ynys Môn"),
        ],
        &settings(),
    );
    let forms = forms_of(&files);
    assert_eq!(forms["report"], [0, 1]);
    assert_eq!(forms["reporting"], [0, 1]);
    assert_eq!(forms["ct"], [0, 1], "the phrase counts as the abbreviation");
    assert_eq!(forms["cta"], [0]);
    assert_eq!(forms["center"], forms["centre"]);
    assert_eq!(forms["mon"], [1]);
    assert_eq!(forms["128"], [0]);
}

#[test]
fn the_order_of_documents_does_not_matter() {
    let pages: Vec<Document> =
        (0..60).map(|n| page(&format!("p{n}/"), &format!("Page {}", n % 7), "some words of text")).collect();
    let reversed = pages.iter().rev().cloned().collect();
    assert_eq!(build(pages, &settings()), build(reversed, &settings()));
}

#[test]
fn words_lie_in_the_shards_where_they_are_looked_for() {
    // Two words that fill a shard, the second of them a title too.
    let mut pages: Vec<Document> =
        (0..6000).map(|n| page(&format!("p{n}/"), "", "cross audit, below zero")).collect();
    pages[9].title = "Cross".into();
    let files = build(pages, &settings());
    let starts = list(&arguments(&files, "index")[3]);
    assert!(starts.len() > 1);
    for shard in 0..starts.len() {
        let of = arguments(&files, &format!("d{shard}"));
        for key in list(&of[2]).iter().chain(&list(&of[5])) {
            assert_eq!(starts.partition_point(|start| start <= key), shard + 1, "{key:?} of {starts:?}");
        }
    }
}

#[test]
fn a_letter_comes_with_the_pages_that_are_listed_first() {
    let mut pages: Vec<Document> = (0..20).map(|n| page(&format!("p{n:02}/"), "Page", "report")).collect();
    pages[12].title = "Rota".into();
    pages[15].title = "R".into();
    let files = build(pages, &settings());
    let index = arguments(&files, "index");
    assert_eq!(index.last().unwrap(), "pr");
    let of = arguments(&files, "br");
    assert_eq!((&of[0], &of[1], &of[2]), (&"br".into(), &index[1], &"report rota".into()));
    let first: Vec<u64> = of[7].as_array().unwrap().iter().map(|page| page[0].as_u64().unwrap()).collect();
    // Titles that are the letter, then titles that begin so, then the order of the site.
    assert_eq!(first, [18, 19, 0, 1, 2, 3, 4, 5]);
    for page in of[7].as_array().unwrap() {
        assert_eq!(page.as_array().unwrap()[1..], arguments(&files, &format!("t{}", page[0]))[2..]);
    }
}

#[test]
fn nothing_makes_an_empty_index() {
    let files = build(Vec::new(), &Settings::default());
    assert_eq!(arguments(&files, "index")[2], 0);
}

#[test]
fn files_of_an_index_name_its_version() {
    let one = build(vec![page("a/", "One", "text")], &settings());
    let other = build(vec![page("a/", "One", "another text")], &settings());
    assert_eq!(arguments(&one, "index")[1], arguments(&one, "d0")[1]);
    assert_ne!(arguments(&one, "index")[1], arguments(&other, "index")[1]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_text_is_found_by_its_words(texts in prop::collection::vec(".{0,120}", 1..8)) {
        let pages: Vec<Document> =
            texts.iter().enumerate().map(|(n, text)| page(&format!("p{n:03}/"), text, text)).collect();
        let files = build(pages.clone(), &settings());
        prop_assert_eq!(&files, &build(pages.clone(), &settings()));
        let forms = forms_of(&files);
        let mut sorted = pages;
        sorted.sort_by(reading_order);
        for (number, page) in (0_u32..).zip(&sorted) {
            words::each_word(&page.title, &mut |word, _| {
                assert!(forms[word].contains(&number), "{word:?} of {:?}", page.title);
            });
            let shown = arguments(&files, &format!("t{number}"));
            prop_assert_eq!(shown[3].as_str().unwrap(), page.title.as_str());
        }
        for file in &files {
            let text = std::str::from_utf8(&file.bytes).unwrap();
            let is_script = ["slips.js", "phrases.js", "/f.js"].iter().any(|name| file.path.ends_with(name));
            prop_assert!(is_script || !text.contains("</"));
        }
    }
}
