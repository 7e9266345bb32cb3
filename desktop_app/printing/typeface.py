"""The typeface of paper: the bundled font files and nothing else, so that lines break alike on every machine.

Measures are taken at twenty units for a point, unhinted, and are the same whatever the resolution of the device.
"""

from __future__ import annotations

import os
import struct
import sys
from dataclasses import dataclass

from PySide6.QtGui import QFont, QFontDatabase, QFontMetricsF, QGuiApplication

from desktop_app.errors import ContentError
from desktop_app.printing.coverage import covered, font_files

UNITS = 20
_PROPERTY = "wardbook_paper_family"
# Ligatures are one glyph for several letters: text extracted from a PDF loses the letters of those without a code
# point of their own ("soft" became "so"). Qt sets none where letters are spaced; this is 1/1280 of a point.
_NO_LIGATURES = 1 / 64


@dataclass(frozen=True, slots=True)
class Typeface:
    """The loaded family, from which fonts of a size in points are made."""

    family: str

    def font(self, size: float, bold: bool = False) -> QFont:
        """Return a font whose unit is a twentieth of a point."""
        font = QFont(self.family)
        font.setPixelSize(round(size * UNITS))
        font.setWeight(QFont.Weight.Bold if bold else QFont.Weight.Normal)
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        font.setStyleStrategy(QFont.StyleStrategy.NoFontMerging)
        font.setLetterSpacing(QFont.SpacingType.AbsoluteSpacing, _NO_LIGATURES)
        return font

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Return the width of a text in points."""
        return QFontMetricsF(self.font(size, bold)).horizontalAdvance(text) / UNITS


def load_typeface() -> Typeface:
    """Load the bundled fonts into the running application, once; needs a QGuiApplication.

    Raises ContentError when a file is missing or the platform cannot use it: a page in another typeface would break
    its lines elsewhere, and might lack letters.
    """
    application = QGuiApplication.instance()
    if application is None:
        raise RuntimeError("printing needs a QGuiApplication: call create_application() first")
    known = application.property(_PROPERTY)
    if isinstance(known, str):
        return Typeface(known)
    families: list[str] = []
    for file in font_files():
        try:
            covered(file)
            number = QFontDatabase.addApplicationFontFromData(file.read_bytes())  # what is loaded stays when the folder goes away
        except (OSError, ValueError, struct.error):
            number = -1
        names = QFontDatabase.applicationFontFamilies(number) if number >= 0 else []
        if not names:
            raise ContentError(f"The typeface file {file.name} cannot be used.", "Install Wardbook again.")
        families.append(names[0])
    if len(set(families)) != 1:
        raise ContentError("The typeface files do not belong together.", "Install Wardbook again.")
    application.setProperty(_PROPERTY, families[0])
    return Typeface(families[0])


def create_application() -> QGuiApplication:
    """Return the running application, or start one without a window for a command that only makes a PDF.

    Without a display the "offscreen" platform is chosen; "minimal" cannot load fonts and is not used.
    """
    running = QGuiApplication.instance()
    if isinstance(running, QGuiApplication):
        return running
    if os.environ.get("QT_QPA_PLATFORM", "") in {"", "minimal"}:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    return QGuiApplication(sys.argv[:1])
