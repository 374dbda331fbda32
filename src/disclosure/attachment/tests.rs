//! Documents made here, with a number in one of their parts, and bytes that are no documents.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};

use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::look;
use crate::disclosure::{Inside, Kind, NotRead};

const NUMBER: &str = "943 476 5919";

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

fn found(name: &str, bytes: &[u8]) -> Vec<Inside> {
    look(name, &mut Cursor::new(bytes))
}

/// The places of NHS numbers that stop a publication.
fn places(name: &str, bytes: &[u8]) -> Vec<String> {
    found(name, bytes)
        .into_iter()
        .filter(|inside| inside.kind == Kind::NhsNumber && inside.is_sure)
        .map(|inside| inside.place)
        .collect()
}

const TYPES: (&str, &[u8]) = ("[Content_Types].xml", b"<Types/>");

#[test]
fn every_part_of_a_word_file_is_looked_into() {
    let runs = "<w:p><w:r><w:t>943 4</w:t></w:r><w:proofErr/><w:r><w:t>76 5919</w:t></w:r></w:p>";
    let document = format!(
        "<w:document><w:body>{runs}<w:p><w:del><w:r><w:delText>{NUMBER}</w:delText></w:r></w:del></w:p></w:body></w:document>"
    );
    let table = "<w:document><w:tbl><w:tr><w:tc><w:p><w:r><w:t>NHS no</w:t></w:r></w:p></w:tc><w:tc><w:p/></w:tc></w:tr>\
                 <w:tr><w:tc><w:p><w:r><w:t>9434765919</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:document>";
    let comments = format!(
        "<w:comments><w:comment w:author=\"Sarah Example\"><w:p><w:r><w:t>x</w:t></w:r></w:p></w:comment><w:comment><w:p><w:r><w:t>{NUMBER}</w:t></w:r></w:p></w:comment></w:comments>"
    );
    let custom =
        "<Properties><property name=\"NHS number\"><vt:lpwstr>9434765919</vt:lpwstr></property></Properties>";
    for (part, xml, place) in [
        ("word/document.xml", document.as_str(), "in the text"),
        ("word/document.xml", table, "in the text"),
        ("word/comments.xml", &comments, "in comment 2"),
        ("word/header1.xml", &document, "in a header of the pages"),
        ("docProps/custom.xml", custom, "in the properties of the document"),
        ("customXml/item1.xml", "<a><b>NHS 9434765919</b></a>", "in data that is attached to the document"),
        ("word/charts/chart1.xml", "<c:v>943 476 5919</c:v>", "in the data of a chart"),
    ] {
        let bytes = zipped(&[TYPES, (part, xml.as_bytes())]);
        assert!(
            places("a.docx", &bytes).contains(&place.to_string()),
            "{part}: {:?}",
            found("a.docx", &bytes)
        );
    }
    let deleted = places("a.docx", &zipped(&[TYPES, ("word/document.xml", document.as_bytes())]));
    assert!(deleted.iter().any(|place| place.contains("tracked changes")), "{deleted:?}");
    let authors = found("a.docx", &zipped(&[TYPES, ("word/comments.xml", comments.as_bytes())]));
    assert!(
        authors.iter().any(|inside| inside.kind == Kind::AuthorName && inside.place == "beside the comments")
    );
}

#[test]
fn looks_notes_and_tables_in_tables_do_not_take_a_number_apart() {
    let looks = "<w:rPr><w:b/><w:sz w:val=\"22\"/></w:rPr>";
    let runs = format!("<w:p><w:r><w:t>943 4</w:t></w:r><w:r>{looks}<w:t>76 5919</w:t></w:r></w:p>");
    let nested = format!(
        "<w:tbl><w:tr><w:tc>{runs}<w:tbl><w:tr><w:tc><w:p><w:r><w:t>x</w:t></w:r></w:p></w:tc></w:tr></w:tbl></w:tc></w:tr></w:tbl>"
    );
    let noted = "<w:p><w:r><w:t>943 4</w:t></w:r><w:r><w:commentReference w:id=\"0\"/></w:r><w:r><w:t>76</w:t><w:noBreakHyphen/><w:t>5919</w:t></w:r></w:p>";
    for xml in [runs, nested, noted.to_string()] {
        let bytes = zipped(&[TYPES, ("word/document.xml", xml.as_bytes())]);
        assert_eq!(places("a.docx", &bytes), ["in the text"], "{xml}");
    }
}

#[test]
fn who_made_a_file_is_looked_at_as_its_words_are() {
    let made =
        format!("<cp:coreProperties><dc:creator>Sarah Example {NUMBER}</dc:creator></cp:coreProperties>");
    let bytes = zipped(&[TYPES, ("docProps/core.xml", made.as_bytes())]);
    assert_eq!(places("a.docx", &bytes), ["in the properties of the document"]);
    let people = "<p188:authorLst><p188:author name=\"Sarah Example\"/></p188:authorLst>";
    let found = found("a.pptx", &zipped(&[TYPES, ("ppt/authors.xml", people.as_bytes())]));
    assert_eq!(found.iter().map(|inside| inside.kind).collect::<Vec<_>>(), [Kind::AuthorName]);
}

/// A workbook with two sheets, one hidden, and a column of numbers.
pub(super) fn workbook() -> Vec<u8> {
    let main = "<workbook><sheets><sheet name=\"Front\" r:id=\"r1\"/><sheet name=\"Data\" state=\"hidden\" r:id=\"r2\"/></sheets></workbook>";
    let rels = "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"r2\" Target=\"/xl/worksheets/sheet2.xml\"/></Relationships>";
    let strings = "<sst><si><t>Patients</t></si><si><t>NHS </t><t>number</t></si></sst>";
    let first = "<worksheet><sheetData><row><c r=\"A1\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
    let second = "<worksheet><sheetData><row><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"C1\" t=\"s\"><v>1</v></c></row>\
                  <row><c r=\"A2\"><v>3</v></c></row><row><c r=\"A3\"><v>4</v></c><c r=\"C3\"><v>9.434765919E9</v></c></row></sheetData></worksheet>";
    zipped(&[
        TYPES,
        ("xl/workbook.xml", main.as_bytes()),
        ("xl/_rels/workbook.xml.rels", rels.as_bytes()),
        ("xl/sharedStrings.xml", strings.as_bytes()),
        ("xl/worksheets/sheet1.xml", first.as_bytes()),
        ("xl/worksheets/sheet2.xml", second.as_bytes()),
    ])
}

#[test]
fn a_cell_of_a_hidden_sheet_is_named_and_its_column_says_what_it_is() {
    assert_eq!(places("a.xlsx", &workbook()), ["in cell C3 of the hidden sheet “Data”"]);
}

#[test]
fn pivot_tables_and_words_that_no_cell_shows_are_looked_at() {
    let definition = "<pivotCacheDefinition><cacheFields><cacheField name=\"NHS number\"><sharedItems><n v=\"9434765919\"/></sharedItems></cacheField></cacheFields></pivotCacheDefinition>";
    let bytes = zipped(&[
        TYPES,
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/sharedStrings.xml", b"<sst><si><t>NHS 943 476 5919</t></si></sst>"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", definition.as_bytes()),
    ]);
    assert_eq!(
        places("a.xlsx", &bytes),
        ["in the copy of the figures that a pivot table keeps", "in words that no cell shows any more"]
    );
}

#[test]
fn slides_are_counted_as_they_are_shown() {
    let slide = |attribute: &str, text: &str| {
        format!("<p:sld{attribute}><a:p><a:r><a:t>{text}</a:t></a:r></a:p></p:sld>")
    };
    let main = "<p:presentation><p:sldIdLst><p:sldId id=\"256\" r:id=\"a\"/><p:sldId id=\"257\" r:id=\"b\"/></p:sldIdLst></p:presentation>";
    let rels = "<Relationships><Relationship Id=\"a\" Target=\"slides/slide7.xml\"/><Relationship Id=\"b\" Target=\"slides/slide2.xml\"/></Relationships>";
    let notes = "<Relationships><Relationship Id=\"n\" Target=\"../slides/slide7.xml\"/></Relationships>";
    let bytes = zipped(&[
        TYPES,
        ("ppt/presentation.xml", main.as_bytes()),
        ("ppt/_rels/presentation.xml.rels", rels.as_bytes()),
        ("ppt/slides/slide7.xml", slide("", "nothing").as_bytes()),
        ("ppt/slides/slide2.xml", slide(" show=\"0\"", NUMBER).as_bytes()),
        ("ppt/notesSlides/notesSlide1.xml", slide("", NUMBER).as_bytes()),
        ("ppt/notesSlides/_rels/notesSlide1.xml.rels", notes.as_bytes()),
        ("ppt/embeddings/Microsoft_Excel_Sheet1.xlsx", &workbook()),
    ]);
    assert_eq!(
        places("a.pptx", &bytes),
        [
            "in cell C3 of the hidden sheet “Data”, in the embedded file Microsoft_Excel_Sheet1.xlsx",
            "in the speaker notes of slide 1",
            "on hidden slide 2",
        ]
    );
}

#[test]
fn documents_of_libreoffice_and_rich_text_are_read() {
    let content = format!("<office:text><text:p>{NUMBER}</text:p></office:text>");
    let odt = zipped(&[
        ("mimetype", b"application/vnd.oasis.opendocument.text"),
        ("content.xml", content.as_bytes()),
    ]);
    assert_eq!(places("a.odt", &odt), ["in the text"]);
    assert_eq!(places("a.rtf", br"{\rtf1\ansi NHS\~no {\b 943}\'20476 5919\par}"), ["in the text"]);
    let mail =
        b"From: a@b.example\nContent-Transfer-Encoding: base64\n\nTkhTIG51bWJlciA5NDM0NzY1OTE5IGlzIGhlcmU=\n";
    assert_eq!(places("a.eml", mail), ["in line 1, in an attachment of the mail"]);
}

#[test]
fn archives_are_looked_into_as_deep_as_is_said() {
    let mut bytes = zipped(&[("a.txt", b"x\nNHS 943 476 5919")]);
    assert_eq!(places("a.zip", &bytes), ["in line 2, in the packed file a.txt"]);
    for _ in 0..6 {
        bytes = zipped(&[("inner.zip", &bytes)]);
    }
    assert!(found("a.zip", &bytes).iter().all(|inside| inside.kind == Kind::NotRead(NotRead::TooDeep)));
    let mut dicom = vec![0; 128];
    dicom.extend(b"DICM\x02\0\0\0UL\x04\0");
    assert_eq!(found("a.zip", &zipped(&[("scan", &dicom)]))[0].kind, Kind::Dicom);
    let named = zipped(&[("Smith 943 476 5919.txt", b"x")]);
    assert_eq!(places("a.zip", &named), ["in the name of the packed file Smi••••.txt"]);
}

#[test]
fn what_unpacks_to_too_much_is_said_and_left() {
    let zeros = vec![b' '; 110_000_000];
    let bytes = zipped(&[("word/document.xml", &zeros), TYPES]);
    assert!(bytes.len() < 1_000_000);
    let found = found("a.docx", &bytes);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].kind, Kind::NotRead(NotRead::TooLarge));
}

#[test]
fn scanners_images_are_known_without_their_usual_beginning() {
    let element = b"\x08\0\x05\0CS\x0a\0ISO_IR 100\x08\0\x08\0CS\x08\0ORIGINAL";
    assert_eq!(found("a.bin", element)[0].kind, Kind::Dicom);
    let implicit = b"\x08\0\x05\0\x0a\0\0\0ISO_IR 100\x08\0\x08\0\x08\0\0\0ORIGINAL";
    assert_eq!(found("a", implicit)[0].kind, Kind::Dicom);
}

/// A PDF file with these objects.
pub(super) fn pdf(objects: &[&str]) -> Vec<u8> {
    let mut text = "%PDF-1.7\n".to_string();
    for (index, object) in objects.iter().enumerate() {
        let _ = write!(text, "{} 0 obj\n{object}\nendobj\n", index + 1);
    }
    text.push_str("trailer << /Root 1 0 R >>\n%%EOF\n");
    text.into_bytes()
}

fn stream(content: &str) -> String {
    format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len())
}

#[test]
fn pages_notes_and_properties_of_a_pdf_file_are_read() {
    let table = stream(
        "1 begincodespacerange <00> <ff> endcodespacerange 1 beginbfrange <01> <0a> <0030> endbfrange",
    );
    let page = stream("BT /F1 12 Tf 1 0 0 1 10 700 Tm [<0a0504> -300 <050807> -300 <060a020a>] TJ ET");
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R 4 0 R] /Count 2 /Resources << /Font << /F1 5 0 R >> >> >>",
        "<< /Type /Page /Parent 2 0 R /Contents 9 0 R >>",
        "<< /Type /Page /Parent 2 0 R /Contents [7 0 R] /Annots [8 0 R] >>",
        "<< /Type /Font /Subtype /Type1 /ToUnicode 6 0 R >>",
        &table,
        &page,
        "<< /Subtype /Text /Rect [0 0 1 1] /T (Sarah Example) /Contents (see 943 476 5919) >>",
        &stream("BT (nothing) Tj ET"),
        "<< /Producer (x) /Author (Sarah Example) /Title (NHS 9434765919) >>",
        &stream("BT (old 943 476 5919) Tj ET"),
    ]);
    assert_eq!(
        places("a.pdf", &file),
        [
            "in a note, a link or a field on its pages",
            "in a part that no page shows any more",
            "in the properties of the document",
            "on page 2",
        ]
    );
    assert!(found("a.pdf", &file).iter().any(|inside| inside.kind == Kind::AuthorName));
    let locked = pdf(&["<< /Type /Catalog >>", "<< /Filter /Standard >>"]);
    let locked = String::from_utf8(locked).unwrap().replace("/Root 1 0 R", "/Root 1 0 R /Encrypt 2 0 R");
    assert_eq!(found("a.pdf", locked.as_bytes())[0].kind, Kind::NotRead(NotRead::Locked));
}

#[test]
fn letters_set_one_by_one_are_put_together() {
    let letters: String = "943 476 5919"
        .chars()
        .enumerate()
        .map(|(index, letter)| format!("1 0 0 1 {} 700 Tm ({letter}) Tj ", index * 6))
        .collect();
    let file = pdf(&[
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] >>",
        "<< /Type /Page /Contents 4 0 R >>",
        &stream(&format!("BT {letters} ET")),
    ]);
    assert_eq!(places("a.pdf", &file), ["on page 1"]);
}

#[test]
fn pictures_tell_what_stands_beside_their_pixels() {
    let mut png = b"\x89PNG\r\n\x1a\n".to_vec();
    for (kind, data) in [
        (b"tEXt", b"Comment\0NHS 943 476 5919".as_slice()),
        (b"IDAT", &[0; 40]),
        (b"tEXt", b"Author\0Sarah Example"),
        (b"IEND", b""),
    ] {
        png.extend((data.len() as u32).to_be_bytes());
        png.extend(kind);
        png.extend(data);
        png.extend([0; 4]);
    }
    let inside = found("a.png", &png);
    assert_eq!(places("a.png", &png), ["in the text beside the picture"]);
    assert!(inside.iter().any(|inside| inside.kind == Kind::AuthorName), "{inside:?}");

    let mut jpeg = b"\xff\xd8".to_vec();
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude=\"1\"><dc:creator><rdf:li>Sarah Example</rdf:li></dc:creator><a>943 476 5919</a></x>";
    for (marker, data) in [(0xfe, b"NHS 943 476 5919".as_slice()), (0xe1, xmp)] {
        jpeg.extend([0xff, marker]);
        jpeg.extend((data.len() as u16 + 2).to_be_bytes());
        jpeg.extend(data);
    }
    jpeg.extend(b"\xff\xda\0\x02pixels\xff\xd9");
    assert_eq!(places("a.jpg", &jpeg), ["in the comment of the picture", "in the properties of the picture"]);
    let kinds: Vec<Kind> = found("a.jpg", &jpeg).into_iter().map(|inside| inside.kind).collect();
    assert!(kinds.contains(&Kind::Position) && kinds.contains(&Kind::AuthorName));

    let mut gif = b"GIF89a\x01\0\x01\0\0\0\0!\xfe".to_vec();
    gif.push(NUMBER.len() as u8);
    gif.extend(NUMBER.bytes());
    gif.extend(b"\0;");
    assert_eq!(places("a.gif", &gif), ["in the comment of the picture"]);
}

#[test]
fn old_formats_are_looked_at_roughly_and_that_is_said() {
    let mut doc = super::compound::SIGNATURE.to_vec();
    doc.extend([0; 100]);
    doc.extend("NHS number 943 476 5919".encode_utf16().flat_map(u16::to_le_bytes));
    doc.extend([0; 8]);
    doc.extend("Workbook".encode_utf16().flat_map(u16::to_le_bytes));
    doc.extend([0; 8]);
    doc.extend(4_010_232_137_f64.to_le_bytes());
    let kinds: Vec<(Kind, bool)> =
        found("a.xls", &doc).into_iter().map(|inside| (inside.kind, inside.is_sure)).collect();
    assert_eq!(kinds, [(Kind::NhsNumber, false), (Kind::NhsNumber, true), (Kind::RoughlyRead, false)]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn damaged_files_are_looked_at_without_panic(
        which in 0_usize..6,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        cut in any::<prop::sample::Index>(),
    ) {
        let table = stream("1 beginbfrange <00> <ff> [<0030>] endbfrange <00> <ffff> <0030> endbfrange");
        let mut bytes = match which {
            0 => workbook(),
            1 => pdf(&["<< /Type /Catalog /Pages 2 0 R >>", "<< /Kids [3 0 R 2 0 R] /Resources << /Font << /F 4 0 R >> /XObject << /X 3 0 R >> >> >>",
                "<< /Type /Page /Parent 2 0 R /Contents 3 0 R /Subtype /Form /Length 20 >>\nstream\nBT /F 1 Tf (a) Tj /X Do ET\nendstream", "<< /ToUnicode 5 0 R >>", &table]),
            2 => b"\xff\xd8\xff\xe1\0\x40Exif\0\0MM\0*\0\0\0\x08\0\x02\x88\x25\0\x04\0\0\0\x01\0\0\0\x1a\x87\x69\0\x04\0\0\0\x01\0\0\0\x08\0\x01\0\x02\0\x05\0\0\0\x03\0\0\0\0\0\0\0\0\xff\xda".to_vec(),
            3 => br"{\rtf1\ansi \u-3 {\*\objdata 504b0304}\'zz\par\u99999999999}".to_vec(),
            4 => b"RIFF\x40\0\0\0WEBPEXIF\x10\0\0\0II*\0\x08\0\0\0\x01\0\0\0\0\0\0\0XMP \x04\0\0\0<a b".to_vec(),
            _ => b"\x89PNG\r\n\x1a\n\0\0\0\x05zTXta\0\0\x78\x9c....\0\0\0\x05iTXta\0\x01\0\0....".to_vec(),
        };
        for (at, byte) in changes {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        bytes.truncate(cut.index(bytes.len()) + 1);
        for name in ["a.docx", "a.pdf", "a.eml", "a.svg"] {
            found(name, &bytes);
        }
    }

    #[test]
    fn any_bytes_are_looked_at(start in prop::sample::select(vec![
        b"PK\x03\x04".as_slice(), b"%PDF-1.4 1 0 obj", b"{\\rtf", b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"GIF89a", b"RIFF    WEBP",
        b"II*\0", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", b"\x1f\x8b", b"",
    ]), rest in prop::collection::vec(any::<u8>(), 0..300)) {
        let bytes = [start, &rest].concat();
        for name in ["a.bin", "a.eml"] {
            found(name, &bytes);
        }
    }
}
