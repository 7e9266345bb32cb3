"""Everything a person reads with, opened once: verified content, its search, and pages. A reader without a window."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from desktop_app.content.audience import Audience
from desktop_app.content.checklist import Checklist
from desktop_app.content.model import Article, ArticleHead, Category, Edition, Kind
from desktop_app.content.reference import Reference
from desktop_app.content.vocabulary import Term
from desktop_app.errors import ContentError
from desktop_app.reading.linker import Linker
from desktop_app.reading.page import Page
from desktop_app.reading.renderer import Surroundings, render
from desktop_app.search.hit import SearchResult
from desktop_app.search.query import SearchQuery
from desktop_app.search.searcher import Searcher
from desktop_app.store.content_store import ContentStore
from desktop_app.store.manifest import read_manifest, read_verified, read_verified_folder


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one edition: content, index folder and the manifest that both are held against."""

    content: Path
    index: Path
    manifest: Path


class Reader:
    """One opened edition. ``notices`` are sentences for the person, e.g. that the index had to be rebuilt in memory."""

    def __init__(self, store: ContentStore, open_searcher: Callable[[], Searcher], notices: tuple[str, ...] = ()) -> None:
        self.store = store
        self._open_searcher = open_searcher
        self.notices = notices

    @cached_property
    def edition(self) -> Edition:
        """Return the edition that is open."""
        return self.store.edition()

    @cached_property
    def searcher(self) -> Searcher:
        """Return the search, opened when first asked for."""
        return self._open_searcher()

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
        return render(self.article(article_id), audience, self.references, self._surroundings, today, found_words)

    def search(self, query: SearchQuery) -> SearchResult:
        """Return what the search panel shows for a query."""
        return self.searcher.search(query)

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
    def _surroundings(self) -> Surroundings:
        linker = Linker(self.terms.values(), ((head.id, head.title) for head in self.heads))
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
            linker=linker,
        )


def open_reader(places: Places) -> Reader:
    """Open an edition: manifest first, then content from verified bytes, then the index.

    Raises ContentError when content is missing, damaged or not ours. An index that is damaged, or that another version of
    the program made, is no reason to stop: it is rebuilt in memory from the verified content, and a notice says so.
    """
    manifest = read_manifest(places.manifest)
    store = ContentStore.from_bytes(read_verified(manifest, places.content.name, places.content))
    content_hash = store.edition().content_hash
    if manifest.content_hash != content_hash:
        raise ContentError(
            "The list of checksums belongs to another edition than the content.",
            "Put content and checksums of one edition back, or run “wardbook content build”.",
        )
    try:
        read_verified_folder(manifest, places.index)
        searcher = Searcher.open(places.index, content_hash)
    except ContentError as error:
        notice = f"The search index could not be used ({error.message.rstrip('.')}); it was rebuilt in memory from the verified content."
        return Reader(store, lambda: Searcher.from_articles(store.articles(), store.terms(), store.categories()), (notice,))
    return Reader(store, lambda: searcher)
