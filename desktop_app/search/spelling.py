"""Typing errors: one edit in a word of five letters or more, two from nine; a drug is never turned into another drug."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass

from desktop_app.search.analyzer import Analyzer
from desktop_app.search.general_vocabulary import Lazy
from desktop_app.search.wordlist import WordList

ONE_EDIT_FROM, TWO_EDITS_FROM = 5, 9
MOST_SUGGESTIONS = 5


@dataclass(frozen=True, slots=True)
class Correction:
    """What a word was probably meant to be; ``word`` is None where only suggesting is safe."""

    word: str | None
    suggestions: tuple[str, ...]


class Speller:
    """Corrects words against the words of the edition and of its vocabulary."""

    def __init__(self, words: WordList, drug_terms: Set[str], analyzer: Analyzer, general: Lazy) -> None:
        self._words = words
        self._drugs = drug_terms
        self._analyzer = analyzer
        self._general = general

    def correct(self, typed: str) -> Correction:
        """Return the correction of a lower-case word that the edition does not know."""
        if len(typed) < ONE_EDIT_FROM or not typed.isalpha():
            return Correction(None, ())
        if self._general().is_drug(typed):
            # A drug of its own: whatever looks like it is another one.
            return Correction(
                None, tuple(word for _, word in self._ranked(typed, 1)[:MOST_SUGGESTIONS] if not self._is_drug(word))
            )
        found = self._ranked(typed, 2 if len(typed) >= TWO_EDITS_FROM else 1)
        if not found:
            return Correction(None, ())
        suggestions = tuple(dict.fromkeys(word for _, word in found))[:MOST_SUGGESTIONS]
        edits, best = found[0]
        if self._is_drug(best) and not self._one_drug(typed, edits, best):
            return Correction(None, suggestions)
        return Correction(best, suggestions)

    def _ranked(self, typed: str, most: int) -> list[tuple[int, str]]:
        """Order by edits, then same first letter, then same letters swapped, then words that name articles."""
        near = self._words.near(typed, most)
        named = {word: self._words.named[self._place(word)] for _, word in near}
        letters = sorted(typed)
        return sorted(near, key=lambda n: (n[0], n[1][0] != typed[0], sorted(n[1]) != letters, -min(named[n[1]], 3), n[1]))

    def _place(self, word: str) -> int:
        return self._words.beginning_with(word).start

    def _is_drug(self, word: str) -> bool:
        return self._analyzer.term(word) in self._drugs

    def _one_drug(self, typed: str, edits: int, best: str) -> bool:
        """Tell whether no other drug, of this edition or any, is as near as the one found."""
        term = self._analyzer.term(best)
        rivals = [word for _, word in self._words.near(typed, edits) if self._is_drug(word)]
        rivals += [word for _, word in self._general().near_drugs(typed, edits)]
        return all(self._analyzer.term(word) == term for word in rivals)
