"""What a screen reader is told: names, and sentences when something has changed that the focus does not show."""

from __future__ import annotations

from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QComboBox, QSpinBox, QWidget


def announce(widget: QWidget, sentence: str) -> None:
    """Say a sentence now, and keep it as the description of the widget for whoever comes back to it."""
    widget.setAccessibleDescription(sentence)
    if sentence:
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, sentence))


def name_inner_parts(parent: QWidget) -> None:
    """Name the parts that Qt puts into its own boxes, which take the focus and have no name: the line of a number, the list of a choice."""
    for box in parent.findChildren(QSpinBox):
        box.lineEdit().setAccessibleName(box.accessibleName())
    for choice in parent.findChildren(QComboBox):
        choice.view().setAccessibleName(choice.accessibleName())
