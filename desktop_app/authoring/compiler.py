"""Sources become ``content.db``, the index and the manifest that both are held against."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from desktop_app import paths
from desktop_app.authoring.fault import SourceFaultsError
from desktop_app.authoring.source import library_of, read_sources
from desktop_app.authoring.structure import Known, structure_faults
from desktop_app.errors import CannotWriteError
from desktop_app.search.index import build_index, index_files
from desktop_app.store.manifest import write_manifest
from desktop_app.store.writer import content_hash, write_content

ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Compiled:
    """What a compile made."""

    content: Path
    content_hash: str
    changed: bool
    articles: int
    statements: int
    checklists: int


@dataclass(frozen=True, slots=True)
class Targets:
    """Where content, index and manifest go."""

    content: Path
    index: Path
    manifest: Path


def targets_in(folder: Path) -> Targets:
    """Return the targets of ``content build --out FOLDER``."""
    return Targets(folder / paths.CONTENT_NAME, folder / paths.INDEX_NAME, folder / paths.MANIFEST_NAME)


def compile_content(root: Path, targets: Targets) -> Compiled:
    """Compile the sources below ``root``; the same sources give the same content hash.

    Content that says the same is left untouched on disk. Raises ContentError where there are no sources, SourceFaultsError
    for sources that cannot be compiled, CannotWriteError where a target cannot be written. Content and index are made
    aside and then moved into place: what fails before has changed nothing, and two builds at once do not meet.
    """
    sources = read_sources(root)
    faults = sorted(set(structure_faults(sources, Known(sources))))
    if faults:
        raise SourceFaultsError(faults)
    library = library_of(sources)
    digest = content_hash(library)
    try:
        targets.index.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(prefix=".wardbook-build-", dir=targets.index.parent) as work:
            index = Path(work) / targets.index.name
            build_index(library.articles, library.terms, library.categories, index, digest)
            changed = write_content(library, targets.content)
            _put_in_place(index, targets.index)
    except OSError as error:
        raise CannotWriteError(
            f"“{targets.index.parent}” cannot be written: {error.strerror or error}.", "Choose another folder with --out."
        ) from error
    files = {targets.content.name: targets.content}
    files |= {f"{targets.index.name}/{path.relative_to(targets.index).as_posix()}": path for path in index_files(targets.index)}
    write_manifest(files, targets.manifest, digest)
    return Compiled(
        content=targets.content,
        content_hash=digest,
        changed=changed,
        articles=len(library.articles),
        statements=sum(1 for article in library.articles for _ in article.statements()),
        checklists=len(library.checklists),
    )


def _put_in_place(fresh: Path, target: Path) -> None:
    """Move a folder to its place; the one that was there goes aside, into the folder that ``fresh`` comes from.

    Another build may do the same at the same moment: then it is tried again.
    """
    for attempt in range(ATTEMPTS):
        with suppress(FileNotFoundError):
            os.replace(target, fresh.with_name(f"old-{attempt}"))
        try:
            os.replace(fresh, target)
        except OSError:
            if attempt == ATTEMPTS - 1 or not fresh.exists():
                raise
        else:
            return
