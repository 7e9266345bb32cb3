"""The model: the statement is the unit. Frozen values only; nothing here reads a file or knows a window.

Texts are plain text (no markup): whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.content.audience import Audience, Texts
from desktop_app.content.checklist import Checklist
from desktop_app.content.reference import Reference
from desktop_app.content.review import Change, Review, ReviewState
from desktop_app.content.vocabulary import Term

SUMMARY_ID = "summary"


class Kind(StrEnum):
    """What an article is about."""

    PRESENTATION = "presentation"
    CAUSE = "cause"
    DRUG = "drug"
    TEST = "test"

    @property
    def label(self) -> str:
        """Return the word on the badge."""
        return {"presentation": "Symptom", "cause": "Cause", "drug": "Drug", "test": "Test"}[self.value]


class Flag(StrEnum):
    """What makes a statement stand out."""

    RED_FLAG = "red-flag"
    PITFALL = "pitfall"
    MUST_NOT_MISS = "must-not-miss"

    @property
    def label(self) -> str:
        """Return the words shown with the flag."""
        return {"red-flag": "Red flag", "pitfall": "Pitfall", "must-not-miss": "Must not miss"}[self.value]


class Place(StrEnum):
    """Where a diagnosis stands in a differential: danger first, then frequency."""

    MUST_NOT_MISS = "must-not-miss"
    COMMON = "common"
    LESS_COMMON = "less-common"
    RARE = "rare"

    @property
    def label(self) -> str:
        """Return the heading of that part of the table."""
        return {
            "must-not-miss": "Must not miss",
            "common": "Common",
            "less-common": "Less common",
            "rare": "Rare",
        }[self.value]


class Relation(StrEnum):
    """What a statement says of a drug and a finding."""

    CAUSES = "causes"
    WORSENS = "worsens"
    POSSIBLE = "possible"
    TREATS = "treats"
    NOT_SHOWN = "not-shown"
    WITHDRAWAL = "withdrawal"

    @property
    def label(self) -> str:
        """Return the relation in words, read as "drug … finding"."""
        return {
            "causes": "can cause",
            "worsens": "can worsen",
            "possible": "weak or disputed signal for",
            "treats": "used for",
            "not-shown": "looked for, not shown for",
            "withdrawal": "sudden stop can cause",
        }[self.value]


@dataclass(frozen=True, slots=True)
class Effect:
    """What one statement says of one drug and one finding (ids of terms)."""

    drug: str
    finding: str
    relation: Relation


@dataclass(frozen=True, slots=True)
class Cells:
    """The three cells of a differential line for one audience."""

    points_to: str
    points_away: str
    first_tests: str


def cell_labels(audience: Audience) -> tuple[str, str, str]:
    """Return what stands before the three cells of a differential line, on screen, on paper and in plain text."""
    if audience is Audience.PATIENT:
        return ("Fits", "Does not fit", "What happens next")
    return ("Points to it", "Points away", "First tests")


@dataclass(frozen=True, slots=True)
class Diagnosis:
    """A line of a differential: a diagnosis, its place, and its cells for each audience."""

    name: str
    patient_name: str
    place: Place
    article: str | None
    clinician: Cells
    student: Cells
    patient: Cells

    def name_for(self, audience: Audience) -> str:
        """Return the name of the diagnosis as that audience knows it."""
        return self.patient_name if audience is Audience.PATIENT else self.name

    def cells(self, audience: Audience) -> Cells:
        """Return the cells of one audience."""
        return {
            Audience.CLINICIAN: self.clinician,
            Audience.STUDENT: self.student,
            Audience.PATIENT: self.patient,
        }[audience]


@dataclass(frozen=True, slots=True)
class Statement:
    """The unit of the reference: one fact in three texts, with its basis.

    A differential line has ``diagnosis`` set; its ``texts`` then hold name and cells joined into one paragraph.
    """

    id: str
    texts: Texts
    citations: tuple[str, ...]
    flags: tuple[Flag, ...] = ()
    note: str = ""
    correction: bool = False
    conflict: bool = False
    claims: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    diagnosis: Diagnosis | None = None
    review_state: ReviewState = ReviewState.UNDER_REVIEW

    def text(self, audience: Audience) -> str:
        """Return the text of one audience."""
        return self.texts.for_audience(audience)


@dataclass(frozen=True, slots=True)
class Section:
    """A headed group of statements."""

    id: str
    headings: Texts
    statements: tuple[Statement, ...]

    def heading(self, audience: Audience) -> str:
        """Return the heading of one audience."""
        return self.headings.for_audience(audience)


@dataclass(frozen=True, slots=True)
class Article:
    """One question and its answer; ``summary`` is a statement with the id ``summary``."""

    id: str
    kind: Kind
    title: str
    questions: Texts
    categories: tuple[str, ...]
    review: Review
    changes: tuple[Change, ...]
    related: tuple[str, ...]
    summary: Statement
    sections: tuple[Section, ...]

    def question(self, audience: Audience) -> str:
        """Return the question that stands as the title of the page."""
        return self.questions.for_audience(audience)

    def statements(self) -> Iterator[tuple[Section | None, Statement]]:
        """Yield every statement in reading order with its section; the summary comes first, without one."""
        yield None, self.summary
        for section in self.sections:
            for statement in section.statements:
                yield section, statement

    def statement(self, statement_id: str) -> Statement | None:
        """Return a statement by id, or None."""
        return next((s for _, s in self.statements() if s.id == statement_id), None)

    def citations(self) -> tuple[str, ...]:
        """Return the ids of the references cited, each once, in order of first citation: their numbers on the page."""
        return tuple(dict.fromkeys(c for _, s in self.statements() for c in s.citations))


@dataclass(frozen=True, slots=True)
class ArticleHead:
    """What lists show of an article."""

    id: str
    title: str
    questions: Texts
    kind: Kind
    categories: tuple[str, ...]
    review: Review


@dataclass(frozen=True, slots=True)
class Category:
    """A branch of the tree; ``parent`` is None at the top; ``order`` is the place among all."""

    id: str
    title: str
    patient_title: str
    parent: str | None
    order: int


@dataclass(frozen=True, slots=True)
class Edition:
    """The whole content: number, date, state and the words that go with it."""

    number: int
    name: str
    date: date
    content_hash: str
    disclaimer: str
    policy: tuple[tuple[str, str], ...]
    changes: tuple[Change, ...]

    @property
    def short_hash(self) -> str:
        """Return the part of the content hash that is printed."""
        return self.content_hash[:6]

    @property
    def label(self) -> str:
        """Return edition and short hash as paper shows them."""
        return f"Edition {self.number} ({self.short_hash})"


@dataclass(frozen=True, slots=True)
class IndexedEffect:
    """A line of the drug-finding index: an effect with the statement it is derived from."""

    effect: Effect
    article_id: str
    statement_id: str
    texts: Texts
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """The whole content of one edition; ``edition.content_hash`` is empty until it is compiled."""

    edition: Edition
    categories: tuple[Category, ...]
    references: tuple[Reference, ...]
    terms: tuple[Term, ...]
    articles: tuple[Article, ...]
    checklists: tuple[Checklist, ...]
