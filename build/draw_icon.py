"""Draw the application icon: ``python build/draw_icon.py`` writes resources/icons/wardbook.png, .ico and .icns.

An open book with a ward cross above its fold, white on teal #0B5C6B. Small sizes are drawn on their own with less in them,
not scaled down. The three files are committed; this script is how they are made again.
"""

from __future__ import annotations

import os
import struct
import sys
from pathlib import Path

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QImageWriter, QPainter, QPainterPath, QPen

FOLDER = Path(__file__).resolve().parent.parent / "resources" / "icons"
TEAL = QColor("#0B5C6B")
PAPER = QColor("#FFFFFF")
SHADE = QColor("#CFE3E6")
ICO_SIZES = (16, 20, 24, 32, 40, 48, 64, 128, 256)
ICNS_TYPES = {128: b"ic07", 256: b"ic08", 512: b"ic09"}
SMALL = 32  # below this, lines on the pages would only be dirt


def page(left: bool) -> QPainterPath:
    """Return one page of the open book, in units of 1/100 of the icon; the fold is at x = 50."""
    path = QPainterPath(QPointF(50, 48))
    path.cubicTo(QPointF(40, 39), QPointF(26, 38), QPointF(14, 41))
    path.lineTo(QPointF(14, 80))
    path.cubicTo(QPointF(26, 77), QPointF(40, 78), QPointF(50, 86))
    path.closeSubpath()
    if left:
        return path
    mirrored = QPainterPath(QPointF(50, 48))
    mirrored.cubicTo(QPointF(60, 39), QPointF(74, 38), QPointF(86, 41))
    mirrored.lineTo(QPointF(86, 80))
    mirrored.cubicTo(QPointF(74, 77), QPointF(60, 78), QPointF(50, 86))
    mirrored.closeSubpath()
    return mirrored


def draw(size: int) -> QImage:
    """Return the icon as a square picture of ``size`` pixels."""
    image = QImage(size, size, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.scale(size / 100, size / 100)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(TEAL)
    painter.drawRoundedRect(QRectF(2, 2, 96, 96), 20, 20)
    painter.setBrush(PAPER)
    painter.drawPath(page(left=True))
    painter.setBrush(SHADE)
    painter.drawPath(page(left=False))
    painter.setBrush(PAPER)
    arm, reach = (11.0, 15.0) if size < SMALL else (9.0, 14.0)
    painter.drawRect(QRectF(50 - arm / 2, 24 - reach, arm, 2 * reach))
    painter.drawRect(QRectF(50 - reach, 24 - arm / 2, 2 * reach, arm))
    painter.setPen(QPen(TEAL, 5 if size < SMALL else 3))
    painter.drawLine(QPointF(50, 49), QPointF(50, 85))
    if size >= SMALL:
        painter.setPen(QPen(TEAL, 2.6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        for y in (52, 61, 70):
            painter.drawLine(QPointF(21, y - 1), QPointF(42, y + 1.5))
            painter.drawLine(QPointF(58, y + 1.5), QPointF(79, y - 1))
    painter.end()
    return image


def as_png(image: QImage) -> bytes:
    """Return a picture as PNG bytes."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    if not QImageWriter(buffer, QByteArray(b"png")).write(image):
        raise RuntimeError("Qt could not write a PNG")
    return bytes(buffer.data().data())


def as_ico(pictures: dict[int, bytes]) -> bytes:
    """Return a Windows icon file holding PNG pictures by size (at most 256 pixels)."""
    offset = 6 + 16 * len(pictures)
    head = struct.pack("<HHH", 0, 1, len(pictures))
    body = b""
    for size, data in sorted(pictures.items()):
        head += struct.pack("<BBBBHHII", size % 256, size % 256, 0, 0, 1, 32, len(data), offset + len(body))
        body += data
    return head + body


def as_icns(pictures: dict[int, bytes]) -> bytes:
    """Return a macOS icon file holding PNG pictures by size."""
    body = b"".join(ICNS_TYPES[size] + struct.pack(">I", 8 + len(data)) + data for size, data in sorted(pictures.items()))
    return b"icns" + struct.pack(">I", 8 + len(body)) + body


def main() -> int:
    """Write the three icon files."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QGuiApplication([])
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "wardbook.png").write_bytes(as_png(draw(256)))
    (FOLDER / "wardbook.ico").write_bytes(as_ico({size: as_png(draw(size)) for size in ICO_SIZES}))
    (FOLDER / "wardbook.icns").write_bytes(as_icns({size: as_png(draw(size)) for size in ICNS_TYPES}))
    del application
    return 0


if __name__ == "__main__":
    sys.exit(main())
