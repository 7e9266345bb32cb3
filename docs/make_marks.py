"""Draws the small marks of boxes and arrows into resources/icons: ``python docs/make_marks.py``.

Style sheets take a tick or an arrow from a file only. Each mark is drawn twice as large as it is shown, once dark and once light.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter, QPen

ICONS = Path(__file__).resolve().parent.parent / "resources" / "icons"
SIDE = 32
WIDTH = 4.5
MARKS = {"tick": ((7, 17), (13, 23), (25, 9)), "down": ((8, 12), (16, 20), (24, 12)), "up": ((8, 20), (16, 12), (24, 20))}
COLOURS = {"dark": "#10181A", "light": "#FFFFFF"}


def draw(points: tuple[tuple[int, int], ...], colour: str) -> QImage:
    """Return one mark: a line with round ends on nothing."""
    image = QImage(SIDE, SIDE, QImage.Format.Format_ARGB32)
    image.fill(Qt.GlobalColor.transparent)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    pen = QPen(QColor(colour), WIDTH)
    pen.setCapStyle(Qt.PenCapStyle.RoundCap)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.drawPolyline([QPointF(x, y) for x, y in points])
    painter.end()
    return image


def main() -> int:
    """Draw every mark in both colours."""
    _application = QGuiApplication.instance() or QGuiApplication(["marks"])
    for name, points in MARKS.items():
        for tone, colour in COLOURS.items():
            path = ICONS / f"{name}-{tone}.png"
            draw(points, colour).save(str(path), quality=0)
            sys.stdout.write(f"{path.name}: {path.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
