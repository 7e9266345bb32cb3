"""The desk: shows one page, hardened.

Nothing named in content is ever opened: every resource request is answered with nothing, links become signals, and a
link that is not ours is ignored.
"""

from __future__ import annotations

from collections.abc import Callable
from html import escape

from PySide6.QtCore import QEvent, QPoint, Qt, QUrl, Signal
from PySide6.QtGui import (
    QColor,
    QContextMenuEvent,
    QFocusEvent,
    QHelpEvent,
    QMouseEvent,
    QResizeEvent,
    QTextBlock,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QMenu, QTextBrowser, QTextEdit, QToolTip, QWidget

from desktop_app.reading.links import LinkKind, parse_link

READING_LINE = 24  # pixels below the top edge: what stands there is being read


class ArticleView(QTextBrowser):
    """A page with links, found words and a reading position."""

    link_requested = Signal(object)
    reference_requested = Signal(str, QPoint)
    copy_requested = Signal(str)
    zoom_requested = Signal(int)
    position_changed = Signal(str)
    width_changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("article")
        self.setAccessibleName("Article")
        self.setOpenLinks(False)
        self.setOpenExternalLinks(False)
        self.setUndoRedoEnabled(False)
        self.setCursorWidth(0)
        self.setTabChangesFocus(False)
        # Always there: a bar that comes and goes would move the column, and lay every page out twice.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextBrowserInteraction | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self.anchorClicked.connect(self._on_anchor)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)
        self._anchors: list[tuple[int, str]] = []
        self._tips: dict[str, str] = {}
        self._measure = 690
        self._key = ""
        self._showing = False
        self._target = ("", -1)
        self._found: list[QTextEdit.ExtraSelection] = []
        self._focused_link: list[QTextEdit.ExtraSelection] = []
        self.focus_colour = QColor()

    # -- showing ---------------------------------------------------------------------------------------------------

    def show_html(self, html: str, key: str, tips: dict[str, str] | None = None) -> None:
        """Show a page; ``key`` names it for assistive technology, ``tips`` holds what a citation shows on hover."""
        self._tips = tips or {}
        self._key = key
        self.setAccessibleName(key or "Article")
        self._showing = True
        whole = QTextCursor(self.document())
        whole.beginEditBlock()  # text and margins are one change, so that the page is laid out once
        self.document().setHtml(html)
        self._set_margins()
        whole.endEditBlock()
        self._showing = False
        self._anchors = self._find_anchors()
        self._found, self._focused_link = [], []

    def empty(self) -> None:
        """Show nothing."""
        self.clear()
        self._anchors, self._found, self._focused_link = [], [], []
        self._target = ("", -1)

    def room(self) -> int:
        """Return the width of the viewport in pixels.

        Not from the viewport itself: to name a widget that Qt has made, PySide6 makes the classes of all widgets there are,
        15 ms before the first page is seen.
        """
        return self.maximumViewportSize().width()

    def set_measure(self, pixels: int) -> None:
        """Set the widest column of text, from the next page on."""
        self._measure = pixels

    def _set_margins(self) -> None:
        side = max(24, (self.room() - self._measure) // 2)
        # Through a cursor: rootFrame() would tie every frame that ever was to the document, one more with each page.
        frame = QTextCursor(self.document()).currentFrame()
        style = frame.frameFormat()
        if style.leftMargin() == side and style.topMargin() == 24:
            return
        style.setLeftMargin(side)
        style.setRightMargin(side)
        style.setTopMargin(24)
        style.setBottomMargin(24)
        frame.setFrameFormat(style)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column centred and the reading position."""
        if self._showing:  # the page is being put in: nothing may change it from within
            super().resizeEvent(event)
            return
        before = self.reading_anchor()
        super().resizeEvent(event)
        self._set_margins()
        if event.oldSize().width() != event.size().width():
            self.width_changed.emit()
            if before:
                self.go_to(before)

    # -- reading position ------------------------------------------------------------------------------------------

    def _find_anchors(self) -> list[tuple[int, str]]:
        found: list[tuple[int, str]] = []
        block: QTextBlock = self.document().begin()
        while block.isValid():
            iterator = block.begin()
            while not iterator.atEnd():
                fragment = iterator.fragment()
                found += [(fragment.position(), name) for name in fragment.charFormat().anchorNames()]
                iterator += 1
            block = block.next()
        return found

    def anchors(self) -> list[str]:
        """Return the names of all anchors in reading order."""
        return [name for _, name in self._anchors]

    def reading_anchor(self) -> str:
        """Return the anchor that is being read: the last one above the reading line, or empty."""
        return self._arrived() or self._last_anchor(lambda _: True)

    def reading_statement(self) -> str:
        """Return the statement that is being read, or empty."""
        arrived = self._arrived()
        return arrived if arrived and _is_statement(arrived) else self._last_anchor(_is_statement)

    def _arrived(self) -> str:
        """Return the anchor somebody went to while nothing has been scrolled since: near the end of a page it cannot reach the top."""
        anchor, value = self._target
        return anchor if value == self.verticalScrollBar().value() else ""

    def _last_anchor(self, wanted: Callable[[str], bool]) -> str:
        here = self.cursorForPosition(QPoint(self.room() // 2, READING_LINE)).position()
        names = [name for position, name in self._anchors if position <= here + 1 and wanted(name)]
        return names[-1] if names else ""

    def go_to(self, anchor: str) -> bool:
        """Scroll so that an anchor stands at the top; returns False when the page has none of that name."""
        position = next((place for place, name in self._anchors if name == anchor), None)
        if position is None:
            return False
        cursor = QTextCursor(self.document())
        cursor.setPosition(position)
        self.setTextCursor(cursor)
        top = self.cursorRect(cursor).top() + self.verticalScrollBar().value()
        # The bottom line is read with its title above it.
        self.verticalScrollBar().setValue(0 if anchor in ("top", "summary") else max(0, top - 16))
        self._target = (anchor, self.verticalScrollBar().value())
        self._on_scrolled()
        return True

    def _on_scrolled(self) -> None:
        """Tell which heading is being read; a place gone to counts even where the end of the page stops short of it."""
        arrived = self._arrived()
        self.position_changed.emit(self._heading_of(arrived) if arrived else self._last_anchor(_is_heading))

    def _heading_of(self, anchor: str) -> str:
        names = self.anchors()
        before = names[: names.index(anchor) + 1] if anchor in names else []
        return next((name for name in reversed(before) if _is_heading(name)), "top")

    # -- finding -----------------------------------------------------------------------------------------------------

    def mark_all(self, text: str) -> int:
        """Mark every place where a text stands, and return how many there are."""
        selections: list[QTextEdit.ExtraSelection] = []
        if text:
            style = QTextCharFormat()
            style.setBackground(self.palette().highlight())
            style.setForeground(self.palette().highlightedText())
            cursor = self.document().find(text, 0)
            while not cursor.isNull() and len(selections) < 1000:
                selection = QTextEdit.ExtraSelection()

                selection.cursor = cursor
                selection.format = style
                selections.append(selection)
                cursor = self.document().find(text, cursor)
        self._found = selections
        self._mark()
        return len(selections)

    def _mark(self) -> None:
        self.setExtraSelections([*self._found, *self._focused_link])

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab walks the links and then leaves the page; the link that has the focus stands in the focus colour."""
        before = (self.textCursor().selectionStart(), self.textCursor().selectionEnd())
        stays = super().focusNextPrevChild(forward)
        if stays and before == (self.textCursor().selectionStart(), self.textCursor().selectionEnd()):
            stays = QTextEdit.focusNextPrevChild(self, forward)  # Qt stands still at a link that begins with an anchor
        self._focused_link = []
        if stays and self.textCursor().hasSelection():
            selection = QTextEdit.ExtraSelection()
            selection.cursor = self.textCursor()
            selection.cursor.clearSelection()
            selection.cursor.setPosition(self.textCursor().selectionStart())
            selection.cursor.setPosition(self.textCursor().selectionEnd(), QTextCursor.MoveMode.KeepAnchor)
            selection.format = QTextCharFormat()
            selection.format.setBackground(self.focus_colour)
            selection.format.setForeground(self.palette().base())
            self._focused_link = [selection]
        self._mark()
        return stays

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the mark from the link."""
        super().focusOutEvent(event)
        if self._focused_link:
            self._focused_link = []
            self._mark()

    def find_text(self, text: str, *, backward: bool = False) -> bool:
        """Go to the next place where a text stands, round the end of the page if need be."""
        if not text:
            return False
        flag = QTextDocument.FindFlag.FindBackward if backward else QTextDocument.FindFlag(0)
        if self.find(text, flag):
            return True
        cursor = self.textCursor()
        cursor.movePosition(QTextCursor.MoveOperation.End if backward else QTextCursor.MoveOperation.Start)
        self.setTextCursor(cursor)
        return self.find(text, flag)

    # -- links -------------------------------------------------------------------------------------------------------

    def loadResource(self, kind: int, name: QUrl | str) -> object:
        """Answer every request for a file with nothing: pages bring no pictures, styles or files."""
        return None

    def _on_anchor(self, url: QUrl) -> None:
        """Follow a link; a card opens under the link that a key has chosen, or under the mouse."""
        by_key = bool(self._focused_link)
        place = self.viewport().mapTo(self, self.cursorRect().bottomLeft()) if by_key else self.mapFromGlobal(self.cursor().pos())
        self._follow(url.toString(), place)

    def _follow(self, address: str, place: QPoint) -> None:
        link = parse_link(address)
        if link is None:
            return
        if link.kind is LinkKind.REFERENCE:
            self.reference_requested.emit(link.id, self.mapToGlobal(place))
        else:
            self.link_requested.emit(link)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the middle button as an ordinary click on a link: there are no tabs to open."""
        if event.button() is Qt.MouseButton.MiddleButton:
            self._follow(self.anchorAt(event.position().toPoint()), event.position().toPoint())
            return
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """Show the reference behind a citation while the mouse rests on it."""
        if event.type() is QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            link = parse_link(self.anchorAt(self.viewport().mapFrom(self, event.pos())))
            text = self._tips.get(link.id, "") if link and link.kind is LinkKind.REFERENCE else ""
            if text:
                QToolTip.showText(event.globalPos(), f"<p>{escape(text)}</p>", self)
            else:
                QToolTip.hideText()
            return True
        return super().event(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Offer what can be copied."""
        menu = QMenu(self)
        selected = menu.addAction("Copy selected text")
        selected.setEnabled(self.textCursor().hasSelection())
        selected.triggered.connect(self.copy)
        position = self.cursorForPosition(event.pos()).position()
        names = [name for place, name in self._anchors if place <= position + 1 and _is_statement(name)]
        statement = menu.addAction("Copy statement with citation")
        statement.setEnabled(bool(names))
        statement.triggered.connect(lambda: self.copy_requested.emit(names[-1]))
        menu.exec(event.globalPos())

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Ctrl with the wheel changes the text size."""
        if event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.zoom_requested.emit(1 if event.angleDelta().y() > 0 else -1)
            event.accept()
            return
        super().wheelEvent(event)


def _is_heading(anchor: str) -> bool:
    return anchor == "top" or anchor.startswith("section-")


def _is_statement(anchor: str) -> bool:
    return not anchor.startswith(("section-", "reference-")) and anchor != "top"
