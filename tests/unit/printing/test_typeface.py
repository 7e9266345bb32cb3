"""Letters: the bundled typeface or none, no display needed, and numbers that stay with their units."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from desktop_app import paths
from desktop_app.errors import ContentError
from desktop_app.printing.document import Words
from desktop_app.printing.measure import Measurer, glued
from desktop_app.printing.pieces import TextMark
from desktop_app.printing.style import styles
from desktop_app.printing.typeface import load_typeface


def test_a_command_needs_no_display() -> None:
    """Without a platform, or on one that cannot load fonts, the application starts without a screen."""
    code = "from desktop_app.printing.pdf import create_application as make; a = make(); print(a.platformName(), make() is a)"
    for platform in ("", "minimal"):
        environment = {**os.environ, "QT_QPA_PLATFORM": platform}
        done = subprocess.run(
            [sys.executable, "-c", code], env=environment, cwd=paths.bundle_folder(), capture_output=True, text=True, check=True
        )
        assert done.stdout.split() == ["offscreen", "True"]


def test_a_missing_typeface_is_told_in_words(
    application: QGuiApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without its font files the program refuses to print instead of taking another typeface."""
    known = application.property("wardbook_paper_family")
    application.setProperty("wardbook_paper_family", None)
    monkeypatch.setattr(paths, "fonts_folder", lambda: tmp_path)
    try:
        with pytest.raises(ContentError, match=r"SourceSansPro-Regular\.ttf cannot be used"):
            load_typeface()
    finally:
        application.setProperty("wardbook_paper_family", known)


def _lines(text: str, width: float) -> list[str]:
    measurer = Measurer(load_typeface(), styles(large_print=False, fit=0)[0], width, {})
    rows = measurer.rows((Words(text),), 12.0, width)
    return ["".join(mark.text for mark in row.marks if isinstance(mark, TextMark)) for row in rows]


def test_a_number_stays_with_its_unit(application: QGuiApplication) -> None:
    """At no width does a line end between a number and its unit or between a sign and its number."""
    text = "Give 5 mg then 12 mmol over 3 hours when potassium is ≥ 6 mmol or 40 % lost."
    for width in range(60, 300, 7):
        lines = _lines(text, float(width))
        assert "".join(lines) == text
        for line, after in pairwise(lines):
            assert not (line.rstrip()[-1:].isdigit() and after.startswith(("mg", "mmol", "hours", "%"))), lines
            assert not line.rstrip().endswith("≥"), lines


def test_glue_changes_no_letter() -> None:
    """Gluing replaces spaces by spaces that do not break, and nothing else."""
    text = "5 mg and 7 apples, ≥ 6 %"
    assert glued(text).replace("\u00a0", " ") == text
    assert glued(text).count("\u00a0") == 3


def test_a_long_word_is_broken_rather_than_cut(application: QGuiApplication) -> None:
    """A word wider than the line goes on in the next one, with every letter."""
    word = "pneumonoultramicroscopicsilicovolcanoconiosis" * 3
    lines = _lines(word, 120.0)
    assert len(lines) > 1
    assert "".join(lines) == word
    assert all(load_typeface().width(line, 12.0) <= 120.5 for line in lines)
