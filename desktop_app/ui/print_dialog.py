"""The print dialog: pages as they come out, paper, printer, and a PDF where there is no printer. It remembers nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import shiboken6
from PySide6.QtCore import QLocale, QStandardPaths, Qt
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QListWidgetItem,
    QPushButton,
    QSpinBox,
    QTabWidget,
    QVBoxLayout,
    QWidget,
)

from desktop_app.errors import KnownError
from desktop_app.printing.document import Paper, PrintOptions
from desktop_app.printing.layout import LaidOut
from desktop_app.printing.pdf import pdf_bytes, save
from desktop_app.printing.printer import ABSENT, INSTEAD, PrinterChoice, list_printers, print_document
from desktop_app.ui.background import Background
from desktop_app.ui.pages_view import PagesView

_W = TypeVar("_W", bound=QWidget)
LOOKING = "Looking for printers …"


@dataclass(frozen=True, slots=True)
class PrintChoice:
    """What was chosen: paper, and for an article which sections (None: all) and whether with references."""

    options: PrintOptions
    sections: frozenset[str] | None = None
    with_references: bool = True


Render = Callable[[PrintChoice], LaidOut]


def ask_for_file(parent: QWidget, name: str) -> Path | None:
    """Ask where a PDF goes; None when the person changed their mind."""
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    chosen, _ = QFileDialog.getSaveFileName(parent, "Save as PDF", str(Path(folder) / name), "PDF (*.pdf)")
    if not chosen:
        return None
    path = Path(chosen)
    return path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")


@dataclass(frozen=True, slots=True)
class Outlets:
    """Where paper and files go: the seam at which tests stand in for printers and for the file dialog."""

    printers: Callable[[], Sequence[PrinterChoice]] = list_printers
    paper: Callable[[LaidOut, str, int], int] = print_document
    file: Callable[[QWidget, str], Path | None] = ask_for_file


class PrintDialog(QDialog):
    """Shows a document and brings it to paper.

    ``render`` lays the document out for a choice; ``sections`` are (id, heading) of an article whose parts may be chosen.
    """

    def __init__(
        self,
        render: Render,
        background: Background,
        parent: QWidget | None = None,
        *,
        sections: Sequence[tuple[str, str]] = (),
        outlets: Outlets | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("print-dialog")
        self.setWindowTitle("Print")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._render = render
        self._background = background
        self._outlets = outlets or Outlets()
        self._build(sections)
        self._connect()
        self.resize(940, 640)
        self.laid_out = self._refresh()
        self._find_printers()

    @property
    def choice(self) -> PrintChoice:
        """Return what is chosen now."""
        options = PrintOptions(Paper(self.paper.currentData()), self.large_print.isChecked(), self.greyscale.isChecked())
        rows = [self.sections.item(row) for row in range(self.sections.count())]
        chosen = frozenset(row.data(Qt.ItemDataRole.UserRole) for row in rows if row.checkState() == Qt.CheckState.Checked)
        return PrintChoice(options, None if len(chosen) == len(rows) else chosen, self.references.isChecked())

    @property
    def message(self) -> str:
        """Return the sentence that is shown."""
        return self._status.text()

    def add_tab(self, widget: QWidget, title: str) -> None:
        """Add something to read beside the pages."""
        self.tabs.addTab(widget, title)
        self.tabs.tabBar().setVisible(True)

    def _build(self, sections: Sequence[tuple[str, str]]) -> None:
        self.pages = PagesView()
        self.tabs = QTabWidget()
        self.tabs.setObjectName("print-tabs")
        self.tabs.setAccessibleName("Preview and details")
        self.tabs.addTab(self.pages, "Preview")
        self.tabs.tabBar().setVisible(False)
        self.printer = _named(QComboBox(), "printer", "Printer")
        self.printer.addItem(LOOKING)
        self.printer.setEnabled(False)
        self.paper = _named(QComboBox(), "paper", "Paper")
        for paper in Paper:
            self.paper.addItem(paper.label, paper.value)
        self.paper.setCurrentIndex(list(Paper).index(_usual_paper()))
        self.copies = _named(QSpinBox(), "copies", "Copies")
        self.copies.setRange(1, 99)
        self.large_print = _named(QCheckBox("Large print (18 point)"), "large-print", "Large print, 18 point")
        self.greyscale = _named(QCheckBox("Shades of grey"), "greyscale", "Show and print in shades of grey")
        self.references = _named(QCheckBox("With references"), "references", "Print with references")
        self.references.setChecked(True)
        self.references.setVisible(bool(sections))
        self.sections = _named(QListWidget(), "print-sections", "Sections to print")
        self.sections.setVisible(bool(sections))
        for key, heading in sections:
            row = QListWidgetItem(heading, self.sections)
            row.setData(Qt.ItemDataRole.UserRole, key)
            row.setFlags(row.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            row.setCheckState(Qt.CheckState.Checked)
        self._status = _named(QLabel(LOOKING), "print-status", "Message")
        self._status.setTextFormat(Qt.TextFormat.PlainText)
        self._status.setWordWrap(True)
        self.print_button = _named(QPushButton("Print"), "print-now", "Print on the chosen printer")
        self.print_button.setEnabled(False)
        self.save_button = _named(QPushButton("Save as PDF …"), "save-pdf", "Save as PDF")
        self.close_button = _named(QPushButton("Close"), "close-print", "Close without printing")
        row_of_all = QHBoxLayout(self)
        row_of_all.addWidget(self.tabs, 1)
        row_of_all.addLayout(self._column())

    def _column(self) -> QVBoxLayout:
        form = QFormLayout()
        form.setRowWrapPolicy(QFormLayout.RowWrapPolicy.WrapAllRows)
        form.addRow("&Printer", self.printer)
        form.addRow("P&aper", self.paper)
        form.addRow("&Copies", self.copies)
        column = QVBoxLayout()
        column.addLayout(form)
        for widget in (self.large_print, self.greyscale, self.sections, self.references):
            column.addWidget(widget)
        column.addStretch(1)
        for foot in (self._status, self.print_button, self.save_button, self.close_button):
            foot.setMinimumWidth(240)
            column.addWidget(foot)
        return column

    def _connect(self) -> None:
        self.paper.currentIndexChanged.connect(self._on_changed)
        for box in (self.large_print, self.greyscale, self.references):
            box.toggled.connect(self._on_changed)
        self.sections.itemChanged.connect(self._on_changed)
        self.print_button.clicked.connect(self._on_print)
        self.save_button.clicked.connect(self._on_save)
        self.close_button.clicked.connect(self.close)
        self.print_button.setDefault(True)

    def _on_changed(self) -> None:
        self.laid_out = self._refresh()

    def _refresh(self) -> LaidOut:
        laid_out = self._render(self.choice)
        self.pages.show_pages(laid_out)
        self.setWindowTitle(f"Print: {laid_out.title}")
        return laid_out

    def _find_printers(self) -> None:
        self._background.run(self._outlets.printers, self._on_printers, self._on_no_printers)

    def _on_printers(self, found: Sequence[PrinterChoice]) -> None:
        if not shiboken6.isValid(self):
            return
        if not found:
            self._on_no_printers(KnownError(ABSENT, INSTEAD))
            return
        self.printer.clear()
        for choice in found:
            self.printer.addItem(choice.label, choice.name)
        self.printer.setEnabled(True)
        self.print_button.setEnabled(True)
        self._tell("")

    def _on_no_printers(self, error: KnownError) -> None:
        if not shiboken6.isValid(self):
            return
        self.printer.setItemText(0, "No printer")
        self._tell(str(error))
        self.save_button.setDefault(True)

    def _on_print(self) -> None:
        name, copies, laid_out = str(self.printer.currentData()), self.copies.value(), self.laid_out
        self._busy(f"Sending to {name} …")
        self._background.run(
            lambda: self._outlets.paper(laid_out, name, copies),
            lambda pages: self._done(f"Sent to {name}: {_pages(pages)}, {copies} {'copy' if copies == 1 else 'copies'}."),
            lambda error: self._done(str(error), failed=True),
        )

    def _on_save(self) -> None:
        path = self._outlets.file(self, file_name(self.laid_out.title))
        if path is None:
            return
        data, pages = pdf_bytes(self.laid_out), len(self.laid_out.pages)
        self._busy(f"Saving {path.name} …")
        # A file on a network drive may take its time: the window does not wait for it.
        self._background.run(
            lambda: save(data, path),
            lambda _: self._done(f"Saved {path.name}: {_pages(pages)}."),
            lambda error: self._done(str(error), failed=True),
        )

    def _busy(self, sentence: str) -> None:
        self.print_button.setEnabled(False)
        self.save_button.setEnabled(False)
        self._tell(sentence)

    def _done(self, sentence: str, failed: bool = False) -> None:
        if not shiboken6.isValid(self):
            return
        self.print_button.setEnabled(self.printer.isEnabled())
        self.save_button.setEnabled(True)
        self._tell(sentence)
        if failed:
            self.save_button.setFocus()

    def _tell(self, sentence: str) -> None:
        self._status.setText(sentence)
        self._status.setAccessibleDescription(sentence)


def file_name(title: str) -> str:
    """Return the name a PDF is offered under: the title in letters that every file system takes."""
    return re.sub(r"[^a-z0-9]+", "-", title.casefold()).strip("-") + ".pdf"


def _usual_paper() -> Paper:
    """Return Letter where inches are used, A4 everywhere else."""
    inches = QLocale.system().measurementSystem() is QLocale.MeasurementSystem.ImperialUSSystem
    return Paper.LETTER if inches else Paper.A4


def _pages(count: int) -> str:
    return f"{count} page{'s' * (count != 1)}"


def _named(widget: _W, name: str, spoken: str) -> _W:
    widget.setObjectName(name)
    widget.setAccessibleName(spoken)
    return widget
