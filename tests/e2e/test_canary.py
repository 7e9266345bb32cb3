"""What a person types is nowhere afterwards: not on disk, not in what the program says, not in a fault, not in a PDF."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from pypdf import PdfReader

SECRETS = [f"zq{number:02d}canary{number * 7919 + 13}" for number in range(50)]
HERE = Path(__file__).resolve().parent


def run(mode: str, edition: Path, folder: Path) -> tuple[subprocess.CompletedProcess[str], Path]:
    """Run the program with every folder that it could write to inside ``folder``; return what it said and its PDF."""
    for name in ("home", "tmp", "own", "runtime", "here"):
        (folder / name).mkdir()
    (folder / "runtime").chmod(0o700)
    (folder / "secrets").write_text("\n".join(SECRETS), "utf-8")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("XDG_", "WARDBOOK_"))}
    settings = {
        "HOME": str(folder / "home"),
        "USERPROFILE": str(folder / "home"),
        "TMPDIR": str(folder / "tmp"),
        "TEMP": str(folder / "tmp"),
        "TMP": str(folder / "tmp"),
        "XDG_RUNTIME_DIR": str(folder / "runtime"),
        "WARDBOOK_USER_FOLDER": str(folder / "own"),
        "WARDBOOK_CONTENT": str(edition),
        "QT_QPA_PLATFORM": "offscreen",
        "PYTHONPATH": str(HERE.parent.parent),
    }
    pdf = folder / "saved.pdf"
    words = [sys.executable, str(HERE / "canary_run.py"), str(folder / "secrets"), str(pdf), f"--{mode}"]
    done = subprocess.run(
        words, env=kept | settings, cwd=folder / "here", capture_output=True, text=True, timeout=200, check=False
    )
    (folder / "secrets").unlink()
    return done, pdf


@pytest.mark.parametrize("mode", ["ward", "personal"])
def test_fifty_secrets_are_nowhere_afterwards(mode: str, small_edition: Path, tmp_path: Path) -> None:
    """Typed, searched, found, copied, printed to PDF and in the message of a fault: no byte of them stays anywhere."""
    done, pdf = run(mode, small_edition, tmp_path)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("ValueError") == 10, done.stderr  # the faults happened, and were told without their words
    said = done.stdout + done.stderr
    assert not [secret for secret in SECRETS if secret in said]
    text = "".join(page.extract_text() for page in PdfReader(pdf).pages)
    assert "quinine" in text
    assert not [secret for secret in SECRETS if secret in text]
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert pdf in files
    found = []
    for path in files:
        data = path.read_bytes()
        found += [(path, s) for s in SECRETS if s.encode() in data or s.encode("utf-16-le") in data or s.upper().encode() in data]
    assert not found
    assert not [path for path in files if any(secret in path.name for secret in SECRETS)]


def test_on_a_ward_the_saved_pdf_is_all_that_is_written(small_edition: Path, tmp_path: Path) -> None:
    """In ward mode no file appears but the PDF somebody asked for (and the font list of the system's own font library)."""
    _, pdf = run("ward", small_edition, tmp_path)
    written = [path for path in tmp_path.rglob("*") if path.is_file() and "fontconfig" not in path.parts]
    assert written == [pdf]


def test_in_personal_mode_the_own_folder_is_all_that_is_written(small_edition: Path, tmp_path: Path) -> None:
    """Outside of a person's own folder nothing appears but the PDF."""
    _, pdf = run("personal", small_edition, tmp_path)
    written = [path for path in tmp_path.rglob("*") if path.is_file() and "fontconfig" not in path.parts]
    assert {path for path in written if path.parent != tmp_path / "own"} == {pdf}
    assert any(path.parent == tmp_path / "own" for path in written)
