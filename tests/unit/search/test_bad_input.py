"""No text hurts: whatever is typed or pasted is answered, the same from every thread and process."""

from __future__ import annotations

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from benchmarks.fuzz import texts
from desktop_app.content.model import Article, Category
from desktop_app.content.vocabulary import Term
from desktop_app.search.hit import SearchResult
from desktop_app.search.index import build_index
from desktop_app.search.query import MOST_CHARACTERS, SearchQuery, clean, typed_text
from desktop_app.search.searcher import Searcher

WORDS = ["cramp", "statin", "amiodarone", "peripheral", "artery", "dialysis", "weakness", "Lipitor", "PAD", "walking"]


def answer(searcher: Searcher, text: str) -> SearchResult:
    return replace(searcher.search(SearchQuery(text)), took_ms=0.0)


def test_twenty_thousand_strange_texts_are_answered(searcher: Searcher) -> None:
    """Every code point of the first plane, surrogates, controls, markup, query syntax and long pastes give a result, never an error."""
    found = 0
    for text in texts(WORDS, 20_000):
        result = searcher.search(SearchQuery(text))
        assert result.query.text == text
        # Nothing found is never an empty page, unless nothing was asked.
        assert result.hits or result.suggestions or not (typed_text(text).loose or typed_text(text).phrases)
        found += bool(result.hits)
    assert found > 2_000


def test_six_threads_get_the_answers_of_one(searcher: Searcher) -> None:
    """Searching at once from six threads, phrases included, changes nothing in the answers."""
    asked = [*texts(WORDS, 1_600, seed=7)][1_060:] + ['"pain on walking"', '"a statin"', "cramsp", "lipitor"] * 20
    alone = [answer(searcher, text) for text in asked]
    with ThreadPoolExecutor(6) as pool:
        together = list(pool.map(lambda text: answer(searcher, text), asked))
    assert together == alone


def test_two_processes_open_the_same_index(
    tmp_path: Path, articles: tuple[Article, ...], terms: tuple[Term, ...], categories: tuple[Category, ...]
) -> None:
    """An index that this process has open answers another process as well, and the folder is left as it was."""
    folder = tmp_path / "index"
    build_index(articles, terms, categories, folder, "abc")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    mine = Searcher.open(folder, "abc")
    assert mine.search(SearchQuery('"pain on walking"')).hits
    code = (
        "import sys; from pathlib import Path; from desktop_app.search.searcher import Searcher, SearchQuery\n"
        "hits = Searcher.open(Path(sys.argv[1]), 'abc').search(SearchQuery('\"pain on walking\"')).hits\n"
        "sys.stdout.write(hits[0].article_id)"
    )
    other = subprocess.run([sys.executable, "-c", code, str(folder)], capture_output=True, text=True, check=True, cwd=Path.cwd())
    assert other.stdout == mine.search(SearchQuery('"pain on walking"')).hits[0].article_id
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("  leg \t\n pain ", "leg pain"),
        ("cra\x00mp", "cra mp"),
        ("cra\ud800mp", "cramp"),
        ("cra\u200bmp", "cramp"),
        ("ｃｒａｍｐ", "cramp"),
        ("“leg pain”", '"leg pain"'),
        ("x" * 10_000, "x" * MOST_CHARACTERS),
    ],
)
def test_typed_text_is_made_safe(text: str, kept: str) -> None:
    """Controls part words, invisible characters and lone surrogates vanish, wide letters become plain, length has a bound."""
    assert clean(text) == kept


@pytest.mark.parametrize(
    ("text", "loose", "phrases"),
    [
        ("leg pain", "leg pain", ()),
        ('"leg pain" walking', "walking", ("leg pain",)),
        ('walking "leg pain', "walking leg pain", ()),
        ('"leg pain" and "rest pain"', "and", ("leg pain", "rest pain")),
        ('""', "", ()),
    ],
)
def test_quotation_marks_make_phrases(text: str, loose: str, phrases: tuple[str, ...]) -> None:
    """Words in quotation marks are a phrase; a mark without a partner is ignored."""
    typed = typed_text(text)
    assert (typed.loose, typed.phrases) == (loose, phrases)
