"""A person's own things: kept, exported, set aside when damaged, whole after a crash."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.errors import CannotWriteError, KnownError
from desktop_app.store.user_store import FILE_NAME, LONGEST_NOTE, RECENT_KEPT, Place, UserStore

PLACE = Place("night-cramp", "cold-leg")


@pytest.fixture
def store(tmp_path: Path) -> UserStore:
    """Return an empty store."""
    opened, notice = UserStore.open(tmp_path / "own")
    assert not notice
    return opened


def test_bookmarks_notes_and_recent_articles_are_kept(store: UserStore, tmp_path: Path) -> None:
    """What was kept is there after opening again; the newest comes first."""
    store.set_bookmark(PLACE, True)
    store.set_bookmark(Place("quinine"), True)
    store.set_note(PLACE, "mine")
    for number in range(RECENT_KEPT + 5):
        store.opened(f"a{number}")
    store.opened("a20")
    store.set_state({"scale": 1.5})
    store.close()
    again, notice = UserStore.open(tmp_path / "own")
    assert not notice
    assert again.bookmarks() == (Place("quinine"), PLACE)
    assert again.notes() == {PLACE: "mine"}
    assert again.recent()[0] == "a20"
    assert len(again.recent()) <= RECENT_KEPT
    assert again.state() == {"scale": 1.5}
    again.set_bookmark(PLACE, False)
    again.set_note(PLACE, "  ")
    assert again.bookmarks() == (Place("quinine"),)
    assert again.notes() == {}


def test_a_note_has_a_longest_length(store: UserStore) -> None:
    """A paste of a megabyte is cut, not refused."""
    store.set_note(PLACE, "x" * 1_000_000)
    assert len(store.notes()[PLACE]) == LONGEST_NOTE


@pytest.mark.parametrize("damage", [b"nonsense", b"SQLite format 3\x00" + b"\x01" * 3000])
def test_a_damaged_file_is_set_aside_and_never_deleted(tmp_path: Path, damage: bytes) -> None:
    """The program starts with an empty store, says so, and keeps the old file."""
    (tmp_path / FILE_NAME).write_bytes(damage)
    store, notice = UserStore.open(tmp_path)
    assert "could not be read" in notice
    assert store.bookmarks() == ()
    assert [path.read_bytes() for path in tmp_path.glob("*damaged*")] == [damage]


def test_a_foreign_database_is_set_aside(tmp_path: Path) -> None:
    """Another program's database is not written into."""
    connection = sqlite3.connect(tmp_path / FILE_NAME)
    connection.execute("CREATE TABLE theirs (x)")
    connection.commit()
    connection.close()
    _, notice = UserStore.open(tmp_path)
    assert "kept as" in notice


def test_an_unusable_folder_is_told_in_words(tmp_path: Path) -> None:
    """A file in the place of the folder is a sentence; the program works without."""
    (tmp_path / "own").write_text("x")
    with pytest.raises(KnownError, match="cannot be kept here"):
        UserStore.open(tmp_path / "own")


def test_export_and_import_carry_everything(store: UserStore, tmp_path: Path) -> None:
    """A file written on one computer fills the store of another; what was there stays."""
    store.set_bookmark(PLACE, True)
    store.set_note(PLACE, "mine")
    store.export(tmp_path / "mine.json")
    other, _ = UserStore.open(tmp_path / "other")
    other.set_bookmark(Place("quinine"), True)
    assert other.import_from(tmp_path / "mine.json") == 2
    assert set(other.bookmarks()) == {PLACE, Place("quinine")}
    assert other.notes() == {PLACE: "mine"}


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"format": "other"}', '{"format": "wardbook-personal-1", "bookmarks": 5, "notes": []}']
)
def test_a_file_that_is_no_export_changes_nothing(store: UserStore, tmp_path: Path, text: str) -> None:
    """Anything else is told in words."""
    (tmp_path / "x.json").write_text(text)
    with pytest.raises(KnownError, match="is not a file of Wardbook"):
        store.import_from(tmp_path / "x.json")
    assert store.bookmarks() == ()


def test_an_export_that_cannot_be_written_leaves_nothing(store: UserStore, tmp_path: Path) -> None:
    """A missing folder is a sentence, and no part of a file is left."""
    with pytest.raises(CannotWriteError):
        store.export(tmp_path / "nowhere" / "x.json")
    assert not list(tmp_path.glob("**/*.part"))


def test_a_closed_store_is_told_in_words(store: UserStore) -> None:
    """A file that is gone while running gives a sentence, not a traceback."""
    store.close()
    with pytest.raises(KnownError):
        store.bookmarks()
    with pytest.raises(CannotWriteError):
        store.set_bookmark(PLACE, True)


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="a process cannot be killed outright on this system")
def test_nothing_acknowledged_is_lost_when_the_process_is_killed(tmp_path: Path) -> None:
    """Every bookmark whose keeping was reported is there after SIGKILL at any moment."""
    script = (
        "import sys; from pathlib import Path; from desktop_app.store.user_store import *\n"
        "store, _ = UserStore.open(Path(sys.argv[1]))\n"
        "for n in range(100000):\n"
        "    store.set_bookmark(Place(f'a{n}'), True); print(n, flush=True)\n"
    )
    for round_ in range(5):
        folder = tmp_path / str(round_)
        process = subprocess.Popen(
            [sys.executable, "-c", script, str(folder)], stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parents[3]
        )
        assert process.stdout is not None
        told = -1
        for line in process.stdout:
            told = int(line)
            if told >= 5 + round_:
                os.kill(process.pid, signal.SIGKILL)
                break
        process.stdout.close()
        process.wait()
        store, notice = UserStore.open(folder)
        assert not notice
        assert {f"a{n}" for n in range(told + 1)} <= {place.article for place in store.bookmarks()}
        store.close()
