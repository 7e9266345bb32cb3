"""What is done with the finished folder: nothing unknown in it, a list with checksums, and a zip with the same bytes every time."""

from __future__ import annotations

import fnmatch
import hashlib
import os
import stat
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

SUMS_NAME = "SHA256SUMS"
EARLIEST_IN_A_ZIP = 315_532_800  # 1 January 1980, in seconds since 1970


def files_of(folder: Path) -> list[Path]:
    """Return every file below a folder in the order of its name there; symbolic links count as files."""
    found = []
    for path, folders, names in os.walk(folder):
        links = [name for name in folders if (Path(path) / name).is_symlink()]
        found += [Path(path) / name for name in names + links]
    return sorted(found, key=lambda path: path.relative_to(folder).as_posix())


def read_patterns(path: Path, system: str) -> list[str]:
    """Return the patterns of the allow-list that apply to a system (``linux``, ``windows``, ``macos``).

    A line is a pattern for all systems, or ``system: pattern``; ``#`` begins a comment.
    """
    patterns = []
    for line in path.read_text(encoding="utf-8").splitlines():
        text = line.partition("#")[0].strip()
        where, colon, pattern = text.partition(": ")
        if colon and where in {"linux", "windows", "macos"}:
            text = pattern.strip() if where == system else ""
        if text:
            patterns.append(text)
    return patterns


def strangers(names: Iterable[str], patterns: Iterable[str]) -> list[str]:
    """Return the names that no pattern allows; ``*`` stays inside one folder, ``**`` does not."""
    allowed = [pattern.split("/") for pattern in patterns]
    return [name for name in names if not any(_matches(name.split("/"), pattern) for pattern in allowed)]


def _matches(parts: list[str], pattern: list[str]) -> bool:
    if not pattern:
        return not parts
    if pattern[0] == "**":
        return any(_matches(parts[skip:], pattern[1:]) for skip in range(len(parts) + 1))
    return bool(parts) and fnmatch.fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def sha256(path: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal; of a symbolic link, that of its target's name."""
    if path.is_symlink():
        return hashlib.sha256(str(path.readlink()).encode()).hexdigest()
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def write_sums(folder: Path) -> Path:
    """Write the list of all files of the folder with their checksums, as ``sha256sum --check`` reads it."""
    target = folder / SUMS_NAME
    target.unlink(missing_ok=True)
    regular = [path for path in files_of(folder) if not path.is_symlink()]
    lines = [f"{sha256(path)}  {path.relative_to(folder).as_posix()}\n" for path in regular]
    target.write_text("".join(lines), encoding="utf-8", newline="\n")
    return target


def write_zip(folder: Path, target: Path, epoch: int) -> None:
    """Pack the folder under its own name: sorted, one time for every file, permissions reduced to 755 and 644."""
    moment = time.gmtime(max(epoch, EARLIEST_IN_A_ZIP))[:6]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for path in files_of(folder):
            entry = zipfile.ZipInfo(f"{folder.name}/{path.relative_to(folder).as_posix()}", moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            if path.is_symlink():
                entry.external_attr = (stat.S_IFLNK | 0o777) << 16
                archive.writestr(entry, str(path.readlink()))
                continue
            runs = path.stat().st_mode & stat.S_IXUSR
            entry.external_attr = (stat.S_IFREG | (0o755 if runs else 0o644)) << 16
            archive.writestr(entry, path.read_bytes(), compresslevel=9)


def differences(first: Path, second: Path) -> list[str]:
    """Return the names of files that are not the same, byte for byte, in two folders."""
    one = {path.relative_to(first).as_posix(): sha256(path) for path in files_of(first)}
    two = {path.relative_to(second).as_posix(): sha256(path) for path in files_of(second)}
    return sorted(name for name in one.keys() | two.keys() if one.get(name) != two.get(name))


def size_of(folder: Path) -> int:
    """Return the bytes of all files of a folder."""
    return sum(path.lstat().st_size for path in files_of(folder))
