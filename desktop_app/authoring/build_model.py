"""Checked YAML values become the model. Called only for sources that their schema accepts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from desktop_app.authoring.yaml_file import YamlFile
from desktop_app.content.audience import Audience, Texts
from desktop_app.content.checklist import Answer, Checklist, ChecklistItem, PausePoint, Trial
from desktop_app.content.model import (
    SUMMARY_ID,
    Article,
    Category,
    Cells,
    Diagnosis,
    Edition,
    Effect,
    Flag,
    Kind,
    Library,
    Place,
    Relation,
    Section,
    Statement,
    cell_labels,
)
from desktop_app.content.reference import Reference, ReferenceType
from desktop_app.content.review import Change, Review, ReviewState
from desktop_app.content.vocabulary import Brand, Term, TermKind

Values = Mapping[str, Any]


def build_library(
    single: Mapping[str, YamlFile], vocabulary: Iterable[YamlFile], articles: Iterable[YamlFile], checklists: Iterable[YamlFile]
) -> Library:
    """Build every value of the model from checked files."""
    headings = {
        kind: {section["id"]: _texts(section) for section in sections} for kind, sections in single["sections"].data.items()
    }
    built = tuple(sorted((_article(file.data, headings) for file in articles), key=lambda article: article.id))
    by_id = {article.id: article for article in built}
    return Library(
        edition=_edition(single["edition"].data),
        categories=tuple(_categories(single["categories"].data)),
        references=tuple(_reference(key, values) for key, values in sorted(single["references"].data.items())),
        terms=tuple(sorted((_term(values) for file in vocabulary for values in file.data), key=lambda term: term.id)),
        articles=built,
        checklists=tuple(sorted((_checklist(file.data, by_id) for file in checklists), key=lambda item: item.id)),
    )


def _texts(values: Values) -> Texts:
    return Texts(values["clinician"], values["student"], values["patient"])


def _date(text: str) -> date:
    return date.fromisoformat(text)


def _changes(values: Iterable[Values]) -> tuple[Change, ...]:
    return tuple(Change(_date(item["date"]), item["text"], item.get("version")) for item in values)


def _review(values: Values) -> Review:
    return Review(
        ReviewState(values["state"]),
        _date(values["submitted"]),
        _date(values["last_reviewed"]),
        _date(values["last_corrected"]),
        _date(values["due"]),
    )


def _edition(values: Values) -> Edition:
    return Edition(
        number=values["number"],
        name=values["name"],
        date=_date(values["date"]),
        content_hash="",
        disclaimer=values["disclaimer"],
        policy=tuple((part["heading"], part["text"]) for part in values["policy"]),
        changes=_changes(values["changes"]),
    )


def _categories(values: Iterable[Values]) -> Iterable[Category]:
    found: list[Category] = []

    def walk(items: Iterable[Values], parent: str | None) -> None:
        for item in items:
            found.append(Category(item["id"], item["title"], item["patient_title"], parent, len(found)))
            walk(item.get("children", ()), item["id"])

    walk(values, None)
    return found


def _reference(key: str, values: Values) -> Reference:
    return Reference(
        id=key,
        type=ReferenceType(values["type"]),
        title=values["title"],
        source=values["source"],
        authors=values.get("authors", ""),
        year=values.get("year"),
        confirmed=values["confirmed"],
        use=values["use"],
        **{name: str(values.get(name, "")) for name in ("volume", "issue", "pages", "doi", "pmid", "url")},
    )


def _term(values: Values) -> Term:
    lists = ("broader", "abbreviations", "synonyms", "lay", "spellings", "misspellings")
    return Term(
        id=values["id"],
        kind=TermKind(values["kind"]),
        preferred=values["preferred"],
        article=values.get("article"),
        brands=tuple(Brand(brand["name"], brand.get("region", "")) for brand in values.get("brands", ())),
        **{name: tuple(values.get(name, ())) for name in lists},
    )


def _article(values: Values, headings: Mapping[str, Mapping[str, Texts]]) -> Article:
    standard = headings[values["kind"]]
    state = ReviewState(values["review"]["state"])
    return Article(
        id=values["id"],
        kind=Kind(values["kind"]),
        title=values["title"],
        questions=_texts(values["question"]),
        categories=tuple(values["categories"]),
        review=_review(values["review"]),
        changes=_changes(values["changes"]),
        related=tuple(values.get("related", ())),
        summary=_statement(values["summary"] | {"id": SUMMARY_ID}, state),
        sections=tuple(
            Section(
                section["id"],
                _texts(section["heading"]) if "heading" in section else standard[section["id"]],
                tuple(_statement(item, state) for item in section["statements"]),
            )
            for section in values["sections"]
        ),
    )


def _statement(values: Values, state: ReviewState) -> Statement:
    diagnosis = _diagnosis(values) if "diagnosis" in values else None
    texts = _differential_texts(diagnosis) if diagnosis else _texts(values)
    return Statement(
        id=values["id"],
        texts=texts,
        citations=tuple(values["citations"]),
        flags=tuple(Flag(flag) for flag in values.get("flags", ())),
        note=values.get("note", ""),
        correction=values.get("correction", False),
        conflict=values.get("conflict", False),
        claims=tuple(values.get("claims", ())),
        effects=tuple(Effect(item["drug"], item["finding"], Relation(item["relation"])) for item in values.get("effects", ())),
        diagnosis=diagnosis,
        review_state=ReviewState(values["review_state"]) if "review_state" in values else state,
    )


def _diagnosis(values: Values) -> Diagnosis:
    head = values["diagnosis"]
    cells = {
        audience.value: Cells(*(values[audience.value][cell] for cell in ("points_to", "points_away", "first_tests")))
        for audience in Audience
    }
    return Diagnosis(head["name"], head["patient_name"], Place(head["place"]), head.get("article"), **cells)


def _differential_texts(diagnosis: Diagnosis) -> Texts:
    """Join name and cells into one paragraph for each audience: what search, plain text and copies use."""
    joined = {}
    for audience in Audience:
        cells = diagnosis.cells(audience)
        parts = zip(cell_labels(audience), (cells.points_to, cells.points_away, cells.first_tests), strict=True)
        lines = " ".join(f"{label}: {text.rstrip('.')}." for label, text in parts)
        joined[audience.value] = f"{diagnosis.name_for(audience)}. {lines}"
    return Texts(**joined)


def _checklist(values: Values, articles: Mapping[str, Article]) -> Checklist:
    points = tuple(PausePoint(point["when"], tuple(_item(item) for item in point["items"])) for point in values["pause_points"])
    trial = values["trial"]
    cited: dict[str, None] = {}
    for item in (item for point in points for item in point.items):
        article = articles.get(item.article)
        statement = article.statement(item.statement) if article else None
        cited.update(dict.fromkeys(statement.citations if statement else ()))
    return Checklist(
        id=values["id"],
        title=values["title"],
        purpose=values["purpose"],
        use=values["use"],
        categories=tuple(values["categories"]),
        articles=tuple(values["articles"]),
        review=_review(values["review"]),
        version=values["version"],
        changes=_changes(values["changes"]),
        trial=Trial(_date(trial["on"]) if trial["on"] else None, trial["by"] or "", trial.get("minutes")),
        pause_points=points,
        references=tuple(cited),
    )


def _item(values: Values) -> ChecklistItem:
    return ChecklistItem(
        id=values["id"],
        text=values["text"],
        answer=Answer(values["answer"]),
        label=values.get("label", ""),
        life_threatening=values.get("life_threatening", False),
        source=values["statement"],
        why_missed=values["why_missed"],
    )
