"""Craft some 500 content files that somebody could put in the place of ours: ``python -m benchmarks.integrity --hostile``.

The list of checksums is forged for each, so that the store itself has to refuse. Every file is opened in a process of its
own, held to 300 MB of memory and 2 s, which then reads all there is to read. The table shows what became of them.
"""

from __future__ import annotations

import json
import os
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from desktop_app import paths
from desktop_app.errors import EXIT_CONTENT, ContentError
from desktop_app.store.content_store import ContentStore
from desktop_app.store.manifest import read_manifest, read_verified, write_manifest

ROOT = Path(__file__).resolve().parent.parent
MEMORY = 300_000_000
SECONDS = 2.0
HUGE = "printf('%.*c', 1000000, 'x')"
SHAPES = ("7", "[[1]]", '{"x": [1]}', '"a"', "[", '[{"x": 1}]')


@dataclass(frozen=True, slots=True)
class Crafted:
    """One crafted edition: SQL to run on the whole content, or the bytes themselves, and what lies beside it.

    ``harmless`` says that the content itself is whole and must be read as if nothing lay beside it. ``size`` pads the file
    with zeros to so many bytes.
    """

    family: str
    name: str
    sql: str = ""
    data: bytes | None = None
    beside: str = ""
    size: int = 0
    harmless: bool = False


@dataclass(frozen=True, slots=True)
class Opened:
    """What became of one: exit code, what was said, seconds, and the largest memory in MB (0 where the system does not tell)."""

    crafted: Crafted
    code: int
    said: str
    seconds: float
    memory: float

    @property
    def right(self) -> bool:
        """Tell whether it was refused in words, or read unharmed where it is harmless, within memory and time."""
        refused = self.code == EXIT_CONTENT and self.said.startswith("wardbook: ") and "Traceback" not in self.said
        kept = self.seconds <= SECONDS and self.memory <= MEMORY / 1e6
        return kept and (self.code == 0 if self.crafted.harmless else refused)


def crafted_files(whole: bytes) -> Iterator[Crafted]:
    """Return every crafted file, the same for the same content."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(whole)
        yield from _schemas(connection)
        yield from _cells(connection)
    yield from _headers(whole)
    yield from _files(whole)


def _tables(connection: sqlite3.Connection) -> list[str]:
    return [name for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")]


def _schemas(connection: sqlite3.Connection) -> Iterator[Crafted]:
    """Views, triggers, search tables and edited table texts; every table meets each."""
    circle = "WITH RECURSIVE r(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM r) SELECT"
    for table in _tables(connection):
        columns = [row[1] for row in connection.execute(f"PRAGMA table_info({table})")]
        endless = ", ".join(f"(SELECT max(x) FROM r) AS {name}" for name in columns)
        away = f"ALTER TABLE {table} RENAME TO away;"
        statements = {
            "a view in the place of": f"{away} CREATE VIEW {table} AS SELECT * FROM away",
            "an endless view in the place of": f"{away} CREATE VIEW {table} AS {circle} {endless}",
            "an endless view beside": f"CREATE VIEW more_{table} AS {circle} x FROM r",
            "a trigger on": f"CREATE TRIGGER t AFTER INSERT ON {table} BEGIN DELETE FROM edition; END",
            "a search table beside": f"CREATE VIRTUAL TABLE more_{table} USING fts5(x)",
            "a search table in the place of": f"{away} CREATE VIRTUAL TABLE {table} USING fts5({columns[0]})",
            "no table": f"PRAGMA foreign_keys=OFF; DROP TABLE {table}",
            "one more column in": f"ALTER TABLE {table} ADD COLUMN more TEXT",
            "one more index on": f"CREATE INDEX more_{table} ON {table} ({columns[-1]})",
            "an expression index on": f"CREATE INDEX more_{table} ON {table} (length({columns[-1]}))",
            "an edited text of": _rewrite(table, "sql || ' '"),
            "no text of": _rewrite(table, "NULL"),
            "nonsense as the text of": _rewrite(table, "'CREATE TABLE ' || name || ' (('"),
            "another's pages under": f"PRAGMA writable_schema=ON; UPDATE sqlite_master SET rootpage = 1 WHERE name = '{table}'",
        }
        for name, sql in statements.items():
            yield Crafted("schema", f"{name} {table}", sql)


def _rewrite(table: str, expression: str) -> str:
    return f"PRAGMA writable_schema=ON; UPDATE sqlite_master SET sql = {expression} WHERE name = '{table}'"


def _cells(connection: sqlite3.Connection) -> Iterator[Crafted]:
    """One cell of every column: bytes, a megabyte, letters that are none, another type, JSON of another shape."""
    for table in _tables(connection):
        columns = connection.execute(f"PRAGMA table_info({table})").fetchall()
        keys = ", ".join(row[1] for row in columns if row[5])
        first = f"({keys}) = (SELECT {keys} FROM {table} ORDER BY {keys} LIMIT 1)"
        for _, column, kind, *_ in columns:
            values = {"bytes": "x'00ff'"}
            if kind == "TEXT":
                values |= {"a megabyte": HUGE, "invalid UTF-8": "CAST(x'c328ff' AS TEXT)"}
            else:
                values |= {"a word": "'many'", "a half": "0.5"}
            for name, value in values.items():
                change = f"PRAGMA foreign_keys=OFF; UPDATE {table} SET {column} = {value} WHERE {first}"
                yield Crafted("cells", f"{name} in {table}.{column}", change)
            if kind == "TEXT" and table != "edition" and _holds_json(connection, table, column):
                for shape in SHAPES:
                    yield Crafted(
                        "JSON", f"{shape} in {table}.{column}", f"UPDATE {table} SET {column} = '{shape}' WHERE {first}"
                    )


def _holds_json(connection: sqlite3.Connection, table: str, column: str) -> bool:
    """Tell whether the cells of a column are JSON lists or objects."""
    found = [cell for (cell,) in connection.execute(f"SELECT {column} FROM {table} WHERE {column} IS NOT NULL LIMIT 5")]
    return bool(found) and all(cell[:1] in ("[", "{") for cell in found)


def _headers(whole: bytes) -> Iterator[Crafted]:
    """Another program's mark, another version, write-ahead logs, impossible pages and encodings."""
    chance = random.Random(7)
    for place, name in ((68, "another program's mark"), (60, "another version")):
        for _ in range(15):
            mark = chance.randbytes(4)
            yield Crafted("header", f"{name} {mark.hex()}", data=whole[:place] + mark + whole[place + 4 :])
    for versions in (b"\x02\x02", b"\x01\x02", b"\x02\x01", b"\x00\x00", b"\xff\xff"):
        yield Crafted("header", f"write-ahead log {versions.hex()}", data=whole[:18] + versions + whole[20:])
    for size in (b"\0\0", b"\0\1", b"\2\0", b"\x80\0", b"\xff\xff", b"\4\0"):
        yield Crafted("header", f"pages of the size {size.hex()}", data=whole[:16] + size + whole[18:])
    for encoding in (2, 3, 9):
        yield Crafted("header", f"encoding {encoding}", data=whole[:56] + encoding.to_bytes(4, "big") + whole[60:])
    page = int.from_bytes(whole[16:18], "big")
    for _ in range(25):
        cut = chance.randrange(1, len(whole) // page) * page
        yield Crafted("pages", f"cut after {cut} bytes", data=whole[:cut])
        at = chance.randrange(1, len(whole) // page) * page
        yield Crafted("pages", f"a page of zeros at {at}", data=whole[:at] + bytes(page) + whole[at + page :])


def _files(whole: bytes) -> Iterator[Crafted]:
    """No content, no database, far too much of it, and what another program may have left beside it."""
    for size in (0, 1, 15, 16, 99, 511, 512, 4095):
        yield Crafted("files", f"the first {size} bytes", data=whole[:size])
    for size in (100_000_000, 199_000_000, 250_000_000):
        yield Crafted("files", f"{size} bytes of zeros", data=b"", size=size)
        yield Crafted("files", f"our header and zeros, {size} bytes", data=whole[:100], size=size)
        yield Crafted("files", f"our content and zeros, {size} bytes", data=whole, size=size)
    for name in ("-wal", "-shm", "-journal"):
        yield Crafted("beside", f"a foreign {name} file", beside=name, data=whole, harmless=True)


def open_crafted(crafted: Crafted, whole: bytes) -> Opened:
    """Make one crafted edition in a private folder and open it in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="wardbook-hostile-") as text:
        content = Path(text) / paths.CONTENT_NAME
        content.write_bytes(whole if crafted.data is None else crafted.data)
        if crafted.sql:
            with closing(sqlite3.connect(content, isolation_level=None)) as connection:
                connection.executescript(crafted.sql)
            if content.read_bytes() == whole:
                raise AssertionError(f"{crafted.name} changed nothing")
        if crafted.size:
            os.truncate(content, crafted.size)
        if crafted.beside:
            content.with_name(content.name + crafted.beside).write_bytes(b"\x37\x7f\x06\x82" + bytes(4096))
        manifest = content.with_name(paths.MANIFEST_NAME)
        # A list longer than ``write_manifest`` would make is as easily forged: the size is not ours to choose.
        if crafted.size <= 200_000_000:
            write_manifest({content.name: content}, manifest, "0" * 64)
        command = [sys.executable, "-P", "-m", "benchmarks.hostile", str(content.parent)]
        begun = time.perf_counter()
        done = subprocess.run(
            command, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, encoding="utf-8", timeout=60, check=False
        )
        seconds = time.perf_counter() - begun
    memory = float(done.stdout) if done.stdout else 0.0
    return Opened(crafted, done.returncode, done.stderr.strip(), seconds, memory)


def read_all(folder: Path) -> None:
    """Open a folder's content as the program does and read everything in it; raises ContentError."""
    manifest = read_manifest(folder / paths.MANIFEST_NAME)
    store = ContentStore.from_bytes(read_verified(manifest, paths.CONTENT_NAME, folder / paths.CONTENT_NAME))
    with closing(store):
        everything: tuple[Callable[[], object], ...] = (
            *(store.edition, store.categories, store.article_heads, store.articles, store.related),
            *(store.references, store.terms, store.effects, store.checklists),
        )
        for read in everything:
            read()


def peak_mb() -> float:
    """Return the largest memory this process had, in MB; 0 where the system does not tell."""
    try:
        lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("VmHWM:"))


def main(folder: Path) -> int:
    """Open one folder under the limit of memory; the exit code and the sentence are the program's own."""
    if sys.platform != "win32":
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    code = 0
    try:
        read_all(folder)
    except ContentError as error:
        sys.stderr.write(f"wardbook: {error}\n")
        code = error.exit_code
    sys.stdout.write(json.dumps(round(peak_mb(), 1)))
    return code


def table(whole: bytes, share: float) -> int:
    """Open every crafted file, print the table and every wrong answer, and return how many were wrong."""
    chosen = list(crafted_files(whole))
    if share < 1:
        chosen = random.Random(1).sample(chosen, max(1, round(len(chosen) * share)))
    with ThreadPoolExecutor(2) as pool:
        opened = list(pool.map(lambda crafted: open_crafted(crafted, whole), chosen))
    print(f"{'crafted':<10}{'files':>7}{'refused':>9}{'read unharmed':>15}{'wrong':>7}{'longest':>10}{'most memory':>13}")
    for family in dict.fromkeys(crafted.family for crafted in chosen):
        _print_row(family, [one for one in opened if one.crafted.family == family])
    _print_row("together", opened)
    wrong = [one for one in opened if not one.right]
    for one in wrong:
        print(f"wrong: {one.crafted.name}: exit code {one.code}, {one.seconds:.2f} s, {one.memory:.0f} MB: {one.said[-200:]!r}")
    return len(wrong)


def _print_row(name: str, opened: Sequence[Opened]) -> None:
    refused = sum(one.code == EXIT_CONTENT for one in opened)
    unharmed = sum(one.code == 0 and one.crafted.harmless for one in opened)
    wrong = sum(not one.right for one in opened)
    longest, most = max(one.seconds for one in opened), max(one.memory for one in opened)
    print(f"{name:<10}{len(opened):>7}{refused:>9}{unharmed:>15}{wrong:>7}{longest:>8.2f} s{most:>10.0f} MB", flush=True)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit("This opens one crafted edition; for all of them: python -m benchmarks.integrity --hostile")
    sys.exit(main(Path(sys.argv[1])))
