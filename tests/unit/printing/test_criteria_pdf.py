"""The standard on rendered pages: a good sheet passes, and each fault is seen."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from PySide6.QtGui import QGuiApplication

from benchmarks.paper_cases import faults_of
from desktop_app.printing import style
from desktop_app.printing.criteria_pdf import check_pdf, contrast
from desktop_app.printing.document import Paper, PrintOptions
from desktop_app.printing.layout import LaidOut, lay_out
from desktop_app.printing.pdf import pdf_bytes
from desktop_app.printing.pieces import PaintedPage, Part, TextMark
from desktop_app.printing.sheet_document import sheet_document
from tests.unit.printing.paper import sheet


def _laid_out(large: bool = False) -> LaidOut:
    return lay_out(sheet_document(sheet()), PrintOptions(large_print=large))


def _failing(laid_out: LaidOut) -> set[int]:
    return {finding.criterion for finding in check_pdf(pdf_bytes(laid_out), sheet(), laid_out.options)}


def _with_marks(laid_out: LaidOut, change: Callable[[TextMark], TextMark | None]) -> LaidOut:
    """Return the pages with every text mark changed, or dropped where the change gives None."""

    def part_of(part: Part) -> Part:
        marks = (change(mark) if isinstance(mark, TextMark) else mark for mark in part.marks)
        return replace(part, marks=tuple(mark for mark in marks if mark is not None))

    pages = tuple(PaintedPage(p.width, p.height, tuple(part_of(part) for part in p.parts)) for p in laid_out.pages)
    return replace(laid_out, pages=pages)


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("large", [False, True])
def test_a_good_sheet_passes(application: QGuiApplication, paper: Paper, large: bool) -> None:
    """A sheet as this program prints it has no finding on any paper and in any size."""
    options = PrintOptions(paper, large)
    assert check_pdf(pdf_bytes(lay_out(sheet_document(sheet()), options)), sheet(), options) == ()


def test_small_type_is_seen(application: QGuiApplication) -> None:
    """A page number of 11 points fails criterion 18, although everything else is larger."""
    shrunk = _with_marks(_laid_out(), lambda m: replace(m, size=11.0) if m.text.startswith("page ") else m)
    assert 18 in _failing(shrunk)


def test_normal_print_is_not_large_print(application: QGuiApplication) -> None:
    """A page of 12 points that claims to be large print fails criterion 18."""
    assert 18 in _failing(replace(_laid_out(), options=PrintOptions(large_print=True)))


def test_capitals_are_seen(application: QGuiApplication) -> None:
    """A line in capitals fails criterion 17."""
    loud = _with_marks(_laid_out(), lambda m: replace(m, text=m.text.upper()) if m.text.startswith("Now") else m)
    assert 17 in _failing(loud)


def test_crowded_lines_are_seen(application: QGuiApplication) -> None:
    """Lines that stand closer than a quarter of their size fail criterion 19."""
    assert 19 in _failing(_with_marks(_laid_out(), lambda m: replace(m, y=m.y * 0.8)))


def test_a_lost_text_is_seen(application: QGuiApplication) -> None:
    """An item that is not on the page fails criterion 16, and the reader of the generated sheets sees it too."""
    cut = _with_marks(_laid_out(), lambda m: None if m.text.startswith("Feel") else m)
    assert 16 in _failing(cut)
    assert any(fault.startswith("divided or lost: Feel") for fault in faults_of(pdf_bytes(cut), sheet()))


@pytest.mark.parametrize(("words", "number"), [("Printed ", 28), ("Not yet approved", 29), (" Not yet trialled", 33)])
def test_a_page_that_hides_its_state_is_seen(application: QGuiApplication, words: str, number: int) -> None:
    """A footer without date of print, review state or trial fails."""
    silent = _with_marks(_laid_out(), lambda m: None if m.text.startswith(words) else m)
    assert number in _failing(silent)
    assert any("without" in fault for fault in faults_of(pdf_bytes(silent), sheet()))


def test_a_second_column_is_seen(application: QGuiApplication) -> None:
    """Items that start at two left edges fail criterion 15."""
    moved = _with_marks(_laid_out(), lambda m: replace(m, x=m.x + 100) if m.text.startswith("Feel") else m)
    assert 15 in _failing(moved)


def test_a_second_page_is_seen(application: QGuiApplication) -> None:
    """Two pages in normal print fail criterion 14."""
    once = _laid_out()
    assert 14 in _failing(replace(once, pages=once.pages * 2))


def test_contrast_is_that_of_wcag() -> None:
    """Black on white is 21:1 and the grey #767676 is 4.54:1, as the published definition gives."""
    assert contrast(0.0) == pytest.approx(21.0)
    assert contrast(0x76 / 255) == pytest.approx(4.54, abs=0.01)


def test_type_is_never_below_twelve_points() -> None:
    """No style that can be chosen has type below 12 points, or below 16 in large print."""
    for large, least in ((False, 12.0), (True, 16.0)):
        for fit in (0, 1, 2):
            for one in style.styles(large, fit):
                assert min(one.body, one.small, one.footer, one.section, one.part, one.title) >= least
