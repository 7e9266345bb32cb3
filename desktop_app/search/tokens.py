"""From a typed word to index terms: known as it stands, under another spelling, begun, run together, or mistyped."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.content.vocabulary import Why
from desktop_app.search.analyzer import QUESTION_WORDS, Analyzer, fold
from desktop_app.search.general_vocabulary import Lazy
from desktop_app.search.lexicon import Lexicon
from desktop_app.search.postings import Postings
from desktop_app.search.spelling import Correction, Speller
from desktop_app.search.understanding import Understanding
from desktop_app.search.wordlist import WordList

MOST_CORRECTIONS = 8  # words of one query that are held against the word list
PREFIX_BUDGET = 20_000  # postings read for one prefix
_MOST_COMPLETIONS = {1: 12, 2: 16, 3: 24}
_COMPLETIONS = 40


@dataclass(frozen=True, slots=True)
class Token:
    """A typed word with its index term; ``completions`` are index terms that begin with it, where it may go on."""

    typed: str
    term: str
    completions: tuple[str, ...] = ()
    literal: bool = False


class TokenMaker:
    """Finds what each typed word stands for in the words of an edition."""

    def __init__(self, analyzer: Analyzer, lexicon: Lexicon, words: WordList, articles: Postings, general: Lazy) -> None:
        self._analyzer = analyzer
        self._lexicon = lexicon
        self._words = words
        self._articles = articles
        self._general = general
        self._speller = Speller(words, lexicon.drug_words(), analyzer, general)

    def _known(self, term: str) -> bool:
        return term in self._articles.numbers or term in self._lexicon.members

    def tokens(self, word: str, made: Understanding, taken: frozenset[str], last: bool) -> list[Token]:
        """Return the token (or the two tokens) that a typed word stands for."""
        term = self._analyzer.term(word)
        if word in taken:
            return [Token(word, term, literal=True)]
        if self._known(term):
            self._explain_spelling(word, term, made)
            form = bool(self._lexicon.find(term))
            return [Token(word, term, self._completions(word, term) if last and not form else ())]
        if last and not (len(word) > 1 and self._general().find(term)):
            completions = self._completions(word, term)
            if completions and len(word) > 1:
                shown = [self._words.of_term(completion)[0] for completion in completions[:3]]
                made.explain(word, ", ".join(shown), Why.PREFIX)
            if completions:
                return [Token(word, term, completions)]
        if word in QUESTION_WORDS or self._general().knows(term):
            return [Token(word, term)]
        halves = self._halves(word)
        if halves:
            made.explain(word, " ".join(halves), Why.SPELLING)
            return [Token(half, self._analyzer.term(half)) for half in halves]
        return [self._corrected(word, term, made)]

    def _corrected(self, word: str, term: str, made: Understanding) -> Token:
        looked_up = len(made.unknown) + sum(1 for line in made.interpretation if line.why is Why.TYPING_ERROR)
        correction = self._speller.correct(word) if looked_up < MOST_CORRECTIONS else Correction(None, ())
        made.suggestions.update(dict.fromkeys(correction.suggestions))
        if correction.word is None:
            made.unknown.append(word)
            return Token(word, term)
        made.explain(word, correction.word, Why.TYPING_ERROR)
        return Token(correction.word, self._analyzer.term(correction.word))

    def _halves(self, word: str) -> tuple[str, str] | None:
        """Return the two words of the edition that were typed as one, if there are any."""
        for at in range(3, len(word) - 2):
            one, other = word[:at], word[at:]
            if self._names_something(one) and self._names_something(other):
                return one, other
        return None

    def _names_something(self, word: str) -> bool:
        """Tell whether a word stands in a title, an alias or a form of the vocabulary."""
        at = self._words.beginning_with(word)
        if not at or self._words.words[at.start] != word:
            return False
        return bool(self._words.named[at.start]) or self._words.terms[at.start] in self._lexicon.members

    def _explain_spelling(self, word: str, term: str, made: Understanding) -> None:
        """Say so where a word was found under another spelling (oedema, edema)."""
        written = self._words.of_term(term)
        if not written or word in written or len(word) < 4:
            return
        same = [other for other in written if other != word and fold(other) == fold(word)]
        if same:
            made.explain(word, same[0], Why.SPELLING)

    def _completions(self, word: str, term: str) -> tuple[str, ...]:
        """Return the index terms that begin with a word, those that name articles first, within a budget of postings."""
        numbers, words = self._articles.numbers, self._words
        found: dict[str, tuple[int, int]] = {}
        for place in words.beginning_with(word):
            other = words.terms[place]
            if other != term and (other in numbers or self._lexicon.find(other)) and words.words[place].isalpha():
                found[other] = (-words.named[place], -self._size(other))
        best = sorted(found, key=lambda t: (found[t], t))[: _MOST_COMPLETIONS.get(len(word), _COMPLETIONS)]
        kept: list[str] = []
        budget = PREFIX_BUDGET
        for other in best:
            budget -= self._size(other)
            if budget < 0 and kept:
                break
            kept.append(other)
        return tuple(kept)

    def _size(self, term: str) -> int:
        number = self._articles.numbers.get(term)
        return 0 if number is None else self._articles.sizes[number]
