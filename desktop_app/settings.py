"""How the program is set up: a policy file of the hospital's IT, the environment and switches; read once at start.

The policy file ``wardbook-policy.json`` lies beside the program. What it says wins over what a person may choose.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_app.paths import POLICY_NAME

WARD_VARIABLE = "WARDBOOK_WARD"
DEFAULT_IDLE_MINUTES = 3.0
WARNING_SECONDS = 20
AUDIENCES = ("clinician", "student", "patient")
THEMES = ("light", "dark", "contrast")
PAPERS = ("a4", "letter")


@dataclass(frozen=True, slots=True)
class Settings:
    """The set-up of one run; ``audience`` and ``theme`` are empty where nobody has decided."""

    ward_mode: bool = False
    idle_minutes: float = DEFAULT_IDLE_MINUTES
    audience: str = ""
    theme: str = ""
    paper: str = "a4"
    notices: tuple[str, ...] = ()


def load_settings(folder: Path, environment: Mapping[str, str] | None = None, switches: Sequence[str] = ()) -> Settings:
    """Return the settings; a damaged policy file gives ward mode (the careful choice) and a notice, never an error.

    ``--ward`` and the variable turn ward mode on; ``--personal`` sets the variable aside, never the policy or ``--ward``.
    """
    variables = os.environ if environment is None else environment
    settings = _from_policy(folder / POLICY_NAME)
    asked = variables.get(WARD_VARIABLE, "") not in ("", "0") and "--personal" not in switches
    return replace(settings, ward_mode=True) if asked or "--ward" in switches else settings


def _from_policy(path: Path) -> Settings:
    try:
        text = path.read_text("utf-8-sig")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeError) as error:
        return _careful(f"The policy file cannot be read ({error.__class__.__name__}).")
    try:
        values = json.loads(text)
    except (ValueError, RecursionError):
        return _careful("The policy file is not valid JSON.")
    if not isinstance(values, dict):
        return _careful("The policy file holds no settings.")
    return _checked(values)


def _careful(sentence: str) -> Settings:
    return Settings(ward_mode=True, notices=(f"{sentence} Wardbook runs in ward mode until it is mended.",))


def _checked(values: Mapping[str, Any]) -> Settings:
    """Take what a policy says, and tell what could not be used."""
    settings = Settings()
    notices: list[str] = []
    for key, value in values.items():
        if key == "mode" and value in ("ward", "personal"):
            settings = replace(settings, ward_mode=value == "ward")
        elif key == "idle_minutes" and isinstance(value, int | float) and not isinstance(value, bool) and 0 < value <= 600:
            settings = replace(settings, idle_minutes=float(value))
        elif key == "audience" and value in AUDIENCES:
            settings = replace(settings, audience=value)
        elif key == "theme" and value in THEMES:
            settings = replace(settings, theme=value)
        elif key == "paper" and value in PAPERS:
            settings = replace(settings, paper=value)
        else:
            notices.append(f"The policy file has “{key}” with a value that is not understood; it was left out.")
            if key == "mode":
                settings = replace(settings, ward_mode=True)
    return replace(settings, notices=tuple(notices))
