"""A real window for the walk of ``atspi_walk.py``: takes one state after another, a line on standard input each time.

Not a test: started as a program of its own, on a screen, with assistive technology on.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Mapping

from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from PySide6.QtWidgets import QApplication

from desktop_app.app import build
from desktop_app.reading.links import Link, LinkKind
from desktop_app.settings import Settings
from desktop_app.ui.background import InlineBackground
from desktop_app.ui.desk import Desk
from desktop_app.ui.note_dialog import NoteDialog

CRAMP = Link(LinkKind.ARTICLE, "night-cramp")


def _results(desk: Desk) -> None:
    desk.window.search_panel.search_for("NLC qinine")


def _nothing_found(desk: Desk) -> None:
    desk.window.search_panel.search_for("xqzzy")


def _article(desk: Desk) -> None:
    desk.navigator.open_link(CRAMP)
    desk.window.find_bar.open_bar("cramp")
    desk.window.messages.tell("A sentence.", "Do something")
    desk.navigator.toggle_side_by_side()


def _card(desk: Desk) -> None:
    view = desk.window.view
    view.reference_requested.emit("REV12", view.mapToGlobal(view.rect().center()))


def _note(desk: Desk) -> None:
    NoteDialog("A statement.", "", desk.window).open()


STATES: Mapping[str, Callable[[Desk], object]] = {
    "home": lambda desk: None,
    "results": _results,
    "nothing found": _nothing_found,
    "article": _article,
    "reference card": _card,
    "compare": lambda desk: desk.window.actions_by_name["compare"].trigger(),
    "about": lambda desk: desk.window.actions_by_name["about"].trigger(),
    "note": _note,
    "print article": lambda desk: desk.window.actions_by_name["print"].trigger(),
    "checklist": lambda desk: desk.paper.print_checklist("cramp-pitfalls"),
}


class States(QObject):
    """Takes the states in order: the next one whenever a line comes in."""

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self._left = list(STATES.items())
        self._lines = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Type.Read, self)
        self._lines.activated.connect(self._on_line)

    def take_next(self) -> None:
        """Close what is open, take the next state and tell its name once it is drawn; after the last one quit."""
        for widget in QApplication.topLevelWidgets():
            if widget is not self._desk.window and widget.isVisible():
                widget.close()
        if not self._left:
            QApplication.quit()
            return
        name, take = self._left.pop(0)
        take(self._desk)
        QTimer.singleShot(150, lambda: self._tell(name))

    def _tell(self, name: str) -> None:
        sys.stdout.write(f"{name}\n")
        sys.stdout.flush()

    def _on_line(self) -> None:
        sys.stdin.readline()
        self.take_next()


def main() -> int:
    """Take every state, tell its name when it is there, and go on when a line comes in."""
    application = QApplication(["wardbook"])
    application.setApplicationName("Wardbook")
    application.setStyle("Fusion")
    desk = build(application, Settings(ward_mode=True), InlineBackground())
    desk.window.show()
    states = States(desk)
    QTimer.singleShot(0, states.take_next)
    code = application.exec()
    desk.stop()
    return code


if __name__ == "__main__":
    sys.exit(main())
