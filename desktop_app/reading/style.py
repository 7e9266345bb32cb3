"""The design tokens: one file fills window, article and paper."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from desktop_app import paths
from desktop_app.errors import ContentError


class Theme(StrEnum):
    """The colour schemes."""

    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "contrast"

    @property
    def label(self) -> str:
        """Return the word in the menu."""
        return {"light": "Light", "dark": "Dark", "contrast": "High contrast"}[self.value]


@dataclass(frozen=True, slots=True)
class Tokens:
    """Type scale (points at 100 %), spacing (pixels) and the colours of each theme."""

    type: Mapping[str, Any]
    space: Mapping[str, int]
    themes: Mapping[str, Mapping[str, str]]

    def colours(self, theme: Theme) -> Mapping[str, str]:
        """Return the colours of a theme by name."""
        return self.themes[theme.value]


def load_tokens(path: Path | None = None) -> Tokens:
    """Read ``resources/styles/tokens.json``; raises ContentError when the program folder is incomplete."""
    source = path or paths.resources_folder() / "styles" / "tokens.json"
    try:
        values = json.loads(source.read_text("utf-8"))
        return Tokens(values["type"], values["space"], values["themes"])
    except (OSError, ValueError, KeyError) as error:
        raise damaged_design() from error


def damaged_design() -> ContentError:
    """Return the error for a program folder whose colours and type cannot be read."""
    return ContentError(
        "The design file of the program is missing or damaged.", "Put the program folder back as it was delivered."
    )


@dataclass(frozen=True, slots=True)
class Look:
    """How a page is drawn: colours, text size (1.0 is 100 %), and whether the column is too narrow for a margin."""

    tokens: Tokens
    theme: Theme = Theme.LIGHT
    scale: float = 1.0
    narrow: bool = False

    @property
    def colours(self) -> Mapping[str, str]:
        """Return the colours in use."""
        return self.tokens.colours(self.theme)

    def points(self, name: str) -> float:
        """Return a size of the type scale in points at the present text size."""
        return round(float(self.tokens.type[name]) * self.scale, 1)
