"""The list of checksums: nothing that is not exactly what was delivered is ever read."""

from __future__ import annotations

import json
import os
import random
from pathlib import Path

import pytest

from benchmarks.integrity import EditionCopy, flip_bit, truncate, try_damage, zero_page
from desktop_app.errors import CannotWriteError, ContentError
from desktop_app.store import manifest as manifest_module
from desktop_app.store.manifest import Manifest, read_manifest, read_verified, read_verified_folder, write_manifest

HASH = "ab" * 32


@pytest.fixture
def edition(tmp_path: Path) -> EditionCopy:
    """A small edition: a content file of several pages, two index files, and their list."""
    chance = random.Random(5)
    (tmp_path / "index").mkdir()
    (tmp_path / "content.db").write_bytes(b"SQLite format 3\0" + chance.randbytes(20_000))
    (tmp_path / "index" / "MAIN.seg").write_bytes(chance.randbytes(9_000))
    (tmp_path / "index" / "_MAIN_1.toc").write_bytes(chance.randbytes(700))
    files = {name: tmp_path / name for name in ("content.db", "index/MAIN.seg", "index/_MAIN_1.toc")}
    write_manifest(files, tmp_path / "manifest.json", HASH)
    return EditionCopy(tmp_path)


def manifest_of(edition: EditionCopy) -> Manifest:
    return read_manifest(edition.folder / "manifest.json")


def test_whole_files_are_read_byte_for_byte(edition: EditionCopy) -> None:
    manifest = manifest_of(edition)
    content = edition.folder / "content.db"
    assert manifest.content_hash == HASH
    assert read_verified(manifest, "content.db", content) == content.read_bytes()
    assert read_verified_folder(manifest, edition.folder / "index") == {
        path.name: path.read_bytes() for path in (edition.folder / "index").iterdir()
    }
    assert edition.accepted()


@pytest.mark.parametrize(("damage", "count"), [(flip_bit, 600), (zero_page, 60), (truncate, 120)])
def test_no_damaged_variant_is_accepted(edition: EditionCopy, damage: object, count: int) -> None:
    assert callable(damage)
    row = try_damage(edition, "damage", damage, count, random.Random(11))
    assert (row.variants, row.accepted) == (count, 0)
    assert edition.accepted(), "the copy was put back whole"


def test_every_single_bit_of_the_list_itself_matters(edition: EditionCopy) -> None:
    path = edition.folder / "manifest.json"
    whole = path.read_bytes()
    for position in range(len(whole)):
        changed = bytearray(whole)
        changed[position] ^= 1 << (position % 8)
        path.write_bytes(bytes(changed))
        assert not edition.accepted(), f"byte {position}"


def test_files_swapped_between_names_are_refused(edition: EditionCopy) -> None:
    content, segment = edition.folder / "content.db", edition.folder / "index" / "MAIN.seg"
    first, second = content.read_bytes(), segment.read_bytes()
    content.write_bytes(second)
    segment.write_bytes(first)
    assert not edition.accepted()


def test_a_file_of_another_edition_of_the_same_size_is_refused(edition: EditionCopy) -> None:
    content = edition.folder / "content.db"
    content.write_bytes(bytes(reversed(content.read_bytes())))
    with pytest.raises(ContentError, match="altered or damaged"):
        read_verified(manifest_of(edition), "content.db", content)


def test_an_unlisted_file_in_the_index_folder_is_refused(edition: EditionCopy) -> None:
    """Whoosh opens the newest table of contents it finds, and unpickles it: a stranger there would be run."""
    (edition.folder / "index" / "_MAIN_99.toc").write_bytes(b"stranger")
    with pytest.raises(ContentError, match=r"_MAIN_99\.toc is not in the list"):
        read_verified_folder(manifest_of(edition), edition.folder / "index")


def test_each_sort_of_damage_has_its_own_sentence_and_advice(edition: EditionCopy) -> None:
    manifest = manifest_of(edition)
    content = edition.folder / "content.db"
    whole = content.read_bytes()
    sentences = set()
    for data in (b"", whole[:-1], whole + b"x", whole[:-1] + bytes([whole[-1] ^ 1]), None):
        content.unlink()
        if data is not None:
            content.write_bytes(data)
        with pytest.raises(ContentError) as caught:
            read_verified(manifest, "content.db", content)
        content.touch()
        sentences.add(caught.value.message)
        assert "content.db" in caught.value.message
        assert caught.value.advice
        assert caught.value.exit_code == 3
    assert len(sentences) == 5


def test_a_folder_or_a_pipe_in_the_place_of_a_file_is_refused(edition: EditionCopy, tmp_path: Path) -> None:
    manifest = manifest_of(edition)
    with pytest.raises(ContentError, match="is not a file"):
        read_verified(manifest, "content.db", tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(ContentError, match="is not a file"):
            read_verified(manifest, "content.db", tmp_path / "pipe")


def test_a_file_this_user_may_not_read_is_told_in_words(edition: EditionCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied", str(self))

    manifest = manifest_of(edition)
    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(ContentError, match="may not be read by this user"):
        read_verified(manifest, "content.db", edition.folder / "content.db")


def test_a_share_that_is_lost_while_reading_is_told_in_words(edition: EditionCopy, monkeypatch: pytest.MonkeyPatch) -> None:
    def lose(self: Path, *_: object, **__: object) -> None:
        raise OSError(5, "Input/output error", str(self))

    manifest = manifest_of(edition)
    monkeypatch.setattr(Path, "open", lose)
    with pytest.raises(ContentError, match="cannot be read") as caught:
        read_verified(manifest, "content.db", edition.folder / "content.db")
    assert "network drive" in caught.value.advice


def test_no_more_is_read_than_the_list_allows(edition: EditionCopy) -> None:
    """A file that grew is refused by its size, not read into memory."""
    content = edition.folder / "content.db"
    with content.open("r+b") as file:
        file.truncate(50_000_000)  # sparse where the file system can
    with pytest.raises(ContentError, match="larger than it should be"):
        read_verified(manifest_of(edition), "content.db", content)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "[]",
        "null",
        "{}",
        '{"format":1}',
        '{"format":1,"content_hash":"a","files":[],"self":"b"}',
        "[" * 100_000,
        "\udcff",
        '{"format":true,"content_hash":"a","files":{},"self":"b"}',
    ],
)
def test_a_foreign_list_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "manifest.json"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(ContentError, match="damaged"):
        read_manifest(path)


@pytest.mark.parametrize(
    "name", ["../content.db", "/etc/passwd", "index/../../x", "C:\\x", "//server/share", "", "a//b", ".hidden"]
)
def test_a_list_that_names_a_place_outside_is_refused(tmp_path: Path, name: str) -> None:
    """Even with right checksums of itself: names are plain relative ones."""
    entry = {"size": 1, "sha256": HASH}
    data = manifest_module._serialise({"format": 1, "content_hash": HASH, "files": {name: entry}})
    (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(ContentError, match="damaged"):
        read_manifest(tmp_path / "manifest.json")
    with pytest.raises(ValueError, match="plain relative name"):
        write_manifest({name: tmp_path / "manifest.json"}, tmp_path / "new.json", HASH)


def test_a_newer_list_asks_for_a_newer_program(tmp_path: Path) -> None:
    data = manifest_module._serialise({"format": 2, "content_hash": HASH, "files": {}})
    (tmp_path / "manifest.json").write_bytes(data)
    with pytest.raises(ContentError, match="newer Wardbook"):
        read_manifest(tmp_path / "manifest.json")


def test_the_same_files_give_the_same_list_and_leave_it_untouched(edition: EditionCopy) -> None:
    path = edition.folder / "manifest.json"
    before, state = path.read_bytes(), path.stat()
    files = {name: edition.folder / name for name in reversed(json.loads(before)["files"])}
    write_manifest(files, path, HASH)
    assert path.read_bytes() == before
    assert path.stat().st_mtime_ns == state.st_mtime_ns
    assert path.stat().st_ino == state.st_ino


def test_a_list_that_cannot_be_written_leaves_nothing_behind(edition: EditionCopy) -> None:
    blocked = edition.folder / "content.db" / "manifest.json"
    with pytest.raises(CannotWriteError):
        write_manifest({"content.db": edition.folder / "content.db"}, blocked, HASH)
    assert not list(edition.folder.rglob("*.part"))
