"""Each rule of the check: a whole edition is clean, and one broken place breaks exactly its rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from desktop_app.authoring.lint import check_sources
from desktop_app.authoring.text_rules import doses, numbers, prohibition_lost, shingles
from tests.support import article, checklist, texts, write_sources

TODAY = date(2026, 11, 23)
Values = dict[str, Any]


def errors(root: Path, today: date = TODAY) -> list[tuple[str, str]]:
    """Return (rule, file) of every error."""
    return [(fault.rule, fault.file) for fault in check_sources(root, today) if fault.severity == "error"]


def test_a_whole_edition_is_clean(tmp_path: Path) -> None:
    """The small edition has no fault."""
    assert errors(write_sources(tmp_path)) == []


def first(values: Values) -> Values:
    """Return the first statement of an article."""
    found: Values = values["sections"][0]["statements"][0]
    return found


BREAKS: list[tuple[str, Callable[[Values], object]]] = [
    ("unknown-reference", lambda a: first(a).update(citations=["NOBODY"])),
    ("unconfirmed-reference", lambda a: first(a).update(citations=["BLOG"])),
    ("unknown-category", lambda a: a.update(categories=["attic"])),
    ("dead-link", lambda a: a.update(related=["nowhere"])),
    ("dead-link", lambda a: a.update(related=["night-cramp"])),
    ("duplicate-id", lambda a: a["sections"][0]["statements"][1].update(id="what-it-is")),
    ("duplicate-id", lambda a: a["sections"].append(a["sections"][0])),
    ("section-order", lambda a: a["sections"].reverse()),
    ("no-heading", lambda a: a["sections"][0].update(id="own")),
    ("review-overdue", lambda a: a["review"].update(due="2026-11-01", last_reviewed="2026-01-01")),
    ("review-dates", lambda a: a["review"].update(due="2026-11-25", last_reviewed="2026-12-25")),
    ("note-missing", lambda a: first(a).update(correction=True)),
    ("unknown-term", lambda a: first(a).update(effects=[{"drug": "cramp", "finding": "cramp", "relation": "causes"}])),
    ("numbers-differ", lambda a: first(a).update(student="It lasts 9 minutes.")),
    ("negation-differs", lambda a: first(a).update(clinician="Do not use it.", patient="Use it.")),
    ("negation-differs", lambda a: first(a).update(patient="Never use it.", clinician="Use it.")),
    ("dose-without-label", lambda a: first(a).update(texts("Give 300 mg of quinine at night."))),
    (
        "reading-grade",
        lambda a: a["summary"].update(
            patient="Pathophysiological considerations necessitate multidisciplinary electromyographic characterisation."
        ),
    ),
    ("id-and-file", lambda a: None),
]


@pytest.mark.parametrize(("rule", "break_it"), BREAKS, ids=[f"{rule}-{number}" for number, (rule, _) in enumerate(BREAKS)])
def test_one_broken_place_breaks_one_rule(tmp_path: Path, rule: str, break_it: Callable[[Values], object]) -> None:
    """A single change is found by the rule that forbids it, and by no other of the article's rules."""
    values = article()
    break_it(values)
    root = write_sources(tmp_path, [values, article("quinine", kind="drug")])
    if rule == "id-and-file":
        path = root / "articles/cramps/night-cramp.yaml"
        path.rename(path.with_name("other.yaml"))
    found = {name for name, file in errors(root) if file.startswith("articles/")}
    assert rule in found
    assert found <= {rule, "section-order", "duplicate-id"}


def test_a_checklist_is_held_against_the_articles(tmp_path: Path) -> None:
    """A checklist item that points nowhere is a dead link."""
    values = checklist()
    values["pause_points"][0]["items"][0]["statement"] = "night-cramp#nothing"
    values["articles"] = ["nowhere"]
    assert errors(write_sources(tmp_path, None, [values])) == [("dead-link", "checklists/cramp-pitfalls.yaml")] * 2


def test_a_checklist_is_held_against_the_published_criteria(tmp_path: Path) -> None:
    """An item of more than fifteen words is a finding of criterion 7."""
    values = checklist()
    values["pause_points"][0]["items"][0]["text"] = "Compare " + "the warmth of both legs " * 4 + "now."
    found = [fault.rule for fault in check_sources(write_sources(tmp_path, None, [values]), TODAY)]
    assert "checklist-criterion-7" in found


def test_words_of_the_source_article_are_refused(tmp_path: Path) -> None:
    """Eight words in a row that stand in the source article are found by their hash."""
    root = write_sources(tmp_path)
    copied = "one two three four five six seven eight"
    (root / "source-shingles.txt").write_text("\n".join(shingles(copied)), "utf-8")
    values = article()
    first(values).update(texts(f"It says {copied} here."))
    write_sources(root, [values, article("quinine", kind="drug")])
    rules = {rule for rule, _ in errors(root)}
    assert "copied" in rules


def test_a_dropped_claim_is_a_fault(tmp_path: Path) -> None:
    """An edition that knows its source article must carry every checked claim."""
    root = write_sources(tmp_path)
    (root / "source-shingles.txt").write_text("000000000000\n", "utf-8")
    rules = [rule for rule, _ in errors(root)]
    assert rules.count("claim-dropped") == 60


def test_weak_evidence_is_a_fault(tmp_path: Path) -> None:
    """Three quarters of the statements must rest on a guideline, label, trial or review."""
    references = {
        "REV12": {"type": "case-report", "title": "t", "source": "s", "confirmed": True, "use": "print"},
        "GUIDE24": {"type": "case-report", "title": "t", "source": "s", "confirmed": True, "use": "print"},
    }
    assert ("evidence", "edition.yaml") in errors(write_sources(tmp_path, references=references))


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Give 5 mg.", 1),
        ("Give 200-300 mg at night.", 1),
        ("Give 500 IU once.", 1),
        ("CK 5000 U/L", 0),
        ("25 mg/dl in blood", 0),
        ("0.4 mmol/l", 0),
        ("10 g per litre", 0),
        ("wait 10 minutes", 0),
    ],
)
def test_doses_are_told_from_concentrations(text: str, found: int) -> None:
    """A dose is a number with a mass or unit, not a concentration."""
    assert len(doses(text)) == found


def test_numbers_are_read_as_written() -> None:
    """The point that ends a sentence is no part of a number."""
    assert numbers("From 0.90 to 1,200 in 2024.") == {"0.90", "1,200", "2024"}


def test_a_lost_prohibition_is_seen_in_one_direction() -> None:
    """“Do not” against a text without any negation is a difference; against “only if” it is not."""
    assert prohibition_lost("Do not stop it.", "Stopping is fine.")
    assert not prohibition_lost("Do not stop it.", "Only your doctor should end it.")
