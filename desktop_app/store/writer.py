"""The compiled content is written here, at build time only (sqlite-utils never enters the executable)."""

from __future__ import annotations

import dataclasses
import hashlib
import json
import os
import sqlite3
import tempfile
from collections.abc import Iterable, Iterator
from datetime import date
from enum import Enum
from pathlib import Path
from typing import Any

import sqlite_utils

from desktop_app.content.audience import Audience
from desktop_app.content.checklist import Checklist
from desktop_app.content.model import Article, Library
from desktop_app.content.vocabulary import Term
from desktop_app.errors import CannotWriteError
from desktop_app.store.schema import APPLICATION_ID, TABLES, USER_VERSION


def as_json(value: Any) -> str:
    """Return a value of the model as JSON: dataclasses become objects, dates ISO text."""
    return json.dumps(value, default=_plain, ensure_ascii=False, sort_keys=True)


def _plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {item.name: getattr(value, item.name) for item in dataclasses.fields(value)}
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Enum):
        return value.value
    raise TypeError(f"{type(value).__name__} has no place in the content")


def content_hash(content: Library) -> str:
    """Return the SHA-256 of everything the content says; the same sources give the same hash on every machine."""
    parts = (content.edition, content.categories, content.references, content.terms, content.articles, content.checklists)
    return hashlib.sha256(as_json([USER_VERSION, parts]).encode("utf-8", "surrogatepass")).hexdigest()


def write_content(content: Library, target: Path) -> bool:
    """Write ``content.db``; returns False and leaves the file untouched when it already says the same.

    Raises CannotWriteError; a failure never leaves a half-written file.
    """
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".content-", suffix=".db", dir=target.parent)
        os.close(handle)
    except OSError as error:
        raise _cannot_write(target, error) from error
    fresh = Path(name)
    try:
        _write(content, fresh)
        if target.is_file() and _says_the_same(fresh, target):
            return False
        os.chmod(fresh, 0o644)
        os.replace(fresh, target)
    except (OSError, sqlite3.Error) as error:  # SQLite has its own words for a full disk
        raise _cannot_write(target, error) from error
    finally:
        fresh.unlink(missing_ok=True)
        fresh.with_name(f"{fresh.name}-journal").unlink(missing_ok=True)
    return True


def _cannot_write(target: Path, error: Exception) -> CannotWriteError:
    reason = getattr(error, "strerror", None) or error
    return CannotWriteError(f"“{target}” cannot be written: {reason}.", "Choose another folder with --out.")


def _says_the_same(one: Path, other: Path) -> bool:
    """Tell whether two files hold the same rows; another SQLite version may have laid out the bytes differently."""
    if one.read_bytes() == other.read_bytes():
        return True
    try:
        return _dump(one) == _dump(other)
    except sqlite3.Error:
        return False


def _dump(path: Path) -> list[str]:
    connection = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True)
    try:
        head = [str(connection.execute(f"PRAGMA {name}").fetchone()[0]) for name in ("application_id", "user_version")]
        return head + list(connection.iterdump())
    finally:
        connection.close()


def _write(content: Library, path: Path) -> None:
    database = sqlite_utils.Database(path)
    connection = database.conn
    try:
        for pragma in ("journal_mode=DELETE", f"application_id={APPLICATION_ID}", f"user_version={USER_VERSION}"):
            connection.execute(f"PRAGMA {pragma}")
        connection.execute("PRAGMA synchronous=OFF")  # nobody reads the file before it is whole
        connection.executescript(TABLES)
        with database.atomic():
            for table, rows in _tables(content):
                database[table].insert_all(rows)  # type: ignore[union-attr]  # a table, never a view
        connection.execute("VACUUM")
    finally:
        connection.close()
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def _tables(content: Library) -> Iterator[tuple[str, Iterable[dict[str, Any]]]]:
    yield "edition", _edition_rows(content)
    yield (
        "category",
        (
            {"id": c.id, "title": c.title, "patient_title": c.patient_title, "parent": c.parent, "position": c.order}
            for c in content.categories
        ),
    )
    yield "reference", (dataclasses.asdict(r) | {"type": r.type.value} for r in content.references)
    yield "term", (_term_row(term) for term in content.terms)
    yield "article", (_article_row(article) for article in content.articles)
    yield (
        "article_category",
        (
            {"article": article.id, "category": category, "position": position}
            for article in content.articles
            for position, category in enumerate(article.categories)
        ),
    )
    yield (
        "section",
        (
            {"article": article.id, "id": section.id, "position": position, **_by_audience("heading_", section.headings)}
            for article in content.articles
            for position, section in enumerate(article.sections)
        ),
    )
    yield "statement", (row for article in content.articles for row in _statement_rows(article))
    yield "citation", (row for article in content.articles for row in _citation_rows(article))
    yield "effect", (row for article in content.articles for row in _effect_rows(article))
    yield "checklist", (_checklist_row(checklist) for checklist in content.checklists)
    yield "checklist_item", (row for checklist in content.checklists for row in _item_rows(checklist))


def _by_audience(prefix: str, texts: Any) -> dict[str, str]:
    return {f"{prefix}{audience.value}": texts.for_audience(audience) for audience in Audience}


def _edition_rows(content: Library) -> Iterator[dict[str, Any]]:
    edition = dataclasses.replace(content.edition, content_hash=content_hash(content))
    for item in dataclasses.fields(edition):
        yield {"key": item.name, "value": as_json(getattr(edition, item.name))}


def _term_row(term: Term) -> dict[str, Any]:
    plain = {"id": term.id, "kind": term.kind.value, "preferred": term.preferred, "article": term.article}
    lists = ("broader", "abbreviations", "brands", "synonyms", "lay", "spellings", "misspellings")
    return plain | {name: as_json(getattr(term, name)) for name in lists}


def _article_row(article: Article) -> dict[str, Any]:
    return {
        "id": article.id,
        "kind": article.kind.value,
        "title": article.title,
        **_by_audience("question_", article.questions),
        "review": as_json(article.review),
        "changes": as_json(article.changes),
        "related": as_json(article.related),
    }


def _statement_rows(article: Article) -> Iterator[dict[str, Any]]:
    places = {section.id: number for number, section in enumerate(article.sections)}
    for position, (section, statement) in enumerate(article.statements()):
        yield {
            "article": article.id,
            "id": statement.id,
            "section": places[section.id] if section else None,
            "position": position,
            **_by_audience("", statement.texts),
            "flags": as_json(statement.flags),
            "note": statement.note,
            "correction": int(statement.correction),
            "conflict": int(statement.conflict),
            "claims": as_json(statement.claims),
            "diagnosis": as_json(statement.diagnosis) if statement.diagnosis else None,
            "review_state": statement.review_state.value,
        }


def _citation_rows(article: Article) -> Iterator[dict[str, Any]]:
    for _, statement in article.statements():
        for position, reference in enumerate(statement.citations):
            yield {"article": article.id, "statement": statement.id, "position": position, "reference": reference}


def _effect_rows(article: Article) -> Iterator[dict[str, Any]]:
    for _, statement in article.statements():
        for position, effect in enumerate(statement.effects):
            yield {
                "article": article.id,
                "statement": statement.id,
                "position": position,
                "drug": effect.drug,
                "finding": effect.finding,
                "relation": effect.relation.value,
            }


def _checklist_row(checklist: Checklist) -> dict[str, Any]:
    plain = {name: getattr(checklist, name) for name in ("id", "title", "purpose", "use", "version")}
    lists = {name: as_json(getattr(checklist, name)) for name in ("categories", "articles", "review", "changes", "trial")}
    return plain | lists | {"reference_ids": as_json(checklist.references)}


def _item_rows(checklist: Checklist) -> Iterator[dict[str, Any]]:
    position = 0
    for number, point in enumerate(checklist.pause_points):
        for item in point.items:
            yield {
                "checklist": checklist.id,
                "position": position,
                "pause_point": number,
                "pause_when": point.when,
                "id": item.id,
                "text": item.text,
                "answer": item.answer.value,
                "label": item.label,
                "life_threatening": int(item.life_threatening),
                "source": item.source,
                "why_missed": item.why_missed,
            }
            position += 1
