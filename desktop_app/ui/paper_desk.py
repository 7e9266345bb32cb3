"""Opens the print dialogs. What paper needs is imported only when somebody prints: the window opens sooner."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import shiboken6
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QDialog

from desktop_app.content.audience import Audience
from desktop_app.errors import KnownError
from desktop_app.ui.background import Background
from desktop_app.ui.comparing import Comparing
from desktop_app.ui.navigator import Navigator
from desktop_app.ui.spoken import name_inner_parts

if TYPE_CHECKING:
    from desktop_app.checklists.sheet import Sheet
    from desktop_app.content.checklist import Checklist


class PaperDesk(QObject):
    """Answers every wish for paper: the page shown, a checklist, a leaflet, the binder."""

    def __init__(self, navigator: Navigator, comparing: Comparing, background: Background) -> None:
        super().__init__(navigator)
        self._navigator = navigator
        self._comparing = comparing
        self._reader = navigator.reader
        self._window = navigator.window
        self._background = background
        self.dialog: QDialog | None = None
        navigator.checklist_requested.connect(self.print_checklist)

    def print_shown(self) -> None:
        """Print the article or comparison that is shown; elsewhere offer the checklists."""
        page = self._navigator.page
        comparison = self._comparing.shown()
        if comparison is not None:
            from desktop_app.ui.checklist_dialog import comparison_dialog

            self._open(comparison_dialog(comparison, self._reader.edition, date.today(), self._background, self._window))
            return
        if page is None:
            self._window.messages.tell("Choose an article or a checklist to print.", "Checklists", self._to_checklists)
            return
        from desktop_app.ui.checklist_dialog import article_dialog

        self._open(article_dialog(page, self._reader.edition, date.today(), self._background, self._window))

    def print_leaflet(self) -> None:
        """Print the patient text of the article that is shown."""
        page = self._navigator.page
        if page is None:
            self._window.messages.tell("Open an article first: its patient text can then be printed as a leaflet.")
            return
        from desktop_app.ui.checklist_dialog import leaflet_dialog

        patient = self._reader.page(page.article_id, Audience.PATIENT, date.today())
        self._open(leaflet_dialog(patient, self._reader.edition, date.today(), self._background, self._window))

    def print_checklist(self, checklist_id: str) -> None:
        """Show a checklist as it comes out, to print or save."""
        from desktop_app.ui.checklist_dialog import ChecklistDialog

        try:
            checklist = self._reader.store.checklist(checklist_id)
        except KnownError as error:
            self._window.messages.tell(str(error))
            return
        self._open(ChecklistDialog(checklist, self._sheet(checklist), self._background, self._window))

    def print_binder(self) -> None:
        """Show all checklists as one document."""
        from desktop_app.reading.binder import index_words
        from desktop_app.ui.checklist_dialog import binder_dialog

        checklists = self._reader.checklists
        words = index_words(checklists, self._reader.terms, self._reader.linker)
        sheets = [self._sheet(checklist) for checklist in checklists]
        self._open(binder_dialog(sheets, self._reader.edition, words, date.today(), self._background, self._window))

    def _sheet(self, checklist: Checklist) -> Sheet:
        from desktop_app.checklists.sheet import make_sheet

        return make_sheet(checklist, self._reader.references, self._reader.edition, date.today())

    def _open(self, dialog: QDialog) -> None:
        """Show a dialog without stopping the program behind it; there is one at a time."""
        if self.dialog is not None and shiboken6.isValid(self.dialog):  # a closed one has been deleted
            self.dialog.close()
        self.dialog = dialog
        name_inner_parts(dialog)
        dialog.open()

    def _to_checklists(self) -> None:
        from desktop_app.reading.leaves import CHECKLISTS

        self._navigator.open_link(CHECKLISTS)
