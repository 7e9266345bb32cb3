"""Tests of paper run without a display; letters are measured with the one application of the test run."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication


@pytest.fixture(scope="session")
def application(qapp: QGuiApplication) -> QGuiApplication:
    """Give the Qt application that letters are measured with."""
    return qapp
