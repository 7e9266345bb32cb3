"""A checklist, its sheet and a page for tests of paper, made by hand; any number from a seed are in ``benchmarks``."""

from __future__ import annotations

import subprocess
from datetime import date
from pathlib import Path

from benchmarks.paper_cases import EDITION, REFERENCES, TODAY, generated
from desktop_app.checklists.sheet import Sheet, make_sheet
from desktop_app.content.audience import Audience
from desktop_app.content.checklist import Answer, Checklist, ChecklistItem, PausePoint, Trial
from desktop_app.content.model import Flag, Kind, Place
from desktop_app.content.review import AgeBand, Change, Review, ReviewState
from desktop_app.reading.page import Citation, DifferentialCells, Note, Page, SectionBlock, Span, StatementBlock

__all__ = ["EDITION", "REFERENCES", "REVIEW", "TODAY", "checklist", "generated", "page", "sheet", "words_of"]

REVIEW = Review(ReviewState.UNDER_REVIEW, TODAY, TODAY, TODAY, date(2027, 11, 22))


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
