"""Tells when the window can be seen, so that what nobody waits for begins after it and not before."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QWindow

LONGEST_MS = 5_000


class FirstPaint(QObject):
    """Watches a window that was told to show itself, and says once that it stands on the screen, or that waiting longer is idle."""

    painted = Signal()

    def __init__(self, window: QWindow) -> None:
        super().__init__(window)
        self._window = window
        self._told = False
        if window.isExposed():
            self._tell()
        else:
            window.installEventFilter(self)
            QTimer.singleShot(LONGEST_MS, self._tell)  # a window that was started minimised is not painted

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first exposure, which Qt answers by painting; the word is given when that is done."""
        if event.type() is QEvent.Type.Expose and isinstance(watched, QWindow) and watched.isExposed():
            self._tell()
        return False

    def _tell(self) -> None:
        if not self._told:
            self._told = True
            self._window.removeEventFilter(self)
            QTimer.singleShot(0, self.painted.emit)
