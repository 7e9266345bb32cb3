"""A general medical vocabulary: other names of diseases and symptoms, and drug names, beyond the edition's own terms.

Made from openly licensed lists (see resources/LICENSES.md). It is read when a word is not the edition's own, and not before.
File: a pack (see ``pack``) with ``concepts`` (one line each: preferred name, then keys, then keys of related concepts after ``>``,
parted by tabs), ``order`` (for each key in alphabetical order its concept and its place in the line), ``drugs`` and ``words``
(lines).
"""

from __future__ import annotations

import threading
from array import array
from bisect import bisect_left
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app.search.analyzer import ANALYZER_VERSION
from desktop_app.search.pack import Pack, PackError
from desktop_app.search.wordlist import WordList

FILE_NAME = "general.bin"
LONGEST_KEY = 6
RELATED = ">"


@dataclass(frozen=True, slots=True)
class Concept:
    """One meaning: how it is called first, the keys of all its names, and a key of each group it belongs to or is made of."""

    preferred: str
    keys: tuple[str, ...]
    related: tuple[str, ...] = ()


class GeneralVocabulary:
    """Concepts by key; drug names; words that are no typing errors."""

    def __init__(self, concepts: Sequence[str], order: Sequence[int], drugs: Sequence[str], words: Sequence[str]) -> None:
        self._concepts = concepts
        self._order = order
        self._drugs = WordList(drugs, drugs, array("I", bytes(4 * len(drugs))))
        self._drug_set = frozenset(drugs)
        self._words = words

    @classmethod
    def empty(cls) -> GeneralVocabulary:
        """Return a vocabulary that knows nothing."""
        return cls((), (), (), ())

    @staticmethod
    def file_data(file: Path) -> bytes:
        """Return the bytes of the file, none where it cannot be read."""
        try:
            return file.read_bytes()
        except OSError:
            return b""

    @classmethod
    def read(cls, file: Path) -> GeneralVocabulary:
        """Read the file; see ``of_data``."""
        return cls.of_data(cls.file_data(file))

    @classmethod
    def of_data(cls, data: bytes) -> GeneralVocabulary:
        """Unpack a file; one that is empty, damaged or made for another analyser gives an empty vocabulary (``doctor`` tells)."""
        try:
            pack = Pack(data)
        except PackError:
            return cls.empty()
        if pack.stamp.get("analyzer") != ANALYZER_VERSION:
            return cls.empty()
        return cls(pack.lines("concepts"), pack.numbers("order", "I"), pack.lines("drugs"), pack.lines("words"))

    def __len__(self) -> int:
        return len(self._concepts)

    def find(self, key: str) -> list[Concept]:
        """Return the concepts that have a name with this key."""
        at = bisect_left(self._order, key, key=self._key)
        found = []
        while at < len(self._order) and self._key(self._order[at]) == key:
            preferred, *keys = self._concepts[self._order[at] >> 8].split("\t")
            names = tuple(key for key in keys if not key.startswith(RELATED))
            found.append(Concept(preferred, names, tuple(key[len(RELATED) :] for key in keys[len(names) :])))
            at += 1
        return found

    def knows(self, term: str) -> bool:
        """Tell whether an index term stands in any name."""
        at = bisect_left(self._words, term)
        return at < len(self._words) and self._words[at] == term

    def is_drug(self, word: str) -> bool:
        """Tell whether a lower-case word is a drug name."""
        return word in self._drug_set

    def near_drugs(self, word: str, most: int) -> list[tuple[int, str]]:
        """Return (edits, drug name) within ``most`` edits, nearest first."""
        return self._drugs.near(word, most)

    def _key(self, packed: int) -> str:
        return self._concepts[packed >> 8].split("\t")[packed & 0xFF]


class Lazy:
    """Reads the vocabulary when it is first wanted; safe between threads."""

    def __init__(self, read: Callable[[], GeneralVocabulary]) -> None:
        self._read = read
        self._lock = threading.Lock()
        self._found: GeneralVocabulary | None = None

    def __call__(self) -> GeneralVocabulary:
        """Return the vocabulary."""
        if self._found is None:
            with self._lock:
                if self._found is None:
                    self._found = self._read()
        return self._found
