"""Ward mode: after a while without a touch the window goes back to its home page."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QWindow

TOUCHES = frozenset(
    {QEvent.Type.KeyPress, QEvent.Type.MouseButtonPress, QEvent.Type.Wheel, QEvent.Type.MouseMove, QEvent.Type.TouchBegin}
)


class IdleWatch(QObject):
    """Tells when nobody has touched keyboard or mouse for a while; used in ward mode."""

    warned = Signal()
    idle = Signal()
    active = Signal()

    def __init__(self, seconds: float, warning_seconds: float, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._warning = QTimer(self, singleShot=True, interval=max(1, int((seconds - warning_seconds) * 1000)))
        self._end = QTimer(self, singleShot=True, interval=max(2, int(seconds * 1000)))
        self._warning.timeout.connect(self._on_warning)
        self._end.timeout.connect(self.idle)
        self._warned = False
        self.restart()

    def restart(self) -> None:
        """Begin to count anew."""
        self._warning.start()
        self._end.start()
        if self._warned:
            self._warned = False
            self.active.emit()

    def watch(self, application: QGuiApplication) -> None:
        """Listen at every window that gets the focus: far fewer events come by there than at the application."""
        application.focusWindowChanged.connect(self._on_window)
        self._on_window(application.focusWindow())

    def unwatch(self, application: QGuiApplication) -> None:
        """Listen no more, and count no more."""
        application.focusWindowChanged.disconnect(self._on_window)
        self._warning.stop()
        self._end.stop()

    def _on_window(self, window: QWindow | None) -> None:
        if window is not None:
            window.removeEventFilter(self)
            window.installEventFilter(self)

    def _on_warning(self) -> None:
        self._warned = True
        self.warned.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Count every key, click and turn of the wheel as somebody being there."""
        if event.type() in TOUCHES:
            self.restart()
        return super().eventFilter(watched, event)
