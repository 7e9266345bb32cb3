"""Where things lie; the only room that knows whether the program is frozen or runs from source."""

from __future__ import annotations

import os
import sys
from pathlib import Path

CONTENT_NAME = "content.db"
INDEX_NAME = "index"
MANIFEST_NAME = "manifest.json"
POLICY_NAME = "wardbook-policy.json"  # beside the executable; see ``settings``


def is_frozen() -> bool:
    """Tell whether this is the PyInstaller executable."""
    return bool(getattr(sys, "frozen", False))


def bundle_folder() -> Path:
    """Return the folder that holds ``resources/`` and ``content.db``."""
    if is_frozen():
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
    return Path(__file__).resolve().parent.parent


def program_folder() -> Path:
    """Return the folder in which a policy file of the hospital's IT may lie: beside the program."""
    return Path(sys.executable).resolve().parent if is_frozen() else bundle_folder()


def content_elsewhere() -> Path | None:
    """Return the content that ``WARDBOOK_CONTENT`` names (used by tests and by IT), else None.

    Where a policy file lies beside the executable nobody who starts it can choose other content.
    """
    override = os.environ.get("WARDBOOK_CONTENT")
    if not override or (is_frozen() and os.path.lexists(program_folder() / POLICY_NAME)):
        return None
    return Path(override)


def content_file() -> Path:
    """Return the compiled content."""
    return content_elsewhere() or bundle_folder() / CONTENT_NAME


def index_folder() -> Path:
    """Return the index that belongs to the content file."""
    if content_elsewhere() is not None:
        return content_file().parent / INDEX_NAME
    if is_frozen():
        return bundle_folder() / INDEX_NAME
    return bundle_folder() / "build" / "out" / INDEX_NAME


def manifest_file() -> Path:
    """Return the list of SHA-256 sums that content and index are held against."""
    return index_folder().parent / MANIFEST_NAME


def resources_folder() -> Path:
    """Return ``resources/``: templates, styles, icons, fonts and, in a source checkout, the content sources."""
    return bundle_folder() / "resources"


def sources_folder() -> Path:
    """Return the content sources; they exist in a source checkout only."""
    return resources_folder() / "content"


def fonts_folder() -> Path:
    """Return the folder of the bundled typeface."""
    return resources_folder() / "fonts"


def user_folder() -> Path:
    """Return the person's own folder for Wardbook (personal mode only); it is not created here."""
    override = os.environ.get("WARDBOOK_USER_FOLDER")
    if override:
        return Path(override)
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA", Path.home() / "AppData" / "Local"))
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME", Path.home() / ".local" / "share"))
    return base / "Wardbook"
