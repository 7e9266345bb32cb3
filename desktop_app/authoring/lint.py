"""Everything ``wardbook content check`` looks for; one run reports every fault."""

from __future__ import annotations

import statistics
from collections.abc import Iterator, Mapping
from datetime import date
from pathlib import Path, PurePosixPath
from typing import Any

from desktop_app.authoring.fault import Fault
from desktop_app.authoring.raw import RawStatement, mapping, raw_id, raw_statements, sequence, words
from desktop_app.authoring.source import Sources, library_of, read_sources
from desktop_app.authoring.text_rules import (
    MAX_ARTICLE_GRADE,
    MAX_MEDIAN_GRADE,
    article_grade,
    overlap_faults,
    text_faults,
)
from desktop_app.authoring.yaml_file import YamlFile
from desktop_app.checklists.criteria import check_checklist

STRONG_TYPES = frozenset({"guideline", "label", "trial", "systematic-review", "review"})
STRONG_SHARE = 0.75
CLAIMS = tuple(f"A{number:02}" for number in range(1, 33)) + tuple(f"B{number:02}" for number in range(1, 29))
# What no edition can be compiled with; the other faults concern wording and completeness.
STRUCTURAL = frozenset(
    [
        "alias",
        "dead-link",
        "duplicate-id",
        "duplicate-key",
        "encoding",
        "id-and-file",
        "missing",
        "no-heading",
        "schema",
        "too-deep",
        "too-large",
        "unknown-category",
        "unknown-key",
        "unknown-reference",
        "unknown-term",
        "unreadable",
        "yaml",
    ]
)
CITABLE = frozenset({"print", "web-only", "history-only"})


def check_sources(root: Path, today: date) -> list[Fault]:
    """Return every fault of the sources below ``root``, sorted; ``today`` decides which reviews are overdue."""
    return check(read_sources(root), today)


def check(sources: Sources, today: date) -> list[Fault]:
    """Return every fault of sources that were read, sorted."""
    faults = list(sources.faults)
    known = _Known(sources)
    faults += _identity_faults(sources)
    for file in sources.articles:
        faults += _article_faults(file, known, today)
    for file in sources.checklists:
        faults += _checklist_faults(file, known, today)
    faults += _vocabulary_faults(sources, known)
    if not faults:
        faults += _edition_faults(sources, known)
        faults += _criteria_faults(sources)
    return sorted(set(faults))


class _Known:
    """What exists: the ids that other places may name."""

    def __init__(self, sources: Sources) -> None:
        single = sources.single
        self.references = mapping(single["references"].data)
        self.categories = set(_category_ids(single["categories"].data))
        sections = mapping(single["sections"].data)
        self.sections = {kind: [str(mapping(item).get("id")) for item in sequence(items)] for kind, items in sections.items()}
        self.articles = {raw_id(file): file for file in sources.articles}
        self.statements = {f"{raw_id(file)}#{s.id}" for file in sources.articles for s in raw_statements(file)}
        self.terms: dict[str, str] = {}
        for file in sources.vocabulary:
            for term in sequence(file.data):
                self.terms[str(mapping(term).get("id"))] = str(mapping(term).get("kind"))
        self.shingles = _source_shingles(sources.root)


def _category_ids(values: Any) -> Iterator[str]:
    for item in sequence(values):
        yield str(mapping(item).get("id"))
        yield from _category_ids(mapping(item).get("children"))


def _source_shingles(root: Path) -> frozenset[str]:
    """Return the hashed eight-word runs of the source article; without the file nothing can be compared."""
    path = root / "source-shingles.txt"
    return frozenset(path.read_text("utf-8").split()) if path.is_file() else frozenset()


def _identity_faults(sources: Sources) -> Iterator[Fault]:
    for group in (sources.articles, sources.checklists):
        seen: dict[str, str] = {}
        for file in group:
            found = raw_id(file)
            if not found:
                continue
            if found in seen:
                yield file.fault(("id",), "duplicate-id", f"“{found}” is also the id of {seen[found]}.")
            seen.setdefault(found, file.name)
            if found != PurePosixPath(file.name).stem:
                yield file.fault(("id",), "id-and-file", f"The id “{found}” is not the name of the file.")


def _article_faults(file: YamlFile, known: _Known, today: date) -> Iterator[Fault]:
    data = mapping(file.data)
    for number, category in enumerate(words(data.get("categories"))):
        if category not in known.categories:
            yield file.fault(("categories", number), "unknown-category", f"There is no category “{category}”.")
    for number, related in enumerate(words(data.get("related"))):
        if related not in known.articles or related == raw_id(file):
            yield file.fault(("related", number), "dead-link", f"There is no other article “{related}”.")
    yield from _review_faults(file, today)
    yield from _section_faults(file, known)
    statements = list(raw_statements(file))
    seen: set[str] = set()
    for statement in statements:
        if statement.id and statement.id in seen:
            yield file.fault((*statement.path, "id"), "duplicate-id", f"“{statement.id}” stands in this article twice.")
        seen.add(statement.id)
        yield from _statement_faults(statement, known)
    grade = article_grade(statements)
    if grade > MAX_ARTICLE_GRADE:
        yield file.fault((), "reading-grade", f"The patient texts read at grade {grade:.1f}; at most {MAX_ARTICLE_GRADE:.0f}.")


def _section_faults(file: YamlFile, known: _Known) -> Iterator[Fault]:
    standard = known.sections.get(str(mapping(file.data).get("kind")), [])
    last = -1
    seen: set[str] = set()
    for number, section in enumerate(sequence(mapping(file.data).get("sections"))):
        values = mapping(section)
        found = values.get("id")
        if not isinstance(found, str):
            continue
        if found in seen:
            yield file.fault(("sections", number, "id"), "duplicate-id", f"The section “{found}” stands here twice.")
        seen.add(found)
        if found in standard:
            if standard.index(found) < last:
                yield file.fault(("sections", number, "id"), "section-order", f"“{found}” stands out of the standard order.")
            last = max(last, standard.index(found))
        elif standard and "heading" not in values:
            yield file.fault(("sections", number, "id"), "no-heading", f"“{found}” is no standard section and has no heading.")


def _statement_faults(statement: RawStatement, known: _Known) -> Iterator[Fault]:
    file, values = statement.file, statement.values
    for number, key in enumerate(statement.citations()):
        path = (*statement.path, "citations", number)
        reference = mapping(known.references.get(key))
        if not reference:
            yield file.fault(path, "unknown-reference", f"{statement.id}: there is no reference “{key}”.")
        elif reference.get("use") not in CITABLE:
            yield file.fault(path, "unconfirmed-reference", f"{statement.id}: “{key}” is marked {reference.get('use')}.")
    for number, effect in enumerate(sequence(values.get("effects"))):
        for role, kinds in (("drug", ("drug",)), ("finding", ("finding", "condition"))):
            term = mapping(effect).get(role)
            if isinstance(term, str) and known.terms.get(term) not in kinds:
                path = (*statement.path, "effects", number, role)
                yield file.fault(path, "unknown-term", f"{statement.id}: “{term}” is no term of kind {' or '.join(kinds)}.")
    target = mapping(values.get("diagnosis")).get("article")
    if isinstance(target, str) and target not in known.articles:
        yield file.fault((*statement.path, "diagnosis", "article"), "dead-link", f"There is no article “{target}”.")
    if (values.get("correction") or values.get("conflict")) and not values.get("note"):
        yield file.fault(
            statement.path, "note-missing", f"{statement.id}: a correction or conflict needs a note that says what and why."
        )
    yield from text_faults(statement, known.references)
    yield from overlap_faults(statement, known.shingles)


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


def _checklist_faults(file: YamlFile, known: _Known, today: date) -> Iterator[Fault]:
    data = mapping(file.data)
    yield from _review_faults(file, today)
    for number, category in enumerate(words(data.get("categories"))):
        if category not in known.categories:
            yield file.fault(("categories", number), "unknown-category", f"There is no category “{category}”.")
    for number, article in enumerate(words(data.get("articles"))):
        if article not in known.articles:
            yield file.fault(("articles", number), "dead-link", f"There is no article “{article}”.")
    seen: set[str] = set()
    for number, point in enumerate(sequence(data.get("pause_points"))):
        for place, item in enumerate(sequence(mapping(point).get("items"))):
            path = ("pause_points", number, "items", place)
            target = mapping(item).get("statement")
            if isinstance(target, str) and target not in known.statements:
                yield file.fault((*path, "statement"), "dead-link", f"There is no statement “{target}”.")
            found = mapping(item).get("id")
            if isinstance(found, str) and found in seen:
                yield file.fault((*path, "id"), "duplicate-id", f"“{found}” stands in this checklist twice.")
            seen.add(str(found))


def _vocabulary_faults(sources: Sources, known: _Known) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for file in sources.vocabulary:
        for number, term in enumerate(sequence(file.data)):
            values = mapping(term)
            found = values.get("id")
            if isinstance(found, str):
                if found in seen:
                    yield file.fault((number, "id"), "duplicate-id", f"“{found}” is also a term of {seen[found]}.")
                seen.setdefault(found, file.name)
            for place, broader in enumerate(words(values.get("broader"))):
                if broader not in known.terms:
                    yield file.fault((number, "broader", place), "dead-link", f"There is no term “{broader}”.")
            article = values.get("article")
            if isinstance(article, str) and article not in known.articles:
                yield file.fault((number, "article"), "dead-link", f"There is no article “{article}”.")


def _edition_faults(sources: Sources, known: _Known) -> Iterator[Fault]:
    """Yield what only the whole edition shows: claims carried, median grade, share of strong evidence."""
    statements = [s for file in sources.articles for s in raw_statements(file)]
    if known.shingles:  # The claims are those of the source article; an edition without it has none to carry.
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
