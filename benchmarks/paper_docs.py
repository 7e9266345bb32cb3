"""Makes what the documentation shows of paper: ``python -m benchmarks.paper_docs``.

Writes ``docs/checklist-standard.md`` (the criteria, how each is checked, and which pass for each sheet of the edition) and
the pictures of a sheet, a leaflet and pages of the binder in ``docs/pictures/``. Made from the sources, with the edition's
date as the day of printing, so that the same sources give the same files.
"""

from __future__ import annotations

import argparse
import dataclasses
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from desktop_app import paths
from desktop_app.authoring.source import load_sources
from desktop_app.checklists.criteria import Finding, check_checklist, seconds_to_read
from desktop_app.checklists.sheet import Sheet, make_sheet
from desktop_app.checklists.standard import CRITERIA, SOURCES, Criterion
from desktop_app.content.audience import Audience
from desktop_app.content.checklist import Checklist
from desktop_app.content.model import ArticleHead, Library
from desktop_app.content.readability import reading_grade
from desktop_app.content.reference import Reference
from desktop_app.printing.binder_document import binder_document
from desktop_app.printing.criteria_pdf import check_pdf
from desktop_app.printing.document import Document, Paper, PrintOptions
from desktop_app.printing.layout import lay_out
from desktop_app.printing.leaflet_document import leaflet_document
from desktop_app.printing.pdf import create_application, pdf_bytes
from desktop_app.printing.preview import page_image
from desktop_app.printing.sheet_document import sheet_document
from desktop_app.reading.binder import index_words
from desktop_app.reading.linker import Linker
from desktop_app.reading.renderer import Surroundings, render
from desktop_app.store.writer import content_hash

DOTS = 96.0
PASS, WARN, FAIL, OPEN, PERSON = "yes", "warns", "no", "open", "person"
SHOWN_SHEET, SHOWN_LEAFLET = "muscle-spasm-pitfalls", "muscle-cramp"

TAGGED = """\
## The PDF as a document

Every PDF carries its title, its language (`en-GB`), fixed dates (the day of printing), the embedded typeface with the letter
of each glyph, and a structure for screen readers: headings, paragraphs, lists of items, lines of contents. Lines, frames,
boxes to tick and repeated footers are marked as artefacts; the footer of the first page of each sheet is read aloud, since it
says how far the sheet may be trusted. Binders have bookmarks. Printing the same thing twice on one day gives the same bytes.

Qt writes none of this by itself. `printing/pdf_tags.py` adds it to what Qt wrote, with the standard library only: a PDF library
in the executable would have cost more start-up time than the whole print takes, and no tool outside it is needed.

What the tests hold against it: every text is inside marked content or an artefact, every mark has an owner in the tree of
structure, the order of the stream is the order of the source, and another reader (pypdf, strict) opens each file. What was not
done: the files were not put through a PDF/UA validator, so they do not claim PDF/UA in their metadata. They are tagged PDFs.
"""


@dataclass(frozen=True, slots=True)
class Judged:
    """A checklist with its sheet, its findings on source and pages, and its pages on A4 and Letter."""

    checklist: Checklist
    sheet: Sheet
    findings: tuple[Finding, ...]
    pages: Mapping[Paper, int]

    def verdict(self, criterion: Criterion) -> str:
        """Return one word for one criterion."""
        severities = {finding.severity for finding in self.findings if finding.criterion == criterion.number}
        for severity, word in (("error", FAIL), ("warning", WARN), ("sign-off", OPEN)):
            if severity in severities:
                return word
        return PERSON if criterion.on == "person" and criterion.number in (27, 40) else PASS


def judge(checklist: Checklist, sheet: Sheet) -> Judged:
    """Return the verdict of source and rendered pages on one checklist."""
    findings = list(check_checklist(checklist))
    pages: dict[Paper, int] = {}
    for paper in Paper:
        for large in (False, True):
            options = PrintOptions(paper, large)
            laid_out = lay_out(sheet_document(sheet), options)
            findings.extend(check_pdf(pdf_bytes(laid_out), sheet, options))
            if not large:
                pages[paper] = len(laid_out.pages)
    return Judged(checklist, sheet, tuple(dict.fromkeys(findings)), pages)


def standard_text(judged: Sequence[Judged]) -> str:
    """Return the whole of docs/checklist-standard.md."""
    lines = [
        "# The standard for printed checklists",
        "",
        "Made by `python -m benchmarks.paper_docs` from the rules in the code; do not edit by hand.",
        "",
        "Forty criteria from published work on checklists, in our own words. Kind **A**: the program tests it, and a sheet that",
        "fails is an error. Kind **S**: the program warns, a person decides. Kind **H**: only a person can say; until then it stays",
        "open, and the sheet prints that it was not trialled. “Source” is the text of the checklist (`wardbook content check`),",
        "“page” is the finished PDF on A4 and Letter, in normal and large print (`printing/criteria_pdf.py`).",
        "",
        "A checklist is an aid to memory. Published evidence that diagnostic checklists lower the number of errors is mixed (C16),",
        "and nobody has tried these sheets on a ward. Wardbook does not claim that they do.",
        "",
        "## The criteria",
        "",
        "| No. | Criterion | From | Kind | On | How it is checked here |",
        "|---|---|---|---|---|---|",
        *(f"| {c.number} | {c.text} | {', '.join(c.sources)} | {c.kind} | {c.on} | {c.how} |" for c in CRITERIA),
        "",
        "Sources: " + "; ".join(f"**{code}** {name}" for code, name in SOURCES.items()) + ".",
        "",
        *_table(judged),
        "",
        *_remarks(judged),
        "",
        TAGGED.rstrip(),
    ]
    return "\n".join(lines) + "\n"


def _table(judged: Sequence[Judged]) -> list[str]:
    heads = [str(number) for number in range(1, len(judged) + 1)]
    lines = ["## The sheets of this edition", "", "| No. | Sheet | Items | Seconds to read | Grade of items | A4 | Letter |"]
    lines.append("|---|---|---|---|---|---|---|")
    for number, one in enumerate(judged, 1):
        items = one.checklist.items()
        grade = reading_grade(item.text for item in items)
        seconds = seconds_to_read(one.checklist)
        pages = " | ".join(_pages(one, paper) for paper in Paper)
        lines.append(f"| {number} | {one.sheet.title} | {len(items)} | {seconds:.0f} | {grade:.1f} | {pages} |")
    lines += [
        "",
        f"`{PASS}` passes · `{WARN}` the program warns · `{FAIL}` fails · `{OPEN}` waits for a person's signature · "
        f"`{PERSON}` is for people only.",
        "",
    ]
    lines += ["| Criterion | " + " | ".join(heads) + " |", "|---" * (len(heads) + 1) + "|"]
    lines += [f"| {c.number} ({c.kind}) | " + " | ".join(one.verdict(c) for one in judged) + " |" for c in CRITERIA]
    return lines


def _pages(one: Judged, paper: Paper) -> str:
    count = one.pages[paper]
    return f"{count} page{'s' * (count != 1)}"


def _remarks(judged: Sequence[Judged]) -> list[str]:
    lines = ["## What the program warns about", ""]
    for one in judged:
        remarks = [finding for finding in one.findings if finding.severity != "sign-off"]
        lines += [f"- **{one.sheet.title}**: " + ("nothing." if not remarks else f"{len(remarks)} findings.")]
        lines += [f"  - {f.criterion}{f' `{f.item}`' if f.item else ''}: {f.message}" for f in remarks]
    return lines


def surroundings(library: Library) -> Surroundings:
    """Return what the renderer needs of the edition, from the sources."""
    heads = {a.id: ArticleHead(a.id, a.title, a.questions, a.kind, a.categories, a.review) for a in library.articles}
    linker = Linker(library.terms, ((head.id, head.title) for head in heads.values()))
    categories = {category.id: category for category in library.categories}
    return Surroundings(library.edition, categories, heads, library.checklists, {}, linker)


def picture(document: Document, page: int, target: Path) -> None:
    """Write one page of a document as a picture."""
    page_image(lay_out(document, PrintOptions(greyscale=True)), page, DOTS).save(str(target))


def make_pictures(library: Library, sheets: Sequence[Sheet], references: Mapping[str, Reference], folder: Path) -> list[str]:
    """Write the pictures of paper and return their names."""
    folder.mkdir(parents=True, exist_ok=True)
    day, edition = library.edition.date, library.edition
    around = surroundings(library)
    shown = next((sheet for sheet in sheets if sheet.id == SHOWN_SHEET), sheets[0])
    article = next((one for one in library.articles if one.id == SHOWN_LEAFLET), library.articles[0])
    page = render(article, Audience.PATIENT, references, around, day)
    words = index_words(library.checklists, {term.id: term for term in library.terms}, around.linker)
    binder = binder_document(sheets, edition, words, day)
    made = {"paper-sheet": (sheet_document(shown), 0), "paper-leaflet": (leaflet_document(page, edition, day), 0)}
    made |= {"paper-binder-cover": (binder, 0), "paper-binder-contents": (binder, 1), "paper-binder-index": (binder, 2)}
    for name, (document, number) in made.items():
        picture(document, number, folder / f"{name}.png")
    return [f"{name}.png" for name in made]


def main(arguments: Iterable[str] | None = None) -> int:
    """Write the documents; raises KnownError in words when the sources have faults."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--docs", type=Path, default=paths.bundle_folder() / "docs", help="the folder of the documentation")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    library = load_sources(paths.sources_folder())
    library = dataclasses.replace(library, edition=dataclasses.replace(library.edition, content_hash=content_hash(library)))
    references = {reference.id: reference for reference in library.references}
    application = create_application()
    sheets = [make_sheet(checklist, references, library.edition, library.edition.date) for checklist in library.checklists]
    judged = [judge(checklist, sheet) for checklist, sheet in zip(library.checklists, sheets, strict=True)]
    (options.docs / "checklist-standard.md").write_text(standard_text(judged), "utf-8")
    names = make_pictures(library, sheets, references, options.docs / "pictures")
    del application
    sys.stdout.write(f"checklist-standard.md for {len(judged)} sheets; {', '.join(names)}\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
