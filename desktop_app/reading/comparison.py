"""Two to four articles side by side: the same sections of each in one row."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.reading.page import Page, StatementBlock

FEWEST, MOST = 2, 4
COMPARED = (
    "meaning",
    "points-to",
    "points-away",
    "red-flags",
    "first-tests",
    "first-actions",
    "muscle-effect",
    "onset",
    "risk",
    "check",
    "do",
    "avoid",
)


@dataclass(frozen=True, slots=True)
class ComparisonRow:
    """One section of every article; an article without it has an empty cell."""

    heading: str
    cells: tuple[tuple[StatementBlock, ...], ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """The pages compared, and their rows; the bottom line comes first."""

    pages: tuple[Page, ...]
    rows: tuple[ComparisonRow, ...]


def compare(pages: Sequence[Page]) -> Comparison:
    """Put pages side by side; what must not be missed stands with the bottom line."""
    rows = [ComparisonRow("Bottom line", tuple((page.summary, *page.must_not_miss) for page in pages))]
    for section_id in COMPARED:
        found = [next((section for section in page.sections if section.id == section_id), None) for page in pages]
        if any(found):
            heading = next(section.heading for section in found if section)
            rows.append(ComparisonRow(heading, tuple(section.statements if section else () for section in found)))
    return Comparison(tuple(pages), tuple(rows))
