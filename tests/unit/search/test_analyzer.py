"""The same word in all its spellings becomes the same index term."""

from __future__ import annotations

import pytest

from desktop_app.search.analyzer import Analyzer, joined_forms, runs, surfaces


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("ischaemia", "ischemia"),
        ("oedema", "edema"),
        ("haemoglobin", "hemoglobin"),
        ("tumour", "tumor"),
        ("behavioural", "behavioral"),
        ("necrotising", "necrotizing"),
        ("paralysed", "paralyzed"),
        ("fibre", "fiber"),
        ("centre", "center"),
        ("neurone", "neuron"),
        ("sulphate", "sulfate"),
        ("leucocyte", "leukocyte"),
        ("diarrhoea", "diarrhea"),
        ("labelled", "labeled"),
        ("cramps", "cramp"),
        ("cramping", "cramp"),
        ("stopping", "stop"),
        ("called", "call"),
        ("arteries", "artery"),
        ("diagnoses", "diagnosis"),
        ("œdema", "oedema"),
        ("Raynaud’s", "Raynaud"),
    ],
)
def test_spellings_and_endings_are_one_term(one: str, other: str) -> None:
    """British and American spelling, plural and other endings fall together."""
    analyzer = Analyzer()
    assert [word.term for word in analyzer.words(one)] == [word.term for word in analyzer.words(other)]


@pytest.mark.parametrize(("one", "other"), [("hour", "hor"), ("toe", "te"), ("four", "for"), ("doses", "dosis"), ("ALS", "AL")])
def test_short_and_ordinary_words_are_left_alone(one: str, other: str) -> None:
    """The folding rules do not run words together that have nothing in common."""
    analyzer = Analyzer()
    assert [word.term for word in analyzer.words(one)] != [word.term for word in analyzer.words(other)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("B-12, B 12 and B12", ["b12", "b12", "and", "b12"]),
        ("5 mg/kg", ["5", "mg", "kg"]),
        ("2.5mg", ["2.5", "mg"]),
        ("40mg", ["40", "mg"]),
        ("i.v. dose", ["iv", "dose"]),
        ("anti-HMGCR", ["anti", "hmgcr"]),
        ("β2-agonist", ["beta2", "agonist"]),
        ("µg", ["mcg"]),
        ("naïve", ["naive"]),
        ("", []),
    ],
)
def test_words_of_a_text(text: str, words: list[str]) -> None:
    """Compounds are split, units part from numbers, letters join numbers, Greek is spelled out."""
    assert surfaces(text) == words


def test_compounds_keep_their_joined_form() -> None:
    """A hyphenated word is found when it is typed as one, and mg/kg stays a word."""
    assert list(joined_forms(runs("beta-agonist in mg/kg, 1-2 of them"))) == ["betaagonist", "mg/kg", "12"]


def test_keys_do_not_depend_on_word_order_or_stop_words() -> None:
    """A form is found with its words in any order."""
    analyzer = Analyzer()
    assert analyzer.key("disease of the peripheral arteries") == analyzer.key("Peripheral artery disease")
