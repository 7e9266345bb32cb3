"""Terms: every word a person may type, tied to one preferred form."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum


class TermKind(StrEnum):
    """What a term names."""

    DRUG = "drug"
    FINDING = "finding"
    CONDITION = "condition"
    TEST = "test"
    PERSON = "person"
    WORD = "word"


class Why(StrEnum):
    """Why a typed word was understood as another one."""

    SYNONYM = "synonym"
    ABBREVIATION = "abbreviation"
    BRAND = "brand"
    LAY = "lay term"
    SPELLING = "spelling variant"
    TYPING_ERROR = "typing error"
    PREFIX = "prefix"


@dataclass(frozen=True, slots=True)
class Brand:
    """A trade name and where it is used."""

    name: str
    region: str = ""


@dataclass(frozen=True, slots=True)
class Term:
    """One preferred form and the other forms that lead to it."""

    id: str
    kind: TermKind
    preferred: str
    broader: tuple[str, ...] = ()
    article: str | None = None
    abbreviations: tuple[str, ...] = ()
    brands: tuple[Brand, ...] = ()
    synonyms: tuple[str, ...] = ()
    lay: tuple[str, ...] = ()
    spellings: tuple[str, ...] = ()
    misspellings: tuple[str, ...] = ()

    def forms(self) -> Iterator[tuple[str, Why | None]]:
        """Yield every form with the reason it leads here; the preferred form has none."""
        yield self.preferred, None
        for form in self.abbreviations:
            yield form, Why.ABBREVIATION
        for brand in self.brands:
            yield brand.name, Why.BRAND
        for form in self.synonyms:
            yield form, Why.SYNONYM
        for form in self.lay:
            yield form, Why.LAY
        for form in self.spellings:
            yield form, Why.SPELLING
        for form in self.misspellings:
            yield form, Why.TYPING_ERROR
