"""Paints a laid-out page on anything Qt can paint on: PDF, printer or preview. It decides nothing about places."""

from __future__ import annotations

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from desktop_app.printing.pieces import BoxMark, LineMark, PaintedPage, TextMark
from desktop_app.printing.typeface import UNITS, Typeface


def paint_page(painter: QPainter, page: PaintedPage, typeface: Typeface, dots_per_inch: float) -> None:
    """Paint every mark in black; ``dots_per_inch`` is the resolution of the painter's device.

    The painter's origin must be the corner of the paper, its margins included.
    """
    painter.save()
    scale = dots_per_inch / (72 * UNITS)
    if scale != 1.0:
        painter.scale(scale, scale)
    for part in page.parts:
        for mark in part.marks:
            match mark:
                case TextMark():
                    painter.setPen(QColor(Qt.GlobalColor.black))
                    painter.setFont(typeface.font(mark.size, mark.bold))
                    painter.drawText(QPointF(mark.x * UNITS, mark.y * UNITS), mark.text)
                case LineMark():
                    painter.setPen(_pen(mark.width, mark.dotted))
                    painter.drawLine(QLineF(mark.x * UNITS, mark.y * UNITS, mark.to_x * UNITS, mark.to_y * UNITS))
                case BoxMark():
                    painter.setPen(_pen(mark.width))
                    painter.drawRect(QRectF(mark.x * UNITS, mark.y * UNITS, mark.wide * UNITS, mark.high * UNITS))
    painter.restore()


def _pen(width: float, dotted: bool = False) -> QPen:
    pen = QPen(QColor(Qt.GlobalColor.black), width * UNITS)
    pen.setJoinStyle(Qt.PenJoinStyle.MiterJoin)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    if dotted:
        pen.setDashPattern([1.0, 4.0])
    return pen
