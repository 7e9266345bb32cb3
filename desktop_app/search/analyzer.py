"""From text to index terms, the same for content and for what is typed.

Steps: Unicode NFKC and lower case, accents off, Greek letters spelled out, words split at hyphens and slashes (the joined
form is kept beside the parts), UK spelling folded to US, Porter's stemmer (the one of Whoosh). Words of three letters or
fewer and words with a digit are not stemmed, so that abbreviations stay whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from whoosh.lang.porter import stem as porter_stem

ANALYZER_VERSION = 2
LONGEST_WORD = 48


def _listed(words: str) -> list[str]:
    return words.split()


STOP_WORDS = frozenset(
    _listed(
        "a an and are as at be been but by for from had has have he her his if in into is it its me my nor of on or our she so "
        "such than that the their them then there these they this those to too up was we were with you your"
    )
)
QUESTION_WORDS = frozenset(
    _listed(
        "what which who whom when where why how can could does do did is are am will would shall should may might must any some "
        "tell about please before after while during there get gets cause causes caused causing i"
    )
)
_OPENERS = frozenset(
    _listed("what which who when where why how can could does do did is are am will would should may might must")
)

_RUN = re.compile(r"[^\W_]+(?:[-‐‑–−/.,'’+][^\W_]+)*")
_DECIMAL = re.compile(r"\d+(?:[.,]\d+)+")
_UNIT = re.compile(r"(\d+(?:[.,]\d+)?)(mg|mcg|ug|kg|g|ml|l|mmol|iu|units?|mm|cm)")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]")
_JOINS = re.compile(r"[-‐‑–−/.,'’+]")
_GREEK = {"α": "alpha", "β": "beta", "γ": "gamma", "δ": "delta", "κ": "kappa", "ω": "omega"}

_FOLDS = (
    (re.compile(r"mme(s?)$"), r"m\1"),
    (re.compile(r"(?<=[a-z]{3})our(?=$|s$|ed$|ing$|al|ful|less|ist|able|er)"), "or"),
    (re.compile(r"(?<=[a-z]{3})is(?=(?:e|ed|es|ing|ation|ations|er|ers)$)"), "iz"),
    (re.compile(r"(?<=[a-z])lys(?=(?:e|ed|es|ing)$)"), "lyz"),
    (re.compile(r"(?<=[btv])re(s?)$"), r"er\1"),
    (re.compile(r"ogue(s?)$"), r"og\1"),
    (re.compile(r"^sulph|(?<=[a-z])sulph"), "sulf"),
    (re.compile(r"leuco(?=[a-z])"), "leuko"),
    (re.compile(r"(?<=[a-z]{3}[^p]o)ses$"), "sis"),
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word as typed or written, and its index term."""

    surface: str
    term: str


class Analyzer:
    """Turns text into index terms; remembers the terms of words it has seen (up to a bound)."""

    def __init__(self) -> None:
        self._terms: dict[str, str] = {}

    def term(self, surface: str) -> str:
        """Return the index term of one lower-case word without separators."""
        known = self._terms.get(surface)
        if known is None:
            known = fold_and_stem(surface)
            if len(self._terms) > 100_000:
                self._terms.clear()
            self._terms[surface] = known
        return known

    def words(self, text: str) -> list[Word]:
        """Return the words of a text in order, without the joined forms."""
        return [Word(surface, self.term(surface)) for surface in surfaces(text)]

    def key(self, text: str) -> str:
        """Return the key under which a form is looked up: its terms without stop words, sorted, joined by spaces."""
        return key_of(word.term for word in self.words(text) if word.surface not in STOP_WORDS) or key_of(
            word.term for word in self.words(text)
        )


def key_of(terms: Iterable[str]) -> str:
    """Return the key of some terms: word order does not matter."""
    return " ".join(sorted(terms))


def is_question(surfaces_typed: list[str], text: str) -> bool:
    """Tell whether typed text asks something."""
    return len(surfaces_typed) > 2 and (text.rstrip().endswith("?") or surfaces_typed[0] in _OPENERS)


def runs(text: str) -> list[str]:
    """Return the words and compounds of a text as they stand between spaces, in plain lower case."""
    return _RUN.findall(_plain(text))


def surfaces(text: str) -> list[str]:
    """Return the lower-case words of a text in order, compounds split into their parts."""
    return parts_of(runs(text))


def parts_of(compounds: Iterable[str]) -> list[str]:
    """Return the words of some runs in order, compounds split into their parts."""
    found: list[str] = []
    for run in compounds:
        if run.isalpha():
            found.append(run if len(run) <= LONGEST_WORD else run[:LONGEST_WORD])
        elif run.isalnum():
            _add(found, run)
        else:
            for part in _parts(run):
                _add(found, part)
    return found


def joined_forms(compounds: Iterable[str]) -> Iterator[str]:
    """Yield the joined form of each two-part compound: ``betaagonist`` for beta-agonist, ``mg/kg`` for mg/kg."""
    for run in compounds:
        if run.isalnum() or len(run) > 24:
            continue
        pieces = _JOINS.split(run)
        if len(pieces) == 2 and not _DECIMAL.fullmatch(run) and "'" not in run and "’" not in run:
            yield run if "/" in run else "".join(pieces)


def fold_and_stem(word: str) -> str:
    """Return the index term of a lower-case word: UK spelling folded to US, then stemmed."""
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return "hem" if word == "haem" else word
    folded = fold(word)
    stemmed = folded if len(folded) <= 3 else porter_stem(folded)
    # Whoosh's stemmer leaves the doubled letter of "stopping"; both sides of a search are treated alike.
    return stemmed[:-1] if len(stemmed) > 3 and stemmed[-1] == stemmed[-2] and stemmed[-1] not in "aeiousz" else stemmed


def fold(word: str) -> str:
    """Return a lower-case word with UK spelling folded to US (not always a real word, but the same for both)."""
    if len(word) >= 6 or word.startswith("haem"):
        word = word.replace("ae", "e").replace("oe", "e")
    for pattern, replacement in _FOLDS:
        word = pattern.sub(replacement, word)
    return word


def _plain(text: str) -> str:
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).lower()
    text = text.replace("μg", "mcg").replace("æ", "ae").replace("œ", "oe")
    for letter, name in _GREEK.items():
        text = text.replace(letter, name)
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))


def _parts(run: str) -> list[str]:
    if _DECIMAL.fullmatch(run):
        return [run.replace(",", ".")]
    if _INITIALS.fullmatch(run):
        return [run.replace(".", "")]
    run = re.sub(r"['’]s(?![^\W_])", "", run).replace("'", "").replace("’", "")
    unit = _UNIT.fullmatch(run)
    if unit:
        return [unit[1].replace(",", "."), unit[2]]
    return [part for part in _JOINS.split(run) if part]


def _add(found: list[str], part: str) -> None:
    """Append a word; a letter before a number joins it (B-12 and B 12 are B12), a unit after a number parts from it."""
    if part.isdigit() and found and len(found[-1]) == 1 and found[-1].isalpha():
        found[-1] += part
        return
    if part[0].isdigit() and not part.isdigit():
        unit = _UNIT.fullmatch(part)
        if unit:
            found += [unit[1], unit[2]]
            return
    found.append(part[:LONGEST_WORD])
