"""The suite's own guards hold: a guard that lets everything pass would make every other test worth less."""

from __future__ import annotations

import contextlib
import socket
from typing import Any

import pytest


def test_a_socket_is_refused_and_remembered(no_sockets: Any) -> None:
    for family in (socket.AF_INET, socket.AF_INET6):
        with pytest.raises(RuntimeError, match="no sockets"):
            socket.socket(family)
    assert len(no_sockets.refused) == 2
    no_sockets.refused.clear()


def test_a_refusal_that_is_swallowed_still_counts(no_sockets: Any) -> None:
    with contextlib.suppress(Exception):
        socket.create_connection(("127.0.0.1", 9), timeout=0.1)
    assert no_sockets.refused
    no_sockets.refused.clear()


def test_qt_starts_without_a_screen() -> None:
    """Every test runs on a platform that needs no display, unless whoever runs them chose another."""
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    assert isinstance(application, QGuiApplication)
    import os

    assert application.platformName() == os.environ["QT_QPA_PLATFORM"]
