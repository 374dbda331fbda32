"""Reads Word files with a library that has nothing to do with netsite, and sets them as PDF to be looked at.

    pip install python-docx
    python tests/word/check.py FILE.docx ...

Says what the files hold and stops at what a good document may not lack. With LibreOffice (soffice) installed, a PDF is
written beside each file.
"""

import pathlib
import shutil
import subprocess
import sys

import docx
from docx.oxml.ns import qn


def check(path: pathlib.Path) -> None:
    document = docx.Document(str(path))
    properties = document.core_properties
    print(f"{path}: {properties.title!r} by {properties.author!r}, {properties.language}, version {properties.version}")
    assert properties.title and properties.author and properties.language

    # python-docx leaves out what stands in content controls, so headings are taken from the whole body.
    body = document.element.body
    names = {style.style_id: style.name for style in document.styles}
    for paragraph in body.iter(qn("w:p")):
        style = paragraph.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        name = names[style.get(qn("w:val"))] if style is not None else "Normal"
        if name.startswith(("Heading", "Title")):
            print(f"  {name}: {''.join(text.text or '' for text in paragraph.iter(qn('w:t')))}")
    assert any(name.startswith("Heading 1") for name in names.values())

    for table in body.iter(qn("w:tbl")):
        rows = list(table.iter(qn("w:tr")))
        heads = [row.find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None for row in rows]
        caption = table.find(f"{qn('w:tblPr')}/{qn('w:tblCaption')}").get(qn("w:val"))
        print(f"  {caption}: {len(rows)} rows")
        assert heads[0] and not any(heads[1:]), "the header row, and no other, stands again on each page"

    controls = list(body.iter(qn("w:sdt")))
    ids = [control.find(f"{qn('w:sdtPr')}/{qn('w:id')}").get(qn("w:val")) for control in controls]
    assert len(set(ids)) == len(ids), "two controls with one number"
    lists = {found.get(qn("w:val")) for found in body.iter(qn("w:numId"))}
    print(f"  {len(controls)} controls, {len(lists)} lists, styles {', '.join(sorted(names)[:6])} …")

    section = document.sections[0]
    print(f"  header {section.header.paragraphs[0].text!r}, page {section.page_width.mm:.0f} × {section.page_height.mm:.0f} mm")
    fields = [field.text.strip() for field in section.footer.part.element.iter(qn("w:instrText"))]
    assert fields == ["PAGE", "NUMPAGES"], fields


def main() -> None:
    files = [pathlib.Path(name) for name in sys.argv[1:]]
    for path in files:
        check(path)
    if shutil.which("soffice"):
        for path in files:
            command = ["soffice", "--headless", "--convert-to", "pdf", "--outdir", str(path.parent), str(path)]
            subprocess.run(command, check=True, capture_output=True)
            print(f"look at {path.with_suffix('.pdf')}")


if __name__ == "__main__":
    main()
