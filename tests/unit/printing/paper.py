"""Checklists, pages and editions for tests of paper: one of each by hand, and any number from a seed."""

from __future__ import annotations

import random
import re
import subprocess
from datetime import date, timedelta
from pathlib import Path

from desktop_app.checklists.sheet import Sheet, make_sheet
from desktop_app.content.audience import Audience
from desktop_app.content.model import (
    Answer,
    Checklist,
    ChecklistItem,
    Edition,
    Flag,
    Kind,
    PausePoint,
    Place,
    Reference,
    ReferenceType,
    Trial,
)
from desktop_app.content.review import AgeBand, Change, Review, ReviewState
from desktop_app.reading.page import Citation, DifferentialCells, Note, Page, SectionBlock, Span, StatementBlock

TODAY = date(2026, 11, 22)
REVIEW = Review(ReviewState.UNDER_REVIEW, TODAY, TODAY, TODAY, date(2027, 11, 22))
EDITION = Edition(1, "Muscle and nerve", TODAY, "a41f9c00", "An aid to memory.", (), ())
REFERENCES = {
    key: Reference(key, ReferenceType.GUIDELINE, f"Title of {key}", "A journal", year=2000 + number)
    for number, key in enumerate(("A", "B", "C", "D", "E", "F", "G", "H"))
}
_WORDS = tuple(
    re.findall(
        r"\S+",
        """
        pulses warmth colour power reflexes bladder swallow breathing urine potassium calcium magnesium soft stiff affected
        office first drug dose statin baclofen steroid quinine 5 mg 12 mmol/L µg ≥ 10 and or with of the both each left right
        CK ECG TSH anti-HMGCR “just cramp” half-life hydroxychloroquine temperature β-agonist TNFα café
        """,
    )
)
_VERBS = ("Feel", "Ask", "Measure", "Check", "Look", "Test", "Name", "Write")


def checklist() -> Checklist:
    """Return a checklist that meets every criterion a program can test."""
    items = (
        ChecklistItem("feel", "Feel both foot pulses and their warmth.", Answer.TICK, "", True, "a#b", "Rarely felt."),
        ChecklistItem("ck", "Measure creatine kinase before the next dose.", Answer.VALUE, "CK IU/L", False, "a#c", "Late."),
    )
    later = (ChecklistItem("call", "Name the person to call at night.", Answer.NAME, "Name", False, "a#d", "Nobody knows."),)
    points = (PausePoint("Now, at the bedside", items), PausePoint("Before discharge", later))
    changes = (Change(TODAY, "First version.", 1),)
    purpose, use = "To tell the soft signs apart.", "Use before discharge. Tick, write, act."
    return Checklist(
        "leg", "Pitfalls: leg pain", purpose, use, (), ("a",), REVIEW, 1, changes, Trial(), points, ("A", "B")
    )  # fmt: skip


def sheet() -> Sheet:
    """Return the sheet of the checklist above."""
    return make_sheet(checklist(), REFERENCES, EDITION, TODAY)


def generated(seed: int) -> Checklist:
    """Return a checklist that a person could have written, or worse: many items, long texts, long words, long labels."""
    dice = random.Random(seed)

    def text(least: int, most: int) -> str:
        return " ".join(dice.choice(_WORDS) for _ in range(dice.randint(least, most)))

    def item(number: int) -> ChecklistItem:
        answer = dice.choice(list(Answer))
        label = "" if answer is Answer.TICK else text(1, dice.choice((2, 2, 9))).capitalize()
        words = f"{dice.choice(_VERBS)} {text(2, dice.choice((8, 14, 14, 40)))} item{number}."
        return ChecklistItem(f"item-{number}", words, answer, label, number % 3 == 0, "a#b", "Missed.")

    numbers = iter(range(1000))
    points = tuple(
        PausePoint(
            f"Moment {place}: {text(1, 6)}", tuple(item(next(numbers)) for _ in range(dice.randint(1, dice.choice((4, 9, 14)))))
        )
        for place in range(dice.randint(1, dice.choice((3, 6))))
    )
    review = Review(dice.choice(list(ReviewState)), TODAY, TODAY, TODAY, TODAY + timedelta(days=dice.randint(-40, 400)))
    trial = dice.choice((Trial(), Trial(TODAY, "a ward in a hospital with a long name", 3.5)))
    return Checklist(
        f"list-{seed}", f"Pitfalls: {text(1, 12)}", text(4, 25).capitalize() + ".", f"Use {text(3, 30)}.", (), ("a",), review,
        1, (Change(TODAY, "First.", 1),), trial, points, tuple(REFERENCES)[: dice.randint(0, 8)],
    )  # fmt: skip


def page(audience: Audience = Audience.CLINICIAN) -> Page:
    """Return a page with a box, a differential, a note, flags and more references than its sections cite alone."""
    cite = [Citation(number, reference) for number, reference in enumerate(REFERENCES.values(), start=1)]
    cells = DifferentialCells(
        (Span("Acute limb"),), Place.MUST_NOT_MISS, (Span("Cold and pale"),), (Span("Warm"),), (Span("Doppler"),)
    )
    state = ReviewState.UNDER_REVIEW
    summary = StatementBlock("summary", (Span("The soft answer first."),), (), (cite[0],), None, state)
    urgent = StatementBlock("cold", (Span("A cold leg is an emergency."),), (Flag.MUST_NOT_MISS,), (cite[1],), None, state)
    line = StatementBlock("dd", (Span("Acute limb: cold"),), (), (cite[2],), None, state, cells)
    act = StatementBlock("act", (Span("Call the surgeon "), Span("now"), Span(".")), (), (cite[3],), None, state)
    why = StatementBlock(
        "why", (Span("Old disease hides it."),), (Flag.PITFALL,), (cite[4],), Note("Corrected", "It was."), state
    )
    sections = (
        SectionBlock("differential", "What it could be", (line,)),
        SectionBlock("pitfalls", "Easy to get wrong", (why,)),
        SectionBlock("first-actions", "What to do", (act,)),
    )
    return Page(
        "leg", Kind.PRESENTATION, audience, (), "Leg pain", "Why does my leg hurt?", REVIEW, AgeBand.IN_DATE, EDITION.label,
        summary, (urgent,), sections, tuple(cite[:5]), (), (), (), (), EDITION.disclaimer, 4.2,
    )  # fmt: skip


def words_of(file: Path, *options: str) -> str:
    """Return the text of a PDF as another program reads it, with single spaces."""
    done = subprocess.run(["pdftotext", *options, str(file), "-"], capture_output=True, check=True, text=True)
    return " ".join(done.stdout.split())
