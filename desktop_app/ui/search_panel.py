"""The front desk: the search field, and the panel that shows what was understood and found."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from desktop_app.content.audience import Audience
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.style import Look
from desktop_app.search.query import SearchQuery
from desktop_app.ui.flow_layout import FlowLabel, FlowLayout
from desktop_app.ui.hit_list import HitList, Names
from desktop_app.ui.named import named
from desktop_app.ui.spoken import announce

if TYPE_CHECKING:
    from desktop_app.search.hit import SearchResult

REST_MS = 60
MAX_TYPED = 1000
GIVEN = (
    ("statins", "on a statin"),
    ("multiple-sclerosis", "MS"),
    ("peripheral-artery-disease", "PAD"),
    ("diabetes", "diabetes"),
    ("pregnancy", "pregnancy"),
    ("dialysis", "dialysis"),
    ("older-person", "older person"),
)


class SearchField(QLineEdit):
    """Where a person types: arrows walk the results, Enter opens, Esc closes."""

    moved = Signal(int)
    opened = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("search")
        self.setAccessibleName("Search: symptom, disease or drug")
        self.setPlaceholderText("Symptom, disease or drug    (Ctrl K)")
        self.setClearButtonEnabled(True)
        self.setMaxLength(MAX_TYPED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Send on the keys that mean something to the results."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 5, Qt.Key.Key_PageUp: -5}
        key = Qt.Key(event.key())
        if key in steps:
            self.moved.emit(steps[key])
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        elif key == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)


class SearchPanel(QWidget):
    """Shows a result in the place of the article; asks for searches and for places."""

    query_changed = Signal(object)
    link_requested = Signal(object)
    closed = Signal()

    def __init__(self, field: SearchField, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("body")
        self.field = field
        self._audience = Audience.CLINICIAN
        self._literal: frozenset[str] = frozenset()
        self._result: SearchResult | None = None
        self._open_when_ready = False
        self._rest = QTimer(self)
        self._rest.setSingleShot(True)
        self._rest.setInterval(REST_MS)
        self._rest.timeout.connect(self._ask)
        self._understood = named(QFrame(), "strip")
        self._understood_row = FlowLayout(self._understood)
        self._given: dict[str, QPushButton] = {}
        self.hits = HitList(look)
        self._empty = named(QLabel(), "empty")
        self._empty.setTextFormat(Qt.TextFormat.PlainText)
        self._empty.setWordWrap(True)
        self._empty.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._empty.setContentsMargins(20, 24, 20, 8)
        self._empty.hide()
        self._foot = named(QLabel(), "secondary")
        self._foot.setTextFormat(Qt.TextFormat.PlainText)
        self._foot.setWordWrap(True)
        self._foot.setContentsMargins(20, 8, 20, 8)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._understood)
        column.addWidget(self._given_strip())
        column.addWidget(self.hits, 1)
        column.addWidget(self._empty, 1)
        column.addWidget(self._foot)
        self._connect()

    def _connect(self) -> None:
        self.field.textEdited.connect(self._on_edited)
        self.field.moved.connect(self.hits.step)
        self.field.opened.connect(self._on_opened)
        self.field.closed.connect(self.closed)
        self.hits.link_requested.connect(self.link_requested)
        self.hits.left_upwards.connect(self.field.setFocus)
        self.hits.installEventFilter(self)

    def _given_strip(self) -> QFrame:
        strip = named(QFrame(), "strip")
        row = FlowLayout(strip)
        row.addWidget(QLabel("Given"))
        for term, label in GIVEN:
            chip = named(QPushButton(label), "chip")
            chip.setCheckable(True)
            chip.setAccessibleName(f"Given {label}: lift statements that speak of it")
            chip.toggled.connect(self._ask)
            self._given[term] = chip
            row.addWidget(chip)
        return strip

    @property
    def result(self) -> SearchResult | None:
        """Return the result that is shown."""
        return self._result

    def set_audience(self, audience: Audience) -> None:
        """Search that audience's texts first from now on."""
        self._audience = audience

    def set_names(self, names: Names) -> None:
        """Take what articles, references and categories of the edition are called."""
        self.hits.names = names

    def tab_stops(self) -> list[QWidget]:
        """Return what Tab stops at, in order; what was understood comes and goes between the field and these."""
        return [*self._given.values(), self.hits]

    def set_look(self, look: Look) -> None:
        """Take new colours and sizes, and draw what is shown again."""
        self.hits.drawing.set_look(look)
        if self._result is not None:
            self.hits.show_result(self._result)

    def search_for(self, text: str) -> None:
        """Put a text into the field and search for it at once."""
        self.field.setText(text)
        self._literal = frozenset()
        self._ask()

    def clear(self) -> None:
        """Forget what was typed and found."""
        self._rest.stop()
        self.field.clear()
        self._literal = frozenset()
        self._result = None
        self.hits.rows.show_rows([])
        self._foot.clear()
        for chip in self._given.values():
            chip.blockSignals(True)
            chip.setChecked(False)
            chip.blockSignals(False)
        self._understood_row.clear()
        self._understood.hide()

    def _on_edited(self, text: str) -> None:
        self._literal = frozenset()
        self._open_when_ready = False
        if text.strip():
            self._rest.start()
        else:
            self._rest.stop()
            self.closed.emit()

    def _ask(self) -> None:
        text = self.field.text()
        if text.strip():
            given = tuple(term for term, chip in self._given.items() if chip.isChecked())
            self.query_changed.emit(SearchQuery(text, self._audience, 20, given, self._literal))

    def _on_opened(self) -> None:
        """Open the first hit; when the answer to the last key is still under way, open it as soon as it is there."""
        if self._rest.isActive() or self._result is None or self._result.query.text != self.field.text():
            self._open_when_ready = True
            self._rest.stop()
            self._ask()
        else:
            self.hits.open_current()

    def show_result(self, result: SearchResult) -> None:
        """Show what was understood and found."""
        self._result = result
        self._show_understood(result)
        self.hits.show_result(result)
        self._show_count(result)
        if self._open_when_ready:
            self._open_when_ready = False
            self.hits.open_current()

    def _show_count(self, result: SearchResult) -> None:
        """Say how much was found; where nothing was, say in the middle of the panel what was tried and what to do."""
        found = bool(result.hits)
        count = f"{result.total} article{'s' * (result.total != 1)}"
        self._foot.setText(f"{count}. ↑ ↓ choose, Enter opens at the statement, Esc closes." if found else "Esc closes.")
        tried = result.tried or "No statement in this edition."
        self._empty.setText("" if found else f"{tried}\n\nThat nothing was found does not mean that there is no effect.")
        self.hits.setVisible(found)
        self._empty.setVisible(not found)
        announce(self.field, count if found else self._empty.text())
        self.hits.setAccessibleDescription(self._foot.text())

    def _show_understood(self, result: SearchResult) -> None:
        self._understood_row.clear()
        for item in result.interpretation:
            self._understood_row.addWidget(FlowLabel(f"“{item.typed}” → {item.understood} ({item.why.value})"))
            self._offer("Undo", f"Search exactly for {item.typed}", partial(self._undo, item.typed))
        for meaning in result.meanings:
            self._understood_row.addWidget(FlowLabel(f"“{meaning.typed}” can mean:"))
            for term in meaning.terms:
                self._offer(term.preferred, f"Search for {term.preferred}", partial(self.search_for, term.preferred))
        if not result.hits:
            self._show_nearest(result)
        self._understood.setVisible(self._understood_row.count() > 0)

    def _show_nearest(self, result: SearchResult) -> None:
        """Offer the nearest words and branches of the tree where nothing was found."""
        if result.suggestions:
            self._understood_row.addWidget(FlowLabel("Nearest words:"))
        for suggestion in result.suggestions:
            self._offer(suggestion, f"Search for {suggestion}", partial(self.search_for, suggestion))
        titles = {key: self.hits.names.categories[key] for key in result.nodes if key in self.hits.names.categories}
        if titles:
            self._understood_row.addWidget(FlowLabel("Browse:"))
        for key, title in titles.items():
            self._offer(title, f"Browse {title}", partial(self.link_requested.emit, Link(LinkKind.CATEGORY, key)))

    def _offer(self, text: str, spoken: str, slot: Callable[[], object]) -> None:
        button = named(QPushButton(text.replace("&", "&&")), "undo")
        button.setAccessibleName(spoken)
        button.clicked.connect(lambda _=False: slot())
        self._understood_row.addWidget(button)

    def _undo(self, typed: str) -> None:
        self._literal |= {typed.lower()}
        self._ask()
        self.field.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Typing while the list has the focus goes on in the search field."""
        if watched is self.hits and event.type() is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Escape:
                self.closed.emit()
                return True
            plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
            if plain and (event.text().isprintable() and event.text().strip()):
                self.field.setFocus()
                self.field.insert(event.text())
                self._on_edited(self.field.text())
                return True
        return super().eventFilter(watched, event)
