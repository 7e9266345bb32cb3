"""What a hit shows of an article: title, question, statements; read from the index when a hit is made."""

from __future__ import annotations

import json
import zlib
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.content.model import Flag, Kind
from desktop_app.search.pack import Pack


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
        self._blobs = pack.section("blobs")
        self._ends: array[int] = pack.numbers("blob_ends", "I")

    def article(self, number: int) -> ShownArticle:
        """Return an article."""
        return ShownArticle(json.loads(zlib.decompress(self._blobs[self._ends[number] : self._ends[number + 1]])))


def _for_audience(texts: Sequence[str], audience: int) -> str:
    """Return the text of an audience where there is one for each, else the only one."""
    return texts[audience] if len(texts) > 1 else texts[0]
