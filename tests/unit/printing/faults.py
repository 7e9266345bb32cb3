"""What can go wrong with a printed sheet, read back from the bytes of its PDF; also used by ``benchmarks.paper``."""

from __future__ import annotations

from desktop_app.checklists.sheet import Sheet
from desktop_app.printing.measure import CONTINUED
from desktop_app.printing.pdf_facts import PageFacts, compact, read_facts


def faults_of(data: bytes, sheet: Sheet) -> list[str]:
    """Return every item that is divided, every text that is lost or out of order, every page that lacks its footer."""
    pages = read_facts(data)
    faults = [
        f"page {number}: {text}"
        for number, page in enumerate(pages, 1)
        for text in _missing_footer(page, sheet, number, len(pages))
    ]
    bodies = [_body(page, sheet) for page in pages]
    for point in sheet.points:
        for item in point.items:
            wanted = compact(f"{item.text} {item.label}")
            if not any(wanted in body for body in bodies):
                faults.append(f"divided or lost: {wanted}")
    place = 0
    whole = "".join(bodies)
    for text in sheet.texts():
        found = whole.find(compact(text), place)
        if found < 0:
            faults.append(f"lost or out of order: {text}")
        else:
            place = found + len(compact(text))
    faults.extend(f"page {number}: text outside the paper" for number, page in enumerate(pages, 1) if _outside(page))
    return faults


def _body(page: PageFacts, sheet: Sheet) -> str:
    text = page.compact()
    for heading in (sheet.title, *(point.when for point in sheet.points)):
        text = text.replace(compact(heading + CONTINUED), "")
    return text


def _missing_footer(page: PageFacts, sheet: Sheet, number: int, count: int) -> list[str]:
    footer = sheet.footer
    wanted = (footer.state, footer.trial, footer.edition, footer.printed, f"page {number} of {count}", sheet.title)
    return [f"without “{part}”" for part in wanted if not page.says(part)]


def _outside(page: PageFacts) -> bool:
    return any(not (0 < fact.x < page.width and 0 < fact.y < page.height) for fact in page.texts)
