"""The command line in rough hands: odd words, closed and full outputs, places that cannot be written, no screen."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop_app import app, paths
from desktop_app.cli.main import run

ROOT = Path(__file__).resolve().parents[3]
POSIX = pytest.mark.skipif(os.name == "nt", reason="closed and full outputs are made by a POSIX shell here")


def shell(script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run the program in a shell line in which ``"$@"`` stands for it."""
    command = ["sh", "-c", script, "sh", sys.executable, "-m", "desktop_app", *arguments]
    return subprocess.run(command, cwd=ROOT, env=os.environ | variables, capture_output=True, text=True, check=False, timeout=120)


@POSIX
@pytest.mark.parametrize("closed", [">&-", "2>&-", "<&- >&- 2>&-"])
def test_closed_streams_do_no_harm(tmp_path: Path, closed: str) -> None:
    """A program started without outputs, as a windowed one is, does its work; no message ends up in the file it writes."""
    target = tmp_path / "sheet.pdf"
    done = shell(f'"$@" {closed}', "sheet", "cramp-pitfalls", "--pdf", str(target))
    assert (done.returncode, done.stderr) == (0, "")
    data = target.read_bytes()
    assert data.startswith(b"%PDF")
    assert data.endswith(b"%%EOF\n")


@pytest.mark.skipif(not Path("/dev/full").is_char_device(), reason="this system has no device that is always full")
@pytest.mark.parametrize("arguments", [["articles"], ["show", "night-cramp", "--format", "html"], ["--version"]])
def test_a_full_disk_behind_standard_output_is_told(arguments: Sequence[str]) -> None:
    """What cannot be written is a sentence and exit code 4, not silence."""
    done = shell('"$@" >/dev/full', *arguments)
    assert done.returncode == 4
    assert done.stderr.startswith("wardbook: Standard output cannot be written: ")
    assert "Traceback" not in done.stderr


@POSIX
def test_a_reader_that_has_seen_enough_is_no_fault() -> None:
    """A pipe closed at the other end stops the program without a word."""
    done = shell('{ "$@"; echo "$?" >&2; } | true', "show", "night-cramp", "--format", "html")
    assert done.stderr == "0\n"


@POSIX
def test_a_locale_without_utf_8_loses_no_text() -> None:
    """Quotation marks and arrows are written as UTF-8 whatever the locale says."""
    plain = shell('"$@"', "show", "night-cramp", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0")
    assert plain.returncode == 0
    assert plain.stdout == shell('"$@"', "show", "night-cramp").stdout


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["search", "x", "--limit", "many"], "a whole number of at least 1"),
        (["search", "x", "--limit", "-1"], "a whole number of at least 1"),
        (["search", "x", "--limit", "9" * 5000], "a whole number of at least 1"),
        (["show", "night-cramp", "--audience", "nurse"], "choose from 'clinician', 'student', 'patient'"),
        (["sheet", "cramp-pitfalls", "--pdf", "x.pdf", "--paper", "a0"], "choose from 'a4', 'letter'"),
        ([""], "choose from"),
        (["sheet", "cramp-pitfalls", "--pdf", ""], "a name is needed"),
        (["content", "check", ""], "a name is needed"),
        (["content", "build", "--out", ""], "a name is needed"),
    ],
)
def test_a_wrong_word_is_answered_with_the_right_ones(
    capsys: pytest.CaptureFixture[str], arguments: list[str], words: str
) -> None:
    """Whoever mistypes is told what would have been understood."""
    with pytest.raises(SystemExit) as caught:
        run(arguments)
    assert caught.value.code == 2
    assert words in capsys.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["articles", "--category", ""], 2),
        (["effects", "--drug", ""], 2),
        (["show", ""], 1),
        (["show", "\udcff"], 1),
        (["sheet", "\udcff", "--pdf", "x.pdf"], 1),
        (["search", "cramp", "--limit", "9" * 30], 0),
        (["search", "cramp", "--given", "nothing", "--given", "\udcff"], 0),
    ],
)
def test_odd_words_have_their_exit_code(capsys: pytest.CaptureFixture[str], arguments: list[str], code: int) -> None:
    """Empty words, half characters and huge numbers are answered like any other."""
    assert run(arguments) == code
    captured = capsys.readouterr()
    assert captured.err.startswith("wardbook: ") or code == 0


@pytest.mark.in_process  # no variable can hold a zero byte
@pytest.mark.parametrize("name", ["", ".", "n" * 300, "a\0b", "\udcff", "content.db"])
def test_a_content_file_that_is_none_is_told_in_words(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    """Whatever the variable names, the answer is a sentence and exit code 3."""
    monkeypatch.setattr(paths, "content_file", lambda: tmp_path / name)
    assert run(["articles"]) == 3
    assert capsys.readouterr().err.startswith("wardbook: ")


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only there a program can be without a screen")
def test_without_a_screen_the_window_is_refused_in_words(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Qt would end the process; the program says what is missing instead."""
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, "")
    assert app.run([]) == 2
    assert "no screen" in capsys.readouterr().err
