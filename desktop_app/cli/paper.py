"""``sheet``, ``leaflet``, ``print`` and ``binder``: the commands that write a PDF."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from datetime import date

from desktop_app.checklists.sheet import Sheet, make_sheet
from desktop_app.content.audience import Audience
from desktop_app.content.checklist import Checklist
from desktop_app.errors import EXIT_OK, NotFoundError, UsageError
from desktop_app.printing import pdf
from desktop_app.reading.binder import index_words
from desktop_app.reading.reader import Reader


def sheet(reader: Reader, options: argparse.Namespace) -> int:
    """Write one checklist."""
    checklist = reader.store.checklist(options.checklist)
    application = pdf.create_application()
    pages = pdf.write_sheet(_sheet(reader, checklist), options.pdf, _print_options(options))
    del application
    return _told(options, pages)


def leaflet(reader: Reader, options: argparse.Namespace) -> int:
    """Write the patient text of an article for handing out."""
    today = date.today()
    page = reader.page(options.article, Audience.PATIENT, today)
    application = pdf.create_application()
    pages = pdf.write_leaflet(page, reader.edition, options.pdf, _print_options(options), today)
    del application
    return _told(options, pages)


def article(reader: Reader, options: argparse.Namespace) -> int:
    """Write an article, or chosen sections of it, for one audience."""
    today = date.today()
    page = reader.page(options.article, Audience(options.audience), today)
    sections = frozenset(options.section) or None
    if sections is not None and (unknown := sections - {section.id for section in page.sections}):
        raise UsageError(
            f"The article has no section “{sorted(unknown)[0]}”.", f"One of: {', '.join(s.id for s in page.sections)}."
        )
    application = pdf.create_application()
    pages = pdf.write_article(
        page, reader.edition, options.pdf, _print_options(options), today, sections, not options.without_references
    )
    del application
    return _told(options, pages)


def binder(reader: Reader, options: argparse.Namespace) -> int:
    """Write all checklists, or those of chosen categories, as one document."""
    today = date.today()
    chosen = choose(reader, options.category)
    application = pdf.create_application()
    pages = pdf.write_binder(
        [_sheet(reader, checklist) for checklist in chosen],
        reader.edition,
        index_words(chosen, reader.terms, reader.linker),
        options.pdf,
        _print_options(options),
        today,
    )
    del application
    return _told(options, pages)


def choose(reader: Reader, categories: Sequence[str]) -> tuple[Checklist, ...]:
    """Return the checklists of some categories, or all; raises NotFoundError where there are none."""
    inside = {category.id for name in categories for category in reader.branch(name)}
    chosen = tuple(c for c in reader.checklists if not categories or inside.intersection(c.categories))
    if not chosen:
        raise NotFoundError("There is no checklist in those categories.", "“wardbook sheets” lists them all.")
    return chosen


def _sheet(reader: Reader, checklist: Checklist) -> Sheet:
    return make_sheet(checklist, reader.references, reader.edition, date.today())


def _print_options(options: argparse.Namespace) -> pdf.PrintOptions:
    return pdf.PrintOptions(pdf.Paper(options.paper), options.large_print)


def _told(options: argparse.Namespace, pages: int) -> int:
    sys.stdout.write(f"{options.pdf}: {pages} page{'s' * (pages != 1)}\n")
    return EXIT_OK
