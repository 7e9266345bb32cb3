"""Statements that answer a question directly, quoted as they stand; nothing is generated."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from desktop_app.content.model import Relation
from desktop_app.content.vocabulary import TermKind
from desktop_app.search.catalogue import Catalogue, DrugEffect
from desktop_app.search.hit import Answer
from desktop_app.search.ranking import StatementScorer
from desktop_app.search.understanding import Understanding

MOST_ANSWERS = 3
DRUG_LIFT = 4.0  # the article of the drug that is asked about
ASKED_WORTH = 0.3  # of standing in a section that a question asks for, whatever its words
ASKED_LIFT = 3.0  # a statement in the section that a question asks for
OUTRIGHT = 0.5  # of the best worth of a word in any of the statements looked at
NAMED_SHARE = 0.25  # of a word that the title says already
_FIRST = (Relation.CAUSES, Relation.WORSENS, Relation.WITHDRAWAL, Relation.TREATS, Relation.POSSIBLE, Relation.NOT_SHOWN)


@dataclass(frozen=True, slots=True)
class Place:
    """A statement by numbers."""

    article: int
    statement: int


def drug_findings(catalogue: Catalogue, understood: Understanding, order: Sequence[int] = ()) -> list[Place]:
    """Return the statements that say something of a drug and a finding of the query.

    The drug itself comes before its class, then articles in the order given, then what it causes before what is in doubt.
    """
    ranks = {article: rank for rank, article in enumerate(order)}
    lexicon = catalogue.lexicon
    typed = [number for numbers in understood.concepts for number in numbers]
    drugs = [number for number in typed if lexicon.terms[number].kind is TermKind.DRUG]
    findings = [n for n in typed if lexicon.terms[n].kind in (TermKind.FINDING, TermKind.CONDITION)]
    found: list[tuple[int, int, DrugEffect]] = []
    for drug in drugs:
        for finding in findings:
            for steps, (drug_id, finding_id) in _related(catalogue, drug, finding):
                for effect in catalogue.effects.get((drug_id, finding_id), ()):
                    found.append((steps, _FIRST.index(effect.relation), effect))
    found.sort(key=lambda f: (f[0], ranks.get(f[2].article, len(ranks)), f[1], f[2].article, f[2].statement))
    return list(dict.fromkeys(Place(effect.article, effect.statement) for _, _, effect in found))


def _related(catalogue: Catalogue, drug: int, finding: int) -> Iterator[tuple[int, tuple[str, str]]]:
    """Yield (how far away, (drug id, finding id)): the terms themselves, then broader, then narrower ones."""
    lexicon = catalogue.lexicon
    for drug_steps, one in _family(catalogue, drug):
        for finding_steps, other in _family(catalogue, finding):
            yield drug_steps + finding_steps, (lexicon.terms[one].id, lexicon.terms[other].id)


def _family(catalogue: Catalogue, number: int) -> Iterator[tuple[int, int]]:
    yield 0, number
    yield from enumerate(catalogue.lexicon.ancestors(number), 1)
    for other in range(len(catalogue.lexicon.terms)):
        if number in catalogue.lexicon.terms[other].broader:
            yield 1, other


@dataclass(frozen=True, slots=True)
class Wanted:
    """A query as answers look at it: how many groups, whether it is a question, which articles name each group, which are a drug's, which
    sections a group asks for."""

    groups: int
    question: bool
    named: Sequence[frozenset[int]]
    statements: StatementScorer
    drugs: frozenset[int]
    asked: Mapping[int, frozenset[str]]


def best_statements(catalogue: Catalogue, wanted: Wanted, articles: Sequence[int]) -> list[Place]:
    """Return the statements of some articles that meet every word of the query, alone or with the article's names.

    A question of three words or more may miss one: people ask in words that no statement uses.
    """
    spare = 1 if wanted.question and wanted.groups > 2 else 0
    scored = [wanted.statements.score(catalogue.first[article], catalogue.first[article + 1]) for article in articles]
    best: dict[int, float] = {}
    for statements in scored:
        for met in statements.values():
            for at, worth in met.items():
                best[at] = max(worth, best.get(at, 0.0))
    found: list[tuple[float, Place]] = []
    for rank, (article, statements) in enumerate(zip(articles, scored, strict=True)):
        named = {at for at, places in enumerate(wanted.named) if article in places}
        first = catalogue.first[article]
        for place in range(first, catalogue.first[article + 1]):
            all_met = statements.get(place, {})
            # A word that only another audience's text or a broader term brings in is no answer where others say it outright.
            met = {at: worth for at, worth in all_met.items() if worth >= OUTRIGHT * best[at]}
            section = catalogue.section_of(place)
            answered = {at for at, sections in wanted.asked.items() if section in sections}
            missing = wanted.groups - len(named | met.keys() | answered)
            # Something must stand in the statement that its title does not say already.
            if missing <= spare and ((met.keys() | answered) - named or len(met) == wanted.groups):
                total = ASKED_WORTH * len(answered) + sum(
                    value * (NAMED_SHARE if at in named else 1.0) for at, value in met.items()
                )
                total *= (
                    1.5 ** len(named)
                    * (DRUG_LIFT if article in wanted.drugs else 1.0)
                    * (ASKED_LIFT if answered else 1.0)
                    * 0.25**missing
                )
                found.append((total * (1 + len(met.keys() - named)) / (1 + 1.5 * rank), Place(article, place - first)))
    found.sort(key=lambda f: -f[0])
    return [place for _, place in found]


def answers(catalogue: Catalogue, places: Sequence[Place], audience: int) -> tuple[Answer, ...]:
    """Return the answers of some places, each once."""
    made = []
    for place in list(dict.fromkeys(places))[:MOST_ANSWERS]:
        article = catalogue.shelf.article(place.article)
        statement = article.statement(place.statement)
        made.append(Answer(article.id, statement.id, statement.text(audience), statement.citations))
    return tuple(made)
