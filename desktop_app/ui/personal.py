"""Personal mode: bookmarks, recent articles, notes, and the window as it stood. In ward mode none of this exists."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QObject
from PySide6.QtWidgets import QWidget

from desktop_app.content.audience import Audience
from desktop_app.errors import KnownError
from desktop_app.reading.leaves import Leaf, LeafDrawer
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.style import Theme
from desktop_app.store.user_store import Place, UserStore
from desktop_app.ui.navigator import Navigator

if TYPE_CHECKING:
    from desktop_app.reading.page import Page

MINE = Link(LinkKind.PAGE, "mine")
FILE_FILTER = "Wardbook bookmarks and notes (*.json)"


class Personal(QObject):
    """Answers what concerns a person's own things."""

    def __init__(
        self, navigator: Navigator, store: UserStore, *, ask_note: Callable[[str, str], str | None] | None = None
    ) -> None:
        super().__init__(navigator)
        self._navigator = navigator
        self._window = navigator.window
        self.store = store
        self._ask_note = ask_note or self._note_from_dialog
        navigator.leaves["mine"] = self.leaf
        navigator.page_shown.connect(self._on_page)
        navigator.audience_changed.connect(lambda audience: self._keep({"audience": str(audience)}))

    def restore(self) -> None:
        """Put window, audience, text size and colours back as they stood."""
        try:
            state = self.store.state()
        except KnownError as error:
            self._window.messages.tell(str(error))
            return
        geometry = state.get("geometry")
        if isinstance(geometry, str):
            self._window.restoreGeometry(QByteArray.fromBase64(geometry.encode("ascii", "ignore")))
        if state.get("theme") in set(Theme):
            self._navigator.set_theme(Theme(state["theme"]))
        if isinstance(state.get("scale"), int | float):
            self._navigator.set_scale(float(state["scale"]))
        if state.get("audience") in set(Audience):
            self._navigator.set_audience(Audience(state["audience"]))

    def save(self) -> None:
        """Keep how the window stands; a full disk is no reason not to close."""
        geometry = bytes(self._window.saveGeometry().toBase64().data()).decode("ascii")
        self._keep({"geometry": geometry, "theme": str(self._navigator.look.theme), "scale": self._navigator.look.scale})

    def _keep(self, values: dict[str, object]) -> None:
        try:
            self.store.set_state(values)
        except KnownError as error:
            self._window.messages.tell(str(error))

    def _on_page(self, page: Page | None) -> None:
        if page is not None:
            self._guarded(lambda: self.store.opened(page.article_id))

    def _guarded(self, change: Callable[[], None]) -> None:
        try:
            change()
        except KnownError as error:
            self._window.messages.tell(str(error))

    def _place(self) -> Place | None:
        page = self._navigator.page
        if page is None:
            self._window.messages.tell("Open an article first.")
            return None
        return Place(page.article_id, self._window.view.reading_statement())

    def toggle_bookmark(self) -> None:
        """Keep the statement that is being read, or forget it."""
        place = self._place()
        if place is not None:
            kept = place not in self.store.bookmarks()
            self._guarded(lambda: self.store.set_bookmark(place, kept))
            self._window.messages.tell("Bookmark kept." if kept else "Bookmark removed.")

    def edit_note(self) -> None:
        """Write a note on the statement that is being read."""
        place = self._place()
        page = self._navigator.page
        if place is None or page is None:
            return
        from desktop_app.reading.page import plain  # nobody needs it at the start

        statement = next((s for s in page.statements() if s.id == place.statement), page.summary)
        text = self._ask_note(plain(statement.runs), self.store.notes().get(place, ""))
        if text is not None:
            self._guarded(lambda: self.store.set_note(place, text))

    def _note_from_dialog(self, statement: str, note: str) -> str | None:
        from desktop_app.ui.note_dialog import NoteDialog  # nobody needs it at the start

        dialog = NoteDialog(statement, note, self._window)
        text = dialog.text() if dialog.exec() else None
        dialog.deleteLater()
        return text

    def export(self, parent: QWidget) -> None:
        """Ask where to, and write bookmarks and notes there."""
        from PySide6.QtWidgets import QFileDialog  # nobody needs it at the start

        name, _ = QFileDialog.getSaveFileName(parent, "Export bookmarks and notes", "wardbook-notes.json", FILE_FILTER)
        if name:
            self._guarded(lambda: self.store.export(Path(name)))

    def import_file(self, parent: QWidget) -> None:
        """Ask which file, and add what it holds."""
        from PySide6.QtWidgets import QFileDialog  # nobody needs it at the start

        name, _ = QFileDialog.getOpenFileName(parent, "Import bookmarks and notes", "", FILE_FILTER)
        if name:
            self._guarded(lambda: self._import(Path(name)))

    def _import(self, source: Path) -> None:
        count = self.store.import_from(source)
        self._window.messages.tell(f"{count} bookmarks and notes were read.")

    def leaf(self, drawer: LeafDrawer) -> Leaf:
        """Return the page of a person's own things."""
        heads = {head.id: head for head in drawer.reader.heads}
        bookmarks = [
            self._line(drawer, place, heads[place.article].title) for place in self.store.bookmarks() if place.article in heads
        ]
        notes = [
            self._line(drawer, place, heads[place.article].title) + drawer.small(escape(text).replace("\n", "<br>"))
            for place, text in self.store.notes().items()
            if place.article in heads
        ]
        recent = [self._line(drawer, Place(key), heads[key].title) for key in self.store.recent() if key in heads]
        return drawer.own(
            "Bookmarks, notes, recent articles",
            (
                ("Bookmarks", bookmarks, "None yet: Ctrl+D keeps the statement you are reading."),
                ("Notes", notes, "None yet: Ctrl+N writes a note on the statement you are reading."),
                ("Recent articles", recent, "None yet."),
            ),
        )

    def _line(self, drawer: LeafDrawer, place: Place, title: str) -> str:
        link = Link(LinkKind.ARTICLE, place.article, place.statement)
        text = ""
        if place.statement:
            article = drawer.reader.article(place.article)
            statement = article.statement(place.statement)
            text = f": {statement.text(drawer.audience)[:90]}…" if statement else ""
        return f'<p style="margin-top:0px;margin-bottom:4px">{drawer.link(link, title)}{escape(text)}</p>'
