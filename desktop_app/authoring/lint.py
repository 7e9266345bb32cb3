"""Everything ``wardbook content check`` looks for; one run reports every fault."""

from __future__ import annotations

import statistics
from collections.abc import Collection, Iterator, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app.authoring.fault import Fault
from desktop_app.authoring.raw import RawStatement, mapping, raw_id, raw_statements, sequence, words
from desktop_app.authoring.source import Sources, library_of, read_sources
from desktop_app.authoring.structure import Known, structure_faults
from desktop_app.authoring.text_rules import (
    MAX_ARTICLE_GRADE,
    MAX_MEDIAN_GRADE,
    article_grade,
    overlap_faults,
    text_faults,
)
from desktop_app.authoring.yaml_file import YamlFile
from desktop_app.checklists.criteria import check_checklist
from desktop_app.errors import ContentError

STRONG_TYPES = frozenset({"guideline", "label", "trial", "systematic-review", "review"})
STRONG_SHARE = 0.75
CLAIMS = tuple(f"A{number:02}" for number in range(1, 33)) + tuple(f"B{number:02}" for number in range(1, 29))
CITABLE = frozenset({"print", "web-only", "history-only"})


def check_sources(root: Path, today: date) -> list[Fault]:
    """Return every fault of the sources below ``root``, sorted; ``today`` decides which reviews are overdue.

    Raises ContentError where there is nothing to read. What only a whole edition shows is asked once its parts fit together.
    """
    sources = read_sources(root)
    known = Known(sources)
    copied = _source_shingles(root)
    faults = list(structure_faults(sources, known))
    if not faults:
        faults += _edition_faults(sources, known, bool(copied))
        faults += _criteria_faults(sources)
    for file in sources.articles:
        faults += _article_faults(file, known, copied, today)
    for file in sources.checklists:
        faults += _review_faults(file, today)
    return sorted(set(faults))


def _source_shingles(root: Path) -> frozenset[str]:
    """Return the hashed eight-word runs of the source article; without the file nothing can be compared."""
    path = root / "source-shingles.txt"
    try:
        return frozenset(path.read_text("ascii").split()) if path.is_file() else frozenset()
    except (OSError, UnicodeError) as error:
        raise ContentError(f"“{path.name}” cannot be read.", "Put it back as it was, or take it away.") from error


def _article_faults(file: YamlFile, known: Known, copied: Collection[str], today: date) -> Iterator[Fault]:
    yield from _review_faults(file, today)
    yield from _order_faults(file, known)
    statements = list(raw_statements(file))
    for statement in statements:
        yield from _statement_faults(statement, known)
        yield from overlap_faults(statement, copied)
    grade = article_grade(statements)
    if grade > MAX_ARTICLE_GRADE:
        yield file.fault((), "reading-grade", f"The patient texts read at grade {grade:.1f}; at most {MAX_ARTICLE_GRADE:.0f}.")


def _order_faults(file: YamlFile, known: Known) -> Iterator[Fault]:
    """Yield the standard sections that stand before one that the table of sections has earlier."""
    standard = known.sections.get(str(mapping(file.data).get("kind")), [])
    last = -1
    for number, section in enumerate(sequence(mapping(file.data).get("sections"))):
        found = mapping(section).get("id")
        if found in standard:
            if standard.index(found) < last:
                yield file.fault(("sections", number, "id"), "section-order", f"“{found}” stands out of the standard order.")
            last = max(last, standard.index(found))


def _statement_faults(statement: RawStatement, known: Known) -> Iterator[Fault]:
    file, values = statement.file, statement.values
    for number, key in enumerate(statement.citations()):
        use = mapping(known.references.get(key)).get("use")
        if key in known.references and use not in CITABLE:
            path = (*statement.path, "citations", number)
            yield file.fault(path, "unconfirmed-reference", f"{statement.id}: “{key}” is marked {use}.")
    if (values.get("correction") or values.get("conflict")) and not values.get("note"):
        yield file.fault(
            statement.path, "note-missing", f"{statement.id}: a correction or conflict needs a note that says what and why."
        )
    yield from text_faults(statement, known.references)


def _review_faults(file: YamlFile, today: date) -> Iterator[Fault]:
    review = mapping(mapping(file.data).get("review"))
    days: dict[str, date] = {}
    for name in ("submitted", "last_reviewed", "last_corrected", "due"):
        try:
            days[name] = date.fromisoformat(str(review.get(name)))
        except ValueError:
            continue  # The schema reports it.
    due = days.get("due")
    if due and due < today:
        yield file.fault(("review", "due"), "review-overdue", f"The review was due on {due.isoformat()}.")
    if due and "last_reviewed" in days and due <= days["last_reviewed"]:
        yield file.fault(("review", "due"), "review-dates", "The next review is due before the last one.")


def _edition_faults(sources: Sources, known: Known, claims_due: bool) -> Iterator[Fault]:
    """Yield what only the whole edition shows: claims carried, median grade, share of strong evidence."""
    statements = [s for file in sources.articles for s in raw_statements(file)]
    if claims_due:  # The claims are those of the source article; an edition without it has none to carry.
        carried = {claim for s in statements for claim in words(s.values.get("claims"))}
        for claim in CLAIMS:
            if claim not in carried:
                yield sources.single["edition"].fault((), "claim-dropped", f"No statement carries the checked claim {claim}.")
    grades = [article_grade(list(raw_statements(file))) for file in sources.articles]
    if grades and statistics.median(grades) > MAX_MEDIAN_GRADE:
        found = statistics.median(grades)
        yield sources.single["edition"].fault(
            (), "reading-grade", f"The median patient grade is {found:.1f}; at most {MAX_MEDIAN_GRADE}."
        )
    strong = sum(_rests_on_strong(s, known.references) for s in statements)
    if statements and strong < STRONG_SHARE * len(statements):
        share = 100 * strong / len(statements)
        yield sources.single["edition"].fault(
            (), "evidence", f"Only {share:.0f} % of the statements rest on a guideline, label, trial or review."
        )


def _rests_on_strong(statement: RawStatement, references: Mapping[str, Any]) -> bool:
    return any(mapping(references.get(key)).get("type") in STRONG_TYPES for key in statement.citations())


def _criteria_faults(sources: Sources) -> Iterator[Fault]:
    """Yield where a checklist breaks the published criteria; asked only once the sources are whole."""
    library = library_of(sources)
    files = {raw_id(file): file for file in sources.checklists}
    for checklist in library.checklists:
        for finding in check_checklist(checklist):
            if finding.severity in ("error", "warning"):
                rule = f"checklist-criterion-{finding.criterion}"
                message = f"{finding.item}: {finding.message}" if finding.item else finding.message
                yield files[checklist.id].fault((), rule, message, finding.severity)
