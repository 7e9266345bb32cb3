"""The window with everything connected: actions, printing, ward mode. What a test holds in its hands."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from importlib import import_module

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QApplication

from desktop_app import __version__
from desktop_app.content.audience import Audience
from desktop_app.errors import KnownError
from desktop_app.reading import leaves
from desktop_app.reading.reader import Reader
from desktop_app.search.query import SearchQuery
from desktop_app.settings import WARNING_SECONDS, Settings
from desktop_app.ui.background import Background
from desktop_app.ui.comparing import Comparing
from desktop_app.ui.idle import IdleWatch
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.navigator import STEP, Navigator
from desktop_app.ui.page_tools import PageTools
from desktop_app.ui.paper_desk import PaperDesk
from desktop_app.ui.personal import MINE, Personal

# What is imported when somebody asks for it, or else a moment after the start. tests/e2e/test_start.py holds it complete, but
# for Whoosh: 8 MB of memory that only quoted phrases need.
LATE_MODULES = (
    "PySide6.QtPrintSupport",
    "desktop_app.checklists.sheet",
    "desktop_app.reading.binder",
    "desktop_app.reading.comparison_html",
    "desktop_app.reading.plain",
    "desktop_app.ui.checklist_dialog",
    "desktop_app.ui.compare_dialog",
    "desktop_app.ui.note_dialog",
    "encodings.latin_1",
)


class Desk(QObject):
    """Connects the table of actions with what answers them."""

    search_opened = Signal()
    rest_loaded = Signal()

    def __init__(
        self,
        window: MainWindow,
        navigator: Navigator,
        reader: Reader,
        background: Background,
        settings: Settings,
        idle: IdleWatch | None,
        personal: Personal | None = None,
    ) -> None:
        super().__init__(window)
        self.window = window
        self.navigator = navigator
        self.reader = reader
        self.background = background
        self.settings = settings
        self.idle = idle
        self.personal = personal
        self.tools = PageTools(navigator)
        self.comparing = Comparing(navigator)
        self.paper = PaperDesk(navigator, self.comparing, background)
        self._connect()

    def start(self, audience: Audience | None) -> None:
        """Open on the home page; the audience is asked for there unless a policy has decided."""
        self.window.fit_on_screen()
        if audience is not None:
            self.navigator.ask_audience = False
            self.navigator.audience = audience
        self.window.switch.show_audience(self.navigator.audience)
        self.window.search_panel.set_audience(self.navigator.audience)
        self.window.show_edition(self.reader, self.navigator.audience)
        self.window.show_zoom(self.navigator.look.scale)
        self.navigator.home()
        self.window.field.setFocus()
        if self.personal is not None:
            self.personal.restore()
        self.window.messages.add(*self.settings.notices)

    def open_search(self) -> None:
        """Read the index while the person is still reaching for the keyboard; what is wrong with it is told in the window."""
        self.background.run(self._open_search, self._on_search_opened, self._on_search_failed)

    def _open_search(self) -> str:
        self.reader.search(SearchQuery("a", limit=1))  # what is read at the first search is read at this one
        return self.reader.notice

    def _on_search_opened(self, notice: str) -> None:
        self.window.messages.add(*([notice] if notice else []))
        self.search_opened.emit()
        self.background.run(self._load_the_rest, self._on_rest_loaded)

    def _on_search_failed(self, error: KnownError) -> None:
        self.window.messages.add(f"The search does not work. {error}")
        self.background.run(self._load_the_rest, self._on_rest_loaded)

    def _load_the_rest(self) -> None:
        """Load what the start has left out, so that a program folder that goes away takes nothing from an open window."""
        self.navigator.warm()
        for name in LATE_MODULES:
            import_module(name)

    def _on_rest_loaded(self, _: None) -> None:
        from PySide6.QtWidgets import QFileDialog, QMessageBox  # noqa: F401  # their classes are made at the first import

        from desktop_app.printing.typeface import load_typeface

        with suppress(KnownError):  # told when somebody prints
            load_typeface()
        self.rest_loaded.emit()

    def stop(self) -> None:
        """End what runs in the background, and close what is open."""
        self.background.stop()
        if self.personal is not None:
            self.personal.store.close()

    def _connect(self) -> None:
        window, navigator = self.window, self.navigator
        slots: dict[str, Callable[[], object]] = {
            "search": self._to_search,
            "close_results": self._escape,
            "home": navigator.home,
            "back": navigator.back,
            "forward": navigator.forward,
            "find": self._find,
            "find_next": window.find_bar.find_next,
            "find_previous": window.find_bar.find_previous,
            "next_section": lambda: self.tools.go_to_section(1),
            "previous_section": lambda: self.tools.go_to_section(-1),
            "outline": self._to_outline,
            "tree": self._to_tree,
            "clinician": lambda: navigator.set_audience(Audience.CLINICIAN),
            "student": lambda: navigator.set_audience(Audience.STUDENT),
            "patient": lambda: navigator.set_audience(Audience.PATIENT),
            "side_by_side": navigator.toggle_side_by_side,
            "copy": self.tools.copy_statement,
            "index": lambda: navigator.open_link(leaves.INDEX),
            "checklists": lambda: navigator.open_link(leaves.CHECKLISTS),
            "zoom_in": lambda: navigator.set_scale(navigator.look.scale + STEP),
            "zoom_out": lambda: navigator.set_scale(navigator.look.scale - STEP),
            "zoom_reset": lambda: navigator.set_scale(1.0),
            "theme": navigator.next_theme,
            "clear": navigator.forget,
            "policy": lambda: navigator.open_link(leaves.POLICY),
            "keys": lambda: navigator.open_link(leaves.KEYS),
            "about": self._about,
            "quit": window.close,
        }
        slots |= {
            "compare": self.comparing.ask,
            "print": self.paper.print_shown,
            "leaflet": self.paper.print_leaflet,
            "binder": self.paper.print_binder,
        }
        slots |= self._personal_slots()
        for name, slot in slots.items():
            window.on_action(name, slot)
        if self.idle is not None:
            self.idle.warned.connect(self._on_idle_warning)
            self.idle.idle.connect(self._on_idle)
            self.idle.active.connect(window.messages.hide)

    def _personal_slots(self) -> dict[str, Callable[[], object]]:
        """Return what keeps things for a person; in ward mode these actions are not there."""
        names = ("bookmark", "note", "mine", "export", "import")
        personal = self.personal
        if personal is None:
            for name in names:
                self.window.actions_by_name[name].setVisible(False)
                self.window.actions_by_name[name].setEnabled(False)
            return {}
        self.window.closing.connect(personal.save)
        slots = (
            personal.toggle_bookmark,
            personal.edit_note,
            lambda: self.navigator.open_link(MINE),
            lambda: personal.export(self.window),
            lambda: personal.import_file(self.window),
        )
        return dict(zip(names, slots, strict=True))

    def _to_search(self) -> None:
        self.window.field.setFocus()
        self.window.field.selectAll()

    def _escape(self) -> None:
        """Close the nearest thing that can be closed; Esc never quits."""
        if self.window.card.isVisible():
            self.window.card.hide()
        elif not self.window.find_bar.isHidden():
            self.window.find_bar.close_bar()
        elif self.window.results_shown():
            self.navigator.close_results()
        else:
            self.window.messages.hide()

    def _find(self) -> None:
        if self.window.results_shown():
            self.navigator.close_results()
        self.window.find_bar.open_bar(self.window.view.textCursor().selectedText())

    def _to_outline(self) -> None:
        self.window.unfold(self.window.outline)
        self.window.outline.list.setFocus()

    def _to_tree(self) -> None:
        self.window.unfold(self.window.tree)
        self.window.tree.tree.setFocus()

    def _on_idle_warning(self) -> None:
        self.window.messages.tell(
            f"Nobody is here? In {WARNING_SECONDS} seconds Wardbook goes back to its home page.", "Stay here"
        )

    def _on_idle(self) -> None:
        for widget in QApplication.topLevelWidgets():
            if widget is not self.window and widget.isVisible() and widget.isModal():
                widget.close()
        self.window.messages.hide()
        self.navigator.forget()
        if not self.settings.audience:
            self.navigator.set_audience(Audience.CLINICIAN)
            self.navigator.ask_audience = True
            self.navigator.home()

    def _about(self) -> None:
        from PySide6.QtWidgets import QMessageBox  # nobody needs it at the start

        edition = self.reader.edition
        box = QMessageBox(self.window)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.setWindowTitle("About Wardbook")
        box.setText(f"Wardbook {__version__}\n{edition.label}, {edition.date.isoformat()}: {edition.name}")
        box.setInformativeText(
            "An offline clinical reference. It opens no network connection. "
            "Made with Python, Qt (LGPL) through PySide6, SQLite and Whoosh; typeface Source Sans Pro (OFL)."
        )
        box.open()
