"""Paper: the same marks at the same places, the spooler is told title and edition, and faults are sentences."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize
from PySide6.QtPrintSupport import QPrinter

from desktop_app.errors import KnownError
from desktop_app.printing.document import PrintOptions
from desktop_app.printing.layout import LaidOut, lay_out
from desktop_app.printing.preview import page_image
from desktop_app.printing.printer import PrinterError, list_printers, paint_on, print_document
from desktop_app.printing.sheet_document import sheet_document
from tests.unit.printing.paper import sheet, words_of


def _laid_out(options: PrintOptions | None = None) -> LaidOut:
    return lay_out(sheet_document(sheet()), options or PrintOptions())


def _to_file(target: Path, name: str = "Pitfalls") -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setResolution(600)
    printer.setFullPage(True)
    printer.setPageLayout(QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, QMarginsF()))
    printer.setDocName(name)
    return printer


def test_a_printer_gets_every_word(application: QGuiApplication, tmp_path: Path) -> None:
    """What is painted on a printer's device holds the whole sheet with its footer."""
    target = tmp_path / "paper.pdf"
    assert paint_on(_to_file(target), _laid_out(), "file") == 1
    found = words_of(target).replace("\t", " ")
    for text in (*sheet().texts(), *sheet().footer.text.splitlines()):
        assert " ".join(text.split()) in found


def test_the_spooler_is_told_title_and_edition_only() -> None:
    """The name of the print job is made of content, never of anything typed."""
    assert sheet_document(sheet()).title == "Pitfalls: leg pain, edition 1"


def test_a_printer_that_is_gone_gives_a_sentence(application: QGuiApplication) -> None:
    """An unknown printer is told in words, with the PDF as the way out."""
    with pytest.raises(PrinterError, match="cannot be found any more") as fault:
        print_document(_laid_out(), "no such printer")
    assert "PDF" in str(fault.value)
    assert isinstance(fault.value, KnownError)


@pytest.mark.qt_log_ignore("QPainter::begin")
def test_a_device_that_cannot_be_painted_on_gives_a_sentence(application: QGuiApplication, tmp_path: Path) -> None:
    """A device that refuses the job is told in words instead of ending the program."""
    with pytest.raises(PrinterError, match="does not accept a job"):
        paint_on(_to_file(tmp_path / "missing" / "paper.pdf"), _laid_out(), "file")


def test_no_printer_is_no_error(application: QGuiApplication) -> None:
    """Asking for printers gives a list, the default one first, also where there is none."""
    found = list_printers()
    assert [choice.default for choice in found] == sorted((choice.default for choice in found), reverse=True)


def test_the_preview_is_the_page(application: QGuiApplication) -> None:
    """The picture has the shape of the paper, is white at its margin and black where boxes are drawn."""
    image = page_image(_laid_out(), 0, 72.0)
    assert (image.width(), image.height()) == (595, 842)
    assert image.pixelColor(5, 5).lightness() == 255
    darkest = min(image.pixelColor(x, 400).lightness() for x in range(595))
    assert darkest < 60


def test_a_grey_preview_holds_no_colour(application: QGuiApplication) -> None:
    """In shades of grey the picture has one channel and shows the same page."""
    grey = page_image(_laid_out(PrintOptions(greyscale=True)), 0, 72.0)
    assert grey.isGrayscale()
    assert grey.size() == page_image(_laid_out(), 0, 72.0).size()
