"""The sheets of this edition meet the standard on paper."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication

from desktop_app import paths
from desktop_app.authoring.source import load_sources
from desktop_app.checklists.criteria import check_checklist
from desktop_app.checklists.sheet import make_sheet
from desktop_app.checklists.standard import CRITERIA
from desktop_app.content.model import Library
from desktop_app.printing.coverage import uncovered
from desktop_app.printing.criteria_pdf import check_pdf
from desktop_app.printing.document import Paper, PrintOptions
from desktop_app.printing.layout import lay_out
from desktop_app.printing.pdf import pdf_bytes
from desktop_app.printing.sheet_document import sheet_document


@pytest.fixture(scope="module")
def library() -> Library:
    """Read the sources of the edition."""
    return load_sources(paths.sources_folder())


@pytest.mark.parametrize("large", [False, True])
@pytest.mark.parametrize("paper", list(Paper))
def test_every_sheet_passes_on_paper(application: QGuiApplication, library: Library, paper: Paper, large: bool) -> None:
    """Each checklist prints on one page in normal print, and no criterion on the page fails in either size."""
    references = {reference.id: reference for reference in library.references}
    assert library.checklists
    for checklist in library.checklists:
        sheet = make_sheet(checklist, references, library.edition, library.edition.date)
        options = PrintOptions(paper, large)
        assert check_pdf(pdf_bytes(lay_out(sheet_document(sheet), options)), sheet, options) == (), checklist.id


def test_no_sheet_breaks_a_criterion_the_program_is_sure_of(library: Library) -> None:
    """The sources of the checklists have no finding of the severity "error"."""
    errors = [(c.id, f) for c in library.checklists for f in check_checklist(c) if f.severity == "error"]
    assert errors == []


def test_the_typeface_covers_the_content() -> None:
    """Every character of every source file can be drawn on paper."""
    for file in sorted(paths.sources_folder().rglob("*.yaml")):
        assert uncovered(file.read_text("utf-8")) == set(), file.name


def test_the_published_standard_is_the_one_that_is_checked() -> None:
    """Each criterion stands in docs/checklist-standard.md with its kind and its way of checking."""
    text = Path(paths.bundle_folder() / "docs" / "checklist-standard.md").read_text("utf-8")
    for entry in CRITERIA:
        row = f"| {entry.number} | {entry.text} | {', '.join(entry.sources)} | {entry.kind} | {entry.on} | {entry.how} |"
        assert row in text, "run python -m benchmarks.paper_docs"
