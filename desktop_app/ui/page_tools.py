"""What can be done with the page that is shown: step through its sections, look at a reference, copy a statement."""

from __future__ import annotations

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QApplication

from desktop_app.ui.navigator import Navigator


class PageTools(QObject):
    """Answers what concerns the page and leaves it where it is."""

    def __init__(self, navigator: Navigator) -> None:
        super().__init__(navigator)
        self._navigator = navigator
        self._window = navigator.window
        for view in (self._window.view, self._window.second_view):
            view.reference_requested.connect(self._on_reference)
        self._window.view.copy_requested.connect(self.copy_statement)

    def go_to_section(self, step: int) -> None:
        """Go to the next or previous heading of the page."""
        anchors = self._window.outline.anchors()
        if not anchors:
            return
        row = min(max(max(self._window.outline.list.currentRow(), 0) + step, 0), len(anchors) - 1)
        self._window.view.go_to(anchors[row])
        self._window.outline.list.setCurrentRow(row)

    def copy_statement(self, statement_id: str = "") -> None:
        """Copy a statement (the one being read) with its citations and the review state."""
        page = self._navigator.page
        if page is None:
            self._window.messages.tell("Open an article first: then the statement you are reading can be copied.")
            return
        from desktop_app.reading.plain import statement_as_text  # nobody needs it at the start

        wanted = statement_id or self._window.view.reading_statement()
        statement = next((s for s in page.statements() if s.id == wanted), page.summary)
        QApplication.clipboard().setText(statement_as_text(page, statement))
        self._window.messages.tell("Copied with its citations and review state.")

    def _on_reference(self, reference_id: str, place: QPoint) -> None:
        reference = self._navigator.reader.references.get(reference_id)
        if reference is not None:
            self._window.card.show_reference(reference, place)
