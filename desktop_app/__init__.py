"""Wardbook: an offline clinical reference for ward computers."""

from __future__ import annotations

__version__ = "1.0.0"
