"""Scoring, a term at a time, on plain arrays: which articles fit a query, and which statement of each fits best.

An article's score is a whole number in the lower 24 bits of a lane; where few words were typed the upper 8 bits count the words
that the article holds, so that comparing lanes puts all-words before some-words. The vectors of frequent terms are added
as one large integer (all lanes at once); rare terms are added place by place.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import compress

from desktop_app.search.pack import from_little, little
from desktop_app.search.postings import Postings

COUNT_BIT = 24
SCORE_MASK = (1 << COUNT_BIT) - 1
STEPS = 100.0  # score units for each unit of rarity x weight, at a full byte of 255
STRICT_UP_TO = 5
NAMES_SHARE = 0.8
_PRESENT = bytes([0]) + bytes([1]) * 255


@dataclass(frozen=True, slots=True)
class Option:
    """One way to meet a group: all of ``terms`` (numbers are found by the scorer); ``partial`` lets some of them do."""

    terms: tuple[str, ...]
    weight: float = 1.0
    partial: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """What one typed word or form asks for: the best of its options counts; ``size`` is the number of words typed."""

    options: tuple[Option, ...]
    size: int = 1
    optional: bool = False

    def terms(self) -> frozenset[str]:
        """Return every index term that may meet it."""
        return frozenset(term for option in self.options for term in option.terms)


@dataclass(frozen=True, slots=True)
class Scored:
    """An article's score: ``matched`` words (0 where the query is long) and ``value`` in units of rarity."""

    article: int
    matched: int
    value: float


class Scorer:
    """Scores articles: by their text, and by their title and aliases, where a word is rarer and says more."""

    def __init__(self, postings: Postings, names: Postings) -> None:
        self._postings = postings
        self._names = names

    def top(self, groups: Sequence[Group], audience: int, most: int) -> tuple[list[Scored], int]:
        """Return the best articles, best first, and how many articles hold any of the words."""
        lanes, steps = self._lanes(groups, audience)
        total = len(lanes) - lanes.count(0)
        if not total:
            return [], 0
        least = heapq.nlargest(min(most, total), lanes)[-1]
        places = list(compress(range(len(lanes)), map(least.__le__, lanes)))
        places.sort(key=lanes.__getitem__, reverse=True)
        found = [Scored(p, lanes[p] >> COUNT_BIT, (lanes[p] & SCORE_MASK) / (255 * steps)) for p in places[: most * 2]]
        return found, total

    def named(self, groups: Sequence[Group]) -> list[frozenset[int]]:
        """Return for each group the articles that carry it in title or aliases."""
        found = []
        for group in groups:
            numbers = (self._names.numbers.get(term) for term in group.terms())
            found.append(frozenset(place for n in numbers if n is not None for place in self._names.pairs(n, 0)[0]))
        return found

    def _lanes(self, groups: Sequence[Group], audience: int) -> tuple[array[int], float]:
        """Return the lane of every article, and how many units of score one unit of rarity is."""
        strict = sum(group.size for group in groups if not group.optional) <= STRICT_UP_TO
        steps = min(STEPS, SCORE_MASK / (256 * (1.0 + sum(self._heaviest(group) for group in groups))))
        summed = 0
        rare: list[tuple[Sequence[int], Iterable[int]]] = []
        for group in groups:
            one = (1 << COUNT_BIT) if strict and not group.optional else 0
            scale = _Scale(audience, steps, one)
            words = [option for option in group.options if option.partial or len(option.terms) == 1][:1]
            frequent, pairs = self._words(words[0], scale) if words else (0, [])
            others = [option for option in group.options if option not in words]
            if others:
                own = self._filled(frequent, pairs)
                self._raise(own, others, group.size, scale)
                summed += int.from_bytes(little(own), "little")
            else:
                summed += frequent
                rare += pairs
        return self._filled(summed, rare), steps

    def _filled(self, frequent: int, rare: Iterable[tuple[Sequence[int], Iterable[int]]]) -> array[int]:
        """Return lanes from the sum of the frequent terms and the worth of rare terms, place by place."""
        lanes = from_little("I", frequent.to_bytes(4 * self._postings.count, "little"))
        for places, worth in rare:
            for place, value in zip(places, worth, strict=False):
                lanes[place] += value
        return lanes

    def _words(self, option: Option, scale: _Scale) -> tuple[int, list[tuple[Sequence[int], Iterable[int]]]]:
        """Return the worth of each term of an option by itself: frequent ones summed, rare ones as (places, worth)."""
        frequent = 0
        rare: list[tuple[Sequence[int], Iterable[int]]] = []
        for term in option.terms:
            for level, share, one in ((self._postings, 1.0, scale.one), (self._names, NAMES_SHARE, 0)):
                number = level.numbers.get(term)
                if number is None:
                    continue
                weight = _weight(level, number, option.weight * share, scale.steps)
                if level.is_vector(number):
                    vector = level.vector(number, scale.audience)
                    frequent += _spread(vector, level.count) * weight
                    if one:
                        frequent += _spread(vector.translate(_PRESENT), level.count) << COUNT_BIT
                else:
                    places, impacts = level.pairs(number, scale.audience)
                    rare.append((places, map(_worth(weight, one).__getitem__, impacts)))
        return frequent, rare

    def _raise(self, lanes: array[int], options: Iterable[Option], size: int, scale: _Scale) -> None:
        """Raise each lane to what the best of some options is worth there; an option counts as all the words typed."""
        full = size * scale.one
        for option in options:
            for place, worth in self._whole(option, scale).items():
                if worth + full > lanes[place]:
                    lanes[place] = worth + full

    def _whole(self, option: Option, scale: _Scale) -> dict[int, int]:
        """Return place -> worth where all terms of an option stand, from the rarest term on."""
        numbers = [self._postings.numbers.get(term) for term in option.terms]
        known = sorted((n for n in numbers if n is not None), key=self._postings.sizes.__getitem__)
        if not known or len(known) < len(option.terms):
            return {}
        found: dict[int, int] = {}
        for at, number in enumerate(known):
            table = _worth(_weight(self._postings, number, option.weight, scale.steps), 0)
            if at and self._postings.is_vector(number):
                vector = self._postings.vector(number, scale.audience)
                found = {place: worth + table[vector[place]] for place, worth in found.items() if vector[place]}
                continue
            places, impacts = self._postings.pairs(number, scale.audience)
            worths = dict(zip(places, map(table.__getitem__, impacts), strict=False))
            found = {place: worth + worths[place] for place, worth in found.items() if place in worths} if at else worths
        for term in option.terms if found else ():
            self._add_name(found, term, option.weight, scale)
        return found

    def _add_name(self, found: dict[int, int], term: str, weight: float, scale: _Scale) -> None:
        number = self._names.numbers.get(term)
        if number is None:
            return
        table = _worth(_weight(self._names, number, weight * NAMES_SHARE, scale.steps), 0)
        for place, impact in zip(*self._names.pairs(number, scale.audience), strict=False):
            if place in found:
                found[place] += table[impact]

    def _heaviest(self, group: Group) -> float:
        return max((sum(map(self._rarest, option.terms)) * option.weight for option in group.options), default=0.0)

    def _rarest(self, term: str) -> float:
        """Return the most that a term can be worth, in text and names together."""
        text, name = self._postings.numbers.get(term), self._names.numbers.get(term)
        worth = 0.0 if text is None else self._postings.rarity(text)
        return worth + (0.0 if name is None else self._names.rarity(name) * NAMES_SHARE)


@dataclass(frozen=True, slots=True)
class _Scale:
    """How scores are counted: for which audience, units for one unit of rarity, and what holding a word adds to a lane."""

    audience: int
    steps: float
    one: int


def _weight(level: Postings, number: int, weight: float, steps: float) -> int:
    return max(1, round(level.rarity(number) * weight * steps))


def _worth(weight: int, one: int) -> list[int]:
    """Return what each impact byte is worth."""
    return [0, *(range(weight + one, weight * 255 + one + 1, weight))]


class StatementScorer:
    """Scores the statements of one article."""

    def __init__(self, postings: Postings, articles: Postings, groups: Sequence[Group], audience: int) -> None:
        """Prepare for a query; rarity is that among articles, so that both levels speak the same units."""
        self._postings = postings
        self._audience = audience
        self._groups: list[list[tuple[list[tuple[int, float]], bool, int]]] = []
        for group in groups:
            options = []
            for option in group.options:
                known = [
                    (postings.numbers[t], articles.rarity(articles.numbers[t]) * option.weight)
                    for t in option.terms
                    if t in postings.numbers and t in articles.numbers
                ]
                if known and (option.partial or len(known) == len(option.terms)):
                    options.append((known, option.partial, len(option.terms)))
            self._groups.append(options)

    def score(self, first: int, last: int) -> dict[int, dict[int, float]]:
        """Return statement -> (number of a group it meets -> worth) for the statements of an article."""
        found: dict[int, dict[int, float]] = {}
        for at, options in enumerate(self._groups):
            for known, partial, size in options:
                for place, (worth, count) in self._option(known, first, last).items():
                    if partial or count == size:
                        met = found.setdefault(place, {})
                        met[at] = max(worth, met.get(at, 0.0))
        return found

    def _option(self, known: Sequence[tuple[int, float]], first: int, last: int) -> dict[int, tuple[float, int]]:
        found: dict[int, tuple[float, int]] = {}
        for number, weight in known:
            for place, impact in self._postings.within(number, self._audience, first, last):
                worth, count = found.get(place, (0.0, 0))
                found[place] = (worth + weight * impact / 255, count + 1)
        return found


def _spread(vector: bytes, count: int) -> int:
    """Return a vector of bytes as one integer with 32 bits for each place."""
    lanes = bytearray(4 * count)
    lanes[::4] = vector
    return int.from_bytes(lanes, "little")
