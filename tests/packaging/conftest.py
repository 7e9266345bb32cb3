"""The tests of the frozen program run where there is one: ``python build/freeze.py`` makes it, and ``.ci/run`` does so."""

from __future__ import annotations

import sys
from pathlib import Path

FROZEN = Path(__file__).resolve().parents[2] / "build" / "out" / "wardbook"
PROGRAM = FROZEN / ("wardbook.exe" if sys.platform == "win32" else "wardbook")

collect_ignore = [] if PROGRAM.is_file() else ["test_frozen.py"]


def pytest_report_header() -> str:
    """Say in the head of every report whether the frozen program is among what is tested."""
    return (
        "frozen program: tested"
        if PROGRAM.is_file()
        else "frozen program: not built, its tests are left out (python build/freeze.py)"
    )
