"""Sources as they lie on disk: every file read, held against its schema, and turned into the model.

``read_sources`` never stops at the first fault: it gives all files with all their faults, so that one run of the check
reports everything. ``load_sources`` gives the model and refuses sources with faults.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import jsonschema

from desktop_app import paths
from desktop_app.authoring.build_model import build_library
from desktop_app.authoring.fault import Fault, SourceFaultsError
from desktop_app.authoring.raw import mapping, sequence
from desktop_app.authoring.yaml_file import PathKey, YamlFile, read_yaml
from desktop_app.content.model import Library
from desktop_app.errors import ContentError

SINGLE_FILES = ("edition", "categories", "sections", "references")


@dataclass(slots=True)
class Sources:
    """All source files: the four single ones by name, the rest as lists."""

    root: Path
    single: dict[str, YamlFile] = field(default_factory=dict)
    vocabulary: list[YamlFile] = field(default_factory=list)
    articles: list[YamlFile] = field(default_factory=list)
    checklists: list[YamlFile] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)

    def files(self) -> Iterator[tuple[str, YamlFile]]:
        """Yield the schema name and the file of every source."""
        for name, file in self.single.items():
            yield name, file
        for kind, group in (("vocabulary", self.vocabulary), ("article", self.articles), ("checklist", self.checklists)):
            for file in group:
                yield kind, file


def read_sources(root: Path) -> Sources:
    """Read every source below ``root`` and hold it against its schema; raises ContentError where there is nothing to read."""
    if not any(os.access(root / f"{name}.yaml", os.F_OK) for name in SINGLE_FILES):
        raise ContentError(f"There are no content sources at “{root}”.", "Name the folder that holds edition.yaml.")
    sources = Sources(root)
    for name in SINGLE_FILES:
        sources.single[name] = read_yaml(root / f"{name}.yaml", f"{name}.yaml")
    sources.vocabulary = list(_folder(sources, "vocabulary"))
    sources.articles = list(_folder(sources, "articles", deep=True))
    sources.checklists = list(_folder(sources, "checklists"))
    validators = _validators()
    for kind, file in sources.files():
        sources.faults += file.faults
        if not any(fault.rule in ("yaml", "unreadable", "encoding", "too-large") for fault in file.faults):
            sources.faults += _schema_faults(validators[kind], file)
    return sources


def library_of(sources: Sources) -> Library:
    """Return the model of sources without faults."""
    return build_library(sources.single, sources.vocabulary, sources.articles, sources.checklists)


def load_sources(root: Path) -> Library:
    """Return the model of the sources below ``root``; raises SourceFaultsError when their schema refuses them."""
    sources = read_sources(root)
    if sources.faults:
        raise SourceFaultsError(sorted(sources.faults))
    return library_of(sources)


def _folder(sources: Sources, folder: str, *, deep: bool = False) -> Iterator[YamlFile]:
    """Yield the sources of a folder by path; one that may not be entered is a fault, not an empty one.

    Names that begin with a dot are not sources: editors and file systems leave such files.
    """

    def cannot_enter(error: OSError) -> None:
        if not isinstance(error, FileNotFoundError):
            name = Path(error.filename).relative_to(sources.root).as_posix()
            sources.faults.append(Fault(name, 1, "unreadable", "error", f"The folder cannot be read: {error.strerror}."))

    found: list[Path] = []
    for place, folders, names in os.walk(sources.root / folder, onerror=cannot_enter):
        found += [Path(place) / name for name in [*names, *folders] if name.endswith(".yaml") and not name.startswith(".")]
        if not deep:
            break
    for path in sorted(found):
        yield read_yaml(path, path.relative_to(sources.root).as_posix())


def _validators() -> dict[str, jsonschema.Draft202012Validator]:
    folder = paths.resources_folder() / "schema"
    return {
        path.name.removesuffix(".schema.json"): jsonschema.Draft202012Validator(
            json.loads(path.read_text("utf-8")), format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER
        )
        for path in sorted(folder.glob("*.schema.json"))
    }


def _schema_faults(validator: jsonschema.Draft202012Validator, file: YamlFile) -> Iterator[Fault]:
    """Yield one fault for each thing the schema refuses; each unknown key is a fault of its own."""
    for error in validator.iter_errors(file.data):
        yield from _faults_of(error, file)


def _faults_of(error: jsonschema.ValidationError, file: YamlFile) -> Iterator[Fault]:
    if error.validator in ("if", "then", "else") and error.context:
        for inner in error.context:
            yield from _faults_of(inner, file)
        return
    path: PathKey = tuple(error.absolute_path)
    if error.validator == "additionalProperties" and isinstance(error.instance, dict):
        known = mapping(mapping(error.schema).get("properties"))
        for key in error.instance:
            if key not in known:
                yield file.fault((*path, key), "unknown-key", f"“{key}” is not a key of this place.")
    elif error.validator == "required":
        yield file.fault(path, "missing", _missing(error))
    else:
        yield file.fault(path, "schema", _in_words(error, path))


def _missing(error: jsonschema.ValidationError) -> str:
    missing = error.message.split("'")[1]
    instance: Any = error.instance
    name = instance.get("id") if isinstance(instance, dict) else None
    return f"“{missing}” is missing" + (f" in “{name}”." if isinstance(name, str) else ".")


def _in_words(error: jsonschema.ValidationError, path: PathKey) -> str:
    where = next((str(part) for part in reversed(path) if isinstance(part, str)), "file")
    if error.validator == "minLength" or (error.validator == "type" and error.instance is None):
        return f"“{where}” is empty."
    if error.validator == "maxLength":
        return f"“{where}” is longer than {error.validator_value} characters."
    if error.validator == "enum":
        return f"“{where}” must be one of: {', '.join(map(str, sequence(error.validator_value)))}."
    if error.validator == "format":
        return f"“{where}” must be a day such as 2026-11-22."
    if error.validator in ("minItems", "maxItems"):
        bound = "at least" if error.validator == "minItems" else "at most"
        return f"“{where}” needs {bound} {error.validator_value}."
    return f"“{where}”: {error.message[:160]}"
