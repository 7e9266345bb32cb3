"""What the window opens to print: a checklist with its reasons and sources, an article, a leaflet, the binder."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QPlainTextEdit, QWidget

from desktop_app.checklists.sheet import Sheet
from desktop_app.content.checklist import Checklist
from desktop_app.content.model import Edition
from desktop_app.printing.article_document import article_document
from desktop_app.printing.binder_document import IndexWords, binder_document
from desktop_app.printing.comparison_document import comparison_document
from desktop_app.printing.layout import lay_out
from desktop_app.printing.leaflet_document import leaflet_document
from desktop_app.printing.sheet_document import sheet_document
from desktop_app.reading.comparison import Comparison
from desktop_app.reading.page import Page
from desktop_app.ui.background import Background
from desktop_app.ui.print_dialog import Outlets, PrintDialog


class ChecklistDialog(PrintDialog):
    """A checklist: the sheet as it comes out, and beside it why each item is missed and the full list of sources."""

    def __init__(
        self,
        checklist: Checklist,
        sheet: Sheet,
        background: Background,
        parent: QWidget | None = None,
        outlets: Outlets | None = None,
    ) -> None:
        document = sheet_document(sheet)
        super().__init__(lambda choice: lay_out(document, choice.options), background, parent, outlets=outlets)
        self.setObjectName("checklist-dialog")
        self.details = QPlainTextEdit(details_text(checklist, sheet))
        self.details.setObjectName("checklist-details")
        self.details.setAccessibleName("Reasons and sources")
        self.details.setReadOnly(True)
        self.details.setTabChangesFocus(True)
        self.add_tab(self.details, "Reasons and sources")


def details_text(checklist: Checklist, sheet: Sheet) -> str:
    """Return what is kept off the paper: why each item is missed, the article it comes from, and every source."""
    lines = [sheet.title, sheet.purpose, "", sheet.footer.text, ""]
    for point in checklist.pause_points:
        lines.append(point.when)
        for item in point.items:
            lines.append(f"  {item.text}")
            lines.append(f"    Why it is missed: {item.why_missed} (article {item.article})")
        lines.append("")
    lines.append("Sources")
    lines.extend(f"  {entry.number}  {entry.reference.full}" for entry in sheet.references)
    return "\n".join(lines)


def article_dialog(
    page: Page, edition: Edition, printed_on: date, background: Background, parent: QWidget | None = None
) -> PrintDialog:
    """Return the dialog for an article at the audience it is shown for; its sections can be chosen."""
    return PrintDialog(
        lambda choice: lay_out(
            article_document(page, edition, printed_on, choice.sections, choice.with_references), choice.options
        ),
        background,
        parent,
        sections=[(section.id, section.heading) for section in page.sections],
    )


def comparison_dialog(
    comparison: Comparison, edition: Edition, printed_on: date, background: Background, parent: QWidget | None = None
) -> PrintDialog:
    """Return the dialog for articles that stand side by side on the screen."""
    document = comparison_document(comparison, edition, printed_on)
    return PrintDialog(lambda choice: lay_out(document, choice.options), background, parent)


def leaflet_dialog(
    page: Page, edition: Edition, printed_on: date, background: Background, parent: QWidget | None = None
) -> PrintDialog:
    """Return the dialog for the leaflet of an article; ``page`` is rendered for patients."""
    document = leaflet_document(page, edition, printed_on)
    return PrintDialog(lambda choice: lay_out(document, choice.options), background, parent)


def binder_dialog(
    sheets: Sequence[Sheet],
    edition: Edition,
    index_words: IndexWords,
    printed_on: date,
    background: Background,
    parent: QWidget | None = None,
) -> PrintDialog:
    """Return the dialog for the downtime binder; raises NotFoundError when there is no sheet."""
    document = binder_document(sheets, edition, index_words, printed_on)
    return PrintDialog(lambda choice: lay_out(document, choice.options), background, parent)
