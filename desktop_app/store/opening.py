"""Bytes become a database that may be read: refused in words where they are not content of this program.

What is settled here once, every reader may rely on: the tables are ours, each cell is of its column's type, ids are plain
words, and whatever names something else names something that is there. Shapes inside a cell are ``store.rows``' business.
"""

from __future__ import annotations

import sqlite3
import struct
from collections.abc import Iterator
from contextlib import suppress

from desktop_app.errors import ContentError
from desktop_app.store.manifest import ADVICE
from desktop_app.store.schema import APPLICATION_ID, TABLES, USER_VERSION

MAX_BYTES = 50_000_000  # an edition has 2 million; SQLite works on a second copy, and both must fit beside a window
MAX_CELL_BYTES = 100_000  # the longest text of an edition has about 3,000
_UTF8 = 1
_HEADER = struct.Struct(">16s H B B")
_LIMITS = {
    sqlite3.SQLITE_LIMIT_LENGTH: MAX_CELL_BYTES,
    sqlite3.SQLITE_LIMIT_SQL_LENGTH: 100_000,
    sqlite3.SQLITE_LIMIT_COLUMN: 100,
    sqlite3.SQLITE_LIMIT_EXPR_DEPTH: 50,
    sqlite3.SQLITE_LIMIT_COMPOUND_SELECT: 3,
    sqlite3.SQLITE_LIMIT_ATTACHED: 0,
    sqlite3.SQLITE_LIMIT_TRIGGER_DEPTH: 1,
}
# For SQLite the same as ``rows.ID``. GLOB and length() stop at a NUL, the length of the bytes does not.
_NO_PLAIN_WORD = "id = '' OR id GLOB '*[^A-Za-z0-9-]*' OR length(id) <> length(CAST(id AS BLOB))"
# What the tables do not declare themselves: (rows that name something, where it must stand).
_TIES = (
    ("SELECT article FROM term WHERE article IS NOT NULL", "SELECT id FROM article"),
    ("SELECT parent FROM category WHERE parent IS NOT NULL", "SELECT id FROM category"),
    ("SELECT id FROM article", "SELECT article FROM article_category"),
    ("SELECT id FROM article", "SELECT article FROM statement WHERE section IS NULL"),
    ("SELECT article FROM citation", "SELECT id FROM article"),
    ("SELECT article FROM effect", "SELECT id FROM article"),
)


def damaged() -> ContentError:
    """Return the error for content that is not as it was written."""
    return ContentError("The content file is damaged.", ADVICE)


def open_content(data: bytes) -> sqlite3.Connection:
    """Return a connection to a copy of the bytes in memory; raises ContentError in words when they are not ours."""
    _check_header(data)
    connection = sqlite3.connect(":memory:", check_same_thread=False, isolation_level=None)
    try:
        connection.deserialize(data)
        _harden(connection)
        _check_tables(connection)
        if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
            raise damaged()
        _check_cells(connection)
        _check_ties(connection)
    except (sqlite3.Error, OverflowError, UnicodeError) as error:
        connection.close()
        raise damaged() from error
    except ContentError:
        connection.close()
        raise
    return connection


def _check_header(data: bytes) -> None:
    """Refuse what is not a clean SQLite file of ours before SQLite sees a byte of it."""
    if not data:
        raise ContentError("The content file is empty.", ADVICE)
    if len(data) > MAX_BYTES:
        raise ContentError("The content file is too large to be ours.", ADVICE)
    if len(data) < 512 or not data.startswith(b"SQLite format 3\x00"):
        raise ContentError("The content file is not a Wardbook content file.", ADVICE)
    _, _, write_version, read_version = _HEADER.unpack_from(data)
    if (write_version, read_version) != (1, 1):
        raise ContentError("The content file was changed by another program (write-ahead log).", ADVICE)
    if struct.unpack_from(">I", data, 56)[0] != _UTF8:  # SQLite looks at two bits of it and would take other numbers too
        raise damaged()
    user_version, application_id = struct.unpack_from(">I", data, 60)[0], struct.unpack_from(">I", data, 68)[0]
    if application_id != APPLICATION_ID:
        raise ContentError("The content file belongs to another program.", ADVICE)
    if user_version > USER_VERSION:
        raise ContentError(
            "The content file was made for a newer Wardbook.", "Update the program, or put its own content file back."
        )
    if user_version < USER_VERSION:
        raise ContentError(
            "The content file was made for an older Wardbook.", "Run “wardbook content build”, or update the content."
        )


def _harden(connection: sqlite3.Connection) -> None:
    """Close what a file could use against the program; SQLITE_DBCONFIG_DEFENSIVE exists in Python 3.12 and later."""
    for limit, value in _LIMITS.items():
        connection.setlimit(limit, value)
    if hasattr(connection, "setconfig"):
        for name, wanted in (("DEFENSIVE", True), ("ENABLE_TRIGGER", False), ("ENABLE_VIEW", False), ("TRUSTED_SCHEMA", False)):
            with suppress(sqlite3.OperationalError):  # an SQLite built without that switch
                connection.setconfig(getattr(sqlite3, f"SQLITE_DBCONFIG_{name}"), wanted)
    for pragma in ("trusted_schema=OFF", "cell_size_check=ON", "query_only=ON", "mmap_size=0"):
        connection.execute(f"PRAGMA {pragma}")


def _check_tables(connection: sqlite3.Connection) -> None:
    """Refuse a file whose tables, views or triggers are not exactly ours."""
    question = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
    ours = sqlite3.connect(":memory:")
    ours.executescript(TABLES)
    expected = ours.execute(question).fetchall()
    ours.close()
    if connection.execute(question).fetchall() != expected:
        raise ContentError("The content file does not have the tables of a Wardbook content file.", ADVICE)


def _check_cells(connection: sqlite3.Connection) -> None:
    """Refuse a cell that is not of its column's type (SQLite would take any), and an id that is not a plain word."""
    for (table,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall():
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        wrong = [_wrong(name, kind, bool(required or key)) for _, name, kind, required, _, key in columns]
        # Ids stand in addresses and pages; nothing but letters, digits and hyphens ever needs escaping there.
        wrong += [_NO_PLAIN_WORD for column in columns if column[1] == "id"]
        if connection.execute(f"SELECT 1 FROM {table} WHERE {' OR '.join(wrong)} LIMIT 1").fetchone():
            raise damaged()


def _wrong(name: str, kind: str, required: bool) -> str:
    """Return the condition under which a cell of a column is not what the writer writes."""
    condition = f"typeof({name}) <> '{kind.lower()}'"
    return condition if required else f"({condition} AND {name} IS NOT NULL)"


def _check_ties(connection: sqlite3.Connection) -> None:
    """Refuse content in which something is named that is not there."""
    if any(_loose_ends(connection)):
        raise damaged()


def _loose_ends(connection: sqlite3.Connection) -> Iterator[bool]:
    yield connection.execute("PRAGMA foreign_key_check").fetchone() is not None
    for naming, there in _TIES:
        yield connection.execute(f"SELECT 1 WHERE EXISTS ({naming} EXCEPT {there})").fetchone() is not None
