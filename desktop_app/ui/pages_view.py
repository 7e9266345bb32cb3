"""The preview: the pages as they come out, painted by the same function as paper, one below the other."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QColor, QImage, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget

from desktop_app.printing.layout import LaidOut
from desktop_app.printing.preview import page_image

_GAP = 16
_NARROWEST = 240


class _Pages(QWidget):
    """Draws the pages that are in sight; pictures are made when first seen and kept until the document changes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._laid_out: LaidOut | None = None
        self._wide = _NARROWEST
        self._pictures: dict[int, QImage] = {}

    def show_pages(self, laid_out: LaidOut) -> None:
        self._laid_out = laid_out
        self._pictures.clear()
        self._resize()

    def set_width(self, wide: int) -> None:
        if wide != self._wide:
            self._wide = max(wide, _NARROWEST)
            self._pictures.clear()
            self._resize()

    def place(self, number: int) -> QRect:
        """Return where a page stands."""
        size = self._page_size()
        return QRect(QPoint(_GAP, _GAP + number * (size.height() + _GAP)), size)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the pages in sight."""
        if self._laid_out is None:
            return
        painter = QPainter(self)
        for number in range(len(self._laid_out.pages)):
            place = self.place(number)
            if place.intersects(event.rect()):
                painter.drawImage(place, self._picture(self._laid_out, number))
                painter.setPen(QColor(Qt.GlobalColor.gray))
                painter.drawRect(place)
        painter.end()

    def _picture(self, laid_out: LaidOut, number: int) -> QImage:
        if number not in self._pictures:
            dots = 72 * self._page_size().width() * self.devicePixelRatioF() / laid_out.pages[number].width
            self._pictures[number] = page_image(laid_out, number, dots)
        return self._pictures[number]

    def _page_size(self) -> QSize:
        wide = self._wide - 2 * _GAP
        if self._laid_out is None or not self._laid_out.pages:
            return QSize(wide, wide)
        page = self._laid_out.pages[0]
        return QSize(wide, round(wide * page.height / page.width))

    def _resize(self) -> None:
        count = len(self._laid_out.pages) if self._laid_out else 0
        self.setFixedSize(self._wide, _GAP + count * (self._page_size().height() + _GAP))
        self.update()


class PagesView(QScrollArea):
    """The pages in a scrolling area as wide as there is room."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pages")
        self.setAccessibleName("Preview")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._pages = _Pages()
        self.setWidget(self._pages)

    def show_pages(self, laid_out: LaidOut) -> None:
        """Show a document from its first page; a screen reader is given the words of that page."""
        self._pages.show_pages(laid_out)
        self.verticalScrollBar().setValue(0)
        count = len(laid_out.pages)
        self.setAccessibleName(f"Preview, {count} page{'s' * (count != 1)}")
        self.setAccessibleDescription(laid_out.pages[0].text())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fit the pages to the width."""
        super().resizeEvent(event)
        self._pages.set_width(self.viewport().width())
