"""A page as plain text for a terminal or a copy, and as values for JSON."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator
from typing import Any

from desktop_app.content.model import Article
from desktop_app.content.reference import Reference
from desktop_app.content.review import in_words
from desktop_app.reading.page import Page, StatementBlock, plain

WIDTH = 96


def page_as_text(page: Page) -> str:
    """Return the whole page as text, at most 96 characters wide."""
    lines = [" › ".join(item.title for item in page.path), page.question, "=" * len(page.question)]
    lines += [*review_lines(page), ""]
    lines += [*_statement(page.summary), ""]
    for statement in page.must_not_miss:
        lines += _statement(statement)
    for section in page.sections:
        lines += ["", section.heading, "-" * len(section.heading)]
        for statement in section.statements:
            lines += _statement(statement)
    lines += ["", "References", "----------"]
    for citation in page.references:
        lines += _wrapped(f"{citation.number}. {citation.reference.type.label}. {citation.reference.full}", "   ")
    lines += ["", *_wrapped(page.disclaimer, "")]
    return "\n".join(lines) + "\n"


def review_lines(page: Page) -> list[str]:
    """Return review state, dates and version of a page in words."""
    review = page.review
    return [
        f"{page.review_line} {page.edition}. Text for: {page.audience.label.lower()}; reading grade {page.reading_grade:.1f}.",
        f"Last reviewed {in_words(review.last_reviewed)}; review due {in_words(review.due)} ({page.age_band.value}).",
    ]


def statement_as_text(page: Page, statement: StatementBlock) -> str:
    """Return a statement for the clipboard: text, note, sources, and the review state that must travel with it."""
    lines = [plain(statement.runs)]
    if statement.note:
        lines.append(f"{statement.note.heading}: {statement.note.text}")
    lines += [f"[{citation.number}] {citation.reference.full}" for citation in statement.citations]
    lines.append(f"Wardbook, “{page.title}”, {page.edition}, text for {page.audience.label.lower()}s. {page.review_line}")
    return "\n".join(lines) + "\n"


def page_as_values(page: Page, article: Article) -> dict[str, Any]:
    """Return the page as the JSON document of ``wardbook show --format json``.

    Sections are those of the article: a statement that the page lifts into its box at the top stands in its section here.
    """
    blocks = {statement.id: statement for statement in page.statements()}
    sections = [
        {
            "id": section.id,
            "heading": section.heading(page.audience),
            "statements": [_statement_values(blocks[statement.id]) for statement in section.statements],
        }
        for section in article.sections
    ]
    return {
        "id": page.article_id,
        "title": page.title,
        "question": page.question,
        "kind": page.kind.value,
        "audience": page.audience.value,
        "review_state": page.review.state.value,
        "last_reviewed": page.review.last_reviewed.isoformat(),
        "review_due": page.review.due.isoformat(),
        "age": page.age_band.value,
        "edition": page.edition,
        "reading_grade": page.reading_grade,
        "summary": plain(page.summary.runs),
        "summary_citations": [citation.reference.id for citation in page.summary.citations],
        "sections": sections,
        "references": [reference_as_values(citation.reference) | {"number": citation.number} for citation in page.references],
        "related": [item.link.id for item in page.related],
        "checklists": [item.link.id for item in page.checklists],
        "disclaimer": page.disclaimer,
    }


def _statement_values(statement: StatementBlock) -> dict[str, Any]:
    return {
        "id": statement.id,
        "text": plain(statement.runs),
        "citations": [citation.reference.id for citation in statement.citations],
        "flags": [flag.value for flag in statement.flags],
        "note": statement.note.text if statement.note else None,
        "review_state": statement.review_state.value,
    }


def reference_as_values(reference: Reference) -> dict[str, Any]:
    """Return a reference as JSON values."""
    return {
        "id": reference.id,
        "type": reference.type.value,
        "title": reference.title,
        "authors": reference.authors,
        "source": reference.source,
        "year": reference.year,
        "doi": reference.doi or None,
        "pmid": reference.pmid or None,
        "url": reference.address if reference.address.startswith("http") else None,
        "confirmed": reference.confirmed,
    }


def _statement(statement: StatementBlock) -> Iterator[str]:
    flags = "".join(f"[{flag.label}] " for flag in statement.flags)
    numbers = ",".join(str(citation.number) for citation in statement.citations)
    yield from _wrapped(f"{flags}{plain(statement.runs)} [{numbers}]", "  ", "• ")
    if statement.note:
        yield from _wrapped(f"{statement.note.heading}: {statement.note.text}", "    ", "  ◆ ")


def _wrapped(text: str, indent: str, first: str | None = None) -> list[str]:
    return textwrap.wrap(text, WIDTH, initial_indent=indent if first is None else first, subsequent_indent=indent) or [""]
