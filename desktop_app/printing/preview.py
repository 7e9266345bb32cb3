"""Pages as pictures for the screen and for the documentation: painted by the same function as paper."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QPainter

from desktop_app.printing.layout import LaidOut
from desktop_app.printing.paint import paint_page
from desktop_app.printing.typeface import load_typeface


def page_image(laid_out: LaidOut, number: int, dots_per_inch: float = 96.0) -> QImage:
    """Return one page (counted from 0) as a picture on white, in shades of grey when the options ask for them."""
    page = laid_out.pages[number]
    scale = dots_per_inch / 72
    image = QImage(round(page.width * scale), round(page.height * scale), QImage.Format.Format_RGB32)
    image.fill(QColor(Qt.GlobalColor.white))
    painter = QPainter(image)
    try:
        painter.setRenderHints(QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing)
        paint_page(painter, page, load_typeface(), dots_per_inch)
    finally:
        painter.end()
    return image.convertToFormat(QImage.Format.Format_Grayscale8) if laid_out.options.greyscale else image
