"""A small edition for the tests of search: five articles and their vocabulary."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from desktop_app.content.audience import Texts
from desktop_app.content.model import Article, Category, Effect, Flag, Kind, Relation, Section, Statement
from desktop_app.content.review import Review, ReviewState
from desktop_app.content.vocabulary import Brand, Term, TermKind
from desktop_app.search.searcher import Searcher

DAY = date(2026, 11, 22)
REVIEW = Review(ReviewState.UNDER_REVIEW, DAY, DAY, DAY, DAY)

ArticleMaker = Callable[..., Article]


def texts(clinician: str, patient: str = "") -> Texts:
    return Texts(clinician, clinician, patient or clinician)


def statement(
    identity: str, clinician: str, patient: str = "", *, flags: tuple[Flag, ...] = (), effects: tuple[Effect, ...] = ()
) -> Statement:
    return Statement(identity, texts(clinician, patient), ("R1",), flags=flags, effects=effects)


def article(
    identity: str, title: str, kind: Kind, summary: Statement, *statements: Statement, category: str = "muscle"
) -> Article:
    section = Section("points-to", texts("What points to it"), statements)
    questions = Texts(f"Is it {title.lower()}?", f"How does {title.lower()} arise?", f"What is {title.lower()}?")
    return Article(identity, kind, title, questions, (category,), REVIEW, (), (), summary, (section,) if statements else ())


def weakness(drug: str) -> tuple[Effect, ...]:
    return (Effect(drug, "muscle-weakness", Relation.CAUSES),)


@pytest.fixture(scope="session")
def articles() -> tuple[Article, ...]:
    return (
        article(
            "muscle-cramp",
            "Muscle cramp",
            Kind.PRESENTATION,
            statement(
                "summary", "A cramp is a sudden painful knot in one muscle that stretching frees.", "A cramp is a hard knot."
            ),
            statement("night", "Cramps at night are common in older people."),
            statement("red", "Weakness with cramp: examine for motor neurone disease.", flags=(Flag.RED_FLAG,)),
        ),
        article(
            "peripheral-artery-disease",
            "Peripheral artery disease and claudication",
            Kind.CAUSE,
            statement("summary", "Leg pain on walking that rest relieves within minutes.", "Narrow arteries make legs hurt."),
            statement("pulses", "Absent foot pulses and ischaemia of the skin point to it."),
            statement("statin", "A statin lowers the risk of stroke."),
        ),
        article(
            "statin-muscle-disease",
            "Statins and muscle disease",
            Kind.DRUG,
            statement("summary", "Statins seldom injure muscle; measure creatine kinase when symptoms begin."),
            statement("check", "Check creatine kinase and thyroid function before stopping a statin.", flags=(Flag.PITFALL,)),
            statement("weak", "Weakness that goes on after the statin is stopped needs antibodies.", effects=weakness("statins")),
        ),
        article(
            "amiodarone",
            "Amiodarone",
            Kind.DRUG,
            statement("summary", "Amiodarone may injure nerve, muscle and thyroid."),
            statement("nerve", "Neuropathy with weak legs begins after months.", effects=weakness("amiodarone")),
            statement("dose", "The risk rises with the dose in mg/kg and with oedema."),
        ),
        article(
            "dialysis-cramps",
            "Cramps on dialysis",
            Kind.CAUSE,
            statement("summary", "Cramps come late in a dialysis session when much fluid is drawn."),
            statement("slow", "Slow or stop ultrafiltration; give fluid.", flags=(Flag.MUST_NOT_MISS,)),
        ),
    )


@pytest.fixture(scope="session")
def terms() -> tuple[Term, ...]:
    drug, finding, condition = TermKind.DRUG, TermKind.FINDING, TermKind.CONDITION
    return (
        Term("statins", drug, "statins", article="statin-muscle-disease"),
        Term("atorvastatin", drug, "atorvastatin", broader=("statins",), brands=(Brand("Lipitor"),)),
        Term("amiodarone", drug, "amiodarone", article="amiodarone", brands=(Brand("Cordarone X"),)),
        Term("prednisone", drug, "prednisone"),
        Term("cramp", finding, "muscle cramp", article="muscle-cramp", synonyms=("cramp",), lay=("charley horse",)),
        Term("muscle-weakness", finding, "muscle weakness", synonyms=("weakness", "weak")),
        Term(
            "peripheral-artery-disease",
            condition,
            "peripheral artery disease",
            article="peripheral-artery-disease",
            abbreviations=("PAD", "PD"),
            lay=("narrow leg arteries",),
        ),
        Term("parkinson-disease", condition, "Parkinson disease", abbreviations=("PD",)),
        Term("motor-neurone-disease", condition, "motor neurone disease", abbreviations=("MND",), synonyms=("ALS",)),
        Term("dialysis", condition, "dialysis"),
    )


@pytest.fixture(scope="session")
def categories() -> tuple[Category, ...]:
    return (Category("muscle", "Muscles", "Your muscles", None, 0), Category("vessels", "Vessels", "Blood vessels", None, 1))


@pytest.fixture(scope="session")
def searcher(articles: tuple[Article, ...], terms: tuple[Term, ...], categories: tuple[Category, ...]) -> Searcher:
    return Searcher.from_articles(articles, terms, categories)
