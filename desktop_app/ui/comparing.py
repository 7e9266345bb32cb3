"""Two to four articles side by side: asks which, shows them as a page, hands them to the printer."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from desktop_app.reading.leaves import Leaf, LeafDrawer
from desktop_app.reading.links import Link, LinkKind
from desktop_app.ui.navigator import Navigator

if TYPE_CHECKING:
    from desktop_app.reading.comparison import Comparison

COMPARE = Link(LinkKind.PAGE, "compare")


class Comparing(QObject):
    """Holds which articles stand side by side."""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self._navigator = navigator
        self._articles: tuple[str, ...] = ()
        navigator.leaves[COMPARE.id] = self._leaf

    def ask(self) -> None:
        """Let the person choose the articles; the one that is shown is chosen already."""
        from desktop_app.ui.compare_dialog import CompareDialog  # nobody needs it at the start

        here = self._navigator.page.article_id if self._navigator.page else ""
        dialog = CompareDialog(self._navigator.reader.heads, (here,) if here else (), self._navigator.window)
        dialog.accepted.connect(lambda: self.show(dialog.chosen()))
        dialog.open()

    def show(self, articles: tuple[str, ...]) -> None:
        """Put two to four articles side by side."""
        self._articles = articles
        self._navigator.open_link(COMPARE)

    def shown(self) -> Comparison | None:
        """Return what stands side by side while it is shown, else None."""
        return self._comparison() if self._articles and self._navigator.trail.here == COMPARE else None

    def _comparison(self) -> Comparison:
        from desktop_app.reading.comparison import compare  # nobody needs it at the start

        return compare([self._navigator.page_of(article) for article in self._articles])

    def _leaf(self, drawer: LeafDrawer) -> Leaf:
        from desktop_app.reading.comparison_html import comparison_leaf  # nobody needs it at the start

        return comparison_leaf(self._comparison(), drawer.look) if self._articles else self._navigator.home_leaf(drawer)
