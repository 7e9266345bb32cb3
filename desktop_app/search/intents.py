"""What a question asks for: "how is it treated" looks for the sections that say so, whatever words they use."""

from __future__ import annotations

from collections.abc import Sequence

from desktop_app.search.analyzer import Analyzer
from desktop_app.search.ranking import Group

# Typed words -> ids of the standard sections (docs/content-guide.md, section 3) that answer them.
_ASKED = (
    ("check test tests tested monitor monitored measure measured investigate investigations", ("check", "first-tests", "when")),
    ("treat treated treatment manage managed management therapy help helps", ("treatment", "first-actions", "do")),
    ("avoid avoided contraindicated interact interacts interaction interactions", ("avoid", "risk")),
    ("risk risks", ("risk",)),
    ("onset start starts begin begins", ("onset",)),
    ("recognise recognised diagnose diagnosed sign signs", ("points-to", "differential")),
    ("exclude rule against", ("points-away",)),
    ("mechanism", ("mechanism",)),
    ("miss missed pitfall pitfalls mistake mistaken", ("pitfalls", "misleads")),
    ("evidence proof proven", ("evidence",)),
    ("danger dangerous emergency", ("red-flags", "first-actions")),
)


class Intents:
    """The sections that answer a word of a question, by index term."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._sections = {analyzer.term(word): sections for words, sections in _ASKED for word in words.split()}

    def asked(self, groups: Sequence[Group]) -> dict[int, frozenset[str]]:
        """Return group number -> ids of the sections that answer it, for the groups that ask for a section."""
        found = {}
        for at, group in enumerate(groups):
            sections = {s for term in group.options[0].terms for s in self._sections.get(term, ())} if group.size == 1 else set()
            if sections:
                found[at] = frozenset(sections)
        return found
