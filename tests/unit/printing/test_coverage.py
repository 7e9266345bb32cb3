"""Which letters paper has: the character map read by hand agrees with Qt, and gaps are named."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QRawFont

from desktop_app.printing.coverage import covered, font_files, uncovered


def test_the_content_letters_are_there() -> None:
    """What medical English needs can be drawn in both faces."""
    assert uncovered("Ångström, naïve café, 5 µg ≥ 10 × ½ ± α β γ “quoted” – long — dash … • · → ≤ °") == set()


def test_gaps_are_named() -> None:
    """Characters without a drawing, and those that are drawn as part of another letter, are returned."""
    assert uncovered("a \u2194 b\u2011c e\u0301 x\u00ady") == {"\u2194", "\u2011", "\u0301", "\u00ad"}


def test_the_map_agrees_with_qt(application: QGuiApplication) -> None:
    """For every code point of the first plane our reading and Qt's are the same."""
    for file in font_files():
        font, ours = QRawFont(str(file), 12.0), covered(file)
        assert len(ours) > 500
        different = [
            code for code in range(0x20, 0xFFFE) if not 0xD800 <= code < 0xE000 and font.supportsCharacter(code) != (code in ours)
        ]
        assert different == []
