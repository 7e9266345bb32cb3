"""Make the executable: ``python build/freeze.py`` compiles the content, freezes, checks, lists and zips; all in build/out/.

The result is one folder, ``build/out/wardbook``, which runs from anywhere, and a zip of it with checksums. The same commit
gives the same bytes on the same system with the same Python. ``--onefile`` makes the variant in one file instead;
``--check-reproducible`` builds twice, in two places, and compares every file.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import bundle
import licences
import sbom

ROOT = Path(__file__).resolve().parent.parent
OUT = ROOT / "build" / "out"
SPEC = ROOT / "build" / "wardbook.spec"
ALLOWED = ROOT / "build" / "allowed-files.txt"
SBOM_NAME = "bill-of-materials.cdx.json"
SYSTEM = {"win32": "windows", "darwin": "macos"}.get(sys.platform, "linux")
FALLBACK_EPOCH = 1_767_225_600  # 1 January 2026, for a source folder without its history
MOST_MEGABYTES = {"folder": 140.0, "zip": 60.0}  # promised for Linux in docs/it-guide.md


class FreezeError(Exception):
    """A step did not give what it must, as a sentence."""


def source_epoch() -> int:
    """Return the time that stands for this source: SOURCE_DATE_EPOCH, or that of the last commit."""
    given = os.environ.get("SOURCE_DATE_EPOCH")
    if given:
        return int(given)
    if shutil.which("git"):
        done = subprocess.run(["git", "log", "-1", "--format=%ct"], cwd=ROOT, capture_output=True, text=True, check=False)
        if done.returncode == 0 and done.stdout.strip():
            return int(done.stdout)
    return FALLBACK_EPOCH


def build_environment(epoch: int, edition: Path) -> dict[str, str]:
    """Return the environment in which every build gives the same bytes."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("WARDBOOK_", "QT_"))}
    fixed = {"SOURCE_DATE_EPOCH": str(epoch), "PYTHONHASHSEED": "1", "TZ": "UTC", "LC_ALL": "C.UTF-8"}
    return environment | fixed | {"PYTHONPATH": str(ROOT), "WARDBOOK_EDITION": str(edition), "QT_QPA_PLATFORM": "offscreen"}


def step(command: Sequence[str], environment: dict[str, str], log: Path, failure: str) -> None:
    """Run one step with its output in a log; raises FreezeError with the last lines when it fails."""
    with log.open("wb") as file:
        done = subprocess.run(command, env=environment, cwd=ROOT, stdin=subprocess.DEVNULL, stdout=file, stderr=subprocess.STDOUT)
    if done.returncode:
        last = log.read_text(encoding="utf-8", errors="replace").splitlines()[-15:]
        raise FreezeError("\n".join([failure, *last, f"Everything it said: {log}"]))


def compile_edition(folder: Path, epoch: int) -> str:
    """Compile the content into ``folder`` and return its edition in words."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    environment = build_environment(epoch, folder)
    command = [sys.executable, "-P", "-m", "desktop_app", "content", "build", "--out", str(folder)]
    step(command, environment, OUT / "content.log", "The content could not be compiled.")
    asked = [sys.executable, "-P", "-m", "desktop_app", "--version"]
    environment["WARDBOOK_CONTENT"] = str(folder / "content.db")
    return subprocess.run(asked, env=environment, capture_output=True, text=True, check=True, encoding="utf-8").stdout.strip()


def run_pyinstaller(target: Path, epoch: int, edition: Path, one_file: bool) -> None:
    """Freeze into ``target`` (a folder that is made new)."""
    work = target.with_name(target.name + "-work")
    for folder in (target, work):
        shutil.rmtree(folder, ignore_errors=True)
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--clean", "--log-level", "WARN"]
    command += ["--distpath", str(target), "--workpath", str(work), str(SPEC)]
    environment = build_environment(epoch, edition)
    if one_file:
        command += ["--", "--onefile"]
    else:  # unpacking its modules would take the program 17 ms of every start; the zip is compressed as a whole
        environment["PYINSTALLER_ZLIB_COMPRESSION_LEVEL"] = "0"
    step(command, environment, OUT / "pyinstaller.log", "PyInstaller failed.")
    shutil.rmtree(work)


def copied_from_the_system(folder: Path) -> list[tuple[str, str, str]]:
    """Return name, SHA-256 and package of every shared library that was copied from the build system (Linux only)."""
    if SYSTEM != "linux":
        return []
    found = []
    inner = folder / "_internal"
    for path in sorted(inner.glob("lib*.so*")):
        if path.is_symlink() or path.name.startswith("libpython"):
            continue
        owners = (licences.owner_of(f"{place}/{path.name}") for place in ("/usr/lib/" + _multiarch(), "/lib/" + _multiarch()))
        found.append((path.name, bundle.sha256(path), next(filter(None, owners), "")))
    return found


def _multiarch() -> str:
    return f"{platform.machine()}-linux-gnu"


def strip_libpython(folder: Path) -> None:
    """Take the symbols out of Python's own library: 20 MB that only a debugger reads (Linux only)."""
    if SYSTEM != "linux" or shutil.which("strip") is None:
        return
    for path in (folder / "_internal").glob("libpython*.so*"):
        if not path.is_symlink():
            subprocess.run(["strip", "--strip-unneeded", "--enable-deterministic-archives", str(path)], check=True)


def add_papers(folder: Path, version: str, edition: str, epoch: int) -> None:
    """Put licences, the guides for IT, the bill of materials and the checksums beside the program."""
    copied = copied_from_the_system(folder)
    licences.write_licences(folder, ROOT / "resources" / "fonts" / "OFL.txt", [owner for _, _, owner in copied if owner])
    shutil.copyfile(ROOT / "LICENSE", folder / "LICENSE")
    for name in ("it-guide.md", "intended-use.md", "privacy.md"):
        shutil.copyfile(ROOT / "docs" / name, folder / name)
    moment = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(epoch))
    parts = sbom.python_components() + sbom.file_components(copied) + sbom.data_components(folder / "_internal" / "resources")
    sbom.write_sbom(folder / SBOM_NAME, version, edition, moment, parts)
    bundle.write_sums(folder)


def check_files(folder: Path) -> None:
    """Refuse a bundle with a file that the allow-list does not know."""
    names = [path.relative_to(folder).as_posix() for path in bundle.files_of(folder)]
    unknown = bundle.strangers(names, bundle.read_patterns(ALLOWED, SYSTEM))
    if unknown:
        listed = "\n".join(f"    {name}" for name in unknown)
        raise FreezeError(
            f"Files that {ALLOWED.name} does not allow:\n{listed}\nDrop them in build/pruning.py, or allow them there."
        )


def freeze_folder(target: Path, epoch: int) -> Path:
    """Make the whole bundle in ``target`` and return its folder."""
    from desktop_app import __version__

    edition_folder = OUT / "edition"
    edition = compile_edition(edition_folder, epoch)
    run_pyinstaller(target, epoch, edition_folder, one_file=False)
    folder = target / "wardbook"
    strip_libpython(folder)
    add_papers(folder, __version__, edition, epoch)
    check_files(folder)
    return folder


def publish(folder: Path, epoch: int, version: str) -> Path:
    """Zip the bundle, with its checksum and bill of materials beside it; checks the promised sizes on Linux."""
    target = OUT / f"wardbook-{version}-{SYSTEM}-{platform.machine().lower()}.zip"
    bundle.write_zip(folder, target, epoch)
    sums = f"{bundle.sha256(target)}  {target.name}\n"
    target.with_name(target.name + ".sha256").write_text(sums, encoding="utf-8", newline="\n")
    sizes = {"folder": bundle.size_of(folder) / 1e6, "zip": target.stat().st_size / 1e6}
    count = len(bundle.files_of(folder))
    print(f"{folder}: {count} files, {sizes['folder']:.1f} MB; {target.name}: {sizes['zip']:.1f} MB")
    too_large = [name for name, most in MOST_MEGABYTES.items() if sizes[name] > most]
    if SYSTEM == "linux" and too_large:
        raise FreezeError(
            f"Larger than promised: {', '.join(f'{name} over {MOST_MEGABYTES[name]:.0f} MB' for name in too_large)}"
        )
    return target


def check_reproducible(epoch: int) -> None:
    """Build a second time in another folder and compare with the first, file by file; raises FreezeError on a difference."""
    second = freeze_folder(OUT / "second build", epoch)
    different = bundle.differences(OUT / "wardbook", second)
    if different:
        raise FreezeError("Two builds of the same source differ in:\n" + "\n".join(f"    {name}" for name in different))
    shutil.rmtree(OUT / "second build")
    print("Two builds in two folders gave the same bytes in every file.")


def main(arguments: Sequence[str]) -> int:
    """Freeze as asked; returns 0, or 1 with a sentence on standard error."""
    parser = argparse.ArgumentParser(prog="python build/freeze.py", description=__doc__.partition("\n")[0])
    parser.add_argument("--onefile", action="store_true", help="the variant in one file (slower to start; for trying only)")
    parser.add_argument("--check-reproducible", action="store_true", help="build twice and compare every file")
    options = parser.parse_args(arguments)
    sys.path.insert(0, str(ROOT))
    from desktop_app import __version__

    OUT.mkdir(parents=True, exist_ok=True)
    epoch = source_epoch()
    try:
        if options.onefile:
            compile_edition(OUT / "edition", epoch)
            run_pyinstaller(OUT / "onefile", epoch, OUT / "edition", one_file=True)
            print(f"In one file: {next((OUT / 'onefile').glob('wardbook-onefile*'))}")
            return 0
        made = freeze_folder(OUT / "frozen", epoch)
        shutil.rmtree(OUT / "wardbook", ignore_errors=True)
        made.rename(OUT / "wardbook")
        publish(OUT / "wardbook", epoch, __version__)
        if options.check_reproducible:
            check_reproducible(epoch)
    except (FreezeError, subprocess.CalledProcessError, OSError) as error:
        print(f"freeze: {error}", file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
