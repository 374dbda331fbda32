//! What a build does to the folder that it publishes into: only what changed is written, and nothing half-made or
//! faulty is ever shown.

use std::collections::BTreeMap;
use std::fs;
use std::time::SystemTime;

use super::harness::{Run, TestSite, case_study, files, netsite, page};
use super::samples::every_kind;

/// What the closing line counts: files written, left alone and removed.
#[track_caller]
fn counts(run: &Run) -> (usize, usize, usize) {
    let line = run.stderr.lines().last().unwrap();
    assert!(line.starts_with("Built "), "{}", run.stderr);
    let before = |word: &str| {
        let Some((before, _)) = line.split_once(word) else { return 0 };
        before.rsplit([' ', ',']).find_map(|word| word.parse().ok()).unwrap_or_else(|| panic!("{line}"))
    };
    (before(" written"), before(" left alone"), before(" removed"))
}

/// Which file each published one is: its number on the disk and its time.
type Identities = BTreeMap<String, (u64, SystemTime)>;

fn identities(site: &TestSite) -> Identities {
    let identity = |path: &str| {
        let metadata = fs::metadata(site.path("public").join(path)).unwrap();
        #[cfg(unix)]
        let number = std::os::unix::fs::MetadataExt::ino(&metadata);
        #[cfg(not(unix))]
        let number = 0;
        (number, metadata.modified().unwrap())
    };
    site.outputs().into_keys().map(|path| (path.clone(), identity(&path))).collect()
}

/// The paths that were written between two states of a site.
fn changed(before: &Identities, after: &Identities) -> Vec<String> {
    let is_new = |(path, identity): &(&String, &(u64, SystemTime))| before.get(*path) != Some(identity);
    after.iter().filter(is_new).map(|(path, _)| path.clone()).collect()
}

#[test]
fn a_word_in_a_page_writes_that_page_and_the_search_only() {
    let site = every_kind();
    let (written, left_alone, removed) = counts(&site.build().clean());
    // All but the manifest, which is netsite's own.
    assert_eq!((written, left_alone, removed), (site.outputs().len() - 1, 0, 0));
    let before = identities(&site);
    let text = fs::read_to_string(site.path("content/lessons/patience.md")).unwrap();
    site.write("content/lessons/patience.md", text.replace("Wait.", "Wait longer."));
    let (rewritten, left_alone, removed) = counts(&site.build().clean());
    assert_eq!((rewritten + left_alone, removed), (written, 0));
    let changed = changed(&before, &identities(&site));
    assert_eq!(changed.len(), rewritten + 1);
    let (of_the_search, others): (Vec<&String>, Vec<&String>) =
        changed.iter().partition(|path| path.starts_with("search/"));
    assert_eq!(others, [".netsite-manifest", "lessons/patience/index.html"]);
    let texts = of_the_search.iter().filter(|path| path.starts_with("search/t")).count();
    assert_eq!(texts, 1, "the file of the page alone: {of_the_search:?}");
}

#[test]
fn a_new_summary_writes_the_lists_that_show_it_and_no_others() {
    let site = every_kind();
    site.build().clean();
    let before = identities(&site);
    let text = fs::read_to_string(site.path("content/lessons/patience.md")).unwrap();
    site.write("content/lessons/patience.md", text.replace("A page about Patience", "Why it takes time"));
    site.build().clean();
    let changed = changed(&before, &identities(&site));
    for path in
        ["lessons/index.html", "lessons/patience/index.html", "themes/governance/index.html", "feed.xml"]
    {
        assert!(changed.contains(&path.to_string()), "{path}: {changed:?}");
    }
    let unconcerned = |path: &String| path.starts_with("case-studies/") || path == "sitemap.xml";
    assert!(!changed.iter().any(unconcerned), "{changed:?}");
}

#[test]
fn a_page_that_is_gone_is_removed_with_its_folder() {
    let site = TestSite::new().page("a", "", "").page("guides/b", "", "");
    site.build().clean();
    site.remove("content/guides/b.md");
    let run = site.build().clean();
    // The page, and its text for the search.
    assert_eq!(counts(&run).2, 2);
    assert!(run.stderr.contains("2 files removed"), "{}", run.stderr);
    assert!(!site.path("public/guides").exists());
}

#[test]
fn nothing_changed_writes_nothing_and_touches_nothing() {
    let site = every_kind();
    let first = site.build().clean();
    let before = identities(&site);
    let second = site.build().clean();
    assert_eq!(counts(&second), (0, counts(&first).0, 0));
    assert!(second.stderr.contains(": 0 files written"), "{}", second.stderr);
    assert_eq!(identities(&site), before);
    assert_eq!(first.stderr.split(':').next(), second.stderr.split(':').next());
}

#[test]
fn warnings_are_repeated_while_nothing_changes() {
    let site = TestSite::new().page("about", "", "See [writing](/about/).\n");
    let first = site.build();
    assert!(!first.problems().is_empty());
    let second = site.build();
    assert_eq!(second.problems(), first.problems());
    assert_eq!((second.code, counts(&second).0), (0, 0));
    let denied = site.build_with(&["--deny-warnings"]);
    assert_eq!((denied.code, denied.problems()), (1, first.problems()));
}

#[test]
fn pages_that_are_not_published_are_named_again_while_nothing_changes() {
    let site = TestSite::new().file("content/a.md", "---\ntitle: A\nstatus: draft\n---\n\nText.\n");
    for _ in 0..2 {
        let run = netsite(&["build", "--root", site.path("").to_str().unwrap()]);
        assert!(run.stderr.contains("content/a.md is not published yet: draft"), "{}", run.stderr);
        assert!(run.stderr.contains("Built 0 pages"), "{}", run.stderr);
    }
}

/// Writes something else into every file of the record.
fn spoil_record(site: &TestSite, with: &[u8]) {
    for name in files(&site.path(".netsite")).into_keys() {
        site.write(&format!(".netsite/{name}"), with);
    }
}

#[test]
fn the_record_may_be_lost_or_damaged() {
    let site = every_kind();
    site.build().clean();
    let outputs = site.outputs();
    let ways: [fn(&TestSite); 4] = [
        |site| spoil_record(site, b"\xff{\"damaged"),
        |site| spoil_record(site, b""),
        |site| fs::remove_dir_all(site.path(".netsite")).unwrap(),
        |site| {
            fs::remove_dir_all(site.path(".netsite")).unwrap();
            site.write(".netsite", "a file where a folder should be");
        },
    ];
    for spoil in ways {
        spoil(&site);
        assert_eq!(counts(&site.build().clean()).0, 0);
        assert_eq!(site.outputs(), outputs);
    }
}

#[test]
fn an_output_that_someone_edited_or_removed_is_put_right() {
    let site = every_kind();
    site.build().clean();
    let outputs = site.outputs();
    site.write("public/about/index.html", "edited by hand");
    assert_eq!(counts(&site.build().clean()).0, 1);
    assert_eq!(site.outputs(), outputs);
    site.remove("public/style.css");
    assert_eq!(counts(&site.build().clean()).0, 1);
    assert_eq!(site.outputs(), outputs);
    fs::remove_dir_all(site.path("public")).unwrap();
    site.build().clean();
    assert_eq!(site.outputs(), outputs);
}

#[test]
fn an_embargo_that_ends_is_noticed_though_no_file_changed() {
    let embargoed = case_study("a", "embargo_until: 2029-03-01 09:00 Europe/London\n");
    let site = TestSite::new().network().file("content/case-studies/a.md", embargoed);
    for (instant, is_published) in [("08:59", false), ("09:00", true), ("08:59", false)] {
        let run = site.build_with(&["--as-of", &format!("2029-03-01 {instant} Europe/London")]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        assert_eq!(site.publishes("case-studies/a/index.html"), is_published, "{instant}");
    }
}

#[test]
fn a_new_day_is_noticed_though_no_file_changed() {
    let site = every_kind();
    let build = |instant: &str| assert_eq!(site.build_with(&["--as-of", instant]).code, 0);
    build("2030-01-05 23:59 Europe/London");
    assert!(!site.output("about/index.html").contains("overdue"));
    build("2030-01-06 00:00 Europe/London");
    assert!(site.output("about/index.html").contains("overdue"));
    build("2026-04-18 12:00 Europe/London");
    assert!(site.output("index.html").contains("Coming events"));
    build("2026-04-19 00:00 Europe/London");
    assert!(site.output("index.html").contains("Last event"));
}

#[test]
fn another_address_or_the_drafts_build_anew_and_back() {
    let site = every_kind();
    site.build().clean();
    let outputs = site.outputs();
    site.build_with(&["--base-url", "https://preview.example"]).clean();
    assert!(site.output("feed.xml").contains("https://preview.example/case-studies/"));
    assert!(!site.output("feed.xml").contains("test.example/sharing"));
    site.build_with(&["--drafts"]).clean();
    assert!(site.publishes("drafts/later/index.html"));
    site.build().clean();
    assert_eq!(site.outputs(), outputs);
}

#[test]
fn two_folders_can_be_published_into_in_turn() {
    let site = every_kind();
    let other = site.path("elsewhere");
    for _ in 0..2 {
        site.build().clean();
        site.build_with(&["--output", other.to_str().unwrap()]).clean();
    }
    assert_eq!(files(&other), site.outputs());
}

#[test]
fn errors_leave_what_was_published_before_byte_for_byte() {
    let site = every_kind();
    site.build().clean();
    let before = (site.outputs(), identities(&site));
    for (path, content) in [
        ("content/broken.md", page("Broken", "", "[nowhere](nowhere.md)\n")),
        ("content/broken.md", "---\ntitle: [\n---\n".to_string()),
        ("themes/default/templates/page.html", "{{ page.nothing }}".to_string()),
        ("content/feed.xml", "mine".to_string()),
    ] {
        site.write(path, content);
        let run = site.build();
        assert_eq!(run.code, 1, "{path}");
        assert!(run.stderr.contains("Nothing was published: 1 error"), "{}", run.stderr);
        assert_eq!((site.outputs(), identities(&site)), before, "{path}");
        site.remove(path);
    }
    assert_eq!(counts(&site.build().clean()).0, 0);
    // Nothing is left of the attempts.
    let beside: Vec<String> =
        files(&site.path("")).into_keys().filter(|path| path.starts_with(".public")).collect();
    assert!(beside.is_empty(), "{beside:?}");
}

#[test]
fn with_errors_at_the_first_build_there_is_no_folder() {
    let site = TestSite::new().page("a", "", "[nowhere](nowhere.md)\n");
    let output = site.path("deep/down/public");
    let run = site.build_with(&["--output", output.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    assert!(!site.path("deep").exists());
}

#[test]
fn denied_warnings_stop_the_publication_and_say_why() {
    let site = TestSite::new().page("about", "", "See [writing](/about/).\n");
    let run = site.build_with(&["--deny-warnings"]);
    assert_eq!(run.code, 1);
    let said = "Nothing was published (--deny-warnings): 1 warning in 1 page";
    assert!(run.stderr.contains(said), "{}", run.stderr);
    assert!(!site.path("public").exists());
    let clean = TestSite::new().page("about", "", "Text.\n");
    assert_eq!(clean.build_with(&["--deny-warnings"]).code, 0);
}

#[test]
fn an_asset_is_copied_as_it_stands_and_again_when_it_changes() {
    let site =
        TestSite::new().page("a", "", "[A file](files/a.bin)\n").file("content/files/a.bin", [0_u8, 1, 255]);
    site.build().clean();
    assert_eq!(site.outputs()["files/a.bin"], [0, 1, 255]);
    site.write("content/files/a.bin", [7_u8]);
    assert_eq!(counts(&site.build().clean()).0, 1);
    assert_eq!(site.outputs()["files/a.bin"], [7]);
}

#[test]
fn a_page_may_become_a_folder() {
    let site = TestSite::new().page("a", "", "One.\n");
    site.build().clean();
    site.remove("content/a.md");
    site.write("content/a/index.md", page("a", "", "One.\n"));
    assert_eq!(counts(&site.build().clean()).0, 0, "the address is the same");
    site.write("content/a/b.md", page("b", "", "Two.\n"));
    site.build().clean();
    assert!(site.publishes("a/index.html") && site.publishes("a/b/index.html"));
}
