"""The Page: what is displayed and printed of one article for one audience.

Texts are plain; a ``Span`` says which part of a text is a link or a found word. Whoever draws a page
(``reading.html`` for the window, ``reading.plain`` for a terminal, ``printing`` for paper) decides how it looks.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.content.audience import Audience
from desktop_app.content.model import Flag, Kind, Place
from desktop_app.content.reference import Reference
from desktop_app.content.review import AgeBand, Change, Review, ReviewState
from desktop_app.reading.links import Link


@dataclass(frozen=True, slots=True)
class Span:
    """A piece of text, perhaps a link, perhaps a word that was searched for."""

    text: str
    link: Link | None = None
    found: bool = False


Runs = tuple[Span, ...]


def plain(runs: Runs) -> str:
    """Return the text of some runs."""
    return "".join(span.text for span in runs)


@dataclass(frozen=True, slots=True)
class Citation:
    """A reference with its number on this page."""

    number: int
    reference: Reference


@dataclass(frozen=True, slots=True)
class Note:
    """An editor's note: ``heading`` says which sort it is, in words."""

    heading: str
    text: str


@dataclass(frozen=True, slots=True)
class DifferentialCells:
    """The cells of a differential line."""

    name: Runs
    place: Place
    points_to: Runs
    points_away: Runs
    first_tests: Runs


@dataclass(frozen=True, slots=True)
class StatementBlock:
    """One statement as shown; ``cells`` is set for a differential line, and ``runs`` then holds it as one paragraph."""

    id: str
    runs: Runs
    flags: tuple[Flag, ...]
    citations: tuple[Citation, ...]
    note: Note | None
    review_state: ReviewState
    cells: DifferentialCells | None = None


@dataclass(frozen=True, slots=True)
class SectionBlock:
    """A headed group of statements."""

    id: str
    heading: str
    statements: tuple[StatementBlock, ...]


@dataclass(frozen=True, slots=True)
class Related:
    """A link worth following, with its title and why it is there."""

    link: Link
    title: str


@dataclass(frozen=True, slots=True)
class Page:
    """One article for one audience, ready to be drawn.

    ``must_not_miss`` holds the statements flagged so; they stand in the box at the top and not again in their section.
    ``reading_grade`` is the measured Flesch-Kincaid grade of the article's text for this audience.
    """

    article_id: str
    kind: Kind
    audience: Audience
    path: tuple[Related, ...]
    title: str
    question: str
    review: Review
    age_band: AgeBand
    edition: str
    summary: StatementBlock
    must_not_miss: tuple[StatementBlock, ...]
    sections: tuple[SectionBlock, ...]
    references: tuple[Citation, ...]
    related: tuple[Related, ...]
    mentioned_in: tuple[Related, ...]
    checklists: tuple[Related, ...]
    changes: tuple[Change, ...]
    disclaimer: str
    reading_grade: float

    @property
    def review_line(self) -> str:
        """Return the review state as a sentence; it travels with every copy and print."""
        return self.review.state.sentence

    def statements(self) -> tuple[StatementBlock, ...]:
        """Return every statement in the order shown."""
        inner = tuple(s for section in self.sections for s in section.statements)
        return (self.summary, *self.must_not_miss, *inner)
