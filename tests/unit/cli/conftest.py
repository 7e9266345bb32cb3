"""The same tests for the command line in this process and, where ``WARDBOOK_PROGRAM`` names it, for the frozen program."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from desktop_app.authoring.compiler import compile_content, targets_in
from tests.support import write_sources

PROGRAM = shutil.which(str(Path(os.environ.get("WARDBOOK_PROGRAM", "")).resolve()))


def run_program(arguments: Sequence[str]) -> int:
    """Run the frozen program as ``desktop_app.cli.main.run`` would, and pass on what it says."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    command = [str(PROGRAM), *arguments]
    try:
        done = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", timeout=120, check=False
        )
    except ValueError:  # UnicodeEncodeError is one
        pytest.skip("no system hands such a text to a program")
    sys.stdout.write(done.stdout)
    sys.stderr.write(done.stderr)
    if "--help” shows what it takes" in done.stderr or "--version" in arguments:  # what argparse answers itself ends the process
        raise SystemExit(done.returncode)
    return done.returncode


@pytest.fixture(scope="module")
def edition(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a compiled small edition and its sources."""
    root = tmp_path_factory.mktemp("edition")
    compile_content(write_sources(root / "sources"), targets_in(root))
    return root


@pytest.fixture(autouse=True)
def use_small_edition(edition: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let every command read the small edition."""
    monkeypatch.setenv("WARDBOOK_CONTENT", str(edition / "content.db"))


@pytest.fixture(autouse=True)
def where_it_runs(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Send the commands of a test to the frozen program; tests marked ``in_process`` reach into the program and stay out."""
    if PROGRAM and hasattr(request.module, "run"):
        if request.node.get_closest_marker("in_process"):
            pytest.skip("reaches into the program")
        monkeypatch.setattr(request.module, "run", run_program)
