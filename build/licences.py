"""The licences of all that ships, gathered into one folder of the bundle."""

from __future__ import annotations

import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Sequence
from importlib import metadata
from pathlib import Path

HERE = Path(__file__).resolve().parent
FOLDER_NAME = "THIRD-PARTY-LICENSES"
# Distributions that carry their licence; Qt's wheels do not, so its texts are kept in build/licences/.
WITH_TEXT = ("Whoosh-Reloaded", "pyinstaller")
_LICENCE_FILES = ("LICENSE", "LICENCE", "LICENSE.txt", "COPYING.txt", "COPYING")


def licence_of(distribution: str) -> str:
    """Return the licence text of an installed distribution; raises FileNotFoundError when it has none."""
    for file in metadata.files(distribution) or ():
        if file.name in _LICENCE_FILES:
            return Path(str(file.locate())).read_text(encoding="utf-8", errors="replace")
    raise FileNotFoundError(f"{distribution} has no licence text")


def python_licence() -> str:
    """Return the licence text of the Python that is frozen."""
    library = Path(sysconfig.get_path("stdlib"))
    places = (library / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE.txt", Path(sys.base_prefix) / "LICENSE")
    debian = Path("/usr/share/doc") / f"python{sys.version_info.major}.{sys.version_info.minor}" / "copyright"
    for place in (*places, debian):
        if place.is_file():
            return place.read_text(encoding="utf-8", errors="replace")
    raise FileNotFoundError("this Python has no licence text")


def owner_of(library: str) -> str:
    """Return the package of the system a copied library comes from, with its version; empty when no package owns it."""
    for name in {library, str(Path(library).resolve()), library.removeprefix("/usr")}:
        found = _ask(["dpkg-query", "--search", name])
        if found:
            package = found.splitlines()[0].rpartition(": ")[0].split(",")[0]
            return _ask(["dpkg-query", "--show", "--showformat", "${Package} ${Version}", package])
    return ""


def _ask(command: Sequence[str]) -> str:
    """Return what a command prints; empty where the system has no such command or it knows no answer."""
    if shutil.which(command[0]) is None:
        return ""
    done = subprocess.run(command, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL)
    return done.stdout.strip() if done.returncode == 0 else ""


def copyright_of(package: str) -> str:
    """Return the copyright file of a Debian package (name and version); empty on other systems."""
    place = Path("/usr/share/doc") / package.split(" ")[0] / "copyright"
    return place.read_text(encoding="utf-8", errors="replace") if place.is_file() else ""


def write_licences(bundle: Path, font_licence: Path, system_packages: Sequence[str]) -> Path:
    """Write the folder of licence texts into the bundle and return it."""
    target = bundle / FOLDER_NAME
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir()
    for path in sorted((HERE / "licences").iterdir()):
        shutil.copyfile(path, target / path.name)
    for name in WITH_TEXT:
        _write(target / f"{name}.txt", licence_of(name))
    _write(target / "Python.txt", python_licence())
    _write(target / "Source-Sans-OFL.txt", font_licence.read_text(encoding="utf-8"))
    if system_packages:
        parts = [f"{'=' * 100}\n{package}\n{'=' * 100}\n{copyright_of(package)}\n" for package in sorted(set(system_packages))]
        _write(target / "system-libraries.txt", "".join(parts))
    return target


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
