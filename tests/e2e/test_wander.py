"""Somebody who presses anything: no fault, no complaint of Qt, nothing that grows. The long walk is benchmarks/wander.py."""

from __future__ import annotations

import gc
from collections import Counter

import pytest
from PySide6.QtWidgets import QApplication

from benchmarks.wander import Wanderer, memory_mb
from tests.ui.conftest import OpenDesk

ACTIONS, WARM = 300, 100
MOST_MB = 20


@pytest.mark.parametrize("seed", [1, 2])
def test_three_hundred_random_actions_leave_nothing_behind(open_desk: OpenDesk, seed: int) -> None:
    """No exception and no warning of Qt (those fail by themselves), no widget and no memory left over."""
    wanderer = Wanderer(open_desk(), seed)
    for _ in range(WARM):
        wanderer.step()
    gc.collect()
    before, memory = Counter(type(widget).__name__ for widget in QApplication.allWidgets()), memory_mb()
    for _ in range(ACTIONS - WARM):
        wanderer.step()
    wanderer.desk.navigator.forget()
    wanderer.desk.window.messages.hide()
    wanderer.step()
    gc.collect()
    after = Counter(type(widget).__name__ for widget in QApplication.allWidgets())
    assert sum(after.values()) < sum(before.values()) + 60, after - before  # a dialog has about forty
    assert memory_mb() - memory < MOST_MB
    assert len(set(wanderer.done)) > 20
