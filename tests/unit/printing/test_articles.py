"""Leaflets, articles and the binder: what must stand where, and what must not be there."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from desktop_app.content.audience import Audience
from desktop_app.errors import NotFoundError
from desktop_app.printing.article_document import article_document
from desktop_app.printing.binder_document import binder_document
from desktop_app.printing.document import Paper, PrintOptions
from desktop_app.printing.layout import lay_out
from desktop_app.printing.leaflet_document import leaflet_document
from desktop_app.printing.pdf import write_article, write_binder, write_leaflet
from tests.unit.printing.paper import EDITION, TODAY, page, sheet, words_of


def _leaflet(tmp_path: Path) -> str:
    write_leaflet(page(Audience.PATIENT), EDITION, tmp_path / "leaflet.pdf", PrintOptions(), TODAY)
    return words_of(tmp_path / "leaflet.pdf", "-raw")


def test_a_leaflet_begins_with_help_and_action(application: QGuiApplication, tmp_path: Path) -> None:
    """After the question and the short answer comes when to get help, then what to do, then everything else."""
    text = _leaflet(tmp_path)
    order = ("Why does my leg hurt?", "The soft answer first.", "When to get help fast", "A cold leg is an emergency.",
             "Acute limb: Cold and pale", "What to do", "Call the surgeon now.", "What it could be", "Easy to get wrong",
             "Old disease hides it.")  # fmt: skip
    places = [text.index(part) for part in order]
    assert places == sorted(places)


def test_a_leaflet_ends_with_its_reading_grade_and_has_the_footer(application: QGuiApplication, tmp_path: Path) -> None:
    """The last line above the footer is the measured grade; review state, dates and page number follow."""
    text = _leaflet(tmp_path)
    tail = text[text.index("Reading grade 4.2") :]
    assert "Not yet approved: under clinical review." in tail
    assert "Printed 22 Nov 2026 · discard after 22 Dec 2026" in tail
    assert tail.endswith("page 1 of 1")


def test_a_leaflet_holds_no_notes_or_citation_numbers(application: QGuiApplication, tmp_path: Path) -> None:
    """Editors' notes and numbers in brackets are for readers with the references before them."""
    text = _leaflet(tmp_path)
    assert "It was." not in text
    assert "[" not in text


def test_a_leaflet_is_never_made_of_a_clinicians_text() -> None:
    """A page for another audience is refused."""
    with pytest.raises(ValueError, match="patient text"):
        leaflet_document(page(Audience.CLINICIAN), EDITION, TODAY)


def test_an_article_prints_statements_with_numbers_notes_and_references(application: QGuiApplication, tmp_path: Path) -> None:
    """Everything on the screen is on paper: citation numbers, flags in words, notes, cells, references."""
    write_article(page(), EDITION, tmp_path / "a.pdf", PrintOptions(), TODAY)
    text = words_of(tmp_path / "a.pdf")
    for part in (
        "Leg pain · Symptom · For clinicians", "The soft answer first. [1]", "A cold leg is an emergency. [2]",
        "Acute limb · Must not miss [3]", "Points to it: Cold and pale", "Points away: Warm", "First tests: Doppler",
        "Pitfall: Old disease hides it. [5]", "Corrected: It was.", "References", "Title of E", "An aid to memory.",
    ):  # fmt: skip
        assert part in text


def test_chosen_sections_say_that_they_are_not_the_whole(application: QGuiApplication, tmp_path: Path) -> None:
    """A selection holds the bottom line and the box, its own references only, and says how much is missing."""
    write_article(page(), EDITION, tmp_path / "a.pdf", PrintOptions(), TODAY, frozenset({"pitfalls"}))
    text = words_of(tmp_path / "a.pdf")
    assert "This print holds 1 of 3 sections of the article." in text
    assert "A cold leg is an emergency." in text
    assert "Old disease hides it." in text
    assert "Call the surgeon" not in text
    assert "Title of E" in text
    assert "Title of D" not in text


def test_references_can_be_left_out_and_that_is_said(application: QGuiApplication, tmp_path: Path) -> None:
    """Without references the numbers stay and the page says where they lead."""
    write_article(page(), EDITION, tmp_path / "a.pdf", PrintOptions(), TODAY, None, False)
    text = words_of(tmp_path / "a.pdf")
    assert "References are left out" in text
    assert "[5]" in text
    assert "Title of E" not in text


def test_a_diagnosis_stands_on_one_page_with_its_cells(application: QGuiApplication) -> None:
    """Whatever stands before it, the name of a diagnosis and its cells are parts of one piece on one page."""
    laid_out = lay_out(article_document(page(), EDITION, TODAY), PrintOptions(Paper.LETTER, large_print=True))
    homes = [number for number, painted in enumerate(laid_out.pages) if "Acute limb · Must not miss" in painted.text()]
    assert len(homes) == 1
    for cell in ("Cold and pale", "Warm", "Doppler"):
        assert cell in laid_out.pages[homes[0]].text()


def test_the_binder_leads_to_its_pages(application: QGuiApplication, tmp_path: Path) -> None:
    """Contents and index name the page on which the sheet stands; words without a sheet are left out."""
    words = [("Zinc", ("elsewhere",)), ("leg pain", ("leg",)), ("Ankle", ("leg",))]
    pages = write_binder([sheet()], EDITION, words, tmp_path / "b.pdf", PrintOptions(), TODAY)
    text = words_of(tmp_path / "b.pdf", "-raw")
    assert pages == 4
    assert "Wardbook downtime binder" in text
    assert "1 checklist with 3 items; 2 words in the index." in text
    assert "1 checklist: Not yet approved: under clinical review." in text
    assert "Pitfalls: leg pain 4" in text
    assert text.index("Ankle 4") < text.index("L leg pain 4")
    assert "Zinc" not in text
    assert text.endswith("page 4 of 4")


def test_an_empty_binder_is_told_in_words() -> None:
    """Categories without a checklist give a sentence, not an empty document."""
    with pytest.raises(NotFoundError, match="no checklist"):
        binder_document([], EDITION, [], TODAY)
