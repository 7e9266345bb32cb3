"""The window for everyone: names, targets, the way of the Tab key, what is announced, and twice the text size."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QDialog, QLabel, QMessageBox, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.content.audience import Audience
from desktop_app.reading import leaves
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.style import Theme
from desktop_app.ui import spoken
from desktop_app.ui.desk import Desk
from desktop_app.ui.note_dialog import NoteDialog
from tests.ui.conftest import OpenDesk

CRAMP = Link(LinkKind.ARTICLE, "night-cramp")
TARGET = 24  # pixels
MARKUP = re.compile(r"</?(p|b|a|i|br|div|span|table|td|tr|html|body|h\d)\b[^>]*>")
HERE = Path(__file__).resolve().parent


def dialogs(desk: Desk) -> Iterator[QWidget]:
    """Open every dialog and card of the program, one after another."""
    actions = desk.window.actions_by_name
    desk.window.view.reference_requested.emit("REV12", QPoint(300, 300))
    yield desk.window.card
    desk.window.card.hide()
    for name, kind in (("compare", QDialog), ("about", QMessageBox)):
        actions[name].trigger()
        dialog = desk.window.findChildren(kind)[-1]
        yield dialog
        dialog.close()
    note = NoteDialog("A statement.", "", desk.window)
    note.open()
    yield note
    note.close()
    for open_paper in (desk.paper.print_shown, desk.paper.print_leaflet, lambda: desk.paper.print_checklist("cramp-pitfalls")):
        open_paper()
        assert desk.paper.dialog is not None
        yield desk.paper.dialog
        desk.paper.dialog.close()


def states(desk: Desk) -> Iterator[QWidget]:
    """Yield the window in its states, then every dialog."""
    yield desk.window
    desk.window.search_panel.search_for("NLC qinine")
    yield desk.window
    desk.window.search_panel.search_for("xqzzy")
    yield desk.window
    desk.navigator.open_link(CRAMP)
    desk.window.find_bar.open_bar("cramp")
    desk.window.messages.tell("A sentence.", "Do something")
    desk.navigator.toggle_side_by_side()
    yield desk.window
    yield from dialogs(desk)


def spoken_name(widget: QWidget) -> str:
    """Return what assistive technology is told as the widget's name."""
    if isinstance(widget, QComboBox):
        return widget.accessibleName()  # Qt gives the chosen value as the name on some systems
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name)


def test_whatever_takes_the_focus_has_a_name_without_markup(open_desk: OpenDesk) -> None:
    """In every state of the window and in every dialog."""
    desk = open_desk()
    faults = set()
    seen = 0
    for top in states(desk):
        for widget in [top, *top.findChildren(QWidget)]:
            if widget.focusPolicy() is not Qt.FocusPolicy.NoFocus and widget.isVisible():
                seen += 1
                name = spoken_name(widget)
                if not name.strip() or "<" in name:
                    faults.add(f"{type(widget).__name__} {widget.objectName()} in {top.objectName()}: {name!r}")
    assert seen > 100
    assert not faults


def test_what_can_be_pressed_is_large_enough(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Every button that shows is at least 24 by 24 pixels, in every state and dialog."""
    desk = open_desk()
    small = set()
    seen = 0
    for top in states(desk):
        QApplication.processEvents()
        for button in top.findChildren(QAbstractButton):
            inner = button.parent() is desk.window.field  # the cross in the search field: Esc and the keys do the same
            if button.isVisible() and not inner:
                seen += 1
                if min(button.width(), button.height()) < TARGET:
                    small.add(f"{button.text()} {button.accessibleName()}: {button.width()}×{button.height()}")
    assert seen > 50
    assert not small


def _stops(desk: Desk, key: Qt.Key, count: int) -> list[str]:
    """Press a key so often, and return the stops as names, each once in a row."""
    names: list[str] = []
    for _ in range(count):
        widget = QApplication.focusWidget()
        assert widget is not None
        QTest.keyClick(widget, key)
        now = QApplication.focusWidget()
        assert now is not None
        name = now.objectName() or now.accessibleName()
        if not names or names[-1] != name:
            names.append(name)
    return names


def test_tab_leads_round_the_window_and_is_nowhere_trapped(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """From the search to the article and its links, on to outline, tree and header, and to the search again; Shift+Tab the other way."""
    desk = open_desk()
    desk.navigator.open_link(CRAMP)
    desk.window.activateWindow()
    desk.window.field.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.window.field)
    around = _stops(desk, Qt.Key.Key_Tab, 120)
    loop = ["article", "outline", "tree", "Back", "first", "print", "menu", "search"]
    assert around[: len(loop)] == loop
    desk.window.field.setFocus()
    back = _stops(desk, Qt.Key.Key_Backtab, 240)
    assert back[:5] == ["menu", "print", "first", "Back", "tree"]
    assert "search" in back[5:]


def test_tab_leads_from_the_search_to_the_results(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """With results shown, Tab goes by what was understood and the chips to the list; Enter there opens."""
    desk = open_desk()
    desk.window.activateWindow()
    desk.window.field.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.window.field)
    desk.window.search_panel.search_for("quinine")
    stops = _stops(desk, Qt.Key.Key_Tab, 30)
    assert "hits" in stops
    assert stops.index("hits") < stops.index("tree")
    desk.window.search_panel.hits.setFocus()
    qtbot.keyClick(desk.window.search_panel.hits, Qt.Key.Key_Return)
    assert desk.navigator.page is not None


def test_a_link_that_has_the_focus_is_marked_and_opens_by_key(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """The link stands on the focus colour; Enter opens the card of a citation beside it, not beside the mouse."""
    desk = open_desk()
    desk.navigator.open_link(CRAMP)
    view = desk.window.view
    desk.window.activateWindow()
    view.setFocus()
    qtbot.waitUntil(view.hasFocus)
    for _ in range(40):
        qtbot.keyClick(view, Qt.Key.Key_Tab)
        if view.textCursor().selectedText() == "1":
            break
    marked = [selection.cursor.selectedText() for selection in view.extraSelections()]
    assert marked == ["1"]
    assert view.extraSelections()[0].format.background().color() == view.focus_colour
    place = view.viewport().mapToGlobal(view.cursorRect().bottomLeft())
    qtbot.keyClick(view, Qt.Key.Key_Return)
    assert desk.window.card.isVisible()
    assert abs(desk.window.card.y() - place.y()) < 80
    qtbot.keyClick(desk.window.card, Qt.Key.Key_Escape)
    assert not desk.window.card.isVisible()


@pytest.fixture
def announced(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Collect what a screen reader would be told."""
    said: list[str] = []

    class Listener(QAccessible):
        @staticmethod
        def updateAccessibility(event: object) -> None:
            assert isinstance(event, QAccessibleAnnouncementEvent)
            said.append(event.message())

    monkeypatch.setattr(spoken, "QAccessible", Listener)
    return said


def test_changes_that_the_focus_does_not_show_are_announced(open_desk: OpenDesk, announced: list[str]) -> None:
    """Result counts, nothing found, another audience, matches in the page, messages and errors."""
    desk = open_desk()
    desk.window.search_panel.search_for("quinine")
    assert announced[-1].endswith(("article", "articles"))
    assert desk.window.field.accessibleDescription() == announced[-1]
    desk.window.search_panel.search_for("xqzzy")
    assert "does not mean that there is no effect" in announced[-1]
    desk.navigator.open_link(CRAMP)
    desk.navigator.set_audience(Audience.PATIENT)
    assert announced[-1] == "Text for patients"
    assert desk.window.view.accessibleDescription() == "Text for patients"
    desk.window.find_bar.open_bar("cramp")
    assert "match" in announced[-1]
    desk.navigator.open_link(Link(LinkKind.ARTICLE, "not-there"))
    assert announced[-1] == desk.window.messages.text
    assert announced[-1]


def test_what_was_typed_is_not_announced(open_desk: OpenDesk, announced: list[str]) -> None:
    """A screen reader's log, too, is a place where a search must not stay."""
    desk = open_desk()
    desk.window.search_panel.search_for("zqcanary")
    assert announced
    assert not [sentence for sentence in announced if "zqcanary" in sentence]


def cut_texts(top: QWidget) -> list[str]:
    """Return the labels and buttons whose text has less room than it needs."""
    cut = []
    for widget in top.findChildren(QWidget):
        if not widget.isVisible():
            continue
        if isinstance(widget, QLabel) and widget.text():
            needed = widget.heightForWidth(widget.width()) if widget.wordWrap() else widget.sizeHint().height()
            wide = widget.wordWrap() or widget.width() >= widget.minimumSizeHint().width()
            if not wide or widget.height() < needed:
                cut.append(f"label “{widget.text()}” {widget.width()}×{widget.height()}, needs {needed} high")
        if isinstance(widget, QAbstractButton) and widget.text():
            text = widget.fontMetrics().horizontalAdvance(widget.text().replace("&&", "&"))
            if widget.width() < text or widget.height() < widget.fontMetrics().height():
                cut.append(f"button “{widget.text()}” {widget.width()}×{widget.height()}")
    return cut


@pytest.mark.parametrize("scale", [1.0, 2.0])
@pytest.mark.parametrize("audience", list(Audience))
def test_twice_the_text_size_loses_nothing(open_desk: OpenDesk, scale: float, audience: Audience) -> None:
    """At 1024×768 no page has to be moved sideways, no label or button is cut, and the window keeps its size."""
    desk = open_desk(size=(1024, 768))
    desk.navigator.set_scale(scale)
    desk.navigator.set_audience(audience)
    places = [leaves.HOME, leaves.POLICY, leaves.INDEX, leaves.KEYS, leaves.CHECKLISTS, leaves.CHANGES]
    places += [Link(LinkKind.ARTICLE, head.id) for head in desk.reader.heads]
    for place in places:
        desk.navigator.open_link(place)
        QApplication.processEvents()
        assert desk.window.view.horizontalScrollBar().maximum() == 0, place
        assert cut_texts(desk.window) == [], place
    desk.window.search_panel.search_for("NLC qinine")
    QApplication.processEvents()
    assert cut_texts(desk.window) == []
    assert desk.window.size().width() == 1024
    assert desk.window.size().height() == 768


def test_no_page_is_ever_drawn_into_itself(open_desk: OpenDesk) -> None:
    """However size, width, audience and colours change, a heading stands on the page once."""
    desk = open_desk(size=(1024, 768))
    for scale, width, theme in (
        (2.0, 1024, Theme.DARK),
        (1.0, 640, Theme.LIGHT),
        (3.0, 1366, Theme.CONTRAST),
        (0.7, 700, Theme.LIGHT),
    ):
        for place, once in ((leaves.HOME, "What do you see?"), (CRAMP, "References (2)")):
            desk.navigator.open_link(place)
            desk.navigator.set_scale(scale)
            desk.navigator.set_theme(theme)
            desk.window.resize(width, 600)
            QApplication.processEvents()
            assert desk.window.view.toPlainText().count(once) == 1


def test_the_row_of_the_outline_is_marked_as_soon_as_a_page_opens(open_desk: OpenDesk) -> None:
    """At the top of a page its first row, at a section that the end of the page keeps from the top that section's row."""
    desk = open_desk()
    desk.navigator.open_link(CRAMP)
    assert desk.window.outline.list.currentRow() == 0
    desk.window.outline.anchor_requested.emit("section-references")
    assert desk.window.outline.anchors()[desk.window.outline.list.currentRow()] == "section-references"


def _system_python() -> str:
    """Return a Python that has pyatspi: it comes with the system, not with a virtual environment."""
    for python in ("/usr/bin/python3", shutil.which("python3") or ""):
        if python and Path(python).exists():
            found = subprocess.run([python, "-c", "import pyatspi"], capture_output=True, check=False)
            if found.returncode == 0:
                return python
    return ""


@pytest.mark.skipif(sys.platform != "linux", reason="AT-SPI is the accessibility bus of Linux")
def test_a_screen_reader_finds_no_unnamed_node(small_edition: Path, tmp_path: Path) -> None:
    """A walk over AT-SPI through ten states of a real window: whatever takes the focus has a name, nothing speaks markup."""
    python = _system_python()
    programs = [shutil.which("xvfb-run"), shutil.which("dbus-run-session"), python]
    if not all(programs):
        pytest.skip("needs xvfb-run, dbus-run-session and python3-pyatspi of the system")
    report = tmp_path / "walk.json"
    root = HERE.parent.parent
    settings = {
        "QT_QPA_PLATFORM": "xcb",
        "QT_ACCESSIBILITY": "1",
        "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        "WARDBOOK_CONTENT": str(small_edition),
        "PYTHONPATH": str(root),
    }
    screen = ["xvfb-run", "-a", "-s", "-screen 0 1366x768x24", "dbus-run-session", "--"]
    walk = [python, str(HERE / "atspi_walk.py"), sys.executable, str(HERE / "atspi_desk.py"), str(report)]
    done = subprocess.run(screen + walk, env=os.environ | settings, capture_output=True, text=True, timeout=200, check=False)
    assert report.exists(), done.stderr[-2000:]
    walked = json.loads(report.read_text("utf-8"))
    assert walked["code"] == 0, done.stderr[-2000:]
    assert len(walked["states"]) == 10
    for state, nodes in walked["states"].items():
        focusable = [node for node in nodes if node["focusable"]]
        assert len(focusable) > 15, state
        assert not [node["path"] for node in focusable if not node["name"].strip()], state
        spoken_texts = [node["name"] for node in nodes] + [node["description"] for node in nodes]
        assert not [text for text in spoken_texts if MARKUP.search(text)], state
    assert "Reference in full" in [node["name"] for node in walked["states"]["reference card"]]
