"""The list of checksums that content and index are held against before a byte of them is used.

``manifest.json`` names every file of an edition with its size and SHA-256, and the content hash that ties them to one
edition. It is canonical JSON (sorted keys, no spaces, no times) and carries the SHA-256 of itself, so that the same files
give the same bytes and any change of it is noticed. It proves that files are whole, not who made them: whoever may write
in the program folder may write this file too, which is why that folder should be read-only on a ward.
"""

from __future__ import annotations

import errno
import hashlib
import json
import re
import stat
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import Any

from desktop_app.errors import CannotWriteError, ContentError
from desktop_app.files import write_whole

FORMAT = 1
MAX_FILE_BYTES = 200_000_000
MAX_MANIFEST_BYTES = 1_000_000
ADVICE = "Ask the person who looks after Wardbook to put the program folder back as it was delivered."
SOURCE_ADVICE = "In a source checkout, “python run.py content build” makes it."
NEWER_ADVICE = "Update the program, or put back the content that belongs to it."
_NAME = re.compile(r"[A-Za-z0-9_][A-Za-z0-9_.-]*(?:/[A-Za-z0-9_][A-Za-z0-9_.-]*)*")
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Entry:
    """What one file must be: its size in bytes and its SHA-256 in lower-case hexadecimal."""

    size: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """The files of one edition by relative name (``index/…`` with forward slashes), and the content hash."""

    files: Mapping[str, Entry]
    content_hash: str


def write_manifest(files: Mapping[str, Path], target: Path, content_hash: str) -> None:
    """Write the list for ``files`` (relative name -> where it lies now) whole or not at all.

    A list that says the same is left untouched on disk. Raises CannotWriteError, or ValueError for a name that is not a
    plain relative one.
    """
    entries = {}
    for name, path in files.items():
        if not _NAME.fullmatch(name):
            raise ValueError(f"not a plain relative name: {name!r}")
        data = _read(path, name, MAX_FILE_BYTES)
        entries[name] = {"size": len(data), "sha256": hashlib.sha256(data).hexdigest()}
    data = _serialise({"format": FORMAT, "content_hash": content_hash, "files": entries})
    with suppress(OSError):
        if target.read_bytes() == data:
            return
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        write_whole(data, target)
    except OSError as error:
        message = f"The list of checksums could not be written: {error.strerror}."
        raise CannotWriteError(message, f"Its place is {target}.") from error


def read_manifest(path: Path) -> Manifest:
    """Return the list of checksums; raises ContentError when it is missing, damaged, foreign or too new."""
    data = _read(path, path.name, MAX_MANIFEST_BYTES)
    damaged = ContentError("The list of checksums (manifest.json) is damaged.", ADVICE)
    try:
        value = json.loads(data.decode("ascii"))
        version = value["format"]
        if isinstance(version, int) and version > FORMAT:
            raise ContentError("The list of checksums was made for a newer Wardbook.", NEWER_ADVICE)
        body = {key: value[key] for key in ("format", "content_hash", "files")}
        if version != FORMAT or _serialise(body) != data:
            raise damaged
        files = {name: _entry(name, fields) for name, fields in value["files"].items()}
        content_hash = value["content_hash"]
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged from error
    if not isinstance(content_hash, str) or not files:
        raise damaged
    return Manifest(MappingProxyType(files), content_hash)


def read_verified(manifest: Manifest, name: str, path: Path) -> bytes:
    """Return the bytes of one listed file, read once and proved to be what the list says.

    Use these bytes, not the file: it may change after this. Raises ContentError with the sort of damage in words.
    """
    entry = manifest.files.get(name)
    if entry is None:
        raise ContentError(f"{name} is not in the list of checksums.", ADVICE)
    data = _read(path, name, entry.size)
    if not data and entry.size:
        raise ContentError(f"{name} is empty.", ADVICE)
    if len(data) < entry.size:
        raise ContentError(f"{name} is cut short: {len(data)} of {entry.size} bytes.", ADVICE)
    if hashlib.sha256(data).hexdigest() != entry.sha256:
        raise ContentError(f"{name} was altered or damaged: its checksum is not the one it was delivered with.", ADVICE)
    return data


def read_verified_folder(manifest: Manifest, folder: Path) -> dict[str, bytes]:
    """Return the bytes of every listed file below ``folder``, by name inside it; each is verified.

    A file that is not listed is refused too: a search index opens whatever looks newest in its folder. Raises ContentError.
    """
    prefix = f"{folder.name}/"
    listed = {name.removeprefix(prefix) for name in manifest.files if name.startswith(prefix)}
    if not listed:
        raise ContentError(f"No file of the folder {folder.name} is in the list of checksums.", ADVICE)
    try:
        found = {path.relative_to(folder).as_posix() for path in folder.rglob("*") if not path.is_dir()}
    except OSError as error:
        raise ContentError(f"The folder {folder.name} cannot be read: {error.strerror}.", ADVICE) from error
    strangers = sorted(found - listed)
    if strangers:
        raise ContentError(f"{prefix}{strangers[0]} is not in the list of checksums.", ADVICE)
    return {name: read_verified(manifest, prefix + name, folder / name) for name in sorted(listed)}


def _entry(name: str, fields: Any) -> Entry:
    """Return one line of the list; raises ValueError, KeyError or TypeError for anything that ``write_manifest`` never writes."""
    size, digest = fields["size"], fields["sha256"]
    if not _NAME.fullmatch(name) or set(fields) != {"size", "sha256"}:
        raise ValueError(name)
    if type(size) is not int or not 0 <= size <= MAX_FILE_BYTES or not _SHA256.fullmatch(digest):
        raise ValueError(name)
    return Entry(size, digest)


def _serialise(body: Mapping[str, Any]) -> bytes:
    """Return the canonical bytes of a list, with the SHA-256 of its body in it."""
    own = hashlib.sha256(_canonical(body)).hexdigest()
    return _canonical({**body, "self": own}) + b"\n"


def _canonical(value: Mapping[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=True).encode("ascii")


def _read(path: Path, name: str, most: int) -> bytes:
    """Return a regular file of at most ``most`` bytes; everything that can go wrong is a ContentError in words.

    It is read, not mapped: a mapped file that is cut short on a share kills the process.
    """
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):
            raise ContentError(f"{name} is not a file.", ADVICE)
        if state.st_size > most:
            raise ContentError(f"{name} is larger than it should be: {state.st_size} bytes.", ADVICE)
        with path.open("rb") as file:
            data = file.read(most + 1)
    except (FileNotFoundError, NotADirectoryError) as error:
        raise ContentError(f"{name} is missing.", f"{ADVICE} {SOURCE_ADVICE}") from error
    except PermissionError as error:
        raise ContentError(f"{name} may not be read by this user.", "Ask IT for the right to read the program folder.") from error
    except OSError as error:
        lost = error.errno in (errno.EIO, errno.ESTALE, errno.EHOSTDOWN, errno.ENOTCONN)
        advice = "Is the network drive still there? Start Wardbook again when it is." if lost else ADVICE
        raise ContentError(f"{name} cannot be read: {error.strerror or 'unknown fault'}.", advice) from error
    except ValueError as error:  # a path with a zero byte
        raise ContentError(f"{name} has a name that no file can have.", ADVICE) from error
    if len(data) > most:
        raise ContentError(f"{name} is larger than it should be.", ADVICE)
    return data
