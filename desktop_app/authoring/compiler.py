"""Sources become ``content.db``, the index and the manifest that both are held against."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from desktop_app import paths
from desktop_app.authoring.fault import SourceFaultsError
from desktop_app.authoring.lint import STRUCTURAL, check
from desktop_app.authoring.source import library_of, read_sources
from desktop_app.search.index import build_index, index_files
from desktop_app.store.manifest import write_manifest
from desktop_app.store.writer import content_hash, write_content


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


def compile_content(root: Path, targets: Targets, today: date) -> Compiled:
    """Compile the sources below ``root``; raises SourceFaultsError or CannotWriteError and then changes nothing.

    The same sources give the same content hash; content that says the same is left untouched on disk.
    """
    sources = read_sources(root)
    faults = [fault for fault in check(sources, today) if fault.rule in STRUCTURAL]
    if faults:
        raise SourceFaultsError(faults)
    library = library_of(sources)
    digest = content_hash(library)
    changed = write_content(library, targets.content)
    build_index(library.articles, library.terms, library.categories, targets.index, digest)
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
