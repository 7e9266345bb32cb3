"""Which articles (or statements) hold a term, and how much it counts there: one byte per place, per audience.

The byte is the saturated BM25F frequency (0 to 1 as 0 to 255); the weight of the term itself is multiplied in when scoring.
Terms in more than an eighth of all places are kept as a vector with a byte for every place, others as pairs.
"""

from __future__ import annotations

import math
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from itertools import compress

from desktop_app.search.pack import Pack, line_section, little

AUDIENCES = 3
SATURATION = 1.2
DENSE_FROM = 8
Counts = Mapping[str, Sequence[float]]  # term -> weighted frequency for each audience


class PostingsWriter:
    """Collects the weighted frequencies of place after place."""

    def __init__(self) -> None:
        self._places: dict[str, array[int]] = {}
        self._impacts: dict[str, bytearray] = {}  # the bytes of all audiences in turn
        self._count = 0

    def add(self, counts: Counts) -> None:
        """Add the next place with the weighted frequency of each term for each audience."""
        number = self._count
        self._count += 1
        for term, frequencies in counts.items():
            held = self._places.get(term)
            if held is None:
                held = self._places[term] = array("I")
                self._impacts[term] = bytearray()
            held.append(number)
            if frequencies.count(frequencies[0]) == AUDIENCES:
                self._impacts[term] += _byte(frequencies[0]) * AUDIENCES
            else:
                self._impacts[term] += b"".join(map(_byte, frequencies))

    def sections(self, prefix: str) -> dict[str, bytes]:
        """Return the sections of the packed file; audiences with equal numbers share one section."""
        terms = sorted(self._places)
        starts, sizes, places = array("I"), array("I"), array("I")
        pairs = [bytearray() for _ in range(AUDIENCES)]
        vectors = [bytearray() for _ in range(AUDIENCES)]
        for term in terms:
            held = self._places[term]
            sizes.append(len(held))
            if len(held) * DENSE_FROM > self._count:
                starts.append(len(vectors[0]))
                for audience in range(AUDIENCES):
                    vectors[audience] += self._vector(held, self._impacts[term][audience::AUDIENCES])
            else:
                starts.append(len(places))
                places.extend(held)
                for audience in range(AUDIENCES):
                    pairs[audience] += self._impacts[term][audience::AUDIENCES]
        found = {
            "terms": line_section(terms),
            "starts": little(starts),
            "sizes": little(sizes),
            "places": little(array("H", places)) if self._count <= 1 << 16 else little(places),
            "count": self._count.to_bytes(4, "little"),
        }
        for audience in range(AUDIENCES):
            same = audience > 0 and pairs[audience] == pairs[0] and vectors[audience] == vectors[0]
            found[f"pairs{audience}"] = b"" if same else bytes(pairs[audience])
            found[f"vectors{audience}"] = b"" if same else bytes(vectors[audience])
        return {f"{prefix}.{name}": data for name, data in found.items()}

    def _vector(self, held: Iterable[int], impacts: bytearray) -> bytearray:
        vector = bytearray(self._count)
        for place, impact in zip(held, impacts, strict=True):
            vector[place] = impact
        return vector


def _byte(frequency: float) -> bytes:
    """Return a saturated frequency as a byte: at least 1 where the term stands at all."""
    return bytes((round(255 * frequency / (SATURATION + frequency)) or 1 if frequency else 0,))


class Postings:
    """The postings of one level, read from a pack."""

    def __init__(self, pack: Pack, prefix: str) -> None:
        self.count = int.from_bytes(pack.section(f"{prefix}.count"), "little")
        self.terms = pack.lines(f"{prefix}.terms")
        self.numbers = {term: number for number, term in enumerate(self.terms)}
        self.sizes = pack.numbers(f"{prefix}.sizes", "I")
        self._starts = pack.numbers(f"{prefix}.starts", "I")
        self._places = pack.numbers(f"{prefix}.places", "H" if self.count <= 1 << 16 else "I")
        self._pairs: list[bytes] = []
        self._vectors: list[bytes] = []
        for audience in range(AUDIENCES):
            pairs, vectors = pack.section(f"{prefix}.pairs{audience}"), pack.section(f"{prefix}.vectors{audience}")
            shared = audience > 0 and not pairs and not vectors
            self._pairs.append(self._pairs[0] if shared else pairs)
            self._vectors.append(self._vectors[0] if shared else vectors)

    def is_vector(self, number: int) -> bool:
        """Tell whether a term is kept as a vector."""
        return self.sizes[number] * DENSE_FROM > self.count

    def vector(self, number: int, audience: int) -> bytes:
        """Return a byte for every place; only where ``is_vector``."""
        start = self._starts[number]
        return self._vectors[audience][start : start + self.count]

    def pairs(self, number: int, audience: int) -> tuple[Sequence[int], bytes]:
        """Return the places that hold a term and its byte in each."""
        if self.is_vector(number):
            vector = self.vector(number, audience)
            return list(compress(range(self.count), vector)), vector.replace(b"\x00", b"")
        start, end = self._starts[number], self._starts[number] + self.sizes[number]
        return self._places[start:end], self._pairs[audience][start:end]

    def within(self, number: int, audience: int, first: int, last: int) -> list[tuple[int, int]]:
        """Return (place, byte) of a term for the places from ``first`` up to, but without, ``last``."""
        if self.is_vector(number):
            start = self._starts[number]
            part = self._vectors[audience][start + first : start + last]
            return [(first + offset, impact) for offset, impact in enumerate(part) if impact]
        start, end = self._starts[number], self._starts[number] + self.sizes[number]
        low = bisect_left(self._places, first, start, end)
        high = bisect_left(self._places, last, low, end)
        return [(self._places[at], self._pairs[audience][at]) for at in range(low, high) if self._pairs[audience][at]]

    def rarity(self, number: int) -> float:
        """Return the inverse document frequency of a term (always above 0)."""
        size = self.sizes[number]
        return math.log(1 + (self.count - size + 0.5) / (size + 0.5))
