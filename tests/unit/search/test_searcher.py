"""What a person types finds the right article, at the right statement, and says how it was understood."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.content.audience import Audience
from desktop_app.content.model import Article, Category
from desktop_app.content.vocabulary import Term, Why
from desktop_app.errors import ContentError
from desktop_app.search.index import build_index, index_files
from desktop_app.search.query import SearchQuery
from desktop_app.search.searcher import Searcher


def first(searcher: Searcher, text: str, **more: object) -> str:
    hits = searcher.search(SearchQuery(text, **more)).hits  # type: ignore[arg-type]
    return hits[0].article_id if hits else ""


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("muscle cramp", "muscle-cramp"),
        ("cramps", "muscle-cramp"),
        ("CRAMP", "muscle-cramp"),
        ("charley horse", "muscle-cramp"),
        ("PAD", "peripheral-artery-disease"),
        ("pad", "peripheral-artery-disease"),
        ("disease, peripheral artery", "peripheral-artery-disease"),
        ("ischemia", "peripheral-artery-disease"),
        ("lipitor", "statin-muscle-disease"),
        ("atorvastatin", "statin-muscle-disease"),
        ("cordarone", "amiodarone"),
        ("mg/kg", "amiodarone"),
        ("edema", "amiodarone"),
        ("cramps in dialysis", "dialysis-cramps"),
        ("dialysis cramp", "dialysis-cramps"),
    ],
)
def test_the_first_hit_is_the_right_article(searcher: Searcher, text: str, expected: str) -> None:
    """Titles, synonyms, abbreviations, brands, lay words, word order and spelling lead to the article that is meant."""
    assert first(searcher, text) == expected


@pytest.mark.parametrize(
    ("text", "typed", "understood", "why"),
    [
        ("pad", "pad", "peripheral artery disease", Why.ABBREVIATION),
        ("lipitor", "lipitor", "atorvastatin", Why.BRAND),
        ("charley horse", "charley horse", "muscle cramp", Why.LAY),
        ("cramsp", "cramsp", "cramps", Why.TYPING_ERROR),
        ("edema", "edema", "oedema", Why.SPELLING),
        ("atorv", "atorv", "atorvastatin", Why.PREFIX),
        ("weakness", "weakness", "muscle weakness", Why.SYNONYM),
    ],
)
def test_the_interpretation_says_what_was_understood_and_why(
    searcher: Searcher, text: str, typed: str, understood: str, why: Why
) -> None:
    """Each change of what was typed is told with its reason."""
    lines = {(i.typed, i.understood, i.why) for i in searcher.search(SearchQuery(text)).interpretation}
    assert (typed, understood, why) in lines


def test_an_interpretation_can_be_undone(searcher: Searcher) -> None:
    """A word put into ``literal`` is taken exactly as typed."""
    result = searcher.search(SearchQuery("cramsp", literal=frozenset({"cramsp"})))
    assert not result.interpretation
    assert not result.hits


def test_a_hit_is_shown_at_its_best_statement(searcher: Searcher) -> None:
    """The statement that holds the words is the one a hit shows and lands on."""
    hit = searcher.search(SearchQuery("absent pulses")).hits[0]
    assert (hit.article_id, hit.statement_id, hit.section_id) == ("peripheral-artery-disease", "pulses", "points-to")
    assert [text for text, found in hit.snippet.parts if found] == ["Absent", "pulses"]


def test_the_text_of_the_audience_is_shown(searcher: Searcher) -> None:
    """A patient sees the patient text in the snippet."""
    hit = searcher.search(SearchQuery("muscle cramp", audience=Audience.PATIENT)).hits[0]
    assert hit.snippet.text == "A cramp is a hard knot."


def test_an_ambiguous_abbreviation_offers_its_meanings(searcher: Searcher) -> None:
    """PD has two meanings and both are offered."""
    (meaning,) = searcher.search(SearchQuery("PD")).meanings
    assert {term.id for term in meaning.terms} == {"peripheral-artery-disease", "parkinson-disease"}


def test_a_drug_and_a_finding_are_answered_from_the_reverse_index(searcher: Searcher) -> None:
    """The statement with that effect is quoted as it stands, with its citations."""
    answer = searcher.search(SearchQuery("can amiodarone cause weakness")).answers[0]
    assert (answer.article_id, answer.statement_id, answer.citations) == ("amiodarone", "nerve", ("R1",))
    assert answer.text == "Neuropathy with weak legs begins after months."


def test_a_question_is_answered_by_the_best_statement(searcher: Searcher) -> None:
    """Question words are left out and the statement that holds the rest is quoted."""
    answer = searcher.search(SearchQuery("what to check before stopping a statin")).answers[0]
    assert (answer.article_id, answer.statement_id) == ("statin-muscle-disease", "check")


def test_a_quoted_phrase_is_found_side_by_side_only(searcher: Searcher) -> None:
    """Quotation marks ask for words side by side."""
    result = searcher.search(SearchQuery('"pain on walking"'))
    assert [hit.article_id for hit in result.hits] == ["peripheral-artery-disease"]


def test_a_phrase_that_nobody_wrote_falls_back_to_its_words(searcher: Searcher) -> None:
    """The page is not empty, and it says that the words do not stand side by side."""
    result = searcher.search(SearchQuery('"walking pulses"'))
    assert result.hits[0].article_id == "peripheral-artery-disease"
    assert "side by side" in result.tried


def test_nothing_found_still_offers_terms_categories_and_what_was_tried(searcher: Searcher) -> None:
    """There is never an empty page."""
    result = searcher.search(SearchQuery("qqqqxxxx"))
    assert not result.hits
    assert result.suggestions
    assert result.nodes
    assert result.tried


def test_given_chips_lift_and_hide_nothing(searcher: Searcher) -> None:
    """A chip brings its statements forward; the same articles are found."""
    plain = searcher.search(SearchQuery("risk"))
    given = searcher.search(SearchQuery("risk", given=("amiodarone",)))
    assert [h.article_id for h in plain.hits] != [h.article_id for h in given.hits]
    assert {h.article_id for h in plain.hits} == {h.article_id for h in given.hits}
    assert given.hits[0].article_id == "amiodarone"


def test_a_folder_gives_the_same_hits_as_memory(
    tmp_path: Path, searcher: Searcher, articles: tuple[Article, ...], terms: tuple[Term, ...], categories: tuple[Category, ...]
) -> None:
    """The index that is read from disk answers like the one built in memory, phrases included."""
    build_index(articles, terms, categories, tmp_path / "index", "abc")
    opened = Searcher.open(tmp_path / "index", "abc")
    for text in ("cramps", "lipitor", '"pain on walking"', "can amiodarone cause weakness"):
        assert opened.search(SearchQuery(text)).hits == searcher.search(SearchQuery(text)).hits


def test_an_index_folder_that_cannot_be_used_is_refused_in_words(
    tmp_path: Path, articles: tuple[Article, ...], terms: tuple[Term, ...], categories: tuple[Category, ...]
) -> None:
    """Missing, of other content, changed or cut short: a sentence and advice, never a traceback."""
    folder = tmp_path / "index"
    with pytest.raises(ContentError, match="missing"):
        Searcher.open(folder, "abc")
    build_index(articles, terms, categories, folder, "abc")
    with pytest.raises(ContentError, match="another edition"):
        Searcher.open(folder, "other")
    for file in index_files(folder):
        whole = file.read_bytes()
        for broken in (
            b"",
            whole[:-7],
            whole[: len(whole) // 2],
            bytes([whole[0] ^ 1]) + whole[1:],
            whole[:-1] + bytes([whole[-1] ^ 8]),
        ):
            file.write_bytes(broken)
            with pytest.raises(ContentError) as caught:
                Searcher.open(folder, "abc")
            assert caught.value.advice
        file.write_bytes(whole)
    assert Searcher.open(folder, "abc").search(SearchQuery("cramp")).hits


def test_a_question_is_answered_from_the_section_it_asks_for(
    articles: tuple[Article, ...], terms: tuple[Term, ...], categories: tuple[Category, ...]
) -> None:
    """ "How is it treated" finds the statements under Treatment, although none of them says "treat"."""
    plain = articles[4]
    moved = replace(plain.sections[0], id="treatment")
    edition = (*articles[:4], replace(plain, sections=(moved,)))
    question = SearchQuery("how are cramps on dialysis treated?")
    assert "slow" not in [a.statement_id for a in Searcher.from_articles(articles, terms, categories).search(question).answers]
    result = Searcher.from_articles(edition, terms, categories).search(question)
    assert (result.answers[0].article_id, result.answers[0].statement_id) == ("dialysis-cramps", "slow")
    assert (result.hits[0].article_id, result.hits[0].statement_id) == ("dialysis-cramps", "slow")
