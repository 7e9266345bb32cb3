"""The published criteria for a good printed checklist, as rules on its source (``standard.py`` holds their words).

Criteria of kind A that fail are errors, those of kind S are warnings, those of kind H stay sign-offs until a person has
answered them. What only the rendered page can show is checked by ``printing.criteria_pdf``.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from desktop_app.checklists.standard import criterion
from desktop_app.checklists.wording import (
    ABSTRACT,
    ARROW,
    BRACKET,
    CALCULATION,
    LOOK_ALIKE,
    SECOND_IMPERATIVE,
    all_capitals,
    begins_with_imperative,
    sentences,
    words,
)
from desktop_app.content.checklist import Answer, Checklist, ChecklistItem
from desktop_app.content.readability import reading_grade
from desktop_app.content.review import ReviewState

MOST_PURPOSE_WORDS = 20
MOST_USE_WORDS = 30
MOST_ITEM_WORDS = 15
MOST_ITEMS_AT_A_POINT = 9
BEST_ITEMS = 7
WORDS_A_MINUTE = 150
MOST_SECONDS = 90
MOST_GRADE = 12.0


@dataclass(frozen=True, slots=True)
class Finding:
    """What a criterion says of a checklist; ``item`` is the id of the item or empty for the whole sheet.

    ``severity`` is "error" (a program is sure), "warning" (a person decides) or "sign-off" (a person has not yet answered).
    """

    criterion: int
    severity: str
    item: str
    message: str


def check_checklist(checklist: Checklist) -> tuple[Finding, ...]:
    """Return every finding on the source of a checklist, by number of the criterion."""
    findings = [finding for check in _CHECKS for finding in check(checklist)]
    return tuple(sorted(findings, key=lambda finding: (finding.criterion, finding.item)))


def seconds_to_read(checklist: Checklist) -> float:
    """Return how long reading the items aloud takes, at 150 words a minute."""
    return sum(len(words(item.text)) for item in checklist.items()) * 60 / WORDS_A_MINUTE


def found(number: int, message: str, item: str = "") -> Finding:
    """Return a finding with the severity that follows from the kind of its criterion."""
    severity = {"A": "error", "S": "warning", "H": "sign-off"}[criterion(number).kind]
    return Finding(number, severity, item, message)


def _head(checklist: Checklist) -> Iterator[Finding]:
    if not checklist.title.startswith("Pitfalls: "):
        yield found(1, "The title does not begin with “Pitfalls: ” and the topic.")
    purpose = len(words(checklist.purpose))
    if not 1 <= purpose <= MOST_PURPOSE_WORDS:
        yield found(2, f"The purpose has {purpose} words; 1 to {MOST_PURPOSE_WORDS} are meant.")
    if len(words(checklist.use)) > MOST_USE_WORDS:
        yield found(24, f"The line of use has more than {MOST_USE_WORDS} words.")
    if not checklist.use.startswith("Use "):
        yield found(31, "The line that says how to use the sheet does not begin with “Use”.")


def _items(checklist: Checklist) -> Iterator[Finding]:
    for item in checklist.items():
        if not item.why_missed.strip():
            yield Finding(3, "error", item.id, "Nothing says why it is missed.")
        if not begins_with_imperative(item.text):
            yield found(5, "It does not begin with a verb that says what to do.", item.id)
        if item.answer is not Answer.TICK and not item.label.strip():
            yield found(5, "A value or a name is asked for, but the line has no label.", item.id)
        yield from _one_command(item)
        count = len(words(item.text))
        if count > MOST_ITEM_WORDS:
            yield found(7, f"It has {count} words; {MOST_ITEM_WORDS} can be read aloud in one breath.", item.id)
        if BRACKET.search(item.text):
            yield found(7, "It holds a bracket, which cannot be read aloud.", item.id)


def _one_command(item: ChecklistItem) -> Iterator[Finding]:
    if len(sentences(item.text)) > 1 or ";" in item.text:
        yield found(6, "It holds more than one sentence or clause.", item.id)
    elif SECOND_IMPERATIVE.search(item.text):
        yield found(6, "It seems to hold a second command.", item.id)


def _item_wording(checklist: Checklist) -> Iterator[Finding]:
    for item in checklist.items():
        if ARROW.search(item.text):
            yield found(15, "It leads elsewhere (an arrow or “go to”): a sheet is one stream.", item.id)
        if LOOK_ALIKE.search(item.text):
            yield found(23, "It holds a number that is easily misread (1.0, .5, 5 l, U for units).", item.id)
        if CALCULATION.search(item.text):
            yield found(25, "It asks for a calculation.", item.id)
        if ABSTRACT.search(item.text):
            yield found(37, "It is about thinking in general, not about something to do here.", item.id)


def _points(checklist: Checklist) -> Iterator[Finding]:
    if not checklist.pause_points:
        yield found(10, "There is no pause point.")
    seen: set[str] = set()
    for point in checklist.pause_points:
        name = point.when.strip()
        if not name or name.casefold() in seen:
            yield found(10, f"The pause point “{name}” has no moment of its own.")
        seen.add(name.casefold())
        if not 1 <= len(point.items) <= MOST_ITEMS_AT_A_POINT:
            yield found(11, f"“{name}” has {len(point.items)} items; 1 to {MOST_ITEMS_AT_A_POINT} are meant.")
        grave = [item.life_threatening for item in point.items]
        if grave != sorted(grave, reverse=True):
            yield found(26, f"At “{name}” an item about a danger to life stands behind another one.")


def _length(checklist: Checklist) -> Iterator[Finding]:
    count = len(checklist.items())
    if count > BEST_ITEMS:
        yield found(12, f"There are {count} items; five to {BEST_ITEMS} are best.")
    seconds = seconds_to_read(checklist)
    if seconds > MOST_SECONDS:
        yield found(12, f"Reading it takes {seconds:.0f} seconds; {MOST_SECONDS} are the bound.")
    grade = reading_grade(item.text for item in checklist.items())
    if grade > MOST_GRADE:
        yield found(13, f"The reading grade of the items is {grade:.1f}; {MOST_GRADE:.0f} is the bound.")


def _capitals(checklist: Checklist) -> Iterator[Finding]:
    texts = [checklist.title, checklist.purpose, checklist.use, *(point.when for point in checklist.pause_points)]
    for text in (*texts, *(item.text for item in checklist.items())):
        if all_capitals(text):
            yield found(17, f"“{text}” is in capitals.")


def _record(checklist: Checklist) -> Iterator[Finding]:
    review = checklist.review
    if not review.submitted <= review.last_reviewed or review.last_corrected < review.submitted:
        yield found(28, "A date of review or correction lies before the date of submission.")
    if checklist.version < 1:
        yield found(29, "The version is not 1 or more.")
    if not checklist.references:
        yield found(30, "No item leads to a source.")
    logged = {change.version for change in checklist.changes}
    missing = [version for version in range(1, checklist.version + 1) if version not in logged]
    if missing:
        yield found(32, f"The change log has no entry for version {missing[0]}.")
    if review.due <= review.last_reviewed:
        yield found(36, "The next review is not after the last one.")


def _sign_offs(checklist: Checklist) -> Iterator[Finding]:
    """Yield what only a person can answer, as long as nothing in the source says that somebody did."""
    if checklist.review.state is not ReviewState.APPROVED:
        yield found(3, "No clinician has yet confirmed that every item is critical and in danger of being missed.")
        yield found(4, "Nobody has yet confirmed that no other check on the ward covers these items.")
        yield found(8, "No clinician has yet confirmed that a sheet can change what is done.")
    if checklist.trial.on is None:
        yield found(9, "Whether an item on talking to each other belongs here was not yet asked on a ward.")
        yield found(33, "Not yet trialled on a ward.")
        yield found(34, "Whether it fits the work was not yet seen on a ward.")
    if checklist.trial.minutes is None:
        yield found(35, "The time it takes was not yet measured.")


_CHECKS: tuple[Callable[[Checklist], Iterator[Finding]], ...] = (
    _head,
    _items,
    _item_wording,
    _points,
    _length,
    _capitals,
    _record,
    _sign_offs,
)


def is_plain_case(text: str) -> bool:
    """Tell whether a line is in upper and lower case; used on rendered pages too."""
    return not all_capitals(re.sub(r"\s+", " ", text).strip())
