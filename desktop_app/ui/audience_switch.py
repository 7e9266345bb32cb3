"""The switch between the three texts, always visible and named in words."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from desktop_app.content.audience import Audience


class AudienceSwitch(QWidget):
    """Three buttons of which one is pressed."""

    audience_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("audience_switch")
        self.setAccessibleName("Text for")
        self._group = QButtonGroup(self)
        self._buttons: dict[Audience, QPushButton] = {}
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        for audience, place in zip(Audience, ("first", "middle", "last"), strict=True):
            button = QPushButton(audience.label)
            button.setObjectName(place)
            button.setCheckable(True)
            button.setAccessibleName(f"Text for {audience.value}s")
            button.setToolTip(f"Show the text for {audience.value}s")
            button.clicked.connect(lambda _=False, chosen=audience: self.audience_requested.emit(chosen))
            self._group.addButton(button)
            self._buttons[audience] = button
            row.addWidget(button)

    def show_audience(self, audience: Audience) -> None:
        """Press the button of an audience without asking for it."""
        self._buttons[audience].setChecked(True)

    def button(self, audience: Audience) -> QPushButton:
        """Return the button of an audience."""
        return self._buttons[audience]
