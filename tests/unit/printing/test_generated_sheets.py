"""Any checklist on any paper: no item is divided, no word is lost, no page is without its footer."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QGuiApplication

from benchmarks.paper_cases import faults_of
from desktop_app.checklists.sheet import make_sheet
from desktop_app.printing.criteria_pdf import check_pdf
from desktop_app.printing.document import Paper, PrintOptions
from desktop_app.printing.layout import lay_out
from desktop_app.printing.pdf import pdf_bytes
from desktop_app.printing.sheet_document import sheet_document
from tests.unit.printing.paper import EDITION, REFERENCES, TODAY, generated

SEEDS = 50


@pytest.mark.parametrize("paper", list(Paper))
@pytest.mark.parametrize("large", [False, True])
def test_generated_sheets_are_whole(application: QGuiApplication, paper: Paper, large: bool) -> None:
    """Fifty generated checklists are read back from their PDFs without a fault, on this paper and in this size."""
    options = PrintOptions(paper, large)
    for seed in range(SEEDS):
        sheet = make_sheet(generated(seed), REFERENCES, EDITION, TODAY)
        laid_out = lay_out(sheet_document(sheet), options)
        data = pdf_bytes(laid_out)
        assert faults_of(data, sheet) == []
        # Only the number of pages may fail: a checklist of a hundred items has more than one.
        assert {finding.criterion for finding in check_pdf(data, sheet, options)} <= {14}


def test_some_generated_sheets_need_more_than_a_page(application: QGuiApplication) -> None:
    """The generator reaches the hard case: sheets that go on, so that the test above says something about breaks."""
    counts = [
        len(lay_out(sheet_document(make_sheet(generated(seed), REFERENCES, EDITION, TODAY)), PrintOptions()).pages)
        for seed in range(SEEDS)
    ]
    assert min(counts) == 1
    assert max(counts) > 2
