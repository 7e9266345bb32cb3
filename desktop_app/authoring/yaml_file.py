"""YAML with line numbers: every value knows where it stands, so that every fault can name its line.

Only plain YAML is read: dates stay text, a key may stand once, anchors and aliases are refused (an alias can make
a small file enormous).
"""

from __future__ import annotations

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
        raw = path.read_bytes()
    except OSError as error:
        result.faults.append(Fault(name, 1, "unreadable", "error", f"The file cannot be read: {error.strerror}."))
        return result
    if len(raw) > MAX_BYTES:
        result.faults.append(Fault(name, 1, "too-large", "error", f"The file is larger than {MAX_BYTES} bytes."))
        return result
    try:
        loader = _PlainLoader(raw.decode("utf-8"))
        node = loader.get_single_node()
    except UnicodeDecodeError:
        result.faults.append(Fault(name, 1, "encoding", "error", "The file is not UTF-8 text."))
        return result
    except yaml.YAMLError as error:
        result.faults.append(Fault(name, _error_line(error), "yaml", "error", _error_words(error)))
        return result
    except RecursionError:
        result.faults.append(Fault(name, 1, "too-deep", "error", "The file is nested too deeply."))
        return result
    if node is not None:
        result.data = _value(loader, node, (), result, set())
    return result


def _error_line(error: yaml.YAMLError) -> int:
    mark = getattr(error, "problem_mark", None)
    return int(mark.line) + 1 if mark is not None else 1


def _error_words(error: yaml.YAMLError) -> str:
    problem = getattr(error, "problem", None) or str(error)
    return f"This is not valid YAML: {problem}."


def _value(loader: _PlainLoader, node: yaml.Node, path: PathKey, result: YamlFile, seen: set[int]) -> Any:
    """Turn a node into plain values, noting lines, repeated keys and aliases."""
    line = node.start_mark.line + 1
    result.lines.setdefault(path, line)
    if not isinstance(node, yaml.ScalarNode):
        if id(node) in seen:
            result.faults.append(Fault(result.name, line, "alias", "error", "Anchors and aliases are not used here."))
            return None
        seen.add(id(node))
        if len(path) > MAX_DEPTH:
            result.faults.append(Fault(result.name, line, "too-deep", "error", "The file is nested too deeply."))
            return None
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, item, (*path, number), result, seen) for number, item in enumerate(node.value)]
    if isinstance(node, yaml.MappingNode):
        return _mapping(loader, node, path, result, seen)
    return _scalar(loader, node, result)


def _mapping(loader: _PlainLoader, node: yaml.MappingNode, path: PathKey, result: YamlFile, seen: set[int]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key_node, value_node in node.value:
        key = str(key_node.value) if isinstance(key_node, yaml.ScalarNode) else "?"
        line = key_node.start_mark.line + 1
        if key in values:
            result.faults.append(Fault(result.name, line, "duplicate-key", "error", f"“{key}” stands here twice."))
        result.lines[(*path, key)] = line
        values[key] = _value(loader, value_node, (*path, key), result, seen)
    return values


def _scalar(loader: _PlainLoader, node: yaml.Node, result: YamlFile) -> Any:
    try:
        value = loader.construct_object(node)
    except (yaml.YAMLError, ValueError) as error:
        line = node.start_mark.line + 1
        result.faults.append(Fault(result.name, line, "yaml", "error", f"This value cannot be read: {error}".split("\n")[0]))
        return None
    # Folded blocks end in a line break and keep those between lines of a quoted text; a text is one paragraph.
    return " ".join(value.split()) if isinstance(value, str) else value
