"""Somebody who presses anything: random actions in a real window, repeatable by their seed.

``python -m benchmarks.wander [--actions 10000] [--seed 1]`` prints the memory before and after, and what grew. Needs no screen.
"""

from __future__ import annotations

import argparse
import gc
import os
import random
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint, Qt, QtMsgType, qInstallMessageHandler
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app.app import build
from desktop_app.content.audience import Audience
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.style import Theme
from desktop_app.settings import Settings
from desktop_app.ui.background import Background, InlineBackground
from desktop_app.ui.desk import Desk

KEYS = (
    Qt.Key.Key_Tab,
    Qt.Key.Key_Backtab,
    Qt.Key.Key_Down,
    Qt.Key.Key_Up,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Escape,
    Qt.Key.Key_End,
)
ODD = ("", " ", "\x00", "☠️", "<b>", "a" * 400, '"', "“pad", "−3 °C", "ﬁbrate", "ß", "٣")
PAGES = ("home", "policy", "index", "checklists", "changes", "keys", "compare", "nothing")
SIZES = ((1366, 768), (1024, 768), (900, 700), (640, 480), (1920, 1080))
HARMLESS = ("This plugin does not support ",)


class Wanderer:
    """Presses anything in one window."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk = desk
        self.chance = random.Random(seed)
        self.done: list[str] = []
        self._articles = [head.id for head in desk.reader.heads]
        self._checklists = [checklist.id for checklist in desk.reader.checklists]
        self._words = sorted({word for head in desk.reader.heads for word in head.title.casefold().split()})
        self._moves: dict[str, tuple[int, Callable[[], object]]] = {
            "article": (20, self._article),
            "link": (15, self._link),
            "page": (5, lambda: desk.navigator.open_link(Link(LinkKind.PAGE, self.chance.choice(PAGES)))),
            "category": (4, lambda: self._open(LinkKind.CATEGORY, [*(c.id for c in desk.reader.categories), "not-there"])),
            "term": (4, lambda: self._open(LinkKind.TERM, [*desk.reader.terms, "not-there"])),
            "search": (20, self._search),
            "result": (12, desk.window.search_panel.hits.open_current),
            "step": (6, lambda: desk.window.search_panel.hits.step(self.chance.choice((-5, -1, 1, 5)))),
            "chip": (3, lambda: self.chance.choice(desk.window.search_panel.tab_stops()[:-1]).toggle()),  # type: ignore[attr-defined]
            "back": (8, desk.navigator.back),
            "forward": (5, desk.navigator.forward),
            "audience": (8, lambda: desk.navigator.set_audience(self.chance.choice(list(Audience)))),
            "theme": (2, lambda: desk.navigator.set_theme(self.chance.choice(list(Theme)))),
            "scale": (2, lambda: desk.navigator.set_scale(self.chance.choice((0.7, 1.0, 1.0, 1.5, 2.0, 3.0)))),
            "size": (3, lambda: desk.window.resize(*self.chance.choice(SIZES))),
            "side by side": (3, desk.navigator.toggle_side_by_side),
            "compare": (2, lambda: desk.comparing.show(tuple(self.chance.sample(self._articles, min(3, len(self._articles)))))),
            "find": (4, self._find),
            "section": (4, lambda: desk.tools.go_to_section(self.chance.choice((-1, 1)))),
            "scroll": (6, self._scroll),
            "outline": (3, self._outline),
            "reference": (3, self._reference),
            "copy": (2, desk.tools.copy_statement),
            "key": (10, self._key),
            "checklist": (2, self._checklist),
            "paper": (2, self._paper),
            "dialog": (2, self._dialog),
            "clear": (1, desk.navigator.forget),
        }

    def step(self) -> None:
        """Do one thing, and let the window answer."""
        names = list(self._moves)
        name = self.chance.choices(names, [weight for weight, _ in self._moves.values()])[0]
        self.done.append(name)
        self._moves[name][1]()
        QApplication.processEvents()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)  # an event loop would do so by itself

    def _open(self, kind: LinkKind, ids: list[str]) -> None:
        if ids:
            self.desk.navigator.open_link(Link(kind, self.chance.choice(ids)))

    def _article(self) -> None:
        self._open(LinkKind.ARTICLE, [*self._articles, "not-there"])

    def _link(self) -> None:
        anchors = self.desk.window.view.anchors()
        page = self.desk.navigator.page
        if page is not None and anchors:
            self.desk.navigator.open_link(Link(LinkKind.ARTICLE, page.article_id, self.chance.choice(anchors)))

    def _search(self) -> None:
        text = " ".join(self.chance.sample(self._words, min(len(self._words), self.chance.randint(1, 3))))
        if self.chance.random() < 0.3:
            at = self.chance.randrange(len(text) + 1)
            text = text[:at] + self.chance.choice(ODD) + text[at + self.chance.randint(0, 2) :]
        self.desk.window.search_panel.search_for(text[: self.chance.randint(1, 500)])

    def _find(self) -> None:
        self.desk.window.find_bar.open_bar(self.chance.choice(self._words))
        self.desk.window.find_bar.find_next()
        if self.chance.random() < 0.5:
            self.desk.window.find_bar.close_bar()

    def _scroll(self) -> None:
        bar = self.desk.window.view.verticalScrollBar()
        bar.setValue(self.chance.randint(0, max(0, bar.maximum())))

    def _outline(self) -> None:
        anchors = self.desk.window.outline.anchors()
        if anchors:
            self.desk.window.outline.anchor_requested.emit(self.chance.choice(anchors))

    def _reference(self) -> None:
        key = self.chance.choice(list(self.desk.reader.references))
        self.desk.window.view.reference_requested.emit(key, QPoint(self.chance.randint(0, 2000), self.chance.randint(0, 1200)))
        QApplication.processEvents()
        self.desk.window.card.hide()

    def _key(self) -> None:
        widget = QApplication.focusWidget() or self.desk.window.field
        QTest.keyClick(widget, self.chance.choice(KEYS))

    def _checklist(self) -> None:
        self._open(LinkKind.CHECKLIST, self._checklists)
        self._close_dialogs()

    def _paper(self) -> None:
        self.chance.choice((self.desk.paper.print_shown, self.desk.paper.print_leaflet))()
        self._close_dialogs()

    def _dialog(self) -> None:
        self.desk.window.actions_by_name[self.chance.choice(("compare", "about"))].trigger()
        self._close_dialogs()

    def _close_dialogs(self) -> None:
        QApplication.processEvents()
        for widget in QApplication.topLevelWidgets():
            if widget is not self.desk.window and widget.isVisible():
                widget.close()


def memory_mb() -> float:
    """Return the memory that is this process's own share, in MB; 0 where the system does not tell."""
    try:
        text = Path("/proc/self/smaps_rollup").read_text("ascii")
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1024 for line in text.splitlines() if line.startswith("Pss:"))


def settled_memory_mb(desk: Desk) -> float:
    """Return the memory in one and the same state: home page, light, 100 %, 1366×768; a larger window holds a larger picture."""
    desk.navigator.set_theme(Theme.LIGHT)
    desk.navigator.set_scale(1.0)
    desk.window.resize(*SIZES[0])
    desk.navigator.forget()
    QApplication.processEvents()
    gc.collect()
    return memory_mb()


def open_window(background: Background | None = None) -> Desk:
    """Return a shown window in ward mode as the program opens it; with its work in threads, or where ``background`` does it."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    application = QApplication.instance() or QApplication(["wardbook"])
    if not isinstance(application, QApplication):
        raise TypeError("a Qt application without widgets is already running")
    application.setStyle("Fusion")
    desk = build(application, Settings(ward_mode=True), background)
    desk.window.show()
    application.processEvents()
    return desk


def _strict(kind: QtMsgType, _: object, message: str) -> None:
    if kind is not QtMsgType.QtDebugMsg and not message.startswith(HARMLESS):
        sys.stderr.write(f"Qt: {message}\n")
        os._exit(1)


def _fail(kind: type[BaseException], error: BaseException, trace: object) -> None:
    sys.__excepthook__(kind, error, trace)  # type: ignore[arg-type]
    os._exit(1)


def main() -> int:
    """Wander, and print what it cost."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--actions", type=int, default=10_000)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    qInstallMessageHandler(_strict)
    sys.excepthook = _fail
    desk = open_window(InlineBackground())
    wanderer = Wanderer(desk, chosen.seed)
    warm = max(1, chosen.actions // 10)  # every kind of thing has been seen once: what grows from here on is a leak
    for _ in range(warm):
        wanderer.step()
    before, widgets = settled_memory_mb(desk), len(QApplication.allWidgets())
    for number in range(warm, chosen.actions):
        wanderer.step()
        if (number + 1) % 1000 == 0:
            print(f"{number + 1} actions: {settled_memory_mb(desk):.1f} MB, {len(QApplication.allWidgets())} widgets", flush=True)
    after = settled_memory_mb(desk)
    print(f"seed {chosen.seed}: {before:.1f} MB and {widgets} widgets after {warm} actions, {after:.1f} MB and", end=" ")
    print(f"{len(QApplication.allWidgets())} widgets after {chosen.actions}: {after - before:+.1f} MB; no warning, no exception")
    desk.stop()
    return 0


if __name__ == "__main__":
    sys.exit(main())
