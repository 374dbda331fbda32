//! Where things are published: one thing at one address, under names that every system can hold.

use std::fs;

use super::harness::{TestSite, page};
use super::told::told;

#[test]
fn two_things_at_one_address_are_an_error_in_the_file_that_can_be_renamed() {
    let site = TestSite::new()
        .page("a same", "", "")
        .page("a-same", "", "")
        .page("b", "", "")
        .file("content/b/index.md", page("B", "", ""))
        .page("c", "aliases: [/b/, /d, /e.html]\n", "")
        .page("d", "aliases: /e.html\n", "")
        .file("content/f/index.html", "<p>asset</p>")
        .page("f", "", "")
        .file("content/sitemap.xml", "<x/>")
        .file("content/g", "a file where a folder is needed")
        .page("g", "", "");
    told(
        &site,
        r"
        error colliding-address content/a-same.md:1:1
          this would be published at `/a-same/`, and so would `content/a same.md`
          help: rename one of the two files
        error colliding-address content/b/index.md:1:1
          this would be published at `/b/`, and so would `content/b.md`
          help: rename one of the two files
        error colliding-address content/c.md:8:11
          this would be published at `/b/`, and so would `content/b.md`
          help: take this old address out: something stands there
        error colliding-address content/c.md:8:16
          this would be published at `/d/`, and so would `content/d.md`
          help: take this old address out: something stands there
        error colliding-address content/d.md:8:10
          this would be published at `/e.html`, and so would `content/c.md`
          help: take this old address out: something stands there
        error active-file content/f/index.html:1:1
          a file of this kind would run in readers' browsers as a part of this site, unseen by its checks
          help: write it as a page (.md), or save it as a PDF; scripts belong into a theme
        error colliding-address content/f/index.html:1:1
          this would be published at `/f/`, and so would `content/f.md`
          help: rename one of the two files
        error colliding-address content/g:1:1
          this would be a file at `/g`, where `content/g.md` needs a folder for `/g/`
          help: rename one of the two
        error colliding-address content/sitemap.xml:1:1
          this would be published at `/sitemap.xml`, and so would the sitemap
          help: rename this file
        ",
    );
}

#[test]
fn files_that_differ_by_capitals_only_are_one_on_windows() {
    let site = TestSite::new().file("content/files/Plan.docx", "1").file("content/files/plan.docx", "2");
    told(
        &site,
        r"
        error colliding-address content/files/plan.docx:1:1
          `/files/plan.docx` and `/files/Plan.docx` (`content/files/Plan.docx`) are one address on Windows and macOS
          help: rename one of the two files
        ",
    );
}

#[test]
fn an_old_address_leads_to_the_page() {
    let site = TestSite::new().page("new", "aliases: [/old/, /older, /oldest.html]\n", "");
    site.build().clean();
    for old in ["old/index.html", "older/index.html", "oldest.html"] {
        assert!(site.output(old).contains("new/"), "{old}");
    }
}

#[test]
fn names_that_windows_cannot_hold_are_refused() {
    let site = TestSite::new()
        .page("aux", "", "")
        .file("content/ends.", "x")
        .file("content/what?.pdf", "x")
        .file("content/folder /x.pdf", "x")
        .file("content/com1.txt", "x");
    told(
        &site,
        r"
        error file-name content/aux.md:1:1
          the name `aux.md` cannot be kept: `aux` is the name of a device on Windows
          help: rename it with letters, digits and hyphens
        error file-name content/com1.txt:1:1
          the name `com1.txt` cannot be kept: `com1` is the name of a device on Windows
          help: rename it with letters, digits and hyphens
        error file-name content/ends.:1:1
          the name `ends.` cannot be kept: it begins with a space, or ends with a space or a full stop, which Windows drops
          help: rename it with letters, digits and hyphens
        error file-name content/folder /x.pdf:1:1
          the name `folder ` cannot be kept: it begins with a space, or ends with a space or a full stop, which Windows drops
          help: rename it with letters, digits and hyphens
        error file-name content/what?.pdf:1:1
          the name `what?.pdf` cannot be kept: it contains `?`, which Windows does not allow
          help: rename it with letters, digits and hyphens
        ",
    );
}

#[test]
fn a_huge_page_is_not_read() {
    let site = TestSite::new().page("a", "", "[To the huge page](huge.md)\n");
    fs::File::create(site.path("content/huge.md")).unwrap().set_len(50_000_000).unwrap();
    told(
        &site,
        r"
        error file-too-large content/huge.md:1:1
          the file has 50 MB, and 2 MB is the most that is read
          help: divide the page, and put pictures and data into files of their own
        ",
    );
}

#[cfg(unix)]
#[test]
fn a_link_that_leaves_the_site_is_refused_and_what_it_leads_to_is_not_published() {
    let site = TestSite::new().page("a", "", "").file("secret.txt", "SECRET");
    std::os::unix::fs::symlink(site.path("../"), site.path("content/out")).unwrap();
    std::os::unix::fs::symlink("/etc/hostname", site.path("content/host.txt")).unwrap();
    told(
        &site,
        r"
        error refused-file content/host.txt:1:1
          this cannot be published: this link leads out of the site's folder; put the file itself here
          help: take it out of content/, or put a plain file in its place
        error refused-file content/out:1:1
          this cannot be published: this link leads out of the site's folder; put the file itself here
          help: take it out of content/, or put a plain file in its place
        ",
    );
}

#[test]
fn names_in_other_scripts_and_with_signs_have_an_address() {
    let site = TestSite::new()
        .page("Ynys Môn & co", "", "")
        .page("日本", "", "")
        .file("content/!!!.md", page("Signs", "", ""))
        .page("a", "", "[One](<Ynys Môn & co.md>) [two](日本.md) [three](!!!.md)\n");
    site.build().clean();
    let page = site.output("a/index.html");
    assert!(page.contains("href=\"../ynys-mon-co/\""), "{page}");
    assert!(site.publishes("日本/index.html") && site.publishes("-/index.html"));
}

#[test]
fn an_old_address_where_many_pages_need_a_folder_is_one_problem() {
    let mut site = TestSite::new().page("other", "aliases: [/notes.html]\n", "");
    for number in 0..3 {
        site = site.file(&format!("content/notes.html/{number}.txt"), "x");
    }
    let problem = site.build().only_problem();
    assert_eq!((problem.code.as_str(), problem.path.as_str()), ("colliding-address", "content/other.md"));
}
