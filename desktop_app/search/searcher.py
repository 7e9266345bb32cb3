"""The catalogue desk: a query goes in, articles shown at their best statement come out. Thread-safe; never raises for any text."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

from desktop_app import paths
from desktop_app.content.audience import Audience
from desktop_app.content.model import Article, Category
from desktop_app.content.vocabulary import Term
from desktop_app.errors import ContentError
from desktop_app.search import answers
from desktop_app.search.analyzer import ANALYZER_VERSION, STOP_WORDS, key_of, surfaces
from desktop_app.search.catalogue import Catalogue, Phrases
from desktop_app.search.general_vocabulary import FILE_NAME, GeneralVocabulary, Lazy
from desktop_app.search.hit import Answer, Hit, SearchResult
from desktop_app.search.order import EXACT, Context, Ranked, Ranker, Within
from desktop_app.search.pack import LAYOUT_VERSION, RANKING_NAME, Pack, digest, pack
from desktop_app.search.query import SearchQuery, TypedText, typed_text
from desktop_app.search.ranking import Group, Option
from desktop_app.search.snippet import Marker, snippet
from desktop_app.search.understanding import Understanding
from desktop_app.search.wordlist import similar

ADVICE = "Build the content again (wardbook content build), or copy the program folder again from where it came."
AUDIENCES = tuple(Audience)
_Made = TypeVar("_Made")
MOST_SUGGESTIONS = 5


class Searcher:
    """Searches one index."""

    def __init__(self, catalogue: Callable[[], Catalogue]) -> None:
        """Use an index that is read at the first search; see ``open`` and ``from_articles``."""
        self._read = catalogue

    @property
    def _catalogue(self) -> Catalogue:
        return self._read()

    def warm(self) -> None:
        """Read the index into memory now (some tens of milliseconds), so that the first search need not."""
        self._read()

    @classmethod
    def open(cls, folder: Path, content_hash: str) -> Searcher:
        """Open an index folder that nobody else can have written to (a benchmark's own); see ``of_files``."""
        try:
            files = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
        except OSError as error:
            raise ContentError(f"The search index is missing at “{folder}”.", ADVICE) from error
        return cls.of_files(files, content_hash)

    @classmethod
    def of_files(cls, files: Mapping[str, bytes], content_hash: str, phrases: Callable[[], Phrases] | None = None) -> Searcher:
        """Open an index from the bytes of its files, by name: what was held against checksums is what is read, then and later.

        ``phrases`` makes the index of phrases where that of the files must not be opened: Whoosh reads pickles, and only bytes
        that came with the program are trusted so far.
        Raises ContentError, with a sentence and advice, when the index is missing, damaged, foreign or made for other content.
        """
        if RANKING_NAME not in files:
            raise ContentError(f"The search index is missing: there is no {RANKING_NAME}.", ADVICE)
        try:
            packed = Pack(files[RANKING_NAME])
            _check_files(files, packed)
            stamp = packed.stamp
            made_by_us = (stamp.get("analyzer"), stamp.get("layout")) == (ANALYZER_VERSION, LAYOUT_VERSION)
            if made_by_us and stamp.get("content_hash") == content_hash:
                vocabulary = _general()
                phrases = _once(phrases or (lambda: _open_phrases(files)))
                return cls(_once(lambda: Catalogue.of_pack(packed, vocabulary, phrases)))
        except ContentError:
            raise
        except Exception as error:  # damage shows as any of a dozen errors, from struct to Unicode
            raise ContentError(f"The search index cannot be used: {error}.", ADVICE) from error
        raise ContentError("The search index belongs to another edition of the content.", ADVICE)

    @classmethod
    def from_articles(cls, articles: Iterable[Article], terms: Sequence[Term], categories: Sequence[Category]) -> Searcher:
        """Build an index in memory: for use when the index of the folder is damaged but the content is whole."""
        from desktop_app.search import index  # only wanted when something is wrong

        read: list[Sequence[Sequence[str]]] = []
        sections = index.ranking_sections(list(articles), terms, categories, read.append)
        packed = Pack(pack(index.stamp("", []), sections))
        vocabulary, phrases = _general(), _once(lambda: _phrases_in_memory(read))
        return cls(_once(lambda: Catalogue.of_pack(packed, vocabulary, phrases)))

    @classmethod
    def later(cls, make: Callable[[], Searcher]) -> Searcher:
        """Use a search that is made at the first question, once for all threads."""
        made = _once(make)
        return cls(lambda: made()._read())

    def search(self, query: SearchQuery) -> SearchResult:
        """Answer a query: any text, in bounded time, from any thread."""
        started = time.perf_counter()
        text = typed_text(query.text)
        result = self._search(query, text) if text.loose or text.phrases else SearchResult(query)
        return replace(result, took_ms=(time.perf_counter() - started) * 1000)

    def _search(self, query: SearchQuery, text: TypedText) -> SearchResult:
        understood = self._catalogue.expander.understand(text, query.literal)
        within, tried = self._phrases(text.phrases, understood)
        audience = AUDIENCES.index(query.audience)
        ranked, total, context = Ranker(self._catalogue).ranked(query, understood, within, audience)
        marker = Marker(self._words(understood))
        hits = tuple(self._hit(rank, found, marker, audience) for rank, found in enumerate(ranked[: max(0, query.limit)], 1))
        result = SearchResult(
            query=query,
            interpretation=tuple(understood.interpretation),
            total=total,
            hits=hits,
            answers=self._answers(understood, ranked, context, audience),
            meanings=tuple(understood.meanings),
            words=self._words(understood),
            tried=tried,
        )
        if not total or understood.unknown:
            return self._with_suggestions(result, understood, text)
        return result

    def _phrases(self, phrases: Sequence[str], understood: Understanding) -> tuple[Within | None, str]:
        """Return the statements that hold every quoted phrase (None: no restriction) and a sentence when none does."""
        found: dict[int, set[int]] | None = None
        for phrase in phrases:
            terms = [self._catalogue.analyzer.term(word) for word in surfaces(phrase) if word not in STOP_WORDS]
            if not terms:
                continue
            for term in dict.fromkeys(terms):
                understood.groups.append(Group((Option((term,)),)))
                understood.concepts.append(())
            understood.words[phrase.lower()] = None
            places = self._catalogue.side_by_side(terms)
            found = places if found is None else {a: found[a] | places[a] for a in found if a in places}
            understood.exact_keys.append(key_of(terms))
        if found is not None and not found:
            for phrase in phrases:
                understood.words.update(dict.fromkeys(surfaces(phrase)))
            return None, "No statement holds these words side by side: " + ", ".join(
                f"“{p}”" for p in phrases
            ) + ". Each word was searched."
        return found, ""

    # -- what is shown

    def _words(self, understood: Understanding) -> tuple[str, ...]:
        """Return the words and forms to highlight."""
        words = dict(understood.words)
        for numbers in understood.concepts:
            for number in numbers:
                for form in self._forms_of(number):
                    words[form] = None
        return tuple(words)

    def _forms_of(self, number: int) -> list[str]:
        lexicon = self._catalogue.lexicon
        return [form.lower() for form in lexicon.of_term(number)]

    def _hit(self, rank: int, found: Ranked, marker: Marker, audience: int) -> Hit:
        article = self._catalogue.shelf.article(found.article)
        statement = article.statement(found.statement)
        return Hit(
            rank=rank,
            article_id=article.id,
            article_title=article.title,
            question=article.question(audience),
            kind=article.kind,
            category=article.category(audience),
            section_id=statement.section,
            statement_id=statement.id,
            snippet=snippet(statement.text(audience), marker),
            score=round(found.score, 4),
            flags=statement.flags,
        )

    def _answers(
        self, understood: Understanding, ranked: Sequence[Ranked], context: Context, audience: int
    ) -> tuple[Answer, ...]:
        """Return statements that answer directly: for a drug with a finding, for a question, for two or more known terms."""
        places = answers.drug_findings(self._catalogue, understood, [r.article for r in ranked])
        terms = [numbers for numbers in understood.concepts if numbers]
        several = len(understood.groups) > 1 and len(terms) == len(understood.groups)
        if ranked and (understood.question or several):
            wanted = answers.Wanted(
                len(understood.groups), understood.question, context.named, context.statements, context.drugs, context.asked
            )
            places += answers.best_statements(self._catalogue, wanted, [r.article for r in ranked[:6]])
        elif ranked and ranked[0].order[0] >= EXACT and any(group.size > 1 for group in understood.groups):
            places.append(answers.Place(ranked[0].article, ranked[0].statement))
        return answers.answers(self._catalogue, places, audience)

    def _with_suggestions(self, result: SearchResult, understood: Understanding, text: TypedText) -> SearchResult:
        """Add the nearest terms and categories, and what was tried when nothing was found."""
        typed = " ".join([text.loose, *text.phrases]).lower()
        names = [term.preferred for term in self._catalogue.lexicon.terms] or [
            word for word, named in zip(self._catalogue.words.words, self._catalogue.words.named, strict=True) if named
        ][:1500]
        near = list(understood.suggestions) or similar(typed, names, MOST_SUGGESTIONS)
        titles = {title: identity for identity, title, _ in self._catalogue.categories}
        nodes = tuple(titles[title] for title in similar(typed, titles, 3))
        tried = result.tried
        if not result.total:
            tried = (
                "No article holds any of these words. They were tried as typed, without endings, in British and American spelling, "
                "as abbreviations, brand names and lay words, as beginnings of words and with typing errors mended."
            )
        elif understood.unknown and not tried:
            tried = "Not in this edition: " + ", ".join(understood.unknown) + "."
        return replace(result, suggestions=tuple(dict.fromkeys(near))[:MOST_SUGGESTIONS], nodes=nodes, tried=tried)


def phrases_of(articles: Iterable[Article], terms: Sequence[Term], categories: Sequence[Category]) -> Phrases:
    """Return an index of phrases made in memory (some seconds): for use when that of the folder must not be opened."""
    from desktop_app.search import index  # only wanted for content from elsewhere

    read: list[Sequence[Sequence[str]]] = []
    index.ranking_sections(list(articles), terms, categories, read.append)
    return _phrases_in_memory(read)


def _general() -> Lazy:
    """Return the general vocabulary; its file is read now (a later moment may find the folder gone), and unpacked when wanted."""
    data = GeneralVocabulary.file_data(paths.resources_folder() / "search" / FILE_NAME)
    return Lazy(lambda: GeneralVocabulary.of_data(data))


def _check_files(files: Mapping[str, bytes], packed: Pack) -> None:
    """Hold the other files of the index against the checksums in the packed one: all must be of one making."""
    for name, size, checksum in packed.stamp["files"]:
        if name not in files:
            raise ContentError(f"The search index is incomplete: {name} is missing.", ADVICE)
        if len(files[name]) != size or digest(files[name]).hex() != checksum:
            raise ContentError(f"The search index is damaged: {name} was changed.", ADVICE)


def _open_phrases(files: Mapping[str, bytes]) -> Phrases:
    from desktop_app.search.whoosh_index import PhraseIndex  # heavy; only quoted phrases need it

    return PhraseIndex.of_files(files)


def _phrases_in_memory(read: Sequence[Sequence[Sequence[str]]]) -> Phrases:
    from desktop_app.search.whoosh_index import PhraseIndex  # heavy; only quoted phrases need it

    return PhraseIndex.in_memory(read)


def _once(make: Callable[[], _Made]) -> Callable[[], _Made]:
    """Return a function that makes its value at the first call, once for all threads."""
    lock = threading.Lock()
    made: list[_Made] = []

    def get() -> _Made:
        if not made:
            with lock:
                if not made:
                    made.append(make())
        return made[0]

    return get
