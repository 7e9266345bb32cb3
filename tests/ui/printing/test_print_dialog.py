"""The print dialog: what it shows comes out, what fails is said, the window never waits, nothing is remembered."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import QSettings, Qt
from PySide6.QtWidgets import QAbstractSpinBox, QCheckBox, QComboBox, QListWidget, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.content.audience import Audience
from desktop_app.printing.layout import LaidOut
from desktop_app.printing.printer import ABSENT, PrinterChoice, PrinterError
from desktop_app.ui.background import Background, InlineBackground
from desktop_app.ui.checklist_dialog import ChecklistDialog, article_dialog, binder_dialog, leaflet_dialog
from desktop_app.ui.print_dialog import LOOKING, Outlets, file_name
from tests.unit.printing.paper import EDITION, TODAY, checklist, page, sheet

# The platform without a screen says that it cannot tell a window manager about sizes.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support propagateSizeHints")

OFFICE = PrinterChoice("Office", "Office (default)", True)
WARD = PrinterChoice("Ward", "Ward", False)


class Desk:
    """Stands in for printers and for the file dialog, and remembers what was asked of it."""

    def __init__(self, printers: Sequence[PrinterChoice] = (), target: Path | None = None, fails: bool = False) -> None:
        self.found, self.target, self.fails = tuple(printers), target, fails
        self.jobs: list[tuple[str, str, int, int]] = []
        self.offered: list[str] = []

    def paper(self, laid_out: LaidOut, name: str, copies: int) -> int:
        if self.fails:
            raise PrinterError(f"The printer “{name}” does not accept a job now.")
        self.jobs.append((laid_out.title, name, copies, len(laid_out.pages)))
        return len(laid_out.pages)

    def file(self, parent: QWidget, name: str) -> Path | None:
        self.offered.append(name)
        return self.target

    @property
    def outlets(self) -> Outlets:
        return Outlets(lambda: self.found, self.paper, self.file)


def _dialog(qtbot: QtBot, desk: Desk, background: Background | None = None) -> ChecklistDialog:
    dialog = ChecklistDialog(checklist(), sheet(), background or InlineBackground(), outlets=desk.outlets)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    return dialog


def test_no_printer_is_said_and_pdf_is_offered(qtbot: QtBot) -> None:
    """Without a printer there is a sentence, Print cannot be pressed, and Save as PDF is the button of the Enter key."""
    dialog = _dialog(qtbot, Desk())
    assert dialog.message.startswith(ABSENT)
    assert "PDF" in dialog.message
    assert not dialog.print_button.isEnabled()
    assert dialog.save_button.isEnabled()
    assert dialog.save_button.isDefault()


def test_printing_sends_what_is_shown(qtbot: QtBot) -> None:
    """The job has title and edition as its name, the chosen printer, the copies and the pages of the preview."""
    desk = Desk((OFFICE, WARD))
    dialog = _dialog(qtbot, desk)
    dialog.printer.setCurrentIndex(1)
    dialog.copies.setValue(3)
    dialog.print_button.click()
    assert desk.jobs == [("Pitfalls: leg pain, edition 1", "Ward", 3, len(dialog.laid_out.pages))]
    assert dialog.message == "Sent to Ward: 1 page, 3 copies."


def test_a_failing_printer_is_said_and_pdf_is_offered(qtbot: QtBot) -> None:
    """A printer that refuses gives its sentence in the dialog, and the dialog can still save."""
    dialog = _dialog(qtbot, Desk((OFFICE,), fails=True))
    dialog.print_button.click()
    assert "“Office” does not accept a job now. Save it as a PDF instead" in dialog.message
    assert dialog.save_button.isEnabled()
    assert dialog.print_button.isEnabled()


def test_save_as_pdf_writes_the_shown_pages(qtbot: QtBot, tmp_path: Path) -> None:
    """The file holds the pages of the preview and is offered under the title of the sheet."""
    desk = Desk(target=tmp_path / "out.pdf")
    dialog = _dialog(qtbot, desk)
    dialog.large_print.setChecked(True)
    dialog.save_button.click()
    assert desk.offered == ["pitfalls-leg-pain-edition-1.pdf"]
    assert len(PdfReader(tmp_path / "out.pdf").pages) == len(dialog.laid_out.pages)
    assert dialog.message.startswith("Saved out.pdf: ")


def test_a_file_that_cannot_be_written_is_said(qtbot: QtBot, tmp_path: Path) -> None:
    """A folder that is not there gives a sentence and leaves nothing behind."""
    dialog = _dialog(qtbot, Desk(target=tmp_path / "missing" / "out.pdf"))
    dialog.save_button.click()
    assert "cannot be written" in dialog.message
    assert list(tmp_path.iterdir()) == []


def test_changing_ones_mind_writes_nothing(qtbot: QtBot) -> None:
    """When the file dialog is closed, the sentence and the buttons stay as they were."""
    dialog = _dialog(qtbot, Desk((OFFICE,)))
    dialog.save_button.click()
    assert dialog.message == ""
    assert dialog.save_button.isEnabled()


def test_the_preview_follows_the_choices(qtbot: QtBot) -> None:
    """Paper, size and grey change the pages that are shown and that would come out."""
    dialog = _dialog(qtbot, Desk())
    dialog.paper.setCurrentIndex(0)
    assert dialog.laid_out.pages[0].height == 842
    dialog.paper.setCurrentIndex(1)
    assert dialog.laid_out.pages[0].height == 792
    dialog.large_print.setChecked(True)
    assert min(mark.size for mark in dialog.laid_out.pages[0].texts()) >= 16
    dialog.greyscale.setChecked(True)
    assert dialog.laid_out.options.greyscale
    dialog.show()
    assert dialog.pages.grab().toImage().pixelColor(60, 60).lightness() == 255
    assert dialog.pages.accessibleDescription().startswith("Pitfalls: leg pain")


def test_the_window_does_not_wait_for_printers(qtbot: QtBot) -> None:
    """While the system is still looking for printers the pages are shown and a sentence says what is going on."""
    answer = threading.Event()
    background = Background()

    def slow() -> Sequence[PrinterChoice]:
        answer.wait(30)
        return (OFFICE,)

    dialog = ChecklistDialog(checklist(), sheet(), background, outlets=Outlets(slow, Desk().paper, Desk().file))
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    try:
        assert dialog.message == LOOKING
        assert dialog.laid_out.pages
        assert dialog.save_button.isEnabled()
        assert not dialog.print_button.isEnabled()
        answer.set()
        qtbot.waitUntil(dialog.print_button.isEnabled)
        assert dialog.printer.currentText() == "Office (default)"
        assert dialog.message == ""
    finally:
        answer.set()
        background.stop()


def test_an_answer_after_closing_is_dropped(qtbot: QtBot) -> None:
    """A list of printers that comes when the dialog is gone does no harm."""
    answer, background = threading.Event(), Background()

    def slow() -> Sequence[PrinterChoice]:
        answer.wait(30)
        return (OFFICE,)

    dialog = ChecklistDialog(checklist(), sheet(), background, outlets=Outlets(slow, Desk().paper, Desk().file))
    with qtbot.waitSignal(dialog.destroyed):
        dialog.show()
        dialog.close()
    with qtbot.waitSignal(background._answered):
        answer.set()
    background.stop()


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    """A screen reader has a name for everything that can take the focus, and a test can find it by object name."""
    dialog = article_dialog(page(), EDITION, TODAY, InlineBackground())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    for kind in (QComboBox, QPushButton, QCheckBox, QListWidget, QAbstractSpinBox):
        for widget in dialog.findChildren(kind):
            if widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
                assert widget.accessibleName(), widget
                assert widget.objectName(), widget


def test_sections_of_an_article_can_be_chosen(qtbot: QtBot) -> None:
    """A section that is unticked is not in the pages, and references can be left out."""
    dialog = article_dialog(page(), EDITION, TODAY, InlineBackground())
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
    qtbot.addWidget(dialog)
    assert "Call the surgeon" in dialog.laid_out.pages[0].text()
    dialog.sections.item(2).setCheckState(Qt.CheckState.Unchecked)
    dialog.references.setChecked(False)
    text = dialog.laid_out.pages[0].text()
    assert "Call the surgeon" not in text
    assert "This print holds 2 of 3 sections" in text
    assert "References are left out" in text


def test_reasons_and_sources_stand_beside_the_sheet(qtbot: QtBot) -> None:
    """What the sheet leaves to the screen is there: why each item is missed, and every source in full."""
    dialog = _dialog(qtbot, Desk())
    text = dialog.details.toPlainText()
    assert "Why it is missed: Rarely felt." in text
    assert "Title of B" in text
    assert dialog.details.isReadOnly()


def test_leaflet_and_binder_open_in_the_same_dialog(qtbot: QtBot) -> None:
    """Both show their pages and have no list of sections."""
    for dialog in (
        leaflet_dialog(page(Audience.PATIENT), EDITION, TODAY, InlineBackground()),
        binder_dialog([sheet()], EDITION, [("Leg", ("leg",))], TODAY, InlineBackground()),
    ):
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, False)
        qtbot.addWidget(dialog)
        assert dialog.laid_out.pages
        assert dialog.sections.isHidden()


def test_nothing_is_remembered(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second dialog starts as the first did, and no setting was written on the way."""
    written: list[str] = []
    monkeypatch.setattr(QSettings, "setValue", lambda self, key, value: written.append(key))
    first = _dialog(qtbot, Desk((OFFICE, WARD)))
    fresh = (first.choice, first.copies.value(), first.printer.currentText())
    first.large_print.setChecked(True)
    first.copies.setValue(7)
    first.printer.setCurrentIndex(1)
    first.close()
    second = _dialog(qtbot, Desk((OFFICE, WARD)))
    assert (second.choice, second.copies.value(), second.printer.currentText()) == fresh
    assert written == []


def test_file_names_are_plain() -> None:
    """A title becomes letters, digits and hyphens."""
    assert file_name("Pitfalls: leg / pain?, edition 1") == "pitfalls-leg-pain-edition-1.pdf"
