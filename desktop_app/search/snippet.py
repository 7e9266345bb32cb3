"""Found words in a text: where they stand, and the piece of a statement that a hit shows."""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_app.search.hit import Snippet

SNIPPET_LENGTH = 240
_WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


class Marker:
    """Finds words and forms in texts; a form of several words is found where they stand side by side."""

    def __init__(self, words: Sequence[str]) -> None:
        self._forms: dict[str, set[tuple[str, ...]]] = {}
        for form in words:
            parts = tuple(_WORD.findall(form.lower()))
            if parts:
                self._forms.setdefault(parts[0], set()).add(parts)

    def spans(self, text: str) -> list[tuple[int, int]]:
        """Return (start, end) of each place found in a text, in order, without overlap."""
        if not self._forms:
            return []
        tokens = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
        found = []
        at = 0
        while at < len(tokens):
            length = self._longest(tokens, at)
            if length:
                found.append((tokens[at][1], tokens[at + length - 1][2]))
            at += length or 1
        return found

    def first(self, text: str) -> int:
        """Return the place of the first word found, or 0."""
        lowered = text.lower()
        places = [lowered.find(first) for first in self._forms]
        return min((place for place in places if place >= 0), default=0)

    def _longest(self, tokens: Sequence[tuple[str, int, int]], at: int) -> int:
        best = 0
        for form in self._forms.get(tokens[at][0], ()):
            if len(form) > best and tuple(token for token, _, _ in tokens[at : at + len(form)]) == form:
                best = len(form)
        return best


def snippet(text: str, marker: Marker, length: int = SNIPPET_LENGTH) -> Snippet:
    """Return a piece of a text that shows found words, cut at spaces, with the words marked."""
    start = 0
    if len(text) > length:
        start = max(0, min(marker.first(text) - length // 4, len(text) - length))
        if start:
            start = text.find(" ", start) + 1
    piece = text[start : start + length]
    if start + length < len(text):
        piece = piece[: piece.rfind(" ") if " " in piece else None].rstrip(" ,;:") + " …"
    if start:
        piece = "… " + piece
    return Snippet(marked(piece, marker))


def marked(text: str, marker: Marker) -> tuple[tuple[str, bool], ...]:
    """Return a text as parts (text, is a found word)."""
    parts: list[tuple[str, bool]] = []
    end = 0
    for first, last in marker.spans(text):
        if first > end:
            parts.append((text[end:first], False))
        parts.append((text[first:last], True))
        end = last
    if end < len(text) or not parts:
        parts.append((text[end:], False))
    return tuple(parts)
