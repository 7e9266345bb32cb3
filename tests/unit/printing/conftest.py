"""Tests of paper run without a display; letters are measured with the one application of the test run."""

from __future__ import annotations

import os

import pytest
from PySide6.QtGui import QGuiApplication

from desktop_app.printing.qt_guard import keep_none_alive

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(scope="session")
def application(qapp: QGuiApplication) -> QGuiApplication:
    """Give the Qt application that letters are measured with."""
    keep_none_alive()
    return qapp
