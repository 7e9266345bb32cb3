"""What no edition can be compiled with: names that lead nowhere, ids that stand twice, sections without a heading.

Faults of wording and completeness are ``lint``'s business.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from pathlib import PurePosixPath
from typing import Any

from desktop_app.authoring.fault import Fault
from desktop_app.authoring.raw import RawStatement, mapping, raw_id, raw_statements, sequence, words
from desktop_app.authoring.source import Sources
from desktop_app.authoring.yaml_file import PathKey, YamlFile


def structure_faults(sources: Sources, known: Known) -> Iterator[Fault]:
    """Yield every fault that stands in the way of compiling, those of reading and of the schema first."""
    yield from sources.faults
    yield from _identity_faults(sources)
    for file in sources.articles:
        yield from _article_faults(file, known)
    for file in sources.checklists:
        yield from _checklist_faults(file, known)
    yield from _vocabulary_faults(sources, known)


class Known:
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


def _category_ids(values: Any) -> Iterator[str]:
    for item in sequence(values):
        yield str(mapping(item).get("id"))
        yield from _category_ids(mapping(item).get("children"))


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


def _dead_links(
    file: YamlFile, path: PathKey, names: Any, known: Collection[str], what: str, rule: str = "dead-link"
) -> Iterator[Fault]:
    """Yield the names of a list that are not among those known."""
    for number, name in enumerate(words(names)):
        if name not in known:
            yield file.fault((*path, number), rule, f"There is no {what} “{name}”.")


def _repeated(file: YamlFile, ids: Iterable[tuple[PathKey, Any]], where: str) -> Iterator[Fault]:
    """Yield the ids that stand a second time; ``ids`` are (path, value as it stands)."""
    seen: set[str] = set()
    for path, found in ids:
        if isinstance(found, str) and found in seen:
            yield file.fault((*path, "id"), "duplicate-id", f"“{found}” stands in this {where} twice.")
        seen.add(str(found))


def _article_faults(file: YamlFile, known: Known) -> Iterator[Fault]:
    data = mapping(file.data)
    yield from _dead_links(file, ("categories",), data.get("categories"), known.categories, "category", "unknown-category")
    others = known.articles.keys() - {raw_id(file)}
    yield from _dead_links(file, ("related",), data.get("related"), others, "other article")
    yield from _section_faults(file, known)
    statements = list(raw_statements(file))
    yield from _repeated(file, ((statement.path, statement.id or None) for statement in statements), "article")
    for statement in statements:
        yield from _statement_faults(statement, known)


def _section_faults(file: YamlFile, known: Known) -> Iterator[Fault]:
    standard = known.sections.get(str(mapping(file.data).get("kind")), [])
    sections = [mapping(section) for section in sequence(mapping(file.data).get("sections"))]
    yield from _repeated(file, ((("sections", number), section.get("id")) for number, section in enumerate(sections)), "article")
    for number, section in enumerate(sections):
        found = section.get("id")
        if standard and isinstance(found, str) and found not in standard and "heading" not in section:
            yield file.fault(("sections", number, "id"), "no-heading", f"“{found}” is no standard section and has no heading.")


def _statement_faults(statement: RawStatement, known: Known) -> Iterator[Fault]:
    file, values = statement.file, statement.values
    for number, key in enumerate(statement.citations()):
        if key not in known.references:
            path = (*statement.path, "citations", number)
            yield file.fault(path, "unknown-reference", f"{statement.id}: there is no reference “{key}”.")
    for number, effect in enumerate(sequence(values.get("effects"))):
        for role, kinds in (("drug", ("drug",)), ("finding", ("finding", "condition"))):
            term = mapping(effect).get(role)
            if isinstance(term, str) and known.terms.get(term) not in kinds:
                path = (*statement.path, "effects", number, role)
                yield file.fault(path, "unknown-term", f"{statement.id}: “{term}” is no term of kind {' or '.join(kinds)}.")
    target = mapping(values.get("diagnosis")).get("article")
    if isinstance(target, str) and target not in known.articles:
        yield file.fault((*statement.path, "diagnosis", "article"), "dead-link", f"There is no article “{target}”.")


def _checklist_faults(file: YamlFile, known: Known) -> Iterator[Fault]:
    data = mapping(file.data)
    yield from _dead_links(file, ("categories",), data.get("categories"), known.categories, "category", "unknown-category")
    yield from _dead_links(file, ("articles",), data.get("articles"), known.articles, "article")
    items = [
        (("pause_points", number, "items", place), mapping(item))
        for number, point in enumerate(sequence(data.get("pause_points")))
        for place, item in enumerate(sequence(mapping(point).get("items")))
    ]
    yield from _repeated(file, ((path, item.get("id")) for path, item in items), "checklist")
    for path, item in items:
        target = item.get("statement")
        if isinstance(target, str) and target not in known.statements:
            yield file.fault((*path, "statement"), "dead-link", f"There is no statement “{target}”.")


def _vocabulary_faults(sources: Sources, known: Known) -> Iterator[Fault]:
    seen: dict[str, str] = {}
    for file in sources.vocabulary:
        for number, term in enumerate(sequence(file.data)):
            values = mapping(term)
            found = values.get("id")
            if isinstance(found, str):
                if found in seen:
                    yield file.fault((number, "id"), "duplicate-id", f"“{found}” is also a term of {seen[found]}.")
                seen.setdefault(found, file.name)
            yield from _dead_links(file, (number, "broader"), values.get("broader"), known.terms, "term")
            article = values.get("article")
            if isinstance(article, str) and article not in known.articles:
                yield file.fault((number, "article"), "dead-link", f"There is no article “{article}”.")
