"""The card that a citation opens: what the source is, and its address to copy. Addresses are never opened."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtWidgets import QApplication, QFrame, QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from desktop_app.content.reference import Reference
from desktop_app.ui.named import named
from desktop_app.ui.spoken import announce

WIDTH, SIDE = 440, 16


class ReferenceCard(QFrame):
    """A small window with one reference."""

    def __init__(self, parent: QWidget | None = None) -> None:
        # Not a pop-up in Qt's sense: assistive technology is not shown those.
        super().__init__(parent, Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint)
        self.setWindowTitle("Reference")
        self.setObjectName("card")
        self.setAccessibleName("Reference")
        self._head = named(QLabel(), "panel_title")
        self._text = QLabel()
        for label in (self._head, self._text):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
        self._text.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._text.setAccessibleName("Reference in full")
        self._copy = QPushButton("Copy reference")
        self._copy.setAccessibleName("Copy the reference with its address")
        self._copy.clicked.connect(self._on_copy)
        close = QPushButton("Close")
        close.setAccessibleName("Close the reference")
        close.clicked.connect(self.hide)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._copy)
        row.addWidget(close)
        column = QVBoxLayout(self)
        column.setContentsMargins(SIDE, 14, SIDE, 12)
        column.addWidget(self._head)
        column.addWidget(self._text)
        column.addLayout(row)
        self._copied = ""

    def show_reference(self, reference: Reference, place: QPoint) -> None:
        """Show a reference near a place on the screen, wholly on it."""
        self._head.setText(
            f"{reference.short} · details {'confirmed' if reference.confirmed else 'from an official page, not fully dated'}"
        )
        self._text.setText(reference.full)
        self._copied = reference.full
        inner = WIDTH - 2 * SIDE
        for label in (self._head, self._text):
            label.setFixedSize(inner, label.heightForWidth(inner))
        self.setFixedSize(WIDTH, self.sizeHint().height())
        screen = (QApplication.screenAt(place) or QApplication.primaryScreen()).availableGeometry()
        x = min(max(place.x() - 40, screen.left()), screen.right() - self.width())
        y = place.y() + 18
        if y + self.height() > screen.bottom():
            y = max(screen.top(), place.y() - self.height() - 12)
        self.move(x, y)
        self.show()
        self.activateWindow()
        self._copy.setFocus()
        announce(self, f"Reference: {self._head.text()}. {self._text.text()}")

    def event(self, event: QEvent) -> bool:
        """Go away as soon as something else is turned to."""
        if event.type() is QEvent.Type.WindowDeactivate:
            self.hide()
        return super().event(event)

    def _on_copy(self) -> None:
        QApplication.clipboard().setText(self._copied)
        self.hide()
