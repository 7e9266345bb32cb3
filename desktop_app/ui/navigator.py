"""Takes requests of the window and answers them: the one place where a link becomes a page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QApplication

from desktop_app.content.audience import Audience
from desktop_app.errors import KnownError
from desktop_app.reading import leaves
from desktop_app.reading.leaves import Leaf, LeafDrawer
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.reader import Reader
from desktop_app.reading.style import Look, Theme
from desktop_app.reading.trail import Trail
from desktop_app.ui.actions import key_rows
from desktop_app.ui.article_view import ArticleView
from desktop_app.ui.background import Background
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.spoken import announce
from desktop_app.ui.theme import apply_theme

if TYPE_CHECKING:  # what articles and searches need is loaded with the first of them
    from desktop_app.reading.page import Page
    from desktop_app.search.hit import SearchResult
    from desktop_app.search.query import SearchQuery

SMALLEST, LARGEST, STEP = 0.7, 3.0, 0.1
PAGES_KEPT = 8  # rendered pages, so that colours and text size change without rendering anew


class Navigator(QObject):
    """Holds what is shown (place, audience, look) and changes it on request."""

    page_shown = Signal(object)
    checklist_requested = Signal(str)
    audience_changed = Signal(object)

    def __init__(
        self, window: MainWindow, reader: Reader, look: Look, background: Background, *, today: Callable[[], date]
    ) -> None:
        super().__init__(window)
        self.window = window
        self.reader = reader
        self.look = look
        self.audience = Audience.CLINICIAN
        self.second_audience: Audience | None = None
        self.ask_audience = True
        self.trail = Trail()
        self.page: Page | None = None
        self._background = background
        self._today = today
        self._found_words: tuple[str, ...] = ()
        self._page_of = lru_cache(PAGES_KEPT)(reader.page)
        self._serial = 0
        self.leaves: dict[str, Callable[[LeafDrawer], Leaf]] = {
            "home": self.home_leaf,
            "policy": LeafDrawer.policy,
            "index": LeafDrawer.index,
            "checklists": LeafDrawer.checklists,
            "changes": LeafDrawer.changes,
            "keys": lambda drawer: drawer.keys(key_rows()),
        }
        self._connect()
        self._colour_focus()

    def _connect(self) -> None:
        window = self.window
        for source in (window.tree, window.search_panel):
            source.link_requested.connect(self.open_link)
        for view in (window.view, window.second_view):
            view.link_requested.connect(self.open_link)
            view.zoom_requested.connect(lambda step: self.set_scale(self.look.scale + step * STEP))
        window.view.position_changed.connect(window.outline.follow)
        # Queued: a page must never be drawn anew while it is being put in.
        window.view.width_changed.connect(self._on_width, Qt.ConnectionType.QueuedConnection)
        window.outline.anchor_requested.connect(window.view.go_to)
        window.switch.audience_requested.connect(self.set_audience)
        window.search_panel.query_changed.connect(self.search)
        window.search_panel.closed.connect(self.close_results)

    # -- places ----------------------------------------------------------------------------------------------------

    def open_link(self, link: Link) -> None:
        """Go to a place: article, category, checklist, term or one of the program's own pages."""
        if link.kind is LinkKind.CHECKLIST:
            self.checklist_requested.emit(link.id)
            return
        if link.kind is LinkKind.PAGE and link.id.startswith("audience-"):
            self.set_audience(Audience(link.id.removeprefix("audience-")))
            return
        if self.window.results_shown():
            result = self.window.search_panel.result
            self._found_words = result.words if result else ()
            self.window.show_results(False)
        else:
            self._found_words = ()
        try:
            self._show(link)
        except KnownError as error:  # nothing has been drawn: the page that was there still is
            self.window.messages.tell(str(error))
        else:
            self.trail.visit(link)
        self._after_move()

    def back(self) -> None:
        """Go to the place before this one."""
        self._step(self.trail.back())

    def forward(self) -> None:
        """Go to the place after this one."""
        self._step(self.trail.forward())

    def home(self) -> None:
        """Go to the home page."""
        self.open_link(leaves.HOME)

    def _step(self, link: Link | None) -> None:
        if link is not None:
            self._found_words = ()
            self.window.show_results(False)
            self._show(link)
            self._after_move()

    def _after_move(self) -> None:
        self.window.show_trail(back=self.trail.can_go_back, forward=self.trail.can_go_forward)
        if self.trail.here is not None:
            self.window.tree.follow(self.trail.here)
        self.window.find_bar.refresh()
        self.window.view.setFocus()

    def _show(self, link: Link, keep: str = "") -> None:
        """Draw a place; ``keep`` names the anchor that must stay in view."""
        if link.kind is LinkKind.ARTICLE:
            self._show_article(link, keep)
        else:
            self._show_leaf(self._leaf(link), keep)

    def _show_article(self, link: Link, keep: str) -> None:
        page = self._page_of(link.id, self.audience, self._today(), self._found_words)
        self.page = page
        self.look = look = self._narrowed(self.window.view)
        tips = {citation.reference.id: citation.reference.full for citation in page.references}
        self.window.view.set_measure(self._measure())
        self.window.view.show_html(_drawn(page, look, link.anchor), page.question, tips)
        self._show_second(link, tips)
        sections = [("top", "Bottom line"), *((f"section-{s.id}", s.heading) for s in page.sections)]
        sections.append(("section-references", f"References ({len(page.references)})"))
        self.window.outline.show_sections(sections)
        self.window.view.go_to(keep or link.anchor or "top")
        self.window.second_view.go_to(keep or link.anchor or "top")
        self.page_shown.emit(page)

    def _show_second(self, link: Link, tips: dict[str, str]) -> None:
        second = self.window.second_view
        second.setVisible(self.second_audience is not None)
        if self.second_audience is not None:
            page = self._page_of(link.id, self.second_audience, self._today(), self._found_words)
            second.set_measure(self._measure())
            second.show_html(_drawn(page, self._narrowed(second), link.anchor), page.question, tips)

    def _show_leaf(self, leaf: Leaf, keep: str) -> None:
        self.page = None
        self.window.second_view.hide()
        self.window.view.set_measure(round(self._measure() * leaf.measures))
        self.window.view.show_html(leaf.html, leaf.title)
        self.window.outline.show_sections([("top", leaf.title), *leaf.sections])
        self.window.view.go_to(keep or "top")
        self.page_shown.emit(None)

    def _leaf(self, link: Link) -> Leaf:
        self.look = self._narrowed(self.window.view)
        drawer = LeafDrawer(self.reader, self.look, self.audience)
        if link.kind is LinkKind.CATEGORY:
            return drawer.category(link.id)
        if link.kind is LinkKind.TERM:
            return drawer.term(link.id)
        return self.leaves.get(link.id, self.leaves["home"])(drawer)

    def home_leaf(self, drawer: LeafDrawer) -> Leaf:
        """Return the home page; it asks for the audience until somebody has chosen."""
        return drawer.home(self.ask_audience)

    def page_of(self, article_id: str) -> Page:
        """Return the page of an article as it would be shown now; raises NotFoundError."""
        return self._page_of(article_id, self.audience, self._today())

    def warm(self) -> None:
        """Draw an article that nobody sees: the first that somebody asks for finds loaded what it needs. For any thread."""
        for head in self.reader.heads[:1]:
            _drawn(self.page_of(head.id), self.look, "")

    def redraw(self, keep: str = "") -> None:
        """Draw the present place again, keeping what is being read in view."""
        here = self.trail.here
        if here is not None:
            self._show(here, keep or self.window.view.reading_anchor())
            self.window.find_bar.refresh()

    # -- audience, size, colours -------------------------------------------------------------------------------------

    def set_audience(self, audience: Audience) -> None:
        """Change the text in place; the statement that is being read stays in view."""
        kept = self.window.view.reading_statement() or self.window.view.reading_anchor()
        self.audience = audience
        self.ask_audience = False
        self.window.switch.show_audience(audience)
        self.window.search_panel.set_audience(audience)
        self.window.show_edition(self.reader, audience)
        if self.second_audience is audience:
            self.second_audience = None
        self.redraw(kept)
        if self.trail.here is not None:
            self.window.tree.follow(self.trail.here)
        if self.window.results_shown():
            self.window.search_panel.search_for(self.window.field.text())
        self._announce(f"Text for {audience.value}s")
        self.audience_changed.emit(audience)

    def toggle_side_by_side(self) -> None:
        """Show a second audience beside the first, or one again."""
        if self.page is None:
            self.window.messages.tell("Open an article first: two texts of it can then be read side by side.")
            return
        others = {Audience.CLINICIAN: Audience.PATIENT, Audience.STUDENT: Audience.PATIENT, Audience.PATIENT: Audience.CLINICIAN}
        self.second_audience = None if self.second_audience else others[self.audience]
        if self.second_audience:
            half = self.window.desks.width() // 2
            self.window.second_view.show()
            self.window.desks.setSizes([half, half])
        self.redraw(self.window.view.reading_statement())

    def set_scale(self, scale: float) -> None:
        """Set the text size, 1.0 being 100 %."""
        wanted = round(min(LARGEST, max(SMALLEST, scale)), 2)
        if wanted != self.look.scale:
            self._set_look(replace(self.look, scale=wanted))
        self.window.show_zoom(self.look.scale)

    def set_theme(self, theme: Theme) -> None:
        """Set the colours."""
        if theme is not self.look.theme:
            self._set_look(replace(self.look, theme=theme))

    def next_theme(self) -> None:
        """Go on to the next colour scheme."""
        themes = list(Theme)
        self.set_theme(themes[(themes.index(self.look.theme) + 1) % len(themes)])
        self._announce(f"Colours: {self.look.theme.label}")

    def _set_look(self, look: Look) -> None:
        kept = self.window.view.reading_anchor()
        self.look = look
        application = QApplication.instance()
        if isinstance(application, QApplication):
            apply_theme(application, look)
        self.window.dress(look)
        self.window.search_panel.set_look(look)
        self._colour_focus()
        self.redraw(kept)

    def _colour_focus(self) -> None:
        for view in (self.window.view, self.window.second_view):
            view.focus_colour = QColor(self.look.colours["focus"])

    def _measure(self) -> int:
        return round(self.look.tokens.space["measure"] * max(1.0, self.look.scale))

    def _narrowed(self, view: ArticleView) -> Look:
        narrow = min(view.room() - 48, self._measure()) < self.look.tokens.space["narrow"] * self.look.scale
        return replace(self.look, narrow=narrow)

    def _on_width(self) -> None:
        """Draw again where the column has become too narrow for its margin, or wide enough again."""
        if self._narrowed(self.window.view).narrow != self.look.narrow:
            self.redraw()

    # -- search ------------------------------------------------------------------------------------------------------

    def search(self, query: SearchQuery) -> None:
        """Search elsewhere; an answer that comes after a newer question is dropped."""
        self._serial += 1
        serial = self._serial

        def show(result: SearchResult) -> None:
            if serial == self._serial:
                self.window.show_results(True)
                self.window.search_panel.show_result(result)

        def tell(error: KnownError) -> None:
            from desktop_app.search.hit import SearchResult

            show(SearchResult(query, tried=str(error)))  # what was found before must not stand under another question

        self._background.run(lambda: self.reader.search(query), show, tell)

    def close_results(self) -> None:
        """Put the page back where it was."""
        self._serial += 1
        self.window.show_results(False)
        self.window.view.setFocus()

    def forget(self) -> None:
        """Clear search, trail and reading position, and go home: nothing of the last person stays."""
        self._serial += 1
        self._found_words = ()
        self.window.search_panel.clear()
        self.window.find_bar.field.clear()
        self.window.find_bar.close_bar()
        self.window.card.hide()
        self.window.show_results(False)
        self.second_audience = None
        self.trail.clear()
        self.home()

    def _announce(self, sentence: str) -> None:
        """Tell a screen reader what has changed."""
        announce(self.window.view, sentence)


def _drawn(page: Page, look: Look, anchor: str) -> str:
    from desktop_app.reading.html import PageDrawer

    return PageDrawer(page, look, anchor).draw()
