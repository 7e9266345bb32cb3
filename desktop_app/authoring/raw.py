"""Walking unchecked YAML values safely: a lint must report what it can even where other parts of a file are broken."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from desktop_app.authoring.yaml_file import PathKey, YamlFile
from desktop_app.content.audience import Audience
from desktop_app.content.model import SUMMARY_ID


def mapping(value: Any) -> dict[str, Any]:
    """Return the value when it is a mapping, else an empty one."""
    return value if isinstance(value, dict) else {}


def sequence(value: Any) -> list[Any]:
    """Return the value when it is a list, else an empty one."""
    return value if isinstance(value, list) else []


def words(value: Any) -> list[str]:
    """Return the texts of a list."""
    return [item for item in sequence(value) if isinstance(item, str)]


@dataclass(frozen=True, slots=True)
class RawStatement:
    """A statement as it stands in a file, with its path there."""

    file: YamlFile
    path: PathKey
    values: dict[str, Any]

    @property
    def id(self) -> str:
        """Return its id, or an empty text."""
        found = SUMMARY_ID if self.path == (SUMMARY_ID,) else self.values.get("id")
        return found if isinstance(found, str) else ""

    def text(self, audience: Audience) -> str:
        """Return the text of one audience; the cells of a differential line are joined."""
        value = self.values.get(audience.value)
        if isinstance(value, dict):
            return " ".join(f"{cell.rstrip('.')}." for cell in value.values() if isinstance(cell, str))
        return value if isinstance(value, str) else ""

    def citations(self) -> list[str]:
        """Return the ids it cites."""
        return words(self.values.get("citations"))


def raw_statements(file: YamlFile) -> Iterator[RawStatement]:
    """Yield summary and statements of an article file."""
    data = mapping(file.data)
    if SUMMARY_ID in data:
        yield RawStatement(file, (SUMMARY_ID,), mapping(data[SUMMARY_ID]))
    for number, section in enumerate(sequence(data.get("sections"))):
        for place, item in enumerate(sequence(mapping(section).get("statements"))):
            yield RawStatement(file, ("sections", number, "statements", place), mapping(item))


def raw_id(file: YamlFile) -> str:
    """Return the id of an article or checklist file, or an empty text."""
    found = mapping(file.data).get("id")
    return found if isinstance(found, str) else ""
