"""The words of the edition as written: for prefixes, for typing errors, and for what to highlight."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence

from desktop_app.search.pack import Pack


def letters(word: str) -> int:
    """Return a set of letters as bits (a to z, digits together, the rest together)."""
    bits = 0
    for character in word:
        place = ord(character) - 97
        bits |= 1 << (place if 0 <= place < 26 else 26 if character.isdigit() else 27)
    return bits


class WordList:
    """Words in alphabetical order; each with its index term and the number of articles that carry it in title or aliases."""

    def __init__(self, words: Sequence[str], terms: Sequence[str], named: Sequence[int]) -> None:
        self.words = words
        self.terms = terms
        self.named = named
        self._by_length: dict[int, tuple[list[int], list[int]]] = {}
        self._of_term: dict[str, list[str]] = {}
        for word, term in zip(words, terms, strict=True):
            self._of_term.setdefault(term, []).append(word)

    @classmethod
    def of_pack(cls, pack: Pack) -> WordList:
        """Read the word list of an index."""
        names = pack.lines("word_term_names")
        return cls(
            pack.lines("words"), [names[number] for number in pack.numbers("word_terms", "I")], pack.numbers("word_named", "I")
        )

    def of_term(self, term: str) -> Sequence[str]:
        """Return the words as written that have an index term."""
        return self._of_term.get(term, ())

    def beginning_with(self, prefix: str) -> range:
        """Return the places in ``words`` of those that begin with a prefix."""
        return range(bisect_left(self.words, prefix), bisect_left(self.words, prefix + "\U0010ffff"))

    def near(self, word: str, most: int) -> list[tuple[int, str]]:
        """Return (edits, word) for every word within ``most`` edits (a swap of neighbours is one), nearest first."""
        bits = letters(word)
        found = []
        for length in range(max(2, len(word) - most), len(word) + most + 1):
            places, masks = self._length(length)
            # One edit changes at most two letters of the set, so most words fall out without being compared.
            for place, mask in zip(places, masks, strict=True):
                if (mask ^ bits).bit_count() <= 2 * most:
                    other = self.words[place]
                    edits = distance(word, other, most)
                    if edits <= most:
                        found.append((edits, other))
        return sorted(found)

    def _length(self, length: int) -> tuple[list[int], list[int]]:
        if not self._by_length:
            # Built whole in a local and put in place at the end: another thread sees nothing or all of it.
            grouped: dict[int, tuple[list[int], list[int]]] = {0: ([], [])}
            for place, word in enumerate(self.words):
                places, masks = grouped.setdefault(len(word), ([], []))
                places.append(place)
                masks.append(letters(word))
            self._by_length = grouped
        return self._by_length.get(length, ([], []))


def distance(one: str, other: str, most: int) -> int:
    """Return the edits between two words: insert, delete, replace, swap of neighbours; ``most + 1`` stands for anything above."""
    if abs(len(one) - len(other)) > most:
        return most + 1
    start = 0
    while start < min(len(one), len(other)) and one[start] == other[start]:
        start += 1
    one, other = one[start:], other[start:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if not one or not other:
        return min(most + 1, len(one) + len(other))
    before: list[int] = []
    row = list(range(len(other) + 1))
    for i, a in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, b in enumerate(other, 1):
            best = min(row[j - 1] + 1, before[j] + 1, before[j - 1] + (a != b))
            if i > 1 and j > 1 and a == other[j - 2] and one[i - 2] == b:
                best = min(best, older[j - 2] + 1)
            row.append(best)
        if min(row) > most:
            return most + 1
    return min(row[-1], most + 1)


def similar(wanted: str, among: Iterable[str], most: int) -> list[str]:
    """Return the texts most like a text by pairs of letters, best first: always something to suggest."""
    pairs = _pairs(wanted)
    scored = []
    for text in among:
        other = _pairs(text.lower())
        shared = 2 * len(pairs & other) / (len(pairs) + len(other) or 1)
        scored.append((-shared, len(text), text))
    return [text for _, _, text in sorted(scored)[:most]]


def _pairs(text: str) -> set[str]:
    padded = f" {text} "
    return {padded[at : at + 2] for at in range(len(padded) - 1)}
