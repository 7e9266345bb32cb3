"""What is committed stands on its own: no place of one machine, no package address, nothing half done, nothing large."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
TEXT = {".py", ".toml", ".md", ".yaml", ".yml", ".json", ".lock", ".txt", ".qss", ".css", ".spec", ".manifest", ""}
LARGEST = 6_000_000


def tracked() -> list[Path]:
    """Return the committed files; in a source folder without its history, everything but what the program makes."""
    if shutil.which("git") and (ROOT / ".git").exists():
        done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True, encoding="utf-8")
        names = [name for name in done.stdout.split("\0") if name]
    else:
        made = (".venv/", "build/out/")
        found = (path.relative_to(ROOT).as_posix() for path in ROOT.rglob("*") if path.is_file())
        names = [name for name in found if not name.startswith(made) and "__pycache__" not in name]
    return [ROOT / name for name in names if (ROOT / name).is_file()]


FILES = tracked()
TEXTS = [path for path in FILES if path.suffix in TEXT]


def lines_with(pattern: str) -> list[str]:
    """Return "file:line" of every line of committed text that the pattern finds; this file is not looked at."""
    expression = re.compile(pattern)
    return [
        f"{path.relative_to(ROOT).as_posix()}:{number}: {line.strip()[:100]}"
        for path in TEXTS
        if path != Path(__file__)
        for number, line in enumerate(path.read_text(encoding="utf-8", errors="replace").splitlines(), 1)
        if expression.search(line)
    ]


def test_the_list_of_files_is_not_empty() -> None:
    assert ROOT / "pyproject.toml" in FILES
    assert len(FILES) > 50


def test_no_path_of_one_machine_is_committed() -> None:
    assert not lines_with(r"(^|[^A-Za-z0-9_.])/(work|farm|tmp|home|root)/[A-Za-z0-9]")


def test_no_address_of_a_package_registry_is_committed() -> None:
    assert not lines_with(r"https?://[^ \"]+/(simple|packages/[0-9a-f]{2})|--(extra-)?index-url|--find-links")


def test_nothing_is_left_for_later() -> None:
    words = "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3, "NotImplemented" + "Error"))
    code = [line for line in lines_with(rf"\b({words})\b") if line.split(":")[0].endswith(".py")]
    assert not code


@pytest.mark.parametrize("folder", [".venv", "build/out", "__pycache__", ".mypy_cache"])
def test_what_the_program_makes_is_not_committed(folder: str) -> None:
    assert not [path for path in FILES if f"/{folder}/" in f"/{path.relative_to(ROOT).as_posix()}"]


def test_no_large_file_is_committed() -> None:
    assert not [f"{path.relative_to(ROOT)}: {path.stat().st_size}" for path in FILES if path.stat().st_size > LARGEST]
