"""The edition's vocabulary as search uses it: every form of every term under its key, and the terms a text speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_app.content.vocabulary import Term, TermKind, Why
from desktop_app.search.analyzer import STOP_WORDS, Analyzer, key_of, surfaces

LONGEST_FORM = 6
TAG = "#"
BROADER_SHARE = 0.4


@dataclass(frozen=True, slots=True)
class LexTerm:
    """A term without its forms; ``broader`` and ``narrower`` are numbers in the lexicon."""

    id: str
    kind: TermKind
    preferred: str
    article: str | None
    broader: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Form:
    """A form that leads to a term; ``why`` is None for the preferred form."""

    term: int
    why: Why | None
    text: str


class Lexicon:
    """Forms by key. Keys hold terms of the analyser in sorted order, so "artery disease, peripheral" is found too."""

    def __init__(self, terms: Sequence[LexTerm], forms: dict[str, tuple[Form, ...]]) -> None:
        self.terms = terms
        self.forms = forms
        self.numbers = {term.id: number for number, term in enumerate(terms)}
        self.members = frozenset(member for key in forms for member in key.split())
        self._of_term: dict[int, list[Form]] = {}
        for found in forms.values():
            for form in found:
                self._of_term.setdefault(form.term, []).append(form)
        self._multi = frozenset(member for key in forms if " " in key for member in key.split())

    @classmethod
    def of_terms(cls, terms: Sequence[Term], analyzer: Analyzer) -> Lexicon:
        """Build the lexicon of an edition's terms."""
        numbers = {term.id: number for number, term in enumerate(terms)}
        lex_terms = [
            LexTerm(t.id, t.kind, t.preferred, t.article, tuple(numbers[b] for b in t.broader if b in numbers)) for t in terms
        ]
        forms: dict[str, dict[int, Form]] = {}
        for number, term in enumerate(terms):
            for text, why in (*term.forms(), (term.id.replace("-", " "), None)):
                key = analyzer.key(text)
                # The first form of a term under a key says why: preferred before abbreviation, brand, synonym …
                if key:
                    forms.setdefault(key, {}).setdefault(number, Form(number, why, text))
        return cls(lex_terms, {key: tuple(found.values()) for key, found in forms.items()})

    def as_json(self) -> dict[str, Any]:
        """Return plain values for the index file."""
        return {
            "terms": [[t.id, t.kind.value, t.preferred, t.article, list(t.broader)] for t in self.terms],
            "forms": {k: [[f.term, f.why.value if f.why else None, f.text] for f in v] for k, v in self.forms.items()},
        }

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> Lexicon:
        """Return the lexicon from the plain values of ``as_json``."""
        whys: dict[str | None, Why | None] = {why.value: why for why in Why}
        whys[None] = None
        kinds = {kind.value: kind for kind in TermKind}
        terms = [LexTerm(i, kinds[k], p, a, tuple(b)) for i, k, p, a, b in values["terms"]]
        forms = {key: tuple(Form(n, whys[w], text) for n, w, text in found) for key, found in values["forms"].items()}
        return cls(terms, forms)

    def of_term(self, number: int) -> Sequence[Form]:
        """Return the forms of a term."""
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

    def drug_words(self, analyzer: Analyzer) -> frozenset[str]:
        """Return the index terms of the one-word names of drugs and their brands."""
        found = set()
        for key, forms in self.forms.items():
            if " " not in key and any(self.terms[f.term].kind is TermKind.DRUG and f.why is not Why.TYPING_ERROR for f in forms):
                found.add(key)
        return frozenset(found)

    def tags(self, text_terms: Sequence[str]) -> dict[str, float]:
        """Return the terms that a text speaks of, as ``#id`` with a count; a broader term gets a share of it.

        Forms with more than one meaning are passed over: which one is meant cannot be told from the words alone.
        """
        found: dict[str, float] = {}
        at = 0
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
            forms = self.forms.get(key_of(text_terms[at : at + length]))
            if forms is not None:
                return length, forms[0].term if len(forms) == 1 else None
        return 1, None


def content_terms(text: str, analyzer: Analyzer) -> list[str]:
    """Return the index terms of a text in order, without stop words."""
    return [analyzer.term(word) for word in surfaces(text) if word not in STOP_WORDS]


def article_forms(terms: Iterable[Term]) -> dict[str, list[Term]]:
    """Return the terms that name each article as the place to land."""
    found: dict[str, list[Term]] = {}
    for term in terms:
        if term.article:
            found.setdefault(term.article, []).append(term)
    return found
