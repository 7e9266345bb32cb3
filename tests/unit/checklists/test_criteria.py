"""The published criteria on the source of a checklist: a good one passes, each fault is found, and none is invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from desktop_app.checklists.criteria import Finding, check_checklist, seconds_to_read
from desktop_app.checklists.standard import CRITERIA, SOURCES, criterion
from desktop_app.content.checklist import Answer, Checklist, ChecklistItem, PausePoint, Trial
from desktop_app.content.review import Change, Review, ReviewState

TODAY = date(2026, 11, 22)
REVIEW = Review(ReviewState.UNDER_REVIEW, TODAY, TODAY, TODAY, date(2027, 11, 22))
FEEL = ChecklistItem("feel", "Feel both foot pulses and compare warmth.", Answer.TICK, "", True, "a#b", "Rarely felt.")
ITEMS = (
    replace(FEEL, text="Feel both foot pulses."),
    ChecklistItem("ck", "Measure creatine kinase.", Answer.VALUE, "CK", False, "a#c", "Late."),
)
GOOD = Checklist(
    id="leg", title="Pitfalls: leg pain", purpose="To tell the signs apart.", use="Use before discharge.", categories=(),
    articles=("a",), review=REVIEW, version=1, changes=(Change(TODAY, "First version.", 1),), trial=Trial(),
    pause_points=(PausePoint("Now, at the bedside", ITEMS),), references=("A",),
)  # fmt: skip


def _hard(checklist: Checklist) -> list[Finding]:
    return [finding for finding in check_checklist(checklist) if finding.severity != "sign-off"]


def _with_item(**changes: Any) -> Checklist:
    return replace(GOOD, pause_points=(PausePoint("Now", (replace(FEEL, text="Feel pulses."), replace(FEEL, **changes))),))


def test_a_good_checklist_has_only_sign_offs() -> None:
    """What a program can test is met; what only people can say stays open until they said it."""
    assert _hard(GOOD) == []
    assert {finding.criterion for finding in check_checklist(GOOD)} == {3, 4, 8, 9, 33, 34, 35}


def test_people_close_the_sign_offs() -> None:
    """An approved checklist that was tried on a ward has no finding at all."""
    trial = Trial(TODAY, "ward 7", 2.0)
    assert check_checklist(replace(GOOD, review=replace(REVIEW, state=ReviewState.APPROVED), trial=trial)) == ()


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"title": "Leg pain"}, 1),
        ({"purpose": ""}, 2),
        ({"purpose": "word " * 21}, 2),
        ({"pause_points": ()}, 10),
        ({"pause_points": (PausePoint("", ITEMS),)}, 10),
        ({"pause_points": (PausePoint("Now", ITEMS), PausePoint("now", ITEMS))}, 10),
        ({"pause_points": (PausePoint("Now", ITEMS * 5),)}, 11),
        ({"pause_points": (PausePoint("Now", ()),)}, 11),
        ({"pause_points": (PausePoint("Now", ITEMS * 4),)}, 12),
        ({"title": "PITFALLS: LEG PAIN"}, 17),
        ({"use": "Use it " + "whenever " * 30}, 24),
        ({"pause_points": (PausePoint("Now", ITEMS[::-1]),)}, 26),
        ({"review": replace(REVIEW, last_corrected=date(2026, 1, 1))}, 28),
        ({"version": 0, "changes": ()}, 29),
        ({"references": ()}, 30),
        ({"use": "Before discharge."}, 31),
        ({"version": 2}, 32),
        ({"review": replace(REVIEW, due=TODAY)}, 36),
    ],
)
def test_a_fault_of_the_sheet_is_found(changes: dict[str, Any], number: int) -> None:
    """Each criterion on the whole sheet finds the checklist that breaks it, with the severity of its kind."""
    found = [finding for finding in _hard(replace(GOOD, **changes)) if finding.criterion == number]
    assert found
    assert {finding.severity for finding in found} == {"error" if criterion(number).kind == "A" else "warning"}


@pytest.mark.parametrize(
    ("changes", "number"),
    [
        ({"why_missed": " "}, 3),
        ({"text": "Both foot pulses."}, 5),
        ({"answer": Answer.VALUE}, 5),
        ({"text": "Feel pulses; look at the skin."}, 6),
        ({"text": "Feel pulses. Then wait."}, 6),
        ({"text": "Feel both pulses and call the surgeon."}, 6),
        ({"text": "Feel " + "very " * 15 + "cold feet."}, 7),
        ({"text": "Feel pulses (both sides)."}, 7),
        ({"text": "Feel pulses → go to box 3."}, 15),
        ({"text": "Give 1.0 mg."}, 23),
        ({"text": "Give 5 U slowly."}, 23),
        ({"text": "Calculate the dose per kg."}, 25),
        ({"text": "Consider other causes."}, 37),
    ],
)
def test_a_fault_of_an_item_is_found_and_named(changes: dict[str, Any], number: int) -> None:
    """Each criterion on items finds the one that breaks it and names it."""
    assert [finding.item for finding in _hard(_with_item(id="bad", **changes)) if finding.criterion == number] == ["bad"]


@pytest.mark.parametrize(
    "text",
    [
        "Feel warmth and movement.",
        "Stop and name the drug.",
        "Ask whether standing still ends the pain.",
        "Measure CK and TSH.",
        "Request anti-HMGCR if CK stays high.",
    ],
)
def test_plain_commands_are_not_accused(text: str) -> None:
    """Items that hold one command, abbreviations or a list of objects pass."""
    assert _hard(_with_item(text=text)) == []


def test_the_standard_is_whole() -> None:
    """Forty criteria in order, each with known sources, a kind and a way of checking."""
    assert [entry.number for entry in CRITERIA] == list(range(1, 41))
    for entry in CRITERIA:
        assert entry.kind in {"A", "S", "H"}
        assert entry.on in {"source", "page", "both", "person"}
        assert entry.sources
        assert set(entry.sources) <= set(SOURCES)
        assert entry.how.endswith(".")


def test_an_unknown_criterion_is_refused() -> None:
    """There is no criterion 0 and none above 40."""
    for number in (0, 41, -1):
        with pytest.raises(LookupError):
            criterion(number)


def test_reading_time_counts_words() -> None:
    """Seven words at 150 a minute take 2.8 seconds."""
    assert seconds_to_read(GOOD) == pytest.approx(2.8)
