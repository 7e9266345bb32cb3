"""The golden queries: what clinicians and patients type, and the article that must come first."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.authoring.source import library_of, read_sources
from desktop_app.search.query import SearchQuery
from desktop_app.search.searcher import Searcher

QUERIES = Path(__file__).parent / "golden" / "queries.tsv"
FIRST, FIRST_THREE = 0.95, 0.99
TYPES = {"symptom", "drug", "brand", "abbreviation", "lay", "typing error", "question", "two topics"}


def golden() -> list[Mapping[str, str]]:
    with QUERIES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture(scope="module")
def places() -> dict[str, int]:
    """Return the place of the right article for each golden query: 1 is first, 0 is not among the hits."""
    library = library_of(read_sources(paths.sources_folder()))
    searcher = Searcher.from_articles(library.articles, library.terms, library.categories)
    found = {}
    for line in golden():
        hits = searcher.search(SearchQuery(line["query"])).hits
        right = set(line["expected"].split("|"))
        found[line["query"]] = next((hit.rank for hit in hits if hit.article_id in right), 0)
    return found


def test_the_right_article_comes_first(places: dict[str, int]) -> None:
    """For at least 95 % of the golden queries the first hit is the right article."""
    missed = [query for query, place in places.items() if place != 1]
    assert len(missed) <= (1 - FIRST) * len(places), missed


def test_the_right_article_is_among_the_first_three(places: dict[str, int]) -> None:
    """For at least 99 % of the golden queries the right article is among the first three hits."""
    missed = [query for query, place in places.items() if not 1 <= place <= 3]
    assert len(missed) <= (1 - FIRST_THREE) * len(places), missed


def test_the_golden_queries_cover_every_way_of_asking() -> None:
    """There are two hundred or more, each once, of every type, and each names articles of this edition."""
    lines = golden()
    assert len({line["query"] for line in lines}) == len(lines) >= 200
    assert {line["type"] for line in lines} >= TYPES
    known = {path.stem for path in paths.sources_folder().glob("articles/*/*.yaml")}
    assert not {name for line in lines for name in line["expected"].split("|")} - known
