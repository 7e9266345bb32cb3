"""The order of articles and the choice of the statement, on values made for each claim."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from desktop_app.content.audience import Audience, Texts
from desktop_app.content.model import Article, Category, Flag, Kind, Section, Statement
from desktop_app.content.review import Review
from desktop_app.content.vocabulary import Term, TermKind
from desktop_app.search.hit import Snippet
from desktop_app.search.pack import Pack, pack
from desktop_app.search.postings import Postings, PostingsWriter
from desktop_app.search.query import SearchQuery
from desktop_app.search.ranking import Group, Option, Scorer
from desktop_app.search.searcher import Searcher
from desktop_app.search.snippet import Marker, marked, snippet


def make(articles: Sequence[Article], *terms: Term) -> Searcher:
    return Searcher.from_articles(articles, terms, ())


def page(review: Review, identity: str, title: str, *statements: Statement, summary: str = "Nothing here.") -> Article:
    section = Section("points-to", Texts("Points to it", "Points to it", "Signs"), statements)
    first = Statement("summary", Texts(summary, summary, summary), ())
    return Article(identity, Kind.CAUSE, title, Texts("", "", ""), (), review, (), (), first, (section,) if statements else ())


def said(identity: str, text: str, patient: str = "", flags: tuple[Flag, ...] = ()) -> Statement:
    return Statement(identity, Texts(text, text, patient or text), (), flags=flags)


@pytest.fixture
def review(articles: tuple[Article, ...]) -> Review:
    return articles[0].review


def order(searcher: Searcher, text: str, audience: Audience = Audience.CLINICIAN) -> list[str]:
    return [hit.article_id for hit in searcher.search(SearchQuery(text, audience=audience)).hits]


def test_all_words_come_before_some_words(review: Review) -> None:
    """An article with both words is above one that repeats one of them, even in its title."""
    pages = [
        page(review, "one-word", "Fever", said("a", "Fever, fever and again fever with fever.")),
        page(
            review,
            "both",
            "Something else",
            said("a", "A long text that speaks of many things and among them of fever and of a rash."),
        ),
        page(review, "filler", "Filler", said("a", "Bones.")),
    ]
    assert order(make(pages), "fever rash ") == ["both", "one-word"]


def test_a_title_comes_before_a_mention(review: Review) -> None:
    """The article that is called so is above those that only speak of it."""
    pages = [
        page(review, "mention", "Bones", said("a", "Gout, gout, gout."), said("b", "Gout again and more gout.")),
        page(review, "title", "Gout", said("a", "A swollen toe.")),
        page(review, "long-title", "Pseudogout and gout mimics", said("a", "Gout and pseudogout.")),
    ]
    assert order(make(pages), "gout ")[0] == "title"


def test_a_red_flag_is_lifted_among_equals(review: Review) -> None:
    """Of two statements that say the same, the flagged one is shown."""
    pages = [
        page(
            review, "x", "Legs", said("plain", "The calf is cold."), said("flagged", "The calf is cold.", flags=(Flag.RED_FLAG,))
        )
    ]
    (hit,) = make(pages).search(SearchQuery("cold calf")).hits
    assert (hit.statement_id, hit.flags) == ("flagged", (Flag.RED_FLAG,))


def test_the_text_of_the_audience_is_searched_first(review: Review) -> None:
    """A word of the patient text counts more for a patient than for a clinician, and is found by both."""
    pages = [
        page(
            review, "clinical", "One", said("a", "Tummy ache is asked about here.", patient="Pain in the belly is asked about.")
        ),
        page(review, "lay", "Two", said("a", "Abdominal pain is asked about here.", patient="Tummy ache is asked about here.")),
    ]
    searcher = make(pages)
    assert order(searcher, "tummy ", Audience.PATIENT) == ["lay", "clinical"]
    assert order(searcher, "tummy ") == ["clinical", "lay"]


def test_a_member_finds_its_class_and_a_class_its_members(review: Review) -> None:
    """A drug finds what is said of its class, after what is said of itself; the class finds its members."""
    terms = (
        Term("statins", TermKind.DRUG, "statins"),
        Term("atorvastatin", TermKind.DRUG, "atorvastatin", broader=("statins",)),
    )
    pages = [
        page(review, "class", "Cholesterol", said("a", "Statins lower it.")),
        page(review, "member", "Trial", said("a", "Atorvastatin was given.")),
        page(review, "other", "Bones", said("a", "Calcium.")),
    ]
    searcher = make(pages, *terms)
    assert order(searcher, "atorvastatin ") == ["member", "class"]
    assert order(searcher, "statins ") == ["class", "member"]


def test_a_prefix_finds_the_words_it_begins(review: Review) -> None:
    """While a word is typed its completions are searched; a space ends the word."""
    pages = [page(review, "x", "Fasciculation"), page(review, "y", "Bones")]
    assert order(make(pages), "fasc") == ["x"]
    assert order(make(pages), "fasc ") == []


def test_the_limit_cuts_the_list_but_not_the_total(searcher: Searcher) -> None:
    """``total`` counts all articles found, ``hits`` at most the limit; a limit of nothing or less gives none."""
    all_of_them = searcher.search(SearchQuery("muscle"))
    one = searcher.search(SearchQuery("muscle", limit=1))
    assert one.hits == all_of_them.hits[:1]
    assert one.total == all_of_them.total == len(all_of_them.hits) > 1
    assert searcher.search(SearchQuery("muscle", limit=-3)).hits == ()


def test_many_statements_of_frequent_words_are_scored_like_rare_ones() -> None:
    """Terms kept as vectors and terms kept as pairs add up alike, and the count of words is exact."""
    writer, names = PostingsWriter(), PostingsWriter()
    for place in range(200):
        counts = {"all": (1.0, 1.0, 1.0)}
        if place % 50 == 3:
            counts["few"] = (1.0, 1.0, 1.0)
        writer.add(counts)
        names.add({})
    articles = Postings(Pack(pack({}, writer.sections("a"))), "a")
    scorer = Scorer(articles, Postings(Pack(pack({}, names.sections("n"))), "n"))
    found, total = scorer.top([Group((Option(("all",)),)), Group((Option(("few",)),))], 0, 10)
    assert total == 200
    assert [(one.article, one.matched) for one in found[:5]] == [(3, 2), (53, 2), (103, 2), (153, 2), (0, 1)]
    expected = (articles.rarity(0) + articles.rarity(1)) / 2.2
    assert found[0].value == pytest.approx(expected, rel=0.02)
    one_group, _ = scorer.top([Group((Option(("few", "all"), 1.0, partial=True), Option(("all",), 0.1)), 2)], 0, 10)
    assert one_group[0].matched == 2
    assert scorer.top([Group((Option(("missing",)),))], 0, 10) == ([], 0)


def test_nothing_asked_finds_nothing(searcher: Searcher, categories: tuple[Category, ...]) -> None:
    """An empty field, blanks and quotation marks alone give an empty result without complaint."""
    for text in ("", "   ", '""', "\x00", "\ud800"):
        result = searcher.search(SearchQuery(text))
        assert (result.hits, result.total, result.tried) == ((), 0, "")


def test_a_snippet_shows_the_words_that_were_found() -> None:
    """A long text is cut at spaces round the first word found, and every found word is marked, as typed in the text."""
    text = "Words that do not matter. " * 30 + "A Cramp of the calf, or cramps." + " And then some more words follow." * 20
    shown = snippet(text, Marker(["cramp", "cramps", "of the calf"]))
    assert [part for part, found in shown.parts if found] == ["Cramp", "of the calf", "cramps"]
    assert len(shown.text) < 260
    assert shown.text.startswith("… ")
    assert shown.text.endswith(" …")
    assert snippet("Short.", Marker([])) == Snippet((("Short.", False),))


def test_marks_change_no_character_of_a_text() -> None:
    """The parts joined are the text itself."""
    text = "Écrampe: CRAMP-like <b>cramp</b> in the leg’s calf."
    parts = marked(text, Marker(["cramp", "leg's"]))
    assert "".join(part for part, _ in parts) == text
    assert [part for part, found in parts if found] == ["CRAMP", "cramp"]
