"""The alphabetical index of the binder: symptoms and drugs, and the checklists that speak of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from desktop_app.content.checklist import Checklist
from desktop_app.content.vocabulary import Term, TermKind
from desktop_app.reading.linker import Linker

_INDEXED = frozenset({TermKind.DRUG, TermKind.FINDING, TermKind.CONDITION})


def index_words(
    checklists: Iterable[Checklist], terms: Mapping[str, Term], linker: Linker
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Return (word, ids of checklists) by word: what each checklist names in its items, and the articles it belongs to."""
    words: dict[str, list[str]] = {}
    for term in terms.values():
        if term.article and term.kind in _INDEXED:
            words.setdefault(term.article, []).append(term.preferred)
    found: dict[str, set[str]] = {}
    for checklist in checklists:
        text = " ".join((checklist.title, checklist.purpose, *(item.text for item in checklist.items())))
        for article in {*checklist.articles, *linker.mentions(text, "")}:
            for word in words.get(article, ()):
                found.setdefault(word, set()).add(checklist.id)
    return tuple((word, tuple(sorted(found[word]))) for word in sorted(found, key=str.casefold))
