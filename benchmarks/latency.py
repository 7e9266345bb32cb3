"""How fast search answers at the size of a large reference, beside SQLite FTS5 and Xapian in the same run.

python -m benchmarks.latency --corpus medquad.jsonl.xz [--queries 1000] [--json]

Queries are made from the corpus itself with a fixed seed: words drawn as they stand in its texts, 1 to 60 of them, and the beginnings of
words of one to three letters, as typed into the search field. Every engine gets the same queries after the same warm-up and returns ten.
Xapian (the package python3-xapian of Debian) is measured where it can be imported.
"""

from __future__ import annotations

import argparse
import importlib
import json
import random
import re
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from benchmarks import corpus
from desktop_app.content.model import Article
from desktop_app.search.index import build_index
from desktop_app.search.query import SearchQuery
from desktop_app.search.searcher import Searcher

LIMIT = 10
GROUPS = ((1, 2), (3, 8), (9, 30), (31, 60))
Engine = Callable[[str, bool], int]  # text, whether the last word may go on -> number of hits
_WORD = re.compile(r"[a-z]{2,}")


def queries(articles: Sequence[Article], count: int) -> dict[str, list[str]]:
    """Return made queries by group: runs of words as they stand in the texts, and all beginnings of one to three letters."""
    draw = random.Random(20261122)
    made: dict[str, list[str]] = {}
    for fewest, most in GROUPS:
        found: list[str] = []
        while len(found) < count // len(GROUPS):
            words = _WORD.findall(draw.choice(articles).summary.texts.clinician.lower())
            size = draw.randint(fewest, most)
            if len(words) >= size:
                start = draw.randrange(len(words) - size + 1)
                found.append(" ".join(words[start : start + size]))
        made[f"{fewest}-{most} words"] = found
    starts = {word[:size] for article in articles for word in _WORD.findall(article.title.lower()) for size in (1, 2, 3)}
    made["prefixes of 1-3 letters"] = sorted(starts)
    return made


def wardbook(articles: Sequence[Article], folder: Path) -> tuple[Engine, float, float]:
    """Return the program's own search, seconds to build, megabytes; the first search is timed in ``main``."""
    started = time.perf_counter()
    build_index(articles, [], [], folder / "index", "benchmark")
    built = time.perf_counter() - started
    searcher = Searcher.open(folder / "index", "benchmark")

    def search(text: str, unfinished: bool) -> int:
        # The search field asks with the text as it stands; a space tells that the last word is whole.
        return len(searcher.search(SearchQuery(text if unfinished else text + " ", limit=LIMIT)).hits)

    return search, built, corpus.folder_size(folder / "index")


def fts5(articles: Sequence[Article], folder: Path) -> tuple[Engine, float, float]:
    """Return SQLite FTS5 (porter tokenizer, bm25, any word), seconds to build, megabytes."""
    started = time.perf_counter()
    file = folder / "fts.db"
    connection = sqlite3.connect(file)
    connection.execute("CREATE VIRTUAL TABLE page USING fts5(title, text, tokenize='porter unicode61')")
    rows = ((article.title, article.summary.texts.clinician) for article in articles)
    connection.executemany("INSERT INTO page VALUES (?, ?)", rows)
    connection.execute("INSERT INTO page(page) VALUES ('optimize')")
    connection.commit()
    built = time.perf_counter() - started

    def search(text: str, unfinished: bool) -> int:
        words = [f'"{word}"' for word in text.split()]
        if unfinished:
            words[-1] += "*"
        found = connection.execute(
            "SELECT rowid, snippet(page, 1, '[', ']', '…', 20) FROM page WHERE page MATCH ? ORDER BY bm25(page, 5.0, 1.0) LIMIT ?",
            (" OR ".join(words), LIMIT),
        )
        return len(found.fetchall())

    return search, built, file.stat().st_size / 1e6


def xapian(articles: Sequence[Article], folder: Path) -> tuple[Engine, float, float]:
    """Return Xapian (English stemmer, BM25, any word), seconds to build, megabytes; raises ImportError where it is not installed."""
    library: Any = importlib.import_module("xapian")
    started = time.perf_counter()
    writable = library.WritableDatabase(str(folder / "xapian"), library.DB_CREATE_OR_OPEN)
    generator = library.TermGenerator()
    generator.set_stemmer(library.Stem("en"))
    for article in articles:
        document = library.Document()
        generator.set_document(document)
        generator.index_text(article.title, 5)
        generator.index_text(article.summary.texts.clinician)
        document.set_data(article.summary.texts.clinician)
        writable.add_document(document)
    writable.commit()
    built = time.perf_counter() - started
    database = library.Database(str(folder / "xapian"))
    parser = library.QueryParser()
    parser.set_stemmer(library.Stem("en"))
    parser.set_database(database)

    def search(text: str, unfinished: bool) -> int:
        asked = parser.parse_query(text, library.QueryParser.FLAG_PARTIAL if unfinished else 0)
        enquire = library.Enquire(database)
        enquire.set_query(asked)
        return sum(1 for match in enquire.get_mset(0, LIMIT) if match.document.get_data())

    return search, built, corpus.folder_size(folder / "xapian")


def measure(engine: Engine, texts: Iterable[str], unfinished: bool) -> dict[str, float]:
    """Return the percentiles of the times of some queries, in milliseconds."""
    times = []
    for text in texts:
        started = time.perf_counter()
        engine(text, unfinished)
        times.append((time.perf_counter() - started) * 1000)
    times.sort()
    return {
        "queries": len(times),
        "p50_ms": round(corpus.percentile(times, 0.5), 2),
        "p95_ms": round(corpus.percentile(times, 0.95), 2),
        "max_ms": round(times[-1], 2),
    }


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.latency", description=__doc__)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--queries", type=int, default=1000, help="made queries in all, prefixes apart")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    given = parser.parse_args()
    articles = list(corpus.articles(corpus.data_file(given.corpus, "medquad.jsonl.xz")))
    asked = queries(articles, given.queries)
    report: dict[str, Any] = {"docs": len(articles)}
    for make in (wardbook, fts5, xapian):
        with tempfile.TemporaryDirectory() as folder:
            try:
                engine, built, size = make(articles, Path(folder))
            except ImportError:
                report[make.__name__] = {"missing": True}
                continue
            started = time.perf_counter()
            engine("muscle cramp", False)
            figures: dict[str, Any] = {
                "index_s": round(built, 2),
                "index_mb": round(size, 2),
                "first_query_ms": round((time.perf_counter() - started) * 1000, 2),
            }
            for text in ("warm up", "heart", "a"):
                engine(text, True)
            for name, texts in asked.items():
                figures[name] = measure(engine, texts, unfinished=name.startswith("prefixes"))
            report[make.__name__] = figures
    sys.stdout.write((json.dumps(report) if given.json else _table(report)) + "\n")
    return 0


def _table(report: dict[str, Any]) -> str:
    lines = [f"{report['docs']} documents"]
    for engine, figures in report.items():
        if not isinstance(figures, dict):
            continue
        if "missing" in figures:
            lines.append(f"{engine}: not installed")
            continue
        lines.append(
            f"{engine}: built in {figures['index_s']} s, {figures['index_mb']} MB, first query {figures['first_query_ms']} ms"
        )
        for name, values in figures.items():
            if isinstance(values, dict):
                shown = ", ".join(f"{key} {value}" for key, value in values.items())
                lines.append(f"  {name:<24} {shown}")
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
