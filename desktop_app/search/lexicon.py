"""The edition's vocabulary as search uses it: every form of every term under its key, and the terms a text speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from desktop_app.content.vocabulary import Term, TermKind, Why
from desktop_app.search.analyzer import Analyzer, key_of

LONGEST_FORM = 6
TAG = "#"
RawForms = Mapping[str, Sequence[Sequence[Any]]]  # key -> [term number, why or None, form]
BROADER_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class LexTerm:
    """A term without its forms; ``broader`` and ``narrower`` are numbers in the lexicon."""

    id: str
    kind: TermKind
    preferred: str
    article: str | None
    broader: tuple[int, ...]


class Form(NamedTuple):
    """A form that leads to a term; ``why`` is None for the preferred form."""

    term: int
    why: Why | None
    text: str


class Lexicon:
    """Forms by key. Keys hold terms of the analyser in sorted order, so "artery disease, peripheral" is found too."""

    def __init__(self, terms: Sequence[LexTerm], forms: RawForms) -> None:
        self.terms = terms
        self._forms = forms
        self.numbers = {term.id: number for number, term in enumerate(terms)}

    def find(self, key: str) -> tuple[Form, ...]:
        """Return the forms under a key, one for each term that is meant by it."""
        return tuple(Form(term, Why(why) if why else None, text) for term, why, text in self._forms.get(key, ()))

    @cached_property
    def members(self) -> frozenset[str]:
        """Return every index term that stands in a form."""
        return frozenset(member for key in self._forms for member in key.split())

    @cached_property
    def _multi(self) -> frozenset[str]:
        return frozenset(member for key in self._forms if " " in key for member in key.split())

    @cached_property
    def _of_term(self) -> dict[int, list[str]]:
        found: dict[int, list[str]] = {}
        for forms in self._forms.values():
            for term, _, text in forms:
                found.setdefault(term, []).append(text)
        return found

    @classmethod
    def of_terms(cls, terms: Sequence[Term], analyzer: Analyzer) -> Lexicon:
        """Build the lexicon of an edition's terms."""
        numbers = {term.id: number for number, term in enumerate(terms)}
        lex_terms = [
            LexTerm(t.id, t.kind, t.preferred, t.article, tuple(numbers[b] for b in t.broader if b in numbers)) for t in terms
        ]
        forms: dict[str, dict[int, list[Any]]] = {}
        for number, term in enumerate(terms):
            for text, why in (*term.forms(), (term.id.replace("-", " "), None)):
                key = analyzer.key(text)
                # The first form of a term under a key says why: preferred before abbreviation, brand, synonym …
                if key:
                    forms.setdefault(key, {}).setdefault(number, [number, why.value if why else None, text])
        return cls(lex_terms, {key: list(found.values()) for key, found in forms.items()})

    def as_json(self) -> dict[str, Any]:
        """Return plain values for the index file."""
        return {
            "terms": [[t.id, t.kind.value, t.preferred, t.article, list(t.broader)] for t in self.terms],
            "forms": self._forms,
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Lexicon:
        """Return the lexicon from the plain values of ``as_json``."""
        return cls([LexTerm(i, TermKind(k), p, a, tuple(b)) for i, k, p, a, b in values["terms"]], values["forms"])

    def of_term(self, number: int) -> Sequence[str]:
        """Return the forms of a term as written."""
        return self._of_term.get(number, ())

    def ancestors(self, number: int) -> Iterator[int]:
        """Yield the broader terms of a term, nearest first, each once."""
        seen = {number}
        queue = list(self.terms[number].broader)
        while queue:
            current = queue.pop(0)
            if current not in seen:
                seen.add(current)
                yield current
                queue.extend(self.terms[current].broader)

    def drug_words(self) -> frozenset[str]:
        """Return the index terms of the one-word names of drugs and their brands."""
        drugs = {number for number, term in enumerate(self.terms) if term.kind is TermKind.DRUG}
        error = Why.TYPING_ERROR.value
        return frozenset(
            key
            for key, forms in self._forms.items()
            if " " not in key and any(t in drugs and why != error for t, why, _ in forms)
        )

    def tags(self, text_terms: Sequence[str]) -> dict[str, float]:
        """Return the terms that a text speaks of, as ``#id`` with a count; a broader term gets a share of it.

        Forms with more than one meaning are passed over: which one is meant cannot be told from the words alone.
        """
        found: dict[str, float] = {}
        at = 0 if self._forms else len(text_terms)
        while at < len(text_terms):
            length, number = self._longest(text_terms, at)
            if number is not None:
                tag = TAG + self.terms[number].id
                found[tag] = found.get(tag, 0.0) + 1.0
                for broader in self.ancestors(number):
                    tag = TAG + self.terms[broader].id
                    found[tag] = found.get(tag, 0.0) + BROADER_SHARE
            at += length
        return found

    def _longest(self, text_terms: Sequence[str], at: int) -> tuple[int, int | None]:
        """Return the length and the term of the longest form that begins here; (1, None) when there is none."""
        most = 1
        while most < LONGEST_FORM and at + most < len(text_terms) and text_terms[at + most] in self._multi:
            most += 1
        if text_terms[at] not in self._multi:
            most = 1
        for length in range(most, 0, -1):
            forms = self._forms.get(key_of(text_terms[at : at + length]))
            if forms is not None:
                return length, forms[0][0] if len(forms) == 1 else None
        return 1, None


def article_forms(terms: Iterable[Term]) -> dict[str, list[Term]]:
    """Return the terms that name each article as the place to land."""
    found: dict[str, list[Term]] = {}
    for term in terms:
        if term.article:
            found.setdefault(term.article, []).append(term)
    return found
