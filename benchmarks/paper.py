"""Paper under load: ``python -m benchmarks.paper [--count 1000] [--json]``.

Prints generated checklists on A4 and Letter in both sizes, reads every PDF back and counts divided items, lost texts and
pages without footer; all must be 0. Then takes the time of one sheet (as in the window), of the binder, and of the cold
command, on the edition's own checklists.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from benchmarks.paper_cases import EDITION, REFERENCES, TODAY, faults_of, generated
from desktop_app import paths
from desktop_app.authoring.source import load_sources
from desktop_app.checklists.sheet import Sheet, make_sheet
from desktop_app.errors import KnownError
from desktop_app.printing.document import Paper, PrintOptions
from desktop_app.printing.layout import lay_out
from desktop_app.printing.pdf import create_application, pdf_bytes, write_binder
from desktop_app.printing.sheet_document import sheet_document

ROUNDS = 5


def check_generated(count: int) -> dict[str, int]:
    """Return how many sheets and pages were made of ``count`` checklists, and how many faults they have."""
    found = {"checklists": count, "sheets": 0, "pages": 0, "divided_or_lost": 0, "without_footer": 0, "other": 0}
    for seed in range(count):
        sheet = make_sheet(generated(seed), REFERENCES, EDITION, TODAY)
        for options in (PrintOptions(paper, large) for paper in Paper for large in (False, True)):
            laid_out = lay_out(sheet_document(sheet), options)
            found["sheets"] += 1
            found["pages"] += len(laid_out.pages)
            for fault in faults_of(pdf_bytes(laid_out), sheet):
                kind = "without_footer" if "without “" in fault else "divided_or_lost" if "lost" in fault else "other"
                found[kind] += 1
                sys.stderr.write(f"checklist {seed}, {options}: {fault}\n")
    return found


def median_ms(work: Callable[[], Any]) -> float:
    """Return the median time of some rounds in milliseconds."""
    times = []
    for _ in range(ROUNDS):
        start = time.perf_counter()
        work()
        times.append((time.perf_counter() - start) * 1000)
    return round(statistics.median(times), 1)


def own_sheets() -> list[Sheet]:
    """Return the sheets of the edition's sources; raises KnownError when they have faults."""
    library = load_sources(paths.sources_folder())
    references = {reference.id: reference for reference in library.references}
    return [make_sheet(checklist, references, library.edition, library.edition.date) for checklist in library.checklists]


def time_own(folder: Path) -> dict[str, float]:
    """Return the times of one sheet in the window, of the binder, and of the cold command where content is compiled."""
    sheets = own_sheets()
    words = [(word, tuple(sheet.id for sheet in sheets)) for word in ("cramp", "statin", "weakness")]
    times = {
        "sheet_in_window_ms": median_ms(lambda: pdf_bytes(lay_out(sheet_document(sheets[0]), PrintOptions()))),
        "binder_ms": median_ms(lambda: write_binder(sheets, EDITION, words, folder / "binder.pdf", PrintOptions(), TODAY)),
    }
    if paths.content_file().is_file():
        command = [sys.executable, "-m", "desktop_app", "sheet", sheets[0].id, "--pdf", str(folder / "sheet.pdf")]
        times["sheet_cold_command_ms"] = median_ms(lambda: subprocess.run(command, check=True, capture_output=True))
    return times


def main() -> int:
    """Run everything, print the figures, and return 1 when a sheet has a fault."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--count", type=int, default=1000, help="how many checklists are generated")
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    options = parser.parse_args()
    application = create_application()
    figures: dict[str, Any] = dict(check_generated(options.count))
    with tempfile.TemporaryDirectory() as name:
        try:
            figures.update(time_own(Path(name)))
        except KnownError as error:
            sys.stderr.write(f"no times of the edition's own sheets: {error}\n")
    del application
    lines = [f"{key:>22}  {value}" for key, value in figures.items()]
    sys.stdout.write((json.dumps(figures) if options.json else "\n".join(lines)) + "\n")
    return 1 if figures["divided_or_lost"] + figures["without_footer"] + figures["other"] else 0


if __name__ == "__main__":
    sys.exit(main())
