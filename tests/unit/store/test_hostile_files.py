"""Files that somebody put in the place of ours under a forged list of checksums: the store itself refuses them.

A sample of what ``python -m benchmarks.integrity --hostile`` opens in processes of their own; cells and JSON of another shape
are the business of ``test_hostile_content``.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from benchmarks.hostile import Crafted, crafted_files, open_crafted, read_all
from desktop_app import paths
from desktop_app.authoring.source import load_sources
from desktop_app.errors import EXIT_CONTENT
from desktop_app.store.manifest import write_manifest
from desktop_app.store.writer import write_content
from tests.support import article, write_sources

REFUSED = (
    "a view in the place of article",
    "an endless view in the place of statement",
    "an endless view beside edition",
    "a trigger on article",
    "a search table beside term",
    "a search table in the place of term",
    "no table reference",
    "one more column in statement",
    "one more index on citation",
    "an expression index on effect",
    "an edited text of statement",
    "no text of article",
    "nonsense as the text of category",
    "another's pages under term",
    "write-ahead log 0202",
    "encoding 2",
    "encoding 9",
    "pages of the size 0000",
    "the first 0 bytes",
    "the first 512 bytes",
    "100000000 bytes of zeros",
    "our header and zeros, 199000000 bytes",
    "our content and zeros, 199000000 bytes",
    "250000000 bytes of zeros",
)
HARMLESS = ("a foreign -wal file", "a foreign -shm file", "a foreign -journal file")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the content of a small edition."""
    folder = tmp_path_factory.mktemp("edition")
    sources = write_sources(folder / "sources", [article(), article("quinine", kind="drug")])
    write_content(load_sources(sources), folder / "content.db")
    return (folder / "content.db").read_bytes()


@pytest.fixture(scope="module")
def by_name(whole: bytes) -> Mapping[str, Crafted]:
    """Return every crafted file by its name."""
    return {crafted.name: crafted for crafted in crafted_files(whole)}


@pytest.mark.parametrize("name", REFUSED)
def test_a_hostile_file_is_refused_in_words_within_its_memory(name: str, whole: bytes, by_name: Mapping[str, Crafted]) -> None:
    """The program's exit code and sentence come from a process that may not have more than 300 MB."""
    opened = open_crafted(by_name[name], whole)
    assert opened.code == EXIT_CONTENT, opened.said
    assert opened.said.startswith("wardbook: ")
    assert opened.said.count("\n") == 0


@pytest.mark.parametrize("name", HARMLESS)
def test_what_another_program_left_beside_the_content_is_not_looked_at(
    name: str, whole: bytes, by_name: Mapping[str, Crafted]
) -> None:
    """SQLite would roll such a file into the content; the store reads its own verified copy."""
    opened = open_crafted(by_name[name], whole)
    assert (opened.code, opened.said) == (0, "")


def test_the_whole_edition_is_read_under_the_same_list(whole: bytes, tmp_path: Path) -> None:
    """Without a change nothing is refused: what the cases above report is their change."""
    content = tmp_path / paths.CONTENT_NAME
    content.write_bytes(whole)
    write_manifest({content.name: content}, tmp_path / paths.MANIFEST_NAME, "0" * 64)
    read_all(tmp_path)


def test_there_are_five_hundred_of_them(by_name: Mapping[str, Crafted]) -> None:
    """Each crafted file has a name of its own, and a small edition too gives 500."""
    assert len(by_name) >= 500
