"""A checklist as it is printed: a value that holds every word of the sheet, footer included."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.checklists.footer import Footer, make_footer
from desktop_app.content.checklist import Answer, Checklist
from desktop_app.content.model import Edition
from desktop_app.content.reference import Reference

OTHER = "Other:"
NOT_COMPLETE = "(this list is not complete)"
SOURCES_NAMED = 6


@dataclass(frozen=True, slots=True)
class SheetItem:
    """One line to tick; ``label`` stands before the line on which a value or a name is written, empty for a tick."""

    id: str
    text: str
    label: str


@dataclass(frozen=True, slots=True)
class SheetPoint:
    """A boxed pause point: its moment and its items."""

    when: str
    items: tuple[SheetItem, ...]


@dataclass(frozen=True, slots=True)
class SheetReference:
    """A source with its number on the sheet."""

    number: int
    reference: Reference


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that is printed of one checklist."""

    id: str
    title: str
    purpose: str
    use: str
    points: tuple[SheetPoint, ...]
    other: str
    other_note: str
    references: tuple[SheetReference, ...]
    sources: str
    edition: str
    printed_on: date
    footer: Footer

    @property
    def document_name(self) -> str:
        """Return what the print spooler is told: title and edition, nothing that a person typed."""
        return f"{self.title}, {self.edition}"

    def texts(self) -> tuple[str, ...]:
        """Return every text of the body in reading order: what an extraction of the sheet must give back."""
        inner = [text for point in self.points for text in (point.when, *_item_texts(point.items))]
        head = (self.title, self.purpose, self.use)
        return tuple(text for text in (*head, *inner, self.other, self.other_note, self.sources) if text)


def _item_texts(items: tuple[SheetItem, ...]) -> list[str]:
    return [text for item in items for text in (item.text, item.label) if text]


def make_sheet(
    checklist: Checklist,
    references: Mapping[str, Reference],
    edition: Edition,
    printed_on: date,
    program_built: date | None = None,
) -> Sheet:
    """Return the sheet of a checklist.

    ``references`` maps ids to references; an id of the checklist that is missing there raises KeyError, because the
    content check has already refused it. References are numbered in the checklist's own order, as in the program.
    """
    numbered = tuple(SheetReference(n, references[key]) for n, key in enumerate(checklist.references, start=1))
    points = tuple(
        SheetPoint(point.when, tuple(SheetItem(item.id, item.text, _label(item.answer, item.label)) for item in point.items))
        for point in checklist.pause_points
    )
    return Sheet(
        id=checklist.id,
        title=checklist.title,
        purpose=checklist.purpose,
        use=checklist.use,
        points=points,
        other=OTHER,
        other_note=NOT_COMPLETE,
        references=numbered,
        sources=_sources(numbered),
        edition=f"edition {edition.number}",
        printed_on=printed_on,
        footer=make_footer(checklist.review, edition, printed_on, checklist.trial.sentence, program_built),
    )


def _label(answer: Answer, label: str) -> str:
    """Return the words before the line to write on; an item that is only ticked has none."""
    if answer is Answer.TICK:
        return ""
    words = label or answer.value.capitalize()
    return words if words.endswith((":", "?")) else f"{words}:"


def _sources(references: tuple[SheetReference, ...]) -> str:
    """Return the line of sources: by number and type; the full list is kept where there is room for it."""
    if not references:
        return ""
    last = references[-1].number
    if last > SOURCES_NAMED:
        return f"Sources 1 to {last}: full list in Wardbook, at this checklist."
    named = "; ".join(f"{item.number} {item.reference.short}" for item in references)
    return f"Sources: {named}. Full list in Wardbook, at this checklist."
