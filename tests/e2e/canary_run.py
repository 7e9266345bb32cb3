"""The whole program, driven by a person who types secrets everywhere and then meets a fault; started by ``test_canary.py``.

Not a test: a program of its own, so that everything it leaves on disk and says is seen from outside. Arguments: the file
with the secrets (one a line), the PDF to save, and the switches of the program.
"""

from __future__ import annotations

import functools
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QPushButton

from desktop_app import app
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.print_dialog import PrintDialog
from desktop_app.ui.single_instance import SingleInstance

STEP_MS = 60
Step = Callable[[], object]


class Person:
    """Searches, finds, copies, prints, saves and runs into faults: a step at a time, as keys and clicks come."""

    def __init__(self, window: MainWindow, secrets: list[str], pdf: Path) -> None:
        self.window = window
        self.pdf = pdf
        self._left: Iterator[str] = iter(secrets)
        steps: list[Step] = [*[self.search] * 20, *[self.type] * 10, self.copy_typed, self.ask, self.wait, self.wait, self.open]
        steps += [
            *[self.find] * 8,
            self.copy_statement,
            self.write,
            self.print,
            self.save,
            self.wait,
            self.wait,
            self.close_print,
        ]
        steps += [self.compare, *[self.fail] * 10, window.close]
        self._steps = iter(steps)
        self._timer = QTimer(window)
        self._timer.timeout.connect(self._on_time)
        self._timer.start(STEP_MS)

    def _on_time(self) -> None:
        step = next(self._steps, None)
        if step is None:
            self._timer.stop()
        else:
            step()

    def wait(self) -> None:
        """Do nothing for a moment."""

    def search(self) -> None:
        """Search for a secret."""
        self.window.search_panel.search_for(next(self._left))

    def type(self) -> None:
        """Type a secret on the keyboard."""
        self.window.field.clear()
        QTest.keyClicks(self.window.field, next(self._left))

    def copy_typed(self) -> None:
        """Copy what stands in the search field."""
        self.window.field.selectAll()
        self.window.field.copy()

    def ask(self) -> None:
        """Search for something that is there."""
        self.window.search_panel.search_for("quinine")

    def open(self) -> None:
        """Open the first hit."""
        QTest.keyClick(self.window.field, Qt.Key.Key_Return)

    def find(self) -> None:
        """Look for a secret in the page."""
        self.window.find_bar.open_bar()
        self.window.find_bar.field.clear()
        QTest.keyClicks(self.window.find_bar.field, next(self._left))

    def copy_statement(self) -> None:
        """Copy a statement."""
        self.window.actions_by_name["copy"].trigger()

    def write(self) -> None:
        """Leave a secret standing in the search field."""
        self.window.field.setText(next(self._left))

    def print(self) -> None:
        """Open the print dialog for the article."""
        QFileDialog.getSaveFileName = lambda *_, **__: (str(self.pdf), "")  # type: ignore[method-assign]
        self.window.actions_by_name["print"].trigger()

    def save(self) -> None:
        """Save it as a PDF."""
        QTest.mouseClick(self.window.findChildren(QPushButton, "save-pdf")[0], Qt.MouseButton.LeftButton)

    def close_print(self) -> None:
        """Close the print dialog."""
        self.window.findChildren(PrintDialog)[0].close()

    def compare(self) -> None:
        """Type a secret into the filter of the dialog for comparing."""
        self.window.actions_by_name["compare"].trigger()
        field = next(f for f in self.window.findChildren(QLineEdit) if f.accessibleName() == "Filter the list")
        QTest.keyClicks(field, next(self._left))
        field.window().close()

    def fail(self) -> None:
        """Fail as a fault of the program would: with what was typed in a local variable and in the message."""
        secret = next(self._left)
        self.window.field.setText(secret)
        raise ValueError(f"cannot work with {secret}")


def main() -> int:
    """Run the program as its start does, with the person in it."""
    secrets = Path(sys.argv[1]).read_text("utf-8").split()
    application = QApplication(["wardbook"])
    alone = functools.partial(SingleInstance, f"canary-{os.getpid()}")  # an open window of a developer is none of ours
    setattr(app, "SingleInstance", alone)  # noqa: B010
    people: list[Person] = []

    def come_in() -> None:
        window = next(widget for widget in QApplication.topLevelWidgets() if isinstance(widget, MainWindow))
        people.append(Person(window, secrets, Path(sys.argv[2])))

    QTimer.singleShot(200, come_in)
    QTimer.singleShot(60_000, application.quit)
    return app.run(sys.argv[3:])


if __name__ == "__main__":
    sys.exit(main())
