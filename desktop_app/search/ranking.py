"""Scoring, a term at a time, on plain arrays: which articles fit a query, and which statement of each fits best.

An article's score is a whole number in the lower 24 bits of a lane; where few words were typed the upper 8 bits count the words
that the article holds, so that comparing lanes puts all-words before some-words. The vectors of frequent terms are added
as one large integer (all lanes at once); rare terms are added place by place.
"""

from __future__ import annotations

import heapq
from array import array
from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.search.pack import from_little
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
        count = len(lanes)
        total = count - lanes.count(0)
        if not total:
            return [], 0
        least = heapq.nlargest(min(most, total), lanes)[-1]
        places = [place for place, lane in enumerate(lanes) if lane >= least]
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
        count = self._postings.count
        strict = sum(group.size for group in groups if not group.optional) <= STRICT_UP_TO
        steps = min(STEPS, SCORE_MASK / (256 * (1.0 + sum(self._heaviest(group) for group in groups))))
        summed = 0
        rest: list[Group] = []
        for group in groups:
            number = self._only_vector(group)
            if number is None:
                rest.append(group)
                continue
            vector = self._postings.vector(number, audience)
            weight = self._weight(number, group.options[0].weight, steps)
            summed += _spread(vector, count) * weight
            if strict and not group.optional:
                summed += _spread(vector.translate(_PRESENT), count) << COUNT_BIT
        lanes = from_little("I", summed.to_bytes(4 * count, "little"))
        for group in rest:
            one = (1 << COUNT_BIT) if strict and not group.optional else 0
            if len(group.options) == 1 and len(group.options[0].terms) == 1:
                self._add_term(lanes, group.options[0], audience, steps, one)
            else:
                self._add_options(lanes, group, audience, steps, one)
        for group in groups:
            self._add_names(lanes, group, audience, steps)
        return lanes, steps

    def _add_names(self, lanes: array[int], group: Group, audience: int, steps: float) -> None:
        """Add what title and aliases are worth: for each place the best option of a group, once."""
        names = self._names
        best: dict[int, int] = {}
        for option in group.options:
            found: dict[int, int] = {}
            for term in option.terms:
                number = names.numbers.get(term)
                if number is None:
                    continue
                weight = names.rarity(number) * option.weight * steps * NAMES_SHARE
                for place, impact in zip(*names.pairs(number, audience), strict=False):
                    found[place] = found.get(place, 0) + int(weight * impact)
            for place, worth in found.items():
                if worth > best.get(place, 0):
                    best[place] = worth
        for place, worth in best.items():
            if lanes[place]:
                lanes[place] += worth

    def _only_vector(self, group: Group) -> int | None:
        """Return the term of a group that is one frequent term and nothing else."""
        if len(group.options) == 1 and len(group.options[0].terms) == 1:
            number = self._postings.numbers.get(group.options[0].terms[0])
            if number is not None and self._postings.is_vector(number):
                return number
        return None

    def _weight(self, number: int, weight: float, steps: float) -> int:
        return max(1, round(self._postings.rarity(number) * weight * steps))

    def _heaviest(self, group: Group) -> float:
        return max((sum(map(self._rarest, option.terms)) * option.weight for option in group.options), default=0.0)

    def _rarest(self, term: str) -> float:
        """Return the most that a term can be worth, in text and names together."""
        text, name = self._postings.numbers.get(term), self._names.numbers.get(term)
        worth = 0.0 if text is None else self._postings.rarity(text)
        return worth + (0.0 if name is None else self._names.rarity(name) * NAMES_SHARE)

    def _add_term(self, lanes: array[int], option: Option, audience: int, steps: float, one: int) -> None:
        number = self._postings.numbers.get(option.terms[0])
        if number is None:
            return
        weight = self._weight(number, option.weight, steps)
        worth = [0] + [weight * impact + one for impact in range(1, 256)]
        places, impacts = self._postings.pairs(number, audience)
        for place, impact in zip(places, impacts, strict=False):
            lanes[place] += worth[impact]

    def _add_options(self, lanes: array[int], group: Group, audience: int, steps: float, one: int) -> None:
        """Add the best option of a group for each place."""
        best: dict[int, int] = {}
        for option in group.options:
            met = self._met(option, audience, steps, one)
            if not option.partial and len(option.terms) > 0 and one:
                full = group.size * one
                met = {place: full + (worth & SCORE_MASK) for place, worth in met.items()}
            if not best:
                best = met
                continue
            for place, worth in met.items():
                if worth > best.get(place, 0):
                    best[place] = worth
        for place, worth in best.items():
            lanes[place] += worth

    def _met(self, option: Option, audience: int, steps: float, one: int) -> dict[int, int]:
        """Return place -> worth where an option is met, with ``one`` added for each of its terms."""
        numbers = [self._postings.numbers.get(term) for term in option.terms]
        known = sorted((n for n in numbers if n is not None), key=self._postings.sizes.__getitem__)
        if not option.partial and len(known) < len(option.terms):
            return {}
        found: dict[int, int] = {}
        for at, number in enumerate(known):
            weight = self._weight(number, option.weight, steps)
            places, impacts = self._postings.pairs(number, audience)
            if at == 0:
                found = {place: weight * impact + one for place, impact in zip(places, impacts, strict=False) if impact}
            elif option.partial:
                for place, impact in zip(places, impacts, strict=False):
                    found[place] = found.get(place, 0) + weight * impact + one
            else:
                found = {p: found[p] + weight * i + one for p, i in zip(places, impacts, strict=False) if p in found and i}
        return found


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
