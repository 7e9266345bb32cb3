"""Measured pieces of a page: marks with coordinates in points, grouped into what must stay together. No Qt.

Coordinates grow to the right and downwards. Inside a ``Row`` they count from its top left corner, on a ``PaintedPage``
from the corner of the paper.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum


class Role(StrEnum):
    """What a piece is to someone who hears the page instead of seeing it (names of PDF structure elements)."""

    TITLE = "H1"
    SECTION = "H2"
    PART = "H3"
    PARAGRAPH = "P"
    ITEM = "LI"
    LINE = "TOCI"
    ARTEFACT = "Artifact"


@dataclass(frozen=True, slots=True)
class TextMark:
    """A text in one face; ``y`` is the baseline, ``size`` the size of the type in points."""

    x: float
    y: float
    text: str
    size: float
    bold: bool = False


@dataclass(frozen=True, slots=True)
class LineMark:
    """A straight line; a dotted one leads the eye, a whole one is written on."""

    x: float
    y: float
    to_x: float
    to_y: float
    width: float
    dotted: bool = False


@dataclass(frozen=True, slots=True)
class BoxMark:
    """The outline of a rectangle."""

    x: float
    y: float
    wide: float
    high: float
    width: float


Mark = TextMark | LineMark | BoxMark


@dataclass(frozen=True, slots=True)
class Row:
    """One line of type: the only thing that can never be divided."""

    height: float
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """Rows that stay on one page unless they are taller than it; ``before`` is air that vanishes at the top of a page."""

    rows: tuple[Row, ...]
    role: Role = Role.PARAGRAPH
    before: float = 0.0
    with_next: bool = False

    @property
    def height(self) -> float:
        """Return the height without the air before it."""
        return sum(row.height for row in self.rows)


@dataclass(frozen=True, slots=True)
class Frame:
    """A framed group of pieces; ``again`` is its heading on the page after, if it is taller than one."""

    heading: Piece
    again: Piece
    pieces: tuple[Piece, ...]
    before: float
    padding: float
    wide: float
    line: float

    @property
    def height(self) -> float:
        """Return the height with padding, without the air before it."""
        return 2 * self.padding + self.heading.height + sum(piece.before + piece.height for piece in self.pieces)


@dataclass(frozen=True, slots=True)
class Part:
    """Marks of one piece as they stand on one page; the same ``element`` on two pages is one piece that went on."""

    role: Role
    element: int
    marks: tuple[Mark, ...]

    def texts(self) -> tuple[TextMark, ...]:
        """Return the marks that are text."""
        return tuple(mark for mark in self.marks if isinstance(mark, TextMark))


@dataclass(frozen=True, slots=True)
class PaintedPage:
    """One page, ready to be painted: the paper's size in points and every mark on it in reading order."""

    width: float
    height: float
    parts: tuple[Part, ...]

    def texts(self) -> tuple[TextMark, ...]:
        """Return every text of the page in reading order."""
        return tuple(mark for part in self.parts for mark in part.texts())

    def text(self) -> str:
        """Return the words of the page, a line for each row of type."""
        lines: list[str] = []
        last: float | None = None
        for mark in self.texts():
            if last is not None and abs(mark.y - last) < 0.5:
                lines[-1] += mark.text if lines[-1].endswith(" ") or mark.text.startswith(" ") else f" {mark.text}"
            else:
                lines.append(mark.text)
            last = mark.y
        return "\n".join(line.strip() for line in lines)


def moved(mark: Mark, dx: float, dy: float) -> Mark:
    """Return a mark at another place."""
    if isinstance(mark, LineMark):
        return replace(mark, x=mark.x + dx, y=mark.y + dy, to_x=mark.to_x + dx, to_y=mark.to_y + dy)
    return replace(mark, x=mark.x + dx, y=mark.y + dy)
