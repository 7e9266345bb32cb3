"""YAML with line numbers: every value knows where it stands, so that every fault can name its line.

Only plain YAML is read: dates stay text, a key may stand once, anchors and aliases are refused (an alias can make
a small file enormous).
"""

from __future__ import annotations

import math
import stat
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from desktop_app.authoring.fault import Fault

PathKey = tuple[str | int, ...]
MAX_BYTES = 2_000_000
MAX_DEPTH = 20


# libyaml parses ten times faster; a PyYAML without it still works.
_Fast: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class _PlainLoader(_Fast):  # type: ignore[misc]  # a class chosen at import
    """The safe loader without dates."""


_PlainLoader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(slots=True)
class YamlFile:
    """One source file: its value and the line of every path in it."""

    name: str
    data: Any = None
    lines: dict[PathKey, int] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)

    def line(self, path: PathKey) -> int:
        """Return the line of a path, or of the nearest thing around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def fault(self, path: PathKey, rule: str, message: str, severity: str = "error") -> Fault:
        """Return a fault at a path of this file."""
        return Fault(self.name, self.line(path), rule, severity, message)


def read_yaml(path: Path, name: str) -> YamlFile:
    """Read one file; what is wrong with it stands in ``faults``, never an exception for the content of a file."""
    result = YamlFile(name)
    try:
        state = path.stat()
        if not stat.S_ISREG(state.st_mode):  # a pipe would never end
            result.faults.append(Fault(name, 1, "unreadable", "error", "This is not an ordinary file."))
            return result
        if state.st_size > MAX_BYTES:
            result.faults.append(Fault(name, 1, "too-large", "error", f"The file is larger than {MAX_BYTES} bytes."))
            return result
        raw = path.read_bytes()
    except OSError as error:
        result.faults.append(Fault(name, 1, "unreadable", "error", f"The file cannot be read: {error.strerror}."))
        return result
    try:
        result.data = _Builder(_PlainLoader(raw.decode("utf-8")), result).document()
    except UnicodeDecodeError:
        result.faults.append(Fault(name, 1, "encoding", "error", "The file is not UTF-8 text."))
    except yaml.YAMLError as error:
        result.faults.append(Fault(name, _error_line(error), "yaml", "error", _error_words(error)))
    except _TooDeepError as error:
        result.faults.append(Fault(name, error.line, "too-deep", "error", "The file is nested too deeply."))
    return result


def _line(event: yaml.Event) -> int:
    return event.start_mark.line + 1 if event.start_mark is not None else 1


def _error_line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return int(mark.line) + 1 if mark is not None else 1


def _error_words(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or str(error)
    return f"This is not valid YAML: {problem}."


class _TooDeepError(Exception):
    """The file is nested more deeply than any source; raised before it is followed further."""

    def __init__(self, line: int) -> None:
        super().__init__(line)
        self.line = line


class _Builder:
    """Turns the events of a parser into plain values, noting lines, repeated keys and aliases.

    The loader's own tree is not asked for: libyaml builds it by recursion in C, and a file of brackets ends the process.
    """

    def __init__(self, loader: _PlainLoader, result: YamlFile) -> None:
        self._loader = loader
        self._result = result

    def document(self) -> Any:
        """Return the value of the only document; an empty file is None."""
        self._loader.get_event()  # the stream begins
        if isinstance(self._loader.get_event(), yaml.StreamEndEvent):
            return None
        value = self._value(self._loader.get_event(), ())
        self._loader.get_event()  # the document ends
        after = self._loader.get_event()
        if not isinstance(after, yaml.StreamEndEvent):
            self._fault(after, "yaml", "A second document begins here; a file holds one.")
        return value

    def _fault(self, event: yaml.Event, rule: str, message: str) -> None:
        self._result.faults.append(Fault(self._result.name, _line(event), rule, "error", message))

    def _value(self, event: Any, path: PathKey) -> Any:
        self._result.lines.setdefault(path, _line(event))
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.AliasEvent):
            self._fault(event, "alias", "Anchors and aliases are not used here.")
            return None
        if len(path) > MAX_DEPTH:
            raise _TooDeepError(_line(event))
        if event.tag not in (None, "!"):
            self._fault(event, "yaml", "Tags are not used here.")
        return self._sequence(path) if isinstance(event, yaml.SequenceStartEvent) else self._mapping(path)

    def _sequence(self, path: PathKey) -> list[Any]:
        values: list[Any] = []
        while not isinstance(event := self._loader.get_event(), yaml.SequenceEndEvent):
            values.append(self._value(event, (*path, len(values))))
        return values

    def _mapping(self, path: PathKey) -> dict[str, Any]:
        values: dict[str, Any] = {}
        while not isinstance(event := self._loader.get_event(), yaml.MappingEndEvent):
            key = str(event.value) if isinstance(event, yaml.ScalarEvent) else "?"
            if key in values:
                self._fault(event, "duplicate-key", f"“{key}” stands here twice.")
            self._result.lines[(*path, key)] = _line(event)
            if not isinstance(event, yaml.ScalarEvent):
                self._value(event, (*path, key))  # read past a key that is no word; the schema does not know "?"
            values[key] = self._value(self._loader.get_event(), (*path, key))
        return values

    def _scalar(self, event: yaml.ScalarEvent) -> Any:
        try:
            tag = event.tag
            if tag is None or tag == "!":
                tag = self._loader.resolve(yaml.ScalarNode, event.value, event.implicit)
            value = self._loader.construct_object(yaml.ScalarNode(tag, event.value))
            if isinstance(value, float) and not math.isfinite(value):
                raise ValueError(f"{value} is no number that can be kept")
            if isinstance(value, str):
                value.encode("utf-8")  # an escape can spell half a character
        except (yaml.YAMLError, ValueError) as error:
            self._fault(event, "yaml", f"This value cannot be read: {error}".split("\n")[0])
            return None
        # Folded blocks end in a line break and keep those between lines of a quoted text; a text is one paragraph.
        return " ".join(value.split()) if isinstance(value, str) else value
