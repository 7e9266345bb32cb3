"""What the criteria look for in the words of a checklist: imperatives, second commands, look-alikes, capitals."""

from __future__ import annotations

import re

IMPERATIVES = frozenset(
    re.findall(
        r"[a-z]+",
        """
        act add admit agree aim alert apply arrange ask assess attach avoid begin book call chart check compare
        confirm consult count decide do document draw educate escalate estimate examine exclude feel find follow
        give handover hold identify inspect keep label list listen log look match measure name note observe
        offer order palpate phone photograph plan point prescribe press raise read reassess record refer refill
        release remove repeat replace report request rescue restart restore resume reverse review say screen
        search see send set show sit speak start state stop stretch switch take tap taper teach tell test time
        touch treat try use verify view walk warn weigh withhold write
        """,
    )
)
_VERBS = "|".join(sorted(IMPERATIVES))

BRACKET = re.compile(r"[()\[\]{}]")
ARROW = re.compile(r"[\u2190-\u21ff]|\bgo to\b|\bskip\b", re.IGNORECASE)
CALCULATION = re.compile(r"\b(?:calculate|compute|multiply|divide|subtract|formula|score)\b|mg/kg|per kg|[×÷=]", re.IGNORECASE)
LOOK_ALIKE = re.compile(r"\b\d+\.0\b|(?<!\d)\.\d|\b\d+ ?l\b|\b\d+ ?U\b|\b\d+ ?IU\b")
ABSTRACT = re.compile(
    r"\bconsider\b|\bthink (?:of|about)\b|\bbe aware\b|\bwhat else\b|\bother (?:causes?|diagnos[ei]s)\b|\bdifferential\b",
    re.IGNORECASE,
)
# "Feel both pulses and call the surgeon": a verb of the list after "and", "then" or a comma. Two verbs that share their
# object ("Stop and name the drug") are one command.
SECOND_IMPERATIVE = re.compile(rf"\w+ \w+ ?,? (?:and|then) (?:{_VERBS}) (?!of\b)\w+", re.IGNORECASE)
_WORD = re.compile(r"[^\W_]+(?:['’./-][^\W_]+)*")
_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")
_SHORTEST_SHOUT = 12


def words(text: str) -> list[str]:
    """Return the words of a text as a reader counts them; "anti-HMGCR" is one."""
    return _WORD.findall(text)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text."""
    return [part for part in _END.split(text.strip()) if part]


def begins_with_imperative(text: str) -> bool:
    """Tell whether the first word is a command of the list above; "Do not …" counts as "do"."""
    first = words(text)[:1]
    return bool(first) and first[0].casefold() in IMPERATIVES


def all_capitals(text: str) -> bool:
    """Tell whether a line is set in capitals; a short abbreviation such as "CK" alone is not."""
    letters = [letter for letter in text if letter.isalpha()]
    return len(letters) >= _SHORTEST_SHOUT and all(letter.isupper() for letter in letters)
