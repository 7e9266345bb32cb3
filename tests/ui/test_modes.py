"""Ward mode leaves nothing behind; personal mode keeps a person's own things."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.style import Theme
from desktop_app.settings import Settings
from desktop_app.store.user_store import Place, UserStore
from desktop_app.ui.idle import IdleWatch
from desktop_app.ui.personal import MINE
from tests.ui.conftest import OpenDesk

CRAMP = Link(LinkKind.ARTICLE, "night-cramp", "more-3")


def test_ward_mode_writes_nothing_and_offers_nothing_to_keep(open_desk: OpenDesk, tmp_path: Path) -> None:
    """No folder is made, and the actions that would keep something are not there."""
    desk = open_desk(Settings(ward_mode=True))
    desk.navigator.open_link(CRAMP)
    desk.window.close()
    assert not (tmp_path / "own").exists()
    assert not desk.window.actions_by_name["bookmark"].isVisible()
    assert not desk.window.actions_by_name["note"].isEnabled()


def test_one_key_clears_search_and_trail(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Nothing of what was typed or read can be gone back to."""
    desk = open_desk()
    qtbot.keyClicks(desk.window.field, "quinine")
    qtbot.waitUntil(lambda: desk.window.results_shown())
    desk.navigator.open_link(CRAMP)
    desk.window.actions_by_name["clear"].trigger()
    assert desk.window.field.text() == ""
    assert desk.window.search_panel.result is None
    assert desk.navigator.page is None
    assert not desk.navigator.trail.can_go_back


def test_after_idle_minutes_the_window_goes_home_with_a_warning(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """First a sentence, then the home page with everything cleared."""
    desk = open_desk(Settings(ward_mode=True, idle_minutes=0.5))
    assert desk.idle is not None
    desk.navigator.open_link(CRAMP)
    desk.idle.warned.emit()
    assert "goes back to its home page" in desk.window.messages.text
    desk.idle.idle.emit()
    assert desk.navigator.page is None
    assert desk.window.messages.text == ""


def test_the_idle_watch_warns_then_ends_and_a_key_starts_it_anew(qtbot: QtBot) -> None:
    """The two signals come in order, and a touch in between stops the second."""
    watch = IdleWatch(0.2, 0.1)
    with qtbot.waitSignals([watch.warned, watch.idle], order="strict", timeout=3000):
        pass
    with qtbot.waitSignal(watch.warned, timeout=3000):
        watch.restart()
    with qtbot.waitSignal(watch.active, timeout=3000):
        watch.restart()
    watch.deleteLater()


def test_bookmarks_notes_and_recent_articles_are_kept(open_desk: OpenDesk, tmp_path: Path) -> None:
    """What a person keeps stands on a page of its own and in the file."""
    desk = open_desk(Settings())
    assert desk.personal is not None
    desk.personal._ask_note = lambda statement, note: f"on {statement[:4]}"
    desk.navigator.open_link(CRAMP)
    desk.window.actions_by_name["bookmark"].trigger()
    desk.window.actions_by_name["note"].trigger()
    desk.navigator.open_link(MINE)
    text = desk.window.view.toPlainText()
    assert "on Fact" in text
    assert text.count("Night cramp") == 3
    assert desk.personal.store.bookmarks() == (Place("night-cramp", "more-3"),)
    desk.navigator.open_link(CRAMP)
    desk.window.actions_by_name["bookmark"].trigger()
    assert desk.personal.store.bookmarks() == ()


def test_the_window_comes_back_as_it_stood(open_desk: OpenDesk, tmp_path: Path) -> None:
    """Audience, text size and colours are those of the last time."""
    from desktop_app.content.audience import Audience

    first = open_desk(Settings())
    first.navigator.set_audience(Audience.STUDENT)
    first.navigator.set_scale(1.5)
    first.navigator.set_theme(Theme.DARK)
    first.window.close()
    first.stop()
    second = open_desk(Settings())
    assert second.navigator.audience is Audience.STUDENT
    assert second.navigator.look.scale == 1.5
    assert second.navigator.look.theme is Theme.DARK
    assert not second.navigator.ask_audience


def test_what_was_typed_is_nowhere_on_disk(open_desk: OpenDesk, qtbot: QtBot, tmp_path: Path) -> None:
    """Fifty unique strings are typed, found or not, copied from and closed over: none is in the person's folder."""
    desk = open_desk(Settings())
    typed = [f"zq{number}canary{number * 7919}" for number in range(50)]
    for canary in typed:
        desk.window.search_panel.search_for(canary)
    desk.navigator.open_link(CRAMP)
    desk.window.actions_by_name["copy"].trigger()
    desk.window.find_bar.open_bar(typed[0])
    assert all(canary not in desk.window.windowTitle() for canary in typed)
    desk.window.close()
    desk.stop()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert kept
    assert not [canary for canary in typed if canary.encode() in kept]


def test_a_damaged_personal_file_is_told_and_the_window_opens(open_desk: OpenDesk, tmp_path: Path) -> None:
    """The notice stands in the message bar; nothing was deleted."""
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "personal.db").write_bytes(b"nonsense")
    desk = open_desk(Settings())
    assert "could not be read" in desk.window.messages.text


def test_a_policy_that_is_not_understood_is_told(open_desk: OpenDesk) -> None:
    """The sentence of the settings reaches the message bar."""
    desk = open_desk(Settings(ward_mode=True, notices=("The policy file is not valid JSON.",)))
    assert "not valid JSON" in desk.window.messages.text


def test_export_and_import_ask_for_a_file(open_desk: OpenDesk, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    """What was exported is read again."""
    from PySide6.QtWidgets import QFileDialog

    desk = open_desk(Settings())
    assert desk.personal is not None
    desk.personal.store.set_bookmark(Place("quinine"), True)
    name = str(tmp_path / "mine.json")
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (name, ""))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (name, ""))
    desk.window.actions_by_name["export"].trigger()
    desk.personal.store.set_bookmark(Place("quinine"), False)
    desk.window.actions_by_name["import"].trigger()
    assert desk.personal.store.bookmarks() == (Place("quinine"),)
    assert "were read" in desk.window.messages.text


def test_a_second_start_raises_the_first_window(qtbot: QtBot) -> None:
    """The second claim is refused and the first one hears of it."""
    from desktop_app.ui.single_instance import SingleInstance

    first, second = SingleInstance("test-claim"), SingleInstance("test-claim")
    assert first.claim()
    heard: list[bool] = []
    first.raised.connect(lambda: heard.append(True))
    first._write(0, 1)
    first._on_look()
    assert heard
    second._memory.attach()
    first._timer.stop()
    assert second._answered() is False
    second.release()
    first.release()
    assert isinstance(QApplication.instance(), QApplication)
    assert UserStore is not None
