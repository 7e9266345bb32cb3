"""Typing errors are mended by one edit (two in long words), and never from one drug to another."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.search.analyzer import Analyzer
from desktop_app.search.general_vocabulary import GeneralVocabulary, Lazy
from desktop_app.search.query import SearchQuery
from desktop_app.search.searcher import Searcher
from desktop_app.search.spelling import Speller
from desktop_app.search.wordlist import WordList, distance, similar

WORDS = sorted(
    ["amiodarone", "amlodipine", "clonazepam", "clonidine", "cramp", "cramps", "hydralazine", "spasm", "walking", "weakness"]
)
DRUGS = {"amiodarone", "amlodipine", "clonazepam", "clonidine", "hydralazine"}


@pytest.fixture
def speller() -> Speller:
    analyzer = Analyzer()
    words = WordList(WORDS, [analyzer.term(word) for word in WORDS], [1] * len(WORDS))
    general = GeneralVocabulary((), (), ["hydroxyzine", "lorazepam"], ())
    return Speller(words, frozenset(analyzer.term(drug) for drug in DRUGS), analyzer, Lazy(lambda: general))


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("cramsp", "cramps"),
        ("crmap", "cramp"),
        ("spasn", "spasm"),
        ("waking", "walking"),
        ("weeknes", None),  # two edits in a word of seven letters
        ("weknes", None),
        ("amiodorone", "amiodarone"),
        ("amidoarnoe", "amiodarone"),  # two swaps
        ("spam", None),  # four letters
        ("xyzzy", None),
    ],
)
def test_one_edit_from_five_letters_two_from_nine(speller: Speller, typed: str, meant: str | None) -> None:
    """Short words must be typed right; a swap of neighbours is one edit."""
    assert speller.correct(typed).word == meant


def test_a_drug_is_never_taken_for_another(speller: Speller) -> None:
    """A real drug that this edition lacks is left as typed, even where one of ours looks like it."""
    assert speller.correct("hydroxyzine").word is None


def test_a_word_between_two_drugs_is_only_suggested() -> None:
    """Where another drug is as near, nothing is replaced; both are offered."""
    analyzer = Analyzer()
    names = ["prednisolone", "prednisone"]
    words = WordList(names, [analyzer.term(name) for name in names], [1, 1])
    speller = Speller(words, frozenset(map(analyzer.term, names)), analyzer, Lazy(GeneralVocabulary.empty))
    correction = speller.correct("prednisoone")
    assert correction.word is None
    assert set(correction.suggestions) == set(names)


def test_a_near_drug_of_the_general_list_stops_a_replacement(speller: Speller) -> None:
    """A misspelt drug that is as near to a drug outside this edition is not turned into ours."""
    assert speller.correct("clorazepam").word is None


def test_the_page_says_what_it_did_not_replace(searcher: Searcher) -> None:
    """A drug that the edition does not hold is named as not in it, and it finds no other drug."""
    result = searcher.search(SearchQuery("prednisolone "))
    assert not any(hit.article_id == "amiodarone" for hit in result.hits)
    assert not result.interpretation


def naive_distance(one: str, other: str) -> int:
    """Return the edits by the textbook recurrence, as an oracle."""
    table = {(i, -1): i + 1 for i in range(-1, len(one))} | {(-1, j): j + 1 for j in range(-1, len(other))}
    for i, a in enumerate(one):
        for j, b in enumerate(other):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (a != b))
            if i and j and a == other[j - 1] and one[i - 1] == b:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one) - 1, len(other) - 1]


def short_words() -> st.SearchStrategy[str]:
    return st.text("abc", max_size=7)


@given(short_words(), short_words(), st.integers(0, 3))
def test_the_distance_is_that_of_the_textbook(one: str, other: str, most: int) -> None:
    """The bounded distance agrees with the full one up to its bound."""
    assert distance(one, other, most) == min(naive_distance(one, other), most + 1)


@given(st.lists(st.text("abcd", min_size=2, max_size=8), unique=True), st.text("abcd", min_size=5, max_size=8), st.integers(1, 2))
def test_the_word_list_finds_every_near_word(words: list[str], typed: str, most: int) -> None:
    """The quick look at letters loses no word that is near enough."""
    listed = WordList(sorted(words), sorted(words), [0] * len(words))
    assert {word for _, word in listed.near(typed, most)} == {word for word in words if naive_distance(typed, word) <= most}


def test_something_like_it_is_always_found() -> None:
    """The most similar text comes first, and there is always one."""
    assert similar("crmp", ["walking", "muscle cramp", "cramp"], 2)[0] == "cramp"
    assert similar("", ["a"], 1) == ["a"]
