"""The patient text of an article as a handout: what to do and when to get help first, the reading grade last."""

from __future__ import annotations

from datetime import date

from desktop_app.checklists.footer import make_footer
from desktop_app.content.audience import Audience
from desktop_app.content.model import Edition
from desktop_app.printing.article_document import section_blocks
from desktop_app.printing.document import Block, Boxed, Chapter, Document, Gap, Heading, Level, Paragraph, Words
from desktop_app.reading.page import Page, SectionBlock, StatementBlock, plain

GET_HELP = "When to get help fast"
PAGES = 2
_BULLET = "•"
_FIRST = ("first-actions", "do", "avoid")
_HELP = "red-flags"


def leaflet_document(page: Page, edition: Edition, printed_on: date) -> Document:
    """Return the leaflet of an article.

    ``page`` is the article rendered for patients; another audience raises ValueError, so that no clinician's text is
    handed out by mistake.
    """
    if page.audience is not Audience.PATIENT:
        raise ValueError("a leaflet is made of the patient text")
    blocks: list[Block] = [Heading(page.question, Level.TITLE), Paragraph((Words(plain(page.summary.runs)),))]
    by_id = {section.id: section for section in page.sections}
    urgent = (*page.must_not_miss, *(by_id[_HELP].statements if _HELP in by_id else ()))
    if urgent:
        blocks.append(_box(GET_HELP, urgent))
    blocks.extend(_box(by_id[key].heading, by_id[key].statements) for key in _FIRST if key in by_id and by_id[key].statements)
    blocks.extend(_rest(page.sections))
    blocks.extend((Gap(0.8), Paragraph((Words(_sources(page)),), small=True)))
    blocks.append(Paragraph((Words(page.disclaimer),), small=True))
    blocks.append(
        Paragraph((Words(f"Reading grade {page.reading_grade:.1f} (Flesch-Kincaid, measured on this text)."),), small=True)
    )
    footer = make_footer(page.review, edition, printed_on)
    chapter = Chapter(page.article_id, page.question, tuple(blocks), footer, fit=PAGES)
    return Document(f"{page.question} Leaflet, edition {edition.number}", page.title, printed_on, (chapter,))


def _box(heading: str, statements: tuple[StatementBlock, ...]) -> Boxed:
    """Return statements as points in a frame; flags are left out, since the heading says what they mean."""
    return Boxed(heading, tuple(Paragraph((Words(plain(s.runs)),), indent=12.0, marker=_BULLET) for s in statements))


def _rest(sections: tuple[SectionBlock, ...]) -> list[Block]:
    blocks: list[Block] = []
    for section in sections:
        if section.id not in (_HELP, *_FIRST) and section.statements:
            blocks.extend(section_blocks(section, Audience.PATIENT, citations=False, notes=False))
    return blocks


def _sources(page: Page) -> str:
    count = len(page.references)
    sources = "1 source" if count == 1 else f"{count} sources"
    return f"Based on {sources}, listed in Wardbook under “{page.title}”, with the editors' notes."
