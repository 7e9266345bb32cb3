"""Where things lie; the only room that knows whether the program is frozen or runs from source."""

from __future__ import annotations

import os
import sys
from pathlib import Path

CONTENT_NAME = "content.db"
INDEX_NAME = "index"
MANIFEST_NAME = "manifest.json"


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


def content_file() -> Path:
    """Return the compiled content; ``WARDBOOK_CONTENT`` names another one (used by tests and by IT)."""
    override = os.environ.get("WARDBOOK_CONTENT")
    return Path(override) if override else bundle_folder() / CONTENT_NAME


def index_folder() -> Path:
    """Return the index that belongs to the content file."""
    if os.environ.get("WARDBOOK_CONTENT"):
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
