"""The downtime binder: every sheet in one document, found by title, by symptom and by drug when no screen works."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from desktop_app.checklists.footer import edition_footer, printed_line
from desktop_app.checklists.sheet import Sheet
from desktop_app.content.model import Edition
from desktop_app.content.review import in_words
from desktop_app.errors import NotFoundError
from desktop_app.printing.document import Block, Chapter, Document, Gap, Heading, Level, PageLine, Paragraph, Words
from desktop_app.printing.sheet_document import sheet_chapter

TITLE = "Wardbook downtime binder"
IndexWords = Sequence[tuple[str, tuple[str, ...]]]


def binder_document(sheets: Sequence[Sheet], edition: Edition, index_words: IndexWords, printed_on: date) -> Document:
    """Return the binder: cover, contents, index, then the sheets in the order given.

    ``index_words`` maps a symptom or drug to the ids of the sheets that speak of it; ids of sheets that are not in this
    binder are left out, and words without any sheet too. No sheet at all raises NotFoundError.
    """
    if not sheets:
        raise NotFoundError("There is no checklist to put into the binder.", "Choose other categories.")
    footer = edition_footer(edition, printed_on)
    present = {sheet.id for sheet in sheets}
    words = [(word, tuple(key for key in keys if key in present)) for word, keys in index_words]
    index = sorted(((word, keys) for word, keys in words if keys), key=lambda entry: entry[0].casefold())
    front = [Chapter("binder-cover", "Cover", tuple(_cover(sheets, edition, len(index), printed_on)), footer, fit=1)]
    front.append(Chapter("binder-contents", "Contents", tuple(_contents(sheets, bool(index))), footer, fit=1))
    if index:
        front.append(Chapter("binder-index", "Index", tuple(_index(index)), footer))
    chapters = (*front, *(sheet_chapter(sheet) for sheet in sheets))
    return Document(f"{TITLE}, edition {edition.number}", edition.name, printed_on, chapters, bookmarks=True)


def _cover(sheets: Sequence[Sheet], edition: Edition, indexed: int, printed_on: date) -> list[Block]:
    states = Counter(sheet.footer.state for sheet in sheets)
    items = sum(len(point.items) for sheet in sheets for point in sheet.points)
    lines = [
        f"{edition.label} · {edition.name} · {in_words(edition.date)}",
        f"{_count(len(sheets), 'checklist')} with {_count(items, 'item')}; {_count(indexed, 'word')} in the index.",
        *(f"{_count(count, 'checklist')}: {state}" for state, count in sorted(states.items())),
        printed_line(edition, printed_on) + ".",
    ]
    blocks: list[Block] = [Gap(6), Heading(TITLE, Level.TITLE), Gap(0.5)]
    blocks.append(
        Paragraph((Words("For use when the computers are down. Replace the whole binder, never single pages.", bold=True),))
    )
    blocks.append(Gap(1))
    blocks.extend(Paragraph((Words(line),)) for line in lines)
    blocks.extend((Gap(2), Paragraph((Words(edition.disclaimer),))))
    return blocks


def _contents(sheets: Sequence[Sheet], with_index: bool) -> list[Block]:
    blocks: list[Block] = [Heading("Contents", Level.TITLE), Gap(0.5)]
    if with_index:
        blocks.append(PageLine("Index by symptom and drug", ("binder-index",)))
    blocks.extend(PageLine(sheet.title, (sheet.id,)) for sheet in sheets)
    return blocks


def _index(index: Sequence[tuple[str, tuple[str, ...]]]) -> list[Block]:
    blocks: list[Block] = [Heading("Index by symptom and drug", Level.TITLE), Gap(0.5)]
    letter = ""
    for word, keys in index:
        first = word[:1].upper()
        if first != letter:
            blocks.append(Heading(first, Level.PART))
            letter = first
        blocks.append(PageLine(word, keys, small=True))
    return blocks


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
