"""An article on paper, for the audience it is shown to: statements with citation numbers, notes, differential, references."""

from __future__ import annotations

from datetime import date

from desktop_app.checklists.footer import make_footer
from desktop_app.content.audience import Audience
from desktop_app.content.model import Edition, Place, cell_labels
from desktop_app.printing.document import Block, Boxed, Chapter, Document, Gap, Heading, Level, Paragraph, Together, Words
from desktop_app.reading.page import Citation, Page, SectionBlock, StatementBlock, plain

MUST_NOT_MISS = "Must not miss"
GET_HELP = "When to get help fast"
HELP_FAST = "Needs help fast"
_FOR = {Audience.CLINICIAN: "For clinicians", Audience.STUDENT: "For students", Audience.PATIENT: "For patients"}
_CELLS = ("points_to", "points_away", "first_tests")
_NUMBER_INDENT = 24.0


def article_document(
    page: Page, edition: Edition, printed_on: date, sections: frozenset[str] | None = None, with_references: bool = True
) -> Document:
    """Return a page as a document.

    ``sections`` holds the ids of the sections to print, None for all; question, bottom line and the must-not-miss box are
    always printed, because a selection without them could mislead.
    """
    chosen = tuple(s for s in page.sections if s.statements and (sections is None or s.id in sections))
    blocks: list[Block] = [
        Heading(page.question, Level.TITLE),
        Paragraph((Words(f"{page.title} · {page.kind.label} · {_FOR[page.audience]}"),), with_next=True),
        Gap(0.4),
        _statement_paragraph(page.summary),
    ]
    if page.must_not_miss:
        heading = GET_HELP if page.audience is Audience.PATIENT else MUST_NOT_MISS
        blocks.append(Boxed(heading, tuple(_inner(block) for block in page.must_not_miss)))
        blocks.extend(_note(block) for block in page.must_not_miss if block.note)
    for section in chosen:
        blocks.extend(section_blocks(section, page.audience))
    blocks.extend(_omissions(page, chosen))
    blocks.extend(_references(page, chosen, with_references))
    blocks.extend((Gap(0.8), Paragraph((Words(page.disclaimer),), small=True)))
    footer = make_footer(page.review, edition, printed_on)
    chapter = Chapter(page.article_id, page.title, tuple(blocks), footer)
    return Document(f"{page.title}, edition {edition.number}", page.question, printed_on, (chapter,))


def section_blocks(section: SectionBlock, audience: Audience, *, bare: bool = False) -> list[Block]:
    """Return a section: its heading, then a block for each statement with what belongs to it.

    ``bare`` leaves out flags, citation numbers and editor's notes, as a leaflet does.
    """
    blocks: list[Block] = [Heading(section.heading)]
    blocks.extend(_statement(block, audience, bare) for block in section.statements)
    return blocks


def _statement(block: StatementBlock, audience: Audience, bare: bool) -> Block:
    if block.cells:
        parts = list(_differential(block, audience, bare))
    else:
        parts = [Paragraph((Words(plain(block.runs)),)) if bare else _statement_paragraph(block)]
    if block.note and not bare:
        parts.append(_note(block))
    return parts[0] if len(parts) == 1 else Together(tuple(parts))


def _statement_paragraph(block: StatementBlock) -> Paragraph:
    return Paragraph(statement_words(block))


def _inner(block: StatementBlock) -> Paragraph:
    """Return a statement inside a box whose heading already says its flag."""
    text = statement_words(block)
    flag = f"{MUST_NOT_MISS}: "
    return Paragraph(text[1:] if text and text[0].text == flag else text)


def statement_words(block: StatementBlock) -> tuple[Words, ...]:
    """Return a statement with its flags before it and the numbers of its citations behind it."""
    words: list[Words] = [Words(f"{flag.label}: ", bold=True) for flag in block.flags]
    words.append(Words(plain(block.runs)))
    if block.citations:
        words.append(Words(f" [{numbers(block.citations)}]"))
    return tuple(words)


def numbers(citations: tuple[Citation, ...]) -> str:
    """Return the numbers of some citations as they stand in brackets."""
    return ", ".join(str(citation.number) for citation in citations)


def _note(block: StatementBlock) -> Paragraph:
    if block.note is None:
        raise ValueError(f"statement {block.id} has no note")
    return Paragraph((Words(f"{block.note.heading}: ", bold=True), Words(block.note.text)), indent=_NUMBER_INDENT)


def _differential(block: StatementBlock, audience: Audience, bare: bool) -> tuple[Paragraph, ...]:
    """Return a line of the differential as paragraphs: a name never stands on another page than its cells."""
    cells = block.cells
    if cells is None:
        return ()
    cited = f" [{numbers(block.citations)}]" if block.citations and not bare else ""
    urgent = audience is Audience.PATIENT and cells.place is Place.MUST_NOT_MISS
    place = HELP_FAST if urgent else cells.place.label
    head = Paragraph((Words(plain(cells.name), bold=True), Words(f" · {place}{cited}")))
    rest = tuple(
        Paragraph((Words(f"{label}: ", bold=True), Words(plain(getattr(cells, name)))), indent=_NUMBER_INDENT)
        for label, name in zip(cell_labels(audience), _CELLS, strict=True)
        if plain(getattr(cells, name))
    )
    if bare:
        # On a leaflet a diagnosis is one paragraph: it saves the page that keeps it at two.
        joined = [word for paragraph in (head, *rest) for word in (*_ended(paragraph.words), Words(" "))]
        return (Paragraph(tuple(joined[:-1])),)
    return (head, *rest)


def _ended(words: tuple[Words, ...]) -> tuple[Words, ...]:
    """Return words that end as a sentence does."""
    return words if words[-1].text.rstrip().endswith((".", "!", "?")) else (*words, Words("."))


def _omissions(page: Page, chosen: tuple[SectionBlock, ...]) -> list[Block]:
    """Return a line that says when this is not the whole article."""
    whole = tuple(section for section in page.sections if section.statements)
    if len(chosen) == len(whole):
        return []
    words = f"This print holds {len(chosen)} of {len(whole)} sections of the article."
    return [Gap(0.8), Paragraph((Words(words, bold=True),), small=True)]


def _references(page: Page, chosen: tuple[SectionBlock, ...], with_references: bool) -> list[Block]:
    """Return the references that the printed statements cite, under the numbers they have in the article."""
    printed = (page.summary, *page.must_not_miss, *(block for section in chosen for block in section.statements))
    cited = {citation.number for block in printed for citation in block.citations}
    listed = [citation for citation in page.references if citation.number in cited]
    if not listed:
        return []
    if not with_references:
        words = f"References are left out: numbers are those of the article “{page.title}” in Wardbook."
        return [Gap(0.8), Paragraph((Words(words),), small=True)]
    blocks: list[Block] = [Heading("References")]
    blocks.extend(Paragraph((Words(c.reference.full),), small=True, indent=_NUMBER_INDENT, marker=str(c.number)) for c in listed)
    return blocks
