//! Documents, pictures and archives made here, each with a text in one of the parts that people forget.

use std::io::{Cursor, Write as _};

use image::{DynamicImage, ImageFormat, RgbImage};
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// An archive of these files.
pub(crate) fn zipped<Bytes: AsRef<[u8]>>(parts: &[(&str, Bytes)]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive.start_file(*name, SimpleFileOptions::default()).unwrap();
        archive.write_all(bytes.as_ref()).unwrap();
    }
    archive.finish().unwrap().into_inner()
}

/// An Office file of these parts.
pub(crate) fn office(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let types: [(&str, &[u8]); 1] = [("[Content_Types].xml", b"<Types/>")];
    zipped(&[&types, parts].concat())
}

/// A Word file with this markup in its one paragraph.
pub(crate) fn word(markup: &str, others: &[(&str, &str)]) -> Vec<u8> {
    let main = format!("<w:document><w:body><w:p>{markup}</w:p></w:body></w:document>");
    let mut parts = vec![("word/document.xml", main.as_bytes())];
    parts.extend(others.iter().map(|(name, xml)| (*name, xml.as_bytes())));
    office(&parts)
}

/// A Word file with a text.
pub(crate) fn document(text: &str) -> Vec<u8> {
    word(&run(text), &[])
}

/// Words of one look in a Word file.
pub(crate) fn run(text: &str) -> String {
    format!("<w:r><w:t>{text}</w:t></w:r>")
}

/// The part of a Word file with its comments.
pub(crate) fn comment(author: &str, text: &str) -> String {
    let words = run(text);
    format!("<w:comments><w:comment w:author=\"{author}\"><w:p>{words}</w:p></w:comment></w:comments>")
}

/// The part of an Office file that says who made it.
pub(crate) fn made_by(author: &str) -> String {
    format!("<cp:coreProperties><dc:creator>{author}</dc:creator></cp:coreProperties>")
}

fn related(part: &str) -> String {
    format!("<Relationships><Relationship Id=\"r1\" Target=\"{part}\"/></Relationships>")
}

/// An Excel file with a text in cell B2 of its sheet.
pub(crate) fn workbook(state: &str, text: &str) -> Vec<u8> {
    let main =
        format!("<workbook><sheets><sheet name=\"Data\" state=\"{state}\" r:id=\"r1\"/></sheets></workbook>");
    let sheet = "<worksheet><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Site</t></is></c></row>\
                 <row r=\"2\"><c r=\"B2\" t=\"s\"><v>0</v></c></row></sheetData></worksheet>";
    office(&[
        ("xl/workbook.xml", main.as_bytes()),
        ("xl/_rels/workbook.xml.rels", related("worksheets/sheet1.xml").as_bytes()),
        ("xl/sharedStrings.xml", format!("<sst><si><t>{text}</t></si></sst>").as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ])
}

/// An Excel file whose pivot table keeps a text that no sheet has any more.
fn pivot(text: &str) -> Vec<u8> {
    let cache = format!(
        "<pivotCacheDefinition><cacheFields><cacheField name=\"Seen\"><sharedItems><s v=\"{text}\"/></sharedItems></cacheField>\
         </cacheFields></pivotCacheDefinition>"
    );
    office(&[
        ("xl/workbook.xml", b"<workbook/>"),
        ("xl/pivotCache/pivotCacheDefinition1.xml", cache.as_bytes()),
    ])
}

/// A `PowerPoint` file of one slide, with further parts.
fn deck(attribute: &str, text: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let main = "<p:presentation><p:sldIdLst><p:sldId id=\"256\" r:id=\"r1\"/></p:sldIdLst></p:presentation>";
    let slide = format!("<p:sld{attribute}>{}</p:sld>", drawn(text));
    let relations = related("slides/slide1.xml");
    let mut parts = vec![
        ("ppt/presentation.xml", main.as_bytes()),
        ("ppt/_rels/presentation.xml.rels", relations.as_bytes()),
        ("ppt/slides/slide1.xml", slide.as_bytes()),
    ];
    parts.extend(others);
    office(&parts)
}

fn drawn(text: &str) -> String {
    format!("<a:p><a:r><a:t>{text}</a:t></a:r></a:p>")
}

/// A `PowerPoint` file with a text in the speaker notes of its slide.
pub(crate) fn spoken(text: &str) -> Vec<u8> {
    let notes = format!("<p:notes>{}</p:notes>", drawn(text));
    deck(
        "",
        "Thanks",
        &[
            ("ppt/notesSlides/notesSlide1.xml", notes.as_bytes()),
            ("ppt/notesSlides/_rels/notesSlide1.xml.rels", related("../slides/slide1.xml").as_bytes()),
        ],
    )
}

/// A PDF file with a text on its page.
pub(crate) fn pdf(text: &str) -> Vec<u8> {
    let page = format!("BT ({text}) Tj ET");
    format!(
        "%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n2 0 obj\n<< /Kids [3 0 R] >>\nendobj\n3 0 obj\n<< /Type /Page \
         /Contents 4 0 R >>\nendobj\n4 0 obj\n<< /Length {} >>\nstream\n{page}\nendstream\nendobj\n",
        page.len()
    )
    .into_bytes()
}

/// A photo with a block of this kind before its pixels.
fn photo(marker: u8, block: &[u8]) -> Vec<u8> {
    let mut bytes = Vec::new();
    let picture = DynamicImage::from(RgbImage::new(40, 30));
    picture.write_to(&mut Cursor::new(&mut bytes), ImageFormat::Jpeg).unwrap();
    let length = u16::try_from(block.len() + 2).unwrap().to_be_bytes();
    [&bytes[..2], &[0xff, marker], &length, block, &bytes[2..]].concat()
}

/// A photo whose EXIF block has a text under this tag.
pub(crate) fn exposed(tag: u16, text: &str) -> Vec<u8> {
    let mut exif = b"Exif\0\0MM\0\x2a\0\0\0\x08\0\x01".to_vec();
    // One entry: letters, behind the table.
    exif.extend(tag.to_be_bytes());
    exif.extend(b"\0\x02");
    exif.extend(u32::try_from(text.len() + 1).unwrap().to_be_bytes());
    exif.extend(b"\0\0\0\x1a\0\0\0\0");
    exif.extend(text.bytes());
    exif.push(0);
    photo(0xe1, &exif)
}

/// The tag of what a photo shows.
pub(crate) const DESCRIPTION: u16 = 0x010e;

/// A file for each part of a document, picture or archive that can hold a text: its name, its bytes, and where the text
/// stands in it.
pub(crate) fn holding(text: &str) -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let deleted = format!("<w:del w:author=\"Office\"><w:r><w:delText>{text}</w:delText></w:r></w:del>");
    let inner = zipped(&[("note.txt", format!("Minutes\n{text}\n"))]);
    vec![
        ("text.docx", document(text), "in the text"),
        (
            "comment.docx",
            word(&run("Draft"), &[("word/comments.xml", &comment("Office", text))]),
            "in comment 1",
        ),
        (
            "changed.docx",
            word(&deleted, &[]),
            "in the text, in words that were deleted and are still there (tracked changes)",
        ),
        ("hidden.xlsx", workbook("hidden", text), "in cell B2 of the hidden sheet “Data”"),
        ("pivot.xlsx", pivot(text), "in the copy of the figures that a pivot table keeps"),
        (
            "chart.pptx",
            deck("", "Waits", &[("ppt/embeddings/Chart_Data.xlsx", &workbook("visible", text))]),
            "in cell B2 of the sheet “Data”, in the embedded file Chart_Data.xlsx",
        ),
        ("notes.pptx", spoken(text), "in the speaker notes of slide 1"),
        ("slide.pptx", deck(" show=\"0\"", text, &[]), "on hidden slide 1"),
        ("page.pdf", pdf(text), "on page 1"),
        ("described.jpg", exposed(DESCRIPTION, text), "in what its camera or program wrote into it"),
        ("said.jpg", photo(0xfe, text.as_bytes()), "in the comment of the picture"),
        (
            "nested.zip",
            zipped(&[("a/inner.zip", inner)]),
            "in line 2, in the packed file note.txt, in the packed file inner.zip",
        ),
    ]
}
