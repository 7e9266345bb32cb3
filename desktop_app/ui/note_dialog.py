"""A person's note on a statement (personal mode only)."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QDialogButtonBox, QLabel, QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.store.user_store import LONGEST_NOTE


class NoteDialog(QDialog):
    """The statement, and a field for the note."""

    def __init__(self, statement: str, note: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("note_dialog")
        self.setWindowTitle("Note")
        self.setMinimumWidth(480)
        quoted = QLabel()
        quoted.setTextFormat(Qt.TextFormat.PlainText)
        quoted.setWordWrap(True)
        quoted.setText(statement)
        self.field = QPlainTextEdit(note)
        self.field.setAccessibleName("Your note; do not write about a patient")
        self.field.setTabChangesFocus(True)
        self.field.textChanged.connect(self._on_changed)
        self.buttons = QDialogButtonBox(QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel)
        self.buttons.accepted.connect(self.accept)
        self.buttons.rejected.connect(self.reject)
        hint = QLabel("Your note stays on this computer account. Write nothing here about a patient. An empty note is removed.")
        hint.setWordWrap(True)
        column = QVBoxLayout(self)
        for widget in (quoted, self.field, hint, self.buttons):
            column.addWidget(widget)
        self.field.setFocus()

    def _on_changed(self) -> None:
        text = self.field.toPlainText()
        if len(text) > LONGEST_NOTE:
            self.field.setPlainText(text[:LONGEST_NOTE])

    def text(self) -> str:
        """Return the note."""
        return self.field.toPlainText()
