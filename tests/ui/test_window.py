"""The window as a person uses it: type, open, switch, go back, find, copy, all by keyboard."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QTextBrowser, QToolButton, QWidget
from pytestqt.qtbot import QtBot

from desktop_app.content.audience import Audience
from desktop_app.reading import leaves
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.style import Theme
from desktop_app.settings import Settings
from desktop_app.ui.actions import ACTIONS
from desktop_app.ui.desk import Desk
from tests.ui.conftest import OpenDesk

CRAMP = Link(LinkKind.ARTICLE, "night-cramp")


def text(desk: Desk) -> str:
    """Return what the page says."""
    return desk.window.view.toPlainText()


def search(desk: Desk, qtbot: QtBot, typed: str) -> None:
    """Type into the search field and wait for the result of exactly that."""
    desk.window.field.clear()
    qtbot.keyClicks(desk.window.field, typed)
    qtbot.waitUntil(lambda: desk.window.search_panel.result is not None and desk.window.search_panel.result.query.text == typed)


def test_the_window_opens_on_the_home_page_ready_to_type(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Edition, state and the one-line question are there, and the search field has the focus."""
    desk = open_desk()
    assert "Which best describes you?" in text(desk)
    assert "nothing in it has yet been approved" in text(desk)
    labels = [label.text() for label in desk.window.statusBar().findChildren(QLabel)]
    assert "Not yet approved: under clinical review" in labels
    desk.window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is desk.window.field)


def test_the_question_who_reads_is_answered_in_the_page(open_desk: OpenDesk) -> None:
    """Choosing an audience on the home page takes the line away; no dialog is involved."""
    desk = open_desk()
    desk.navigator.open_link(Link(LinkKind.PAGE, "audience-patient"))
    assert desk.navigator.audience is Audience.PATIENT
    assert "Which best describes you?" not in text(desk)
    assert desk.window.switch.button(Audience.PATIENT).isChecked()


def test_a_policy_answers_who_reads(open_desk: OpenDesk) -> None:
    """Where IT has chosen an audience nobody is asked."""
    desk = open_desk(Settings(ward_mode=True, audience="student"))
    assert desk.navigator.audience is Audience.STUDENT
    assert "Which best describes you?" not in text(desk)


def test_typing_finds_enter_opens_at_the_statement_and_escape_leads_back(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Results take the page's place while typing; Enter opens the hit; Esc puts a page back."""
    desk = open_desk()
    search(desk, qtbot, "quinine")
    assert desk.window.results_shown()
    qtbot.keyClick(desk.window.field, Qt.Key.Key_Return)
    assert not desk.window.results_shown()
    assert desk.navigator.page is not None
    assert desk.navigator.page.article_id == "quinine"
    search(desk, qtbot, "cramp")
    qtbot.keyClick(desk.window.field, Qt.Key.Key_Escape)
    assert not desk.window.results_shown()
    assert desk.navigator.page.article_id == "quinine"


def test_enter_before_the_answer_opens_it_when_it_comes(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """A fast typist who presses Enter at once gets the first hit of what was typed."""
    desk = open_desk(inline=False)
    qtbot.keyClicks(desk.window.field, "quinine")
    qtbot.keyClick(desk.window.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: desk.navigator.page is not None)
    assert desk.navigator.page is not None
    assert desk.navigator.page.article_id == "quinine"


def test_arrows_choose_among_the_hits(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Down in the search field moves the choice; Enter opens the chosen one."""
    desk = open_desk()
    search(desk, qtbot, "cramp")
    rows = desk.window.search_panel.hits
    assert rows.rows.rowCount() >= 2
    qtbot.keyClick(desk.window.field, Qt.Key.Key_Down)
    assert rows.currentIndex().row() == 1
    qtbot.keyClick(desk.window.field, Qt.Key.Key_Up)
    assert rows.currentIndex().row() == 0


def test_a_late_answer_is_dropped(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Only the answer to the newest question is shown."""
    desk = open_desk(inline=False)
    for typed in ("q", "qu", "qui", "cramp"):
        desk.window.search_panel.search_for(typed)
    qtbot.waitUntil(lambda: desk.window.search_panel.result is not None)
    qtbot.wait(50)
    result = desk.window.search_panel.result
    assert result is not None
    assert result.query.text == "cramp"


def test_nothing_found_says_so_and_never_no(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """An empty result tells what was tried and that it does not mean that there is nothing."""
    desk = open_desk()
    search(desk, qtbot, "xyzzyqqq")
    foot = [label.text() for label in desk.window.search_panel.findChildren(QLabel)]
    assert any("does not mean that there is no effect" in words for words in foot)


def test_what_was_typed_is_never_read_as_markup(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Labels that echo words of a person are plain text."""
    desk = open_desk()
    search(desk, qtbot, "<b>quinin</b>")
    for label in desk.window.search_panel.findChildren(QLabel):
        if "<" in label.text():
            assert label.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("audience", list(Audience))
def test_the_audience_switch_keeps_the_statement_in_place(open_desk: OpenDesk, audience: Audience) -> None:
    """Switching changes the text and keeps the statement that was being read at the top."""
    desk = open_desk()
    desk.navigator.open_link(Link(LinkKind.ARTICLE, "night-cramp", "more-7"))
    assert desk.window.view.reading_statement() == "more-7"
    desk.navigator.set_audience(audience)
    assert desk.window.view.reading_statement() == "more-7"
    assert f"Text for {audience.value}s" in text(desk)


def test_back_and_forward_walk_the_trail(open_desk: OpenDesk) -> None:
    """The way back leads home and forward again."""
    desk = open_desk()
    back, forward = desk.window.actions_by_name["back"], desk.window.actions_by_name["forward"]
    assert not back.isEnabled()
    desk.navigator.open_link(CRAMP)
    desk.navigator.open_link(Link(LinkKind.ARTICLE, "quinine"))
    back.trigger()
    assert desk.navigator.page is not None
    assert desk.navigator.page.article_id == "night-cramp"
    back.trigger()
    assert desk.navigator.page is None
    assert forward.isEnabled()
    forward.trigger()
    assert desk.navigator.trail.here == CRAMP


def test_a_dead_link_is_told_and_the_page_stays(open_desk: OpenDesk) -> None:
    """A place that does not exist gives a sentence in the message bar."""
    desk = open_desk()
    desk.navigator.open_link(CRAMP)
    desk.navigator.open_link(Link(LinkKind.ARTICLE, "nothing"))
    assert "There is no article" in desk.window.messages.text
    assert desk.navigator.page is not None
    assert desk.navigator.page.article_id == "night-cramp"


def test_the_outline_follows_and_leads(open_desk: OpenDesk) -> None:
    """Every heading is in the outline; choosing one goes there; the keys walk them."""
    desk = open_desk()
    desk.navigator.open_link(CRAMP)
    anchors = desk.window.outline.anchors()
    assert anchors == ["top", "section-meaning", "section-points-to", "section-evidence", "section-references"]
    assert set(anchors) <= set(desk.window.view.anchors())
    desk.window.outline.anchor_requested.emit("section-points-to")
    assert desk.window.view.reading_anchor() in ("section-points-to", "more-0")
    desk.window.actions_by_name["next_section"].trigger()
    assert desk.window.view.verticalScrollBar().value() > 0


def test_citations_show_their_reference_on_click(open_desk: OpenDesk) -> None:
    """The card shows the whole reference as plain text, and its address can be copied, not opened."""
    desk = open_desk()
    desk.navigator.open_link(CRAMP)
    desk.window.view._follow("wardbook:reference/GUIDE24", QPoint(5, 5))
    shown = [label.text() for label in desk.window.card.findChildren(QLabel)]
    assert any("https://doi.org/10.1000/1" in words for words in shown)
    desk.window.card.findChildren(QPushButton)[0].click()
    assert "Limb <guideline>" in QApplication.clipboard().text()


@pytest.mark.parametrize("address", ["file:///etc/passwd", "http://example.org", "//server/share/x", "wardbook:page/../x"])
def test_a_foreign_address_is_never_followed(open_desk: OpenDesk, address: str) -> None:
    """Nothing happens, and the page stays."""
    desk = open_desk()
    before = text(desk)
    desk.window.view._follow(address, QPoint(5, 5))
    assert text(desk) == before


@pytest.mark.parametrize("source", ["file:///etc/hostname", "secret.png", "//server/share/x.png", "http://example.org/x.css"])
def test_the_view_loads_no_file_and_no_address(open_desk: OpenDesk, tmp_path: Path, source: str) -> None:
    """Every resource that a page names is answered with nothing."""
    desk = open_desk()
    desk.window.view.show_html(
        f'<html><head><link rel="stylesheet" href="{source}"></head><body><img src="{source}"></body></html>', "x"
    )
    assert desk.window.view.loadResource(2, source) is None


def test_find_in_page_marks_counts_and_walks(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """Ctrl+F opens the bar; every match is marked; Esc takes the marks away."""
    desk = open_desk()
    desk.navigator.open_link(CRAMP)
    desk.window.actions_by_name["find"].trigger()
    bar = desk.window.find_bar
    qtbot.keyClicks(bar.field, "Fact")
    assert bar.count.text().endswith("matches")
    assert len(desk.window.view.extraSelections()) > 10
    first = desk.window.view.textCursor().position()
    bar.find_next()
    assert desk.window.view.textCursor().position() > first
    bar.find_previous()
    assert desk.window.view.textCursor().position() == first
    qtbot.keyClick(bar.field, Qt.Key.Key_Escape)
    assert bar.isHidden()
    assert desk.window.view.extraSelections() == []


def test_a_copied_statement_carries_citation_and_review_state(open_desk: OpenDesk) -> None:
    """What goes to the clipboard says where it is from and that it is not approved."""
    desk = open_desk()
    desk.navigator.open_link(Link(LinkKind.ARTICLE, "night-cramp", "more-3"))
    desk.window.actions_by_name["copy"].trigger()
    copied = QApplication.clipboard().text()
    assert "Fact 3." in copied
    assert "Not yet approved" in copied
    assert "Able A" in copied


def test_text_size_and_colours_change_and_keep_the_place(open_desk: OpenDesk) -> None:
    """Larger, smaller, 100 %; light, dark, high contrast; the reading position stays."""
    desk = open_desk()
    desk.navigator.open_link(Link(LinkKind.ARTICLE, "night-cramp", "more-7"))
    desk.navigator.set_scale(2.0)
    assert desk.window.view.reading_statement() == "more-7"
    for theme in Theme:
        desk.navigator.set_theme(theme)
        assert desk.navigator.look.theme is theme
        assert desk.window.view.reading_statement() == "more-7"
    desk.window.actions_by_name["zoom_reset"].trigger()
    assert desk.navigator.look.scale == 1.0
    for _ in range(60):
        desk.window.actions_by_name["zoom_in"].trigger()
    assert desk.navigator.look.scale == 3.0


def test_two_audiences_stand_side_by_side(open_desk: OpenDesk) -> None:
    """The second view shows the patient text of the same article, and goes away again."""
    desk = open_desk()
    desk.navigator.open_link(CRAMP)
    desk.window.actions_by_name["side_by_side"].trigger()
    assert desk.window.second_view.isVisible()
    assert "Text for patients" in desk.window.second_view.toPlainText()
    desk.window.actions_by_name["side_by_side"].trigger()
    assert not desk.window.second_view.isVisible()


def test_articles_are_compared(open_desk: OpenDesk) -> None:
    """Two articles stand in columns, with the bottom line first."""
    desk = open_desk()
    desk.comparing.show(("night-cramp", "quinine"))
    assert "Night cramp" in text(desk)
    assert "Bottom line" in text(desk)
    desk.window.actions_by_name["print"].trigger()
    assert desk.paper.dialog is not None
    desk.paper.dialog.close()


def test_the_compare_dialog_takes_two_to_four(open_desk: OpenDesk) -> None:
    """The button works only for a number that can be shown."""
    from desktop_app.ui.compare_dialog import CompareDialog

    desk = open_desk()
    dialog = CompareDialog(desk.reader.heads, ("night-cramp",), desk.window)
    assert not dialog._go.isEnabled()
    dialog.list.item(1).setCheckState(Qt.CheckState.Checked)
    dialog.list.item(0).setCheckState(Qt.CheckState.Checked)
    assert dialog._go.isEnabled()
    dialog.filter.setText("quin")
    assert sum(not dialog.list.item(row).isHidden() for row in range(dialog.list.count())) == 1


def test_the_tree_holds_every_article_and_leads_to_it(open_desk: OpenDesk) -> None:
    """A click on an article opens it; the tree shows where the page stands."""
    desk = open_desk()
    found = desk.window.tree.tree.findItems("Quinine", Qt.MatchFlag.MatchRecursive | Qt.MatchFlag.MatchExactly)
    desk.window.tree._on_clicked(found[0])
    assert desk.navigator.page is not None
    assert desk.navigator.page.article_id == "quinine"
    assert desk.window.tree.tree.currentItem() is found[0]


@pytest.mark.parametrize(("width", "tree", "outline"), [(1366, True, True), (1024, True, False), (800, False, False)])
def test_panels_fold_where_the_window_is_narrow(open_desk: OpenDesk, width: int, tree: bool, outline: bool) -> None:
    """Below 1100 pixels the outline goes, below 900 the tree."""
    desk = open_desk(size=(width, 700))
    desk.navigator.open_link(CRAMP)
    assert desk.window.tree.isVisible() is tree
    assert desk.window.outline.isVisible() is outline


def test_every_action_has_a_name_and_no_key_stands_twice(open_desk: OpenDesk) -> None:
    """The table of actions is whole, and the page of keys is made from it."""
    desk = open_desk()
    keys = [key for spec in ACTIONS for key in spec.keys]
    assert len(keys) == len(set(keys))
    desk.navigator.open_link(leaves.KEYS)
    for spec in ACTIONS:
        assert desk.window.actions_by_name[spec.name].text()
        if spec.keys:
            assert spec.text.rstrip("…") in text(desk)


def test_every_control_has_a_name_and_is_reachable_by_tab(open_desk: OpenDesk) -> None:
    """Whatever takes the focus says what it is, without markup."""
    desk = open_desk()
    desk.navigator.open_link(CRAMP)
    desk.window.find_bar.open_bar()
    for widget in desk.window.findChildren(QWidget):
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and isinstance(
            widget, QLineEdit | QPushButton | QToolButton | QTextBrowser
        ):
            name = widget.accessibleName() or getattr(widget, "text", str)()
            assert name, widget
            assert "<" not in name


def test_esc_never_quits(open_desk: OpenDesk, qtbot: QtBot) -> None:
    """However often it is pressed, the window stays."""
    desk = open_desk()
    for _ in range(5):
        desk.window.actions_by_name["close_results"].trigger()
    assert desk.window.isVisible()


def test_the_print_button_opens_a_preview_of_what_is_shown(open_desk: OpenDesk) -> None:
    """An article gives its print dialog; the home page offers the checklists instead."""
    desk = open_desk()
    desk.window.actions_by_name["print"].trigger()
    assert "Choose an article or a checklist" in desk.window.messages.text
    desk.navigator.open_link(CRAMP)
    desk.window.actions_by_name["print"].trigger()
    assert desk.paper.dialog is not None
    desk.paper.dialog.close()
    desk.navigator.open_link(Link(LinkKind.CHECKLIST, "cramp-pitfalls"))
    assert desk.paper.dialog.isVisible()
    desk.paper.dialog.close()
