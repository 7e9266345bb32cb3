"""Journeys use the window and the small edition of the window's tests."""

from __future__ import annotations

from tests.ui.conftest import open_desk, small_edition

__all__ = ["open_desk", "small_edition"]
