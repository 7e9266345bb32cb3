"""Walks a running window through AT-SPI, as a screen reader does, and writes what it saw as JSON.

Runs under the system's Python, because that has pyatspi: ``python3 atspi_walk.py PYTHON DESK FILE`` inside a session bus
and on a screen. Each state is a list of nodes ``{role, name, description, focusable, path}``.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyatspi  # type: ignore[import-not-found]  # the system has it, no package registry does

PATIENCE_S = 30.0


def application(name: str) -> Any:
    """Return the accessible application of a name; waits until it has registered itself."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        for found in pyatspi.Registry.getDesktop(0):
            if found is not None and found.name.casefold() == name.casefold():
                return found
        time.sleep(0.1)
    raise SystemExit(f"{name} did not appear on the accessibility bus")


def nodes(node: Any, path: str = "") -> Iterator[dict[str, Any]]:
    """Yield a node and everything below it that shows; an item of a list that goes on for ever is not walked twice."""
    role = node.getRoleName()
    here = f"{path}/{role}"
    states = node.getState()
    yield {
        "role": role,
        "name": node.name,
        "description": node.description,
        "focusable": states.contains(pyatspi.STATE_FOCUSABLE) and states.contains(pyatspi.STATE_SHOWING),
        "path": here,
    }
    for at in range(node.childCount):
        child = node.getChildAtIndex(at)
        if child is not None:
            yield from nodes(child, here)


def main(python: str, desk: str, file: str) -> int:
    """Start the window, walk every state, and write them down."""
    seen: dict[str, list[dict[str, Any]]] = {}
    with subprocess.Popen([python, desk], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as window:
        if window.stdin is None or window.stdout is None:
            raise SystemExit("no pipes")
        for line in window.stdout:
            seen[line.strip()] = list(nodes(application("Wardbook")))
            window.stdin.write("\n")
            window.stdin.flush()
    Path(file).write_text(json.dumps({"states": seen, "code": window.returncode}), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
