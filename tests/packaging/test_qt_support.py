"""The Python part of PySide6 is compiled when the program is frozen, and not at every start."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
import qt_support

ROOT = Path(__file__).resolve().parents[2]
HOOK = ROOT / "build" / "hooks" / "rthook_qt_support.py"

ASKED = """
import builtins, runpy, sys
compiled = []
real = builtins.compile
def counted(source, filename, *rest, **more):
    compiled.append(filename)
    return real(source, filename, *rest, **more)
builtins.compile = counted
runpy.run_path(sys.argv[1])
compiled.clear()
from PySide6.QtWidgets import QApplication, QLabel
application = QApplication([])
label = QLabel("text")
assert label.text() == "text"
try:
    label.setText(1, 2, 3)
except TypeError as error:  # the message is made by the part that was compiled before
    assert "setText" in str(error)
print(sum(str(name).startswith(("signature_bootstrap.py", "shibokensupport/")) for name in compiled))
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return qt_support.write_module(tmp_path_factory.mktemp("recorded")).parent


def compiled_at_start(path: str) -> int:
    """Return how many sources of PySide6 are compiled when a program with the hook starts."""
    environment = {**os.environ, "PYTHONPATH": path, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-P", "-c", ASKED, str(HOOK)]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=True)
    return int(done.stdout)


def test_what_was_recorded_is_handed_out(folder: Path) -> None:
    assert compiled_at_start(str(folder)) == 0


def test_what_was_not_recorded_is_compiled(tmp_path: Path) -> None:
    """Another PySide6 than the recorded one only starts as slowly as ever."""
    (tmp_path / "_qt_support.py").write_text("CODE = {}\n", encoding="utf-8")
    assert compiled_at_start(str(tmp_path)) > 5


def test_the_same_module_is_recorded_every_time(folder: Path, tmp_path: Path) -> None:
    assert qt_support.write_module(tmp_path).read_bytes() == (folder / "_qt_support.py").read_bytes()
