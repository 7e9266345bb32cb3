"""The packed ranking file: what scoring needs, ready to be read into arrays without parsing.

Layout: magic (8 bytes) · BLAKE2b-128 of everything after it (16) · length of the directory (4, little-endian) · directory
(JSON) · sections. The directory names each section with offset and size. Nothing is pickled, nothing is mapped into memory.
"""

from __future__ import annotations

import hashlib
import json
import sys
import zlib
from array import array
from collections.abc import Mapping
from typing import Any

RANKING_NAME = "ranking.bin"
MAGIC = b"WBRANK\x00\x01"
_DIGEST = 16
# Raised whenever a section of the index is added, dropped or laid out anew: an index of another layout is not opened.
LAYOUT_VERSION = 1


class PackError(Exception):
    """The packed file is not what it should be; says how in words."""


def digest(data: bytes) -> bytes:
    """Return the checksum used here and for the other files of the index."""
    return hashlib.blake2b(data, digest_size=_DIGEST).digest()


def pack(stamp: Mapping[str, Any], sections: Mapping[str, bytes]) -> bytes:
    """Return the file for some sections; ``stamp`` is any JSON that a reader wants to see first."""
    places: dict[str, tuple[int, int]] = {}
    offset = 0
    for name, data in sections.items():
        places[name] = (offset, len(data))
        offset += len(data)
    directory = json.dumps({"stamp": stamp, "sections": places}, sort_keys=True, separators=(",", ":")).encode()
    rest = len(directory).to_bytes(4, "little") + directory + b"".join(sections.values())
    return MAGIC + digest(rest) + rest


class Pack:
    """A packed file in memory."""

    def __init__(self, data: bytes) -> None:
        """Read the directory; raises PackError where magic, checksum or directory are wrong."""
        start = len(MAGIC) + _DIGEST
        if not data.startswith(MAGIC):
            raise PackError("it is not a Wardbook index or was made by another version")
        if digest(data[start:]) != data[len(MAGIC) : start]:
            raise PackError("its checksum does not fit")
        size = int.from_bytes(data[start : start + 4], "little")
        directory = json.loads(data[start + 4 : start + 4 + size])
        self.stamp: dict[str, Any] = directory["stamp"]
        self._base = start + 4 + size
        self._places: dict[str, tuple[int, int]] = directory["sections"]
        self._data = data

    def section(self, name: str) -> bytes:
        """Return the bytes of a section."""
        offset, size = self._places[name]
        return self._data[self._base + offset : self._base + offset + size]

    def numbers(self, name: str, typecode: str) -> array[int]:
        """Return a section as an array of unsigned numbers (``H`` 16 bits, ``I`` 32 bits)."""
        return from_little(typecode, self.section(name))

    def json(self, name: str) -> Any:
        """Return a compressed JSON section."""
        return json.loads(zlib.decompress(self.section(name)))

    def lines(self, name: str) -> list[str]:
        """Return a compressed section of lines."""
        text = zlib.decompress(self.section(name)).decode("utf-8")
        return text.split("\n") if text else []


def json_section(values: Any) -> bytes:
    """Return values as a compressed JSON section."""
    return zlib.compress(json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode("utf-8"), 9)


def line_section(lines: list[str]) -> bytes:
    """Return lines as a compressed section."""
    return zlib.compress("\n".join(lines).encode("utf-8"), 9)


def little(numbers: array[int]) -> bytes:
    """Return an array as little-endian bytes on any machine."""
    if sys.byteorder == "big":
        numbers = array(numbers.typecode, numbers)
        numbers.byteswap()
    return numbers.tobytes()


def from_little(typecode: str, data: bytes) -> array[int]:
    """Return an array from little-endian bytes on any machine."""
    numbers: array[int] = array(typecode)
    numbers.frombytes(data)
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers
