"""Tells when the window can be seen, so that what nobody waits for begins after it and not before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow


class FirstPaint(QObject):
    """Watches a window that was told to show itself, and says once that it stands on the screen."""

    painted = Signal()

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        if window.isExposed():
            self._tell()
        else:
            window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first exposure, which Qt answers by painting; the word is given when that is done."""
        if event.type() is QEvent.Type.Expose and isinstance(watched, QWindow) and watched.isExposed():
            watched.removeEventFilter(self)
            self._tell()
        return False

    def _tell(self) -> None:
        QTimer.singleShot(0, self.painted.emit)
