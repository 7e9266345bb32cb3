"""Documents as PDF files: laid out, painted with Qt in memory, written beside the target and moved into place."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QUuid
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from desktop_app.checklists.sheet import Sheet
from desktop_app.content.model import Edition
from desktop_app.errors import CannotWriteError
from desktop_app.files import write_whole
from desktop_app.printing.article_document import article_document
from desktop_app.printing.binder_document import IndexWords, binder_document
from desktop_app.printing.document import Document, Paper, PrintOptions
from desktop_app.printing.layout import LaidOut, lay_out
from desktop_app.printing.leaflet_document import leaflet_document
from desktop_app.printing.paint import paint_page
from desktop_app.printing.pdf_tags import finished, metadata
from desktop_app.printing.sheet_document import sheet_document
from desktop_app.printing.typeface import UNITS, create_application, load_typeface
from desktop_app.reading.page import Page

__all__ = [
    "Paper",
    "PrintOptions",
    "create_application",
    "pdf_bytes",
    "save",
    "write_article",
    "write_binder",
    "write_document",
    "write_leaflet",
    "write_sheet",
]

_DOTS = 72 * UNITS
_ADVICE = "Choose another folder or file name, or close the file if it is open."


def write_sheet(sheet: Sheet, target: Path, options: PrintOptions) -> int:
    """Write a checklist sheet as PDF and return its number of pages.

    Raises CannotWriteError when the file cannot be written; nothing half-written is left behind.
    """
    return write_document(sheet_document(sheet), target, options)


def write_leaflet(page: Page, edition: Edition, target: Path, options: PrintOptions, printed_on: date) -> int:
    """Write the patient text of an article as a handout; ``page`` must be rendered for patients. Errors as ``write_sheet``."""
    return write_document(leaflet_document(page, edition, printed_on), target, options)


def write_article(
    page: Page,
    edition: Edition,
    target: Path,
    options: PrintOptions,
    printed_on: date,
    sections: frozenset[str] | None = None,
    with_references: bool = True,
) -> int:
    """Write an article at the audience it is rendered for, or some of its sections (ids). Errors as ``write_sheet``."""
    return write_document(article_document(page, edition, printed_on, sections, with_references), target, options)


def write_binder(
    sheets: Sequence[Sheet], edition: Edition, index_words: IndexWords, target: Path, options: PrintOptions, printed_on: date
) -> int:
    """Write all sheets as one PDF with cover, contents, index (word -> sheet ids) and bookmarks. Errors as ``write_sheet``.

    No sheet at all raises NotFoundError.
    """
    return write_document(binder_document(sheets, edition, index_words, printed_on), target, options)


def write_document(document: Document, target: Path, options: PrintOptions) -> int:
    """Write any document as PDF and return its number of pages; errors as ``write_sheet``."""
    laid_out = lay_out(document, options)
    save(pdf_bytes(laid_out), target)
    return len(laid_out.pages)


def pdf_bytes(laid_out: LaidOut) -> bytes:
    """Return a laid-out document as the bytes of a PDF."""
    typeface = load_typeface()
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(_DOTS)
    writer.setTitle(laid_out.title)
    writer.setCreator("Wardbook")
    writer.setColorModel(QPdfWriter.ColorModel.Grayscale)
    # The identity of a PDF follows from its words: printing the same thing twice gives the same file.
    name = uuid.uuid5(uuid.NAMESPACE_OID, f"{laid_out.options}" + "".join(page.text() for page in laid_out.pages))
    writer.setDocumentId(QUuid(str(name)))
    writer.setDocumentXmpMetadata(metadata(laid_out.title, laid_out.subject, laid_out.printed_on, str(name)))
    size = QPageSize.PageSizeId.A4 if laid_out.options.paper is Paper.A4 else QPageSize.PageSizeId.Letter
    layout = QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0))
    writer.setPageLayout(layout)
    painter = QPainter(writer)
    try:
        for number, page in enumerate(laid_out.pages):
            if number:
                writer.newPage()
            paint_page(painter, page, typeface, _DOTS)
    finally:
        painter.end()
    return finished(bytes(buffer.data().data()), laid_out)


def save(data: bytes, target: Path) -> None:
    """Write a file so that it is there whole or not at all; raises CannotWriteError in words."""
    try:
        write_whole(data, target)
    except OSError as fault:
        raise CannotWriteError(f"The file {target.name or target} cannot be written: {fault.strerror}.", _ADVICE) from fault
