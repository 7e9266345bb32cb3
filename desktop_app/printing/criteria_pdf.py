"""The criteria of the standard that only the rendered page can show, checked on the bytes of the PDF."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import pairwise

from desktop_app.checklists.criteria import Finding, found, is_plain_case
from desktop_app.checklists.sheet import Sheet
from desktop_app.printing.document import PrintOptions
from desktop_app.printing.pdf_facts import PageFacts, TextFact, compact, read_facts
from desktop_app.printing.style import LARGE_MINIMUM, MINIMUM

FAMILY = "SourceSansPro"
LEAST_CONTRAST = 7.0
LEAST_LEADING = 1.25
_ROUNDING = 0.05


def check_pdf(data: bytes, sheet: Sheet, options: PrintOptions) -> tuple[Finding, ...]:
    """Return every finding on a sheet that was rendered to PDF; ``data`` are the bytes of the file."""
    pages = read_facts(data)
    findings = [finding for check in _CHECKS for finding in check(pages, sheet, options)]
    return tuple(sorted(findings, key=lambda finding: finding.criterion))


def contrast(grey: float) -> float:
    """Return the contrast of a grey (0 black, 1 white) on white, as WCAG 2 defines it."""
    linear = grey / 12.92 if grey <= 0.04045 else ((grey + 0.055) / 1.055) ** 2.4
    return 1.05 / (linear + 0.05)


def _page_count(pages: Sequence[PageFacts], sheet: Sheet, options: PrintOptions) -> Iterator[Finding]:
    if len(pages) != 1 and not options.large_print:
        yield found(14, f"It takes {len(pages)} pages of {options.paper.label}.")


def _stream(pages: Sequence[PageFacts], sheet: Sheet, options: PrintOptions) -> Iterator[Finding]:
    """Look for one column: the first words of every item stand at one left edge."""
    starts = {item.text.split()[0] for point in sheet.points for item in point.items}
    firsts = {item.text for point in sheet.points for item in point.items}
    edges = {
        round(fact.x)
        for page in pages
        for fact in page.texts
        if fact.text.split() and fact.text.split()[0] in starts and any(text.startswith(fact.text.strip()) for text in firsts)
    }
    if len(edges) > 1:
        yield found(15, f"Items start at {len(edges)} left edges.")


def _template(pages: Sequence[PageFacts], sheet: Sheet, options: PrintOptions) -> Iterator[Finding]:
    text = "".join(page.compact() for page in pages)
    for part in sheet.texts():
        if compact(part) not in text:
            yield found(16, f"“{part}” is not on the page.")
    for wanted in (sheet.other, sheet.other_note):
        if compact(wanted) not in text:
            yield found(38, f"“{wanted}” is not on the page.")


def _faces(pages: Sequence[PageFacts], sheet: Sheet, options: PrintOptions) -> Iterator[Finding]:
    faces = {fact.face for page in pages for fact in page.texts}
    for face in sorted(faces):
        if FAMILY not in face:
            yield found(17, f"The face {face} is not the bundled one.")
        if re.search(r"It\b|Italic|Oblique", face):
            yield found(22, f"The face {face} is italic.")
    for line in (line for page in pages for line in _lines(page)):
        text = "".join(fact.text for fact in line)
        if not is_plain_case(text):
            yield found(17, f"“{text.strip()}” is in capitals.")


def _sizes(pages: Sequence[PageFacts], sheet: Sheet, options: PrintOptions) -> Iterator[Finding]:
    least = LARGE_MINIMUM if options.large_print else MINIMUM
    smallest = min((fact.size for page in pages for fact in page.texts), default=0.0)
    if smallest < least - _ROUNDING:
        yield found(18, f"The smallest type has {smallest:.1f} points; {least:.0f} are the bound.")


def _leading(pages: Sequence[PageFacts], sheet: Sheet, options: PrintOptions) -> Iterator[Finding]:
    """Look at lines that follow each other in one size at one left edge: they are lines of one paragraph or wider apart."""
    for page in pages:
        for above, below in pairwise(_lines(page)):
            first, second = above[0], below[0]
            if abs(first.size - second.size) > _ROUNDING or second.y <= first.y:
                continue
            ratio = (second.y - first.y) / first.size
            if ratio < LEAST_LEADING - 0.01:
                yield found(19, f"Lines stand {ratio:.2f} times the size of the type apart.")


def _colours(pages: Sequence[PageFacts], sheet: Sheet, options: PrintOptions) -> Iterator[Finding]:
    darkest = max((fact.grey for page in pages for fact in page.texts), default=0.0)
    if contrast(darkest) < LEAST_CONTRAST:
        yield found(20, f"A text has a contrast of {contrast(darkest):.1f}:1.")
    for page in pages:
        if page.pictures or any(len(set(colour)) > 1 for colour in page.colours):
            yield found(21, "A colour or a picture is on the page.")


def _stands_alone(pages: Sequence[PageFacts], sheet: Sheet, options: PrintOptions) -> Iterator[Finding]:
    """Look for what every page must say of itself."""
    footer = sheet.footer
    for number, page in enumerate(pages, start=1):
        if not page.says(footer.edition) or not page.says(footer.printed):
            yield found(28, f"Page {number} lacks a date.")
        wanted = (footer.state, footer.edition, footer.printed, f"page {number} of {len(pages)}", sheet.title)
        yield from (found(29, f"“{part}” is not on page {number}.") for part in wanted if not page.says(part))
        if not page.says(footer.trial):
            yield Finding(33, "error", "", f"Page {number} does not say whether the sheet was trialled.")


def _lines(page: PageFacts) -> list[list[TextFact]]:
    """Return the texts of a page as lines, from top to bottom of the stream."""
    lines: list[list[TextFact]] = []
    for fact in page.texts:
        if lines and abs(lines[-1][0].y - fact.y) < 1.0:
            lines[-1].append(fact)
        else:
            lines.append([fact])
    return lines


_CHECKS: tuple[Callable[[Sequence[PageFacts], Sheet, PrintOptions], Iterator[Finding]], ...] = (
    _page_count,
    _stream,
    _template,
    _faces,
    _sizes,
    _leading,
    _colours,
    _stands_alone,
)
