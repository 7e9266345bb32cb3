"""The PDF as a document: title, language, bookmarks, and a structure that names every text."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication

from desktop_app.checklists.sheet import make_sheet
from desktop_app.printing.binder_document import binder_document
from desktop_app.printing.document import Document, PrintOptions
from desktop_app.printing.layout import lay_out
from desktop_app.printing.pdf import pdf_bytes
from desktop_app.printing.pdf_file import read_pdf
from desktop_app.printing.sheet_document import sheet_document
from tests.unit.printing.paper import EDITION, TODAY, generated, sheet
from tests.unit.printing.paper import REFERENCES as BY_ID


def _reader(document: Document, options: PrintOptions | None = None) -> PdfReader:
    return PdfReader(io.BytesIO(pdf_bytes(lay_out(document, options or PrintOptions()))), strict=True)


def _root(reader: PdfReader) -> Any:
    return reader.trailer["/Root"]


def _walk(node: Any) -> Iterator[Any]:
    node = node.get_object()
    yield node
    for kid in node.get("/K", []) if isinstance(node, dict) and isinstance(node.get("/K"), list) else []:
        yield from _walk(kid)


def test_title_language_and_dates(application: QGuiApplication) -> None:
    """The PDF names its title, its language and the day it was printed, and shows the title in the window."""
    reader = _reader(sheet_document(sheet()))
    root = _root(reader)
    assert reader.metadata is not None
    assert reader.metadata.title == "Pitfalls: leg pain, edition 1"
    assert reader.metadata.creator == "Wardbook"
    assert reader.metadata.creation_date is not None
    assert reader.metadata.creation_date.date() == TODAY
    assert root["/Lang"] == "en-GB"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"]
    assert root["/MarkInfo"]["/Marked"]


def test_every_text_is_in_the_structure_or_an_artefact(application: QGuiApplication) -> None:
    """No text object stands outside marked content, and every mark of a page has an owner in the tree."""
    laid_out = lay_out(sheet_document(make_sheet(generated(3), BY_ID, EDITION, TODAY)), PrintOptions(large_print=True))
    data = pdf_bytes(laid_out)
    file, reader = read_pdf(data), PdfReader(io.BytesIO(data), strict=True)
    tree = _root(reader)["/StructTreeRoot"]["/ParentTree"]["/Nums"]
    assert len(laid_out.pages) > 1
    for index, number in enumerate(file.pages()):
        content = file.stream(file.reference(number, rb"/Contents")).decode("latin-1")
        depth = 0
        for line in content.split("\n"):
            depth += line.endswith((" BDC", " BMC"))
            depth -= line == "EMC"
            assert depth in (0, 1)
            assert depth == 1 or line not in {"BT", "S", "f"}
        marks = [int(number) for number in re.findall(r"/MCID (\d+)", content)]
        assert marks == list(range(len(marks)))
        assert tree[2 * index] == index
        assert len(tree[2 * index + 1]) == len(marks)


def test_the_structure_has_headings_and_lists(application: QGuiApplication) -> None:
    """A screen reader finds one title, a heading for each pause point, and a list item for each thing to do."""
    reader = _reader(sheet_document(sheet()))
    names = [str(node["/S"]) for node in _walk(_root(reader)["/StructTreeRoot"]["/K"]) if "/S" in node]
    assert names.count("/H1") == 1
    assert names.count("/H2") == 2
    assert names.count("/LI") == names.count("/LBody") == 3
    assert names.count("/L") == 2


def test_bookmarks_lead_to_the_first_page_of_each_sheet(application: QGuiApplication) -> None:
    """The binder's outline names every chapter, and each entry leads to the page that bears its title."""
    reader = _reader(binder_document([sheet()], EDITION, [("Leg", ("leg",))], TODAY))
    entries = [entry for entry in reader.outline if not isinstance(entry, list)]
    titles = {str(entry.title): reader.get_destination_page_number(entry) for entry in entries}
    assert titles == {"Cover": 0, "Contents": 1, "Index": 2, "Pitfalls: leg pain": 3}
    assert "Pitfalls: leg pain" in reader.pages[3].extract_text()


def test_what_is_no_pdf_is_refused() -> None:
    """Bytes that Qt did not write raise ValueError instead of becoming a broken file."""
    for data in (b"", b"%PDF-1.4", b"%PDF-1.4\nstartxref\n9\n%%EOF"):
        with pytest.raises(ValueError, match="PDF"):
            read_pdf(data)
