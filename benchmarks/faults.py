"""What the program says when one of its files is not as it was delivered: ``python -m benchmarks.faults``.

Every file of the edition meets every fault in a private copy; the command line is started on it as IT or a script would start
it. The table shows exit code and sentence. The exit code of the benchmark is 1 when a fault ended in a traceback, in a wrong
code, or in results without a word where content was damaged.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.integrity import copy_edition
from desktop_app import paths

ROOT = Path(__file__).resolve().parent.parent
COMMAND = ("search", "statin")
Fault = Callable[[Path], None]


def _missing(path: Path) -> None:
    path.unlink()


def _empty(path: Path) -> None:
    path.write_bytes(b"")


def _cut_short(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) * 2 // 3])


def _one_bit(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(bytes(data))


def _longer(path: Path) -> None:
    path.write_bytes(path.read_bytes() + b"\0")


def _folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


def _no_permission(path: Path) -> None:
    path.chmod(0)


FAULTS: tuple[tuple[str, Fault], ...] = (
    ("missing", _missing),
    ("empty", _empty),
    ("cut short", _cut_short),
    ("one bit turned", _one_bit),
    ("longer", _longer),
    ("a folder in its place", _folder_instead),
    ("no permission", _no_permission),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the command line did about one fault of one file."""

    file: str
    fault: str
    code: int
    said: str
    found: bool

    @property
    def right(self) -> bool:
        """Tell whether the fault was told: refused with 3, or answered from a rebuilt index with a notice; never silent."""
        if "Traceback" in self.said or not self.said.startswith("wardbook: "):
            return False
        if self.file.startswith(f"{paths.INDEX_NAME}/"):
            return self.code == 0 and self.found and "rebuilt" in self.said
        return self.code == 3 and not self.found


def try_fault(file: str, name: str, fault: Fault) -> Outcome:
    """Bring one fault over one file of a fresh copy and start the command line on it."""
    with tempfile.TemporaryDirectory(prefix="wardbook-faults-") as text:
        copy = copy_edition(paths.content_file(), paths.index_folder(), paths.manifest_file(), Path(text))
        fault(copy.folder / file)
        environment = {**os.environ, "WARDBOOK_CONTENT": str(copy.folder / paths.CONTENT_NAME), "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-P", "-m", "desktop_app", *COMMAND]
        done = subprocess.run(command, env=environment, capture_output=True, encoding="utf-8", errors="replace", check=False)
        target = copy.folder / file
        if target.is_dir():
            shutil.rmtree(target)
        elif target.exists():
            target.chmod(0o600)
    return Outcome(file, name, done.returncode, done.stderr.strip(), "statin" in done.stdout)


def main(arguments: Sequence[str]) -> int:
    """Print the table."""
    del arguments
    folder = paths.index_folder().parent
    index = sorted(path.relative_to(folder).as_posix() for path in paths.index_folder().rglob("*") if path.is_file())
    root = hasattr(os, "geteuid") and os.geteuid() == 0
    wrong = 0
    print("| file | fault | exit code | what it says |\n|---|---|---|---|")
    for file in (paths.CONTENT_NAME, paths.MANIFEST_NAME, *index):
        for name, fault in FAULTS:
            if fault is _no_permission and root:
                continue
            outcome = try_fault(file, name, fault)
            wrong += not outcome.right
            mark = "" if outcome.right else " **wrong**"
            said = outcome.said.replace("\n", " ").replace("|", "/").removeprefix("wardbook: ")
            print(f"| {file} | {name} | {outcome.code}{mark} | {said} |", flush=True)
    if root:
        print("\n(The administrator may read everything: start this as another user to see the line “no permission”.)")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
