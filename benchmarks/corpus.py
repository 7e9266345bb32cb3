"""Corpora for the benchmarks: a file in the BEIR layout, plain or compressed, as articles of the program's own model."""

from __future__ import annotations

import gzip
import json
import lzma
import os
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import IO, Any

from desktop_app.content.audience import Texts
from desktop_app.content.model import Article, Kind, Statement
from desktop_app.content.review import Review, ReviewState

DATA_VARIABLE = "WARDBOOK_DATA"
_DAY = date(2026, 1, 1)


def data_file(given: Path | None, name: str) -> Path:
    """Return the file named on the command line, or the one of that name in the folder that WARDBOOK_DATA names.

    Raises SystemExit with a sentence where there is neither.
    """
    folder = os.environ.get(DATA_VARIABLE)
    found = given or (Path(folder) / name if folder else None)
    if found is None or not found.is_file():
        raise SystemExit(f"Name the file ({name}) on the command line, or the folder that holds it in {DATA_VARIABLE}.")
    return found


def lines(file: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON-lines file (plain, .gz or .xz)."""
    with _open(file) as opened:
        for line in opened:
            if line.strip():
                yield json.loads(line)


def articles(file: Path) -> Iterator[Article]:
    """Yield each document of a corpus as an article with its text as summary."""
    review = Review(ReviewState.SUBMITTED, _DAY, _DAY, _DAY, _DAY)
    for document in lines(file):
        title, text = str(document.get("title", "")), str(document.get("text", ""))
        summary = Statement("summary", Texts(text, text, text), ())
        questions = Texts("", "", "")
        yield Article(str(document["_id"]), Kind.CAUSE, title, questions, (), review, (), (), summary, ())


def relevant(file: Path) -> dict[str, dict[str, int]]:
    """Return query id -> document id -> score of a qrels file (TSV with a header)."""
    found: dict[str, dict[str, int]] = {}
    with file.open(encoding="utf-8") as opened:
        next(opened)
        for line in opened:
            query, document, score = line.split("\t")[:3]
            if int(score) > 0:
                found.setdefault(query, {})[document] = int(score)
    return found


def folder_size(folder: Path) -> float:
    """Return the size of a folder's files in megabytes (10^6 bytes)."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file()) / 1e6


def percentile(sorted_values: list[float], share: float) -> float:
    """Return the value below which that share of the sorted values lies; 0 for none."""
    if not sorted_values:
        return 0.0
    return sorted_values[min(len(sorted_values) - 1, int(share * len(sorted_values)))]


def _open(file: Path) -> IO[str]:
    if file.suffix == ".xz":
        return lzma.open(file, "rt", encoding="utf-8")
    if file.suffix == ".gz":
        return gzip.open(file, "rt", encoding="utf-8")
    return file.open(encoding="utf-8")
