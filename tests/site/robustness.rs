//! What is asked of the tool and cannot or must not be done, and what happens to it from outside.

use std::collections::BTreeMap;
use std::fs;
use std::process::Stdio;
use std::time::Duration;

use super::harness::{Run, TestSite, command, files, netsite, page};
use super::published::tags;

/// The run failed as the tool does: exit code 2, a message, nothing on standard output.
#[track_caller]
fn refused(run: &Run, words: &[&str]) {
    assert_eq!((run.code, run.stdout.as_str()), (2, ""), "{}", run.stderr);
    for word in words {
        assert!(run.stderr.contains(word), "no `{word}` in:\n{}", run.stderr);
    }
}

#[test]
fn a_folder_without_a_site_is_told_how_to_get_one() {
    let folder = tempfile::tempdir().unwrap();
    let run = Run::of(&command().arg("build").current_dir(folder.path()).output().unwrap());
    refused(&run, &["there is no netsite.yaml in", "or any folder above it", "netsite init"]);
    let missing = folder.path().join("nowhere");
    let run = netsite(&["build", "--root", missing.to_str().unwrap()]);
    refused(&run, &["there is no netsite.yaml in", "nowhere"]);
    let file = folder.path().join("file");
    fs::write(&file, "").unwrap();
    refused(&netsite(&["build", "--root", file.to_str().unwrap()]), &["there is no netsite.yaml in"]);
}

#[test]
fn the_site_is_found_from_a_folder_inside_it() {
    let site = TestSite::new().page("guides/deep/a", "", "Text.\n");
    let inside = site.path("content/guides/deep");
    let run = Run::of(&command().arg("build").current_dir(inside).output().unwrap());
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert!(site.publishes("guides/deep/a/index.html"));
}

#[test]
fn no_folder_is_replaced_that_holds_anything_but_an_earlier_site() {
    // Errors in the content do not come first: the request itself is unsafe.
    let site =
        TestSite::new().page("broken", "", "[nowhere](nowhere.md)\n").file("themes/ours/static/a.css", "");
    let above_home = tempfile::tempdir().unwrap();
    let home = above_home.path().join("somebody");
    fs::create_dir(&home).unwrap();
    let others = tempfile::tempdir().unwrap();
    fs::write(others.path().join("thesis.docx"), "ten years of work").unwrap();
    let before = files(&site.path(""));
    let path = |below: &str| site.path(below).to_str().unwrap().to_string();
    let folder = |folder: &std::path::Path| folder.to_str().unwrap().to_string();
    for (output, why) in [
        ("/".to_string(), "root of the file system"),
        (folder(&home), "your home folder"),
        (folder(above_home.path()), "your home folder or holds it"),
        (path(""), "the site's own folder"),
        (path("content"), "the site is made from"),
        (path("content/public"), "inside"),
        (path("content/../content/public"), "inside"),
        (path("themes"), "the site is made from"),
        (path("themes/ours/out"), "inside"),
        (path(".git/x"), "inside"),
        (path(".netsite"), "the site is made from"),
        (path("netsite.yaml"), "it is a file"),
        (path("netsite.yaml/public"), "below one"),
        (folder(others.path()), "thesis.docx"),
    ] {
        let mut command = command();
        command.env("HOME", &home).args([
            "build",
            "--format",
            "json",
            "--root",
            &path(""),
            "--output",
            &output,
        ]);
        refused(&Run::of(&command.output().unwrap()), &["cannot be the output folder", why]);
        assert_eq!(files(&site.path("")), before, "{output}");
    }
    assert_eq!(fs::read_to_string(others.path().join("thesis.docx")).unwrap(), "ten years of work");
}

#[test]
fn a_strangers_file_in_the_output_is_not_removed() {
    let site = TestSite::new().page("a", "", "Text.\n");
    site.build().clean();
    site.write("public/case-studies/notes.txt", "mine");
    site.write("content/a.md", page("a", "", "Other text.\n"));
    let before = site.outputs();
    refused(&site.build(), &["case-studies/notes.txt", "no build made", "Move it"]);
    assert_eq!(site.outputs(), before);
    site.remove("public/case-studies/notes.txt");
    site.build().clean();
    assert!(site.output("a/index.html").contains("Other text."));
}

#[test]
fn what_systems_leave_in_folders_is_no_stranger() {
    let site = TestSite::new().page("a", "", "Text.\n");
    site.build().clean();
    site.write("public/.DS_Store", "litter");
    site.write("public/a/Thumbs.db", "litter");
    assert_eq!(site.build().code, 0);
}

#[test]
fn a_damaged_manifest_is_no_licence_to_replace() {
    let site = TestSite::new().page("a", "", "Text.\n");
    site.build().clean();
    site.write("public/.netsite-manifest", "nonsense");
    let before = site.outputs();
    refused(&site.build(), &[".netsite-manifest", "damaged"]);
    assert_eq!(site.outputs(), before);
}

#[test]
fn an_output_that_cannot_be_made_is_named() {
    let site = TestSite::new().page("a", "", "Text.\n").file("taken", "a file");
    let output = site.path("taken/deep/public");
    refused(&site.build_with(&["--output", output.to_str().unwrap()]), &["taken/deep/public"]);
    assert_eq!(fs::read_to_string(site.path("taken")).unwrap(), "a file");
}

#[cfg(target_os = "linux")]
#[test]
fn an_output_that_cannot_be_written_to_is_said_in_words() {
    let site = TestSite::new().page("a", "", "Text.\n");
    // Nobody makes a folder in there, not even the system's owner.
    let run = site.build_with(&["--output", "/proc/netsite/public"]);
    refused(&run, &["could not make the folder", "/proc/netsite"]);
}

#[test]
fn options_that_make_no_sense_are_said_in_words() {
    let site = TestSite::new().page("a", "", "Text.\n");
    for url in [
        "example.org",
        "ftp://example.org/",
        "https://",
        "https:///x",
        "https://a b.example/",
        "https://x.example/?a",
        "https://x.example/#a",
        "",
    ] {
        let said = ["is not an address that a site can be published at", "https://"];
        refused(&site.build_with(&["--base-url", url]), &said);
    }
    for instant in ["yesterday", "2026-02-30", "03/04/18", ""] {
        refused(&site.build_with(&["--as-of", instant]), &["--as-of"]);
    }
    refused(&netsite(&["build", "--format", "xml"]), &["xml", "human", "json"]);
    refused(&netsite(&["bild"]), &["bild", "build"]);
    refused(&netsite(&["build", "--outptu", "x"]), &["--outptu", "--output"]);
    refused(&netsite(&["build", "extra"]), &["extra"]);
    assert!(!site.path("public").exists());
}

#[test]
fn settings_that_cannot_be_read_are_an_error_of_the_content() {
    let site = TestSite::new().page("a", "", "[nowhere](nowhere.md)\n").file("netsite.yaml", "title: [\n");
    let run = site.build();
    assert_eq!(run.code, 1);
    let paths: Vec<String> = run.problems().into_iter().map(|problem| problem.path).collect();
    assert_eq!(paths, ["content/a.md", "netsite.yaml"]);
}

#[cfg(target_os = "linux")]
#[test]
fn what_must_not_be_read_is_named_with_its_reason() {
    use std::os::unix::ffi::OsStrExt as _;
    use std::os::unix::fs::symlink;
    let elsewhere = tempfile::tempdir().unwrap();
    fs::write(elsewhere.path().join("secret.md"), "secret").unwrap();
    let site = TestSite::new().page("a", "", "Text.\n").file("content/real/b.md", page("b", "", "Text.\n"));
    symlink(elsewhere.path().join("secret.md"), site.path("content/out.md")).unwrap();
    symlink("../../../../../../etc", site.path("content/up")).unwrap();
    symlink(".", site.path("content/loop")).unwrap();
    symlink("nothing", site.path("content/dangling.md")).unwrap();
    fs::write(site.path("content").join(std::ffi::OsStr::from_bytes(b"caf\xe9.md")), "").unwrap();
    let made = std::process::Command::new("mkfifo").arg(site.path("content/pipe.md")).status().unwrap();
    assert!(made.success());
    let run = site.build();
    assert_eq!(run.code, 1, "{}", run.stderr);
    let said: BTreeMap<String, String> =
        run.problems().into_iter().map(|problem| (problem.path, problem.message)).collect();
    for (path, why) in [
        ("content/out.md", "out of the site's folder"),
        ("content/up", "out of the site's folder"),
        ("content/loop", "never end"),
        ("content/dangling.md", "leads to nothing"),
        ("content/pipe.md", "pipe"),
        ("content/caf\u{fffd}.md", "not Unicode"),
    ] {
        assert!(said.get(path).is_some_and(|message| message.contains(why)), "{path}: {said:#?}");
    }
    assert_eq!(said.len(), 6);
    assert!(!site.path("public").exists());
}

#[cfg(unix)]
#[test]
fn a_link_inside_the_site_is_followed() {
    let site = TestSite::new().page("a", "", "Text.\n").file("shared/b.md", page("b", "", "Shared.\n"));
    std::os::unix::fs::symlink("../shared/b.md", site.path("content/b.md")).unwrap();
    site.build().clean();
    assert!(site.output("b/index.html").contains("Shared."));
}

/// A site of 2,000 lists, one for each tag of a page, that all say which edition they are of.
fn many_lists() -> TestSite {
    let tags: Vec<String> = (0..2_000).map(|number| format!("t{number}")).collect();
    let site = TestSite::new().file("netsite.yaml", "title: Test site\n");
    let site = site.page("a", &format!("tags: [{}]\n", tags.join(", ")), "");
    edition(&site, "one");
    site
}

/// Changes every list by one word of their template.
fn edition(site: &TestSite, word: &str) {
    let template = format!("<title>{{{{ term.name }}}}</title> Edition {word}.");
    site.write("themes/default/templates/term.html", template);
}

/// The edition that a published tree is of, if it is whole.
fn whole_edition(outputs: &BTreeMap<String, Vec<u8>>) -> Option<&'static str> {
    let is_of = |number: i32, word: &str| {
        let bytes = outputs.get(&format!("tags/t{number}/index.html"));
        bytes.is_some_and(|bytes| String::from_utf8_lossy(bytes).contains(&format!("Edition {word}.")))
    };
    ["one", "two"].into_iter().find(|word| (0..2_000).all(|number| is_of(number, word)))
}

#[test]
fn a_killed_build_leaves_the_old_site_or_the_new_one() {
    let site = many_lists();
    site.build().clean();
    let entries = |folder: &str| fs::read_dir(site.path(folder)).into_iter().flatten().count();
    // At once, when the new tree begins, when a part of it is written, when it has just taken the old one's place.
    let moments: [&dyn Fn(&str) -> bool; 4] = [
        &|_| true,
        &|_| site.path(".public.netsite-new").exists(),
        &|_| entries(".public.netsite-new/tags") >= 500,
        &|word| {
            fs::read_to_string(site.path("public/tags/t0/index.html")).is_ok_and(|text| text.contains(word))
        },
    ];
    for (round, moment) in moments.into_iter().enumerate() {
        let word = ["two", "one"][round % 2];
        edition(&site, word);
        let mut child = command()
            .args(["build", "--root", site.path("").to_str().unwrap()])
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while child.try_wait().unwrap().is_none() && !moment(word) {
            std::thread::sleep(Duration::from_millis(1));
        }
        let _ = child.kill();
        child.wait().unwrap();
        assert!(whole_edition(&site.outputs()).is_some(), "a mixed site in round {round}");
        site.build().clean();
        assert_eq!(whole_edition(&site.outputs()), Some(word));
        let beside = fs::read_dir(site.path("")).unwrap().flatten().map(|entry| entry.file_name());
        let left: Vec<_> = beside.filter(|name| name.to_string_lossy().starts_with(".public")).collect();
        assert!(left.is_empty(), "{left:?}");
    }
}

#[test]
fn two_builds_at_once_do_not_mix() {
    let site = many_lists();
    let build = || {
        command()
            .args(["build", "--root", site.path("").to_str().unwrap()])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    };
    let (first, second) = (build(), build());
    let runs = [first, second].map(|child| Run::of(&child.wait_with_output().unwrap()));
    assert!(runs.iter().any(|run| run.code == 0), "{} {}", runs[0].stderr, runs[1].stderr);
    for run in runs.iter().filter(|run| run.code != 0) {
        refused(run, &["another netsite is publishing into"]);
    }
    assert_eq!(whole_edition(&site.outputs()), Some("one"));
    assert_eq!(site.build().code, 0);
}

#[cfg(target_os = "linux")]
pub(super) mod full_disk {
    use std::path::Path;
    use std::process::Command;

    use super::*;

    /// A file system of 300 KB on a folder, unmounted when dropped.
    pub(in super::super) struct TinyDisk<'a>(&'a Path);

    impl<'a> TinyDisk<'a> {
        /// None where this user may not mount.
        pub(in super::super) fn mount(folder: &'a Path) -> Option<Self> {
            let mut mount = Command::new("mount");
            mount.args(["-t", "tmpfs", "-o", "size=600k", "tmpfs"]).arg(folder).stderr(Stdio::null());
            mount.status().is_ok_and(|status| status.success()).then_some(Self(folder))
        }
    }

    impl Drop for TinyDisk<'_> {
        fn drop(&mut self) {
            let _ = Command::new("umount").arg(self.0).status();
        }
    }

    #[test]
    fn what_stands_is_left_and_the_reason_is_said() {
        let site = TestSite::new().page("a", "", "Text.\n");
        let folder = site.path("disk");
        fs::create_dir(&folder).unwrap();
        let Some(_disk) = TinyDisk::mount(&folder) else {
            // One write fails for everybody: into the device that is always full.
            let full = fs::File::options().write(true).open("/dev/full").unwrap();
            let run = command().args(["schema", "case-study"]).stdout(full).output().unwrap();
            return refused(&Run::of(&run), &["the output could not be written"]);
        };
        let output = folder.join("public");
        let build = || site.build_with(&["--output", output.to_str().unwrap()]);
        build().clean();
        let before = files(&output);
        site.write("content/large.bin", vec![2; 2_000_000]);
        refused(&build(), &["the disk is full", "what was published before still stands"]);
        assert_eq!(files(&output), before);
        site.remove("content/large.bin");
        site.write("content/a.md", page("a", "", "Other text.\n"));
        build().clean();
        assert!(String::from_utf8_lossy(&files(&output)["a/index.html"]).contains("Other text."));
    }
}

#[test]
fn hostile_pages_are_reported_and_take_nothing_else_down() {
    let deep: String = (0..3_000).map(|level| "> ".repeat(level % 60) + "[a](b\n").collect();
    let lists: String = (0..300).map(|level| "  ".repeat(level) + "- x\n").collect();
    let site = TestSite::new()
        .page("good", "", "Text.\n")
        .page("brackets", "", &"[".repeat(50_000))
        .page("quotes", "", &"> ".repeat(20_000))
        .page("stars", "", &"*a_ ".repeat(20_000))
        .page("deep", "", &deep)
        .page("lists", "", &lists)
        .file("content/braces.md", format!("---\ntitle: {}\n---\n", "{a: ".repeat(5_000)))
        .file("content/zero.md", [0_u8; 1_000]);
    let run = site.build();
    assert!(run.code == 0 || run.code == 1, "{}", run.stderr);
    assert!(run.problems().iter().all(|problem| problem.path != "content/good.md"), "{:?}", run.problems());
}

#[test]
fn html_in_a_page_is_text() {
    let body = "<script>alert(1)</script> <img src=x onerror=alert(1)>\n\n[x](javascript:alert(1))\n";
    let site = TestSite::new().page("a", "", body);
    let run = site.build();
    assert!(run.problems().iter().all(|problem| problem.path == "content/a.md"), "{:?}", run.problems());
    if run.code == 0 {
        let html = site.output("a/index.html");
        assert!(tags(&html).iter().all(|tag| tag.name != "img" && tag.text != "alert(1)"), "{html}");
    }
}
