"""``content.db``: written once, the same for the same sources, and refused in words when it is not ours."""

from __future__ import annotations

import sqlite3
import struct
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.authoring.compiler import compile_content, targets_in
from desktop_app.authoring.source import load_sources
from desktop_app.content.model import Library
from desktop_app.errors import CannotWriteError, ContentError, NotFoundError
from desktop_app.store.content_store import ContentStore
from desktop_app.store.schema import APPLICATION_ID, TABLES, USER_VERSION
from desktop_app.store.writer import content_hash, write_content
from tests.support import article, write_sources


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Return the small edition as model values."""
    return load_sources(write_sources(tmp_path_factory.mktemp("sources")))


@pytest.fixture(scope="module")
def data(library: Library, tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """Return the bytes of its content file."""
    target = tmp_path_factory.mktemp("out") / "content.db"
    assert write_content(library, target)
    return target.read_bytes()


def test_everything_written_is_read_back(library: Library, data: bytes) -> None:
    """Articles, checklists, references, terms and categories come back equal."""
    store = ContentStore.from_bytes(data)
    assert store.articles() == library.articles
    assert store.checklists() == library.checklists
    assert tuple(store.references().values()) == library.references
    assert store.terms() == library.terms
    assert store.categories() == library.categories
    assert store.edition().content_hash == content_hash(library)
    store.close()


def test_the_file_is_clean(data: bytes) -> None:
    """One file in rollback mode with our application id and version."""
    assert data[18:20] == b"\x01\x01"
    assert struct.unpack_from(">I", data, 68)[0] == APPLICATION_ID
    assert struct.unpack_from(">I", data, 60)[0] == USER_VERSION


def test_a_rebuild_without_a_change_leaves_the_file_untouched(library: Library, tmp_path: Path) -> None:
    """The same content is not written again; other content is."""
    target = tmp_path / "content.db"
    assert write_content(library, target)
    before = target.stat().st_mtime_ns
    assert not write_content(library, target)
    assert target.stat().st_mtime_ns == before
    changed = load_sources(write_sources(tmp_path / "s", [article(title="Other"), article("quinine", kind="drug")]))
    assert write_content(changed, target)
    assert content_hash(changed) != content_hash(library)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["content.db", "s"]


def test_a_damaged_file_is_written_again(library: Library, tmp_path: Path) -> None:
    """A file that cannot be read does not count as saying the same."""
    target = tmp_path / "content.db"
    target.write_bytes(b"SQLite format 3\x00" + b"x" * 4096)
    assert write_content(library, target)
    assert ContentStore.from_bytes(target.read_bytes()).edition().number == 7


def test_a_folder_that_cannot_be_written_is_told_in_words(library: Library, tmp_path: Path) -> None:
    """A file in the place of the folder gives a sentence and exit code 4."""
    (tmp_path / "taken").write_text("x")
    with pytest.raises(CannotWriteError) as caught:
        write_content(library, tmp_path / "taken" / "content.db")
    assert caught.value.exit_code == 4


def patched(data: bytes, at: int, value: bytes) -> bytes:
    """Return bytes with some replaced."""
    return data[:at] + value + data[at + len(value) :]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        (lambda d: b"", "empty"),
        (lambda d: b"hello", "not a Wardbook content file"),
        (lambda d: b"\x00" * 5000, "not a Wardbook content file"),
        (lambda d: patched(d, 68, b"ABCD"), "belongs to another program"),
        (lambda d: patched(d, 60, b"\x00\x00\x00\x63"), "newer Wardbook"),
        (lambda d: patched(d, 60, b"\x00\x00\x00\x00"), "older Wardbook"),
        (lambda d: patched(d, 18, b"\x02\x02"), "write-ahead log"),
        (lambda d: d[: len(d) // 2], "damaged"),
        (lambda d: d[:1024] + b"\x00" * (len(d) - 1024), "damaged"),
    ],
)
def test_what_is_not_ours_is_refused_in_words(data: bytes, change: Callable[[bytes], bytes], words: str) -> None:
    """Each kind of foreign, damaged or too new file has its sentence, its advice and exit code 3."""
    with pytest.raises(ContentError, match=words) as caught:
        ContentStore.from_bytes(change(data))
    assert caught.value.exit_code == 3
    assert caught.value.advice


@pytest.mark.parametrize(
    "script",
    [
        "CREATE VIEW extra AS SELECT * FROM article;",
        "CREATE TRIGGER t AFTER INSERT ON article BEGIN DELETE FROM article; END;",
        "CREATE TABLE extra (x);",
        "DROP TABLE effect;",
        "ALTER TABLE article ADD COLUMN dose TEXT;",
        "DROP TABLE article; CREATE VIEW article AS WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x FROM r) SELECT x FROM r;",
    ],
)
def test_another_schema_is_refused(tmp_path: Path, data: bytes, script: str) -> None:
    """Views, triggers and other tables never reach a query, however the file came by them."""
    path = tmp_path / "content.db"
    path.write_bytes(data)
    connection = sqlite3.connect(path)
    connection.executescript(script)
    connection.close()
    with pytest.raises(ContentError, match="does not have the tables"):
        ContentStore.from_bytes(path.read_bytes())


def test_the_content_cannot_be_changed_through_the_store(data: bytes) -> None:
    """The connection refuses to write."""
    store = ContentStore.from_bytes(data)
    with pytest.raises(ContentError):
        store._rows("DELETE FROM article")
    assert store.article("night-cramp").id == "night-cramp"


def test_an_unknown_checklist_is_told_in_words(data: bytes) -> None:
    """A name that does not exist is a sentence."""
    with pytest.raises(NotFoundError, match="There is no checklist"):
        ContentStore.from_bytes(data).checklist("nothing")


def test_threads_read_at_the_same_time(data: bytes) -> None:
    """Six threads reading at once get what one gets."""
    store = ContentStore.from_bytes(data)
    expected = store.article("night-cramp")
    wrong: list[object] = []

    def read() -> None:
        for _ in range(50):
            if store.article("night-cramp") != expected:
                wrong.append(1)

    threads = [threading.Thread(target=read) for _ in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not wrong


def test_the_tables_have_their_key_columns_first() -> None:
    """SQLite 3.40 finds NULLs that are not there in a WITHOUT ROWID table whose key stands further back."""
    connection = sqlite3.connect(":memory:")
    connection.executescript(TABLES)
    for (name,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type='table' AND sql LIKE '%WITHOUT ROWID%'"
    ).fetchall():
        keys = [row[5] for row in connection.execute(f"PRAGMA table_info({name})")]
        length = max(keys)
        assert sorted(keys[:length]) == list(range(1, length + 1)), name
    connection.close()


def test_the_compiled_edition_is_the_same_twice(tmp_path: Path) -> None:
    """The same sources in two folders give the same content hash and the same manifest."""
    made = []
    for name in ("one", "two"):
        targets = targets_in(tmp_path / name)
        root = write_sources(tmp_path / f"sources-{name}")
        made.append((compile_content(root, targets).content_hash, targets.content.read_bytes()))
    assert made[0] == made[1]
