"""From an article to what is indexed: weighted frequencies (BM25F) for the article and for each statement, and what is shown.

Field weights and length normalisation are those written down in docs/search.md.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from desktop_app.content.audience import Audience
from desktop_app.content.model import Article, Category, Section, Statement
from desktop_app.content.vocabulary import Term, Why
from desktop_app.search.analyzer import STOP_WORDS, Analyzer, joined_forms, parts_of, runs
from desktop_app.search.lexicon import TAG, Lexicon

AUDIENCES = tuple(Audience)
TITLE, ALIASES, QUESTION, SUMMARY, TEXT, OTHERS, HEADING, FLAGS = 7.0, 5.0, 2.0, 2.0, 1.0, 0.35, 0.5, 0.5
LENGTH_SHARE = 0.7  # b of BM25 for running text; names are not normalised
TAG_SHARE = 1.2
STATEMENT_LENGTH = 30.0
NAME_LENGTH = 3.0
ALIAS_SHARE = 1.5


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of one article.

    ``statements`` is empty where there is only one. ``sequences`` holds for each statement the content terms, in order, of
    the title (first statement only) and of each distinct text: what Whoosh indexes for phrases.
    """

    article: Article
    names: Counter[str]
    text: Mapping[str, Sequence[float]]
    statements: tuple[Mapping[str, Sequence[float]], ...]
    sequences: tuple[tuple[tuple[str, ...], ...], ...]


class Gatherer:
    """Analyses texts, each distinct text once, and weighs the fields."""

    def __init__(self, analyzer: Analyzer, lexicon: Lexicon, terms_of: Mapping[str, Sequence[Term]], mean_length: float) -> None:
        self._analyzer = analyzer
        self._lexicon = lexicon
        self._terms_of = terms_of
        self._mean = max(1.0, mean_length)
        self.surfaces: dict[str, str] = {}

    def read(self, text: str) -> _Read:
        """Analyse a text: its content terms in order, and how often each index term and each vocabulary term stands in it."""
        content: list[str] = []
        counted: Counter[str] = Counter()
        compounds = runs(text)
        for word in parts_of(compounds):
            term = self.surfaces.get(word)
            if term is None:
                term = self.surfaces[word] = self._analyzer.term(word)
            if word not in STOP_WORDS:
                content.append(term)
        counted.update(content)
        for joined in joined_forms(compounds):
            term = self.surfaces[joined] = self._analyzer.term(joined)
            counted[term] += 1
        for tag, count in self._lexicon.tags(content).items():
            counted[tag] = counted[tag] + count * TAG_SHARE  # type: ignore[assignment]  # a Counter holds any number
        return _Read(tuple(content), counted)

    def learn(self, terms: Iterable[Term]) -> None:
        """Take the words of the vocabulary into the word list, but for its known misspellings."""
        for term in terms:
            for form, why in term.forms():
                if why is not Why.TYPING_ERROR:
                    self.read(form)

    def entry(self, article: Article) -> Entry:
        """Return what is indexed of an article."""
        names = self._names(article)
        parts = [self._part(section, statement) for section, statement in article.statements()]
        questions = [self.read(article.question(audience)).counts for audience in AUDIENCES]
        uniform = all(part.uniform for part in parts) and questions[0] == questions[1] == questions[2]
        totals = [self._article_counts(parts, questions, audience) for audience in range(1 if uniform else len(AUDIENCES))]
        for total in totals:
            for term, count in names.items():
                total[term] = total.get(term, 0.0) + count
        statements = tuple(self._statement(part) for part in parts) if len(parts) > 1 else ()
        title = self.read(article.title).content
        sequences = tuple(((title,) if at == 0 else ((),)) + part.contents for at, part in enumerate(parts))
        return Entry(article, names, _by_term(totals), statements, sequences)

    def _article_counts(self, parts: Sequence[_Part], questions: Sequence[Counter[str]], audience: int) -> dict[str, float]:
        """Weigh the running text of an article for one audience: questions, summary, statements, headings and flags."""
        total: dict[str, float] = {}
        norm = 1 - LENGTH_SHARE + LENGTH_SHARE * sum(part.lengths[audience] for part in parts) / self._mean
        for part in parts:
            _mix(total, part, audience, TEXT / norm, OTHERS / norm, (HEADING + FLAGS) / 2 / norm)
        _mix(total, parts[0], audience, SUMMARY / norm, 0.0, 0.0)
        for term, count in questions[audience].items():
            total[term] = total.get(term, 0.0) + QUESTION * count
        return total

    def _names(self, article: Article) -> Counter[str]:
        """Weigh title and aliases: all forms of the article's terms, each word once."""
        names: Counter[str] = Counter()
        for term in self.read(article.title).counts:
            names[term] += TITLE  # type: ignore[assignment]  # a Counter holds any number
        aliases: set[str] = set()
        for own in self._terms_of.get(article.id, ()):
            aliases.add(TAG + own.id)
            for form, why in own.forms():
                if why is not Why.TYPING_ERROR:
                    aliases |= {term for term in self.read(form).counts if not term.startswith(TAG)}
        for term in aliases:
            names[term] += ALIASES  # type: ignore[assignment]  # as above
        return names

    @staticmethod
    def name_counts(names: Mapping[str, float]) -> dict[str, tuple[float, ...]]:
        """Return the frequencies of title and aliases on their own level: the title counts by its share of a short title."""
        length = sum(1 for term, weight in names.items() if weight >= TITLE and not term.startswith(TAG))
        norm = 0.5 + 0.5 * length / NAME_LENGTH
        return {term: (3.0 / norm if weight >= TITLE else ALIAS_SHARE,) * len(AUDIENCES) for term, weight in names.items()}

    def _part(self, section: Section | None, statement: Statement) -> _Part:
        texts = [statement.text(audience) for audience in AUDIENCES]
        read = {text: self.read(text) for text in dict.fromkeys(texts)}
        heading = self.read(" ".join([*(flag.label for flag in statement.flags), section.headings.clinician if section else ""]))
        note = [self.read(statement.note).counts] if statement.note else []
        others = tuple(_sum([r.counts for t, r in read.items() if t != text] + note) for text in texts)
        own = tuple(read[text].counts for text in texts)
        contents = tuple(r.content for r in read.values())
        return _Part(own, others, heading.counts, contents, uniform=len(read) == 1)

    def _statement(self, part: _Part) -> Mapping[str, Sequence[float]]:
        totals = []
        for audience in range(1 if part.uniform else len(AUDIENCES)):
            total: dict[str, float] = {}
            norm = 0.6 + 0.4 * part.lengths[audience] / STATEMENT_LENGTH
            _mix(total, part, audience, TEXT / norm, OTHERS / norm, 2 * HEADING / norm)
            totals.append(total)
        return _by_term(totals)


@dataclass(frozen=True, slots=True)
class _Read:
    """A text as analysed: ``content`` has no stop words."""

    content: tuple[str, ...]
    counts: Counter[str]


@dataclass(frozen=True)
class _Part:
    """A statement as analysed: own text and others for each audience, heading with flags for all; ``contents`` of each distinct text."""

    own: tuple[Counter[str], ...]
    others: tuple[Counter[str], ...]
    heading: Counter[str]
    contents: tuple[tuple[str, ...], ...]
    uniform: bool

    @cached_property
    def lengths(self) -> tuple[float, ...]:
        counted = [
            sum(count for term, count in own.items() if not term.startswith(TAG))
            for own in self.own[: 1 if self.uniform else None]
        ]
        return tuple(counted * (len(AUDIENCES) if self.uniform else 1))


def _sum(counters: Iterable[Counter[str]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for counter in counters:
        total.update(counter)
    return total


def _mix(total: dict[str, float], part: _Part, audience: int, own: float, others: float, heading: float) -> None:
    """Add the counts of a statement for one audience, each field with its weight."""
    for weight, counts in ((own, part.own[audience]), (others, part.others[audience]), (heading, part.heading)):
        if weight:
            for term, count in counts.items():
                total[term] = total.get(term, 0.0) + weight * count


def _by_term(totals: Sequence[Mapping[str, float]]) -> dict[str, tuple[float, ...]]:
    """Turn frequencies for each audience into frequencies by term; a single one stands for all audiences."""
    if len(totals) == 1:
        return {term: (count,) * len(AUDIENCES) for term, count in totals[0].items()}
    terms = dict.fromkeys(term for total in totals for term in total)
    return {term: tuple(total.get(term, 0.0) for total in totals) for term in terms}


def mean_length(articles: Iterable[Article]) -> float:
    """Return the mean number of words of an article's text for clinicians (an estimate from its characters)."""
    sizes = [sum(len(s.texts.clinician) for _, s in article.statements()) / 6 for article in articles]
    return sum(sizes) / len(sizes) if sizes else 1.0


def shown_values(article: Article, categories: Mapping[str, Category]) -> bytes:
    """Return what a hit shows of an article, as JSON: equal texts of the audiences are kept once."""
    category = categories.get(article.categories[0]) if article.categories else None
    shown = {
        "id": article.id,
        "title": article.title,
        "kind": article.kind.value,
        "category": _once([category.title, category.title, category.patient_title]) if category else [""],
        "questions": _once([article.question(audience) for audience in AUDIENCES]),
        "statements": [
            [
                statement.id,
                section.id if section else "",
                _once([statement.text(audience) for audience in AUDIENCES]),
                list(statement.citations),
                [flag.value for flag in statement.flags],
            ]
            for section, statement in article.statements()
        ],
    }
    return json.dumps(shown, ensure_ascii=False, separators=(",", ":")).encode("utf-8")


def _once(texts: list[str]) -> list[str]:
    return texts[:1] if len(set(texts)) == 1 else texts


def effects(articles: Sequence[Article]) -> Iterator[list[object]]:
    """Yield [drug, finding, relation, article number, statement number in the article] for each effect."""
    for number, article in enumerate(articles):
        for at, (_, statement) in enumerate(article.statements()):
            for effect in statement.effects:
                yield [effect.drug, effect.finding, effect.relation.value, number, at]
