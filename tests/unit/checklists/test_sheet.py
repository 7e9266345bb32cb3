"""A checklist as a sheet: every word of it, references by number, and a footer that cannot flatter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from desktop_app.checklists.footer import edition_footer, make_footer
from desktop_app.checklists.sheet import make_sheet
from desktop_app.content.checklist import Answer, PausePoint, Trial
from desktop_app.content.model import Edition
from desktop_app.content.reference import Reference, ReferenceType
from desktop_app.content.review import ReviewState
from tests.unit.checklists.test_criteria import FEEL, GOOD, REVIEW, TODAY

EDITION = Edition(1, "Muscle", TODAY, "a41f9c00", "An aid.", (), ())
REFERENCES = {key: Reference(key, ReferenceType.GUIDELINE, "T", "S", year=2024) for key in "ABCDEFGH"}


def test_every_text_is_on_the_sheet_in_order() -> None:
    """Title, purpose, use, moments, items and labels, "Other" and sources follow each other."""
    assert make_sheet(GOOD, REFERENCES, EDITION, TODAY).texts() == (
        "Pitfalls: leg pain", "To tell the signs apart.", "Use before discharge.", "Now, at the bedside",
        "Feel both foot pulses.", "Measure creatine kinase.", "CK:", "Other:", "(this list is not complete)",
        "Sources: 1 Guideline 2024. Full list in Wardbook, at this checklist.",
    )  # fmt: skip


def test_many_sources_are_named_by_number_only() -> None:
    """More sources than fit on a line are counted; their full list is in the program."""
    sheet = make_sheet(replace(GOOD, references=tuple("ABCDEFGH")), REFERENCES, EDITION, TODAY)
    assert sheet.sources == "Sources 1 to 8: full list in Wardbook, at this checklist."
    assert [entry.number for entry in sheet.references] == list(range(1, 9))


def test_a_reference_that_is_missing_is_a_fault() -> None:
    """A checklist that cites what the edition does not hold is refused: its check would have said so."""
    with pytest.raises(KeyError):
        make_sheet(GOOD, {}, EDITION, TODAY)


@pytest.mark.parametrize(
    ("answer", "label", "printed"),
    [(Answer.TICK, "ignored", ""), (Answer.VALUE, "CK", "CK:"), (Answer.NAME, "", "Name:"), (Answer.VALUE, "Dose?", "Dose?")],
)
def test_the_label_of_the_line(answer: Answer, label: str, printed: str) -> None:
    """A tick has no line; a value or a name has its label, or at least the word for what is written."""
    points = (PausePoint("Now", (replace(FEEL, answer=answer, label=label),)),)
    assert make_sheet(replace(GOOD, pause_points=points), REFERENCES, EDITION, TODAY).points[0].items[0].label == printed


def test_the_footer_says_everything() -> None:
    """Review state, trial, edition with hash, both review dates, date of print, and when to discard."""
    assert make_sheet(GOOD, REFERENCES, EDITION, TODAY).footer.text == (
        "Not yet approved: under clinical review. Not yet trialled on a ward.\n"
        "Edition 1 (a41f9c) · last reviewed 22 Nov 2026 · review due 22 Nov 2027\n"
        "Printed 22 Nov 2026 · discard after 22 Dec 2026"
    )


def test_an_approved_and_trialled_sheet_says_so() -> None:
    """The words follow the record, with the date of the trial in words."""
    record = replace(GOOD, review=replace(REVIEW, state=ReviewState.APPROVED), trial=Trial(TODAY, "ward 7", 2.0))
    text = make_sheet(record, REFERENCES, EDITION, TODAY).footer.text
    assert text.startswith("Approved after clinical review. Trialled on 22 Nov 2026 by ward 7.")


def test_an_overdue_review_is_said() -> None:
    """After the due date the bold line says that the review is overdue; on the day itself it does not."""
    assert make_footer(REVIEW, EDITION, date(2027, 11, 23)).state.endswith("Review overdue.")
    assert "overdue" not in make_footer(REVIEW, EDITION, date(2027, 11, 22)).state


def test_a_clock_set_back_cannot_date_paper() -> None:
    """A computer that lives before the edition prints no date of print, and discards by the edition's date."""
    footer = make_footer(REVIEW, EDITION, date(2020, 1, 1))
    assert footer.printed == "Printing date unknown: this computer's clock is wrong · discard after 22 Dec 2026"
    late = make_footer(REVIEW, EDITION, date(2020, 1, 1), program_built=date(2028, 1, 1))
    assert late.state.endswith("Review overdue.")


def test_pages_without_a_review_of_their_own_say_that() -> None:
    """Cover and index of the binder state the edition and leave the review to the sheets."""
    footer = edition_footer(EDITION, TODAY)
    assert footer.state == "Each sheet states its own review."
    assert "Edition 1 (a41f9c)" in footer.edition


def test_the_spooler_is_told_title_and_edition() -> None:
    """The document name holds content only."""
    assert make_sheet(GOOD, REFERENCES, EDITION, TODAY).document_name == "Pitfalls: leg pain, edition 1"
