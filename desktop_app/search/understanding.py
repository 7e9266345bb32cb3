"""What a query was taken to mean: what is searched for, how each word was understood, what to highlight."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.content.vocabulary import Why
from desktop_app.search.hit import Interpretation, Meaning
from desktop_app.search.ranking import Group


@dataclass(slots=True)
class Understanding:
    """What a query was taken to mean."""

    groups: list[Group] = field(default_factory=list)
    concepts: list[tuple[int, ...]] = field(default_factory=list)  # of each group: numbers of lexicon terms
    interpretation: list[Interpretation] = field(default_factory=list)
    meanings: list[Meaning] = field(default_factory=list)
    exact_keys: list[str] = field(default_factory=list)
    landing: list[tuple[str, int]] = field(default_factory=list)  # article ids that the whole query names, with strength
    words: dict[str, None] = field(default_factory=dict)
    unknown: list[str] = field(default_factory=list)
    suggestions: dict[str, None] = field(default_factory=dict)
    question: bool = False

    def explain(self, typed: str, understood: str, why: Why) -> None:
        """Note an interpretation once."""
        line = Interpretation(typed, understood, why)
        if typed != understood and line not in self.interpretation:
            self.interpretation.append(line)
