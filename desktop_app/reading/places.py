"""Where the files of one edition are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one edition: content, index folder and the manifest that both are held against."""

    content: Path
    index: Path
    manifest: Path
