"""The compiled content, read-only.

The store is opened from bytes whose SHA-256 somebody has verified: SQLite works on its own copy in memory, so that what
was verified is what is read, and a share that vanishes later takes nothing away.
"""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Iterable
from functools import cache, wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from desktop_app.content.audience import Texts
from desktop_app.content.checklist import Checklist, ChecklistItem, PausePoint
from desktop_app.content.model import Article, ArticleHead, Category, Edition, Effect, IndexedEffect, Kind, Section, Statement
from desktop_app.content.reference import Reference
from desktop_app.content.vocabulary import Term
from desktop_app.errors import NotFoundError
from desktop_app.store import rows
from desktop_app.store.opening import damaged, open_content

_Given = ParamSpec("_Given")
_Read = TypeVar("_Read")


def _sound(
    read: Callable[Concatenate[ContentStore, _Given], _Read],
) -> Callable[Concatenate[ContentStore, _Given], _Read]:
    """Turn a shape that the writer never writes into a ContentError; whoever reads from the store meets no other error."""

    @wraps(read)
    def checked(store: ContentStore, /, *given: _Given.args, **named: _Given.kwargs) -> _Read:
        try:
            return read(store, *given, **named)
        except (ValueError, LookupError, TypeError, AttributeError, RecursionError) as error:
            raise damaged() from error

    return checked


class ContentStore:
    """Articles, checklists, references, terms and the drug-finding index of one edition. Safe to use from any thread.

    Every method raises ContentError where the content turns out to be damaged.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()
        self._ids = cache(self._read_ids)

    @classmethod
    def from_bytes(cls, data: bytes) -> ContentStore:
        """Open verified bytes; raises ContentError in words when they are not content this program can read."""
        return cls(open_content(data))

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def _rows(self, sql: str, values: Iterable[Any] = ()) -> list[rows.Row]:
        """Run one query; everything that can go wrong with damaged content ends here, in words."""
        try:
            with self._lock:
                return self._connection.execute(sql, tuple(values)).fetchall()
        except UnicodeEncodeError:  # asked for by a name that is no text: nothing is called so
            return []
        except (sqlite3.Error, UnicodeError) as error:
            raise damaged() from error

    @_sound
    def edition(self) -> Edition:
        """Return the edition with its content hash."""
        return rows.edition(self._rows("SELECT key, value FROM edition"))

    @_sound
    def categories(self) -> tuple[Category, ...]:
        """Return the whole tree, parents before children, in display order."""
        found: dict[str | None, Category | None] = {None: None}
        for row in self._rows("SELECT id, title, patient_title, parent, position FROM category ORDER BY position"):
            category = Category(*row)
            if category.parent not in found:  # a tree that went round in circles would never end
                raise ValueError("a branch stands before its stem")
            found[category.id] = category
        return tuple(category for category in found.values() if category)

    @_sound
    def article_heads(self) -> tuple[ArticleHead, ...]:
        """Return what lists show of every article, by title."""
        inside = _grouped(self._rows("SELECT article, category FROM article_category ORDER BY article, position"))
        found = self._rows("SELECT id, title, question_clinician, question_student, question_patient, kind, review FROM article")
        heads = (
            ArticleHead(key, title, Texts(*questions), Kind(kind), tuple(inside[key]), rows.review(review))
            for key, title, *questions, kind, review in found
        )
        return tuple(sorted(heads, key=lambda head: head.title.casefold()))

    @_sound
    def article(self, article_id: str) -> Article:
        """Return one article; raises NotFoundError."""
        found = self._rows("SELECT * FROM article WHERE id = ?", (article_id,))
        if not found:
            raise NotFoundError(f"There is no article “{article_id}” in this edition.", "“wardbook articles” lists them all.")
        key, kind, title, clinician, student, patient, review, changes, related = found[0]
        statements = self._statements(key)
        sections = self._rows("SELECT * FROM section WHERE article = ? ORDER BY position", (key,))
        categories = self._rows("SELECT category FROM article_category WHERE article = ? ORDER BY position", (key,))
        return Article(
            id=key,
            kind=Kind(kind),
            title=title,
            questions=Texts(clinician, student, patient),
            categories=tuple(row[0] for row in categories),
            review=rows.review(review),
            changes=rows.changes(changes),
            related=rows.ids(related),
            summary=statements[None][0],
            sections=tuple(
                Section(section_id, Texts(*headings), tuple(statements.get(position, ())))
                for _, position, section_id, *headings in sections
            ),
        )

    def _statements(self, article_id: str) -> dict[int | None, list[Statement]]:
        """Return the statements of an article by the position of their section; the summary has none."""
        sql = "SELECT statement, reference FROM citation WHERE article = ? ORDER BY statement, position"
        cited = _grouped(self._rows(sql, (article_id,)))
        effects: dict[str, list[Effect]] = {}
        sql = "SELECT statement, drug, finding, relation FROM effect WHERE article = ? ORDER BY statement, position"
        for statement, *columns in self._rows(sql, (article_id,)):
            effects.setdefault(statement, []).append(rows.effect(*columns))
        found: dict[int | None, list[Statement]] = {}
        for row in self._rows("SELECT * FROM statement WHERE article = ? ORDER BY position", (article_id,)):
            _, key, section, *_ = row
            found.setdefault(section, []).append(rows.statement(row, cited.get(key, ()), effects.get(key, ())))
        return found

    @_sound
    def related(self) -> dict[str, tuple[str, ...]]:
        """Return for every article the articles its editors named as worth reading next."""
        return {key: rows.ids(names) for key, names in self._rows("SELECT id, related FROM article ORDER BY id")}

    @_sound
    def articles(self) -> tuple[Article, ...]:
        """Return every article whole, by id."""
        return tuple(self.article(row[0]) for row in self._rows("SELECT id FROM article ORDER BY id"))

    @_sound
    def references(self) -> dict[str, Reference]:
        """Return every reference by id."""
        names = "id, type, title, source, authors, year, volume, issue, pages, doi, pmid, url, confirmed, use"
        return {row[0]: rows.reference(row) for row in self._rows(f"SELECT {names} FROM reference ORDER BY id")}

    @_sound
    def terms(self) -> tuple[Term, ...]:
        """Return the whole vocabulary, by id."""
        names = "id, kind, preferred, article, broader, brands, abbreviations, synonyms, lay, spellings, misspellings"
        return tuple(rows.term(row) for row in self._rows(f"SELECT {names} FROM term ORDER BY id"))

    @_sound
    def effects(self, drug: str | None = None, finding: str | None = None) -> tuple[IndexedEffect, ...]:
        """Return the lines of the drug-finding index for a drug, a finding, both, or all; empty means "no statement"."""
        sql = (
            "SELECT e.article, e.statement, e.drug, e.finding, e.relation, s.clinician, s.student, s.patient"
            " FROM effect e JOIN statement s ON s.article = e.article AND s.id = e.statement"
            " WHERE (?1 IS NULL OR e.drug = ?1) AND (?2 IS NULL OR e.finding = ?2)"
            " ORDER BY e.drug, e.finding, e.relation, e.article, e.statement"
        )
        cited: dict[tuple[str, str], list[str]] = {}
        for article, statement, reference in self._rows(
            "SELECT article, statement, reference FROM citation ORDER BY article, statement, position"
        ):
            cited.setdefault((article, statement), []).append(reference)
        return tuple(
            IndexedEffect(
                rows.effect(drug, finding, relation),
                article,
                statement,
                Texts(*texts),
                tuple(cited.get((article, statement), ())),
            )
            for article, statement, drug, finding, relation, *texts in self._rows(sql, (drug, finding))
        )

    @_sound
    def checklists(self) -> tuple[Checklist, ...]:
        """Return every checklist, by title."""
        found = (self._checklist(row) for row in self._rows("SELECT * FROM checklist"))
        return tuple(sorted(found, key=lambda checklist: checklist.title.casefold()))

    @_sound
    def checklist(self, checklist_id: str) -> Checklist:
        """Return one checklist; raises NotFoundError."""
        found = self._rows("SELECT * FROM checklist WHERE id = ?", (checklist_id,))
        if not found:
            raise NotFoundError(f"There is no checklist “{checklist_id}” in this edition.", "“wardbook sheets” lists them all.")
        return self._checklist(found[0])

    def _checklist(self, row: rows.Row) -> Checklist:
        key, title, purpose, use, categories, articles, review, version, changes, trial, references = row
        sql = (
            "SELECT pause_point, pause_when, id, text, answer, label, life_threatening, source, why_missed"
            " FROM checklist_item WHERE checklist = ? ORDER BY position"
        )
        points: dict[int, tuple[str, list[ChecklistItem]]] = {}
        for number, when, *columns in self._rows(sql, (key,)):
            points.setdefault(number, (when, []))[1].append(rows.checklist_item(tuple(columns)))
        return Checklist(
            id=key,
            title=title,
            purpose=purpose,
            use=use,
            categories=self._known("category", categories),
            articles=self._known("article", articles),
            review=rows.review(review),
            version=version,
            changes=rows.changes(changes),
            trial=rows.trial(trial),
            pause_points=tuple(PausePoint(when, tuple(items)) for when, items in points.values()),
            references=self._known("reference", references),
        )

    def _known(self, table: str, cell: str) -> tuple[str, ...]:
        """Return the ids of a JSON cell, all of which must stand in a table."""
        names = rows.ids(cell)
        if not self._ids(table).issuperset(names):
            raise ValueError(f"a {table} is named that is not there")
        return names

    def _read_ids(self, table: str) -> frozenset[str]:
        return frozenset(key for (key,) in self._rows(f"SELECT id FROM {table}"))


def _grouped(pairs: Iterable[rows.Row]) -> dict[str, list[str]]:
    """Return the second of each pair in lists by the first."""
    found: dict[str, list[str]] = {}
    for key, value in pairs:
        found.setdefault(key, []).append(value)
    return found
