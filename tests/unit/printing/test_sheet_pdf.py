"""A sheet as PDF: whole, readable by a machine, the same every time, or not there at all."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from pypdf import PdfReader
from PySide6.QtGui import QGuiApplication

from desktop_app.errors import EXIT_WRITE, CannotWriteError
from desktop_app.printing.document import Paper, PrintOptions
from desktop_app.printing.layout import lay_out
from desktop_app.printing.pdf import pdf_bytes, save, write_sheet
from desktop_app.printing.sheet_document import sheet_document
from tests.unit.printing.paper import sheet, words_of

EVERY_WAY = [PrintOptions(paper, large) for paper in Paper for large in (False, True)]


@pytest.mark.parametrize("options", EVERY_WAY, ids=str)
def test_every_word_of_the_sheet_can_be_extracted(application: QGuiApplication, tmp_path: Path, options: PrintOptions) -> None:
    """What another program reads from the PDF holds every text of the sheet and its footer."""
    target = tmp_path / "sheet.pdf"
    pages = write_sheet(sheet(), target, options)
    found = words_of(target)
    assert pages == len(PdfReader(target).pages) == 1
    for text in (*sheet().texts(), *sheet().footer.text.splitlines(), "page 1 of 1"):
        assert text in found


def test_reading_order_is_the_order_of_the_source(application: QGuiApplication, tmp_path: Path) -> None:
    """The texts follow each other in the PDF's own stream as they do in the sheet."""
    target = tmp_path / "sheet.pdf"
    write_sheet(sheet(), target, PrintOptions())
    found = words_of(target, "-raw")
    places = [found.index(text) for text in sheet().texts()]
    assert places == sorted(places)


def test_letters_that_could_join_stay_letters(application: QGuiApplication, tmp_path: Path) -> None:
    """No ligature swallows letters: "soft", "office" and "first" come back whole, and a micro sign stays one."""
    target = tmp_path / "sheet.pdf"
    write_sheet(replace(sheet(), purpose="A soft office first affects 5 µg."), target, PrintOptions())
    assert "A soft office first affects 5 µg." in PdfReader(target).pages[0].extract_text().replace("\n", " ")


def test_the_same_sheet_gives_the_same_bytes(application: QGuiApplication) -> None:
    """Two prints of one day are equal, byte for byte; another day is another file."""
    laid_out = lay_out(sheet_document(sheet()), PrintOptions())
    assert pdf_bytes(laid_out) == pdf_bytes(laid_out)
    other = replace(sheet(), printed_on=sheet().printed_on.replace(day=23))
    assert pdf_bytes(lay_out(sheet_document(other), PrintOptions())) != pdf_bytes(laid_out)


def test_only_the_bundled_typeface_is_embedded(application: QGuiApplication, tmp_path: Path) -> None:
    """Every font of the PDF is a subset of Source Sans Pro with its letters named."""
    target = tmp_path / "sheet.pdf"
    write_sheet(sheet(), target, PrintOptions())
    page: Any = PdfReader(target).pages[0]
    fonts = page["/Resources"]["/Font"].values()
    names = {str(font.get_object()["/BaseFont"]) for font in fonts}
    assert {name.partition("+")[2] for name in names} == {"SourceSansPro-Regular", "SourceSansPro-Bold"}
    assert all("/ToUnicode" in font.get_object() for font in fonts)


def test_a_folder_that_does_not_exist_is_told_in_words(application: QGuiApplication, tmp_path: Path) -> None:
    """A path that cannot be written raises the error for exit code 4 and leaves nothing behind."""
    with pytest.raises(CannotWriteError) as fault:
        write_sheet(sheet(), tmp_path / "missing" / "sheet.pdf", PrintOptions())
    assert fault.value.exit_code == EXIT_WRITE
    assert list(tmp_path.iterdir()) == []


def test_a_failed_write_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the last step fails, the file that was there before is untouched and no part of the new one stays."""
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"old")

    def refuse(source: str, goal: Path) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(os, "replace", refuse)
    with pytest.raises(CannotWriteError, match="Permission denied"):
        save(b"new", target)
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]
    assert target.read_bytes() == b"old"


def test_a_folder_in_place_of_the_file_is_told_in_words(tmp_path: Path) -> None:
    """A target that is a folder raises the error for exit code 4."""
    (tmp_path / "sheet.pdf").mkdir()
    with pytest.raises(CannotWriteError):
        save(b"new", tmp_path / "sheet.pdf")
    assert [path.name for path in tmp_path.iterdir()] == ["sheet.pdf"]


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no named pipes")
def test_a_pipe_or_device_is_never_replaced(tmp_path: Path) -> None:
    """Whoever names a device as the file, even as an administrator, still has the device afterwards."""
    target = tmp_path / "pipe"
    os.mkfifo(target)
    with pytest.raises(CannotWriteError, match="not an ordinary file"):
        save(b"new", target)
    assert target.is_fifo()
    assert [path.name for path in tmp_path.iterdir()] == ["pipe"]


def test_a_read_only_file_is_left_as_it_is(tmp_path: Path) -> None:
    """A file that somebody protected is not replaced by moving another one onto it."""
    target = tmp_path / "sheet.pdf"
    target.write_bytes(b"old")
    target.chmod(0o444)
    with pytest.raises(CannotWriteError, match="read-only"):
        save(b"new", target)
    assert target.read_bytes() == b"old"
    target.chmod(0o644)


@pytest.mark.skipif(os.name == "nt", reason="links need a right that users of Windows do not have")
def test_a_link_is_followed(tmp_path: Path) -> None:
    """The file that a link names is written, and the link stays; one that leads to itself is told in words."""
    (tmp_path / "real.pdf").write_bytes(b"old")
    (tmp_path / "link.pdf").symlink_to("real.pdf")
    (tmp_path / "loop.pdf").symlink_to("loop.pdf")
    save(b"new", tmp_path / "link.pdf")
    assert (tmp_path / "link.pdf").is_symlink()
    assert (tmp_path / "real.pdf").read_bytes() == b"new"
    with pytest.raises(CannotWriteError):
        save(b"new", tmp_path / "loop.pdf")
    assert (tmp_path / "loop.pdf").is_symlink()


@pytest.mark.parametrize("name", ["", ".", "n" * 300 + ".pdf", "a\0b.pdf"])
def test_a_name_no_file_can_have_is_told_in_words(tmp_path: Path, name: str) -> None:
    """No name, a folder's, one of 300 letters, one with a zero byte: the error for exit code 4, and nothing left."""
    with pytest.raises(CannotWriteError):
        save(b"new", tmp_path / name)
    assert list(tmp_path.iterdir()) == []


def test_a_letter_the_typeface_lacks_is_refused(application: QGuiApplication, tmp_path: Path) -> None:
    """A character without a drawing stops the print instead of leaving a hole in the text."""
    with pytest.raises(ValueError, match=r"U\+2194"):
        write_sheet(replace(sheet(), purpose="A \u2194 B"), tmp_path / "sheet.pdf", PrintOptions())
    assert list(tmp_path.iterdir()) == []
