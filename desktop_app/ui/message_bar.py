"""One line for what a dialog need not say: a sentence, perhaps a button, and a way to close it."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from desktop_app.ui.spoken import announce


class MessageBar(QFrame):
    """A strip under the header; hidden while there is nothing to say."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("message")
        self.setAccessibleName("Message")
        self._label = QLabel()
        self._label.setTextFormat(Qt.TextFormat.PlainText)
        self._label.setWordWrap(True)
        self._action = QPushButton()
        self._action.setAccessibleName("No action")
        self._close = QPushButton("Close")
        self._close.setAccessibleName("Close the message")
        self._close.clicked.connect(self.hide)
        self._action.clicked.connect(self._on_action)
        self._then: Callable[[], None] | None = None
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.addWidget(self._label, 1)
        row.addWidget(self._action)
        row.addWidget(self._close)
        self.hide()

    @property
    def text(self) -> str:
        """Return the sentence that is shown."""
        return self._label.text() if not self.isHidden() else ""

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab stops at, in order."""
        return [self._action, self._close]

    def tell(self, sentence: str, action: str = "", then: Callable[[], None] | None = None) -> None:
        """Show a sentence (plain text) and, where given, a button that does something about it."""
        self._label.setText(sentence)
        self._then = then
        self._action.setText(action)
        self._action.setAccessibleName(action or "No action")
        self._action.setVisible(bool(action))
        self.show()
        announce(self, sentence)

    def add(self, *sentences: str) -> None:
        """Show sentences after the one that is shown, and keep its button; without any, do nothing."""
        if sentences:
            self._label.setText(" ".join([self.text, *sentences]).strip())
            self._action.setVisible(not self.isHidden() and bool(self._action.text()))
            self.show()
            announce(self, " ".join(sentences))

    def _on_action(self) -> None:
        self.hide()
        if self._then is not None:
            self._then()
