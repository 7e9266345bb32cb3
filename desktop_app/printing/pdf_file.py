"""The objects of a PDF that Qt wrote: read, changed, written again with a fresh table of places.

Qt writes plain objects, one table of places and no object streams; nothing else is read here (ISO 32000-1, 7.5).
Whatever does not look like that raises ValueError: it would be a fault of this program, found by its tests.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass, field
from itertools import pairwise

_HEADER = b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n"
_STREAM = re.compile(rb"\A(?P<head>.*?)\nstream\n(?P<data>.*)\nendstream\s*\Z", re.DOTALL)


@dataclass(slots=True)
class PdfFile:
    """Objects by number, without their "obj" and "endobj"; ``info`` and ``root`` are numbers, ``name`` is the /ID."""

    objects: dict[int, bytes] = field(default_factory=dict)
    info: int = 0
    root: int = 0
    name: bytes = b""

    def add(self, body: bytes) -> int:
        """Add an object and return its number."""
        number = max(self.objects) + 1
        self.objects[number] = body
        return number

    def reserve(self) -> int:
        """Return the number of an object that is filled in later."""
        return self.add(b"null")

    def insert(self, number: int, entries: bytes) -> None:
        """Add entries to a dictionary object that has none of them yet."""
        body = self.objects[number].rstrip()
        if not body.endswith(b">>"):
            raise ValueError(f"object {number} is not a dictionary")
        self.objects[number] = body[:-2] + entries + b"\n>>"

    def reference(self, number: int, key: bytes) -> int:
        """Return the number of the object that an entry of a dictionary refers to."""
        found = re.search(key + rb" (\d+) 0 R", self.objects[number])
        if found is None:
            raise ValueError(f"object {number} has no {key.decode()}")
        return int(found[1])

    def pages(self) -> list[int]:
        """Return the object numbers of the pages in order."""
        tree = self.objects[self.reference(self.root, rb"/Pages")]
        kids = re.search(rb"/Kids\s*\[(.*?)\]", tree, re.DOTALL)
        if kids is None:
            raise ValueError("no pages")
        return [int(number) for number in re.findall(rb"(\d+) 0 R", kids[1])]

    def stream(self, number: int) -> bytes:
        """Return the unpacked data of a stream object."""
        match = _STREAM.match(self.objects[number])
        if match is None:
            raise ValueError(f"object {number} is not a stream")
        return zlib.decompress(match["data"]) if b"/FlateDecode" in match["head"] else match["data"]

    def set_stream(self, number: int, data: bytes) -> None:
        """Replace a stream object by packed data."""
        packed = zlib.compress(data)
        head = b"<<\n/Length %d\n/Filter /FlateDecode\n>>" % len(packed)
        self.objects[number] = head + b"\nstream\n" + packed + b"\nendstream"

    def to_bytes(self) -> bytes:
        """Return the file."""
        out = bytearray(_HEADER)
        places: dict[int, int] = {}
        for number, body in sorted(self.objects.items()):
            places[number] = len(out)
            out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
        size = max(self.objects) + 1
        start = len(out)
        out += b"xref\n0 %d\n0000000000 65535 f \n" % size
        for number in range(1, size):
            out += b"%010d 00000 n \n" % places[number] if number in places else b"0000000000 65535 f \n"
        out += b"trailer\n<<\n/Size %d\n/Info %d 0 R\n/Root %d 0 R\n/ID [%s %s]\n>>\n" % (
            (size, self.info, self.root, self.name, self.name)
        )
        out += b"startxref\n%d\n%%%%EOF\n" % start
        return bytes(out)


def read_pdf(data: bytes) -> PdfFile:
    """Return the objects of a PDF written by Qt."""
    tail = re.search(rb"startxref\s+(\d+)\s+%%EOF\s*\Z", data)
    if tail is None:
        raise ValueError("the PDF has no end")
    table = int(tail[1])
    head = re.match(rb"xref\s+0 (\d+)\s+", data[table:])
    if head is None:
        raise ValueError("the PDF has no table of places")
    entries = re.findall(rb"(\d{10}) \d{5} ([nf])", data[table : data.index(b"trailer", table)])
    places = {number: int(place) for number, (place, kind) in enumerate(entries) if kind == b"n"}
    ends = [*sorted(places.values()), table]
    following = dict(pairwise(ends))
    file = PdfFile()
    for number, place in places.items():
        body = data[place : following[place]].strip()
        match = re.fullmatch(rb"%d 0 obj\s(.*?)\s?endobj" % number, body, re.DOTALL)
        if match is None:
            raise ValueError(f"object {number} is not where the table says")
        file.objects[number] = match[1]
    trailer = data[data.index(b"trailer", table) :]
    for key, name in ((rb"/Info (\d+) 0 R", "info"), (rb"/Root (\d+) 0 R", "root")):
        found = re.search(key, trailer)
        if found is None:
            raise ValueError(f"the PDF names no {name}")
        setattr(file, name, int(found[1]))
    identity = re.search(rb"/ID \[ ?(<[0-9a-f]+>)", trailer)
    if identity is None:
        raise ValueError("the PDF has no identity")
    file.name = identity[1]
    return file


def text_string(text: str) -> bytes:
    """Return a text as a PDF string that needs no escapes."""
    return b"<FEFF" + text.encode("utf-16-be").hex().upper().encode("ascii") + b">"
