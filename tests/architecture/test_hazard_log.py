"""The hazard log is kept: every hazard has cause, effect and control, and names a test that exists."""

from __future__ import annotations

import ast
import re
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT / "docs" / "hazard-log.md"
FEWEST = 30
FIELDS = ("Cause", "Effect", "Control", "Proved by")


@dataclass(frozen=True, slots=True)
class Hazard:
    """One entry of the log."""

    id: str
    title: str
    fields: dict[str, str]

    @property
    def tests(self) -> list[str]:
        """Return the ids of the tests named, as ``file::test``."""
        return re.findall(r"`(tests/[^`]+?\.py::[^`]+)`", self.fields.get("Proved by", ""))


def hazards() -> list[Hazard]:
    """Return the entries of the log."""
    parts = re.split(r"^### (H\d\d) (.+)$", LOG.read_text(encoding="utf-8"), flags=re.MULTILINE)[1:]
    found = []
    for number, title, body in zip(parts[::3], parts[1::3], parts[2::3], strict=True):
        fields = {
            name: text.strip() for name, text in re.findall(r"^- \*\*([A-Za-z ]+):\*\* (.+?)(?=^- |\Z|^#)", body, re.M | re.S)
        }
        found.append(Hazard(number, title, fields))
    return found


@cache
def names_in(path: Path) -> frozenset[str]:
    """Return the names of the tests in a file, those in classes as ``Class::test``; a skipped one does not count."""
    if not path.is_file():
        return frozenset()
    names = set()
    for node in ast.parse(path.read_text(encoding="utf-8")).body:
        inner = node.body if isinstance(node, ast.ClassDef) else [node]
        prefix = f"{node.name}::" if isinstance(node, ast.ClassDef) else ""
        for item in inner:
            if isinstance(item, (ast.FunctionDef, ast.AsyncFunctionDef)) and item.name.startswith("test"):
                skipped = any(re.search(r"\.(skip(?!if)|xfail)", ast.unparse(decorator)) for decorator in item.decorator_list)
                names |= set() if skipped else {prefix + item.name}
    return frozenset(names)


HAZARDS = hazards()


def test_the_log_is_complete_and_numbered_without_gaps() -> None:
    assert len(HAZARDS) >= FEWEST
    assert [hazard.id for hazard in HAZARDS] == [f"H{number:02}" for number in range(1, len(HAZARDS) + 1)]


@pytest.mark.parametrize("hazard", HAZARDS, ids=lambda hazard: hazard.id)
def test_a_hazard_has_cause_effect_control_and_an_existing_test(hazard: Hazard) -> None:
    assert tuple(hazard.fields) == FIELDS
    assert all(len(text) > 10 for text in hazard.fields.values())
    assert hazard.tests, "names no test"
    for name in hazard.tests:
        file, _, test = name.partition("::")
        assert test in names_in(ROOT / file), f"{name} does not exist, or is skipped"


def test_a_test_that_does_not_exist_is_seen() -> None:
    here = Path(__file__)
    assert "test_a_test_that_does_not_exist_is_seen" in names_in(here)
    assert "test_of_no_such_name" not in names_in(here)
    assert names_in(here.with_name("no_such_file.py")) == frozenset()
