"""Which letter each glyph of a PDF stands for, taken from the text that was painted.

Qt looks glyphs up backwards in the font, where one glyph may serve several characters: a space came out as a tab, and
a micro sign could come out as a Greek letter. Without ligatures one glyph is one letter, so the painted text knows.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from desktop_app.printing.pdf_file import PdfFile
from desktop_app.printing.pieces import TextMark

_FONT = re.compile(rb"/F(\d+) \S+ Tf")
_GLYPHS = re.compile(rb"<([0-9A-Fa-f]+)> Tj")
_AT_MOST = 100  # entries in one block of a character map (Adobe technical note 5014)

Letters = dict[int, dict[int, str]]


@dataclass(frozen=True, slots=True)
class TextObject:
    """A text object of a page's content (``BT … ET``): its font object and its glyphs, and the text mark it belongs to."""

    font: int
    glyphs: tuple[int, ...]
    mark: int
    letters: str


def text_objects(lines: Sequence[bytes], marks: Sequence[TextMark]) -> list[TextObject]:
    """Return the text objects of a page in order, each with the mark it paints a part of.

    Qt paints a mark as one object, or as several where the script changes (a Greek letter in a Latin word). Every letter
    is one glyph, so counting glyphs tells where a mark ends. Raises ValueError when the numbers do not match: the page
    would then not be what was laid out.
    """
    found: list[TextObject] = []
    mark = done = 0
    for font, glyphs in _glyphs(lines):
        if mark >= len(marks):
            raise ValueError("the page holds more texts than its layout")
        text = marks[mark].text
        letters = text[done : done + len(glyphs)]
        if len(letters) != len(glyphs):
            raise ValueError(f"the page holds other letters than “{text}”")
        found.append(TextObject(font, glyphs, mark, letters))
        done += len(glyphs)
        if done == len(text):
            mark, done = mark + 1, 0
    if mark != len(marks):
        raise ValueError("the page holds fewer texts than its layout")
    return found


def _glyphs(lines: Sequence[bytes]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Yield font and glyphs of every text object."""
    font = 0
    glyphs: list[int] = []
    for line in lines:
        if line == b"BT":
            glyphs = []
        elif line == b"ET":
            yield font, tuple(glyphs)
        else:
            named = _FONT.search(line)
            if named is not None:
                font = int(named[1])
            for packed in _GLYPHS.findall(line):
                glyphs.extend(int(packed[place : place + 4], 16) for place in range(0, len(packed), 4))


def gather(objects: Sequence[TextObject], letters: Letters) -> None:
    """Add the letters of one page's text objects to ``letters``: font object -> glyph -> letter."""
    for text in objects:
        letters.setdefault(text.font, {}).update(zip(text.glyphs, text.letters, strict=True))


def write_letters(file: PdfFile, letters: Letters) -> None:
    """Replace the character maps of the fonts (ISO 32000-1, 9.10.3) by what ``gather`` found, Qt's own filling gaps."""
    for font, known in letters.items():
        number = file.reference(font, rb"/ToUnicode")
        merged = {**read_letters(file.stream(number)), **known}
        file.set_stream(number, _character_map(merged))


def read_letters(data: bytes) -> dict[int, str]:
    """Return the letters of a character map, glyph -> letter: Qt's ranges ``<first> <last> [<letter> …]`` or our pairs."""
    found: dict[int, str] = {}
    if b"beginbfchar" in data:
        for glyph, value in re.findall(rb"<([0-9A-F]{4})> <([0-9A-F]+)>\n", data[data.find(b"beginbfchar") :]):
            found[int(glyph, 16)] = bytes.fromhex(value.decode("ascii")).decode("utf-16-be")
        return found
    pattern = rb"<([0-9A-F]{4})> <[0-9A-F]{4}> (?:\[([^\]]*)\]|<([0-9A-F]+)>)"
    start = data.find(b"beginbfrange")
    for first, several, single in re.findall(pattern, data[start:] if start >= 0 else b""):
        values = re.findall(rb"<([0-9A-F]+)>", several) if several else [single]
        for step, value in enumerate(values):
            found[int(first, 16) + step] = bytes.fromhex(value.decode("ascii")).decode("utf-16-be")
    return found


def _character_map(letters: dict[int, str]) -> bytes:
    lines = [
        "/CIDInit /ProcSet findresource begin",
        "12 dict begin",
        "begincmap",
        "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
        "/CMapName /Adobe-Identity-UCS def",
        "/CMapType 2 def",
        "1 begincodespacerange",
        "<0000> <FFFF>",
        "endcodespacerange",
    ]
    entries = [f"<{glyph:04X}> <{letter.encode('utf-16-be').hex().upper()}>" for glyph, letter in sorted(letters.items())]
    for start in range(0, len(entries), _AT_MOST):
        block = entries[start : start + _AT_MOST]
        lines.extend((f"{len(block)} beginbfchar", *block, "endbfchar"))
    lines.extend(("endcmap", "CMapName currentdict /CMap defineresource pop", "end", "end"))
    return "\n".join(lines).encode("ascii")
