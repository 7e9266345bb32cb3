"""The words of review, references and reading grade."""

from __future__ import annotations

from datetime import date

import pytest

from desktop_app.content.audience import Audience, Texts
from desktop_app.content.checklist import Trial
from desktop_app.content.readability import reading_grade, syllables
from desktop_app.content.reference import Reference, ReferenceType
from desktop_app.content.review import AgeBand, Review, ReviewState, in_words
from desktop_app.content.vocabulary import Brand, Term, TermKind, Why

REVIEWED = date(2026, 1, 1)
DUE = date(2027, 1, 1)


def review() -> Review:
    """Return a review that is due on the first day of 2027."""
    return Review(ReviewState.UNDER_REVIEW, REVIEWED, REVIEWED, REVIEWED, DUE)


@pytest.mark.parametrize(
    ("today", "newest", "band"),
    [
        (date(2026, 6, 1), date(2026, 1, 1), AgeBand.IN_DATE),
        (date(2026, 12, 1), date(2026, 1, 1), AgeBand.DUE),
        (DUE, date(2026, 1, 1), AgeBand.DUE),
        (date(2027, 1, 2), date(2026, 1, 1), AgeBand.OVERDUE),
        (date(2020, 1, 1), date(2027, 6, 1), AgeBand.OVERDUE),
    ],
)
def test_age_follows_the_dates_and_never_the_clock_alone(today: date, newest: date, band: AgeBand) -> None:
    """A clock set back before the edition's date cannot make an overdue review look fresh."""
    assert review().age_band(today, newest) is band


def test_every_state_says_whether_a_clinician_approved() -> None:
    """Only “approved” reads as approved."""
    assert [state.sentence.startswith("Approved") for state in ReviewState] == [False, False, True]


def test_dates_are_read_alike_on_both_sides_of_the_atlantic() -> None:
    """The month is a word."""
    assert in_words(date(2026, 3, 4)) == "4 Mar 2026"


def test_a_reference_is_one_line_with_its_address() -> None:
    """Authors, title, source, year, volume, issue, pages, DOI: in that order."""
    reference = Reference(
        "X", ReferenceType.REVIEW, "Title.", "J", authors="Able A", year=2005, volume="32", issue="4", pages="1-2", doi="10.1/x"
    )
    assert reference.full == "Able A. Title. J 2005;32(4):1-2. https://doi.org/10.1/x"
    assert reference.short == "Review 2005"


def test_an_undated_page_and_a_superseded_text_say_so() -> None:
    """What is missing is named in the printed reference."""
    assert "Web page without a date" in Reference("X", ReferenceType.LABEL, "T", "S", use="web-only").full
    assert "Superseded" in Reference("X", ReferenceType.GUIDELINE, "T", "S", year=2005, use="history-only").full
    assert Reference("X", ReferenceType.OTHER, "T", "S", pmid="12").address == "PMID 12"


def test_an_untried_checklist_says_so() -> None:
    """While nobody has tried a checklist on a ward, its sheet says that."""
    assert Trial().sentence == "Not yet trialled on a ward."
    assert Trial(date(2026, 2, 3), "Ward 7").sentence == "Trialled on 3 Feb 2026 by Ward 7."


def test_each_audience_gets_its_own_text() -> None:
    """There is no fallback from one audience to another."""
    assert [Texts("a", "b", "c").for_audience(audience) for audience in Audience] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("word", "count"), [("cat", 1), ("table", 2), ("muscle", 2), ("stretched", 1), ("ankle", 2), ("a", 1), ("", 1)]
)
def test_syllables_are_counted_by_rule(word: str, count: int) -> None:
    """Groups of vowels count, a silent final e does not."""
    assert syllables(word) == count


def test_long_words_and_sentences_raise_the_grade() -> None:
    """Plain words in short sentences read at a lower grade than long ones."""
    plain = reading_grade(["Stop and rest. Call for help now."])
    heavy = reading_grade(["Immediate multidisciplinary evaluation is recommended in the presence of deterioration."])
    assert plain < 3 < 12 < heavy
    assert reading_grade([]) == 0.0


def test_a_term_gives_every_form_with_its_reason() -> None:
    """Each form of a term says why it leads there."""
    term = Term(
        "x",
        TermKind.DRUG,
        "atorvastatin",
        abbreviations=("ATV",),
        brands=(Brand("Lipitor"),),
        lay=("fat pill",),
        misspellings=("atorvstatin",),
    )
    assert dict(term.forms()) == {
        "atorvastatin": None,
        "ATV": Why.ABBREVIATION,
        "Lipitor": Why.BRAND,
        "fat pill": Why.LAY,
        "atorvstatin": Why.TYPING_ERROR,
    }
