"""An article becomes a Page: for one audience, with links, found words, numbered citations and notes in words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from desktop_app.content.audience import Audience
from desktop_app.content.checklist import Checklist
from desktop_app.content.model import Article, ArticleHead, Category, Edition, Flag, Statement
from desktop_app.content.readability import reading_grade
from desktop_app.content.reference import Reference
from desktop_app.reading.linker import Linker
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.page import (
    Citation,
    DifferentialCells,
    Note,
    Page,
    Related,
    SectionBlock,
    StatementBlock,
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What a page needs to know of the edition beside its own article."""

    edition: Edition
    categories: Mapping[str, Category]
    heads: Mapping[str, ArticleHead]
    checklists: tuple[Checklist, ...]
    mentioned_in: Mapping[str, tuple[str, ...]]
    linker: Linker


def render(
    article: Article,
    audience: Audience,
    references: Mapping[str, Reference],
    around: Surroundings,
    today: date,
    found_words: Collection[str] = (),
) -> Page:
    """Return the page of an article for one audience; ``references`` holds at least those it cites."""
    numbered = {key: Citation(number, references[key]) for number, key in enumerate(article.citations(), start=1)}

    def block(statement: Statement) -> StatementBlock:
        return _block(statement, article.id, audience, numbered, around.linker, frozenset(found_words))

    urgent = tuple(block(statement) for statement in _urgent(article))
    moved = {statement.id for statement in urgent}
    sections = (
        SectionBlock(
            section.id,
            section.heading(audience),
            tuple(block(statement) for statement in section.statements if statement.id not in moved),
        )
        for section in article.sections
    )
    pointing = (key for key in around.mentioned_in.get(article.id, ()) if key not in article.related)
    return Page(
        article_id=article.id,
        kind=article.kind,
        audience=audience,
        path=_path(article, audience, around),
        title=article.title,
        question=article.question(audience),
        review=article.review,
        age_band=article.review.age_band(today, around.edition.date),
        edition=around.edition.label,
        summary=block(article.summary),
        must_not_miss=urgent,
        sections=tuple(section for section in sections if section.statements),
        references=tuple(numbered.values()),
        related=_articles(article.related, around, audience),
        mentioned_in=_articles(pointing, around, audience),
        checklists=_checklists(article, around),
        changes=article.changes,
        disclaimer=around.edition.disclaimer,
        reading_grade=round(reading_grade(statement.text(audience) for _, statement in article.statements()), 1),
    )


def _urgent(article: Article) -> Iterator[Statement]:
    """Yield what must not be missed; a differential line stays in its table."""
    for section, statement in article.statements():
        if section and Flag.MUST_NOT_MISS in statement.flags and statement.diagnosis is None:
            yield statement


def _block(
    statement: Statement,
    article_id: str,
    audience: Audience,
    numbered: Mapping[str, Citation],
    linker: Linker,
    found_words: Collection[str],
) -> StatementBlock:
    diagnosis = statement.diagnosis
    cells = None
    if diagnosis is not None:
        values = diagnosis.cells(audience)
        name = linker.runs(diagnosis.name_for(audience), article_id, found_words)
        if diagnosis.article:
            target = Link(LinkKind.ARTICLE, diagnosis.article)
            name = tuple(type(span)(span.text, target, span.found) for span in name)
        points_to, points_away, first_tests = (
            linker.runs(text, article_id, found_words) for text in (values.points_to, values.points_away, values.first_tests)
        )
        cells = DifferentialCells(name, diagnosis.place, points_to, points_away, first_tests)
    return StatementBlock(
        id=statement.id,
        runs=linker.runs(statement.text(audience), article_id, found_words),
        flags=statement.flags,
        citations=tuple(numbered[key] for key in statement.citations),
        note=_note(statement),
        review_state=statement.review_state,
        cells=cells,
    )


def _note(statement: Statement) -> Note | None:
    if not statement.note:
        return None
    if statement.correction:
        return Note("Corrected", statement.note)
    return Note("Sources disagree" if statement.conflict else "Editor’s note", statement.note)


def _path(article: Article, audience: Audience, around: Surroundings) -> tuple[Related, ...]:
    """Return the branch of the tree that leads to the article, the top category first."""
    found: list[Related] = []
    key: str | None = article.categories[0]
    while key is not None and key in around.categories:
        category = around.categories[key]
        title = category.patient_title if audience is Audience.PATIENT else category.title
        found.append(Related(Link(LinkKind.CATEGORY, key), title))
        key = category.parent
    return tuple(reversed(found))


def _articles(ids: Iterable[str], around: Surroundings, audience: Audience) -> tuple[Related, ...]:
    heads = (around.heads[key] for key in ids if key in around.heads)
    return tuple(
        Related(Link(LinkKind.ARTICLE, head.id), head.questions.patient if audience is Audience.PATIENT else head.title)
        for head in heads
    )


def _checklists(article: Article, around: Surroundings) -> tuple[Related, ...]:
    found = (checklist for checklist in around.checklists if article.id in checklist.articles)
    return tuple(Related(Link(LinkKind.CHECKLIST, checklist.id), checklist.title) for checklist in found)
