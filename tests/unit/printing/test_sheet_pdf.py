"""A sheet as PDF: whole, readable by a machine, or not there at all."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication

from desktop_app.checklists.sheet import Sheet, make_sheet
from desktop_app.content.model import (
    Answer,
    Checklist,
    ChecklistItem,
    Edition,
    PausePoint,
    Reference,
    ReferenceType,
    Trial,
)
from desktop_app.content.review import Review, ReviewState
from desktop_app.errors import EXIT_WRITE, CannotWriteError
from desktop_app.printing.document import Paper, PrintOptions
from desktop_app.printing.pdf import write_sheet

TODAY = date(2026, 11, 22)


def _sheet() -> Sheet:
    review = Review(ReviewState.UNDER_REVIEW, TODAY, TODAY, TODAY, date(2027, 11, 22))
    items = (
        ChecklistItem("feel", "Feel both foot pulses and compare warmth.", Answer.TICK, "", True, "a#b", "Rarely felt."),
        ChecklistItem("ck", "Measure creatine kinase before the next dose.", Answer.VALUE, "CK", False, "a#c", "Often late."),
    )
    checklist = Checklist(
        "leg", "Pitfalls: leg pain", "To tell the soft signs apart.", "Use before discharge. Tick, write, act.", (), (), review,
        1, (), Trial(), (PausePoint("Now, at the bedside", items),), ("A",),
    )  # fmt: skip
    edition = Edition(1, "First edition", TODAY, "a41f9c00", "An aid.", (), ())
    return make_sheet(checklist, {"A": Reference("A", ReferenceType.GUIDELINE, "T", "S", year=2024)}, edition, TODAY)


def _text(file: Path) -> str:
    return " ".join(subprocess.run(["pdftotext", str(file), "-"], capture_output=True, check=True, text=True).stdout.split())


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("large", [False, True])
def test_every_word_of_the_sheet_can_be_extracted(
    application: QGuiApplication, tmp_path: Path, paper: Paper, large: bool
) -> None:
    """What a machine reads from the PDF holds every text of the sheet and its footer."""
    sheet, target = _sheet(), tmp_path / "sheet.pdf"
    pages = write_sheet(sheet, target, PrintOptions(paper, large))
    found = _text(target)
    assert pages == len(PdfReader(target).pages) == 1
    for text in (*sheet.texts(), *sheet.footer.text.splitlines(), "page 1 of 1"):
        assert text in found


def test_a_folder_that_does_not_exist_is_told_in_words(application: QGuiApplication, tmp_path: Path) -> None:
    """A path that cannot be written raises the error for exit code 4 and leaves nothing behind."""
    with pytest.raises(CannotWriteError) as fault:
        write_sheet(_sheet(), tmp_path / "missing" / "sheet.pdf", PrintOptions())
    assert fault.value.exit_code == EXIT_WRITE
    assert list(tmp_path.iterdir()) == []


def test_a_letter_the_typeface_lacks_is_refused(application: QGuiApplication, tmp_path: Path) -> None:
    """A character without a drawing stops the print instead of leaving a hole in the text."""
    with pytest.raises(ValueError, match=r"U\+2194"):
        write_sheet(replace(_sheet(), purpose="A \u2194 B"), tmp_path / "sheet.pdf", PrintOptions())
    assert list(tmp_path.iterdir()) == []
