"""The order of articles and the statement at which each is shown.

Title or alias exactly as typed first, then articles with all words, then those with more of them, then the score.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from desktop_app.content.model import Flag
from desktop_app.content.vocabulary import TermKind
from desktop_app.search import answers
from desktop_app.search.catalogue import Catalogue
from desktop_app.search.intents import Intents
from desktop_app.search.lexicon import TAG
from desktop_app.search.query import SearchQuery
from desktop_app.search.ranking import Group, Option, Scored, Scorer, StatementScorer
from desktop_app.search.understanding import Understanding

CANDIDATES = 60
STATEMENT_SHARE = 0.6
LIFT = {Flag.RED_FLAG: 1.06, Flag.MUST_NOT_MISS: 1.08, Flag.PITFALL: 1.02}
GIVEN_LIFT = 1.35
SUMMARY_LIFT = 4.0
EXACT = 3
EFFECT_LIFT = 3.0
ASKED_LIFT = 2.0
DRUG_LIFT = 1.25
Within = Mapping[int, set[int]]  # article number -> numbers of the statements in it that hold every quoted phrase


@dataclass(frozen=True, slots=True)
class Ranked:
    """An article with its place in the order and its best statement."""

    article: int
    order: tuple[float, ...]
    score: float
    statement: int


@dataclass(frozen=True, slots=True)
class Context:
    """What ranking one article needs to know of the query; ``whole`` is the number of words asked for."""

    exact: Mapping[int, int]
    named: Sequence[frozenset[int]]
    statements: StatementScorer
    lifted: StatementScorer | None
    within: Within | None
    whole: int
    effects: frozenset[tuple[int, int]]
    drugs: frozenset[int]
    asked: Mapping[int, frozenset[str]]


class Ranker:
    """Puts the articles of a catalogue in order for a query."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._catalogue = catalogue
        self._scorer = Scorer(catalogue.articles, catalogue.names)
        flags = [[flag for at, flag in enumerate(Flag) if bits >> at & 1] for bits in range(1 << len(Flag))]
        self._lifts = [max((LIFT[flag] for flag in found), default=1.0) for found in flags]

    def ranked(
        self, query: SearchQuery, understood: Understanding, within: Within | None, audience: int
    ) -> tuple[list[Ranked], int, Context]:
        """Return the articles in order with their best statements, and how many there are in all."""
        catalogue = self._catalogue
        most = max(CANDIDATES, query.limit) if within is None else len(catalogue.ids)
        scored, total = self._scorer.top(understood.groups, audience, most)
        exact = self._exact(understood)
        if within is not None:
            scored = [found for found in scored if found.article in within]
            total = len(scored)
        else:
            known = {found.article for found in scored}
            scored += [Scored(article, 0, 0.0) for article in exact if article not in known]
            total = max(total, len(scored))
        given = self._given(query.given)
        lifted = StatementScorer(catalogue.statements, catalogue.articles, given, audience) if given else None
        context = Context(
            exact=exact,
            named=self._scorer.named(understood.groups),
            statements=StatementScorer(catalogue.statements, catalogue.articles, understood.groups, audience),
            lifted=lifted,
            within=within,
            whole=sum(group.size for group in understood.groups),
            drugs=self._drug_articles(understood),
            asked=Intents(catalogue.analyzer).asked(understood.groups) if understood.question else {},
            effects=frozenset((p.article, p.statement) for p in answers.drug_findings(catalogue, understood)),
        )
        ranked = [self._rank(one, context) for one in scored]
        ranked.sort(key=lambda r: (tuple(-part for part in r.order), r.article))
        return ranked, total, context

    def _rank(self, found: Scored, context: Context) -> Ranked:
        """Find the best statement of an article, and the article's place in the order."""
        article, strength = found.article, context.exact.get(found.article, 0)
        first, last = self._catalogue.first[article], self._catalogue.first[article + 1]
        within = context.within[article] if context.within is not None else None
        named = {at for at, places in enumerate(context.named) if article in places}
        best, best_fit, worth, share = (min(within) if within else 0), 0.0, 0.0, 1.0
        if last > first:
            given = context.lifted.score(first, last) if context.lifted else {}
            share = GIVEN_LIFT if given else 1.0
            scored = context.statements.score(first, last)
            for place in range(first, last):
                met = scored.get(place, {})
                lift = self._lifts[self._catalogue.flags[place]] * (GIVEN_LIFT if place in given else 1.0)
                # What the title says already tells statements apart no longer.
                fit = lift * sum(value * (answers.NAMED_SHARE if at in named else 1.0) for at, value in met.items())
                fit *= 1 + len(met.keys() - named)
                if any(self._catalogue.section_of(place) in sections for sections in context.asked.values()):
                    fit = (fit + answers.ASKED_WORTH) * ASKED_LIFT
                if (article, place - first) in context.effects:
                    fit *= EFFECT_LIFT
                if strength >= EXACT and place == first and named:
                    fit *= SUMMARY_LIFT
                if fit > best_fit and (within is None or place - first in within):
                    best, best_fit, worth = place - first, fit, lift * sum(met.values())
        if article in context.drugs:
            share *= DRUG_LIFT
        score = (found.value + STATEMENT_SHARE * worth) * share
        full = float(0 < context.whole <= found.matched)
        return Ranked(article, (float(strength), full, float(found.matched), score), score, best)

    def _exact(self, understood: Understanding) -> dict[int, int]:
        """Return article -> strength where title, question or an alias is what was typed."""
        found: dict[int, int] = {}
        for key in understood.exact_keys:
            for article, strength in self._catalogue.exact.get(key, ()):
                found[article] = max(strength, found.get(article, 0))
        for identity, strength in understood.landing:
            number = self._catalogue.numbers.get(identity)
            if number is not None:
                found[number] = max(strength, found.get(number, 0))
        return found

    def _drug_articles(self, understood: Understanding) -> frozenset[int]:
        """Return the articles about a drug that is asked about together with something else."""
        lexicon = self._catalogue.lexicon
        if len(understood.groups) < 2:
            return frozenset()
        drugs = [n for numbers in understood.concepts for n in numbers if lexicon.terms[n].kind is TermKind.DRUG]
        found = (lexicon.terms[n].article or "" for n in drugs)
        return frozenset(self._catalogue.numbers[a] for a in found if a in self._catalogue.numbers)

    def _given(self, chips: Sequence[str]) -> list[Group]:
        numbers = self._catalogue.articles.numbers
        groups = []
        for chip in chips:
            words = tuple(word.term for word in self._catalogue.analyzer.words(chip.replace("-", " ")))
            terms = (TAG + chip,) if TAG + chip in numbers else words
            groups.append(Group((Option(terms),)))
        return groups
