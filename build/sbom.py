"""The bill of materials: what the frozen program is made of, in CycloneDX 1.6 JSON (cyclonedx.org/docs/1.6/json)."""

from __future__ import annotations

import hashlib
import json
import platform
import sqlite3
import sys
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib import metadata
from pathlib import Path
from typing import Any
from urllib.parse import quote

# Distributions whose files are in the bundle, with the licence each gives (SPDX expression); PyInstaller gives its starter.
SHIPPED = {
    "PySide6_Essentials": "LGPL-3.0-only",
    "shiboken6": "LGPL-3.0-only",
    "Whoosh-Reloaded": "BSD-2-Clause",
    "pyinstaller": "GPL-2.0-or-later WITH Bootloader-exception",
}
_NAMESPACE = uuid.UUID("5f7a4c0e-5a5f-4b39-9a0b-6c1f3c2b9d10")


@dataclass(frozen=True, slots=True)
class Component:
    """One part: name, version, SPDX licence expression, kind in CycloneDX words, and its SHA-256 where it is one file."""

    name: str
    version: str
    licence: str
    kind: str = "library"
    purl: str = ""
    sha256: str = ""
    properties: Mapping[str, str] = field(default_factory=dict)

    def as_values(self) -> dict[str, Any]:
        """Return the component as CycloneDX writes it."""
        # Several files come from one package: theirs are told apart by name.
        reference = f"{self.name}@{self.version}" if self.kind == "file" or not self.purl else self.purl
        values: dict[str, Any] = {"type": self.kind, "bom-ref": reference, "name": self.name}
        values["version"] = self.version
        if self.licence:
            values["licenses"] = [{"expression": self.licence}]
        if self.purl:
            values["purl"] = self.purl
        if self.sha256:
            values["hashes"] = [{"alg": "SHA-256", "content": self.sha256}]
        if self.properties:
            values["properties"] = [{"name": name, "value": value} for name, value in sorted(self.properties.items())]
        return values


def python_components() -> list[Component]:
    """Return Python, SQLite and the shipped distributions with the versions that are installed here."""
    found = [
        Component("python", platform.python_version(), "PSF-2.0", "platform"),
        Component("sqlite", sqlite3.sqlite_version, "blessing"),
    ]
    for name, licence in SHIPPED.items():
        version = metadata.version(name)
        found.append(Component(name, version, licence, purl=f"pkg:pypi/{name.lower().replace('_', '-')}@{version}"))
    qt = metadata.version("PySide6_Essentials")
    found.append(Component("qt", qt, "LGPL-3.0-only", "framework"))
    return found


def file_components(files: Sequence[tuple[str, str, str]]) -> list[Component]:
    """Return one component for each shared library of the system that was copied: (name, SHA-256, "package version" that owns it)."""
    return [
        Component(name, owner.partition(" ")[2], "", "file", _debian(owner), digest, {"wardbook:from": owner})
        for name, digest, owner in files
    ]


def _debian(owner: str) -> str:
    """Return the package address (purl) of "package version", empty where no package owns a file."""
    package, _, version = owner.partition(" ")
    if not version:
        return ""
    try:
        system = platform.freedesktop_os_release()["ID"]
    except (OSError, KeyError):
        system = "debian"
    return f"pkg:deb/{system}/{package}@{quote(version, safe='.-~')}"


def data_components(resources: Path) -> list[Component]:
    """Return the typeface and the general vocabulary: data of others that ships, with what it may be used under."""
    fonts = [
        Component(path.name, "", "OFL-1.1", "file", sha256=_sha256(path)) for path in sorted((resources / "fonts").glob("*.ttf"))
    ]
    vocabulary = resources / "search" / "general.bin"
    properties = {"wardbook:licences": "resources/LICENSES.md"}
    return [*fonts, Component(vocabulary.name, "", "", "data", sha256=_sha256(vocabulary), properties=properties)]


def _sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def write_sbom(target: Path, version: str, edition: str, moment: str, components: Sequence[Component]) -> None:
    """Write the bill of materials; the same parts give the same bytes (the serial number is made from them)."""
    parts = [component.as_values() for component in sorted(components, key=lambda c: (c.kind, c.name.lower()))]
    for part in parts:
        if not part["version"]:
            del part["version"]
    serial = uuid.uuid5(_NAMESPACE, json.dumps([version, edition, sys.platform, parts], sort_keys=True))
    value = {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{serial}",
        "version": 1,
        "metadata": {
            "timestamp": moment,
            "component": {
                "type": "application",
                "bom-ref": "wardbook",
                "name": "wardbook",
                "version": version,
                "licenses": [{"expression": "MIT"}],
                "properties": [{"name": "wardbook:content-edition", "value": edition}],
            },
        },
        "components": parts,
        "dependencies": [{"ref": "wardbook", "dependsOn": sorted(part["bom-ref"] for part in parts)}],
    }
    target.write_text(json.dumps(value, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")
