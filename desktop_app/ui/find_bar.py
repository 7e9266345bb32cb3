"""Find in page: a line at the bottom of the article, with next, previous and a count."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QLineEdit, QPushButton, QWidget

from desktop_app.ui.article_view import ArticleView
from desktop_app.ui.named import named
from desktop_app.ui.spoken import announce


class FindBar(QFrame):
    """Marks every match in the page and walks them."""

    closed = Signal()

    def __init__(self, view: ArticleView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("strip")
        self._view = view
        self.field = QLineEdit()
        self.field.setObjectName("find")
        self.field.setAccessibleName("Find in page")
        self.field.setPlaceholderText("Find in page")
        self.field.textEdited.connect(self._on_edited)
        self.field.returnPressed.connect(self.find_next)
        self.count = named(QLabel(), "secondary")
        self.count.setTextFormat(Qt.TextFormat.PlainText)
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 4, 16, 4)
        row.addWidget(self.field, 1)
        row.addWidget(self.count)
        self._buttons: list[QWidget] = []
        for text, slot in (("Previous", self.find_previous), ("Next", self.find_next), ("Close", self.close_bar)):
            button = QPushButton(text)
            button.setAccessibleName(f"{text}: find in page")
            button.clicked.connect(slot)
            row.addWidget(button)
            self._buttons.append(button)
        self.hide()

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab stops at, in order."""
        return [self.field, *self._buttons]

    def open_bar(self, text: str = "") -> None:
        """Show the bar, with a text to begin with."""
        self.show()
        if text:
            self.field.setText(text)
        self.field.selectAll()
        self.field.setFocus()
        self._mark()

    def close_bar(self) -> None:
        """Hide the bar and take the marks away."""
        if not self.isHidden():
            self.hide()
            self._view.mark_all("")
            self.closed.emit()

    def refresh(self) -> None:
        """Mark again after the page has changed."""
        if not self.isHidden():
            self._mark(say=False)

    def find_next(self) -> None:
        """Go to the next match."""
        self._view.find_text(self.field.text())

    def find_previous(self) -> None:
        """Go to the previous match."""
        self._view.find_text(self.field.text(), backward=True)

    def _on_edited(self) -> None:
        self._mark()
        self.find_next()

    def _mark(self, *, say: bool = True) -> None:
        found = self._view.mark_all(self.field.text())
        words = f"{found} match{'es' * (found != 1)}" if self.field.text() else ""
        self.count.setText(words)
        if say:
            announce(self.field, words)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes the bar."""
        if event.key() == Qt.Key.Key_Escape:
            self.close_bar()
        else:
            super().keyPressEvent(event)
