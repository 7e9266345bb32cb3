"""The patient text of an article as a handout: what to do and when to get help first, the reading grade last."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from desktop_app.checklists.footer import make_footer
from desktop_app.content.audience import Audience
from desktop_app.content.model import Edition, Place
from desktop_app.printing.article_document import GET_HELP, section_blocks
from desktop_app.printing.document import Block, Boxed, Chapter, Document, Gap, Heading, Level, Paragraph, Words
from desktop_app.reading.page import DifferentialCells, Page, StatementBlock, plain

PAGES = 2
GENERAL = "This leaflet is general information. It does not replace what your own doctor, nurse or pharmacist tells you."
_BULLET = "•"
_FIRST = ("first-actions", "do", "avoid")
_HELP = "red-flags"
_POINT_INDENT = 12.0


def leaflet_document(page: Page, edition: Edition, printed_on: date) -> Document:
    """Return the leaflet of an article.

    ``page`` is the article rendered for patients; another audience raises ValueError, so that no clinician's text is
    handed out by mistake.
    """
    if page.audience is not Audience.PATIENT:
        raise ValueError("a leaflet is made of the patient text")
    blocks: list[Block] = [Heading(page.question, Level.TITLE), Paragraph((Words(plain(page.summary.runs)),))]
    by_id = {section.id: section for section in page.sections if section.statements}
    urgent = [_point(block) for block in page.must_not_miss]
    urgent.extend(_point(block) for block in (by_id[_HELP].statements if _HELP in by_id else ()))
    urgent.extend(_danger(cells) for cells in _dangers(page))
    if urgent:
        blocks.append(Boxed(GET_HELP, tuple(urgent)))
    for key in _FIRST:
        if key in by_id:
            blocks.append(Boxed(by_id[key].heading, tuple(_point(block) for block in by_id[key].statements)))
    for section in by_id.values():
        if section.id not in (_HELP, *_FIRST):
            blocks.extend(section_blocks(section, Audience.PATIENT, bare=True))
    blocks.extend((Gap(0.8), Paragraph((Words(_sources(page)),), small=True), Paragraph((Words(GENERAL),), small=True)))
    blocks.append(
        Paragraph((Words(f"Reading grade {page.reading_grade:.1f} (Flesch-Kincaid, measured on this text)."),), small=True)
    )
    footer = make_footer(page.review, edition, printed_on)
    chapter = Chapter(page.article_id, page.question, tuple(blocks), footer, fit=PAGES)
    return Document(f"{page.question} Leaflet, edition {edition.number}", page.title, printed_on, (chapter,))


def _point(block: StatementBlock) -> Paragraph:
    """Return a statement as a point; its flag is left out, since the heading of the box says what it means."""
    return Paragraph((Words(plain(block.runs)),), indent=_POINT_INDENT, marker=_BULLET)


def _dangers(page: Page) -> Iterator[DifferentialCells]:
    """Yield the dangerous lines of a differential: their signs also stand in the box at the top."""
    for block in page.statements():
        if block.cells is not None and block.cells.place is Place.MUST_NOT_MISS and plain(block.cells.points_to):
            yield block.cells


def _danger(cells: DifferentialCells) -> Paragraph:
    words = (Words(f"{plain(cells.name)}: ", bold=True), Words(plain(cells.points_to)))
    return Paragraph(words, indent=_POINT_INDENT, marker=_BULLET)


def _sources(page: Page) -> str:
    count = len(page.references)
    sources = "1 source" if count == 1 else f"{count} sources"
    return f"Based on {sources}, listed in Wardbook under “{page.title}”, with the editors' notes."
