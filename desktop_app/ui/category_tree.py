"""The category tree: branches with counts, their articles, and what can be printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem, QTreeWidget, QTreeWidgetItem, QVBoxLayout, QWidget

from desktop_app.content.audience import Audience
from desktop_app.content.checklist import Checklist
from desktop_app.content.model import ArticleHead, Category
from desktop_app.reading.leaves import CHECKLISTS, HOME, INDEX
from desktop_app.reading.links import Link, LinkKind, parse_link

EDGES = 22  # pixels: borders and padding of a row, left and right
_LINK = Qt.ItemDataRole.UserRole


class _WrappedText(QStyledItemDelegate):
    """Gives every row the height that its whole title needs at the width of the tree."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        """Return the height of the wrapped title."""
        size = super().sizeHint(option, index)
        tree = self.parent()
        if not isinstance(tree, QTreeWidget):
            return size
        depth, parent = 1, index.parent()
        while parent.isValid():
            depth, parent = depth + 1, parent.parent()
        # Room for the scroll bar is kept free whether it is there or not: rows must not change height when it comes.
        width = tree.width() - tree.verticalScrollBar().sizeHint().width() - depth * tree.indentation() - EDGES
        text = str(index.data(Qt.ItemDataRole.DisplayRole))
        box = tree.fontMetrics().boundingRect(QRect(0, 0, max(60, width), 10_000), Qt.TextFlag.TextWordWrap, text)
        return QSize(width, max(26, box.height() + 12))


class CategoryTree(QWidget):
    """Shows where things stand; choosing one asks for it."""

    link_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._places: list[tuple[Link, QTreeWidgetItem]] = []
        self.tree = QTreeWidget()
        self.tree.setObjectName("tree")
        self.tree.setAccessibleName("Category tree")
        self.tree.setHeaderHidden(True)
        self.tree.setColumnCount(1)
        self.tree.setIndentation(14)
        self.tree.setWordWrap(True)
        self.tree.setUniformRowHeights(False)
        self.tree.setTextElideMode(Qt.TextElideMode.ElideNone)
        self.tree.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.tree.setItemDelegate(_WrappedText(self.tree))
        self.tree.itemClicked.connect(self._on_clicked)
        self.tree.itemActivated.connect(self._on_activated)
        column = QVBoxLayout(self)
        column.setContentsMargins(8, 12, 4, 8)
        column.addWidget(self.tree)

    def show_content(
        self, categories: Sequence[Category], heads: Sequence[ArticleHead], checklists: Iterable[Checklist], audience: Audience
    ) -> None:
        """Fill the tree; what was open stays open."""
        opened = {link for link, item in self._places if item.isExpanded()}
        self._places.clear()
        self.tree.clear()
        self._add(None, "Home", HOME)
        items: dict[str, QTreeWidgetItem] = {}
        for category in categories:
            parent = items.get(category.parent or "")
            title = category.patient_title if audience is Audience.PATIENT else category.title
            items[category.id] = self._add(parent, title, Link(LinkKind.CATEGORY, category.id))
        for head in heads:
            title = head.questions.patient if audience is Audience.PATIENT else head.title
            for category_id in head.categories:
                self._add(items.get(category_id), title, Link(LinkKind.ARTICLE, head.id))
        for category in categories:
            if category.parent is None:
                self._count(items[category.id])
        self._add(None, "Drugs and findings", INDEX)
        sheets = self._add(None, "Checklists to print", CHECKLISTS)
        for checklist in checklists:
            self._add(sheets, checklist.title, Link(LinkKind.CHECKLIST, checklist.id))
        self._count(sheets)
        for link, item in self._places:
            item.setExpanded(link in opened)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Measure the wrapped titles again."""
        super().resizeEvent(event)
        self.tree.scheduleDelayedItemsLayout()

    def follow(self, link: Link) -> None:
        """Mark a place without opening it, and show the branch it stands in."""
        wanted = Link(link.kind, link.id)
        found = next((item for other, item in self._places if other == wanted), None)
        self.tree.setCurrentItem(found)  # type: ignore[arg-type]  # None clears the choice
        if found is not None:
            self.tree.scrollToItem(found)

    def _add(self, parent: QTreeWidgetItem | None, title: str, link: Link) -> QTreeWidgetItem:
        item = QTreeWidgetItem([title])
        item.setData(0, _LINK, str(link))
        item.setToolTip(0, "")
        self._places.append((link, item))
        if parent is None:
            self.tree.addTopLevelItem(item)
        else:
            parent.addChild(item)
        return item

    def _count(self, item: QTreeWidgetItem) -> None:
        """Write the number of different leaves below an item behind its title."""
        leaves = {child.data(0, _LINK) for child in _below(item) if child.childCount() == 0}
        item.setText(0, f"{item.text(0)}  ({len(leaves)})")

    def _on_clicked(self, item: QTreeWidgetItem) -> None:
        if item.childCount():
            item.setExpanded(not item.isExpanded())
        self._on_activated(item)

    def _on_activated(self, item: QTreeWidgetItem) -> None:
        link = parse_link(str(item.data(0, _LINK)))
        if link is not None:
            self.link_requested.emit(link)


def _below(item: QTreeWidgetItem) -> list[QTreeWidgetItem]:
    found: list[QTreeWidgetItem] = []
    for row in range(item.childCount()):
        child = item.child(row)
        if child is not None:
            found += [child, *_below(child)]
    return found
