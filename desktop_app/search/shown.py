"""What a hit shows of an article: title, question, statements; read from the index when a hit is made."""

from __future__ import annotations

import json
import zlib
from array import array
from dataclasses import dataclass

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


@dataclass(frozen=True, slots=True)
class ShownArticle:
    """An article as a hit shows it; ``categories`` and ``questions`` hold one text, or one for each audience."""

    id: str
    title: str
    kind: Kind
    categories: tuple[str, ...]
    questions: tuple[str, ...]
    statements: tuple[ShownStatement, ...]

    def category(self, audience: int) -> str:
        """Return the title of the first category for an audience."""
        return _for_audience(self.categories, audience)

    def question(self, audience: int) -> str:
        """Return the question for an audience."""
        return _for_audience(self.questions, audience)


class Shelf:
    """The articles of an index by number."""

    def __init__(self, pack: Pack) -> None:
        self._blobs = pack.section("blobs")
        self._ends: array[int] = pack.numbers("blob_ends", "I")

    def article(self, number: int) -> ShownArticle:
        """Return an article."""
        values = json.loads(zlib.decompress(self._blobs[self._ends[number] : self._ends[number + 1]]))
        statements = tuple(
            ShownStatement(identity, section, tuple(texts), tuple(citations), tuple(Flag(flag) for flag in flags))
            for identity, section, texts, citations, flags in values["statements"]
        )
        return ShownArticle(
            values["id"],
            values["title"],
            Kind(values["kind"]),
            tuple(values["category"]),
            tuple(values["questions"]),
            statements,
        )


def _for_audience(texts: tuple[str, ...], audience: int) -> str:
    """Return the text of an audience where there is one for each, else the only one."""
    return texts[audience] if len(texts) > 1 else texts[0]
