"""What a start does, and in which order: the window first, then the search, and nothing that nobody has asked for."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]

SHOWN = """
import sys
from datetime import date
from PySide6 import QtWidgets
from desktop_app import app
from desktop_app.settings import Settings
application = QtWidgets.QApplication(["wardbook"])
desk = app.build(application, Settings())
desk.window.show()
application.processEvents()
assert desk.window.view.toPlainText()
print(*sorted(sys.modules), *sorted(vars(QtWidgets)))
desk.stop()
"""

LATER = """
import sys
from PySide6 import QtWidgets
from PySide6.QtTest import QTest
from desktop_app import app
from desktop_app.content.audience import Audience
from desktop_app.settings import Settings
from desktop_app.search.query import SearchQuery
application = QtWidgets.QApplication(["wardbook"])
desk = app.build(application, Settings())
desk.window.show()
done = []
desk.rest_loaded.connect(lambda: done.append(True))
desk.open_search()
while not done:
    QTest.qWait(20)
before = set(sys.modules)
desk.window.search_panel.search_for("muscle pain lipitro")
while desk.window.search_panel.result is None:
    QTest.qWait(20)
desk.window.search_panel.hits.open_current()
for name in ("copy", "clinician", "patient", "side_by_side", "theme", "zoom_in", "bookmark", "mine", "index", "checklists", "keys", "policy"):
    desk.window.actions_by_name[name].trigger()
desk.window.search_panel.hits.open_current()
for name in ("print", "leaflet", "binder", "compare", "about", "note"):
    if name != "note":
        desk.window.actions_by_name[name].trigger()
        QTest.qWait(50)
        for widget in application.topLevelWidgets():
            if widget is not desk.window:
                widget.close()
desk.comparing.show(("quinine", "baclofen"))
desk.window.actions_by_name["print"].trigger()
QTest.qWait(50)
print(desk.window.messages.text)
print(*sorted(set(sys.modules) - before))
desk.stop()
"""


def start(*command: str, **variables: str) -> list[str]:
    """Run Python on the real edition and return the lines it says."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen", **variables}
    done = subprocess.run([sys.executable, "-P", *command], env=environment, capture_output=True, text=True, timeout=120)
    assert done.returncode == 0, done.stderr
    assert not [line for line in done.stderr.splitlines() if "does not support" not in line]
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def made_at_start(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """Return the names of the modules and of Qt's widget classes that exist when the window has been painted."""
    own = str(tmp_path_factory.mktemp("own"))
    return set(start("-c", SHOWN, WARDBOOK_USER_FOLDER=own)[-1].split())


@pytest.mark.parametrize(
    "name",
    [
        "desktop_app.search.searcher",
        "desktop_app.printing.printer",
        "desktop_app.reading.comparison",
        "desktop_app.reading.renderer",
        "desktop_app.ui.note_dialog",
        "concurrent.futures",
        "whoosh",
        "QFileDialog",
        "QMessageBox",
        "QWizard",  # made when PySide6 looks for the class of a widget that Qt itself has made: it tries them all
    ],
)
def test_what_no_window_needs_is_made_after_it(made_at_start: set[str], name: str) -> None:
    assert {"desktop_app.ui.main_window", "QMainWindow"} <= made_at_start
    assert name not in made_at_start


def test_the_window_is_shown_before_the_search_is_opened(tmp_path: Path) -> None:
    lines = start("-m", "desktop_app", WARDBOOK_QUIT_AFTER_SHOW="1", WARDBOOK_USER_FOLDER=str(tmp_path))
    said = [re.fullmatch(r"(window|search) ready in (\d+) ms", line) for line in lines]
    assert [match and match[1] for match in said] == ["window", "search"]


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there a screen is named by a variable")
@pytest.mark.parametrize(("name", "value"), [("DISPLAY", ":7777"), ("QT_QPA_PLATFORM", "nonsense")])
def test_a_screen_that_cannot_be_used_is_told_in_words(name: str, value: str) -> None:
    """Qt would abort the process and leave a core file."""
    unset = {"DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"}
    environment = {key: text for key, text in os.environ.items() if key not in unset} | {"PYTHONPATH": str(ROOT), name: value}
    command = [sys.executable, "-P", "-m", "desktop_app"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60)
    assert done.returncode == 2
    assert done.stderr.startswith("wardbook: There is no screen that can be used: ")
    assert len(done.stderr.splitlines()) == 1


def test_once_the_rest_is_loaded_nothing_more_is_imported(tmp_path: Path) -> None:
    """A program folder that goes away (a share that is lost, an update by renaming) then takes nothing from an open window."""
    *_, imported = start("-c", LATER, WARDBOOK_USER_FOLDER=str(tmp_path))
    assert imported == ""
