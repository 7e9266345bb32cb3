"""A document laid out: every page with every mark, ready for PDF, printer and preview alike."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.checklists.footer import Footer
from desktop_app.printing.coverage import uncovered
from desktop_app.printing.document import Chapter, Document, PrintOptions, Words
from desktop_app.printing.measure import CONTINUED, Measurer
from desktop_app.printing.paginator import paginate
from desktop_app.printing.pieces import LineMark, Mark, PaintedPage, Part, Piece, Role, Row, TextMark, moved
from desktop_app.printing.style import Style, styles
from desktop_app.printing.typeface import Typeface, load_typeface

_PASSES = 4
_ELEMENTS_A_CHAPTER = 100_000


@dataclass(frozen=True, slots=True)
class Bookmark:
    """An entry of the outline: ``page`` counts from 0."""

    title: str
    page: int


@dataclass(frozen=True, slots=True)
class LaidOut:
    """The pages of a document as they come out, with what a PDF says about itself."""

    title: str
    subject: str
    printed_on: date
    options: PrintOptions
    pages: tuple[PaintedPage, ...]
    bookmarks: tuple[Bookmark, ...]


@dataclass(frozen=True, slots=True)
class _Body:
    style: Style
    footer_rows: tuple[Row, ...]
    pages: list[tuple[Part, ...]]
    footer_element: int


def lay_out(document: Document, options: PrintOptions) -> LaidOut:
    """Return the pages of a document; needs a QGuiApplication.

    Raises ValueError when the bundled typeface lacks a character of the text: it would be missing on paper.
    """
    typeface = load_typeface()
    starts: dict[str, int] = {}
    bodies: list[_Body] = []
    for _ in range(_PASSES):
        bodies = [
            _chapter(chapter, options, typeface, starts, number * _ELEMENTS_A_CHAPTER)
            for number, chapter in enumerate(document.chapters)
        ]
        found = _starts(document, bodies)
        if found == starts:
            break
        starts = found
    pages = _finish(bodies, options, typeface)
    _refuse_lost_letters(pages)
    marks = tuple(Bookmark(c.title, starts[c.id] - 1) for c in document.chapters) if document.bookmarks else ()
    return LaidOut(document.title, document.subject, document.printed_on, options, pages, marks)


def _starts(document: Document, bodies: list[_Body]) -> dict[str, int]:
    starts: dict[str, int] = {}
    page = 1
    for chapter, body in zip(document.chapters, bodies, strict=True):
        starts[chapter.id] = page
        page += len(body.pages)
    return starts


def _chapter(chapter: Chapter, options: PrintOptions, typeface: Typeface, starts: Mapping[str, int], first_element: int) -> _Body:
    """Lay one chapter out in the most comfortable style that keeps it on the wished number of pages."""
    bodies: list[_Body] = []
    for style in styles(options.large_print, chapter.fit):
        body = _body(
            chapter, options, Measurer(typeface, style, options.paper.points[0] - 2 * style.margin, starts), first_element
        )
        if len(body.pages) <= chapter.fit:
            return body
        bodies.append(body)
    fewest = min(len(body.pages) for body in bodies)
    # Nothing fits: the fewest pages, and among those the most comfortable.
    return next(body for body in bodies if len(body.pages) == fewest)


def _body(chapter: Chapter, options: PrintOptions, measurer: Measurer, first_element: int) -> _Body:
    style = measurer.style
    footer = _footer_rows(measurer, chapter.footer)
    room = options.paper.points[1] - style.margin - style.bottom - sum(row.height for row in footer) - 2 * style.body
    head_rows = measurer.rows((Words(chapter.title + CONTINUED, bold=True),), style.part, measurer.width)
    head = Piece((*head_rows, Row(style.body * 0.7, ())))
    # The last of a chapter's elements is its footer.
    last_element = first_element + _ELEMENTS_A_CHAPTER - 1
    return _Body(style, footer, paginate(measurer.flow(chapter.blocks), room, head, first_element), last_element)


def _footer_rows(measurer: Measurer, footer: Footer) -> tuple[Row, ...]:
    """Return the lines of the footer; the last one leaves room for "page x of y" at its right end."""
    size = measurer.style.footer
    state = (Words(footer.state, bold=True), Words(f" {footer.trial}")) if footer.trial else (Words(footer.state, bold=True),)
    rows = [*measurer.rows(state, size, measurer.width), *measurer.rows((Words(footer.edition),), size, measurer.width)]
    reserve = measurer.typeface.width("page 000 of 000", size) + 12
    printed = measurer.rows((Words(footer.printed),), size, measurer.width - reserve)
    return (*rows, *printed)


def _finish(bodies: list[_Body], options: PrintOptions, typeface: Typeface) -> tuple[PaintedPage, ...]:
    """Give every page its margins, its footer and its number."""
    total = sum(len(body.pages) for body in bodies)
    pages: list[PaintedPage] = []
    for body in bodies:
        for number, parts in enumerate(body.pages):
            words = f"page {len(pages) + 1} of {total}"
            pages.append(_page(parts, body, options, typeface, words, first=number == 0))
    return tuple(pages)


def _page(
    parts: tuple[Part, ...], body: _Body, options: PrintOptions, typeface: Typeface, words: str, *, first: bool
) -> PaintedPage:
    """Return a page; its footer is read aloud on the first page of a chapter and is an artefact on the others."""
    width, height = options.paper.points
    margin = body.style.margin
    placed = [Part(p.role, p.element, tuple(moved(m, margin, margin) for m in p.marks)) for p in parts]
    y = height - body.style.bottom - sum(row.height for row in body.footer_rows)
    rule = LineMark(margin, y - body.style.body * 0.5, width - margin, y - body.style.body * 0.5, 0.6)
    marks: list[Mark] = []
    for row in body.footer_rows:
        marks.extend(moved(mark, margin, y) for mark in row.marks)
        y += row.height
    last = marks[-1]
    assert isinstance(last, TextMark)
    left = width - margin - typeface.width(words, last.size)
    number = TextMark(left, last.y, words, last.size)
    role, element = (Role.PARAGRAPH, body.footer_element) if first else (Role.ARTEFACT, -1)
    footer = (Part(role, element, tuple(marks)), Part(Role.ARTEFACT, -1, (rule, number)))
    return PaintedPage(width, height, (*placed, *footer))


def _refuse_lost_letters(pages: tuple[PaintedPage, ...]) -> None:
    missing = uncovered("".join(mark.text for page in pages for mark in page.texts()))
    if missing:
        names = ", ".join(f"U+{ord(letter):04X}" for letter in sorted(missing))
        raise ValueError(f"the typeface of paper lacks {names}")
