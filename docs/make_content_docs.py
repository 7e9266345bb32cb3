"""Writes what can be counted of the content: ``docs/source-claims.md`` and the counts in ``docs/content-review.md``.

Run ``python docs/make_content_docs.py``; with ``--check`` it only tells (exit code 1) whether the files are up to date.
"""

from __future__ import annotations

import statistics
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from desktop_app.authoring.lint import CLAIMS, STRONG_TYPES  # noqa: E402  # the checkout is on the path only now
from desktop_app.authoring.source import load_sources  # noqa: E402
from desktop_app.content.audience import Audience  # noqa: E402
from desktop_app.content.model import Article, Library, Statement  # noqa: E402
from desktop_app.content.readability import reading_grade  # noqa: E402

CLAIMS_FILE = ROOT / "docs" / "source-claims.md"
REVIEW_FILE = ROOT / "docs" / "content-review.md"
BEGIN, END = "<!-- counts: begin -->", "<!-- counts: end -->"
# From the strongest type of source to the weakest.
STRENGTH = (
    "guideline",
    "label",
    "systematic-review",
    "trial",
    "review",
    "cohort",
    "case-series",
    "case-report",
    "textbook",
    "government-page",
    "other",
)


def statements(library: Library) -> list[tuple[Article, Statement]]:
    """Return every statement with its article, summaries included."""
    return [(article, statement) for article in library.articles for _, statement in article.statements()]


def claims_page(library: Library) -> str:
    """Return the table that leads from each checked claim to the statements that carry it."""
    found = statements(library)
    lines = [
        "# Where each checked claim of the source article went",
        "",
        "Made by `python docs/make_content_docs.py` from the sources. A claim may be carried as supported, as corrected (with an",
        "editor's note that says what changed and why), or as a disagreement. None is dropped: `content check` refuses that.",
        "",
        "| Claim | Carried by | How |",
        "|---|---|---|",
    ]
    for claim in CLAIMS:
        carriers = [(article, statement) for article, statement in found if claim in statement.claims]
        for number, (article, statement) in enumerate(carriers):
            how = _how(statement)
            lines.append(f"| {claim if number == 0 else ''} | `{article.id}#{statement.id}` | {how} |")
    return "\n".join(lines) + "\n"


def _how(statement: Statement) -> str:
    if statement.correction:
        return "corrected"
    if statement.conflict:
        return "disagreement shown"
    return "with a note" if statement.note else "supported"


def counts(library: Library) -> str:
    """Return the counted part of the review page."""
    found = statements(library)
    types = {reference.id: reference.type for reference in library.references}
    cited = {key for _, statement in found for key in statement.citations}
    by_type = Counter(types[key].value for key in cited)
    best = Counter(min((types[key].value for key in statement.citations), key=STRENGTH.index) for _, statement in found)
    strong = sum(any(types[key].value in STRONG_TYPES for key in statement.citations) for _, statement in found)
    grades = sorted(
        (reading_grade(statement.text(Audience.PATIENT) for _, statement in article.statements()), article.id)
        for article in library.articles
    )
    kinds = Counter(article.kind.value for article in library.articles)
    items = sum(len(checklist.items()) for checklist in library.checklists)
    lines = [
        f"| What | Count |\n|---|---|\n| Articles | {len(library.articles)} ({', '.join(f'{n} {k}' for k, n in sorted(kinds.items()))}) |",
        f"| Statements | {len(found)} |",
        f"| Differential lines among them | {sum(statement.diagnosis is not None for _, statement in found)} |",
        f"| Checklists, items | {len(library.checklists)}, {items} |",
        f"| Terms of the vocabulary | {len(library.terms)} |",
        f"| References, cited of them | {len(library.references)}, {len(cited)} |",
        f"| Statements that rest on a guideline, label, trial, systematic review or review | {strong} ({100 * strong / len(found):.0f} %) |",
        f"| Drug-finding pairs with a statement | {len({(e.drug, e.finding) for _, s in found for e in s.effects})} |",
        f"| Corrections to the source article | {sum(statement.correction for _, statement in found)} |",
        f"| Disagreements between sources, shown | {sum(statement.conflict for _, statement in found)} |",
        f"| Other editor's notes | {sum(bool(s.note) and not s.correction and not s.conflict for _, s in found)} |",
        f"| Reading grade of the patient texts: lowest, median, highest article | {grades[0][0]:.1f}, "
        f"{statistics.median(grade for grade, _ in grades):.1f}, {grades[-1][0]:.1f} (`{grades[-1][1]}`) |",
        "",
        "| Type of source | References cited | Statements whose strongest source it is |",
        "|---|---|---|",
    ]
    lines += [f"| {kind} | {by_type[kind]} | {best[kind]} |" for kind in STRENGTH]
    return "\n".join(lines)


def review_page(library: Library, present: str) -> str:
    """Return the review page with fresh counts between its two marks."""
    head, _, rest = present.partition(BEGIN)
    _, _, tail = rest.partition(END)
    return f"{head}{BEGIN}\n{counts(library)}\n{END}{tail}"


def main(arguments: list[str]) -> int:
    """Write both files, or with ``--check`` tell whether they are up to date."""
    library = load_sources(ROOT / "resources" / "content")
    wanted = {
        CLAIMS_FILE: claims_page(library),
        REVIEW_FILE: review_page(library, REVIEW_FILE.read_text("utf-8")),
    }
    stale = [path for path, text in wanted.items() if not path.is_file() or path.read_text("utf-8") != text]
    if "--check" in arguments:
        for path in stale:
            sys.stderr.write(f"{path.name} is not what the sources give; run python docs/make_content_docs.py\n")
        return 1 if stale else 0
    for path in stale:
        path.write_text(wanted[path], "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
