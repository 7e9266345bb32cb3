"""Reading the sources: every fault is reported at once, with its line."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from desktop_app.authoring.fault import SourceFaultsError
from desktop_app.authoring.lint import check_sources
from desktop_app.authoring.source import load_sources, read_sources
from desktop_app.authoring.yaml_file import read_yaml
from desktop_app.content.audience import Audience
from desktop_app.content.model import Flag, Place
from desktop_app.errors import ContentError
from tests.support import article, texts, write_sources

TODAY = date(2026, 11, 23)


def test_a_whole_edition_becomes_the_model(tmp_path: Path) -> None:
    """Every part of the sources arrives in the model."""
    library = load_sources(write_sources(tmp_path))
    assert [a.id for a in library.articles] == ["night-cramp", "quinine"]
    first = library.articles[0]
    assert first.question(Audience.PATIENT) == "Why do I get cramp at night?"
    assert first.sections[0].heading(Audience.STUDENT) == "Meaning"
    assert first.citations() == ("REV12", "GUIDE24")
    assert first.sections[0].statements[1].flags == (Flag.MUST_NOT_MISS,)
    assert library.checklists[0].references == ("GUIDE24",)
    assert library.references[1].address == "https://doi.org/10.1000/1"


def test_a_differential_line_has_cells_and_a_paragraph(tmp_path: Path) -> None:
    """The cells stay apart for the table and are joined for search and copies."""
    cells = {"points_to": "Cold leg", "points_away": "Warm leg", "first_tests": "Pulses"}
    line = {
        "id": "dd-leg",
        "diagnosis": {"name": "Blocked artery", "patient_name": "Blocked pipe", "place": "must-not-miss"},
        **{audience.value: cells for audience in Audience},
        "citations": ["GUIDE24"],
    }
    values = article(kind="presentation", sections=[{"id": "differential", "statements": [line]}])
    statement = load_sources(write_sources(tmp_path, [values, article("quinine")], [])).articles[0].sections[0].statements[0]
    assert statement.diagnosis is not None
    assert statement.diagnosis.place is Place.MUST_NOT_MISS
    assert statement.text(Audience.PATIENT) == "Blocked pipe. Fits: Cold leg. Does not fit: Warm leg. What happens next: Pulses."


def test_twenty_faults_in_one_file_are_twenty_reports(tmp_path: Path) -> None:
    """One run reports every fault of a file, each at its own line."""
    values = article()
    for number in range(8):
        values[f"stray_{number}"] = 1
    del values["title"]
    values["kind"] = "poem"
    statements = values["sections"][0]["statements"]
    del statements[0]["patient"]
    statements[0]["citations"] = []
    statements[1]["flags"] = ["urgent"]
    statements[1]["colour"] = "red"
    values["review"]["due"] = "soon"
    values["related"] = ["nowhere"]
    values["categories"] = ["attic"]
    values["sections"][1]["statements"][0]["citations"] = ["BLOG", "UNKNOWN"]
    values["summary"]["student"] = ""
    write_sources(tmp_path, [values, article("quinine")])
    faults = [fault for fault in check_sources(tmp_path, TODAY) if fault.file.endswith("night-cramp.yaml")]
    assert len(faults) == 20, "\n".join(map(str, faults))
    assert len({fault.line for fault in faults if fault.rule == "unknown-key"}) == 9
    assert all(fault.line > 1 for fault in faults if fault.rule == "unknown-key")


def test_faulty_sources_are_not_loaded(tmp_path: Path) -> None:
    """Loading names the faults and exits with 1 at the command line."""
    values = article()
    del values["summary"]
    with pytest.raises(SourceFaultsError) as caught:
        load_sources(write_sources(tmp_path, [values]))
    assert caught.value.exit_code == 1
    assert "“summary” is missing in “night-cramp”" in str(caught.value)


def test_no_folder_is_told_in_words(tmp_path: Path) -> None:
    """A folder that is not there is a sentence."""
    with pytest.raises(ContentError, match="no content sources"):
        read_sources(tmp_path / "nowhere")


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        (b"a: [1, 2", "yaml"),
        (b"a: 1\na: 2\n", "duplicate-key"),
        (b"a: &x [1]\nb: *x\n", "alias"),
        (b"\xff\xfe\x00", "encoding"),
        (b"a: " + b"[" * 40 + b"]" * 40, "too-deep"),
        (b"a: " + b"[" * 5000, "yaml"),
    ],
)
def test_broken_yaml_is_a_fault_with_a_line(tmp_path: Path, text: bytes, rule: str) -> None:
    """Nothing in a file raises: it is reported."""
    path = tmp_path / "x.yaml"
    path.write_bytes(text)
    found = read_yaml(path, "x.yaml").faults
    assert rule in {fault.rule for fault in found} or {fault.rule for fault in found} == {"too-deep"}
    assert all(fault.line >= 1 for fault in found)


def test_dates_stay_text_and_lines_are_known(tmp_path: Path) -> None:
    """A date is not turned into anything, and each value knows its line."""
    path = tmp_path / "x.yaml"
    path.write_text("a: 2026-11-22\nb:\n  - c: folded\n      text\n", "utf-8")
    file = read_yaml(path, "x.yaml")
    assert file.data == {"a": "2026-11-22", "b": [{"c": "folded text"}]}
    assert file.line(("b", 0, "c")) == 3
    assert file.line(("b", 9, "z")) == 2


def test_a_statement_shares_three_texts(tmp_path: Path) -> None:
    """The helper's texts reach the three audiences unchanged."""
    values = article(question=texts("C?", "S?", "P?"))
    library = load_sources(write_sources(tmp_path, [values], [], vocabulary=[]))
    assert [library.articles[0].question(a) for a in Audience] == ["C?", "S?", "P?"]
