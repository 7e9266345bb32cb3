"""Rows of ``content.db`` become values of the model.

Columns hold lists and records as JSON. Nothing but what the writer writes is taken: every function here raises ValueError,
LookupError or TypeError for any other shape, and ``ContentStore`` turns those into one sentence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any, NoReturn

from desktop_app.content.audience import Audience, Texts
from desktop_app.content.checklist import Answer, ChecklistItem, Trial
from desktop_app.content.model import Cells, Diagnosis, Edition, Effect, Flag, Place, Relation, Statement
from desktop_app.content.reference import Reference, ReferenceType
from desktop_app.content.review import Change, Review, ReviewState
from desktop_app.content.vocabulary import Brand, Term, TermKind

Row = tuple[Any, ...]
ID = re.compile(r"[A-Za-z0-9-]+")
_YEARS = range(1990, 2200)  # days are counted from dates: those at the ends of the calendar would overflow


def from_json(cell: str) -> Any:
    """Return the value of a JSON cell."""
    return json.loads(cell, parse_constant=_no_number)


def _no_number(name: str) -> NoReturn:
    raise ValueError(f"{name} is no number that can be written down")


def text(value: Any) -> str:
    """Return a value that must be a text which can be shown and stored."""
    if not isinstance(value, str):
        raise TypeError("a text is expected")
    value.encode("utf-8")  # JSON can spell half a character; UnicodeEncodeError is a ValueError
    return value


def number(value: Any) -> int:
    """Return a value that must be a whole number."""
    if type(value) is not int:
        raise TypeError("a whole number is expected")
    return value


def day(value: Any) -> date:
    """Return a value that must be a day as ISO text, of a year in which an edition can lie."""
    found = date.fromisoformat(text(value))
    if found.year not in _YEARS:
        raise ValueError("a day of our time is expected")
    return found


def texts(value: Any) -> tuple[str, ...]:
    """Return a value that must be a list of texts."""
    if not isinstance(value, list):
        raise TypeError("a list is expected")
    return tuple(text(item) for item in value)


def ids(cell: str) -> tuple[str, ...]:
    """Return the ids of a JSON cell that must be a list of them."""
    found = texts(from_json(cell))
    if not all(ID.fullmatch(name) for name in found):
        raise ValueError("an id is expected")
    return found


def edition(rows: Iterable[Row]) -> Edition:
    """Return the edition from its (key, JSON value) rows."""
    values = {key: from_json(value) for key, value in rows}
    return Edition(
        number=number(values["number"]),
        name=text(values["name"]),
        date=day(values["date"]),
        content_hash=text(values["content_hash"]),
        disclaimer=text(values["disclaimer"]),
        policy=tuple((text(heading), text(words)) for heading, words in values["policy"]),
        changes=_changes(values["changes"]),
    )


def review(cell: str) -> Review:
    """Return the review record of a JSON cell."""
    values = from_json(cell)
    days = {name: day(values[name]) for name in ("submitted", "last_reviewed", "last_corrected", "due")}
    return Review(ReviewState(values["state"]), **days)


def changes(cell: str) -> tuple[Change, ...]:
    """Return the change log of a JSON cell."""
    return _changes(from_json(cell))


def _changes(values: Iterable[Mapping[str, Any]]) -> tuple[Change, ...]:
    return tuple(
        Change(day(item["date"]), text(item["text"]), None if item["version"] is None else number(item["version"]))
        for item in values
    )


def statement(row: Row, citations: Iterable[str], effects: Iterable[Effect]) -> Statement:
    """Return a statement from a row of its table, with what it cites and says of drugs."""
    _, key, _, _, clinician, student, patient, flags, note, correction, conflict, claims, diagnosis, state = row
    return Statement(
        id=key,
        texts=Texts(clinician, student, patient),
        citations=tuple(citations),
        flags=tuple(Flag(flag) for flag in texts(from_json(flags))),
        note=note,
        correction=bool(correction),
        conflict=bool(conflict),
        claims=texts(from_json(claims)),
        effects=tuple(effects),
        diagnosis=None if diagnosis is None else _diagnosis(from_json(diagnosis)),
        review_state=ReviewState(state),
    )


def _diagnosis(values: Mapping[str, Any]) -> Diagnosis:
    article = values["article"]
    if article is not None and not ID.fullmatch(article):
        raise ValueError("an id is expected")
    cells = {audience.value: Cells(**{k: text(v) for k, v in values[audience.value].items()}) for audience in Audience}
    return Diagnosis(text(values["name"]), text(values["patient_name"]), Place(values["place"]), article, **cells)


def effect(drug: str, finding: str, relation: str) -> Effect:
    """Return an effect from its columns."""
    return Effect(drug, finding, Relation(relation))


def reference(row: Row) -> Reference:
    """Return a reference from the columns id, type, title, source, authors, year, volume … url, confirmed, use."""
    key, kind, title, source, authors, year, volume, issue, pages, doi, pmid, url, confirmed, use = row
    return Reference(
        key, ReferenceType(kind), title, source, authors, year, volume, issue, pages, doi, pmid, url, bool(confirmed), use
    )


def term(row: Row) -> Term:
    """Return a term from the columns id, kind, preferred, article, broader, brands and the other lists in their order."""
    key, kind, preferred, article, broader, brands, *lists = row
    abbreviations, synonyms, lay, spellings, misspellings = (texts(from_json(item)) for item in lists)
    return Term(
        id=key,
        kind=TermKind(kind),
        preferred=preferred,
        broader=ids(broader),
        article=article,
        abbreviations=abbreviations,
        brands=tuple(Brand(text(brand["name"]), text(brand["region"])) for brand in from_json(brands)),
        synonyms=synonyms,
        lay=lay,
        spellings=spellings,
        misspellings=misspellings,
    )


def checklist_item(row: Row) -> ChecklistItem:
    """Return an item from the columns id, text, answer, label, life_threatening, source, why_missed."""
    key, words, answer, label, life_threatening, source, why_missed = row
    return ChecklistItem(key, words, Answer(answer), label, bool(life_threatening), source, why_missed)


def trial(cell: str) -> Trial:
    """Return when a checklist was tried, from a JSON cell."""
    values = from_json(cell)
    minutes = values["minutes"]
    if minutes is not None and type(minutes) not in (int, float):
        raise TypeError("a number of minutes is expected")
    return Trial(None if values["on"] is None else day(values["on"]), text(values["by"]), minutes)
