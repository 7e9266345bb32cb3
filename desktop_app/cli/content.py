"""``wardbook content``: the editor's commands (source checkout only)."""

from __future__ import annotations

import argparse
import dataclasses
import json
import stat
import sys
from datetime import date
from pathlib import Path

from desktop_app import paths
from desktop_app.authoring.fault import Fault
from desktop_app.authoring.lint import check_sources
from desktop_app.errors import EXIT_NOTHING, EXIT_OK, UsageError


def run(options: argparse.Namespace) -> int:
    """Run ``content check`` or ``content build``."""
    return _check(options) if options.action == "check" else _build(options)


def _check(options: argparse.Namespace) -> int:
    root, only = _root(options.path)
    faults = [fault for fault in check_sources(root, date.today()) if only is None or fault.file == only]
    if options.json:
        sys.stdout.write(json.dumps([dataclasses.asdict(fault) for fault in faults], ensure_ascii=False, indent=2) + "\n")
    else:
        sys.stdout.writelines(f"{fault}\n" for fault in faults)
        sys.stderr.write(f"{_counted(faults)}\n")
    return EXIT_NOTHING if any(fault.severity == "error" for fault in faults) else EXIT_OK


def _counted(faults: list[Fault]) -> str:
    errors = sum(fault.severity == "error" for fault in faults)
    return f"{errors} error{'s' * (errors != 1)}, {len(faults) - errors} warning{'s' * (len(faults) - errors != 1)}"


def _root(path: Path | None) -> tuple[Path, str | None]:
    """Return the folder of sources that a path names or lies in, and the one file asked for."""
    if path is None:
        return paths.sources_folder(), None
    try:
        mode = path.stat().st_mode
    except (OSError, ValueError) as error:  # missing, not to be entered, a name that no file can have
        raise UsageError(f"There is no “{path}” that can be read.", "Name a folder of sources, or one file of it.") from error
    if stat.S_ISDIR(mode):
        return path, None
    for folder in path.resolve().parents:
        if (folder / "edition.yaml").is_file():
            return folder, path.resolve().relative_to(folder).as_posix()
    raise UsageError(f"“{path}” does not lie in a folder of sources.", "Such a folder holds edition.yaml.")


def _build(options: argparse.Namespace) -> int:
    from desktop_app.authoring.compiler import Targets, compile_content, targets_in  # heavy; a check needs none of it

    root, _ = _root(options.path)
    targets = (
        targets_in(options.out) if options.out else Targets(paths.content_file(), paths.index_folder(), paths.manifest_file())
    )
    made = compile_content(root, targets)
    state = "written" if made.changed else "unchanged"
    sys.stdout.write(
        f"{made.content}: {state}; {made.articles} articles, {made.statements} statements, {made.checklists} checklists, "
        f"content hash {made.content_hash[:12]}\n"
    )
    return EXIT_OK
