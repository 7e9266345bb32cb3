"""Choosing two to four articles to put side by side."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QLineEdit, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.content.model import ArticleHead
from desktop_app.reading.comparison import FEWEST, MOST


class CompareDialog(QDialog):
    """A list to tick; the button works once two to four are ticked."""

    def __init__(self, heads: Sequence[ArticleHead], chosen: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("compare_dialog")
        self.setWindowTitle("Compare")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumSize(520, 480)
        self.filter = QLineEdit()
        self.filter.setAccessibleName("Filter the list")
        self.filter.setPlaceholderText("Filter")
        self.filter.textChanged.connect(self._on_filter)
        self.list = QListWidget()
        self.list.setAccessibleName(f"Articles: tick {FEWEST} to {MOST}")
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setWordWrap(True)
        for head in sorted(heads, key=lambda head: head.id not in chosen):  # what is open stands first
            item = QListWidgetItem(head.title)
            item.setData(Qt.ItemDataRole.UserRole, head.id)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if head.id in chosen else Qt.CheckState.Unchecked)
            self.list.addItem(item)
        self.list.itemChanged.connect(self._on_changed)
        self._count = QLabel()
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Cancel)
        self._go = self.buttons.addButton("Compare", QDialogButtonBox.ButtonRole.AcceptRole)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        column = QVBoxLayout(self)
        for widget in (QLabel(f"Tick {FEWEST} to {MOST} articles."), self.filter, self.list, self._count, self.buttons):
            column.addWidget(widget)
        self._on_changed()
        self.filter.setFocus()

    def chosen(self) -> tuple[str, ...]:
        """Return the ids of the ticked articles, in the order of the list."""
        items = (self.list.item(row) for row in range(self.list.count()))
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in items if item.checkState() is Qt.CheckState.Checked)

    def _on_changed(self) -> None:
        count = len(self.chosen())
        self._count.setText(f"{count} ticked" + (f"; at most {MOST}" if count > MOST else ""))
        self._go.setEnabled(FEWEST <= count <= MOST)

    def _on_filter(self, text: str) -> None:
        for row in range(self.list.count()):
            item = self.list.item(row)
            item.setHidden(text.casefold() not in item.text().casefold())
