"""After the first paint: the search is opened, and what is wrong with its index is told in the window."""

from __future__ import annotations

import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from desktop_app import app, paths
from desktop_app.authoring.compiler import compile_content, targets_in
from desktop_app.errors import ContentError
from desktop_app.settings import Settings
from desktop_app.ui import theme
from desktop_app.ui.background import Background
from desktop_app.ui.first_paint import FirstPaint
from tests.support import article, write_sources
from tests.ui.conftest import OpenDesk


@pytest.fixture
def own_edition(small_edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a copy of the small edition that a test may spoil; windows open it from now on."""
    folder = tmp_path / "edition"
    shutil.copytree(small_edition.parent, folder)
    monkeypatch.setenv("WARDBOOK_CONTENT", str(folder / small_edition.name))
    return folder


def test_the_first_paint_is_told_once(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    painted = []
    window.show()
    watch = FirstPaint(window.windowHandle())
    with qtbot.waitSignal(watch.painted):
        watch.painted.connect(lambda: painted.append(window.isVisible()))
    window.hide()
    window.show()
    qtbot.waitExposed(window)
    window.resize(300, 200)
    qtbot.wait(20)
    assert painted == [True]


def test_a_window_that_stands_already_counts_as_painted(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    qtbot.waitExposed(window)
    watch = FirstPaint(window.windowHandle())
    with qtbot.waitSignal(watch.painted):
        pass


def test_a_damaged_index_is_told_and_search_goes_on(open_desk: OpenDesk, own_edition: Path, qtbot: QtBot) -> None:
    """Whoever types before it was told finds all the same."""
    ranking = own_edition / "index" / "ranking.bin"
    ranking.write_bytes(ranking.read_bytes()[:-1])
    desk = open_desk(Settings(ward_mode=True, notices=("The policy file is not valid JSON.",)), inline=False)
    desk.window.search_panel.search_for("night cramp")
    with qtbot.waitSignal(desk.search_opened):
        desk.open_search()
    qtbot.waitUntil(lambda: desk.window.search_panel.result is not None)
    assert "rebuilt in memory" in desk.window.messages.text
    assert "not valid JSON" in desk.window.messages.text
    result = desk.window.search_panel.result
    assert result is not None
    assert result.hits[0].article_id == "night-cramp"


def test_an_index_that_vanishes_after_the_window_stands_is_told_too(open_desk: OpenDesk, own_edition: Path) -> None:
    desk = open_desk()
    shutil.rmtree(own_edition / "index")
    desk.open_search()
    assert "rebuilt in memory" in desk.window.messages.text


def test_an_index_of_another_edition_is_not_searched(open_desk: OpenDesk, own_edition: Path, tmp_path: Path) -> None:
    """The folder is updated while a window stands, before its search was opened: it goes on with the edition that it shows."""
    desk = open_desk()
    other = targets_in(tmp_path / "other")
    compile_content(
        write_sources(tmp_path / "sources", [article(), article("quinine", kind="drug"), article("mouse-arm")]), other
    )
    for name in ("index", "manifest.json", "content.db"):
        (own_edition / name).rename(own_edition / f"{name}.old")
        (other.content.parent / name).rename(own_edition / name)
    desk.open_search()
    assert "rebuilt in memory" in desk.window.messages.text
    desk.window.search_panel.search_for("stiff leg")
    result = desk.window.search_panel.result
    assert result is not None
    assert "stiff-leg" in {hit.article_id for hit in result.hits}


def test_a_whole_index_is_opened_without_a_word(open_desk: OpenDesk, qtbot: QtBot) -> None:
    desk = open_desk()
    with qtbot.waitSignal(desk.search_opened):
        desk.open_search()
    assert desk.window.messages.text == ""


def test_what_was_not_begun_when_the_window_closes_is_dropped_without_a_word(
    qtbot: QtBot, capsys: pytest.CaptureFixture[str]
) -> None:
    """Closing at once is no fault."""
    background = Background(threads=1)
    begun, go_on = threading.Event(), threading.Event()
    done: list[str] = []

    def first() -> str:
        begun.set()
        go_on.wait(10)
        return "first"

    background.run(first, done.append)
    background.run(lambda: "second", done.append)
    assert begun.wait(10)
    threading.Timer(0.05, go_on.set).start()
    background.stop()
    qtbot.waitUntil(lambda: done == ["first"])
    qtbot.wait(20)
    assert done == ["first"]
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    "error", [ContentError("The content file is damaged.", "Ask."), ModuleNotFoundError("asyncio"), SystemExit(1)]
)
def test_a_search_that_fails_does_not_leave_the_hits_of_another(
    open_desk: OpenDesk, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], error: BaseException
) -> None:
    """Whatever the reason: a sentence stands where the hits of the question before were."""
    desk = open_desk(inline=False)
    panel = desk.window.search_panel
    panel.search_for("quinine")
    qtbot.waitUntil(lambda: panel.result is not None and bool(panel.result.hits))

    def fail(_: object) -> None:
        raise error

    monkeypatch.setattr(desk.reader, "search", fail)
    panel.search_for("statin")
    qtbot.waitUntil(lambda: panel.result is not None and panel.result.query.text == "statin")
    result = panel.result
    assert result is not None
    assert not result.hits
    assert not panel.hits.isVisible()
    assert ("damaged" if isinstance(error, ContentError) else "could not do this") in result.tried
    capsys.readouterr()


def test_an_action_whose_part_of_the_program_is_gone_is_told(
    open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """PyInstaller would end the program where its file was moved away."""
    desk = open_desk()

    def gone(*_: object) -> None:
        raise SystemExit("moved or deleted")

    monkeypatch.setattr(desk.reader.store, "article", gone)
    desk.window.actions_by_name["index"].trigger()
    desk.window.on_action("about", lambda: desk.reader.article("night-cramp"))
    desk.window.actions_by_name["about"].trigger()
    assert "start Wardbook again" in desk.window.messages.text
    capsys.readouterr()


def test_a_search_that_cannot_be_opened_is_told(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = open_desk()

    def fail(_: object) -> None:
        raise ContentError("The content file is damaged.", "Ask.")

    monkeypatch.setattr(desk.reader, "search", fail)
    desk.open_search()
    assert desk.window.messages.text == "The search does not work. The content file is damaged. Ask."


@pytest.fixture
def own_resources(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Return a copy of the resources that a test may spoil; the program reads it from now on."""
    folder = tmp_path / "resources"
    shutil.copytree(paths.resources_folder(), folder, ignore=shutil.ignore_patterns("content", "schema"))
    monkeypatch.setattr(paths, "resources_folder", lambda: folder)
    monkeypatch.setattr(paths, "fonts_folder", lambda: folder / "fonts")
    theme._template.cache_clear()
    yield folder
    theme._template.cache_clear()


@pytest.mark.parametrize("content", [None, b"", b"\xff\xfe garbage", b"QWidget { color: $ }"])
def test_a_style_sheet_that_cannot_be_used_is_refused_in_words(
    open_desk: OpenDesk, own_resources: Path, content: bytes | None
) -> None:
    style = own_resources / "styles" / "app.qss"
    style.unlink()
    if content is not None:
        style.write_bytes(content)
    with pytest.raises(ContentError, match="design file"):
        open_desk()


def test_a_style_sheet_that_goes_away_later_is_not_missed(open_desk: OpenDesk, own_resources: Path) -> None:
    desk = open_desk()
    (own_resources / "styles" / "app.qss").unlink()
    desk.window.actions_by_name["theme"].trigger()
    desk.window.actions_by_name["zoom_in"].trigger()
    assert desk.window.messages.text == ""


def test_a_missing_typeface_is_told(open_desk: OpenDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(app, "load_fonts", lambda _: False)
    assert "typeface" in open_desk().window.messages.text


def test_a_second_message_keeps_the_button_of_the_first(open_desk: OpenDesk) -> None:
    """And a message of its own has no button of one that was closed."""
    messages = open_desk().window.messages
    done: list[str] = []
    messages.tell("First.", "Do it", lambda: done.append("done"))
    messages.add("Second.")
    assert messages.text == "First. Second."
    action = next(stop for stop in messages.tab_stops() if stop.accessibleName() == "Do it")
    assert not action.isHidden()
    action.click()  # type: ignore[attr-defined]
    assert done == ["done"]
    messages.add("Third.")
    assert messages.text == "Third."
    assert action.isHidden()
