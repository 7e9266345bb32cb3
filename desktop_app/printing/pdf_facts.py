"""What stands on the pages of a finished PDF, read back from its bytes: text, sizes, faces and colours.

This is how the standard is checked on what was really written, not on what was meant.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from desktop_app.printing.pdf_file import PdfFile, read_pdf
from desktop_app.printing.pdf_letters import read_letters

_SCALE = re.compile(rb"\A(\S+) 0 0 \S+ 0 \S+ cm\Z")
_FONT = re.compile(rb"/F(\d+) (\S+) Tf")
_PLACE = re.compile(rb"\A(\S+) (\S+) Td <")
_GLYPHS = re.compile(rb"<([0-9A-Fa-f]+)> Tj")
_COLOUR = re.compile(rb"\A((?:\S+ )+)(?:scn|SCN|sc|SC|g|G|rg|RG|k|K)\Z")
_IMAGE = re.compile(rb" Do\Z")


@dataclass(frozen=True, slots=True)
class TextFact:
    """A text of a page: ``x`` and ``y`` of its start in points from the top left, size in points, face, grey (0 is black)."""

    text: str
    x: float
    y: float
    size: float
    face: str
    grey: float


@dataclass(frozen=True, slots=True)
class PageFacts:
    """One page: its size in points, its texts in reading order, every colour used, and whether it holds pictures."""

    width: float
    height: float
    texts: tuple[TextFact, ...]
    colours: frozenset[tuple[float, ...]]
    pictures: bool

    def says(self, text: str) -> bool:
        """Tell whether a text stands on the page; where its lines end is no part of what it says."""
        return compact(text) in self.compact()

    def compact(self) -> str:
        """Return the letters of the page without any space."""
        return compact("".join(fact.text for fact in self.texts))


def compact(text: str) -> str:
    """Return the letters of a text without any space."""
    return "".join(text.split())


def read_facts(data: bytes) -> tuple[PageFacts, ...]:
    """Return the facts of every page; raises ValueError when the bytes are not a PDF of this program."""
    file = read_pdf(data)
    return tuple(_page(file, number) for number in file.pages())


def _page(file: PdfFile, number: int) -> PageFacts:
    box = re.search(rb"/MediaBox \[\S+ \S+ (\S+) (\S+)\]", file.objects[number])
    if box is None:
        raise ValueError("the page has no size")
    lines = file.stream(file.reference(number, rb"/Contents")).split(b"\n")
    colours = frozenset(
        tuple(float(part) for part in match[1].split() if not part.startswith(b"/"))
        for line in lines
        if (match := _COLOUR.match(line))
    )
    pictures = any(_IMAGE.search(line) for line in lines)
    return PageFacts(float(box[1]), float(box[2]), tuple(_texts(file, lines)), colours, pictures)


def _texts(file: PdfFile, lines: list[bytes]) -> Iterator[TextFact]:
    maps: dict[int, tuple[str, dict[int, str]]] = {}
    scale, grey, font, size = 1.0, 0.0, 0, 0.0
    x = y = 0.0
    placed = False
    letters: list[str] = []
    for line in lines:
        if match := _SCALE.match(line):
            scale = float(match[1])
        elif match := _COLOUR.match(line):
            grey = max(float(part) for part in match[1].split())
        elif line == b"BT":
            letters, placed = [], False
        elif line == b"ET":
            yield TextFact("".join(letters), x * scale, -y * scale, size * scale, maps[font][0], grey)
        if match := _FONT.search(line):
            font, size = int(match[1]), float(match[2])
            if font not in maps:
                maps[font] = _face(file, font)
        if (match := _PLACE.match(line)) and not placed:
            x, y, placed = float(match[1]), float(match[2]), True
        for packed in _GLYPHS.findall(line):
            codes = (int(packed[at : at + 4], 16) for at in range(0, len(packed), 4))
            letters.extend(maps[font][1].get(code, "\ufffd") for code in codes)


def _face(file: PdfFile, font: int) -> tuple[str, dict[int, str]]:
    name = re.search(rb"/BaseFont /(\S+)", file.objects[font])
    letters = read_letters(file.stream(file.reference(font, rb"/ToUnicode")))
    return (name[1].decode("ascii") if name else ""), letters
