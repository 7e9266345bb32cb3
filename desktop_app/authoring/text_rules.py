"""Rules on the three texts of a statement: same numbers, same prohibitions, no unsourced dose, plain patient words, own words."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

from desktop_app.authoring.fault import Fault
from desktop_app.authoring.raw import RawStatement, mapping
from desktop_app.content.audience import Audience
from desktop_app.content.readability import reading_grade

MAX_ARTICLE_GRADE = 8.0
MAX_MEDIAN_GRADE = 6.5
SHINGLE_WORDS = 8
DOSE_TYPES = frozenset({"label", "guideline", "government-page"})
_OTHERS = (Audience.STUDENT, Audience.PATIENT)

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_DOSE = re.compile(
    r"\b\d[\d.,]*(?:\s*(?:-|–|to)\s*\d[\d.,]*)?\s?(?:mg|mcg|µg|micrograms?|milligrams?|grams?|g|IU|units?)\b"
    r"(?!\s*(?:/|per)\s*(?:d?l|litre|ml|mmol))",
    re.IGNORECASE,
)
_PROHIBITION = re.compile(r"\b(?:do not|don['’]t|never|must not|should not|cannot|contraindicated|avoid)\b", re.IGNORECASE)
_NEGATION = re.compile(
    r"\b(?:not|never|no|none|without|cannot|avoid|stop|unsafe|neither|nor|contraindicated|instead|rather|only|unless)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"[a-z0-9]+")


def text_faults(statement: RawStatement, references: Mapping[str, Any]) -> Iterator[Fault]:
    """Yield the faults of the three texts of one statement."""
    clinician = statement.text(Audience.CLINICIAN)
    if not clinician:
        return
    for audience in _OTHERS:
        text = statement.text(audience)
        if not text:
            continue
        extra = sorted(numbers(text) - numbers(clinician))
        if extra:
            yield _fault(
                statement, audience, "numbers-differ", f"{audience.label} text has {', '.join(extra)}; clinician text has not."
            )
        if prohibition_lost(clinician, text):
            yield _fault(
                statement,
                audience,
                "negation-differs",
                f"The clinician text forbids something; the {audience.value} text does not.",
            )
        if prohibition_lost(text, clinician):
            yield _fault(
                statement,
                audience,
                "negation-differs",
                f"The {audience.value} text forbids something; the clinician text does not.",
            )
    yield from _dose_faults(statement, references)


def numbers(text: str) -> set[str]:
    """Return the numbers of a text as they are written, without the point that ends a sentence."""
    return {number.rstrip(".,") for number in _NUMBER.findall(text)}


def prohibition_lost(one: str, other: str) -> bool:
    """Tell whether ``one`` forbids something while ``other`` has no negation at all."""
    return bool(_PROHIBITION.search(one)) and not _NEGATION.search(other)


def doses(text: str) -> list[str]:
    """Return the doses in a text; concentrations (mg/dl, g per litre) are not doses."""
    return _DOSE.findall(text)


def _dose_faults(statement: RawStatement, references: Mapping[str, Any]) -> Iterator[Fault]:
    types = {mapping(references.get(key)).get("type") for key in statement.citations()}
    if types & DOSE_TYPES:
        return
    for audience in Audience:
        found = doses(statement.text(audience))
        if found:
            yield _fault(
                statement, audience, "dose-without-label", f"“{found[0]}” needs a label or guideline among the citations."
            )


def article_grade(statements: Collection[RawStatement]) -> float:
    """Return the reading grade of the patient texts of an article."""
    return reading_grade(statement.text(Audience.PATIENT) for statement in statements)


def shingles(text: str) -> set[str]:
    """Return the hashes of every run of eight words of a text (letters and digits only, lower case)."""
    found = _WORD.findall(text.lower())
    runs = (" ".join(found[at : at + SHINGLE_WORDS]) for at in range(len(found) - SHINGLE_WORDS + 1))
    return {hashlib.sha256(run.encode()).hexdigest()[:12] for run in runs}


def overlap_faults(statement: RawStatement, source: Collection[str]) -> Iterator[Fault]:
    """Yield a fault where a text shares eight consecutive words with the source article (kept as hashes only)."""
    for audience in Audience:
        if not shingles(statement.text(audience)).isdisjoint(source):
            yield _fault(
                statement,
                audience,
                "copied",
                f"The {audience.value} text shares eight consecutive words with the source article.",
            )


def _fault(statement: RawStatement, audience: Audience, rule: str, message: str) -> Fault:
    return statement.file.fault((*statement.path, audience.value), rule, f"{statement.id}: {message}")
