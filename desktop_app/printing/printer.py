"""The same pages on paper. Qt's printing library is loaded, and printers are asked for, only when somebody prints.

A dead network printer can keep Qt waiting for seconds, so ``list_printers`` is meant for a background thread; what it
returns is plain values that the window may use.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMarginsF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter

from desktop_app.errors import KnownError
from desktop_app.printing.document import Paper
from desktop_app.printing.layout import LaidOut
from desktop_app.printing.paint import paint_page
from desktop_app.printing.typeface import load_typeface

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

INSTEAD = "Save it as a PDF instead, and print that where a printer works."
ABSENT = "No printer is set up on this computer."
_CUPS_SOCKET = "/private/var/run/cupsd" if sys.platform == "darwin" else "/run/cups/cups.sock"
_CUPS_CONFIGURATION = (Path("/etc/cups/client.conf"), Path("~/.cups/client.conf"))
_DOTS = 600
_MOST_COPIES = 99


class PrinterError(KnownError):
    """A printer is absent, refuses or fails: a sentence, and the way out."""

    def __init__(self, message: str) -> None:
        super().__init__(message, INSTEAD)


@dataclass(frozen=True, slots=True)
class PrinterChoice:
    """A printer as a list shows it: ``name`` is what the system calls it, ``label`` what a person reads."""

    name: str
    label: str
    default: bool


def keep_to_this_computer(configuration: Sequence[Path] | None = None) -> None:
    """Let CUPS be asked over its local socket only, unless the hospital names a print server of its own.

    Left to itself the library tries TCP port 631 of this computer where that socket is missing. ``CUPS_SERVER`` and a
    ``ServerName`` in the client configuration of CUPS (system, then user) are the hospital's decision and stay.
    """
    if sys.platform == "win32" or os.environ.get("CUPS_SERVER"):
        return
    for path in _CUPS_CONFIGURATION if configuration is None else configuration:
        with suppress(OSError, RuntimeError):  # a user without a home has no configuration there
            text = path.expanduser().read_text(encoding="utf-8", errors="replace")
            if re.search(r"(?im)^\s*ServerName\s", text):
                return
    os.environ["CUPS_SERVER"] = _CUPS_SOCKET


def list_printers() -> tuple[PrinterChoice, ...]:
    """Return the printers of this computer, the default one first; may take seconds, so call it off the UI thread.

    Raises PrinterError when printing cannot be asked about at all.
    """
    try:
        from PySide6.QtPrintSupport import QPrinterInfo
    except ImportError as fault:
        raise PrinterError("Printing is not available on this computer.") from fault
    keep_to_this_computer()
    default = QPrinterInfo.defaultPrinterName()
    found: list[PrinterChoice] = []
    for name in QPrinterInfo.availablePrinterNames():
        label = f"{name} (default)" if name == default else name
        found.append(PrinterChoice(name, label, name == default))
    return tuple(sorted(found, key=lambda choice: (not choice.default, choice.name.casefold())))


def print_document(laid_out: LaidOut, printer_name: str, copies: int = 1) -> int:
    """Print a laid-out document and return its number of pages.

    The spooler is told the document's title (sheet and edition), nothing that a person typed. Raises PrinterError when
    the printer is not there, refuses the job or stops in the middle.
    """
    try:
        from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
    except ImportError as fault:
        raise PrinterError("Printing is not available on this computer.") from fault

    keep_to_this_computer()
    info = QPrinterInfo.printerInfo(printer_name)
    if info.isNull():
        raise PrinterError(f"The printer “{printer_name}” cannot be found any more.")
    printer = QPrinter(info, QPrinter.PrinterMode.HighResolution)
    printer.setResolution(_DOTS)
    printer.setDocName(laid_out.title)
    printer.setCreator("Wardbook")
    printer.setCopyCount(max(1, min(copies, _MOST_COPIES)))
    printer.setColorMode(QPrinter.ColorMode.GrayScale)
    # Marks are placed on the whole sheet of paper; their own margins are wider than any printer's.
    printer.setFullPage(True)
    size = QPageSize.PageSizeId.A4 if laid_out.options.paper is Paper.A4 else QPageSize.PageSizeId.Letter
    printer.setPageLayout(QPageLayout(QPageSize(size), QPageLayout.Orientation.Portrait, QMarginsF(0, 0, 0, 0)))
    if not printer.isValid():
        raise PrinterError(f"The printer “{printer_name}” does not accept a job now.")
    return paint_on(printer, laid_out, printer_name)


def paint_on(printer: QPrinter, laid_out: LaidOut, printer_name: str) -> int:
    """Paint a laid-out document on a printer that is set up and return its number of pages; errors as ``print_document``."""
    typeface = load_typeface()
    painter = QPainter()
    if not painter.begin(printer):
        raise PrinterError(f"The printer “{printer_name}” does not accept a job now.")
    try:
        for number, page in enumerate(laid_out.pages):
            if number and not printer.newPage():
                raise PrinterError(f"The printer “{printer_name}” stopped after page {number} of {len(laid_out.pages)}.")
            paint_page(painter, page, typeface, float(printer.resolution()))
        if printer.printerState() in {printer.PrinterState.Error, printer.PrinterState.Aborted}:
            raise PrinterError(f"The printer “{printer_name}” stopped before the end.")
    finally:
        painter.end()
    return len(laid_out.pages)
