"""Where the words of a text become links and found words.

Every drug, condition and test that a statement names and that has an article of its own is linked, once per statement;
abbreviations with more than one meaning are never linked.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from desktop_app.content.vocabulary import Term, TermKind, Why
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.page import Runs, Span

_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")
_LINKED_KINDS = frozenset({TermKind.DRUG, TermKind.CONDITION, TermKind.TEST})
_LINKED_WHY = frozenset({None, Why.SYNONYM, Why.ABBREVIATION, Why.SPELLING})
_GAP = re.compile(r"[\s\u2010\u2011-]+")  # a space or a hyphen, nothing that ends a phrase
_SHORTEST = 3


@dataclass(frozen=True, slots=True)
class _Form:
    words: tuple[str, ...]
    article: str
    exact: bool  # an abbreviation: capitals count


class Linker:
    """Finds the names of things that have an article; made once for an edition."""

    def __init__(self, terms: Iterable[Term], titles: Iterable[tuple[str, str]] = ()) -> None:
        """Take the vocabulary and (article id, title) pairs."""
        forms: dict[tuple[tuple[str, ...], bool], set[str]] = {}
        for term in terms:
            for form, why in term.forms():
                key = _key(form, exact=why is Why.ABBREVIATION)
                if term.article and term.kind in _LINKED_KINDS and why in _LINKED_WHY and len(form) >= _SHORTEST:
                    forms.setdefault(key, set()).add(term.article)
                elif why is Why.ABBREVIATION:
                    forms.setdefault(key, set()).add("")  # another meaning: now it is ambiguous
        for article, title in titles:
            forms.setdefault(_key(title, exact=False), set()).add(article)
        self._by_first: dict[str, list[_Form]] = {}
        for (words, exact), articles in forms.items():
            if words and len(articles) == 1 and (article := next(iter(articles))):
                self._by_first.setdefault(words[0].lower(), []).append(_Form(words, article, exact))
        for found in self._by_first.values():
            found.sort(key=lambda form: -len(form.words))

    def runs(self, text: str, own_article: str, found_words: Collection[str] = ()) -> Runs:
        """Return a text as spans: links to other articles, and the words of ``found_words`` (lower case) marked."""
        tokens = list(_WORD.finditer(text))
        links = self._links(text, tokens, own_article)
        spans: list[Span] = []
        at = 0
        number = 0
        while number < len(tokens):
            link, length = links.get(number, (None, 1))
            start, end = tokens[number].start(), tokens[number + length - 1].end()
            if start > at:
                _add(spans, Span(text[at:start]))
            for span in _marked(text[start:end], link, found_words):
                _add(spans, span)
            at = end
            number += length
        if at < len(text):
            _add(spans, Span(text[at:]))
        return tuple(spans)

    def mentions(self, text: str, own_article: str) -> tuple[str, ...]:
        """Return the ids of the articles that a text names."""
        links = self._links(text, list(_WORD.finditer(text)), own_article)
        return tuple(link.id for link, _ in links.values() if link)

    def _links(self, text: str, tokens: Sequence[re.Match[str]], own_article: str) -> dict[int, tuple[Link | None, int]]:
        """Return by token number the link that begins there and how many tokens it covers; none reaches over a comma."""
        found: dict[int, tuple[Link | None, int]] = {}
        seen = {own_article}
        words = [token.group() for token in tokens]
        joined = [bool(_GAP.fullmatch(text[one.end() : two.start()])) for one, two in pairwise(tokens)]
        number = 0
        while number < len(words):
            form = self._longest(words, joined, number)
            if form is None:
                number += 1
                continue
            if form.article not in seen:
                seen.add(form.article)
                found[number] = (Link(LinkKind.ARTICLE, form.article), len(form.words))
            number += len(form.words)
        return found

    def _longest(self, words: Sequence[str], joined: Sequence[bool], at: int) -> _Form | None:
        first = words[at].lower()
        for start in (first, first.removesuffix("s")):
            for form in self._by_first.get(start, ()):
                length = len(form.words)
                if _matches(form, words[at : at + length]) and all(joined[at : at + length - 1]):
                    return form
        return None


def _key(form: str, *, exact: bool) -> tuple[tuple[str, ...], bool]:
    words = tuple(_WORD.findall(form))
    return (words if exact else tuple(word.lower() for word in words)), exact


def _matches(form: _Form, words: Sequence[str]) -> bool:
    if len(words) < len(form.words):
        return False
    if form.exact:
        return all(word in (own, f"{own}s") for own, word in zip(form.words, words, strict=True))
    return all(word.lower() in (own, f"{own}s") for own, word in zip(form.words, words, strict=True))


def _marked(text: str, link: Link | None, found_words: Collection[str]) -> list[Span]:
    """Split a piece at the words that were searched for."""
    if not found_words:
        return [Span(text, link)]
    spans: list[Span] = []
    at = 0
    for token in _WORD.finditer(text):
        if token.group().lower() in found_words:
            if token.start() > at:
                spans.append(Span(text[at : token.start()], link))
            spans.append(Span(token.group(), link, found=True))
            at = token.end()
    if at < len(text):
        spans.append(Span(text[at:], link))
    return spans


def _add(spans: list[Span], span: Span) -> None:
    """Join neighbours that look alike, so that a page has few pieces."""
    if spans and spans[-1].link == span.link and spans[-1].found == span.found:
        spans[-1] = Span(spans[-1].text + span.text, span.link, span.found)
    else:
        spans.append(span)
