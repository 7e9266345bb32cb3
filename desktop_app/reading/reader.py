"""Everything a person reads with, opened once: verified content, its search, and pages. A reader without a window."""

from __future__ import annotations

import threading
from collections.abc import Callable, Collection, Mapping
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from desktop_app.content.audience import Audience
from desktop_app.content.checklist import Checklist
from desktop_app.content.model import Article, ArticleHead, Category, Edition, Kind
from desktop_app.content.reference import Reference
from desktop_app.content.vocabulary import Term
from desktop_app.errors import ContentError
from desktop_app.reading.places import Places
from desktop_app.store.content_store import ContentStore
from desktop_app.store.manifest import read_manifest, read_verified

if TYPE_CHECKING:  # what articles and searches need is loaded with the first of them: no window waits for it
    from desktop_app.reading.linker import Linker
    from desktop_app.reading.page import Page
    from desktop_app.reading.renderer import Surroundings
    from desktop_app.reading.search_opening import OpenedSearch
    from desktop_app.search.hit import SearchResult
    from desktop_app.search.query import SearchQuery


class Reader:
    """One opened edition. Its search is opened when first asked for, so that a window can be shown before."""

    def __init__(self, store: ContentStore, open_search: Callable[[], OpenedSearch]) -> None:
        self.store = store
        self._open_search = open_search
        self._opened: OpenedSearch | None = None
        self._opening = threading.Lock()

    @cached_property
    def edition(self) -> Edition:
        """Return the edition that is open."""
        return self.store.edition()

    @cached_property
    def categories(self) -> tuple[Category, ...]:
        """Return the category tree."""
        return self.store.categories()

    @cached_property
    def heads(self) -> tuple[ArticleHead, ...]:
        """Return every article's head, by title."""
        return self.store.article_heads()

    @cached_property
    def checklists(self) -> tuple[Checklist, ...]:
        """Return every checklist, by title."""
        return self.store.checklists()

    @cached_property
    def terms(self) -> Mapping[str, Term]:
        """Return the vocabulary by id."""
        return {term.id: term for term in self.store.terms()}

    @cached_property
    def references(self) -> Mapping[str, Reference]:
        """Return every reference by id."""
        return self.store.references()

    def article(self, article_id: str) -> Article:
        """Return one article; raises NotFoundError."""
        return self.store.article(article_id)

    def page(self, article_id: str, audience: Audience, today: date, found_words: Collection[str] = ()) -> Page:
        """Return the page of an article; raises NotFoundError."""
        from desktop_app.reading.renderer import render

        return render(self.article(article_id), audience, self.references, self._surroundings, today, found_words)

    def search(self, query: SearchQuery) -> SearchResult:
        """Return what the search panel shows for a query."""
        return self._search().searcher.search(query)

    @property
    def notice(self) -> str:
        """Return a sentence for the person where the search had to be made anew, else an empty text; opens the search."""
        return self._search().notice

    def _search(self) -> OpenedSearch:
        """Return the search; threads that come while it is being opened wait for it."""
        with self._opening:
            if self._opened is None:
                self._opened = self._open_search()
            return self._opened

    def select(self, kind: Kind | None = None, category: str | None = None) -> tuple[ArticleHead, ...]:
        """Return the heads of one kind and of one category with everything below it."""
        inside = {item.id for item in self.branch(category)} if category else set()
        return tuple(
            head
            for head in self.heads
            if (kind is None or head.kind is kind) and (category is None or inside.intersection(head.categories))
        )

    def branch(self, category_id: str) -> tuple[Category, ...]:
        """Return a category and everything below it, in display order."""
        found: dict[str, Category] = {}
        for item in self.categories:  # parents come before children
            if item.id == category_id or item.parent in found:
                found[item.id] = item
        return tuple(found.values())

    @cached_property
    def linker(self) -> Linker:
        """Return what finds the names of things that have an article."""
        from desktop_app.reading.linker import Linker

        return Linker(self.terms.values(), ((head.id, head.title) for head in self.heads))

    @cached_property
    def _surroundings(self) -> Surroundings:
        from desktop_app.reading.renderer import Surroundings

        related: dict[str, list[str]] = {}
        for article, names in self.store.related().items():
            for name in names:
                related.setdefault(name, []).append(article)
        return Surroundings(
            edition=self.edition,
            categories={category.id: category for category in self.categories},
            heads={head.id: head for head in self.heads},
            checklists=self.checklists,
            mentioned_in={key: tuple(sorted(articles)) for key, articles in related.items()},
            linker=self.linker,
        )


def open_reader(places: Places) -> Reader:
    """Open an edition: manifest first, then content from verified bytes; the index when a search is first asked for.

    Raises ContentError when content is missing, damaged or not ours. For an index that cannot be used see ``open_search``.
    """
    manifest = read_manifest(places.manifest)
    store = ContentStore.from_bytes(read_verified(manifest, places.content.name, places.content))
    if manifest.content_hash != store.edition().content_hash:
        raise ContentError(
            "The list of checksums belongs to another edition than the content.",
            "Put content and checksums of one edition back, or run “wardbook content build”.",
        )

    def opened() -> OpenedSearch:
        from desktop_app.reading.search_opening import open_search

        return open_search(places, manifest, store)

    return Reader(store, opened)
