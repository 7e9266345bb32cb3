"""One window a person: a second start raises the first window and ends.

A few bytes of shared memory, no socket and no file: the first start counts in them once a second and looks whether
somebody has knocked; a second start knocks and waits for an answer. Memory left behind by a crash does not answer, and
is taken over.
"""

from __future__ import annotations

import hashlib
import os
import time
from typing import Any, cast

from PySide6.QtCore import QNativeIpcKey, QObject, QSharedMemory, QTimer, Signal

SIZE = 8
KNOCK, ANSWER = 0, 1
LOOK_MS = 500
PATIENCE_S = 1.2


class SingleInstance(QObject):
    """Held by the first start for as long as it lives."""

    raised = Signal()

    def __init__(self, name: str = "wardbook", parent: QObject | None = None) -> None:
        super().__init__(parent)
        owner = hashlib.sha256(f"{name}:{_user()}".encode()).hexdigest()[:12]
        self._memory = QSharedMemory(QSharedMemory.platformSafeKey(f"wardbook-{owner}", _kind()), self)
        self._timer = QTimer(self)
        self._timer.setInterval(LOOK_MS)
        self._timer.timeout.connect(self._on_look)

    def claim(self) -> bool:
        """Return True when this is the first start; False when another one answered and has raised its window."""
        if self._memory.create(SIZE):
            self._timer.start()
            return True
        if self._memory.error() is not QSharedMemory.SharedMemoryError.AlreadyExists or not self._memory.attach():
            return True  # no shared memory on this system: better two windows than none
        if self._answered():
            self._memory.detach()
            return False
        self._timer.start()
        return True

    def _answered(self) -> bool:
        self._write(KNOCK, 1)
        self._write(ANSWER, 0)
        until = time.monotonic() + PATIENCE_S
        while time.monotonic() < until:
            if self._read(ANSWER):
                return True
            time.sleep(0.05)
        return False

    def _on_look(self) -> None:
        if self._read(KNOCK):
            self._write(KNOCK, 0)
            self._write(ANSWER, 1)
            self.raised.emit()

    def _bytes(self) -> memoryview:
        # The stubs call this an address; PySide gives the memory itself.
        return memoryview(cast(Any, self._memory.data()))

    def _read(self, at: int) -> int:
        return int(self._bytes()[at])

    def _write(self, at: int, value: int) -> None:
        self._bytes()[at] = value

    def release(self) -> None:
        """Let the next start be the first."""
        self._timer.stop()
        self._memory.detach()


def _user() -> str:
    """Return what tells one person's account from another's, without asking a directory service."""
    number = getattr(os, "getuid", None)
    return str(number()) if number else os.environ.get("USERNAME", "")


def _kind() -> QNativeIpcKey.Type:
    posix = QNativeIpcKey.Type.PosixRealtime
    return posix if QSharedMemory.isKeyTypeSupported(posix) else QNativeIpcKey.Type.SystemV
