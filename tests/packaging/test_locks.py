"""The lock files: whole, hashed, without addresses, and in step with pyproject.toml."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

ROOT = Path(__file__).resolve().parents[2]
LOCKS = ("runtime.lock", "dev.lock")


def entries(name: str) -> dict[str, tuple[Requirement, list[str]]]:
    """Return every locked package with its hashes."""
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8").replace("\\\n", " ")
    found = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            requirement = Requirement(line.partition("--hash")[0].strip())
            found[canonical(requirement.name)] = (requirement, re.findall(r"--hash=sha256:([0-9a-f]{64})(?!\S)", line))
    return found


def canonical(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


@pytest.mark.parametrize("name", LOCKS)
def test_every_package_is_pinned_to_one_version_and_to_hashes(name: str) -> None:
    locked = entries(name)
    assert len(locked) > 15
    for requirement, hashes in locked.values():
        assert [s.operator for s in requirement.specifier] == ["=="], requirement
        assert hashes, f"{requirement} has no hash"


@pytest.mark.parametrize("name", LOCKS)
def test_no_address_stands_in_a_lock_file(name: str) -> None:
    text = (ROOT / "requirements" / name).read_text(encoding="utf-8")
    for word in ("://", "--index", "--extra", "--find", "file:", " @ "):
        assert word not in text, word


def test_the_locks_give_what_pyproject_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"]
    wanted = {
        "runtime.lock": project["dependencies"] + optional["authoring"],
        "dev.lock": project["dependencies"] + optional["authoring"] + optional["dev"],
    }
    for name, requirements in wanted.items():
        locked = entries(name)
        for requirement in map(Requirement, requirements):
            version = next(iter(locked[canonical(requirement.name)][0].specifier)).version
            assert requirement.specifier.contains(version), f"{name} has {requirement.name} {version}; make the locks again"


def test_both_locks_agree() -> None:
    runtime, dev = entries("runtime.lock"), entries("dev.lock")
    assert set(runtime) <= set(dev)
    for name, (requirement, _) in runtime.items():
        assert requirement.specifier == dev[name][0].specifier, name


def test_the_qt_files_of_all_three_systems_are_locked() -> None:
    """PySide6 has one file per system and processor; a lock made from one of them would fail on the other systems."""
    for name in ("pyside6-essentials", "shiboken6"):
        assert len(entries("runtime.lock")[name][1]) >= 4
