"""``wardbook doctor``: the program examines itself and says what it found."""

from __future__ import annotations

import platform
import sqlite3
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from desktop_app import __version__, paths
from desktop_app.content.audience import Audience
from desktop_app.errors import EXIT_CONTENT, EXIT_NOTHING, EXIT_OK, ContentError, KnownError
from desktop_app.reading.places import Places
from desktop_app.reading.reader import Reader, open_reader
from desktop_app.search.query import SearchQuery

# What a ward would ask, with the article that must come first; the same questions for every edition that holds them.
KNOWN_QUESTIONS = (
    ("peripheral artery disease", "peripheral-artery-disease"),
    ("PAD", "peripheral-artery-disease"),
    ("statin", "statin-muscle-disease"),
    ("lipitor", "statin-muscle-disease"),
    ("baclofen", "baclofen"),
    ("baclofen pump", "intrathecal-baclofen"),
    ("leg cramps at night", "nocturnal-leg-cramps"),
    ("quinine", "quinine"),
    ("tetanus", "tetanus"),
    ("lockjaw", "tetanus"),
    ("rhabdomyolysis", "rhabdomyolysis"),
    ("rhabdomyolisis", "rhabdomyolysis"),
    ("cauda equina", "cauda-equina"),
    ("stiff person", "stiff-person-syndrome"),
    ("myositis on immunotherapy", "checkpoint-inhibitor-myositis"),
    ("polymyalgia", "polymyalgia-rheumatica"),
    ("vitamin D", "vitamin-deficiencies"),
    ("compartment syndrome", "acute-compartment-syndrome"),
    ("raynaud", "raynaud-phenomenon"),
    ("serotonin syndrome", "serotonin-toxicity"),
)
FIRST_HITS = 3
# Words that must stand side by side, with an article that holds them: another part of the search answers these.
KNOWN_PHRASES = (("muscle pain", "muscle-pain"), ("leg cramps", "nocturnal-leg-cramps"))

ICONS = ("wardbook.png", *(f"{name}-{tone}.png" for name in ("down", "tick", "up") for tone in ("dark", "light")))


@dataclass(frozen=True, slots=True)
class Check:
    """One thing that was looked at."""

    name: str
    ok: bool
    detail: str


@dataclass(frozen=True, slots=True)
class Report:
    """Everything that was looked at; ``exit_code`` is 3 where content or index is the fault, 1 for anything else."""

    checks: tuple[Check, ...]
    content_fault: bool = False

    @property
    def ok(self) -> bool:
        """Tell whether every check passed."""
        return all(check.ok for check in self.checks)

    @property
    def exit_code(self) -> int:
        """Return the exit code of the command."""
        if self.content_fault:
            return EXIT_CONTENT
        return EXIT_OK if self.ok else EXIT_NOTHING

    def as_values(self) -> dict[str, Any]:
        """Return the report as JSON values."""
        return {"ok": self.ok, "checks": [{"name": c.name, "ok": c.ok, "detail": c.detail} for c in self.checks]}

    def as_text(self) -> str:
        """Return the report as lines."""
        return "".join(f"{'ok  ' if c.ok else 'FAIL'} {c.name}: {c.detail}\n" for c in self.checks)


def examine(places: Places) -> Report:
    """Look at versions, content, index, fonts, 20 known questions and one PDF; never raises for what it finds."""
    checks = [_versions()]
    try:
        reader = open_reader(places)
        edition = reader.edition
    except ContentError as error:
        return Report((*checks, Check("content", False, str(error))), content_fault=True)
    counts = f"edition {edition.number} ({edition.short_hash}), {len(reader.heads)} articles, {len(reader.checklists)} checklists"
    checks.append(Check("content", True, counts))
    checks.append(Check("index", not reader.notice, reader.notice or "verified and opened"))
    looks = (
        ("questions", _questions),
        ("phrases", _phrases),
        ("vocabulary", _vocabulary),
        ("design", _design),
        ("fonts", _fonts),
        ("pdf", _pdf),
    )
    for name, look in looks:
        checks.append(_guarded(name, look, reader))
    return Report(tuple(checks), content_fault=bool(reader.notice))


def _guarded(name: str, look: Callable[[Reader], Check], reader: Reader) -> Check:
    try:
        return look(reader)
    except (KnownError, ImportError, OSError) as error:  # a missing system library is a finding, not a crash
        return Check(name, False, str(error))


def _versions() -> Check:
    from importlib.metadata import PackageNotFoundError, version

    found = [f"Wardbook {__version__}", f"Python {platform.python_version()}", f"SQLite {sqlite3.sqlite_version}"]
    for package in ("PySide6_Essentials", "Whoosh-Reloaded"):
        try:
            found.append(f"{package} {version(package)}")
        except PackageNotFoundError:
            found.append(f"{package} (bundled)")
    return Check("versions", sys.version_info >= (3, 11), ", ".join(found))


def _questions(reader: Reader) -> Check:
    missed = []
    for text, wanted in KNOWN_QUESTIONS:
        hits = reader.search(SearchQuery(text, Audience.CLINICIAN, FIRST_HITS)).hits
        if wanted not in {hit.article_id for hit in hits}:
            missed.append(text)
    total = len(KNOWN_QUESTIONS)
    detail = f"{total - len(missed)} of {total} known questions answered" + (f"; missed: {', '.join(missed)}" if missed else "")
    return Check("questions", not missed, detail)


def _phrases(reader: Reader) -> Check:
    missed = []
    for text, wanted in KNOWN_PHRASES:
        result = reader.search(SearchQuery(f"“{text}”", Audience.CLINICIAN))
        if result.tried or wanted not in {hit.article_id for hit in result.hits}:
            missed.append(text)
    return Check(
        "phrases", not missed, f"missed: {', '.join(missed)}" if missed else f"{len(KNOWN_PHRASES)} quoted phrases found"
    )


def _vocabulary(_: Reader) -> Check:
    from desktop_app.search.general_vocabulary import FILE_NAME, GeneralVocabulary

    known = len(GeneralVocabulary.read(paths.resources_folder() / "search" / FILE_NAME))
    return Check(
        "vocabulary", known > 0, f"{known} general meanings" if known else "the general vocabulary is missing or damaged"
    )


def _design(_: Reader) -> Check:
    from desktop_app.reading.style import Look, load_tokens
    from desktop_app.ui.theme import style_sheet

    rules = style_sheet(Look(load_tokens()))
    missing = [name for name in ICONS if not (paths.resources_folder() / "icons" / name).is_file()]
    return Check("design", not missing, f"missing: {', '.join(missing)}" if missing else f"{len(rules)} characters of style")


def _fonts(_: Reader) -> Check:
    found = sorted(path.name for path in paths.fonts_folder().glob("*.ttf"))
    return Check("fonts", len(found) >= 3, ", ".join(found) or "the bundled typeface is missing")


def _pdf(reader: Reader) -> Check:
    from desktop_app.checklists.sheet import make_sheet
    from desktop_app.printing.pdf import PrintOptions, create_application, write_sheet

    application = create_application()
    checklist = reader.checklists[0]
    sheet = make_sheet(checklist, reader.references, reader.edition, date.today())
    with tempfile.TemporaryDirectory(prefix="wardbook-doctor-") as folder:
        target = Path(folder) / "sheet.pdf"
        pages = write_sheet(sheet, target, PrintOptions())
        size = target.stat().st_size
    del application
    return Check("pdf", pages >= 1 and size > 1000, f"“{checklist.title}”: {pages} page, {size} bytes")
