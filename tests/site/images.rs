//! Images in pages: what a reader's browser is offered, what a writer is told of a bad one, what stays on the disk.

use std::fs;
use std::io::Cursor;

use image::{DynamicImage, ImageFormat, Rgb, RgbImage};

use super::harness::{TestSite, page};

/// A picture with grain, as a camera makes them, so that it does not compress to nothing.
fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut seed = 1_u32;
    let picture = RgbImage::from_fn(width, height, |x, y| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        let grain = (seed >> 28) as u8;
        Rgb([grain, (x % 200) as u8 + grain, (y % 200) as u8 + grain])
    });
    encoded(picture, ImageFormat::Jpeg)
}

fn encoded(picture: impl Into<DynamicImage>, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Vec::new();
    picture.into().write_to(&mut Cursor::new(&mut bytes), format).unwrap();
    bytes
}

/// The files in the store.
fn kept(site: &TestSite) -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(site.path(".netsite/images"))
        .into_iter()
        .flatten()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[test]
fn a_browser_is_offered_widths_and_the_original_keeps_its_place() {
    let site = TestSite::new()
        .page("a", "", "![Two scanners](scans/two.jpg)\n\n## More\n\n![One scanner](scans/small.jpg)\n")
        .file("content/scans/two.jpg", photo(1400, 700))
        .file("content/scans/small.jpg", photo(500, 300));
    site.build().clean();
    let html = site.output("a/index.html");
    assert!(html.contains(
        "<picture><source type=\"image/webp\" srcset=\"../scans/two.jpg.480.webp 480w, ../scans/two.jpg.768.webp 768w, ../scans/two.jpg.1360.webp 1360w\" sizes=\"(min-width: 752px) 720px, calc(100vw - 32px)\"><img src=\"../scans/two.jpg\" width=\"1400\" height=\"700\" alt=\"Two scanners\"></picture>"
    ), "{html}");
    // The first image stands at the top and is not waited for; the next is, and is small enough to need no link.
    assert!(html.contains(
        "srcset=\"../scans/small.jpg.500.webp 500w\" sizes=\"(min-width: 532px) 500px, calc(100vw - 32px)\"><img src=\"../scans/small.jpg\" width=\"500\" height=\"300\" alt=\"One scanner\" loading=\"lazy\" decoding=\"async\"></picture></p>"
    ), "{html}");
    assert_eq!(html.matches("class=\"full-size\"").count(), 1);
    assert!(html.contains(
        "<a class=\"full-size\" href=\"../scans/two.jpg\">Full size<span class=\"unseen\"> of the image: Two scanners</span> (JPG, "
    ));
    let original = site.outputs()["scans/two.jpg"].len();
    for width in [480, 768, 1360] {
        let variant = &site.outputs()[&format!("scans/two.jpg.{width}.webp")];
        assert_eq!(image::load_from_memory(variant).unwrap().width(), width);
        assert!(variant.len() < original);
    }
}

#[test]
fn images_stand_in_captions_cells_and_links() {
    let body = "## A\n\n> [!FIGURE]\n>\n> ![In a figure](p.jpg)\n>\n> A caption.\n\n![With a title](p.jpg \"Its title\")\n\n| A | B |\n| --- | --- |\n| ![In a cell](p.jpg) | x |\n\n[![In a link](p.jpg)](b.md)\n";
    let site = TestSite::new().page("a", "", body).page("b", "", "").file("content/p.jpg", photo(1100, 500));
    site.build().clean();
    let html = site.output("a/index.html");
    assert_eq!(html.matches("<picture><source").count(), 4);
    assert_eq!(html.matches("</picture>").count(), 4);
    let link = |words: &str| {
        format!(
            "<a class=\"full-size\" href=\"../p.jpg\">Full size<span class=\"unseen\"> of the image: {words}"
        )
    };
    for words in ["In a figure", "With a title", "In a cell"] {
        assert!(html.contains(&format!("</picture> {}", link(words))), "{words}: {html}");
    }
    // A figure is called what its caption says, so the link is no part of that.
    assert!(html.contains("</a><figcaption>Its title</figcaption>"));
    // No link stands in a link.
    assert!(html.contains("alt=\"In a link\" loading=\"lazy\" decoding=\"async\"></picture></a>"));
}

#[test]
fn an_image_that_no_browser_shows_is_an_error_where_it_is_shown() {
    let jpeg = photo(300, 200);
    let mut claim = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\0\xff\xff\0\0\xff\xff".to_vec();
    claim.extend([8, 2, 0, 0, 0, 0, 0, 0, 0]);
    let bomb = encoded(RgbImage::new(7_200, 7_200), ImageFormat::Png);
    assert!(bomb.len() < 1_000_000);
    let body = "![One](cut.jpg)\n\n![Two](claim.png)\n\n![Three](phone.jpg)\n\n![Four](page.png)\n\n![Five](bomb.png)\n\n![One again](cut.jpg)\n";
    let site = TestSite::new()
        .page("a", "", body)
        .file("content/cut.jpg", &jpeg[..jpeg.len() / 2])
        .file("content/claim.png", claim)
        .file("content/phone.jpg", b"\0\0\0\x24ftypheic\0\0\0\0mif1")
        .file("content/page.png", "<!doctype html><title>Sign in</title>")
        .file("content/bomb.png", bomb)
        .file("content/huge.png", "x")
        .page("b", "", "![Six](huge.png)\n");
    fs::File::options().write(true).open(site.path("content/huge.png")).unwrap().set_len(60_000_000).unwrap();
    let run = site.build();
    assert_eq!(run.code, 1);
    let told: Vec<String> = run
        .problems()
        .iter()
        .map(|problem| format!("{} {}: {}", problem.place(), problem.code, problem.message))
        .collect();
    assert_eq!(
        told,
        [
            "content/a.md:10:8 damaged-image: `cut.jpg` is damaged or was not copied whole, so that readers would see a part of it or nothing",
            "content/a.md:12:8 image-too-large: `claim.png` says that it is 65,535 pixels wide and 65,535 high, too large for the browsers of many readers",
            "content/a.md:14:10 not-an-image: `phone.jpg` is no image that a browser can show: it is a HEIC photo of a phone",
            "content/a.md:16:9 not-an-image: `page.png` is no image that a browser can show: it is a web page",
            "content/a.md:18:9 image-too-large: `bomb.png` says that it is 7,200 pixels wide and 7,200 high, too large for the browsers of many readers",
            "content/b.md:10:8 image-too-large: `huge.png` has 60 MB, too much for readers to wait for",
        ]
    );
    assert!(!site.path("public").exists());
}

#[test]
fn a_wrong_name_and_a_place_in_a_photo_are_pointed_out() {
    let mut located = photo(300, 200);
    let mut exif = vec![0xff, 0xe1, 0, 60];
    exif.extend(b"Exif\0\0MM\0*\0\0\0\x08\0\x01\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\0\0\0\0");
    exif.extend(b"\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\0\0\0\0\0");
    exif.resize(62, 0);
    located.splice(2..2, exif);
    let site = TestSite::new()
        .page("a", "", "![One](one.png)\n\n![Two](two.jpg)\n")
        .file("content/one.png", photo(300, 200))
        .file("content/two.jpg", located);
    let run = site.build();
    assert_eq!(run.code, 0);
    let told: Vec<String> = run
        .problems()
        .iter()
        .map(|problem| format!("{} {}: {}", problem.severity, problem.code, problem.help))
        .collect();
    assert_eq!(
        told,
        [
            "warning image-name: let its name end with .jpg",
            "warning image-location: export it without its location (“remove properties” in Windows)",
        ]
    );
}

#[test]
fn only_what_public_pages_show_is_made() {
    let site = TestSite::new()
        .page("a", "", "![Shown](shown.jpg)\n\n[Linked](linked.jpg)\n")
        .file(
            "content/secret/index.md",
            page("S", "", "![Hidden](hidden.jpg)\n").replace("published", "draft"),
        )
        .file("content/secret/hidden.jpg", photo(900, 600))
        .file("content/shown.jpg", photo(900, 600))
        .file("content/linked.jpg", photo(920, 600))
        .file("content/unused.jpg", photo(940, 600));
    assert_eq!(site.build().code, 0);
    let made: Vec<String> = site.outputs().into_keys().filter(|path| path.contains("0.webp")).collect();
    assert_eq!(made, ["shown.jpg.480.webp", "shown.jpg.900.webp"]);
    assert!(
        site.publishes("linked.jpg") && site.publishes("unused.jpg") && !site.publishes("secret/hidden.jpg")
    );
}

#[test]
fn what_was_made_is_kept_while_it_is_used_and_never_believed_when_damaged() {
    let site = TestSite::new()
        .page("a", "", "![One](one.jpg)\n\n![Two](two.jpg)\n")
        .file("content/one.jpg", photo(900, 600))
        .file("content/two.jpg", photo(600, 400));
    site.build().clean();
    let (first, names) = (site.outputs(), kept(&site));
    assert_eq!(names.len(), 2);

    // A rebuild takes up what was kept: where that is damaged, it makes it anew.
    let file = site.path(".netsite/images").join(&names[0]);
    let good = fs::read(&file).unwrap();
    let mut bad = good.clone();
    let middle = bad.len() / 2;
    bad[middle] ^= 0xff;
    fs::write(&file, bad).unwrap();
    site.write("content/b.md", page("B", "", ""));
    site.build().clean();
    assert_eq!(fs::read(&file).unwrap(), good);
    for (path, bytes) in first.iter().filter(|(path, _)| path.contains("0.webp")) {
        assert_eq!(&site.outputs()[path], bytes);
    }

    // A rebuild is a clean build, to the byte.
    let rebuilt = site.outputs();
    fs::remove_dir_all(site.path(".netsite")).unwrap();
    fs::remove_dir_all(site.path("public")).unwrap();
    site.build().clean();
    assert_eq!(site.outputs(), rebuilt);

    // What no page shows any more is dropped.
    site.write("content/a.md", page("A", "", "![Two](two.jpg)\n"));
    site.build().clean();
    assert_eq!(kept(&site).len(), 1);
    assert!(!site.publishes("one.jpg.480.webp") && site.publishes("two.jpg.480.webp"));
}

#[test]
fn a_store_that_cannot_be_written_costs_time_only() {
    let site = TestSite::new()
        .page("a", "", "![One](one.jpg)\n")
        .file("content/one.jpg", photo(600, 400))
        .file(".netsite/images", "a file where the folder should be");
    site.build().clean();
    assert!(site.publishes("one.jpg.600.webp"));
}

#[test]
fn a_file_at_the_place_of_a_variant_is_an_error() {
    let site = TestSite::new()
        .page("a", "", "![One](one.jpg)\n")
        .file("content/one.jpg", photo(600, 400))
        .file("content/one.jpg.480.webp", "x");
    let problem = site.build().only_problem();
    assert_eq!((problem.code.as_str(), problem.severity.as_str()), ("colliding-address", "error"));
}
