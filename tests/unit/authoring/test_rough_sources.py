"""Sources as they should not be: junk in the tree, files without end, values that YAML can spell and nothing can keep."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from desktop_app.authoring.compiler import compile_content, targets_in
from desktop_app.authoring.fault import SourceFaultsError
from desktop_app.authoring.lint import check_sources
from desktop_app.errors import ContentError
from tests.support import article, write_sources

TODAY = date(2026, 11, 23)
ARTICLE = "articles/cramps/night-cramp.yaml"


def pipe(path: Path) -> None:
    """Put a pipe there, which nobody ever writes into."""
    if not hasattr(os, "mkfifo"):
        pytest.skip("this system has no named pipes")
    path.unlink()
    os.mkfifo(path)


def folder(path: Path) -> None:
    """Put a folder there."""
    path.unlink()
    path.mkdir()


def link_to_nothing(path: Path) -> None:
    """Put a link to nothing there."""
    path.unlink()
    path.symlink_to("nowhere.yaml")


JUNK: dict[str, tuple[str, Callable[[Path], object]]] = {
    "binary": ("encoding", lambda path: path.write_bytes(bytes(range(256)) * 40)),
    "zeros": ("yaml", lambda path: path.write_bytes(b"\0" * 5000)),
    "UTF-16": ("encoding", lambda path: path.write_text("id: x", "utf-16")),
    "empty": ("schema", lambda path: path.write_bytes(b"")),
    "huge": ("too-large", lambda path: path.write_bytes(b"id: " + b"x" * 3_000_000)),
    "deep": ("too-deep", lambda path: path.write_text("[" * 50_000)),
    "deep mappings": ("too-deep", lambda path: path.write_text("{a: " * 5_000 + "1" + "}" * 5_000)),
    "two documents": ("yaml", lambda path: path.write_text("id: a\n---\nid: b\n")),
    "a list": ("schema", lambda path: path.write_text("- a\n- b\n")),
    "a python object": (
        "yaml",
        lambda path: path.write_text("id: !!python/object/apply:os.system ['true']\n" + path.read_text()),
    ),
    "a long number": ("yaml", lambda path: path.write_text(path.read_text() + "stray: " + "9" * 10_000 + "\n")),
    "no number": ("yaml", lambda path: path.write_text(path.read_text() + "stray: .nan\n")),
    "half a character": ("yaml", lambda path: path.write_text(path.read_text() + 'stray: "\\ud800"\n')),
    "bytes": ("schema", lambda path: path.write_text(path.read_text().replace("title: Night cramp", "title: !!binary QUJD"))),
    "a merge": ("unknown-key", lambda path: path.write_text(path.read_text() + "<<: {a: 1}\n")),
    "a key that is a list": ("unknown-key", lambda path: path.write_text(path.read_text() + "? [a, b]\n: 1\n")),
    "a pipe": ("unreadable", pipe),
    "a folder": ("unreadable", folder),
    "a link to nothing": ("unreadable", link_to_nothing),
}


@pytest.mark.parametrize(("rule", "spoil"), JUNK.values(), ids=JUNK)
def test_junk_in_the_tree_is_a_fault_with_its_line(tmp_path: Path, rule: str, spoil: Callable[[Path], object]) -> None:
    """What cannot be an article is reported by its rule; the other files are checked all the same; nothing is compiled."""
    root = write_sources(tmp_path / "sources", [article(), article("quinine", kind="drug", stray=1)])
    spoil(root / ARTICLE)
    found = check_sources(root, TODAY)
    assert (ARTICLE, rule) in {(fault.file, fault.rule) for fault in found}
    assert ("articles/cramps/quinine.yaml", "unknown-key") in {(fault.file, fault.rule) for fault in found}
    with pytest.raises(SourceFaultsError):
        compile_content(root, targets_in(tmp_path / "out"))
    assert not (tmp_path / "out").exists()


def test_junk_beside_the_sources_is_no_matter(tmp_path: Path) -> None:
    """Files that are no sources (a backup of an editor, a picture) are not read."""
    root = write_sources(tmp_path)
    for name in (
        "articles/cramps/night-cramp.yaml~",
        "articles/cramps/._night-cramp.yaml",
        "articles/photo.jpg",
        "vocabulary/.terms.yaml.swp",
        "README",
    ):
        (root / name).write_bytes(bytes(range(256)))
    assert check_sources(root, TODAY) == []


def test_a_folder_that_cannot_be_entered_is_a_fault(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Articles that may not be read are missed, not left out without a word."""
    root = write_sources(tmp_path)
    enter = os.scandir

    def refuse(path: str) -> object:
        if str(path).endswith("cramps"):
            raise PermissionError(13, "Permission denied", str(path))
        return enter(path)

    monkeypatch.setattr("os.scandir", refuse)
    found = [(fault.file, fault.rule) for fault in check_sources(root, TODAY)]
    assert ("articles/cramps", "unreadable") in found


def test_hashes_that_cannot_be_read_are_told_in_words(tmp_path: Path) -> None:
    """Without the hashes of the source article copies could not be found, so the check does not go on without a word."""
    root = write_sources(tmp_path)
    (root / "source-shingles.txt").write_bytes(b"\xff\xfe")
    with pytest.raises(ContentError, match="source-shingles"):
        check_sources(root, TODAY)


def test_faults_of_wording_do_not_hide_those_of_the_edition(tmp_path: Path) -> None:
    """One run reports every fault: an overdue review, and three quarters of weak evidence."""
    values = article()
    values["review"]["due"] = "2026-11-22"
    values["review"]["last_reviewed"] = "2026-01-01"
    weak = {
        key: {"type": "case-report", "title": "t", "source": "s", "confirmed": True, "use": "print"}
        for key in ("REV12", "GUIDE24")
    }
    root = write_sources(tmp_path, [values, article("quinine", kind="drug")], references=weak)
    assert {"review-overdue", "evidence"} <= {fault.rule for fault in check_sources(root, TODAY)}
