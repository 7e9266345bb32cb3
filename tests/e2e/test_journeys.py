"""Journeys of people in a real window: by keyboard, with work in real threads, waited for, never slept for."""

from __future__ import annotations

from pathlib import Path

import pytest
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from desktop_app.content.audience import Audience
from desktop_app.settings import Settings
from desktop_app.ui.desk import Desk
from desktop_app.ui.print_dialog import PrintDialog
from tests.ui.conftest import OpenDesk


def typed(desk: Desk, qtbot: QtBot, text: str) -> None:
    """Type into the search field from the keyboard and wait for the answer to exactly that."""
    qtbot.keyClick(desk.window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(desk.window.field.hasFocus)
    desk.window.field.clear()
    qtbot.keyClicks(desk.window.field, text)
    panel = desk.window.search_panel
    qtbot.waitUntil(lambda: panel.result is not None and panel.result.query.text == text and desk.window.results_shown())


def press(desk: Desk, qtbot: QtBot, key: Qt.Key, *modifiers: Qt.KeyboardModifier) -> None:
    """Press a shortcut of the window."""
    modifier = Qt.KeyboardModifier.NoModifier
    for one in modifiers:
        modifier |= one
    qtbot.keyClick(desk.window, key, modifier)


CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


def test_from_a_mistyped_brand_to_a_printed_article(
    open_desk: OpenDesk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A brand with a typing error is understood and can be undone; a symptom opens; audience, print and PDF; and back again."""
    desk = open_desk(inline=False)
    desk.window.activateWindow()
    panel = desk.window.search_panel

    typed(desk, qtbot, "Qualaqiun")
    assert panel.result is not None
    understood = {item.typed.casefold(): item.understood.casefold() for item in panel.result.interpretation}
    assert "qualaqiun" in understood
    assert panel.result.hits[0].article_id == "quinine"

    undo = next(button for button in panel.findChildren(QPushButton, "undo") if button.text() == "Undo")
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: panel.result is not None and "qualaqiun" in panel.result.query.literal)
    assert "qualaqiun" not in {item.typed.casefold() for item in panel.result.interpretation}

    typed(desk, qtbot, "cramp at night")
    qtbot.keyClick(desk.window.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.navigator.page is not None and not desk.window.results_shown())
    assert desk.navigator.page is not None
    opened = desk.navigator.page.article_id

    press(desk, qtbot, Qt.Key.Key_F, CTRL)
    qtbot.waitUntil(desk.window.find_bar.field.hasFocus)
    qtbot.keyClicks(desk.window.find_bar.field, "quinine")
    assert desk.window.find_bar.count.text().endswith(("match", "matches"))
    assert desk.window.view.textCursor().selectedText().casefold() == "quinine"
    press(desk, qtbot, Qt.Key.Key_Escape)
    assert desk.window.find_bar.isHidden()

    desk.window.view.go_to("quinine-doubt")
    reading = desk.window.view.reading_statement()
    press(desk, qtbot, Qt.Key.Key_3, CTRL)
    assert desk.navigator.audience is Audience.PATIENT
    assert desk.window.view.reading_statement() == reading == "quinine-doubt"

    target = tmp_path / "article.pdf"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    press(desk, qtbot, Qt.Key.Key_P, CTRL)
    dialog = desk.paper.dialog
    assert isinstance(dialog, PrintDialog)
    assert dialog.isVisible()
    qtbot.mouseClick(dialog.save_button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.message.startswith("Saved article.pdf"))
    text = "".join(page.extract_text() for page in PdfReader(target).pages)
    assert "Why do I get cramp at night?" in text
    assert "Not yet approved" in text
    dialog.close()
    desk.window.activateWindow()  # a platform with a window manager does so by itself
    qtbot.waitUntil(desk.window.isActiveWindow)

    press(desk, qtbot, Qt.Key.Key_Left, ALT)
    qtbot.waitUntil(lambda: desk.navigator.page is None)
    press(desk, qtbot, Qt.Key.Key_Right, ALT)
    qtbot.waitUntil(lambda: desk.navigator.page is not None)
    assert desk.navigator.page.article_id == opened


def test_a_dialog_can_be_opened_again_after_it_was_closed(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Printing twice in a row works, also once Qt has deleted the first dialog."""
    desk = open_desk()
    typed(desk, qtbot, "quinine")
    qtbot.keyClick(desk.window.field, Qt.Key.Key_Return)
    for _ in range(3):
        desk.paper.print_shown()
        first = desk.paper.dialog
        assert first is not None
        with qtbot.waitSignal(first.destroyed):
            first.close()


def test_on_a_ward_the_next_person_finds_the_home_page(open_desk: OpenDesk, qtbot: QtBot, tmp_path: Path) -> None:
    """Type, read, walk away: after the idle time the home page stands there, nothing can be gone back to, nothing is on disk."""
    before = set(tmp_path.rglob("*"))
    desk = open_desk(Settings(ward_mode=True, idle_minutes=0.05), inline=False)
    desk.window.activateWindow()
    typed(desk, qtbot, "quinine")
    qtbot.keyClick(desk.window.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.navigator.page is not None)
    typed(desk, qtbot, "cramp")
    desk.paper.print_checklist("cramp-pitfalls")
    dialog = desk.paper.dialog
    assert dialog is not None
    assert desk.idle is not None
    with qtbot.waitSignal(desk.idle.idle, timeout=10_000), qtbot.waitSignal(dialog.destroyed, timeout=10_000):
        pass
    assert desk.navigator.page is None
    assert not desk.window.results_shown()
    assert desk.window.field.text() == ""
    assert not desk.navigator.trail.can_go_back
    assert "What do you see?" in desk.window.view.toPlainText()
    desk.window.close()
    assert set(tmp_path.rglob("*")) == before


def test_a_touch_keeps_the_page_on_a_ward(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Whoever presses a key after the warning goes on reading, and the warning goes away."""
    desk = open_desk(Settings(ward_mode=True, idle_minutes=10))
    typed(desk, qtbot, "quinine")
    qtbot.keyClick(desk.window.field, Qt.Key.Key_Return)
    assert desk.idle is not None
    desk.idle._on_warning()
    assert "Nobody is here?" in desk.window.messages.text
    window = desk.window.windowHandle()
    assert window is not None
    desk.idle._on_window(window)
    qtbot.keyClick(window, Qt.Key.Key_Down)
    assert desk.window.messages.text == ""
    assert desk.navigator.page is not None


def test_the_clipboard_holds_what_was_copied_and_nothing_else(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Copying a statement takes its citations and the review state along."""
    desk = open_desk()
    typed(desk, qtbot, "quinine")
    qtbot.keyClick(desk.window.field, Qt.Key.Key_Return)
    press(desk, qtbot, Qt.Key.Key_C, CTRL, Qt.KeyboardModifier.ShiftModifier)
    copied = QApplication.clipboard().text()
    assert "Not yet approved" in copied
    assert "2012" in copied or "2024" in copied
