"""The Whoosh index of the edition: one document for each statement, with positions, for quoted phrases.

Everything that touches Whoosh is here (but for its stemmer). Whoosh reads pickles, so the caller holds every file against its
checksum before this room opens one. Files are read whole, never mapped into memory; one lock guards the reader, which is not
safe to share between threads.
"""

from __future__ import annotations

import functools
import sys
import threading
from collections.abc import Iterable, Mapping, Sequence
from itertools import islice
from pathlib import Path
from types import ModuleType
from typing import Any

# Whoosh takes one decorator from the package cached-property, which brings in asyncio, and names a function for downloads,
# which brings in sockets, mail and 5 MB of memory. Python has the same decorator, and nothing is ever downloaded; the frozen
# program carries neither of the two.
_STAND_INS: dict[str, dict[str, Any]] = {
    "cached_property": {"cached_property": functools.cached_property},
    "urllib.request": {"urlretrieve": None},
}
_BEFORE = {name: sys.modules.get(name) for name in _STAND_INS}
for _name, _values in _STAND_INS.items():
    sys.modules[_name] = ModuleType(_name)
    sys.modules[_name].__dict__.update(_values)

import whoosh.searching  # noqa: E402, F401  # else Whoosh imports it with the first phrase
from whoosh import fields, query  # noqa: E402
from whoosh.analysis import KeywordAnalyzer  # noqa: E402
from whoosh.codec.whoosh3 import W3Codec, W3Segment  # noqa: E402
from whoosh.filedb.filestore import FileStorage, RamStorage  # noqa: E402
from whoosh.writing import SegmentWriter  # noqa: E402

for _name, _module in _BEFORE.items():  # the stand-ins are Whoosh's alone
    if _module is None:
        del sys.modules[_name]
    else:
        sys.modules[_name] = _module

INDEX_NAME = "wardbook"
SEGMENT_ID = "edition000000000"
FIELDS = ("title", "text", "text2", "text3")
_BUILD_MEGABYTES = 512


class _MemoryStorage(RamStorage):  # type: ignore[misc]  # Whoosh has no types
    """A RamStorage that is in memory while writing too; the original puts its working files into the temporary folder."""

    def temp_storage(self, name: str | None = None) -> _MemoryStorage:
        """Return the place for working files."""
        return _MemoryStorage()

    def destroy(self) -> None:
        """Forget all files."""
        self.files.clear()


class _FixedNameCodec(W3Codec):  # type: ignore[misc]  # Whoosh has no types
    """Whoosh's codec with a fixed segment name: the same sources give files of the same names."""

    # Lengths are not kept (ranking is not Whoosh's here); looking for them costs a file look-up for each posting.
    length_stats = False

    def new_segment(self, storage: Any, indexname: str) -> Any:
        """Return the one segment of the index; the codec kept in it is Whoosh's own, so that reading needs nothing of ours."""
        return W3Segment(W3Codec(), indexname, segid=SEGMENT_ID)


Sequences = Sequence[Sequence[str]]  # of one statement: the terms of its title (if any) and of each distinct text


class PhraseWriter:
    """Writes the index, statement by statement."""

    def __init__(self, storage: Any) -> None:
        text = fields.TEXT(analyzer=KeywordAnalyzer(), phrase=True, stored=False)
        # Ranking is not Whoosh's here, so field lengths are not kept.
        text.scorable = False
        schema = fields.Schema(**dict.fromkeys(FIELDS, text))
        made = storage.create_index(schema, indexname=INDEX_NAME)
        self._writer = SegmentWriter(made, limitmb=_BUILD_MEGABYTES, codec=_FixedNameCodec(), compound=False)

    @classmethod
    def into(cls, folder: Path) -> PhraseWriter:
        """Begin an index in an existing empty folder."""
        return cls(FileStorage(str(folder), supports_mmap=False))

    def add(self, sequences: Sequences) -> None:
        """Add the next statement; it is known by its number in the order of adding."""
        texts = {field: list(sequence) for field, sequence in zip(FIELDS, sequences, strict=False) if sequence}
        self._writer.add_document(**texts)

    def finish(self) -> None:
        """Write everything out."""
        self._writer.commit()


class PhraseIndex:
    """Finds the statements that hold words side by side."""

    def __init__(self, storage: Any) -> None:
        self._lock = threading.Lock()
        self._reader = storage.open_index(indexname=INDEX_NAME)
        self._searcher = self._reader.searcher()

    @classmethod
    def of_files(cls, files: Mapping[str, bytes]) -> PhraseIndex:
        """Open the index from the bytes of its files, so that what was held against checksums is what is read."""
        storage = _MemoryStorage()
        storage.files.update(files)
        return cls(storage)

    @classmethod
    def in_memory(cls, statements: Iterable[Sequences]) -> PhraseIndex:
        """Build the index of some statements in memory; nothing is written to any folder."""
        storage = _MemoryStorage()
        writer = PhraseWriter(storage)
        for sequences in statements:
            writer.add(sequences)
        writer.finish()
        return cls(storage)

    def find(self, terms: Sequence[str], most: int = 2000) -> list[int]:
        """Return the numbers of the statements that hold the terms side by side, in order (at most ``most``)."""
        if not terms:
            return []
        wanted = query.Or(
            [query.Phrase(field, list(terms)) if len(terms) > 1 else query.Term(field, terms[0]) for field in FIELDS]
        )
        with self._lock:
            return list(islice(self._searcher.docs_for_query(wanted), most))
