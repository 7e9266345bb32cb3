"""What a person asks: any text is a query, there is no syntax to get wrong."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass

from desktop_app.content.audience import Audience

MOST_CHARACTERS = 256
_QUOTES = dict.fromkeys(map(ord, "“”„‟«»″＂"), '"')


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search as the panel or the command line asks for it.

    ``given`` holds term ids of the chips that are on ("given a statin"): they lift and hide nothing.
    ``literal`` holds typed words or forms (lower case) to be taken exactly as typed: the undo of an interpretation.
    """

    text: str
    audience: Audience = Audience.CLINICIAN
    limit: int = 20
    given: tuple[str, ...] = ()
    literal: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class TypedText:
    """What was typed, made safe: ``loose`` outside quotation marks, ``phrases`` inside; ``open_end`` while the last word may go on."""

    loose: str
    phrases: tuple[str, ...]
    open_end: bool


def clean(text: str) -> str:
    """Return at most 256 characters of the text: NFKC, no control characters or lone surrogates, single spaces."""
    kept = text[: MOST_CHARACTERS * 8]
    # Cs: lone surrogates; Cn, Co: nothing a font shows; Cc and Zl, Zp: line breaks and controls, which part words.
    kept = "".join(_shown(character) for character in kept)
    kept = unicodedata.normalize("NFKC", kept).translate(_QUOTES)
    return " ".join(kept.split())[:MOST_CHARACTERS]


def typed_text(text: str) -> TypedText:
    """Split text at its quotation marks; a mark without a partner is ignored."""
    open_end = bool(text[-1:].strip()) and not text.endswith(('"', "”", "?"))
    parts = clean(text).split('"')
    if len(parts) % 2 == 0:
        parts[-2:] = [" ".join(parts[-2:])]
    phrases = tuple(phrase.strip() for phrase in parts[1::2] if phrase.strip())
    return TypedText(" ".join(" ".join(parts[::2]).split()), phrases, open_end)


def _shown(character: str) -> str:
    if character.isascii():
        return character if character.isprintable() else " "
    category = unicodedata.category(character)
    if category in ("Cs", "Cn", "Co", "Cf"):
        return ""
    return " " if category in ("Cc", "Zl", "Zp", "Zs") else character
