"""How the program is set up: policy file, environment, switches."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.content.audience import Audience
from desktop_app.log import describe
from desktop_app.paths import POLICY_NAME
from desktop_app.printing.document import Paper
from desktop_app.reading.style import Theme
from desktop_app.settings import AUDIENCES, PAPERS, THEMES, Settings, load_settings


def test_without_a_policy_the_program_is_personal(tmp_path: Path) -> None:
    """Nothing set means personal mode."""
    assert load_settings(tmp_path, {}) == Settings()


@pytest.mark.parametrize(("environment", "switches"), [({"WARDBOOK_WARD": "1"}, ()), ({}, ("--ward",))])
def test_environment_and_switch_turn_ward_mode_on(tmp_path: Path, environment: dict[str, str], switches: tuple[str, ...]) -> None:
    """Either of them is enough."""
    assert load_settings(tmp_path, environment, switches).ward_mode
    assert not load_settings(tmp_path, {"WARDBOOK_WARD": "0"}).ward_mode


def test_a_policy_decides(tmp_path: Path) -> None:
    """What the policy says is taken; what it does not say keeps its usual value."""
    (tmp_path / POLICY_NAME).write_text('{"mode": "ward", "idle_minutes": 5, "audience": "student", "theme": "dark"}')
    assert load_settings(tmp_path, {}) == Settings(True, 5.0, "student", "dark")


@pytest.mark.parametrize("policy", ['{"mode": "ward"}', "{", '{"mode": "kiosk"}'])
def test_the_switch_for_personal_mode_never_beats_a_policy(tmp_path: Path, policy: str) -> None:
    """It sets the variable aside for one start; what IT wrote down, or tried to, stays."""
    assert not load_settings(tmp_path, {"WARDBOOK_WARD": "1"}, ("--personal",)).ward_mode
    assert load_settings(tmp_path, {}, ("--personal", "--ward")).ward_mode
    (tmp_path / POLICY_NAME).write_text(policy)
    assert load_settings(tmp_path, {}, ("--personal",)).ward_mode


def test_a_policy_knows_every_choice_of_the_program() -> None:
    """Settings stand below the rooms that define audiences, themes and papers, so their words are repeated there."""
    assert (tuple(Audience), tuple(Theme), tuple(Paper)) == (AUDIENCES, THEMES, PAPERS)


@pytest.mark.parametrize("text", ["", "{", "[1]", '"ward"', "\xff", "[" * 100_000])
def test_a_damaged_policy_means_ward_mode_and_a_sentence(tmp_path: Path, text: str) -> None:
    """When IT meant to say something and it cannot be read, the careful choice is taken."""
    (tmp_path / POLICY_NAME).write_bytes(text.encode("latin-1"))
    settings = load_settings(tmp_path, {})
    assert settings.ward_mode
    assert settings.notices


@pytest.mark.parametrize(
    "entry", ['"idle_minutes": -1', '"idle_minutes": true', '"mode": "kiosk"', '"theme": "pink"', '"colour": 1']
)
def test_a_value_that_is_not_understood_is_named(tmp_path: Path, entry: str) -> None:
    """A mistyped entry is told, not silently dropped; a mistyped mode is ward mode."""
    (tmp_path / POLICY_NAME).write_text("{" + entry + "}")
    settings = load_settings(tmp_path, {})
    assert entry.split('"')[1] in settings.notices[0]
    assert settings.ward_mode is ("mode" in entry)


def test_a_fault_is_described_without_what_was_typed() -> None:
    """The description holds places in the code, never the message of the error."""
    try:
        raise ValueError("the patient's secret words")
    except ValueError as error:
        text = describe(type(error), error, error.__traceback__)
    assert "ValueError" in text
    assert "secret" not in text


def test_with_a_policy_no_variable_chooses_other_content(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the executable; a damaged policy counts too. From source the variable is a developer's own."""
    monkeypatch.setenv("WARDBOOK_CONTENT", str(tmp_path / "other" / "content.db"))
    assert paths.content_file() == tmp_path / "other" / "content.db"
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "wardbook"))
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "_internal"), raising=False)
    assert paths.content_file() == tmp_path / "other" / "content.db"
    (tmp_path / POLICY_NAME).write_text("{", encoding="utf-8")
    assert paths.content_file() == tmp_path / "_internal" / "content.db"
    assert paths.index_folder() == tmp_path / "_internal" / "index"
    assert paths.manifest_file() == tmp_path / "_internal" / "manifest.json"
