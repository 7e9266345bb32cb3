"""Where the files of one edition are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from desktop_app import paths


@dataclass(frozen=True, slots=True)
class Places:
    """The files of one edition: content, index folder and the manifest that both are held against.

    ``own`` says that they came with the program; whoever may set a variable can put files elsewhere, with a manifest to fit.
    """

    content: Path
    index: Path
    manifest: Path
    own: bool = True

    @classmethod
    def of_program(cls) -> Places:
        """Return the edition that the program opens: its own, or the one that ``WARDBOOK_CONTENT`` names."""
        return cls(paths.content_file(), paths.index_folder(), paths.manifest_file(), paths.content_elsewhere() is None)
