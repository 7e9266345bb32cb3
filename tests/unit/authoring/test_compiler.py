"""Compiling: an edition is there whole or not at all, whatever disk and neighbours do."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_app.authoring import compiler
from desktop_app.authoring.compiler import compile_content, targets_in
from desktop_app.errors import CannotWriteError
from desktop_app.reading.places import Places
from desktop_app.reading.reader import open_reader
from desktop_app.store import writer
from tests.support import article, write_sources

ROOT = Path(__file__).resolve().parents[3]


def names(folder: Path) -> list[str]:
    """Return what lies in a folder."""
    return sorted(path.name for path in folder.iterdir())


def whole_edition(folder: Path) -> str:
    """Return the title of an article of an edition that is whole, index included."""
    targets = targets_in(folder)
    reader = open_reader(Places(targets.content, targets.index, targets.manifest))
    assert reader.notice == ""
    return reader.article("night-cramp").title


def full_disk(*_: object, **__: object) -> None:
    """Fail as the index does on a full disk."""
    raise OSError(28, "No space left on device")


def full_database(*_: object, **__: object) -> None:
    """Fail as SQLite does on a full disk."""
    raise sqlite3.OperationalError("database or disk is full")


@pytest.mark.parametrize(
    ("room", "name", "fail"),
    [(compiler, "build_index", full_disk), (compiler, "_put_in_place", full_disk), (writer, "_write", full_database)],
    ids=["index", "move", "content"],
)
def test_a_disk_that_fills_up_leaves_the_old_edition(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, room: object, name: str, fail: Callable[..., None]
) -> None:
    """The failure is a sentence with exit code 4, and nothing half-written stays."""
    out = tmp_path / "out"
    compile_content(write_sources(tmp_path / "sources"), targets_in(out))
    before = names(out)
    changed = write_sources(tmp_path / "other", [article(), article("quinine", kind="drug", title="Other")])
    with monkeypatch.context() as patch:
        patch.setattr(room, name, fail)
        with pytest.raises(CannotWriteError) as caught:
            compile_content(changed, targets_in(out))
    assert caught.value.exit_code == 4
    assert names(out) == before


@pytest.mark.skipif(os.name == "nt", reason="the size of files is bounded by a POSIX shell here")
def test_a_bound_on_the_size_of_files_is_told(tmp_path: Path) -> None:
    """A real refusal of the system in the middle of a build: exit code 4, one sentence, the old edition as it was."""
    out = tmp_path / "out"
    compile_content(write_sources(tmp_path / "sources"), targets_in(out))
    changed = write_sources(tmp_path / "other", [article(title="Other"), article("quinine", kind="drug")])
    command = [sys.executable, "-m", "desktop_app", "content", "build", str(changed), "--out", str(out)]
    done = subprocess.run(
        ["sh", "-c", 'ulimit -f 20; exec "$@"', "sh", *command],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    assert done.returncode == 4, done.stderr
    assert done.stderr.startswith("wardbook: ")
    assert "Traceback" not in done.stderr
    assert whole_edition(out) == "Night cramp"
    assert names(out) == ["content.db", "index", "manifest.json"]


def test_two_builds_at_once_leave_one_whole_edition(tmp_path: Path) -> None:
    """Both are done, and what stands there is whole."""
    root = write_sources(tmp_path / "sources")
    out = tmp_path / "out"
    command = [sys.executable, "-m", "desktop_app", "content", "build", str(root), "--out", str(out)]
    builds = [subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE) for _ in range(3)]
    answers = [build.communicate(timeout=120) for build in builds]
    assert [build.returncode for build in builds] == [0, 0, 0], answers
    assert whole_edition(out) == "Night cramp"
    assert names(out) == ["content.db", "index", "manifest.json"]


def test_a_file_in_place_of_the_folder_is_told(tmp_path: Path) -> None:
    """Exit code 4, and the file is left alone."""
    (tmp_path / "out").write_text("mine")
    with pytest.raises(CannotWriteError):
        compile_content(write_sources(tmp_path / "sources"), targets_in(tmp_path / "out"))
    assert (tmp_path / "out").read_text() == "mine"
