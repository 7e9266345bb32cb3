"""Articles side by side, on paper one below the other: under each heading what every article says of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from desktop_app.checklists.footer import make_footer
from desktop_app.content.model import Edition
from desktop_app.content.review import Review, ReviewState
from desktop_app.printing.article_document import statement_words
from desktop_app.printing.document import Block, Chapter, Document, Gap, Heading, Level, Paragraph, Together, Words
from desktop_app.reading.comparison import Comparison
from desktop_app.reading.page import StatementBlock

_INDENT = 24.0


def comparison_document(comparison: Comparison, edition: Edition, printed_on: date) -> Document:
    """Return a comparison as a document; its footer states the least advanced review and the earliest due date of all."""
    pages = comparison.pages
    title = "Compare: " + ", ".join(page.title for page in pages)
    blocks: list[Block] = [
        Heading(title, Level.TITLE),
        Paragraph((Words(f"For {pages[0].audience.value}s. Numbers in brackets are those of each article in Wardbook."),)),
    ]
    for row in comparison.rows:
        blocks.append(Heading(row.heading))
        for page, cell in zip(pages, row.cells, strict=True):
            blocks.extend(_cell(page.title, cell))
    blocks.extend((Gap(0.8), Paragraph((Words(pages[0].disclaimer),), small=True)))
    footer = make_footer(_together([page.review for page in pages]), edition, printed_on)
    return Document(f"{title}, edition {edition.number}", title, printed_on, (Chapter("compare", title, tuple(blocks), footer),))


def _cell(name: str, statements: Sequence[StatementBlock]) -> list[Block]:
    head = Paragraph((Words(name, bold=True),), with_next=True)
    if not statements:
        return [Together((head, Paragraph((Words("No statement in this edition."),), indent=_INDENT)))]
    first, *rest = (Paragraph(statement_words(statement), indent=_INDENT) for statement in statements)
    return [Together((head, first)), *rest]


def _together(reviews: Sequence[Review]) -> Review:
    states = list(ReviewState)
    return Review(
        state=min((review.state for review in reviews), key=states.index),
        submitted=min(review.submitted for review in reviews),
        last_reviewed=min(review.last_reviewed for review in reviews),
        last_corrected=min(review.last_corrected for review in reviews),
        due=min(review.due for review in reviews),
    )
