"""The measured reading grade: Flesch-Kincaid, counted the same way for every text.

Grade = 0.39 × words per sentence + 11.8 × syllables per word − 15.59 (Kincaid, Fishburne, Rogers, Chissom 1975).
Syllables are counted by rule (groups of vowels, silent final e), so a single word may be off by one; over an article
the error is small.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_SENTENCE_END = re.compile(r"(?<=[.!?:;])\s+")
_WORD = re.compile(r"[A-Za-zÀ-ÿ][A-Za-zÀ-ÿ'’-]*")
_SILENT_END = re.compile(r"(?:[^laeiouy]es|ed|[^laeiouy]e)$")
_VOWELS = re.compile(r"[aeiouyà-ÿ]{1,2}")


def syllables(word: str) -> int:
    """Return the number of syllables of one word, at least 1."""
    letters = re.sub(r"[^a-zà-ÿ]", "", word.lower())
    if len(letters) <= 3:
        return 1
    letters = re.sub(r"^y", "", _SILENT_END.sub("", letters))
    return max(1, len(_VOWELS.findall(letters)))


def reading_grade(texts: Iterable[str]) -> float:
    """Return the US school grade of some texts together; 0.0 where there is no word."""
    sentences = [part for text in texts for part in _SENTENCE_END.split(text) if _WORD.search(part)]
    words = [word for sentence in sentences for word in _WORD.findall(sentence)]
    if not words:
        return 0.0
    per_word = sum(syllables(word) for word in words) / len(words)
    return max(0.0, 0.39 * len(words) / len(sentences) + 11.8 * per_word - 15.59)
