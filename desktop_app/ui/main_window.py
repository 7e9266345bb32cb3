"""Lays out the panels and connects their signals; every decision is made elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QPixmap, QResizeEvent
from PySide6.QtWidgets import (
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QMenu,
    QPushButton,
    QSplitter,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app import log, paths
from desktop_app.content.audience import Audience
from desktop_app.reading.reader import Reader
from desktop_app.reading.style import Look
from desktop_app.ui.actions import ACTIONS, make_actions
from desktop_app.ui.article_view import ArticleView
from desktop_app.ui.audience_switch import AudienceSwitch
from desktop_app.ui.background import fault_of_ours
from desktop_app.ui.category_tree import CategoryTree
from desktop_app.ui.find_bar import FindBar
from desktop_app.ui.flow_layout import FlowLabel, FlowLayout
from desktop_app.ui.hit_list import Names
from desktop_app.ui.message_bar import MessageBar
from desktop_app.ui.named import named
from desktop_app.ui.outline_panel import OutlinePanel
from desktop_app.ui.reference_card import ReferenceCard
from desktop_app.ui.search_panel import SearchField, SearchPanel
from desktop_app.ui.theme import style_sheet

FOLD_OUTLINE = 1100
FOLD_TREE = 900
MARK = 24  # pixels: the side of the mark beside the name


class MainWindow(QMainWindow):
    """Header, tree, desk, outline and status line."""

    closing = Signal()
    resized = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("window")
        self.setWindowTitle("Wardbook")
        self.actions_by_name = make_actions(self)
        self.field = SearchField()
        self.switch = AudienceSwitch()
        self.messages = MessageBar()
        self.tree = CategoryTree()
        self.view = ArticleView()
        self.second_view = ArticleView()
        self.find_bar = FindBar(self.view)
        self.outline = OutlinePanel()
        self.search_panel = SearchPanel(self.field, look)
        self.card = ReferenceCard(self)
        self.print_button = QPushButton("Print…")
        self.menu_button = QToolButton()
        self._scale = 1.0
        self._edition = FlowLabel()
        self._state = FlowLabel()
        self._zoom = FlowLabel()
        self._lay_out()
        self._fill_menu()
        self._order_tabs()
        self.setMinimumSize(640, 420)
        self.dress(look)

    def _lay_out(self) -> None:
        body = named(QWidget(), "body")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._header())
        column.addWidget(self.messages)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(self.tree)
        self.splitter.addWidget(self._desk())
        self.splitter.addWidget(self.outline)
        self.splitter.setStretchFactor(1, 1)
        self.splitter.setSizes([254, 876, 236])
        column.addWidget(self.splitter, 1)
        self.setCentralWidget(body)
        bar = self.statusBar()
        bar.setSizeGripEnabled(False)
        self._status = QWidget()
        flow = FlowLayout(self._status, margins=(8, 2, 8, 2), spacing=24)
        for label in (self._edition, self._state, FlowLabel("Offline"), self._zoom):
            flow.addWidget(label)
        bar.addWidget(self._status, 1)

    def _header(self) -> QWidget:
        header = named(QWidget(), "header")
        brand = self._brand()
        self.print_button.setObjectName("print")
        self.print_button.setAccessibleName("Print this page or checklist")
        self.menu_button.setText("Menu")
        self.menu_button.setObjectName("menu")
        self.menu_button.setAccessibleName("Menu")
        self.menu_button.setToolTip("Menu")
        self.menu_button.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self.back_button = self._arrow("‹", "Back")
        self.forward_button = self._arrow("›", "Forward")
        self._header_grid = QGridLayout(header)
        self._header_grid.setContentsMargins(16, 9, 16, 9)
        self._header_grid.setSpacing(10)
        self._header_grid.setColumnStretch(3, 1)
        for place, widget in enumerate((brand, self.back_button, self.forward_button)):
            self._header_grid.addWidget(widget, 0, place)
        for place, widget in enumerate((self.switch, self.print_button, self.menu_button)):
            self._header_grid.addWidget(widget, 0, 4 + place)
        self._header_grid.addWidget(self.field, 0, 3)
        self._beside_search = (brand, self.back_button, self.forward_button, self.switch, self.print_button, self.menu_button)
        self._search_below = False
        return header

    def _brand(self) -> QWidget:
        """Return mark and name; the search field begins where the page begins."""
        brand = QWidget()
        row = QHBoxLayout(brand)
        row.setContentsMargins(0, 0, 6, 0)
        row.setSpacing(8)
        mark = QPixmap(str(paths.resources_folder() / "icons" / "wardbook.png"))
        if not mark.isNull():
            picture = QLabel()
            mark.setDevicePixelRatio(mark.width() / MARK)
            picture.setPixmap(mark)
            row.addWidget(picture)
        row.addWidget(named(QLabel("Wardbook"), "brand"))
        return brand

    def _arrow(self, text: str, name: str) -> QToolButton:
        button = QToolButton()
        button.setText(text)
        button.setAccessibleName(name)
        button.setToolTip(name)
        button.setEnabled(False)
        return button

    def _desk(self) -> QWidget:
        page = named(QWidget(), "body")
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        self.second_view.setObjectName("second_article")
        self.second_view.hide()
        self.desks = QSplitter(Qt.Orientation.Horizontal)
        self.desks.setChildrenCollapsible(False)
        self.desks.addWidget(self.view)
        self.desks.addWidget(self.second_view)
        column.addWidget(self.desks, 1)
        column.addWidget(self.find_bar)
        self.stack = QStackedWidget()
        self.stack.addWidget(page)
        self.stack.addWidget(self.search_panel)
        return self.stack

    def _fill_menu(self) -> None:
        menu = QMenu(self)
        for spec in ACTIONS:
            action = self.actions_by_name[spec.name]
            self.addAction(action)
            if spec.in_menu:
                menu.addAction(action)
            if spec.name in ("forward", "copy", "import", "binder", "checklists", "theme", "clear", "about"):
                menu.addSeparator()
        self.menu_button.setMenu(menu)
        for button, name in ((self.back_button, "back"), (self.forward_button, "forward")):
            button.clicked.connect(self.actions_by_name[name].trigger)
        self.print_button.clicked.connect(self.actions_by_name["print"].trigger)

    def _order_tabs(self) -> None:
        """Tab goes from the search to what is read, then to the panels, then to the buttons of the header."""
        audiences = [self.switch.button(audience) for audience in Audience]
        order: list[QWidget] = [self.field, *self.search_panel.tab_stops(), self.view, self.second_view]
        order += [*self.find_bar.tab_stops(), self.outline.list, self.tree.tree, *self.messages.tab_stops()]
        order += [self.back_button, self.forward_button, *audiences, self.print_button, self.menu_button]
        for before, after in pairwise(order):
            QWidget.setTabOrder(before, after)

    # -- what is shown ---------------------------------------------------------------------------------------------

    def show_edition(self, reader: Reader, audience: Audience) -> None:
        """Fill tree and status line from an opened edition."""
        self.tree.show_content(reader.categories, reader.heads, reader.checklists, audience)
        patient = audience is Audience.PATIENT
        self.search_panel.set_names(
            Names(
                {head.id: head.questions.patient if patient else head.title for head in reader.heads},
                {key: reference.short for key, reference in reader.references.items()},
                {category.id: category.patient_title if patient else category.title for category in reader.categories},
            )
        )
        self._edition.setText(f"{reader.edition.label} · {reader.edition.date.day} {reader.edition.date:%b %Y}")
        approved = all(head.review.state.value == "approved" for head in reader.heads)
        self._state.setText("Approved" if approved else "Not yet approved: under clinical review")
        self._fold()

    def dress(self, look: Look) -> None:
        """Take new colours and sizes. The pages are emptied first: whoever calls this draws them anew."""
        self.view.empty()
        self.second_view.empty()
        self.setStyleSheet(style_sheet(look))

    def show_zoom(self, scale: float) -> None:
        """Show the text size in the status line, and fold what has no room at that size."""
        self._scale = scale
        self._zoom.setText(f"Text {round(scale * 100)} %")
        self._fold()

    def show_results(self, shown: bool) -> None:
        """Put the results in the place of the page, or the page back."""
        self.stack.setCurrentIndex(1 if shown else 0)
        self._fold()

    def results_shown(self) -> bool:
        """Tell whether the results are in the place of the page."""
        return self.stack.currentIndex() == 1

    def show_trail(self, *, back: bool, forward: bool) -> None:
        """Enable what can be done."""
        for name, button, enabled in (("back", self.back_button, back), ("forward", self.forward_button, forward)):
            self.actions_by_name[name].setEnabled(enabled)
            button.setEnabled(enabled)

    def on_action(self, name: str, slot: Callable[[], object]) -> None:
        """Connect an action of the table."""
        self.actions_by_name[name].triggered.connect(lambda _=False: self._answer(slot))

    def _answer(self, slot: Callable[[], object]) -> None:
        try:
            slot()
        except (ImportError, OSError, SystemExit) as error:  # PyInstaller ends the program where its file has gone
            log.to_standard_error(log.describe(type(error), error, error.__traceback__))
            self.messages.tell(str(fault_of_ours()))

    # -- shape -----------------------------------------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold panels away where the window is narrow."""
        super().resizeEvent(event)
        self._fold()
        self.resized.emit()

    def _place_search(self) -> None:
        """Give the search field a line of its own where it would be too short beside the buttons."""
        others = sum(widget.sizeHint().width() + 10 for widget in self._beside_search)
        below = self.width() - others - 32 < 24 * self.field.fontMetrics().averageCharWidth()
        if below != self._search_below:
            self._search_below = below
            self._header_grid.removeWidget(self.field)
            row, column, span = (1, 0, 7) if below else (0, 3, 1)
            self._header_grid.addWidget(self.field, row, column, 1, span)

    def _fold(self) -> None:
        self._place_search()
        self._status.setFixedHeight(self._status.heightForWidth(self.width() - 12))
        scale = max(1.0, self._scale)
        self.outline.setVisible(self.width() >= FOLD_OUTLINE * min(scale, 1.4) and not self.results_shown())
        self.tree.setVisible(self.width() >= FOLD_TREE * min(scale, 1.25))

    def unfold(self, panel: QWidget) -> None:
        """Show a panel that was folded away, because somebody asked for it by key."""
        panel.show()

    def fit_on_screen(self) -> None:
        """Take a size that the screen holds: 1366×768 and smaller screens are usual on a ward."""
        screen = self.screen().availableGeometry()
        self.resize(min(1366, screen.width()), min(768, screen.height()))
        self.move(screen.left() + max(0, (screen.width() - self.width()) // 2), screen.top())

    def closeEvent(self, event: QCloseEvent) -> None:
        """Tell that the window goes."""
        self.closing.emit()
        super().closeEvent(event)
