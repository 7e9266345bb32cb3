"""The search of an edition: from its verified index, or from an index made in memory where that one cannot be used."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.errors import ContentError
from desktop_app.reading.places import Places
from desktop_app.search.searcher import Searcher, phrases_of
from desktop_app.store.content_store import ContentStore
from desktop_app.store.manifest import Manifest, read_verified_folder


@dataclass(frozen=True, slots=True)
class OpenedSearch:
    """A search that can be used; ``notice`` is a sentence for the person where its index had to be made anew, else empty."""

    searcher: Searcher
    notice: str = ""


def open_search(places: Places, manifest: Manifest, store: ContentStore) -> OpenedSearch:
    """Open the index of an edition from the very bytes that were held against the manifest; never raises for what it finds.

    An index that is missing, damaged, or made by another version of the program is no reason to stop: it is rebuilt in
    memory from the verified content, at the first search, and the notice says so.
    """
    try:
        files = read_verified_folder(manifest, places.index)
        phrases = None if places.own else (lambda: phrases_of(store.articles(), store.terms(), store.categories()))
        return OpenedSearch(Searcher.of_files(files, manifest.content_hash, phrases))
    except ContentError as error:
        notice = f"The search index could not be used ({error.message.rstrip('.')}); it was rebuilt in memory from the verified content."
        rebuilt = Searcher.later(lambda: Searcher.from_articles(store.articles(), store.terms(), store.categories()))
        return OpenedSearch(rebuilt, notice)
