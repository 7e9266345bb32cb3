"""One template for every sheet: title, purpose, use, boxed pause points, "Other", sources."""

from __future__ import annotations

from desktop_app.checklists.sheet import Sheet
from desktop_app.printing.document import (
    Block,
    Boxed,
    Chapter,
    Document,
    Gap,
    Heading,
    Level,
    Paragraph,
    TickItem,
    Words,
    WriteLine,
)


def sheet_document(sheet: Sheet) -> Document:
    """Return the sheet as a document of one chapter."""
    return Document(sheet.document_name, sheet.purpose, sheet.printed_on, (sheet_chapter(sheet),))


def sheet_chapter(sheet: Sheet) -> Chapter:
    """Return the sheet as a chapter, as it also stands in the binder."""
    blocks: list[Block] = [
        Heading(sheet.title, Level.TITLE),
        Paragraph((Words(sheet.purpose),), with_next=True),
        Paragraph(_use(sheet.use), with_next=True),
    ]
    for number, point in enumerate(sheet.points, start=1):
        inner: list[Paragraph | TickItem | WriteLine] = [TickItem(item.text, item.label) for item in point.items]
        if number == len(sheet.points):
            inner.append(WriteLine(sheet.other, sheet.other_note))
        blocks.append(Boxed(point.when, tuple(inner)))
    if sheet.sources:
        blocks.extend((Gap(0.3), Paragraph((Words(sheet.sources),), small=True)))
    return Chapter(sheet.id, sheet.title, tuple(blocks), sheet.footer, fit=1)


def _use(text: str) -> tuple[Words, ...]:
    """Return the line of use with its first word bold, as the eye looks for it."""
    first, space, rest = text.partition(" ")
    return (Words(first, bold=True), Words(space + rest)) if rest else (Words(text, bold=True),)
