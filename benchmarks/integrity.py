"""Damage an edition in thousands of ways and count what would be accepted: ``python -m benchmarks.integrity``.

Every variant is a real change of a real file (content, an index file or the list of checksums), made in a private copy,
looked at as the program looks at it, and undone. The table is what ``docs/it-guide.md`` quotes; the number that matters is
"accepted", which must be 0. Beside it stands what SQLite's own check says of the same damaged content files.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sqlite3
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from benchmarks import hostile
from desktop_app import paths
from desktop_app.errors import ContentError
from desktop_app.store.manifest import read_manifest, read_verified, read_verified_folder

PAGE = 4096
Damage = Callable[[bytes, random.Random], bytes]


@dataclass(frozen=True, slots=True)
class EditionCopy:
    """A private copy of an edition: content, index folder and list of checksums side by side."""

    folder: Path

    @property
    def files(self) -> tuple[Path, ...]:
        """Return every file of the copy."""
        return tuple(sorted(path for path in self.folder.rglob("*") if path.is_file()))

    def accepted(self) -> bool:
        """Tell whether the program would use what lies here now."""
        try:
            manifest = read_manifest(self.folder / paths.MANIFEST_NAME)
            read_verified(manifest, paths.CONTENT_NAME, self.folder / paths.CONTENT_NAME)
            read_verified_folder(manifest, self.folder / paths.INDEX_NAME)
        except ContentError:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the table."""

    damage: str
    variants: int
    accepted: int
    sqlite_content: int
    sqlite_passed: int


def flip_bit(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one bit turned."""
    changed = bytearray(data)
    changed[chance.randrange(len(data))] ^= 1 << chance.randrange(8)
    return bytes(changed)


def zero_page(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes with one page of zeros; a page that is zero already is passed over."""
    starts = list(range(0, len(data), PAGE))
    chance.shuffle(starts)
    for start in starts:
        page = data[start : start + PAGE]
        if page.strip(b"\0"):
            return data[:start] + bytes(len(page)) + data[start + PAGE :]
    return b""


def truncate(data: bytes, chance: random.Random) -> bytes:
    """Return the bytes cut short somewhere, perhaps to nothing."""
    return data[: chance.randrange(len(data))]


KINDS: tuple[tuple[str, Damage, int], ...] = (
    ("single bits flipped", flip_bit, 10_000),
    ("pages of zeros", zero_page, 1_000),
    ("files cut short", truncate, 1_000),
)


def try_damage(copy: EditionCopy, name: str, damage: Damage, count: int, chance: random.Random, sqlite_share: float = 0.0) -> Row:
    """Make ``count`` damaged variants one after the other; ``sqlite_share`` of those of the content are shown to SQLite too."""
    accepted = sqlite_seen = sqlite_passed = 0
    whole = {path: path.read_bytes() for path in copy.files}
    damageable = [path for path, data in whole.items() if data]
    for _ in range(count):
        path = chance.choice(damageable)
        path.write_bytes(damage(whole[path], chance))
        try:
            accepted += copy.accepted()
            if path.name == paths.CONTENT_NAME and chance.random() < sqlite_share:
                sqlite_seen += 1
                sqlite_passed += sqlite_is_content(path)
        finally:
            path.write_bytes(whole[path])
    return Row(name, count, accepted, sqlite_seen, sqlite_passed)


def sqlite_is_content(path: Path) -> bool:
    """Tell whether SQLite's own ``integrity_check`` has nothing against a content file."""
    try:
        with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro&immutable=1", uri=True)) as connection:
            return bool(connection.execute("PRAGMA integrity_check(1)").fetchone()[0] == "ok")
    except sqlite3.Error:
        return False


def copy_edition(content: Path, index: Path, manifest: Path, folder: Path) -> EditionCopy:
    """Copy an edition to where it may be damaged."""
    shutil.copyfile(content, folder / paths.CONTENT_NAME)
    shutil.copytree(index, folder / paths.INDEX_NAME)
    shutil.copyfile(manifest, folder / paths.MANIFEST_NAME)
    return EditionCopy(folder)


def main(arguments: Sequence[str]) -> int:
    """Print the table; exit code 1 when anything damaged was accepted."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.integrity", description=__doc__)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--share", type=float, default=1.0, help="make only this share of the variants")
    parser.add_argument("--hostile", action="store_true", help="open crafted content files under a forged list instead")
    options = parser.parse_args(arguments)
    if options.hostile:
        return 1 if hostile.table(paths.content_file().read_bytes(), options.share) else 0
    chance = random.Random(options.seed)
    with tempfile.TemporaryDirectory(prefix="wardbook-integrity-") as folder:
        copy = copy_edition(paths.content_file(), paths.index_folder(), paths.manifest_file(), Path(folder))
        size = sum(path.stat().st_size for path in copy.files)
        start = time.perf_counter()
        if not copy.accepted():
            print("The edition itself is not whole; build it first: python run.py content build", file=sys.stderr)
            return 1
        took = (time.perf_counter() - start) * 1000
        print(f"edition: {len(copy.files)} files, {size / 1e6:.1f} MB; verified in {took:.0f} ms; seed {options.seed}")
        print(f"{'damage':<22}{'variants':>10}{'accepted':>10}   SQLite's integrity_check passes (content only)")
        rows = []
        for name, damage, count in KINDS:
            row = try_damage(copy, name, damage, max(1, round(count * options.share)), chance, sqlite_share=0.25)
            rows.append(row)
            print(
                f"{row.damage:<22}{row.variants:>10}{row.accepted:>10}   {row.sqlite_passed} of {row.sqlite_content}", flush=True
            )
    return 1 if any(row.accepted for row in rows) else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
