"""Checklists: short imperatives at named moments, each tied to the statement it comes from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.content.review import Change, Review, in_words


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
        """Return what the sheet prints, with the day in words."""
        if self.on is None:
            return "Not yet trialled on a ward."
        return f"Trialled on {in_words(self.on)} by {self.by}."


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
