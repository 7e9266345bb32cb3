"""A person's own things (personal mode only): bookmarks, recent articles, notes on statements, and how the window stood.

One small SQLite file in the person's folder. Every change is one transaction with a rollback journal and full syncing,
so that a crash at any moment leaves the state before or after it. What was typed into the search field is never here.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_app.errors import CannotWriteError, KnownError
from desktop_app.files import write_whole

FILE_NAME = "personal.db"
APPLICATION_ID = 0x57424B32  # "WBK2"
USER_VERSION = 1
LONGEST_NOTE = 4000
RECENT_KEPT = 30
EXPORT_FORMAT = "wardbook-personal-1"
_TABLES = """
CREATE TABLE bookmark (article TEXT NOT NULL, statement TEXT NOT NULL, added INTEGER NOT NULL, PRIMARY KEY (article, statement));
CREATE TABLE recent (article TEXT PRIMARY KEY, opened INTEGER NOT NULL);
CREATE TABLE note (article TEXT NOT NULL, statement TEXT NOT NULL, text TEXT NOT NULL, PRIMARY KEY (article, statement));
CREATE TABLE state (name TEXT PRIMARY KEY, value TEXT NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Place:
    """A statement, or with an empty ``statement`` a whole article."""

    article: str
    statement: str = ""


class UserStore:
    """Opened personal things. Reading and changing raise KnownError in words when the disk does not do what it should."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    @classmethod
    def open(cls, folder: Path) -> tuple[UserStore, str]:
        """Open or make the file; returns the store and a notice (empty when all is well).

        A damaged or foreign file is set aside under another name, never deleted. Raises KnownError when the folder
        cannot be used at all.
        """
        path = folder / FILE_NAME
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if path.exists() and not _is_ours(path):
                aside = _set_aside(path)
                return cls(
                    _connect(path)
                ), f"Your bookmarks and notes could not be read. The file was kept as “{aside.name}”; an empty one was made."
            return cls(_connect(path)), ""
        except (OSError, sqlite3.Error) as error:
            raise KnownError("Your bookmarks and notes cannot be kept here.", "Wardbook works without them.") from error

    def close(self) -> None:
        """Close the file."""
        self._connection.close()

    @contextmanager
    def _change(self) -> Iterator[sqlite3.Connection]:
        try:
            with self._connection:
                yield self._connection
        except sqlite3.Error as error:
            raise CannotWriteError(
                "Your bookmarks and notes could not be changed.", "Is the disk full or the folder read-only?"
            ) from error

    def _rows(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        try:
            return self._connection.execute(sql, values).fetchall()
        except sqlite3.Error as error:
            raise KnownError("Your bookmarks and notes could not be read.", "Wardbook works without them.") from error

    def bookmarks(self) -> tuple[Place, ...]:
        """Return the bookmarks, newest first."""
        return tuple(Place(*row) for row in self._rows("SELECT article, statement FROM bookmark ORDER BY added DESC, rowid DESC"))

    def set_bookmark(self, place: Place, kept: bool) -> None:
        """Keep a place, or forget it."""
        with self._change() as change:
            if kept:
                number = change.execute("SELECT coalesce(max(added), 0) + 1 FROM bookmark").fetchone()[0]
                change.execute("INSERT OR REPLACE INTO bookmark VALUES (?, ?, ?)", (place.article, place.statement, number))
            else:
                change.execute("DELETE FROM bookmark WHERE article = ? AND statement = ?", (place.article, place.statement))

    def recent(self) -> tuple[str, ...]:
        """Return the ids of the articles opened last, newest first."""
        return tuple(row[0] for row in self._rows("SELECT article FROM recent ORDER BY opened DESC"))

    def opened(self, article: str) -> None:
        """Note that an article was opened."""
        with self._change() as change:
            number = change.execute("SELECT coalesce(max(opened), 0) + 1 FROM recent").fetchone()[0]
            change.execute("INSERT OR REPLACE INTO recent VALUES (?, ?)", (article, number))
            change.execute("DELETE FROM recent WHERE opened <= ?", (number - RECENT_KEPT,))

    def notes(self) -> Mapping[Place, str]:
        """Return every note by its place."""
        rows = self._rows("SELECT article, statement, text FROM note ORDER BY article, statement")
        return {Place(article, statement): text for article, statement, text in rows}

    def set_note(self, place: Place, text: str) -> None:
        """Keep a note on a place; an empty one forgets it."""
        with self._change() as change:
            if text.strip():
                change.execute(
                    "INSERT OR REPLACE INTO note VALUES (?, ?, ?)", (place.article, place.statement, text[:LONGEST_NOTE])
                )
            else:
                change.execute("DELETE FROM note WHERE article = ? AND statement = ?", (place.article, place.statement))

    def state(self) -> Mapping[str, Any]:
        """Return how the window stood: names and plain values; what cannot be read is left out."""
        found = {}
        for name, value in self._rows("SELECT name, value FROM state"):
            with suppress(ValueError):
                found[name] = json.loads(value)
        return found

    def set_state(self, values: Mapping[str, Any]) -> None:
        """Keep how the window stands."""
        with self._change() as change:
            change.executemany("INSERT OR REPLACE INTO state VALUES (?, ?)", [(k, json.dumps(v)) for k, v in values.items()])

    def export(self, target: Path) -> None:
        """Write bookmarks and notes to a file; raises CannotWriteError and then leaves nothing half-written."""
        values = {
            "format": EXPORT_FORMAT,
            "bookmarks": [[place.article, place.statement] for place in self.bookmarks()],
            "notes": [[place.article, place.statement, text] for place, text in self.notes().items()],
        }
        try:
            write_whole(json.dumps(values, ensure_ascii=False, indent=1).encode("utf-8"), target)
        except OSError as error:
            raise CannotWriteError(f"“{target.name}” cannot be written: {error.strerror}.", "Choose another folder.") from error

    def import_from(self, source: Path) -> int:
        """Add bookmarks and notes of an exported file to these and return how many there were; raises KnownError."""
        try:
            values = json.loads(source.read_text("utf-8"))
            if values["format"] != EXPORT_FORMAT:
                raise ValueError
            bookmarks = [(str(article), str(statement)) for article, statement in values["bookmarks"]]
            notes = [(str(article), str(statement), str(text)[:LONGEST_NOTE]) for article, statement, text in values["notes"]]
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise KnownError(f"“{source.name}” is not a file of Wardbook bookmarks and notes.", "Nothing was changed.") from error
        with self._change() as change:
            change.executemany(
                "INSERT OR IGNORE INTO bookmark SELECT ?, ?, (SELECT coalesce(max(added), 0) + 1 FROM bookmark)", bookmarks
            )
            change.executemany("INSERT OR REPLACE INTO note VALUES (?, ?, ?)", notes)
        return len(bookmarks) + len(notes)


def _connect(path: Path) -> sqlite3.Connection:
    connection = sqlite3.connect(path, timeout=2.0)
    connection.execute("PRAGMA journal_mode=DELETE")
    connection.execute("PRAGMA synchronous=FULL")
    connection.execute("PRAGMA trusted_schema=OFF")
    if connection.execute("PRAGMA application_id").fetchone()[0] == 0:
        script = f"BEGIN; {_TABLES} PRAGMA application_id={APPLICATION_ID}; PRAGMA user_version={USER_VERSION}; COMMIT;"
        connection.executescript(script)
    return connection


def _is_ours(path: Path) -> bool:
    """Tell whether a file is an undamaged store of this version (or an empty file, which SQLite may fill)."""
    if path.stat().st_size == 0:
        return True
    connection = sqlite3.connect(path)
    try:
        head = [connection.execute(f"PRAGMA {name}").fetchone()[0] for name in ("application_id", "user_version")]
        names = {row[0] for row in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        sound: bool = connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok"
        return sound and head == [APPLICATION_ID, USER_VERSION] and names == {"bookmark", "recent", "note", "state"}
    except sqlite3.Error:
        return False
    finally:
        connection.close()


def _set_aside(path: Path) -> Path:
    for number in range(1, 1000):
        aside = path.with_name(f"{path.stem}.damaged-{number}{path.suffix}")
        if not aside.exists():
            os.replace(path, aside)
            journal = path.with_name(f"{path.name}-journal")
            if journal.exists():
                os.replace(journal, aside.with_name(f"{aside.name}-journal"))
            return aside
    raise OSError("too many damaged files were kept already")
