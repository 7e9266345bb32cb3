"""Every article of the edition in a real window, for every audience, at twice the text size on a small screen."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_app import paths
from desktop_app.app import build
from desktop_app.content.audience import Audience
from desktop_app.reading.links import Link, LinkKind
from desktop_app.settings import Settings
from desktop_app.ui.background import InlineBackground


@pytest.mark.skipif(not paths.manifest_file().is_file(), reason="the edition is not compiled: wardbook content build")
def test_no_article_has_to_be_moved_sideways(qtbot: QtBot) -> None:
    """At 1024×768 and 200 % no page is wider than the window, and each opens at its own question, once."""
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    desk = build(application, Settings(ward_mode=True), InlineBackground())
    qtbot.addWidget(desk.window)
    desk.window.resize(1024, 768)
    desk.window.show()
    desk.navigator.set_scale(2.0)
    wide, mangled = [], []
    for audience in Audience:
        desk.navigator.set_audience(audience)
        for head in desk.reader.heads:
            desk.navigator.open_link(Link(LinkKind.ARTICLE, head.id))
            application.processEvents()
            if desk.window.view.horizontalScrollBar().maximum():
                wide.append((audience.value, head.id))
            page = desk.navigator.page
            assert page is not None
            headings = [block for block in desk.window.view.toPlainText().split("\n") if block == page.question]
            if len(headings) != 1:
                mangled.append((audience.value, head.id))
    assert not wide
    assert not mangled
    assert desk.idle is not None
    desk.idle.unwatch(application)
    desk.window.close()
    desk.stop()
