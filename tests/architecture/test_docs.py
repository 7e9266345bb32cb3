"""The documentation keeps up: every command, option, variable and policy key stands where its reader looks for it."""

from __future__ import annotations

import argparse
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_app import paths, settings
from desktop_app.cli.main import parser

ROOT = Path(__file__).resolve().parents[2]
DOCS = ROOT / "docs"
GUIDE = (DOCS / "it-guide.md").read_text(encoding="utf-8")
PAGES = sorted([*DOCS.glob("*.md"), *(ROOT.glob("*.md"))])


def commands(
    top: argparse.ArgumentParser, path: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], argparse.ArgumentParser]]:
    """Yield every command with its parser, the inner ones of ``content`` too."""
    for action in top._actions:
        if isinstance(action, argparse._SubParsersAction):
            for name, inner in action.choices.items():
                yield (*path, name), inner
                yield from commands(inner, (*path, name))


COMMANDS = list(commands(parser()))


def test_the_commands_of_the_contract_exist() -> None:
    names = {" ".join(path) for path, _ in COMMANDS}
    promised = {"articles", "show", "search", "sheets", "sheet", "leaflet", "content check", "content build", "doctor"}
    assert promised <= names


@pytest.mark.parametrize("path", [path for path, _ in COMMANDS], ids=" ".join)
def test_every_command_stands_in_the_readme(path: tuple[str, ...]) -> None:
    assert f"wardbook {' '.join(path)}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_command_of_the_frozen_program_stands_in_the_it_guide() -> None:
    missing = [path[0] for path, _ in COMMANDS if f"`{path[0]}`" not in GUIDE]
    assert not missing


def test_every_environment_variable_stands_in_the_it_guide() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "desktop_app").rglob("*.py")))
    variables = set(re.findall(r"\"(WARDBOOK_[A-Z_]+)\"", code))
    assert len(variables) >= 3
    assert not [name for name in variables if name not in GUIDE]


def test_every_key_of_the_policy_file_stands_in_the_it_guide() -> None:
    assert paths.POLICY_NAME in GUIDE
    code = Path(settings.__file__).read_text(encoding="utf-8")
    keys = set(re.findall(r"key == \"([a-z_]+)\"", code))
    assert {"mode", "idle_minutes"} <= keys
    assert not [key for key in keys if f"| `{key}` |" not in GUIDE]


def test_the_example_of_a_policy_file_is_understood(tmp_path: Path) -> None:
    """What the guide shows can be copied as it stands."""
    example = GUIDE.split("```json\n", 1)[1].split("```", 1)[0]
    (tmp_path / paths.POLICY_NAME).write_text(example, encoding="utf-8")
    loaded = settings.load_settings(tmp_path, environment={})
    assert loaded.ward_mode
    assert loaded.notices == ()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_pages_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for target in re.findall(r"\]\(([^)]+)\)", text):
        file, _, anchor = target.partition("#")
        if "://" in target:
            continue
        other = (page.parent / file).resolve() if file else page
        assert other.exists(), f"{target} leads nowhere"
        if anchor and other.suffix == ".md":
            headings = re.findall(r"^#+ (.+)$", other.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in {re.sub(r"[^a-z0-9 -]", "", heading.lower()).replace(" ", "-") for heading in headings}, target


@pytest.mark.parametrize(
    "name",
    [
        "build/freeze.py",
        "build/smoke.py",
        "benchmarks.integrity",
        "benchmarks.faults",
        "benchmarks.startup",
        "requirements/lock.py",
    ],
)
def test_a_command_named_in_the_documents_exists(name: str) -> None:
    assert any(name in page.read_text(encoding="utf-8") for page in PAGES), f"{name} is documented nowhere"
    assert (ROOT / name).exists() or (ROOT / f"{name.replace('.', '/')}.py").exists()
