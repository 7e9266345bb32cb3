"""Which characters the bundled typeface has: a character without a drawing would be lost on paper without a word.

Reads the character map of the font files (OpenType ``cmap``, formats 4 and 12) with the standard library, so that the
content check can ask without starting Qt.
"""

from __future__ import annotations

import struct
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from desktop_app import paths

FACES = ("SourceSansPro-Regular.ttf", "SourceSansPro-Bold.ttf")
_SPACES = frozenset("\n\t")
# Characters that join others or are drawn as nothing: one letter would no longer be one glyph of the PDF.
_NO_LETTERS = frozenset({"Mn", "Me", "Mc", "Cf", "Cc", "Cs", "Co", "Cn"})


def font_files() -> tuple[Path, ...]:
    """Return the font files that paper uses: regular and bold."""
    return tuple(paths.fonts_folder() / name for name in FACES)


def uncovered(text: str, files: Iterable[Path] | None = None) -> set[str]:
    """Return the characters of a text that one of the printed faces cannot draw as a letter of its own.

    Line breaks and tabs count as covered (they are printed as spaces); combining marks and invisible characters do not.

    Raises OSError when a font file cannot be read and ValueError when it has no Unicode character map.
    """
    letters = set(text) - _SPACES
    missing = {ord(letter) for letter in letters if unicodedata.category(letter) in _NO_LETTERS}
    wanted = {ord(letter) for letter in letters}
    for file in files if files is not None else font_files():
        missing |= wanted - covered(file)
    return {chr(code) for code in missing}


@cache
def covered(file: Path) -> frozenset[int]:
    """Return the code points that a TrueType file maps to a glyph; read once."""
    data = file.read_bytes()
    start = _table(data, b"cmap")
    (count,) = struct.unpack_from(">H", data, start + 2)
    found: set[int] = set()
    for number in range(count):
        platform, encoding, offset = struct.unpack_from(">HHI", data, start + 4 + 8 * number)
        if platform == 0 or (platform == 3 and encoding in {1, 10}):
            found |= _subtable(data, start + offset)
    if not found:
        raise ValueError(f"{file.name} has no Unicode character map")
    return frozenset(found)


def _table(data: bytes, tag: bytes) -> int:
    (tables,) = struct.unpack_from(">H", data, 4)
    for number in range(tables):
        name, _, offset, _ = struct.unpack_from(">4sIII", data, 12 + 16 * number)
        if name == tag:
            return int(offset)
    raise ValueError(f"font without a table {tag.decode()}")


def _subtable(data: bytes, start: int) -> set[int]:
    (form,) = struct.unpack_from(">H", data, start)
    if form == 4:
        return _segments(data, start)
    if form == 12:
        (groups,) = struct.unpack_from(">I", data, start + 12)
        found: set[int] = set()
        for number in range(groups):
            first, last, glyph = struct.unpack_from(">III", data, start + 16 + 12 * number)
            found.update(code for code in range(first, last + 1) if glyph + code - first)
        return found
    return set()


def _segments(data: bytes, start: int) -> set[int]:
    """Read a format 4 table: segments of code points with a delta or an array of glyph numbers."""
    (double,) = struct.unpack_from(">H", data, start + 6)
    ends = start + 14
    starts = ends + double + 2
    deltas, ranges = starts + double, starts + 2 * double
    found: set[int] = set()
    for place in range(0, double, 2):
        (last,), (first,) = struct.unpack_from(">H", data, ends + place), struct.unpack_from(">H", data, starts + place)
        (delta,), (offset,) = struct.unpack_from(">H", data, deltas + place), struct.unpack_from(">H", data, ranges + place)
        for code in range(first, min(last, 0xFFFE) + 1):
            glyph = code
            if offset:
                (glyph,) = struct.unpack_from(">H", data, ranges + place + offset + 2 * (code - first))
            if glyph and (glyph + (0 if offset and not glyph else delta)) & 0xFFFF:
                found.add(code)
    return found
