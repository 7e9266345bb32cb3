"""The compiled content, read-only.

The store is opened from bytes whose SHA-256 somebody has verified: SQLite works on its own copy in memory, so that what
was verified is what is read, and a share that vanishes later takes nothing away.
"""

from __future__ import annotations

import json
import sqlite3
import struct
import threading
from collections.abc import Iterable
from contextlib import suppress
from datetime import date
from typing import Any

from desktop_app.content.audience import Audience, Texts
from desktop_app.content.checklist import Answer, Checklist, ChecklistItem, PausePoint, Trial
from desktop_app.content.model import (
    Article,
    ArticleHead,
    Category,
    Cells,
    Diagnosis,
    Edition,
    Effect,
    Flag,
    IndexedEffect,
    Kind,
    Place,
    Relation,
    Section,
    Statement,
)
from desktop_app.content.reference import Reference, ReferenceType
from desktop_app.content.review import Change, Review, ReviewState
from desktop_app.content.vocabulary import Brand, Term, TermKind
from desktop_app.errors import ContentError, NotFoundError
from desktop_app.store.schema import APPLICATION_ID, TABLES, USER_VERSION

REPLACE_ADVICE = "Ask the person who looks after Wardbook to put the program folder back as it was delivered."
MAX_BYTES = 200_000_000
_HEADER = struct.Struct(">16s H B B")
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: 1_000_000,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 10,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 3,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}


class ContentStore:
    """Articles, checklists, references, terms and the drug-finding index of one edition. Safe to use from any thread."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._lock = threading.Lock()

    @classmethod
    def from_bytes(cls, data: bytes) -> ContentStore:
        """Open verified bytes; raises ContentError in words when they are not content this program can read."""
        _check_header(data)
        connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
        try:
            connection.deserialize(data)
            _harden(connection)
            _check_tables(connection)
            if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
                raise ContentError("The content file is damaged.", REPLACE_ADVICE)
        except (sqlite3.Error, OverflowError, UnicodeError) as error:
            connection.close()
            raise ContentError("The content file is damaged.", REPLACE_ADVICE) from error
        except ContentError:
            connection.close()
            raise
        return cls(connection)

    def close(self) -> None:
        """Give the memory back."""
        self._connection.close()

    def _rows(self, sql: str, values: Iterable[Any] = ()) -> list[tuple[Any, ...]]:
        """Run one query; everything that can go wrong with damaged content ends here, in words."""
        try:
            with self._lock:
                return self._connection.execute(sql, tuple(values)).fetchall()
        except (sqlite3.Error, UnicodeError) as error:
            raise ContentError("The content file is damaged.", REPLACE_ADVICE) from error

    def edition(self) -> Edition:
        """Return the edition with its content hash."""
        values = {key: json.loads(value) for key, value in self._rows("SELECT key, value FROM edition")}
        return Edition(
            number=values["number"],
            name=values["name"],
            date=date.fromisoformat(values["date"]),
            content_hash=values["content_hash"],
            disclaimer=values["disclaimer"],
            policy=tuple((heading, text) for heading, text in values["policy"]),
            changes=_changes(values["changes"]),
        )

    def categories(self) -> tuple[Category, ...]:
        """Return the whole tree, parents before children, in display order."""
        rows = self._rows("SELECT id, title, patient_title, parent, position FROM category ORDER BY position")
        return tuple(Category(*row) for row in rows)

    def article_heads(self) -> tuple[ArticleHead, ...]:
        """Return what lists show of every article, by title."""
        inside: dict[str, list[str]] = {}
        for article, category in self._rows("SELECT article, category FROM article_category ORDER BY article, position"):
            inside.setdefault(article, []).append(category)
        rows = self._rows("SELECT id, title, question_clinician, question_student, question_patient, kind, review FROM article")
        heads = (
            ArticleHead(key, title, Texts(*questions), Kind(kind), tuple(inside.get(key, ())), _review(json.loads(review)))
            for key, title, *questions, kind, review in rows
        )
        return tuple(sorted(heads, key=lambda head: head.title.casefold()))

    def article(self, article_id: str) -> Article:
        """Return one article; raises NotFoundError."""
        rows = self._rows("SELECT * FROM article WHERE id = ?", (article_id,))
        if not rows:
            raise NotFoundError(f"There is no article “{article_id}” in this edition.", "“wardbook articles” lists them all.")
        key, kind, title, clinician, student, patient, review, changes, related = rows[0]
        statements = self._statements(key)
        sections = self._rows("SELECT * FROM section WHERE article = ? ORDER BY position", (key,))
        categories = self._rows("SELECT category FROM article_category WHERE article = ? ORDER BY position", (key,))
        return Article(
            id=key,
            kind=Kind(kind),
            title=title,
            questions=Texts(clinician, student, patient),
            categories=tuple(row[0] for row in categories),
            review=_review(json.loads(review)),
            changes=_changes(json.loads(changes)),
            related=tuple(json.loads(related)),
            summary=statements[None][0],
            sections=tuple(
                Section(section_id, Texts(*headings), tuple(statements.get(position, ())))
                for _, position, section_id, *headings in sections
            ),
        )

    def _statements(self, article_id: str) -> dict[int | None, list[Statement]]:
        cited: dict[str, list[str]] = {}
        sql = "SELECT statement, reference FROM citation WHERE article = ? ORDER BY statement, position"
        for statement, reference in self._rows(sql, (article_id,)):
            cited.setdefault(statement, []).append(reference)
        effects: dict[str, list[Effect]] = {}
        sql = "SELECT statement, drug, finding, relation FROM effect WHERE article = ? ORDER BY statement, position"
        for statement, drug, finding, relation in self._rows(sql, (article_id,)):
            effects.setdefault(statement, []).append(Effect(drug, finding, Relation(relation)))
        found: dict[int | None, list[Statement]] = {}
        for row in self._rows("SELECT * FROM statement WHERE article = ? ORDER BY position", (article_id,)):
            _, key, section, _, clinician, student, patient, flags, note, correction, conflict, claims, diagnosis, state = row
            statement_value = Statement(
                id=key,
                texts=Texts(clinician, student, patient),
                citations=tuple(cited.get(key, ())),
                flags=tuple(Flag(flag) for flag in json.loads(flags)),
                note=note,
                correction=bool(correction),
                conflict=bool(conflict),
                claims=tuple(json.loads(claims)),
                effects=tuple(effects.get(key, ())),
                diagnosis=_diagnosis(json.loads(diagnosis)) if diagnosis else None,
                review_state=ReviewState(state),
            )
            found.setdefault(section, []).append(statement_value)
        return found

    def related(self) -> dict[str, tuple[str, ...]]:
        """Return for every article the articles its editors named as worth reading next."""
        return {key: tuple(json.loads(names)) for key, names in self._rows("SELECT id, related FROM article ORDER BY id")}

    def articles(self) -> tuple[Article, ...]:
        """Return every article whole, by id."""
        return tuple(self.article(row[0]) for row in self._rows("SELECT id FROM article ORDER BY id"))

    def references(self, ids: Iterable[str] | None = None) -> dict[str, Reference]:
        """Return references by id: the ones asked for, or all."""
        names = "id, type, title, source, authors, year, volume, issue, pages, doi, pmid, url, confirmed, use"
        rows = self._rows(f"SELECT {names} FROM reference ORDER BY id")
        wanted = None if ids is None else set(ids)
        return {row[0]: _reference(row) for row in rows if wanted is None or row[0] in wanted}

    def terms(self) -> tuple[Term, ...]:
        """Return the whole vocabulary, by id."""
        rows = self._rows(
            "SELECT id, kind, preferred, broader, article, abbreviations, brands, synonyms, lay, spellings, misspellings"
            " FROM term ORDER BY id"
        )
        return tuple(_term(row) for row in rows)

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
            "SELECT article, statement, reference FROM citation ORDER BY 1, 2, position"
        ):
            cited.setdefault((article, statement), []).append(reference)
        return tuple(
            IndexedEffect(
                Effect(row[2], row[3], Relation(row[4])), row[0], row[1], Texts(*row[5:8]), tuple(cited.get((row[0], row[1]), ()))
            )
            for row in self._rows(sql, (drug, finding))
        )

    def checklists(self) -> tuple[Checklist, ...]:
        """Return every checklist, by title."""
        found = (self._checklist(row) for row in self._rows("SELECT * FROM checklist"))
        return tuple(sorted(found, key=lambda checklist: checklist.title.casefold()))

    def checklist(self, checklist_id: str) -> Checklist:
        """Return one checklist; raises NotFoundError."""
        rows = self._rows("SELECT * FROM checklist WHERE id = ?", (checklist_id,))
        if not rows:
            raise NotFoundError(f"There is no checklist “{checklist_id}” in this edition.", "“wardbook sheets” lists them all.")
        return self._checklist(rows[0])

    def _checklist(self, row: tuple[Any, ...]) -> Checklist:
        key, title, purpose, use, categories, articles, review, version, changes, trial, references = row
        sql = (
            "SELECT pause_point, pause_when, id, text, answer, label, life_threatening, source, why_missed"
            " FROM checklist_item WHERE checklist = ? ORDER BY position"
        )
        points: dict[int, tuple[str, list[ChecklistItem]]] = {}
        for number, when, item_id, text, answer, label, life, source, why in self._rows(sql, (key,)):
            item = ChecklistItem(item_id, text, Answer(answer), label, bool(life), source, why)
            points.setdefault(number, (when, []))[1].append(item)
        tried = json.loads(trial)
        return Checklist(
            id=key,
            title=title,
            purpose=purpose,
            use=use,
            categories=tuple(json.loads(categories)),
            articles=tuple(json.loads(articles)),
            review=_review(json.loads(review)),
            version=version,
            changes=_changes(json.loads(changes)),
            trial=Trial(date.fromisoformat(tried["on"]) if tried["on"] else None, tried["by"], tried["minutes"]),
            pause_points=tuple(PausePoint(when, tuple(items)) for when, items in points.values()),
            references=tuple(json.loads(references)),
        )


def _check_header(data: bytes) -> None:
    """Refuse what is not a clean SQLite file of ours before SQLite sees a byte of it."""
    if not data:
        raise ContentError("The content file is empty.", REPLACE_ADVICE)
    if len(data) > MAX_BYTES:
        raise ContentError("The content file is too large to be ours.", REPLACE_ADVICE)
    if len(data) < 512 or not data.startswith(b"SQLite format 3\x00"):
        raise ContentError("The content file is not a Wardbook content file.", REPLACE_ADVICE)
    _, _, write_version, read_version = _HEADER.unpack_from(data)
    if (write_version, read_version) != (1, 1):
        raise ContentError("The content file was changed by another program (write-ahead log).", REPLACE_ADVICE)
    user_version, application_id = struct.unpack_from(">I", data, 60)[0], struct.unpack_from(">I", data, 68)[0]
    if application_id != APPLICATION_ID:
        raise ContentError("The content file belongs to another program.", REPLACE_ADVICE)
    if user_version > USER_VERSION:
        raise ContentError(
            "The content file was made for a newer Wardbook.", "Update the program, or put its own content file back."
        )
    if user_version < USER_VERSION:
        raise ContentError(
            "The content file was made for an older Wardbook.", "Run “wardbook content build”, or update the content."
        )


def _harden(connection: sqlite3.Connection) -> None:
    """Close what a file could use against the program; SQLITE_DBCONFIG_DEFENSIVE exists in Python 3.12 and later."""
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    if hasattr(connection, "setconfig"):
        for name, wanted in (("DEFENSIVE", True), ("ENABLE_TRIGGER", False), ("ENABLE_VIEW", False), ("TRUSTED_SCHEMA", False)):
            with suppress(sqlite3.OperationalError):  # an SQLite built without that switch
                connection.setconfig(getattr(sqlite3, f"SQLITE_DBCONFIG_{name}"), wanted)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")


def _check_tables(connection: sqlite3.Connection) -> None:
    """Refuse a file whose tables, views or triggers are not exactly ours."""
    question = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    ours = sqlite3.connect(":memory:")
    ours.executescript(TABLES)
    expected = ours.execute(question).fetchall()
    ours.close()
    if connection.execute(question).fetchall() != expected:
        raise ContentError("The content file does not have the tables of a Wardbook content file.", REPLACE_ADVICE)


def _review(values: dict[str, str]) -> Review:
    days = {name: date.fromisoformat(values[name]) for name in ("submitted", "last_reviewed", "last_corrected", "due")}
    return Review(ReviewState(values["state"]), **days)


def _changes(values: list[dict[str, Any]]) -> tuple[Change, ...]:
    return tuple(Change(date.fromisoformat(item["date"]), item["text"], item["version"]) for item in values)


def _diagnosis(values: dict[str, Any]) -> Diagnosis:
    cells = {audience.value: Cells(**values[audience.value]) for audience in Audience}
    return Diagnosis(values["name"], values["patient_name"], Place(values["place"]), values["article"], **cells)


def _reference(row: tuple[Any, ...]) -> Reference:
    key, kind, title, source, authors, year, volume, issue, pages, doi, pmid, url, confirmed, use = row
    return Reference(
        key, ReferenceType(kind), title, source, authors, year, volume, issue, pages, doi, pmid, url, bool(confirmed), use
    )


def _term(row: tuple[Any, ...]) -> Term:
    key, kind, preferred, broader, article, abbreviations, brands, *lists = row
    synonyms, lay, spellings, misspellings = (tuple(json.loads(item)) for item in lists)
    return Term(
        id=key,
        kind=TermKind(kind),
        preferred=preferred,
        broader=tuple(json.loads(broader)),
        article=article,
        abbreviations=tuple(json.loads(abbreviations)),
        brands=tuple(Brand(brand["name"], brand["region"]) for brand in json.loads(brands)),
        synonyms=synonyms,
        lay=lay,
        spellings=spellings,
        misspellings=misspellings,
    )
