"""The real content as a corpus: whole, grounded, linked, printable, and the committed file is what the sources give."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.authoring.lint import CLAIMS, check_sources
from desktop_app.authoring.source import load_sources
from desktop_app.content.audience import Audience
from desktop_app.content.model import Kind, Library, Relation
from desktop_app.printing.coverage import uncovered
from desktop_app.reading.html import PageDrawer
from desktop_app.reading.page import plain
from desktop_app.reading.reader import Reader
from desktop_app.reading.style import Look, load_tokens
from desktop_app.store.content_store import ContentStore
from desktop_app.store.writer import content_hash

SOURCES = paths.sources_folder()


@pytest.fixture(scope="module")
def library() -> Library:
    """Return the real edition from its sources."""
    return load_sources(SOURCES)


@pytest.fixture(scope="module")
def store() -> Iterator[ContentStore]:
    """Return the committed content file."""
    opened = ContentStore.from_bytes((paths.bundle_folder() / paths.CONTENT_NAME).read_bytes())
    yield opened
    opened.close()


def unsearched() -> None:
    """Stand in the place of the search, which these tests do not need."""
    raise AssertionError("no search here")


@pytest.fixture(scope="module")
def reader(store: ContentStore) -> Reader:
    """Return a reader of the committed content, without search."""
    return Reader(store, unsearched)  # type: ignore[arg-type]


def test_the_check_is_clean(library: Library) -> None:
    """On the day of the edition no source has a fault or a warning."""
    assert [str(fault) for fault in check_sources(SOURCES, library.edition.date)] == []


def test_the_committed_content_is_what_the_sources_give(library: Library, store: ContentStore) -> None:
    """content.db was compiled from these sources: run ``python run.py content build`` when this fails."""
    assert store.edition().content_hash == content_hash(library)
    assert store.articles() == library.articles
    assert sorted(store.checklists(), key=lambda checklist: checklist.id) == list(library.checklists)


def test_the_edition_is_as_large_as_it_says(library: Library) -> None:
    """Seventy articles or more of four kinds, and twelve checklists or more."""
    assert len(library.articles) >= 70
    assert {article.kind for article in library.articles} == set(Kind)
    assert len(library.checklists) >= 12


def test_every_checked_claim_is_carried(library: Library) -> None:
    """None of the sixty claims is dropped."""
    carried = {claim for article in library.articles for _, statement in article.statements() for claim in statement.claims}
    assert set(CLAIMS) <= carried


def test_nothing_is_called_approved(library: Library) -> None:
    """No clinician has read this edition; no article, statement or checklist may say otherwise."""
    states = {article.review.state.value for article in library.articles}
    states |= {checklist.review.state.value for checklist in library.checklists}
    states |= {statement.review_state.value for article in library.articles for _, statement in article.statements()}
    assert states == {"under-review"}


@pytest.mark.parametrize(
    ("article_id", "words"),
    [
        ("quinine", ("us ", "uk")),
        ("tetanus", ("500",)),
        ("botulinum-toxin", ("2022", "2025")),
        ("statin-muscle-disease", ("trial",)),
    ],
)
def test_known_conflicts_are_shown_as_conflicts(library: Library, article_id: str, words: tuple[str, ...]) -> None:
    """Where sources disagree both sides stand in a note marked as a conflict."""
    article = next(article for article in library.articles if article.id == article_id)
    notes = [f"{s.text(Audience.CLINICIAN)} {s.note}".lower() for _, s in article.statements() if s.conflict]
    assert any(all(word in note for word in words) for note in notes), notes


@pytest.mark.parametrize("audience", list(Audience))
def test_every_article_is_drawn_for_every_audience(reader: Reader, audience: Audience) -> None:
    """No page fails, none is without a statement, and none is so large that the view would freeze."""
    look = Look(load_tokens())
    for head in reader.heads:
        page = reader.page(head.id, audience, date(2026, 11, 23))
        html = PageDrawer(page, look).draw()
        assert len(page.statements()) >= 4, head.id
        assert len(html) < 200_000, head.id
        assert all(plain(statement.runs).strip() for statement in page.statements())


def test_links_lead_somewhere_and_both_ways(reader: Reader) -> None:
    """Every link of every page is a place of this edition, and a related article points back."""
    known = {head.id for head in reader.heads}
    for head in reader.heads:
        page = reader.page(head.id, Audience.CLINICIAN, date(2026, 11, 23))
        linked = {span.link.id for statement in page.statements() for span in statement.runs if span.link}
        assert linked <= known
        for item in page.related:
            back = reader.page(item.link.id, Audience.CLINICIAN, date(2026, 11, 23))
            assert head.id in {other.link.id for other in (*back.related, *back.mentioned_in)}


def test_no_article_is_an_island(reader: Reader) -> None:
    """Every article is linked to or from another one."""
    for head in reader.heads:
        page = reader.page(head.id, Audience.CLINICIAN, date(2026, 11, 23))
        assert page.related or page.mentioned_in, head.id


def test_every_drug_finding_pair_is_found_both_ways(store: ContentStore) -> None:
    """What stands under a drug stands under its finding."""
    everything = store.effects()
    assert len(everything) > 100
    for item in everything:
        assert item in store.effects(drug=item.effect.drug)
        assert item in store.effects(finding=item.effect.finding)
    assert {item.effect.relation for item in everything} >= {Relation.CAUSES, Relation.TREATS, Relation.POSSIBLE}


def test_the_bundled_typeface_covers_every_letter(library: Library) -> None:
    """Whatever is shown or printed has a glyph, so that paper is the same on every machine."""
    texts = [
        statement.text(audience) for article in library.articles for _, statement in article.statements() for audience in Audience
    ]
    texts += [statement.note for article in library.articles for _, statement in article.statements()]
    texts += [reference.full for reference in library.references]
    texts += [term.preferred for term in library.terms]
    texts += [
        f"{c.title}{c.purpose}{c.use}{item.text}{item.label}{item.why_missed}" for c in library.checklists for item in c.items()
    ]
    assert uncovered("".join(texts)) == set()


def test_the_content_documents_are_up_to_date() -> None:
    """Counts and claims in docs/ are those of the sources: run ``python docs/make_content_docs.py`` when this fails."""
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, str(root / "docs" / "make_content_docs.py"), "--check"], capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
