"""The index: the same sources give the same bytes, Whoosh and the packed file agree, and nothing is left lying about."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.content.model import Article, Category
from desktop_app.content.vocabulary import Term
from desktop_app.errors import ContentError
from desktop_app.search import general_vocabulary
from desktop_app.search.analyzer import ANALYZER_VERSION, Analyzer
from desktop_app.search.general_vocabulary import GeneralVocabulary
from desktop_app.search.index import build_index, index_files
from desktop_app.search.pack import RANKING_NAME, Pack, PackError, pack
from desktop_app.search.postings import Postings, PostingsWriter
from desktop_app.search.searcher import Searcher
from desktop_app.search.whoosh_index import PhraseIndex

Edition = tuple[tuple[Article, ...], tuple[Term, ...], tuple[Category, ...]]


@pytest.fixture
def edition(articles: tuple[Article, ...], terms: tuple[Term, ...], categories: tuple[Category, ...]) -> Edition:
    return articles, terms, categories


def test_the_same_sources_give_the_same_bytes(tmp_path: Path, edition: Edition) -> None:
    """Two processes that order their hashes differently write identical files."""
    file = tmp_path / "edition"
    file.write_bytes(pickle.dumps(edition))
    code = (
        "import pickle, sys; from pathlib import Path; from desktop_app.search.index import build_index\n"
        "build_index(*pickle.loads(Path(sys.argv[1]).read_bytes()), Path(sys.argv[2]), 'abc')"
    )
    for seed in ("1", "2"):
        arguments = [sys.executable, "-c", code, str(file), str(tmp_path / seed)]
        subprocess.run(arguments, check=True, cwd=Path.cwd(), env=os.environ | {"PYTHONHASHSEED": seed})
    one, other = ({p.name: p.read_bytes() for p in index_files(tmp_path / seed)} for seed in ("1", "2"))
    assert one == other
    assert RANKING_NAME in one


def test_building_replaces_an_index_and_leaves_nothing_beside_it(tmp_path: Path, edition: Edition) -> None:
    """After a second build only the new folder is there, with no working files or locks in it."""
    folder = tmp_path / "index"
    build_index(*edition, folder, "one")
    (folder / "stray").write_text("left by somebody")
    build_index(*edition, folder, "two")
    assert [path.name for path in tmp_path.iterdir()] == ["index"]
    assert set(folder.iterdir()) == set(index_files(folder))
    assert not any(path.name == "stray" or path.name.endswith("LOCK") for path in folder.iterdir())


def test_a_build_that_fails_leaves_the_old_index_whole(tmp_path: Path, edition: Edition, monkeypatch: pytest.MonkeyPatch) -> None:
    """The old folder is only replaced by a complete new one."""
    folder = tmp_path / "index"
    build_index(*edition, folder, "one")
    before = {path.name: path.read_bytes() for path in folder.iterdir()}

    def full(*_: object) -> bytes:
        raise OSError("no space left")

    monkeypatch.setattr("desktop_app.search.index.pack", full)
    with pytest.raises(OSError, match="no space"):
        build_index(*edition, folder, "two")
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before
    assert [path.name for path in tmp_path.iterdir()] == ["index"]


def test_the_phrase_index_in_memory_writes_no_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoosh's own memory storage would leave working files in the temporary folder; ours does not."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    phrases = PhraseIndex.in_memory([[["leg", "pain"]], [[], ["pain", "leg"]], [["pain"]]])
    assert phrases.find(["leg", "pain"]) == [0]
    assert phrases.find(["pain"]) == [0, 1, 2]
    assert phrases.find(["rest"]) == phrases.find([]) == []
    assert not list(tmp_path.iterdir())


def test_whoosh_and_the_packed_postings_hold_the_same(tmp_path: Path, edition: Edition) -> None:
    """For every term of the running text, both say that the same articles hold it."""
    folder = tmp_path / "index"
    build_index(*edition, folder, "abc")
    packed = Postings(Pack((folder / RANKING_NAME).read_bytes()), "articles")
    phrases = PhraseIndex.of_files({path.name: path.read_bytes() for path in index_files(folder)})
    of_document = [number for number, article in enumerate(edition[0]) for _ in article.statements()]
    analyzer = Analyzer()
    spoken = {word.term for article in edition[0] for _, s in article.statements() for word in analyzer.words(s.texts.clinician)}
    compared = 0
    for term in spoken & packed.numbers.keys():
        whoosh = {of_document[document] for document in phrases.find([term])}
        # Packed postings hold more: questions, headings, aliases. They never hold less.
        assert whoosh <= set(packed.pairs(packed.numbers[term], 0)[0]), term
        compared += bool(whoosh)
    assert compared > 40


def test_postings_come_back_as_they_were_written() -> None:
    """Frequent terms (vectors) and rare ones (pairs) give the same places and bytes, for each audience."""
    writer = PostingsWriter()
    for place in range(100):
        counts = {"often": (1.0, 2.0, 0.5)}
        if place % 40 == 7:
            counts["rare"] = (0.1, 0.1, 9.0)
        writer.add(counts)
    postings = Postings(Pack(pack({}, writer.sections("x"))), "x")
    often, rare = postings.numbers["often"], postings.numbers["rare"]
    assert postings.is_vector(often)
    assert not postings.is_vector(rare)
    assert list(postings.pairs(rare, 0)[0]) == [7, 47, 87]
    assert list(postings.pairs(often, 1)[0]) == list(range(100))
    assert postings.pairs(often, 1)[1] == bytes([round(255 * 2.0 / 3.2)]) * 100
    assert [place for place, _ in postings.within(rare, 2, 40, 88)] == [47, 87]
    assert postings.within(often, 0, 98, 100) == [(98, 116), (99, 116)]
    assert postings.rarity(rare) > postings.rarity(often) > 0


def test_a_changed_byte_in_the_packed_file_is_told() -> None:
    """The checksum is held against every byte."""
    whole = pack({"a": 1}, {"x": b"some bytes"})
    assert Pack(whole).section("x") == b"some bytes"
    for at in range(len(whole)):
        with pytest.raises(PackError):
            Pack(whole[:at] + bytes([whole[at] ^ 4]) + whole[at + 1 :])


def test_the_general_vocabulary_that_ships_fits_this_program() -> None:
    """It was made for this analyser, stays below 2 MB, and knows diseases, symptoms, drugs and abbreviations."""
    file = paths.resources_folder() / "search" / general_vocabulary.FILE_NAME
    assert Pack(file.read_bytes()).stamp["analyzer"] == ANALYZER_VERSION
    assert file.stat().st_size < 2_000_000
    general = GeneralVocabulary.read(file)
    key = Analyzer().key
    assert "myocardial infarction" in {concept.preferred for concept in general.find(key("heart attack"))}
    assert key("stomach cramp") in general.find(key("abdominal cramp"))[0].keys
    assert general.is_drug("hydroxyzine")
    assert general.knows(key("scrofula"))
    assert not general.find(key("no such thing"))


def test_a_general_vocabulary_that_does_not_fit_is_left_out(tmp_path: Path) -> None:
    """Missing, damaged or made for another analyser: search goes on without it."""
    assert not GeneralVocabulary.read(tmp_path / "missing")
    (tmp_path / "bad").write_bytes(b"nonsense")
    assert not GeneralVocabulary.read(tmp_path / "bad")
    (tmp_path / "other").write_bytes(pack({"analyzer": ANALYZER_VERSION + 1}, {}))
    assert not GeneralVocabulary.read(tmp_path / "other")


def test_an_index_of_another_layout_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An index that another version of the program laid out is told in words at opening, not at the first search."""
    from desktop_app.search import index

    monkeypatch.setattr(index, "LAYOUT_VERSION", 0)
    folder = tmp_path / "index"
    index.build_index([], [], [], folder, "hash")
    with pytest.raises(ContentError):
        Searcher.open(folder, "hash")
