"""The shelf list: answers and hits as rows that a keyboard walks and a screen reader reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from html import escape
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAbstractTextDocumentLayout, QColor, QKeyEvent, QPainter, QPalette, QPen, QTextDocument
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.style import Look

if TYPE_CHECKING:
    from desktop_app.search.hit import Answer, Hit, SearchResult

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
ROWS_KEPT = 60  # laid-out rows: those of the last few keystrokes


@dataclass(frozen=True, slots=True)
class Row:
    """One row: where it leads, how it is drawn, how it is read aloud; ``quoted`` sets answers off from hits."""

    link: Link
    html: str
    spoken: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Names:
    """What ids of the edition are called: articles by title, references by type and year, categories by title."""

    articles: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    categories: Mapping[str, str] = field(default_factory=dict)


class HitModel(QAbstractListModel):
    """The rows of one search result."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []

    def show_rows(self, rows: list[Row]) -> None:
        """Take new rows."""
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        """Return the number of rows."""
        return 0 if parent is not None and parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """Return a row, or what is read aloud."""
        if not index.isValid() or index.row() >= len(self._rows):
            return None
        row = self._rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row.spoken
        return None


class HitDelegate(QStyledItemDelegate):
    """Draws a row from its HTML, with a bar at the chosen one."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._documents: dict[tuple[str, int], QTextDocument] = {}

    def set_look(self, look: Look) -> None:
        """Take new colours and sizes."""
        self.look = look
        self._documents.clear()

    def _document(self, row: Row, width: int) -> QTextDocument:
        key = (row.html, width)
        if key not in self._documents:
            if len(self._documents) >= ROWS_KEPT:
                self._documents.clear()
            document = QTextDocument()
            document.setDocumentMargin(0)
            document.setHtml(row.html)
            document.setTextWidth(width)
            self._documents[key] = document
        return self._documents[key]

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height that the row needs at the width of the list."""
        view = self.parent()
        width = view.viewport().width() if isinstance(view, QListView) else 600
        row = index.data(ROW)
        return QSize(width, int(self._document(row, max(120, width - 40)).size().height()) + 22)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw the row."""
        row: Row = index.data(ROW)
        rect = option.rect
        state = option.state
        colours = self.look.colours
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        if chosen or row.quoted:
            painter.fillRect(rect, QColor(colours["tint" if chosen else "ground"]))
            painter.fillRect(rect.left(), rect.top(), 5 if chosen else 2, rect.height(), QColor(colours["accent"]))
        painter.setPen(QPen(QColor(colours["rule"])))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.translate(rect.left() + 20, rect.top() + 11)
        context = QAbstractTextDocumentLayout.PaintContext()
        context.palette.setColor(QPalette.ColorRole.Text, QColor(colours["ink"]))
        document = self._document(row, max(120, rect.width() - 40))
        painter.setClipRect(QRectF(0, 0, rect.width() - 40, rect.height() - 12))
        document.documentLayout().draw(painter, context)
        painter.restore()


class HitList(QListView):
    """Rows of a result; Enter or a click asks for a place."""

    link_requested = Signal(object)
    left_upwards = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("hits")
        self.setAccessibleName("Search results")
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.rows = HitModel(self)
        self.drawing = HitDelegate(look, self)
        self.names = Names()
        self.setModel(self.rows)
        self.setItemDelegate(self.drawing)
        self.clicked.connect(self._on_chosen)
        self.activated.connect(self._on_chosen)

    def show_result(self, result: SearchResult) -> None:
        """Show answers first, then hits, and choose the first row."""
        rows = [self._answer_row(answer) for answer in result.answers]
        rows += [self._hit_row(hit) for hit in result.hits]
        self.rows.show_rows(rows)
        if rows:
            self.setCurrentIndex(self.rows.index(0, 0))

    def open_current(self) -> bool:
        """Ask for the chosen row; returns False when there is none."""
        index = self.currentIndex()
        if not index.isValid():
            return False
        self._on_chosen(index)
        return True

    def step(self, step: int) -> None:
        """Choose the next or previous row."""
        wanted = min(max(self.currentIndex().row() + step, 0), self.rows.rowCount() - 1)
        if wanted >= 0:
            self.setCurrentIndex(self.rows.index(wanted, 0))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; Up on the first row goes back to the search field."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.open_current()
        elif event.key() == Qt.Key.Key_Up and self.currentIndex().row() <= 0:
            self.left_upwards.emit()
        else:
            super().keyPressEvent(event)

    def _on_chosen(self, index: Index) -> None:
        row = index.data(ROW)
        if isinstance(row, Row):
            self.link_requested.emit(row.link)

    def _hit_row(self, hit: Hit) -> Row:
        colours = self.drawing.look.colours
        snippet = "".join(
            f'<span style="background-color:{colours["found"]};color:{colours["on_found"]}">{escape(text)}</span>'
            if found
            else escape(text)
            for text, found in hit.snippet.parts
        )
        flags = "".join(
            f'<b style="color:{colours["warning"]}">▲ {flag.label}</b> ' for flag in hit.flags if flag.value != "pitfall"
        )
        html = self._row_html(hit.article_title, f"{hit.kind.label} · {hit.category}", f"{flags}{snippet}")
        spoken = f"{hit.rank}. {hit.article_title}, {hit.kind.label}. {''.join(text for text, _ in hit.snippet.parts)}"
        return Row(Link(LinkKind.ARTICLE, hit.article_id, hit.statement_id), html, spoken)

    def _answer_row(self, answer: Answer) -> Row:
        """Return a statement that answers what was asked, word for word, with the article and the sources it stands on."""
        look, colours = self.drawing.look, self.drawing.look.colours
        sources = ", ".join(dict.fromkeys(self.names.sources.get(key, key) for key in answer.citations))
        title = self.names.articles.get(answer.article_id, "")
        small = f"font-size:{look.points('small')}pt"
        html = (
            f"<div style=\"font-family:'{look.tokens.type['family']}';color:{colours['ink']};font-size:{look.points('text')}pt\">"
            f'<span style="{small};color:{colours["ink_2"]}"><b style="color:{colours["accent"]}">Quoted statement</b> &nbsp; '
            f"{escape(title)}</span><br>{escape(answer.text)}<br>"
            f'<span style="{small};color:{colours["ink_2"]}">{escape(sources)}</span></div>'
        )
        spoken = f"Quoted statement from {title}: {answer.text} Sources: {sources}"
        return Row(Link(LinkKind.ARTICLE, answer.article_id, answer.statement_id), html, spoken, quoted=True)

    def _row_html(self, title: str, badge: str, body: str) -> str:
        look, colours = self.drawing.look, self.drawing.look.colours
        return (
            f"<div style=\"font-family:'{look.tokens.type['family']}';color:{colours['ink']};font-size:{look.points('text')}pt\">"
            f'<b>{escape(title)}</b> &nbsp; <span style="font-size:{look.points("small")}pt;color:{colours["ink_2"]}">{escape(badge)}</span><br>'
            f'<span style="font-size:{look.points("small") + 0.5}pt;color:{colours["ink_2"]}">{body}</span></div>'
        )
