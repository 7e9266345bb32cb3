"""A real window on the small edition: found by object name, driven by keys, waited for, never slept for."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.app import build
from desktop_app.authoring.compiler import compile_content, targets_in
from desktop_app.settings import Settings
from desktop_app.ui.background import Background, InlineBackground
from desktop_app.ui.desk import Desk
from tests.support import article, write_sources

OpenDesk = Callable[..., Desk]


@pytest.fixture(scope="session")
def small_edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the content file of a compiled small edition."""
    root = tmp_path_factory.mktemp("edition")
    targets = targets_in(root / "out")
    lengths = {"clinician": 9, "student": 14, "patient": 5}
    long = [
        {"id": f"more-{n}", "citations": ["REV12"], **{audience: f"Fact {n}. " * length for audience, length in lengths.items()}}
        for n in range(12)
    ]
    first = article()
    first["sections"].insert(1, {"id": "points-to", "statements": long})
    compile_content(write_sources(root / "sources", [first, article("quinine", kind="drug"), article("stiff-leg")]), targets)
    return targets.content


@pytest.fixture
def open_desk(small_edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot) -> Iterator[OpenDesk]:
    """Return a function that opens the window; it is closed at the end of the test."""
    monkeypatch.setenv("WARDBOOK_CONTENT", str(small_edition))
    monkeypatch.setenv("WARDBOOK_USER_FOLDER", str(tmp_path / "own"))
    opened: list[Desk] = []

    def open_(settings: Settings | None = None, *, inline: bool = True, size: tuple[int, int] = (1366, 768)) -> Desk:
        application = QApplication.instance()
        assert isinstance(application, QApplication)
        background = InlineBackground() if inline else Background()
        desk = build(application, settings or Settings(ward_mode=True), background)
        qtbot.addWidget(desk.window)
        desk.window.resize(*size)
        desk.window.show()
        qtbot.waitExposed(desk.window)
        application.processEvents()
        opened.append(desk)
        return desk

    yield open_
    application = QApplication.instance()
    for desk in opened:
        if desk.idle is not None and isinstance(application, QApplication):
            desk.idle.unwatch(application)
        desk.window.close()
        desk.stop()
