"""What a hit shows of an article: title, question, statements; read from the index when a hit is made."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.content.model import Flag, Kind
from desktop_app.search.pack import Pack, little

DICTIONARY_SIZE, SAMPLE_SIZE = 32_000, 800  # bytes; what zlib can look back on


@dataclass(frozen=True, slots=True)
class ShownStatement:
    """A statement as a hit or an answer shows it."""

    id: str
    section: str
    texts: tuple[str, ...]
    citations: tuple[str, ...]
    flags: tuple[Flag, ...]

    def text(self, audience: int) -> str:
        """Return the text of an audience by its number."""
        return _for_audience(self.texts, audience)


class ShownArticle:
    """An article as a hit shows it; statements are made when they are asked for."""

    def __init__(self, values: dict[str, Any]) -> None:
        self._values = values
        self.id: str = values["id"]
        self.title: str = values["title"]
        self.kind = Kind(values["kind"])

    def category(self, audience: int) -> str:
        """Return the title of the first category for an audience."""
        return _for_audience(self._values["category"], audience)

    def question(self, audience: int) -> str:
        """Return the question for an audience."""
        return _for_audience(self._values["questions"], audience)

    def statement(self, number: int) -> ShownStatement:
        """Return a statement by its number in the article."""
        identity, section, texts, citations, flags = self._values["statements"][number]
        return ShownStatement(identity, section, tuple(texts), tuple(citations), tuple(Flag(flag) for flag in flags))


class Shelf:
    """The articles of an index by number."""

    def __init__(self, pack: Pack) -> None:
        self._dictionary = pack.section("shown_dictionary")
        self._data = pack.section("shown")
        self._ends: array[int] = pack.numbers("shown_ends", "I")

    def article(self, number: int) -> ShownArticle:
        """Return an article."""
        data = self._data[self._ends[number] : self._ends[number + 1]]
        return ShownArticle(json.loads(zlib.decompressobj(zdict=self._dictionary).decompress(data)))


def shelf_sections(shown: Sequence[bytes]) -> dict[str, bytes]:
    """Return the sections of the packed file for the JSON of each article, each compressed against a common dictionary."""
    step = max(1, len(shown) // (DICTIONARY_SIZE // SAMPLE_SIZE))
    dictionary = b"".join(values[:SAMPLE_SIZE] for values in shown[::step])[:DICTIONARY_SIZE]
    data, ends = bytearray(), array("I", [0])
    for values in shown:
        squeezer = zlib.compressobj(level=9, zdict=dictionary)
        data += squeezer.compress(values) + squeezer.flush()
        ends.append(len(data))
    return {"shown": bytes(data), "shown_ends": little(ends), "shown_dictionary": dictionary}


def _for_audience(texts: Sequence[str], audience: int) -> str:
    """Return the text of an audience where there is one for each, else the only one."""
    return texts[audience] if len(texts) > 1 else texts[0]
