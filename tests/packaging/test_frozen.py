"""The frozen program's command line keeps the contract: names, JSON keys, exit codes, and no word too many."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import bundle
import freeze
import pytest

FROZEN = Path(__file__).resolve().parents[2] / "build" / "out" / "wardbook"
PROGRAM = FROZEN / ("wardbook.exe" if sys.platform == "win32" else "wardbook")


def start(*arguments: str, folder: Path | None = None, **extra: str) -> subprocess.CompletedProcess[str]:
    """Run the frozen program with some arguments."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("WARDBOOK_", "PYTHON"))}
    environment |= {"QT_QPA_PLATFORM": "offscreen", **extra}
    command = [str(PROGRAM), *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", timeout=120, check=False)


def ask(*arguments: str) -> Any:
    """Run a command with --json and return its document; anything on standard error fails."""
    done = start(*arguments, "--json")
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    return json.loads(done.stdout)


def test_the_program_finds_itself_whole() -> None:
    report = ask("doctor")
    assert report["ok"] is True
    assert {"versions", "content", "index", "questions", "phrases", "vocabulary", "design", "fonts", "pdf"} <= {
        check["name"] for check in report["checks"]
    }


def test_articles_and_sheets_are_listed_with_the_promised_keys() -> None:
    for article in ask("articles"):
        assert {"id", "title", "question", "kind", "categories", "review_state", "last_reviewed", "review_due"} <= set(article)
    for sheet in ask("sheets"):
        assert {"id", "title", "articles", "items", "review_state"} <= set(sheet)


@pytest.mark.parametrize("audience", ["clinician", "student", "patient"])
def test_an_article_is_shown_at_three_levels(audience: str) -> None:
    done = start("show", "muscle-spasm-causes", "--audience", audience, "--format", "json")
    page = json.loads(done.stdout)
    assert done.returncode == 0
    assert (page["id"], page["audience"]) == ("muscle-spasm-causes", audience)
    assert page["sections"][0]["statements"][0]["text"]


def test_a_search_has_the_promised_keys() -> None:
    result = ask("search", "leg cramps at night")
    assert {"query", "interpretation", "total", "took_ms", "hits"} <= set(result)
    assert result["hits"][0]["article_id"] == "nocturnal-leg-cramps"
    keys = {"rank", "article_id", "article_title", "kind", "section_id", "statement_id", "snippet", "score"}
    assert keys <= set(result["hits"][0])


def test_a_quoted_phrase_is_searched() -> None:
    result = ask("search", '"muscle pain"')
    assert result["hits"][0]["article_id"] == "muscle-pain"


@pytest.mark.parametrize("paper", ["a4", "letter"])
def test_a_sheet_is_printed_to_a_pdf_named_relative_to_where_one_stands(tmp_path: Path, paper: str) -> None:
    done = start("sheet", "muscle-spasm-pitfalls", "--pdf", "sheet.pdf", "--paper", paper, folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "sheet.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (("search", "zzzzqqqq xxyyzz"), 1),
        (("show", "no-such-article"), 1),
        (("nonsense",), 2),
        (("content", "check"), 2),
        (("sheet", "muscle-spasm-pitfalls", "--pdf", str(Path("no such folder") / "x.pdf")), 4),
    ],
)
def test_exit_codes_are_those_of_the_contract(arguments: tuple[str, ...], code: int, tmp_path: Path) -> None:
    done = start(*arguments, folder=tmp_path)
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr


def test_foreign_content_is_refused_in_words(tmp_path: Path) -> None:
    (tmp_path / "content.db").write_bytes(b"SQLite format 3\0" + bytes(8000))
    done = start("articles", WARDBOOK_CONTENT=str(tmp_path / "content.db"))
    assert done.returncode == 3
    assert done.stderr.startswith("wardbook: ")
    assert "Traceback" not in done.stderr


def test_no_variable_of_the_surroundings_loads_foreign_code(tmp_path: Path) -> None:
    """Plug-in and module folders named in the environment are never looked at, even when they hold traps."""
    trap = tmp_path / "desktop_app"
    trap.mkdir()
    (trap / "__init__.py").write_text("raise SystemExit('trapped')", encoding="utf-8")
    foreign = {name: str(tmp_path) for name in ("PYTHONPATH", "PYTHONHOME", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH")}
    done = start("doctor", folder=tmp_path, **foreign)
    assert done.returncode == 0, done.stdout + done.stderr


def test_only_allowed_files_are_there_and_each_is_as_listed() -> None:
    names = [path.relative_to(FROZEN).as_posix() for path in bundle.files_of(FROZEN)]
    assert bundle.strangers(names, bundle.read_patterns(freeze.ALLOWED, freeze.SYSTEM)) == []
    lines = (FROZEN / bundle.SUMS_NAME).read_text(encoding="utf-8").splitlines()
    listed = {line[66:]: line[:64] for line in lines}
    assert set(listed) == set(names) - {bundle.SUMS_NAME}
    assert all(bundle.sha256(FROZEN / name) == digest for name, digest in listed.items())
