"""From typed words to what is searched: other forms of a term, typing errors, prefixes, and how each was understood."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from desktop_app.content.vocabulary import Why
from desktop_app.search.analyzer import QUESTION_WORDS, STOP_WORDS, Analyzer, is_question, key_of, surfaces
from desktop_app.search.general_vocabulary import LONGEST_KEY, Concept, Lazy
from desktop_app.search.hit import Meaning, MeantTerm
from desktop_app.search.lexicon import LONGEST_FORM, TAG, Form, Lexicon
from desktop_app.search.postings import Postings
from desktop_app.search.query import TypedText
from desktop_app.search.ranking import Group, Option
from desktop_app.search.tokens import Token, TokenMaker
from desktop_app.search.understanding import Understanding
from desktop_app.search.wordlist import WordList

MOST_WORDS = 64
TAG_WEIGHT, BROADER_WEIGHT, PREFIX_WEIGHT, GENERAL_WEIGHT = 1.1, 0.45, 0.7, 0.8
MOST_GENERAL = 16
TELLING = 1.5  # the least rarity of a related name that is searched
MOST_GENERAL_WORDS = 12  # a longer text says enough in its own words
MOST_HIGHLIT = 12  # index terms of one group whose words are marked in a text


class Expander:
    """Understands typed text by the words of an edition."""

    def __init__(self, analyzer: Analyzer, lexicon: Lexicon, words: WordList, articles: Postings, general: Lazy) -> None:
        self._analyzer = analyzer
        self._lexicon = lexicon
        self._words = words
        self._articles = articles
        self._general = general
        self._tokens = TokenMaker(analyzer, lexicon, words, articles, general)

    def understand(self, text: TypedText, literal: frozenset[str]) -> Understanding:
        """Return what the text outside quotation marks means."""
        made = Understanding()
        typed = surfaces(text.loose)[:MOST_WORDS]
        made.question = is_question(typed, text.loose)
        taken = frozenset(surfaces(" ".join(sorted(literal))))
        content = [word for word in typed if word not in STOP_WORDS] or typed
        if len(content) > 1 and any(word not in QUESTION_WORDS for word in content):
            named = {key_of(self._analyzer.term(w) for w in content)}
            made.exact_keys += sorted(named)
        tokens = [
            self._tokens.tokens(word, made, taken, last=text.open_end and at == len(content) - 1)
            for at, word in enumerate(dict.fromkeys(content))
        ]
        flat = [token for group in tokens for token in group]
        self._group(flat, made, literal)
        for group in made.groups:
            for term in list(dict.fromkeys(term for option in group.options for term in option.terms))[:MOST_HIGHLIT]:
                made.words.update(dict.fromkeys(self._words.of_term(term)))
        whole = key_of(token.term for token in flat)
        if whole and whole not in made.exact_keys:
            made.exact_keys.append(whole)
        return made

    def _group(self, tokens: Sequence[Token], made: Understanding, literal: frozenset[str]) -> None:
        """Form groups from left to right, the longest form first; words of no form are looked up in the general vocabulary."""
        loose: list[Token] = []
        everything = sum(1 for token in tokens if token.typed not in QUESTION_WORDS) or len(tokens)
        at = 0
        while at < len(tokens):
            length, forms = self._form(tokens, at, literal)
            if forms:
                self._general_groups(loose, made, everything)
                loose = []
                self._form_group(tokens[at : at + length], forms, made, whole=length == everything)
            else:
                loose.append(tokens[at])
            at += length
        self._general_groups(loose, made, everything)
        if len(made.groups) > 1:
            self._drop_question_words(tokens, made)

    def _unfinished(self, token: Token) -> bool:
        """Tell whether a token is no whole word to look up: to be taken as typed, or still being typed."""
        return token.literal or (bool(token.completions) and token.term not in self._articles.numbers)

    def _form(self, tokens: Sequence[Token], at: int, literal: frozenset[str]) -> tuple[int, tuple[Form, ...]]:
        for length in range(min(LONGEST_FORM, len(tokens) - at), 0, -1):
            window = tokens[at : at + length]
            if any(self._unfinished(token) for token in window):
                continue
            if " ".join(t.typed for t in window) in literal:
                continue
            forms = self._lexicon.find(key_of(t.term for t in window))
            if forms:
                return length, forms
        return 1, ()

    def _form_group(self, window: Sequence[Token], forms: Sequence[Form], made: Understanding, whole: bool) -> None:
        """Add the group of a form of the edition's vocabulary."""
        typed = " ".join(token.typed for token in window)
        numbers = tuple(form.term for form in forms)
        options = [Option(tuple(token.term for token in window), 1.0, partial=True)]
        options += self._tags(forms, 1.0)
        for form in forms if whole else ():
            term = self._lexicon.terms[form.term]
            if term.article:
                made.landing.append((term.article, 3))
            else:
                wider = [self._lexicon.terms[broader].article for broader in self._lexicon.ancestors(form.term)]
                made.landing += [(article, 2) for article in wider if article][:1]
        self._explain_forms(typed, window, forms, made)
        self._add(made, Group(tuple(dict.fromkeys(options)), len(window)), numbers)

    def _tags(self, forms: Iterable[Form], weight: float) -> list[Option]:
        """Return the options that find texts which speak of a term or of a class that holds it."""
        options = []
        for form in forms:
            options.append(Option((TAG + self._lexicon.terms[form.term].id,), TAG_WEIGHT * weight))
            for broader in self._lexicon.ancestors(form.term):
                options.append(Option((TAG + self._lexicon.terms[broader].id,), BROADER_WEIGHT * weight))
        return options

    def _explain_forms(self, typed: str, window: Sequence[Token], forms: Sequence[Form], made: Understanding) -> None:
        """Say what a form was understood as; meanings that this edition speaks of come before others."""
        terms = [self._lexicon.terms[form.term] for form in forms]
        if len(terms) > 1 and any(form.why is Why.ABBREVIATION for form in forms):
            made.meanings.append(Meaning(typed, tuple(MeantTerm(t.id, t.preferred, t.article) for t in terms)))
        spoken = [TAG + term.id in self._articles.numbers for term in terms]
        key = key_of(token.term for token in window)
        for form, term, here in zip(forms, terms, spoken, strict=True):
            if form.why is not None and (here or not any(spoken)) and self._analyzer.key(term.preferred) != key:
                made.explain(typed, term.preferred, form.why)

    def _general_groups(self, tokens: Sequence[Token], made: Understanding, everything: int) -> None:
        """Add groups for words that are no form of the edition's vocabulary."""
        at = 0
        while at < len(tokens):
            length, concepts = self._concept(tokens, at)
            window = tokens[at : at + length]
            if concepts:
                self._concept_group(window, concepts, made, whole=length == everything)
            else:
                options = [Option((window[0].term,))]
                weight = 0.5 if window[0].term in self._articles.numbers else PREFIX_WEIGHT
                for completion in window[0].completions:
                    options.append(Option((completion,), weight))
                    options += self._tags(self._lexicon.find(completion), weight)
                self._add(made, Group(tuple(dict.fromkeys(options))), ())
            at += length

    def _concept(self, tokens: Sequence[Token], at: int) -> tuple[int, list[Concept]]:
        if len(tokens) > MOST_GENERAL_WORDS:
            return 1, []
        for length in range(min(LONGEST_KEY, len(tokens) - at), 0, -1):
            window = tokens[at : at + length]
            if any(self._unfinished(token) or token.typed in QUESTION_WORDS for token in window):
                continue
            concepts = self._general().find(key_of(token.term for token in window))
            if concepts:
                return length, concepts
        return 1, []

    def _concept_group(self, window: Sequence[Token], concepts: Iterable[Concept], made: Understanding, whole: bool) -> None:
        """Add the group of a name of the general vocabulary: the typed words, or any other name whole."""
        typed = key_of(token.term for token in window)
        options = [Option(tuple(token.term for token in window), 1.0, partial=True)]
        for concept in concepts:
            others = [key for key in concept.keys if key != typed and self._written(key)]
            options += [Option(tuple(key.split()), GENERAL_WEIGHT) for key in others[:MOST_GENERAL]]
            kin = [relative for other in concept.related for relative in self._general().find(other)]
            near = [(relative, key) for relative in kin for key in relative.keys if self._telling(key)][:MOST_GENERAL]
            options += [Option(tuple(key.split()), BROADER_WEIGHT) for _, key in near]
            if near and not others and not any(token.term in self._articles.numbers for token in window):
                made.explain(" ".join(token.typed for token in window), near[0][0].preferred, Why.SYNONYM)
            if whole:
                made.exact_keys += [key for key in concept.keys if key not in made.exact_keys]
            if others and self._analyzer.key(concept.preferred) != typed:
                why = Why.ABBREVIATION if _initials(typed, concept.preferred) else Why.SYNONYM
                made.explain(" ".join(token.typed for token in window), concept.preferred, why)
        options += [
            Option((completion,), PREFIX_WEIGHT / 2) for token in window for completion in token.completions if len(window) == 1
        ]
        self._add(made, Group(tuple(dict.fromkeys(options)), len(window)), ())

    def _written(self, key: str) -> bool:
        """Tell whether all terms of a key stand in the index."""
        return all(term in self._articles.numbers for term in key.split())

    def _telling(self, key: str) -> bool:
        """Tell whether a key stands in the index and says more than "disease" or "syndrome"."""
        numbers = [self._articles.numbers.get(term) for term in key.split()]
        return None not in numbers and sum(self._articles.rarity(n) for n in numbers if n is not None) >= TELLING

    def _add(self, made: Understanding, group: Group, concepts: tuple[int, ...]) -> None:
        if group not in made.groups:
            made.groups.append(group)
            made.concepts.append(concepts)

    def _drop_question_words(self, tokens: Sequence[Token], made: Understanding) -> None:
        """Take out groups that are only a question word ("can", "cause"), as long as something is left."""
        dropped = {token.term for token in tokens if token.typed in QUESTION_WORDS and not token.literal}
        kept = [at for at, group in enumerate(made.groups) if made.concepts[at] or not group.terms() <= dropped]
        if kept:
            made.groups = [made.groups[at] for at in kept]
            made.concepts = [made.concepts[at] for at in kept]


def _initials(short: str, name: str) -> bool:
    """Tell whether a word begins like the initials of a name."""
    words = name.replace("-", " ").split()
    return len(words) > 1 and len(short) <= 6 and short[0] == words[0][0].lower() and short not in name.lower()
