"""What stands on the page: its headings, following the reading position, reachable by keyboard."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QListWidget, QListWidgetItem, QVBoxLayout, QWidget

from desktop_app.ui.named import named


class OutlinePanel(QWidget):
    """A list of headings; choosing one asks for its anchor."""

    anchor_requested = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        title = named(QLabel("On this page"), "panel_title")
        self.list = QListWidget()
        self.list.setObjectName("outline")
        self.list.setAccessibleName("On this page: headings")
        self.list.setWordWrap(True)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.itemClicked.connect(self._on_chosen)
        self.list.itemActivated.connect(self._on_chosen)
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 22, 10, 12)
        column.addWidget(title)
        column.addWidget(self.list, 1)

    def show_sections(self, sections: Sequence[tuple[str, str]]) -> None:
        """Show (anchor, heading) pairs."""
        self.list.clear()
        for anchor, heading in sections:
            item = QListWidgetItem(heading)
            item.setData(Qt.ItemDataRole.UserRole, anchor)
            self.list.addItem(item)

    def anchors(self) -> list[str]:
        """Return the anchors in order."""
        return [str(self.list.item(row).data(Qt.ItemDataRole.UserRole)) for row in range(self.list.count())]

    def follow(self, anchor: str) -> None:
        """Mark the heading that is being read."""
        anchors = self.anchors()
        if anchor in anchors and self.list.currentRow() != anchors.index(anchor):
            self.list.setCurrentRow(anchors.index(anchor))

    def _on_chosen(self, item: QListWidgetItem) -> None:
        self.anchor_requested.emit(str(item.data(Qt.ItemDataRole.UserRole)))
