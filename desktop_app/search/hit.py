"""What a search gives back: plain values for window, command line and tests."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.content.model import Flag, Kind
from desktop_app.content.vocabulary import Why
from desktop_app.search.query import SearchQuery


@dataclass(frozen=True, slots=True)
class Interpretation:
    """How a typed word was understood; put ``typed`` into ``SearchQuery.literal`` to undo it."""

    typed: str
    understood: str
    why: Why


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a statement as parts (text, is a found word); plain text, unescaped."""

    parts: tuple[tuple[str, bool], ...]

    @property
    def text(self) -> str:
        """Return the snippet without marks."""
        return "".join(text for text, _ in self.parts)


@dataclass(frozen=True, slots=True)
class Hit:
    """An article, shown at its best statement; ``section_id`` is empty for the summary."""

    rank: int
    article_id: str
    article_title: str
    question: str
    kind: Kind
    category: str
    section_id: str
    statement_id: str
    snippet: Snippet
    score: float
    flags: tuple[Flag, ...]


@dataclass(frozen=True, slots=True)
class MeantTerm:
    """One meaning of an ambiguous word."""

    id: str
    preferred: str
    article: str | None


@dataclass(frozen=True, slots=True)
class Meaning:
    """A typed word with more than one meaning; the search uses all of them until the person chooses."""

    typed: str
    terms: tuple[MeantTerm, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """A statement quoted as it stands; nothing is generated."""

    article_id: str
    statement_id: str
    text: str
    citations: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SearchResult:
    """Everything one search found.

    ``total`` counts articles. ``words`` are the lower-case words and forms to highlight in a page.
    ``suggestions`` are nearest terms and ``nodes`` ids of nearest categories when little or nothing was found;
    ``tried`` then says in a sentence what was tried.
    """

    query: SearchQuery
    interpretation: tuple[Interpretation, ...] = ()
    total: int = 0
    took_ms: float = 0.0
    hits: tuple[Hit, ...] = ()
    answers: tuple[Answer, ...] = ()
    meanings: tuple[Meaning, ...] = ()
    suggestions: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    tried: str = ""
    nodes: tuple[str, ...] = ()
