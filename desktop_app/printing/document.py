"""What can be printed: blocks of words, chapters of blocks, documents of chapters. No Qt, no coordinates.

A block is a promise: what it holds stays together on a page unless it is taller than one.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from desktop_app.checklists.footer import Footer

LANGUAGE = "en-GB"


class Paper(StrEnum):
    """The two sizes of paper a ward printer holds."""

    A4 = "a4"
    LETTER = "letter"

    @property
    def points(self) -> tuple[float, float]:
        """Return width and height in points (1/72 inch), rounded as PDF programs know them."""
        return (595.0, 842.0) if self is Paper.A4 else (612.0, 792.0)

    @property
    def label(self) -> str:
        """Return the name in a list of papers."""
        return "A4" if self is Paper.A4 else "US Letter"


@dataclass(frozen=True, slots=True)
class PrintOptions:
    """What a person may choose about paper."""

    paper: Paper = Paper.A4
    large_print: bool = False
    greyscale: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A piece of text in one weight."""

    text: str
    bold: bool = False


class Level(StrEnum):
    """How a heading stands: the title of a chapter, a section, a part of a section."""

    TITLE = "title"
    SECTION = "section"
    PART = "part"


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading; it never stands last on a page."""

    text: str
    level: Level = Level.SECTION


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text; ``small`` is the smallest size of the page, for references and index lines.

    ``indent`` is in points; ``marker`` hangs to the left of an indented paragraph (a bullet, a reference number).
    ``with_next`` keeps it on the page of the block that follows.
    """

    words: tuple[Words, ...]
    small: bool = False
    indent: float = 0.0
    marker: str = ""
    with_next: bool = False


@dataclass(frozen=True, slots=True)
class TickItem:
    """A drawn box to tick, a text, and a line to write on when there is a label."""

    text: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class WriteLine:
    """A line to write on, between a word and a remark."""

    before: str
    after: str = ""


@dataclass(frozen=True, slots=True)
class Boxed:
    """A framed group under a heading. It moves whole; only one taller than a page goes on, with its heading repeated."""

    heading: str
    inner: tuple[Paragraph | TickItem | WriteLine, ...]


@dataclass(frozen=True, slots=True)
class Together:
    """Paragraphs that belong to each other: a statement and its note, a diagnosis and its cells."""

    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of contents or index: words left, page numbers right; pages are those of the named chapters."""

    text: str
    chapters: tuple[str, ...]
    small: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Air, in lines of body text; it vanishes at the top of a page."""

    lines: float


Block = Heading | Paragraph | TickItem | WriteLine | Boxed | Together | PageLine | Gap


@dataclass(frozen=True, slots=True)
class Chapter:
    """Blocks that start on a fresh page under one footer.

    ``fit`` asks for the largest type with which the chapter stays on that many pages (0: no wish): never below 12 points,
    and never cut.
    """

    id: str
    title: str
    blocks: tuple[Block, ...]
    footer: Footer
    fit: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """What goes to the printer as one job. ``subject`` is one line for the properties of the PDF."""

    title: str
    subject: str
    printed_on: date
    chapters: tuple[Chapter, ...]
    bookmarks: bool = False
