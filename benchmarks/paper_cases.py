"""Cases for paper: checklists from a seed, and what can go wrong with a printed one, read back from its PDF.

Used by ``benchmarks.paper`` and by the tests, so that both mean the same by "whole".
"""

from __future__ import annotations

import random
import re
from datetime import date, timedelta

from desktop_app.checklists.sheet import Sheet
from desktop_app.content.checklist import Answer, Checklist, ChecklistItem, PausePoint, Trial
from desktop_app.content.model import Edition
from desktop_app.content.reference import Reference, ReferenceType
from desktop_app.content.review import Change, Review, ReviewState
from desktop_app.printing.measure import CONTINUED
from desktop_app.printing.pdf_facts import PageFacts, compact, read_facts

TODAY = date(2026, 11, 22)
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


def faults_of(data: bytes, sheet: Sheet) -> list[str]:
    """Return every item that is divided, every text that is lost or out of order, every page that lacks its footer."""
    pages = read_facts(data)
    faults = [
        f"page {number}: {text}"
        for number, page in enumerate(pages, 1)
        for text in _missing_footer(page, sheet, number, len(pages))
    ]
    bodies = [_body(page, sheet) for page in pages]
    for point in sheet.points:
        for item in point.items:
            wanted = compact(f"{item.text} {item.label}")
            if not any(wanted in body for body in bodies):
                faults.append(f"divided or lost: {wanted}")
    place = 0
    whole = "".join(bodies)
    for text in sheet.texts():
        found = whole.find(compact(text), place)
        if found < 0:
            faults.append(f"lost or out of order: {text}")
        else:
            place = found + len(compact(text))
    faults.extend(f"page {number}: text outside the paper" for number, page in enumerate(pages, 1) if _outside(page))
    return faults


def _body(page: PageFacts, sheet: Sheet) -> str:
    text = page.compact()
    for heading in (sheet.title, *(point.when for point in sheet.points)):
        text = text.replace(compact(heading + CONTINUED), "")
    return text


def _missing_footer(page: PageFacts, sheet: Sheet, number: int, count: int) -> list[str]:
    footer = sheet.footer
    wanted = (footer.state, footer.trial, footer.edition, footer.printed, f"page {number} of {count}", sheet.title)
    return [f"without “{part}”" for part in wanted if not page.says(part)]


def _outside(page: PageFacts) -> bool:
    return any(not (0 < fact.x < page.width and 0 < fact.y < page.height) for fact in page.texts)
