"""The command line as other programs rely on it: names, JSON keys, exit codes, nothing half-written."""

from __future__ import annotations

import json
import os
import stat
from pathlib import Path

import pytest

from desktop_app.cli.main import run
from tests.support import article, write_sources

Captured = pytest.CaptureFixture[str]
# Paper is measured with a Qt application; made here first it would be of the wrong kind for the tests of the window.
pytestmark = pytest.mark.usefixtures("qapp")


def values(captured: Captured, *arguments: str, code: int = 0):  # type: ignore[no-untyped-def]
    """Run a command and return its JSON document."""
    assert run(arguments) == code
    return json.loads(captured.readouterr().out)


def test_articles_are_listed(capsys: Captured) -> None:
    """Each entry has the promised keys; kind and category choose among them."""
    found = values(capsys, "articles", "--json")
    assert [set(entry) for entry in found] == [
        {"id", "title", "question", "kind", "categories", "review_state", "last_reviewed", "review_due"}
    ] * 2
    assert [entry["id"] for entry in values(capsys, "articles", "--kind", "drug", "--json")] == ["quinine"]
    assert len(values(capsys, "articles", "--category", "cramps", "--json")) == 2
    assert values(capsys, "articles", "--kind", "test", "--json", code=1) == []
    assert run(["articles", "--category", "attic"]) == 2


@pytest.mark.parametrize("audience", ["clinician", "student", "patient"])
def test_an_article_is_shown_for_each_audience(capsys: Captured, audience: str) -> None:
    """JSON has the promised keys at every level, with every statement in its section."""
    page = values(capsys, "show", "night-cramp", "--audience", audience, "--format", "json")
    assert {"id", "title", "question", "kind", "audience", "review_state", "summary", "sections", "references"} <= set(page)
    assert page["audience"] == audience
    assert {"id", "heading", "statements"} <= set(page["sections"][0])
    statements = [statement for section in page["sections"] for statement in section["statements"]]
    assert [statement["id"] for statement in statements] == ["what-it-is", "cold-leg", "quinine-doubt"]
    assert {"id", "text", "citations", "flags", "note", "review_state"} <= set(statements[0])
    assert {"id", "type", "title", "source", "year", "url", "confirmed"} <= set(page["references"][0])


@pytest.mark.parametrize("form", ["text", "html"])
def test_an_article_is_shown_as_text_and_html(capsys: Captured, form: str) -> None:
    """Both forms say the question and the review state."""
    assert run(["show", "night-cramp", "--format", form]) == 0
    out = capsys.readouterr().out
    assert "Is it night cramp?" in out
    assert "Not yet approved" in out


def test_a_search_gives_what_the_panel_shows(capsys: Captured) -> None:
    """Query, interpretation, total, time and hits with the promised keys; a brand is understood."""
    found = values(capsys, "search", "Qualaquin", "--json")
    assert {"query", "interpretation", "total", "took_ms", "hits"} <= set(found)
    assert {"typed", "understood", "why"} == set(found["interpretation"][0])
    assert found["interpretation"][0]["why"] == "brand"
    hit = found["hits"][0]
    assert {"rank", "article_id", "article_title", "kind", "section_id", "statement_id", "snippet", "score"} <= set(hit)
    assert (hit["rank"], hit["article_id"]) == (1, "quinine")
    assert len(values(capsys, "search", "cramp", "--limit", "1", "--json")["hits"]) == 1


def test_nothing_found_is_exit_code_1_and_a_sentence(capsys: Captured) -> None:
    """An empty result says what was tried."""
    assert run(["search", "xyzzyqqq"]) == 1
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("text", ["", " ", "\x00\x01", "a" * 100_000, "NOT NOT NOT", '"', "[a TO ", "\ud800", "mg/kg", "<b>"])
def test_any_text_is_a_query(capsys: Captured, text: str) -> None:
    """No text raises; the document is JSON."""
    assert run(["search", text, "--json"]) in (0, 1)
    json.loads(capsys.readouterr().out)


def test_effects_never_say_no(capsys: Captured) -> None:
    """An empty index says that there is no statement."""
    assert values(capsys, "effects", "--drug", "quinine", "--json")[0]["relation"] == "treats"
    assert run(["effects", "--finding", "night-cramp"]) == 1
    assert "No statement in this edition" in capsys.readouterr().out
    assert run(["effects", "--drug", "nothing"]) == 2


def test_sheets_are_listed_and_printed(capsys: Captured, tmp_path: Path) -> None:
    """The list has the promised keys; a sheet, a leaflet, an article and the binder are PDFs."""
    assert set(values(capsys, "sheets", "--json")[0]) == {"id", "title", "articles", "items", "review_state"}
    for number, command in enumerate(
        (["sheet", "cramp-pitfalls"], ["leaflet", "night-cramp"], ["print", "night-cramp", "--section", "meaning"], ["binder"])
    ):
        for options in ([], ["--paper", "letter", "--large-print"]):
            target = tmp_path / f"{number}{len(options)}.pdf"
            assert run([*command, "--pdf", str(target), *options]) == 0
            assert target.read_bytes().startswith(b"%PDF")
    capsys.readouterr()
    assert run(["print", "night-cramp", "--section", "nothing", "--pdf", str(tmp_path / "x.pdf")]) == 2
    assert run(["binder", "--category", "nothing", "--pdf", str(tmp_path / "x.pdf")]) == 1


def test_a_pdf_that_cannot_be_written_is_exit_code_4(capsys: Captured, tmp_path: Path) -> None:
    """A missing folder is a sentence, and nothing half-written is left."""
    assert run(["sheet", "cramp-pitfalls", "--pdf", str(tmp_path / "nowhere" / "x.pdf")]) == 4
    assert "cannot be written" in capsys.readouterr().err
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("arguments", "code"),
    [(["show", "nothing"], 1), (["sheet", "nothing", "--pdf", "x.pdf"], 1), (["leaflet", "nothing", "--pdf", "x.pdf"], 1)],
)
def test_an_unknown_name_is_exit_code_1(capsys: Captured, arguments: list[str], code: int) -> None:
    """A name that does not exist is a sentence."""
    assert run(arguments) == code
    assert "There is no" in capsys.readouterr().err


@pytest.mark.parametrize(
    "arguments",
    [["nonsense"], ["show"], ["search", "x", "--limit", "0"], ["show", "x", "--audience", "cat"], ["sheet", "x"], ["content"]],
)
def test_wrong_usage_is_exit_code_2(capsys: Captured, arguments: list[str]) -> None:
    """What does not fit is told in one sentence on standard error."""
    with pytest.raises(SystemExit) as caught:
        run(arguments)
    assert caught.value.code == 2
    captured = capsys.readouterr()
    assert captured.err.startswith("wardbook: ")
    assert captured.out == ""


@pytest.mark.parametrize("damage", ["missing", "empty", "foreign", "flipped", "newer"])
def test_unusable_content_is_exit_code_3(
    capsys: Captured, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    """Missing, empty, foreign, damaged or too new content is a sentence with what to do."""
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(edition, copy)
    content = copy / "content.db"
    data = content.read_bytes()
    changed = {
        "empty": b"",
        "foreign": b"hello",
        "flipped": data[:5000] + bytes([data[5000] ^ 1]) + data[5001:],
        "newer": data[:60] + b"\0\0\0\x63" + data[64:],
    }
    if damage == "missing":
        content.unlink()
    else:
        content.write_bytes(changed[damage])
    monkeypatch.setenv("WARDBOOK_CONTENT", str(content))
    for arguments in (["articles"], ["search", "x"], ["show", "night-cramp"], ["doctor", "--json"]):
        assert run(arguments) == 3
    captured = capsys.readouterr()
    assert "wardbook: " in captured.err


def test_a_damaged_index_is_told_and_search_goes_on(
    capsys: Captured, edition: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The notice goes to standard error; the answer is right all the same."""
    import shutil

    copy = tmp_path / "copy"
    shutil.copytree(edition, copy)
    for path in (copy / "index").iterdir():
        path.write_bytes(b"")
    monkeypatch.setenv("WARDBOOK_CONTENT", str(copy / "content.db"))
    assert run(["search", "quinine", "--json"]) == 0
    captured = capsys.readouterr()
    assert json.loads(captured.out)["hits"][0]["article_id"] == "quinine"
    assert "rebuilt in memory" in captured.err
    assert values(capsys, "doctor", "--json", code=3)["ok"] is False


@pytest.mark.in_process  # the executable has no content tools
def test_content_is_checked_and_built(capsys: Captured, edition: Path, tmp_path: Path) -> None:
    """Check reports faults as file:line: rule: message and as JSON; build compiles into a folder; faults stop it."""
    assert run(["content", "check", str(edition / "sources")]) == 0
    assert capsys.readouterr().out == ""
    broken = write_sources(tmp_path / "broken", [article(stray=1, related=["nowhere"]), article("quinine", kind="drug")])
    assert run(["content", "check", str(broken)]) == 1
    assert "articles/cramps/night-cramp.yaml:" in capsys.readouterr().out
    faults = values(capsys, "content", "check", str(broken / "articles/cramps/night-cramp.yaml"), "--json", code=1)
    assert {"file", "line", "rule", "severity", "message"} == set(faults[0])
    assert {fault["rule"] for fault in faults} == {"unknown-key", "dead-link"}
    assert run(["content", "build", str(broken), "--out", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out").exists()
    assert run(["content", "build", str(edition / "sources"), "--out", str(tmp_path / "out")]) == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["content.db", "index", "manifest.json"]
    assert run(["content", "check", str(tmp_path / "nowhere")]) == 2
    capsys.readouterr()
    assert run(["content", "check", str(tmp_path / "out")]) == 3
    assert capsys.readouterr().err.startswith("wardbook: There are no content sources at ")


def test_the_version_names_program_and_edition(capsys: Captured) -> None:
    """Both versions stand in one line."""
    with pytest.raises(SystemExit) as caught:
        run(["--version"])
    assert caught.value.code == 0
    assert "content edition 7" in capsys.readouterr().out


@pytest.mark.skipif(
    os.name == "nt" or not hasattr(os, "geteuid") or os.geteuid() == 0, reason="an administrator may write everywhere"
)
def test_a_read_only_folder_is_enough(capsys: Captured, edition: Path) -> None:
    """Every reading command works where nothing may be written."""
    edition.chmod(stat.S_IRUSR | stat.S_IXUSR)
    try:
        assert run(["search", "cramp"]) == 0
    finally:
        edition.chmod(stat.S_IRWXU)
