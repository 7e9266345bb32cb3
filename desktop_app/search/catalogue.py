"""An index in memory: all that a search reads, made once and never changed."""

from __future__ import annotations

from array import array
from bisect import bisect_right
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from desktop_app.content.model import Relation
from desktop_app.search.analyzer import Analyzer
from desktop_app.search.expansion import Expander
from desktop_app.search.general_vocabulary import Lazy
from desktop_app.search.lexicon import Lexicon
from desktop_app.search.pack import Pack
from desktop_app.search.postings import Postings
from desktop_app.search.shown import Shelf
from desktop_app.search.wordlist import WordList


class Phrases(Protocol):
    """Finds statements that hold terms side by side."""

    def find(self, terms: Sequence[str]) -> list[int]:
        """Return the numbers of the statements, counted over all articles."""
        ...


@dataclass(frozen=True, slots=True)
class DrugEffect:
    """A line of the drug-finding index by numbers."""

    relation: Relation
    article: int
    statement: int


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The parts of an index; ``phrases`` opens the Whoosh index when a quoted phrase first asks for it."""

    analyzer: Analyzer
    lexicon: Lexicon
    words: WordList
    articles: Postings
    names: Postings
    statements: Postings
    first: array[int]
    documents: array[int]
    flags: bytes
    placed: bytes
    section_ids: Sequence[str]
    ids: Sequence[str]
    numbers: Mapping[str, int]
    exact: Mapping[str, Sequence[tuple[int, int]]]
    effects: Mapping[tuple[str, str], Sequence[DrugEffect]]
    categories: Sequence[tuple[str, str, str]]
    shelf: Shelf
    expander: Expander
    phrases: Callable[[], Phrases]

    @classmethod
    def of_pack(cls, pack: Pack, general: Lazy, phrases: Callable[[], Phrases]) -> Catalogue:
        """Read the parts of an index from its packed file."""
        analyzer = Analyzer()
        lexicon = Lexicon.from_json(pack.json("lexicon"))
        words, articles = WordList.of_pack(pack), Postings(pack, "articles")
        ids = pack.lines("ids")
        effects: dict[tuple[str, str], list[DrugEffect]] = {}
        for drug, finding, relation, article, statement in pack.json("effects"):
            effects.setdefault((drug, finding), []).append(DrugEffect(Relation(relation), article, statement))
        return cls(
            analyzer=analyzer,
            lexicon=lexicon,
            words=words,
            articles=articles,
            names=Postings(pack, "names"),
            flags=pack.section("flags"),
            placed=pack.section("placed"),
            section_ids=pack.lines("section_ids"),
            statements=Postings(pack, "statements"),
            first=pack.numbers("first", "I"),
            documents=pack.numbers("documents", "I"),
            ids=ids,
            numbers={identity: number for number, identity in enumerate(ids)},
            exact=pack.json("exact"),
            effects=effects,
            categories=[(i, title, patient) for i, title, patient in pack.json("categories")],
            shelf=Shelf(pack),
            expander=Expander(analyzer, lexicon, words, articles, general),
            phrases=phrases,
        )

    def section_of(self, place: int) -> str:
        """Return the id of the section of a statement, by its number among the statements of the index; empty for a summary."""
        number = self.placed[place]
        return self.section_ids[number] if number < len(self.section_ids) else ""

    def side_by_side(self, terms: Sequence[str]) -> dict[int, set[int]]:
        """Return article number -> numbers of the statements in it that hold the terms side by side."""
        found: dict[int, set[int]] = {}
        for document in self.phrases().find(terms):
            article = bisect_right(self.documents, document) - 1
            found.setdefault(article, set()).add(document - self.documents[article])
        return found
