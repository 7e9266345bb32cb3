"""Every action of the window in one table: what it is called, its keys, and the slot it asks for.

Menus, shortcuts and the page of keys are made from it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction, QKeySequence


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: name, text, keys, and whether it stands in the menu."""

    name: str
    text: str
    keys: tuple[str, ...] = ()
    in_menu: bool = True


ACTIONS = (
    ActionSpec("search", "Search", ("Ctrl+K", "Ctrl+L", "F6"), in_menu=False),
    ActionSpec("close_results", "Close results, find bar or card", ("Esc",), in_menu=False),
    ActionSpec("home", "Home page", ("Alt+Home",)),
    ActionSpec("back", "Back", ("Alt+Left",)),
    ActionSpec("forward", "Forward", ("Alt+Right",)),
    ActionSpec("find", "Find in page", ("Ctrl+F",)),
    ActionSpec("find_next", "Next match", ("F3", "Ctrl+G"), in_menu=False),
    ActionSpec("find_previous", "Previous match", ("Shift+F3", "Ctrl+Shift+G"), in_menu=False),
    ActionSpec("next_section", "Next section", ("Alt+Down",), in_menu=False),
    ActionSpec("previous_section", "Previous section", ("Alt+Up",), in_menu=False),
    ActionSpec("outline", "Go to the outline of the page", ("Ctrl+Shift+O",), in_menu=False),
    ActionSpec("tree", "Go to the category tree", ("Ctrl+Shift+T",), in_menu=False),
    ActionSpec("clinician", "Text for clinicians", ("Ctrl+1",), in_menu=False),
    ActionSpec("student", "Text for students", ("Ctrl+2",), in_menu=False),
    ActionSpec("patient", "Text for patients", ("Ctrl+3",), in_menu=False),
    ActionSpec("side_by_side", "Two audiences side by side", ("Ctrl+B",)),
    ActionSpec("compare", "Compare causes…", ("Ctrl+M",)),
    ActionSpec("copy", "Copy statement with citation", ("Ctrl+Shift+C",)),
    ActionSpec("bookmark", "Bookmark this statement", ("Ctrl+D",)),
    ActionSpec("note", "Note on this statement…", ("Ctrl+N",)),
    ActionSpec("mine", "Bookmarks, notes, recent articles", ("Ctrl+Shift+B",)),
    ActionSpec("export", "Export bookmarks and notes…"),
    ActionSpec("import", "Import bookmarks and notes…"),
    ActionSpec("print", "Print…", ("Ctrl+P",)),
    ActionSpec("leaflet", "Patient leaflet…", ("Ctrl+Shift+P",)),
    ActionSpec("binder", "Downtime binder…"),
    ActionSpec("index", "Drugs and findings", ("Ctrl+I",)),
    ActionSpec("checklists", "Checklists", ("Ctrl+Shift+K",)),
    ActionSpec("zoom_in", "Larger text", ("Ctrl++", "Ctrl+=")),
    ActionSpec("zoom_out", "Smaller text", ("Ctrl+-",)),
    ActionSpec("zoom_reset", "Text at 100 %", ("Ctrl+0",)),
    ActionSpec("theme", "Next colour scheme", ("Ctrl+Shift+D",)),
    ActionSpec("clear", "Clear search and trail", ("Ctrl+Shift+Del",)),
    ActionSpec("policy", "Editorial policy"),
    ActionSpec("keys", "Keys", ("F1",)),
    ActionSpec("about", "About Wardbook"),
    ActionSpec("quit", "Quit", ("Ctrl+Q",)),
)


def make_actions(parent: QObject, specs: tuple[ActionSpec, ...] = ACTIONS) -> Mapping[str, QAction]:
    """Return the actions by name, with keys; whoever makes them connects them."""
    made = {}
    for spec in specs:
        action = QAction(spec.text, parent)
        action.setObjectName(f"action_{spec.name}")
        action.setShortcuts([QKeySequence(keys) for keys in spec.keys])
        made[spec.name] = action
    return made


def key_rows(specs: tuple[ActionSpec, ...] = ACTIONS) -> list[tuple[str, str]]:
    """Return (what it does, keys) for the page of keys."""
    return [(spec.text.rstrip("…"), " or ".join(spec.keys)) for spec in specs if spec.keys]
