"""The model: the statement is the unit. Frozen values only; nothing here reads a file or knows a window.

Texts are plain text (no markup): whoever shows them escapes them.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.content.audience import Audience, Texts
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
    POSSIBLE = "possible"
    TREATS = "treats"
    NOT_SHOWN = "not-shown"
    WITHDRAWAL = "withdrawal"

    @property
    def label(self) -> str:
        """Return the relation in words, read as "drug … finding"."""
        return {
            "causes": "can cause",
            "possible": "weak or disputed signal for",
            "treats": "used for",
            "not-shown": "looked for, not shown for",
            "withdrawal": "sudden stop can cause",
        }[self.value]


class ReferenceType(StrEnum):
    """What sort of source a reference is."""

    GUIDELINE = "guideline"
    LABEL = "label"
    TRIAL = "trial"
    SYSTEMATIC_REVIEW = "systematic-review"
    REVIEW = "review"
    COHORT = "cohort"
    CASE_SERIES = "case-series"
    CASE_REPORT = "case-report"
    TEXTBOOK = "textbook"
    GOVERNMENT_PAGE = "government-page"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Return the type in words."""
        words = {"textbook": "Textbook page", "other": "Web page", "trial": "Trial", "label": "Drug label"}
        return words.get(self.value, self.value.replace("-", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Reference:
    """A source, with the bibliographic details that somebody read on a page about it."""

    id: str
    type: ReferenceType
    title: str
    source: str
    authors: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    confirmed: bool = False
    use: str = "print"

    @property
    def short(self) -> str:
        """Return what stands in the margin: type and year."""
        return f"{self.type.label} {self.year}" if self.year else self.type.label

    @property
    def address(self) -> str:
        """Return the address a person may copy: DOI, PubMed or web page; empty when none was seen."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return self.url or (f"PMID {self.pmid}" if self.pmid else "")

    @property
    def full(self) -> str:
        """Return the whole reference as one line, in the order authors, title, source, year, volume, pages, address."""
        place = self.source
        if self.year:
            place += f" {self.year}"
        if self.volume:
            place += f";{self.volume}" + (f"({self.issue})" if self.issue else "")
        if self.pages:
            place += f":{self.pages}"
        parts = [part.rstrip(".") for part in (self.authors, self.title, place) if part]
        line = ". ".join(parts) + "."
        if self.use == "web-only" and not self.year:
            line += " Web page without a date."
        if self.use == "history-only":
            line += " Superseded."
        return f"{line} {self.address}".strip()


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


class Answer(StrEnum):
    """How a checklist item is answered."""

    TICK = "tick"
    VALUE = "value"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class ChecklistItem:
    """One imperative; ``source`` is ``article#statement``."""

    id: str
    text: str
    answer: Answer
    label: str
    life_threatening: bool
    source: str
    why_missed: str

    @property
    def article(self) -> str:
        """Return the id of the article it comes from."""
        return self.source.partition("#")[0]

    @property
    def statement(self) -> str:
        """Return the id of the statement it comes from."""
        return self.source.partition("#")[2]


@dataclass(frozen=True, slots=True)
class PausePoint:
    """A named moment and what is checked at it."""

    when: str
    items: tuple[ChecklistItem, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """When and by whom a checklist was tried on a ward; empty while it was not."""

    on: date | None = None
    by: str = ""
    minutes: float | None = None

    @property
    def sentence(self) -> str:
        """Return what the sheet prints."""
        if self.on is None:
            return "Not yet trialled on a ward."
        return f"Trialled on {self.on.isoformat()} by {self.by}."


@dataclass(frozen=True, slots=True)
class Checklist:
    """A printable list of pitfalls; not the statements printed again."""

    id: str
    title: str
    purpose: str
    use: str
    categories: tuple[str, ...]
    articles: tuple[str, ...]
    review: Review
    version: int
    changes: tuple[Change, ...]
    trial: Trial
    pause_points: tuple[PausePoint, ...]
    references: tuple[str, ...] = ()

    def items(self) -> tuple[ChecklistItem, ...]:
        """Return all items in reading order."""
        return tuple(item for point in self.pause_points for item in point.items)


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
