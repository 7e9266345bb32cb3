"""What every test stands on: no screen, no network, no Qt complaint, no thread left behind.

Qt messages of the level "warning" fail a test through pytest-qt (``qt_log_level_fail`` in pyproject.toml), and Python's
warnings are errors there too. Nothing here may be switched off by a test.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Iterator

import pytest

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


class SocketGuard:
    """Refuses every socket that Python code makes, of whatever family, and remembers it.

    It is an audit hook, so it sees what a library does below the ``socket`` module as well.
    """

    def __init__(self) -> None:
        self.refused: list[str] = []

    def __call__(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "socket.__new__":
            family = arguments[1] if len(arguments) > 1 else "?"
            self.refused.append(f"a socket of family {family}")
            raise RuntimeError("Wardbook makes no sockets, and neither do its tests.")


_guard = SocketGuard()
sys.addaudithook(_guard)


@pytest.fixture(autouse=True)
def no_sockets() -> Iterator[SocketGuard]:
    """Fail the test that made a socket, even when the code under test swallowed the refusal."""
    _guard.refused.clear()
    yield _guard
    refused = list(_guard.refused)
    _guard.refused.clear()
    assert not refused, f"the test made {', '.join(refused)}"


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail the test that leaves a Python thread running (Qt's own pool threads are not Python's)."""
    before = set(threading.enumerate())
    yield
    left = [t for t in threading.enumerate() if t not in before and t.is_alive() and not isinstance(t, threading._DummyThread)]
    for thread in left:
        thread.join(timeout=5)
    alive = [thread.name for thread in left if thread.is_alive()]
    assert not alive, f"threads left running: {', '.join(alive)}"
