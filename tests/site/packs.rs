//! Packs: the site or a part of it as one archive, whole or not at all.

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::Duration;

use super::harness::{Run, TestSite, case_study, command, files, netsite, page, png};
use super::samples::every_kind;

/// Files of a pack that no website has.
const OWN: [&str; 4] = ["READ ME FIRST.txt", "manifest.json", "manifest.txt", "pack.css"];

fn pack(site: &TestSite, output: &Path, more: &[&str]) -> Run {
    let root = site.path("");
    let mut all = vec!["pack", "--root", root.to_str().unwrap(), "--format", "json"];
    all.extend(["--output", output.to_str().unwrap(), "--as-of", "2026-11-22"]);
    all.extend(more);
    netsite(&all)
}

fn packed(site: &TestSite, more: &[&str]) -> BTreeMap<String, Vec<u8>> {
    let output = site.path("test.zip");
    let run = pack(site, &output, more);
    assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
    unpacked(&output)
}

fn unpacked(path: &Path) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(File::open(path).unwrap()).unwrap();
    (0..archive.len())
        .map(|index| {
            let mut file = archive.by_index(index).unwrap();
            let mut bytes = Vec::new();
            file.read_to_end(&mut bytes).unwrap();
            (file.name().unwrap().to_string(), bytes)
        })
        .collect()
}

fn text<'a>(pack: &'a BTreeMap<String, Vec<u8>>, path: &str) -> &'a str {
    let bytes = pack.get(path).unwrap_or_else(|| panic!("no {path} in {:?}", pack.keys()));
    std::str::from_utf8(bytes).unwrap()
}

/// What lies beside a pack that is not one.
fn left_beside(output: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(output.parent().unwrap()).unwrap().flatten().map(|entry| entry.path());
    entries.filter(|path| path.file_name().unwrap().to_string_lossy().contains(".netsite-")).collect()
}

#[track_caller]
fn refused(run: &Run, words: &[&str]) {
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    // A message may be broken into lines.
    let said = run.stderr.split_whitespace().collect::<Vec<_>>().join(" ");
    for word in words {
        assert!(said.contains(word), "no `{word}` in:\n{}", run.stderr);
    }
}

/// Three case studies of two networks, an event with a session that presents one, a template, a file beside a page.
fn event_site() -> TestSite {
    let network =
        |name: &str| page(name, &format!("name: {name}\nas_of: 2024\nmembers: []\n"), "## About\n\nA.\n");
    let event = "starts: 2018-04-18 09:30\nends: 2018-04-18 16:30\ntimezone: Europe/London\nvenue: A hall\n";
    let session =
        "event: day\nstart: 2018-04-18 10:00\nend: 2018-04-18 10:45\nroom: A\nspeakers: []\ncases: [shown]\n";
    let about = "## About\n\nSee [the guide](../guide.md) and [another](../case-studies/other.md).\n";
    TestSite::new()
        .network()
        .file("content/networks/second.md", network("Second"))
        .file("content/events/day.md", page("The day", event, "## About\n\nA day.\n"))
        .file("content/sessions/one.md", page("One", session, about))
        .file("content/case-studies/shown.md", {
            let text = case_study("Shown", "themes: [Stroke]\ntags: [only shown]\n");
            text.replace(
                "## Problem\n\nA.",
                "## Problem\n\n![A scan](scan.png) [Unpacked](unpacked.md#output)",
            )
        })
        .file("content/case-studies/scan.png", png())
        .file("content/case-studies/unused.png", png())
        .file(
            "content/case-studies/other.md",
            case_study("Other", "themes: [Workforce]\n").replace("example", "second"),
        )
        .file(
            "content/case-studies/unpacked.md",
            case_study("Unpacked", "themes: [Stroke, Home reporting]\n"),
        )
        .page(
            "guide",
            "",
            "[A picture](case-studies/unused.png), [all](/case-studies/), [a theme](/themes/stroke/).\n",
        )
}

#[test]
fn a_pack_of_the_whole_site_holds_what_a_build_publishes() {
    let site = every_kind();
    site.build_with(&["--as-of", "2026-11-22"]).clean();
    let pack = packed(&site, &[]);
    let of_websites = |path: &&String| {
        let name = path.rsplit('/').next().unwrap();
        matches!(name, "feed.xml" | "sitemap.xml" | "robots.txt" | "404.html" | ".netsite-manifest")
    };
    let published: BTreeSet<String> = site.outputs().into_keys().filter(|path| !of_websites(&path)).collect();
    let held: BTreeSet<String> = pack.keys().filter(|path| !OWN.contains(&path.as_str())).cloned().collect();
    assert_eq!(held, published);
    assert!(!site.publishes("pack.css"), "a website has no use for it");
}

#[test]
fn no_link_of_a_pack_names_a_folder_or_the_root() {
    for more in [&[][..], &["--select", "kind:case-study"], &["--base-url", "https://elsewhere.example/a"]] {
        let site = every_kind();
        for (path, bytes) in packed(&site, more).iter().filter(|(path, _)| path.ends_with("index.html")) {
            let html = String::from_utf8_lossy(bytes);
            for part in html
                .split([' ', '\n'])
                .filter(|part| part.starts_with("href=\"") || part.starts_with("action=\""))
            {
                let address = part.split('"').nth(1).unwrap().split(['#', '?']).next().unwrap();
                let is_inside = !address.contains(':') && !address.is_empty();
                assert!(!is_inside || !address.ends_with('/') && !address.starts_with('/'), "{path}: {part}");
            }
            for gone in ["canonical", "application/atom+xml", "ld+json", "og:url", "type=\"module\""] {
                assert!(!html.contains(gone), "{path} has {gone}");
            }
        }
    }
}

#[test]
fn one_input_and_one_day_make_the_same_bytes() {
    let site = event_site();
    let (one, other) = (site.path("one.zip"), site.path("other.zip"));
    assert_eq!(pack(&site, &one, &[]).code, 0);
    let root = site.path("");
    let run = command()
        .args(["pack", "--root", root.to_str().unwrap(), "--output", other.to_str().unwrap()])
        .args(["--as-of", "2026-11-22 17:30 Europe/London"])
        .env("RAYON_NUM_THREADS", "1")
        .env("TZ", "Asia/Tokyo")
        .output()
        .unwrap();
    assert!(run.status.success());
    assert!(fs::read(&one).unwrap() == fs::read(&other).unwrap());
    assert_eq!(left_beside(&one), Vec::<PathBuf>::new());
}

#[test]
fn other_programs_read_it_and_its_sums_are_right() {
    let site = event_site();
    let output = site.path("test.zip");
    let held = packed(&site, &[]);
    let names: Vec<&String> = held.keys().collect();
    let listed: Vec<String> = unpacked(&output).into_keys().collect();
    assert_eq!(listed.iter().collect::<Vec<_>>(), names);
    // Those of them that this machine has; the library above is there always.
    let readers: [(&str, &[&str]); 2] = [
        ("unzip", &["-tq"]),
        (
            "python3",
            &["-c", "import sys,zipfile; sys.exit(zipfile.ZipFile(sys.argv[1]).testzip() is not None)"],
        ),
    ];
    for (program, arguments) in readers {
        let mut reader = Command::new(program);
        if let Ok(run) = reader.args(arguments).arg(&output).output() {
            assert!(run.status.success(), "{program}: {}", String::from_utf8_lossy(&run.stdout));
        }
    }
    let sums: BTreeMap<&str, &str> = text(&held, "manifest.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .map(|line| line.split_once("  ").map(|(sum, path)| (path, sum)).unwrap())
        .collect();
    assert_eq!(sums.len(), held.len() - 1, "all but the sums themselves");
    // SHA-256 of a file whose sum is known from elsewhere.
    assert!(sums.values().all(|sum| sum.len() == 64));
    let about: serde_json::Value = serde_json::from_str(text(&held, "manifest.json")).unwrap();
    assert_eq!(about["as_of"], "2026-11-22");
    assert_eq!(about["selection"], "the whole site");
    assert_eq!(about["pages"], 8);
    assert_eq!(about["website"], "https://test.example/");
    assert!(text(&held, "READ ME FIRST.txt").contains("Extract all"));
    assert!(text(&held, "index.html").contains("Extract all first"));
}

#[test]
fn an_event_comes_with_its_sessions_what_they_name_and_what_that_needs() {
    let held = packed(&event_site(), &["--event", "day"]);
    let pages: Vec<&str> = [
        "events/day",
        "sessions/one",
        "case-studies/shown",
        "case-studies/other",
        "guide",
        "networks/example",
        "networks/second",
    ]
    .into_iter()
    .filter(|page| held.contains_key(&format!("{page}/index.html")))
    .collect();
    assert_eq!(pages.len(), 7, "{pages:?}");
    // Whoever opens it finds the event before all else.
    let first = text(&held, "index.html").split_once("Begin here").unwrap().1;
    let link = first.split_once("href=\"").unwrap().1;
    assert!(link.starts_with("./events/day/index.html"), "{link}");
    for gone in [
        "case-studies/unpacked/index.html",
        "tags/home-reporting/index.html",
        "themes/home-reporting/index.html",
    ] {
        assert!(!held.contains_key(gone), "{gone}");
    }
    assert!(held.contains_key("case-studies/scan.png") && held.contains_key("case-studies/unused.png"));
    assert!(
        text(&held, "index.html")
            .contains("7 pages of this site, as of 22 November 2026: the event The day.")
    );
    // Lists, terms and the network's page know the chosen pages only.
    for list in [
        "case-studies/index.html",
        "themes/stroke/index.html",
        "networks/example/index.html",
        "a-to-z/index.html",
    ] {
        assert!(text(&held, list).contains("Shown") && !text(&held, list).contains("Unpacked"), "{list}");
    }
    let search: String = held
        .iter()
        .filter(|(path, _)| path.starts_with("search/"))
        .map(|(_, bytes)| String::from_utf8_lossy(bytes).to_lowercase())
        .collect();
    assert!(search.contains("shown") && !search.contains("home reporting"), "the search knows them only");
}

#[test]
fn links_to_what_is_not_chosen_lead_to_the_website_or_are_text() {
    let site = event_site();
    let held = packed(&site, &["--select", "tag:\"only shown\""]);
    assert!(!held.contains_key("case-studies/unused.png"), "only files that chosen pages use");
    let html = text(&held, "case-studies/shown/index.html");
    let link = "<a href=\"https://test.example/case-studies/unpacked/#output\" rel=\"external noreferrer\">Unpacked <span class=\"leaves\">(on the website)</span></a>";
    assert!(html.contains(link), "{html}");
    site.write("netsite.yaml", "title: Test site\n");
    let held = packed(&site, &["--select", "tag:\"only shown\""]);
    let html = text(&held, "case-studies/shown/index.html");
    assert!(html.contains("<a>Unpacked <span class=\"leaves\">(not in this copy)</span></a>"), "{html}");
}

#[test]
fn a_network_comes_with_every_page_that_names_it() {
    let held = packed(&event_site(), &["--network", "second"]);
    assert!(
        held.contains_key("networks/second/index.html") && held.contains_key("case-studies/other/index.html")
    );
    assert!(
        !held.contains_key("networks/example/index.html")
            && !held.contains_key("case-studies/shown/index.html")
    );
}

#[test]
fn a_query_chooses_by_names_and_words() {
    let site = event_site();
    let chosen = |query: &str| -> Vec<String> {
        packed(&site, &["--select", query])
            .into_keys()
            .filter_map(|path| {
                path.strip_prefix("case-studies/")?.strip_suffix("/index.html").map(str::to_string)
            })
            .filter(|slug| slug != "compare" && !slug.is_empty() && !slug.ends_with("/hand-out"))
            .collect()
    };
    assert_eq!(chosen("kind:case-study"), ["other", "shown", "unpacked"]);
    assert_eq!(chosen("theme:stroke"), ["shown", "unpacked"]);
    assert_eq!(chosen("theme:workforce,\"home reporting\" -network:example theme:workforce"), ["other"]);
    assert_eq!(chosen("theme:stroke -theme:\"home reporting\""), ["shown"]);
    assert_eq!(chosen("kind:case-study network:second"), ["other"]);
    assert_eq!(chosen("kind:case-study unpacked -other"), ["shown", "unpacked"], "its text has the word");
}

#[test]
fn what_cannot_be_chosen_is_said_and_no_pack_is_made() {
    let site = event_site()
        .file("content/events/later.md", page("Later", "", "").replace("status: published", "status: draft"))
        .file("content/networks/held.md", {
            let fields =
                "name: Held\nas_of: 2024\nmembers: []\nembargo_until: 2030-01-01 09:00 Europe/London\n";
            page("Held", fields, "## About\n\nA.\n")
        });
    let output = site.path("test.zip");
    for (more, words) in [
        (["--event", "daay"], &["there is no event `daay`", "did you mean `day`?"][..]),
        (["--event", "later"], &["`later` is not published yet (draft)"]),
        (["--network", "held"], &["`held` is not published yet (under embargo until"]),
        (["--network", "zzz"], &["there are `example` and `second`"]),
        (["--select", "theme:strok"], &["there is no theme `strok`", "did you mean `theme:Stroke`?"]),
        (["--select", "tehme:stroke"], &["cannot be chosen by `tehme:`", "did you mean `theme:stroke`?"]),
        (["--select", "kind:case"], &["there is no kind of page `case`"]),
        (["--select", "status:draft"], &["cannot hold pages with the status `draft`"]),
        (["--select", "kind:lesson"], &["no published page was found"]),
        (["--select", "  "], &["asks for nothing"]),
    ] {
        refused(&pack(&site, &output, &more), words);
        assert!(!output.exists());
    }
    let both = pack(&site, &output, &["--event", "day", "--network", "second"]);
    assert_eq!(both.code, 2);
    let empty = TestSite::new();
    refused(&pack(&empty, &output, &[]), &["no page of this site is published"]);
}

#[test]
fn with_errors_no_pack_is_made_and_the_old_one_stands() {
    let site = event_site();
    let output = site.path("test.zip");
    assert_eq!(pack(&site, &output, &[]).code, 0);
    let before = fs::read(&output).unwrap();
    site.write("content/broken.md", page("Broken", "", "[nowhere](nowhere.md)\n"));
    let run = pack(&site, &output, &[]);
    assert_eq!((run.code, run.only_problem().code.as_str()), (1, "broken-link"));
    assert!(run.stderr.contains("No pack was made: 1 error"), "{}", run.stderr);
    site.write("content/broken.md", page("Broken", "", "[writing](/guide/)\n"));
    let run = pack(&site, &output, &["--deny-warnings"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("No pack was made (--deny-warnings): 1 warning"), "{}", run.stderr);
    site.write("themes/default/templates/page.html", "{{ page.nothing }}");
    assert_eq!(pack(&site, &output, &[]).code, 1);
    assert_eq!(fs::read(&output).unwrap(), before);
    assert_eq!(left_beside(&output), Vec::<PathBuf>::new());
}

#[test]
fn a_pack_is_put_only_where_it_harms_nothing() {
    let site = TestSite::new()
        .page("a", "", "Text.\n")
        .file("minutes.zip", "mine")
        .file("themes/ours/theme.yaml", "");
    site.build().clean();
    fs::create_dir(site.path("folder.zip")).unwrap();
    let before = files(&site.path(""));
    for (output, words) in [
        ("folder.zip", &["it is a folder"][..]),
        ("content/pack.zip", &["it lies in", "is a part of the site"]),
        ("public/pack.zip", &["it lies in"]),
        ("themes/ours/pack.zip", &["it lies in"]),
        ("nowhere/pack.zip", &["its folder is not there"]),
        ("minutes.zip", &["is there already, and netsite did not make it"]),
        ("pack.doc", &["does not end in .zip", "pack.zip"]),
    ] {
        refused(&pack(&site, &site.path(output), &[]), words);
    }
    let now: BTreeMap<_, _> =
        files(&site.path("")).into_iter().filter(|(path, _)| !path.starts_with(".netsite/")).collect();
    let before: BTreeMap<_, _> =
        before.into_iter().filter(|(path, _)| !path.starts_with(".netsite/")).collect();
    assert_eq!(now, before);
}

#[test]
fn a_pack_that_is_being_made_is_not_made_twice() {
    let site = TestSite::new().page("a", "", "Text.\n");
    let output = site.path("test.zip");
    let held = File::create(site.path(".test.zip.netsite-new")).unwrap();
    held.lock().unwrap();
    refused(&pack(&site, &output, &[]), &["another netsite is making"]);
    drop(held);
    assert_eq!(pack(&site, &output, &[]).code, 0);
}

#[test]
fn one_document_holds_the_chosen_pages_and_is_the_same_each_time() {
    let site = event_site();
    let (one, other) = (site.path("one.html"), site.path("other.html"));
    for output in [&one, &other] {
        let run = pack(&site, output, &["--single-file", "--event", "day"]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
        // A second time it takes the place of the first.
        assert_eq!(pack(&site, output, &["--single-file", "--event", "day"]).code, 0);
    }
    let html = fs::read_to_string(&one).unwrap();
    assert_eq!(html, fs::read_to_string(&other).unwrap());
    assert!(html.contains("7 pages of this site, as of 22 November 2026: the event The day."));
    assert!(html.contains("<a href=\"#case-studies/shown\">"), "links lead to places in it");
    assert!(html.contains("id=\"case-studies/shown:problem\""));
    assert!(html.contains("src=\"data:image/png;base64,"), "a picture is in it");
    assert!(html.contains("https://test.example/case-studies/unpacked/#output"));
    assert!(!html.contains("<form") && !html.contains("src=\"../"));
    fs::write(&one, "<!DOCTYPE html><title>Mine</title>").unwrap();
    refused(&pack(&site, &one, &["--single-file"]), &["is there already, and netsite did not make it"]);
    refused(&pack(&site, &site.path("x.zip"), &["--single-file"]), &["does not end in .html"]);
}

#[test]
fn names_that_windows_may_not_extract_are_warned_of() {
    let long = "x".repeat(90);
    let site = TestSite::new().file(&format!("content/{long}/{long}/{long}.md"), page("Deep", "", "Text.\n"));
    let output = site.path("test.zip");
    let run = pack(&site, &output, &[]);
    assert_eq!((run.code, run.only_problem().code.as_str()), (0, "long-path"));
    assert!(output.is_file());
}

#[test]
fn a_file_of_the_site_cannot_stand_for_one_of_the_packs_own() {
    let site = TestSite::new().page("a", "", "[x](manifest.txt)\n").file("content/manifest.txt", "mine");
    refused(&pack(&site, &site.path("test.zip"), &[]), &["the site publishes a file `manifest.txt`"]);
}

#[test]
fn a_killed_run_leaves_the_old_pack_and_the_next_one_works() {
    let tags: Vec<String> = (0..1_500).map(|number| format!("t{number}")).collect();
    let site = TestSite::new().page("a", &format!("tags: [{}]\n", tags.join(", ")), "Text.\n");
    let output = site.path("test.zip");
    assert_eq!(pack(&site, &output, &[]).code, 0);
    let old = fs::read(&output).unwrap();
    let unfinished = site.path(".test.zip.netsite-new");
    // When it has begun, and when the archive is put together.
    let moments: [&dyn Fn() -> bool; 2] =
        [&|| unfinished.exists(), &|| fs::metadata(&unfinished).is_ok_and(|file| file.len() > 0)];
    for moment in moments {
        let mut child = command()
            .args(["pack", "--root", site.path("").to_str().unwrap(), "--output", output.to_str().unwrap()])
            .args(["--as-of", "2026-11-23"])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while child.try_wait().unwrap().is_none() && !moment() {
            std::thread::sleep(Duration::from_millis(1));
        }
        let _ = child.kill();
        child.wait().unwrap();
        // It may have been done before the kill came: then it is whole.
        let is_old = fs::read(&output).unwrap() == old;
        assert!(is_old || unpacked(&output).len() > 1_500);
        assert_eq!(pack(&site, &output, &[]).code, 0);
        assert!(fs::read(&output).unwrap() == old);
        assert_eq!(left_beside(&output), Vec::<PathBuf>::new());
    }
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_leaves_the_old_pack() {
    use super::robustness::full_disk::TinyDisk;

    let site = TestSite::new().page("a", "", "Text.\n");
    let folder = site.path("disk");
    fs::create_dir(&folder).unwrap();
    let Some(_disk) = TinyDisk::mount(&folder) else {
        // One file fails for everybody: the device that is always full.
        return refused(&pack(&site, Path::new("/dev/full"), &[]), &["the pack cannot be written"]);
    };
    let output = folder.join("test.zip");
    assert_eq!(pack(&site, &output, &[]).code, 0);
    let before = fs::read(&output).unwrap();
    let mut noise = vec![0; 1_000_000];
    blake3::Hasher::new().finalize_xof().fill(&mut noise);
    site.write("content/large.png.bin", noise);
    refused(&pack(&site, &output, &[]), &["the disk is full"]);
    assert_eq!(fs::read(&output).unwrap(), before);
    assert_eq!(left_beside(&output), Vec::<PathBuf>::new());
}

#[test]
fn chosen_pages_become_one_document_for_paper() {
    let site = event_site();
    let (one, other) = (site.path("one.html"), site.path("other.html"));
    for output in [&one, &other] {
        // A second time it takes the place of the first.
        for _ in 0..2 {
            let run = pack(&site, output, &["--print", "--event", "day"]);
            assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
        }
    }
    let html = fs::read_to_string(&one).unwrap();
    assert_eq!(html, fs::read_to_string(&other).unwrap());
    assert!(html.contains("<title>The day</title>") && html.contains("22 November 2026"));
    let place = |words: &str| html.find(words).unwrap_or_else(|| panic!("no {words}"));
    // The event comes first, then its sessions, then what they name.
    let contents: Vec<usize> = ["The day", "One", "Other", "Shown"]
        .iter()
        .enumerate()
        .map(|(at, title)| {
            place(&format!("<span class=\"number\">{}</span> <span class=\"words\">{title}</span>", at + 1))
        })
        .collect();
    assert!(contents.is_sorted(), "{contents:?}");
    assert!(!html.contains("<link") && html.contains("src=\"data:image/png;base64,"));
    assert_eq!(left_beside(&one), Vec::<PathBuf>::new());

    fs::write(&one, "<!DOCTYPE html><title>Mine</title>").unwrap();
    refused(&pack(&site, &one, &["--print"]), &["is there already, and netsite did not make it"]);
    refused(&pack(&site, &site.path("x.pdf"), &["--print"]), &["does not end in .html", "x.html"]);
    refused(&pack(&site, &other, &["--print", "--single-file"]), &["--print", "--single-file"]);
}

#[test]
fn what_would_be_too_long_for_paper_is_said() {
    let mut site = TestSite::new();
    for number in 0..501 {
        site = site.page(&format!("p{number}"), "", "Text.\n");
    }
    let output = site.path("all.html");
    refused(&pack(&site, &output, &["--print"]), &["501 pages were chosen", "more than 500", "--select"]);
    assert!(!output.exists());
}

/// A draft that names another draft, in text and in a field, beside a site with an error of its own.
fn draft_site() -> TestSite {
    let draft = "---\ntitle: \"New: reports\"\nstatus: in-review\nnetwork: secret\nowner: team@test.example\n---\n\n## Problem\n\nToo *many*, see [the other](hidden.md), [a page](shown.md) and [below](#problem).\n\n![A scan](scan.png)\n";
    event_site()
        .file("content/case-studies/new.md", draft)
        .file(
            "content/case-studies/hidden.md",
            "---\ntitle: Unheard-of merger\nstatus: draft\nsummary: Hidden summary.\n---\n\n## Problem\n\nHidden words.\n",
        )
        .file("content/networks/secret.md", "---\ntitle: Unheard-of network\nstatus: draft\n---\n")
        .page("broken", "", "[nowhere](nowhere.md)\n")
}

fn word_text(path: &Path) -> String {
    let document = unpacked(path);
    text(&document, "word/document.xml").to_string()
}

#[test]
fn a_draft_is_one_file_for_whoever_approves_it() {
    let site = draft_site();
    let file = site.path("content/case-studies/new.md");
    let mut made = BTreeSet::new();
    for (name, wanted) in [
        ("a.html", "case-study:new"),
        ("b.html", "content/case-studies/new.md"),
        ("c.html", file.to_str().unwrap()),
        ("d.html", "new"),
        ("a.html", "new"),
    ] {
        let output = site.path(name);
        let run = pack(&site, &output, &["--draft", wanted]);
        assert_eq!((run.code, run.stdout.as_str()), (0, ""), "{}", run.stderr);
        assert!(run.stderr.contains("Wrote the draft “New: reports”"), "{}", run.stderr);
        made.insert(fs::read_to_string(&output).unwrap());
    }
    let html = made.pop_first().unwrap();
    assert!(made.is_empty(), "one draft and one day make the same file");
    for words in [
        "Draft for approval: not published",
        "22 November 2026",
        "The section “Output” is not written yet.",
        "Hidden.md has the status draft",
        "see the other, ",
        "href=\"https://test.example/case-studies/shown/\"",
        "src=\"data:image/png;base64,",
    ] {
        assert!(html.contains(words), "{words}: {html}");
    }
    assert!(!html.contains("https://test.example/case-studies/new/"), "nothing of it is on the website yet");

    let output = site.path("a.docx");
    assert_eq!(pack(&site, &output, &["--draft", "new"]).code, 0);
    assert_eq!(pack(&site, &site.path("b.docx"), &["--draft", "new"]).code, 0);
    assert!(fs::read(&output).unwrap() == fs::read(site.path("b.docx")).unwrap());
    let word = word_text(&output);
    assert!(word.contains("Draft for approval: not published") && word.contains("New: reports"));
    for leaked in ["Unheard-of", "Hidden summary", "Hidden words"] {
        assert!(!html.contains(leaked) && !word.contains(leaked), "{leaked}");
    }
    // Somebody may have written into a Word file.
    refused(&pack(&site, &output, &["--draft", "new"]), &["somebody's comments may stand in it"]);
}

#[test]
fn no_draft_that_identifies_somebody_is_made() {
    let site = draft_site();
    let before = fs::read_to_string(site.path("content/case-studies/new.md")).unwrap();
    for (words, code) in [
        ("Her NHS number is 943 476 5919.", "nhs-number"),
        ("Patient born on: date of birth 12/03/1951, hospital number K123456.", "date-of-birth"),
    ] {
        site.write("content/case-studies/new.md", format!("{before}\n{words}\n"));
        for name in ["x.html", "x.docx"] {
            let output = site.path(name);
            let run = pack(&site, &output, &["--draft", "new"]);
            assert_eq!(run.code, 1, "{}", run.stderr);
            assert!(run.problems().iter().any(|problem| problem.code == code), "{}", run.stdout);
            assert!(run.stderr.contains("No file was made"), "{}", run.stderr);
            assert!(!run.stdout.contains("943 476 5919") && !output.exists());
        }
    }
    let fields = "metric: Scans\ndefinition: D.\nunit: patients\ncounts: patients\nlevel: sub-national\ndirection: lower\nperiod: 2024\ncollection: C\nprovenance: real\ndata: figures.csv\n";
    let figures = page("Scans", fields, "## Reading this\n\nA.\n\n## Limits\n\nB.\n");
    let site = event_site()
        .file("content/benchmarks/figures.md", figures.replace("status: published", "status: draft"))
        .file("content/benchmarks/figures.csv", "period,value\n2023,20\n2024,3\n");
    let run = pack(&site, &site.path("x.html"), &["--draft", "figures"]);
    assert_eq!((run.code, run.only_problem().code.as_str()), (1, "small-number-committed"), "{}", run.stderr);
    assert!(!site.path("x.html").exists());
}

#[test]
fn only_a_page_that_is_not_published_is_a_draft() {
    let site = draft_site();
    let output = site.path("x.html");
    for (wanted, words) in [
        ("case-study:neww", &["there is no page `case-study:neww`", "did you mean `case-study:new`?"][..]),
        ("New: report", &["did you mean `case-study:new`?"]),
        ("zzzzzz", &["drafts are", "`case-study:hidden`"]),
        ("", &["there is no page"]),
        ("shown", &["is published already", "in-review"]),
    ] {
        refused(&pack(&site, &output, &["--draft", wanted]), words);
    }
    refused(&pack(&site, &site.path("x.zip"), &["--draft", "new"]), &["does not end in .html or .docx"]);
    refused(&pack(&site, &site.path("public/x.html"), &["--draft", "new"]), &["cannot be written"]);
    for flag in [&["--event", "day"][..], &["--single-file"], &["--print"], &["--deny-warnings"]] {
        let mut all = vec!["--draft", "new"];
        all.extend(flag);
        refused(&pack(&site, &output, &all), &["cannot be used with"]);
    }
    assert!(!output.exists());
    site.write("content/case-studies/new.md", "---\ntitle: A: b\n---\n\nText.\n");
    let run = pack(&site, &output, &["--draft", "content/case-studies/new.md"]);
    assert_eq!(run.code, 1);
    assert!(run.stderr.contains("the top of the page cannot be read") && !output.exists(), "{}", run.stderr);
}
