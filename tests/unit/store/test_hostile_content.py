"""Content that somebody crafted: our tables and our version, and inside them what the writer never writes.

Whatever it is, a reader meets a ContentError in words, raised by the store, and no other error.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Callable
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest

from desktop_app.authoring.source import load_sources
from desktop_app.checklists.sheet import make_sheet
from desktop_app.content.audience import Audience
from desktop_app.errors import EXIT_CONTENT, ContentError
from desktop_app.reading import html, plain
from desktop_app.reading.reader import Reader
from desktop_app.reading.search_opening import OpenedSearch
from desktop_app.search.searcher import Searcher
from desktop_app.store.content_store import ContentStore
from desktop_app.store.writer import write_content
from tests.support import article, texts, write_sources

TODAY = date(2026, 11, 23)
DIFFERENTIAL = {
    "id": "differential",
    "statements": [
        {
            "id": "dd-night-cramp",
            "diagnosis": {"name": "Night cramp", "patient_name": "Cramp", "article": "night-cramp", "place": "common"},
            **{name: {"points_to": "Night.", "points_away": "Day.", "first_tests": "None."} for name in texts("")},
            "citations": ["REV12"],
        }
    ],
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the content file of a small edition that has something in every table."""
    folder = tmp_path_factory.mktemp("edition")
    lines = {**article("leg-pain", kind="presentation", related=["quinine"]), "sections": [DIFFERENTIAL]}
    sources = write_sources(folder / "sources", [article(), article("quinine", kind="drug"), lines])
    assert write_content(load_sources(sources), folder / "content.db")
    return folder / "content.db"


def read_everything(data: bytes) -> None:
    """Do with some bytes all that the program does with content: list, show, print, search, compare editions."""
    store = ContentStore.from_bytes(data)
    try:
        searcher = Searcher.from_articles(store.articles(), store.terms(), store.categories())
        reader = Reader(store, lambda: OpenedSearch(searcher))
        assert reader.edition.label
        for head in reader.heads:
            for audience in Audience:
                page = reader.page(head.id, audience, TODAY)
                assert html.page_as_document(page)
                assert plain.page_as_text(page)
                assert plain.page_as_values(page, reader.article(head.id))
        for checklist in reader.checklists:
            assert make_sheet(checklist, reader.references, reader.edition, TODAY).texts()
            assert store.checklist(checklist.id) == checklist
        for item in store.effects():
            assert reader.terms[item.effect.drug].id == item.effect.drug
            assert reader.terms[item.effect.finding].id == item.effect.finding
        for name in store.related():
            assert reader.article(name).id == name
    finally:
        store.close()


def changed(whole: Path, folder: Path, *scripts: str) -> bytes:
    """Return the bytes of a copy in which some SQL was run; a NOT NULL can be lifted for the time of the change."""
    path = folder / "content.db"
    path.write_bytes(whole.read_bytes())
    for script in scripts:
        connection = sqlite3.connect(path, isolation_level=None)
        connection.execute("PRAGMA writable_schema=ON")
        connection.executescript(script)
        connection.close()
    return path.read_bytes()


def test_the_whole_edition_is_read(whole: Path) -> None:
    """Without a change nothing is refused: what the cases below report is their change."""
    read_everything(whole.read_bytes())


@pytest.mark.parametrize("table", ["article", "category", "checklist", "reference", "term"])
def test_an_id_that_differs_between_a_table_and_its_index_is_refused(whole: Path, table: str) -> None:
    """SQLite answers some questions from the index alone; a quick check does not compare the two."""
    connection = sqlite3.connect(whole)
    (root,) = connection.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (f"sqlite_autoindex_{table}_1",)).fetchone()
    names = [name for (name,) in connection.execute(f"SELECT id FROM {table}") if len(name) > 3]
    (size,) = connection.execute("PRAGMA page_size").fetchone()
    connection.close()
    data = whole.read_bytes()
    page = data[(root - 1) * size : root * size]
    for name in names:
        odd = page.replace(name.encode(), name.encode()[:-3] + b'"<>')
        assert odd != page
        with pytest.raises(ContentError):
            read_everything(data[: (root - 1) * size] + odd + data[root * size :])


BIG = "printf('%.*c', 1000000, 'x')"
VARIANTS = {
    "a megabyte in a title": f"UPDATE article SET title = {BIG} WHERE id = 'quinine'",
    "a megabyte in a statement": f"UPDATE statement SET patient = {BIG} WHERE id = 'cold-leg'",
    "a megabyte in the policy": f"UPDATE edition SET value = '\"' || {BIG} || '\"' WHERE key = 'disclaimer'",
    "a megabyte in a term": f"UPDATE term SET lay = '[\"' || {BIG} || '\"]' WHERE id = 'cramp'",
    "bytes instead of text": "UPDATE statement SET clinician = x'00ff' WHERE id = 'cold-leg'",
    "bytes as a title": "UPDATE article SET title = x'4142' WHERE id = 'quinine'",
    "text as a year": "UPDATE reference SET year = 'last year' WHERE id = 'REV12'",
    "a fraction as a position": "UPDATE category SET position = 0.5",
    "invalid UTF-8 in a statement": "UPDATE statement SET clinician = CAST(x'c328ff' AS TEXT) WHERE id = 'cold-leg'",
    "invalid UTF-8 in a title": "UPDATE article SET title = CAST(x'e28228' AS TEXT) WHERE id = 'quinine'",
    "invalid UTF-8 in JSON": "UPDATE article SET review = CAST(x'22ff22' AS TEXT) WHERE id = 'quinine'",
    "no JSON as a review": "UPDATE article SET review = 'approved' WHERE id = 'quinine'",
    "no JSON as changes": "UPDATE article SET changes = '' WHERE id = 'quinine'",
    "no JSON as flags": "UPDATE statement SET flags = '[' WHERE id = 'cold-leg'",
    "no JSON as a diagnosis": "UPDATE statement SET diagnosis = 'x' WHERE diagnosis IS NOT NULL",
    "an empty diagnosis": "UPDATE statement SET diagnosis = '' WHERE diagnosis IS NOT NULL",
    "a list as a review": "UPDATE article SET review = '[]' WHERE id = 'quinine'",
    "a number as a review": "UPDATE article SET review = '7' WHERE id = 'quinine'",
    "an object as related": "UPDATE article SET related = '{\"a\": 1}' WHERE id = 'quinine'",
    "numbers as related": "UPDATE article SET related = '[1, 2]' WHERE id = 'quinine'",
    "a text as claims": "UPDATE statement SET claims = '\"A01\"' WHERE id = 'cold-leg'",
    "null as synonyms": "UPDATE term SET synonyms = 'null' WHERE id = 'cramp'",
    "a text as brands": "UPDATE term SET brands = '\"Lipitor\"' WHERE id = 'quinine'",
    "a brand without a name": "UPDATE term SET brands = '[{\"region\": \"US\"}]' WHERE id = 'quinine'",
    "JSON nested without end": "UPDATE term SET lay = printf('%.*c', 90000, '[') WHERE id = 'cramp'",
    "half a character in JSON": "UPDATE term SET lay = '[\"\\ud800\"]' WHERE id = 'cramp'",
    "a number that is none": 'UPDATE checklist SET trial = \'{"on": null, "by": "", "minutes": NaN}\'',
    "an unknown review state": "UPDATE statement SET review_state = 'excellent' WHERE id = 'cold-leg'",
    "an unknown kind of article": "UPDATE article SET kind = 'rumour' WHERE id = 'quinine'",
    "an unknown flag": "UPDATE statement SET flags = '[\"purple\"]' WHERE id = 'cold-leg'",
    "an unknown relation": "UPDATE effect SET relation = 'cures'",
    "an unknown type of reference": "UPDATE reference SET type = 'gossip' WHERE id = 'REV12'",
    "an unknown kind of term": "UPDATE term SET kind = 'planet' WHERE id = 'cramp'",
    "an unknown answer": "UPDATE checklist_item SET answer = 'shout'",
    "an unknown place": "UPDATE statement SET diagnosis = replace(diagnosis, '\"common\"', '\"maybe\"')",
    "a cell too many in a diagnosis": "UPDATE statement SET diagnosis = replace(diagnosis, '\"points_to\"', '\"pointing\"')",
    "no day as a date": "UPDATE article SET review = replace(review, '2027-11-22', 'soon') WHERE id = 'quinine'",
    "the first day of the calendar": "UPDATE article SET review = replace(review, '2027-11-22', '0001-01-01')",
    "the last day of the calendar": "UPDATE edition SET value = '\"9999-12-31\"' WHERE key = 'date'",
    "no number of the edition": "DELETE FROM edition WHERE key = 'number'",
    "a word as the number of the edition": "UPDATE edition SET value = '\"seven\"' WHERE key = 'number'",
    "no policy": "DELETE FROM edition WHERE key = 'policy'",
    "a policy of numbers": "UPDATE edition SET value = '[[1, 2]]' WHERE key = 'policy'",
    "no edition": "DELETE FROM edition",
    "a citation of nothing": "UPDATE citation SET reference = 'NOWHERE' WHERE statement = 'cold-leg'",
    "a checklist that cites nothing": "UPDATE checklist SET reference_ids = '[\"NOWHERE\"]'",
    "a checklist of no article": "UPDATE checklist SET articles = '[\"nowhere\"]'",
    "an effect of no drug": "UPDATE effect SET drug = 'nothing'",
    "a category that is not there": "UPDATE article_category SET category = 'attic'",
    "an article in no category": "DELETE FROM article_category WHERE article = 'quinine'",
    "a tree that goes round in circles": "UPDATE category SET parent = id",
    "a branch of nothing": "UPDATE category SET parent = 'nowhere'",
    "an article without its summary": "DELETE FROM statement WHERE article = 'quinine' AND section IS NULL",
    "a term that leads nowhere": "UPDATE term SET article = 'nowhere' WHERE id = 'cramp'",
    "a diagnosis that leads out of the program": (
        'UPDATE statement SET diagnosis = replace(diagnosis, \'"article": "night-cramp"\', \'"article": "file:///etc"\')'
    ),
    "an id with a tag in it": "UPDATE category SET id = 'a\"><img src=x>'; UPDATE article_category SET category = 'a\"><img src=x>'",
    "an empty id": "UPDATE reference SET id = '' WHERE id = 'BLOG'",
}


@pytest.mark.parametrize("script", VARIANTS.values(), ids=VARIANTS)
def test_crafted_content_is_refused_in_words(whole: Path, tmp_path: Path, script: str) -> None:
    """Each change ends as a ContentError with a sentence, advice and exit code 3, never as another error."""
    data = changed(whole, tmp_path, script)
    assert data != whole.read_bytes(), "the change changed nothing"
    with pytest.raises(ContentError, match="damaged") as caught:
        read_everything(data)
    assert caught.value.exit_code == EXIT_CONTENT
    assert caught.value.advice


@pytest.mark.parametrize(
    ("table", "column"),
    [("article", "title"), ("statement", "patient"), ("reference", "source"), ("checklist", "purpose"), ("edition", "value")],
)
def test_nothing_where_something_must_stand_is_refused(whole: Path, tmp_path: Path, table: str, column: str) -> None:
    """NULL in a column that the tables do not allow it in, put there while the tables said otherwise."""
    lift = f"UPDATE sqlite_master SET sql = replace(sql, ' {column} TEXT NOT NULL', ' {column} TEXT') WHERE name = '{table}'"
    put_back = f"UPDATE sqlite_master SET sql = replace(sql, ' {column} TEXT', ' {column} TEXT NOT NULL') WHERE name = '{table}'"
    data = changed(whole, tmp_path, lift, f"UPDATE {table} SET {column} = NULL", put_back)
    with pytest.raises(ContentError, match="damaged"):
        read_everything(data)


@pytest.mark.parametrize("seed", range(40))
def test_random_damage_is_content_error_or_no_damage(whole: Path, seed: int) -> None:
    """Bytes changed at random are refused, or they changed a text only: nothing else is ever raised."""
    chance = random.Random(seed)
    data = bytearray(whole.read_bytes())
    for _ in range(chance.choice((1, 3, 30))):
        data[chance.randrange(100, len(data))] = chance.randrange(256)
    with suppress(ContentError):
        read_everything(bytes(data))


@pytest.mark.parametrize("read", [ContentStore.article, ContentStore.checklist])
def test_a_name_that_is_no_text_is_not_found(whole: Path, read: Callable[[ContentStore, str], object]) -> None:
    """Half a character on the command line names nothing; the content is not blamed for it."""
    store = ContentStore.from_bytes(whole.read_bytes())
    with pytest.raises(Exception, match="There is no") as caught:
        read(store, "\udcff")
    assert not isinstance(caught.value, ContentError)
    store.close()
