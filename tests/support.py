"""A small edition for tests: whole, valid, and easy to break in one place."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import yaml

REVIEW = {
    "state": "under-review",
    "submitted": "2026-11-22",
    "last_reviewed": "2026-11-22",
    "last_corrected": "2026-11-22",
    "due": "2027-11-22",
}


def texts(clinician: str, student: str = "", patient: str = "") -> dict[str, str]:
    """Return three texts; what is not given repeats the first."""
    return {"clinician": clinician, "student": student or clinician, "patient": patient or clinician}


def article(article_id: str = "night-cramp", **changes: Any) -> dict[str, Any]:
    """Return the values of a valid article."""
    values: dict[str, Any] = {
        "id": article_id,
        "kind": "cause",
        "title": article_id.replace("-", " ").capitalize(),
        "question": texts("Is it night cramp?", "What is night cramp?", "Why do I get cramp at night?"),
        "categories": ["cramps"],
        "review": dict(REVIEW),
        "changes": [{"date": "2026-11-22", "text": "First version."}],
        "summary": {**texts("A sudden cramp at night. Stretch the calf."), "citations": ["REV12"]},
        "sections": [
            {
                "id": "meaning",
                "statements": [
                    {
                        "id": "what-it-is",
                        **texts("A calf cramp at night is short. Quinine is used by some."),
                        "citations": ["REV12"],
                    },
                    {
                        "id": "cold-leg",
                        **texts("A cold leg is an emergency. Call for help now."),
                        "citations": ["GUIDE24"],
                        "flags": ["must-not-miss"],
                    },
                ],
            },
            {
                "id": "evidence",
                "statements": [
                    {
                        "id": "quinine-doubt",
                        **texts("Do not use quinine as a routine."),
                        "citations": ["GUIDE24"],
                        "note": "The sources of 2010 and 2024 differ.",
                        "conflict": True,
                        "effects": [{"drug": "quinine", "finding": "cramp", "relation": "treats"}],
                    }
                ],
            },
        ],
    }
    return values | changes


def checklist(**changes: Any) -> dict[str, Any]:
    """Return the values of a valid checklist."""
    values: dict[str, Any] = {
        "id": "cramp-pitfalls",
        "title": "Pitfalls: night cramp",
        "purpose": "To catch the dangerous leg behind a cramp.",
        "use": "Use before you call leg pain a cramp. Tick, write the value, act.",
        "categories": ["cramps"],
        "articles": ["night-cramp"],
        "review": dict(REVIEW),
        "version": 1,
        "changes": [{"version": 1, "date": "2026-11-22", "text": "First version."}],
        "trial": {"on": None, "by": None},
        "pause_points": [
            {
                "when": "Now, at the bedside",
                "items": [
                    {
                        "id": "feel-leg",
                        "text": "Compare the warmth of both legs.",
                        "answer": "tick",
                        "life_threatening": True,
                        "statement": "night-cramp#cold-leg",
                        "why_missed": "A cramp is expected.",
                    }
                ],
            }
        ],
    }
    return values | changes


CATEGORIES = [{"id": "cramps", "title": "Cramps", "patient_title": "Cramps"}]
REFERENCES = {
    "REV12": {
        "type": "review",
        "authors": "Able A",
        "title": "Cramp",
        "source": "J",
        "year": 2012,
        "confirmed": True,
        "use": "print",
    },
    "GUIDE24": {
        "type": "guideline",
        "authors": "Body",
        "title": "Limb <guideline>",
        "source": "K",
        "year": 2024,
        "doi": "10.1000/1",
        "confirmed": True,
        "use": "print",
    },
    "BLOG": {"type": "other", "title": "A blog", "source": "B", "confirmed": False, "use": "do-not-print"},
}
TERMS = [
    {
        "id": "quinine",
        "kind": "drug",
        "preferred": "quinine",
        "article": "quinine",
        "brands": [{"name": "Qualaquin", "region": "US"}],
    },
    {"id": "cramp", "kind": "finding", "preferred": "cramp", "lay": ["charley horse"]},
    {"id": "night-cramp", "kind": "condition", "preferred": "night cramp", "article": "night-cramp", "abbreviations": ["NLC"]},
]
EDITION = {
    "number": 7,
    "name": "A small edition",
    "date": "2026-11-22",
    "disclaimer": "For professionals.",
    "policy": [{"heading": "Policy", "text": "Sources first."}],
    "changes": [{"date": "2026-11-22", "text": "First."}],
}


def section_table() -> dict[str, list[dict[str, str]]]:
    """Return a table of standard sections."""
    names = ("meaning", "differential", "points-to", "first-tests", "evidence")
    rows = [{"id": name, **texts(name.replace("-", " ").capitalize())} for name in names]
    return {kind: copy.deepcopy(rows) for kind in ("presentation", "cause", "drug", "test")}


class _PlainDumper(yaml.SafeDumper):
    """Writes repeated values out in full, as a person would."""

    def ignore_aliases(self, data: Any) -> bool:
        """Never write an alias."""
        return True


def write_sources(
    root: Path, articles: list[dict[str, Any]] | None = None, checklists: list[dict[str, Any]] | None = None, **single: Any
) -> Path:
    """Write a whole edition below ``root``; ``single`` replaces edition, categories, sections, references or vocabulary."""
    written = articles if articles is not None else [article(), article("quinine", kind="drug")]
    files = {
        "edition.yaml": single.get("edition", EDITION),
        "categories.yaml": single.get("categories", CATEGORIES),
        "sections.yaml": single.get("sections", section_table()),
        "references.yaml": single.get("references", REFERENCES),
        "vocabulary/terms.yaml": single.get("vocabulary", TERMS),
    }
    files |= {f"articles/cramps/{values['id']}.yaml": values for values in written}
    files |= {f"checklists/{values['id']}.yaml": values for values in (checklists if checklists is not None else [checklist()])}
    for name, values in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.dump(values, Dumper=_PlainDumper, sort_keys=False, allow_unicode=True), "utf-8")
    return root
