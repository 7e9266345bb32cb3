"""Make the two lock files from pyproject.toml: ``python requirements/lock.py`` (needs uv and a package index).

``runtime.lock`` holds what running from source needs (the program and the content tools), ``dev.lock`` adds tests and
freezing. Both name every file's SHA-256 for every system, and no address: where packages come from is pip's own
configuration. With ``--upgrade`` newer releases are taken; without, only what pyproject.toml asks for changes.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "requirements"
HEADER = "# Made by requirements/lock.py from pyproject.toml; do not edit. Install with --no-deps --require-hashes.\n"


def compile_lock(uv: str, name: str, extras: list[str], arguments: list[str]) -> None:
    """Write one lock file with the given optional parts of pyproject.toml."""
    target = FOLDER / name
    command = [uv, "pip", "compile", "pyproject.toml", "--universal", "--python-version", "3.11", "--generate-hashes"]
    # pip itself comes with every virtual environment; one of the content tools names it as a requirement.
    command += ["--no-emit-index-url", "--no-emit-package", "pip", "--no-header", "--no-annotate", "--quiet"]
    for extra in extras:
        command += ["--extra", extra]
    subprocess.run([*command, *arguments, "--output-file", str(target)], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    lines = target.read_text(encoding="utf-8").splitlines(keepends=True)
    target.write_text(HEADER + "".join(line for line in lines if not line.startswith("#")), encoding="utf-8", newline="\n")


def main(arguments: list[str]) -> int:
    """Write both lock files; the second keeps to the versions of the first."""
    beside = Path(sys.executable).with_name("uv.exe" if sys.platform == "win32" else "uv")
    uv = str(beside) if beside.exists() else shutil.which("uv")
    if uv is None:
        sys.stderr.write("uv is needed to make the lock files: python -m pip install uv\n")
        return 1
    compile_lock(uv, "runtime.lock", ["authoring"], arguments)
    compile_lock(uv, "dev.lock", ["authoring", "dev"], [*arguments, "--constraint", str(FOLDER / "runtime.lock")])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
