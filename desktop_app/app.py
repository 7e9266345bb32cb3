"""Composition of the window: every object is built once here and handed down."""

from __future__ import annotations

import gc
import os
import sys
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QSettings, Qt, QTimer, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QApplication

from desktop_app import __version__, log, paths
from desktop_app.content.audience import Audience
from desktop_app.errors import EXIT_CONTENT, EXIT_NOTHING, EXIT_OK, EXIT_USAGE, KnownError
from desktop_app.reading.places import Places
from desktop_app.reading.reader import open_reader
from desktop_app.reading.style import Look, Theme, load_tokens
from desktop_app.settings import WARNING_SECONDS, Settings, load_settings
from desktop_app.store.user_store import UserStore
from desktop_app.ui.background import Background
from desktop_app.ui.desk import Desk
from desktop_app.ui.first_paint import FirstPaint
from desktop_app.ui.idle import IdleWatch
from desktop_app.ui.main_window import MainWindow
from desktop_app.ui.navigator import Navigator
from desktop_app.ui.personal import Personal
from desktop_app.ui.single_instance import SingleInstance
from desktop_app.ui.theme import apply_theme, load_fonts, system_theme

QUIT_VARIABLE = "WARDBOOK_QUIT_AFTER_SHOW"
NO_TYPEFACE = (
    "The typeface of the program is missing: the window looks different from the one that was tested, and nothing can be printed. "
    "Put the program folder back as it was delivered."
)
MOST_WAITED_MS = 30_000  # for the search, where the program was asked to quit when it is ready


def run(arguments: Sequence[str]) -> int:
    """Open the window and return the exit code."""
    started = time.perf_counter()
    if _no_screen():
        log.to_standard_error("wardbook: There is no screen to open a window on. “wardbook --help” lists what needs none.")
        return EXIT_USAGE
    for name in [name for name in os.environ if name.startswith(("QT_PLUGIN", "QT_QPA_PLATFORM_PLUGIN", "QML"))]:
        del os.environ[name]  # a stray plug-in folder must not load foreign code
    start_no_bus()
    application = _application(arguments)
    application.setApplicationName("Wardbook")
    application.setApplicationVersion(__version__)
    application.setStyle("Fusion")
    sys.excepthook = _tell_fault
    settings = load_settings(paths.program_folder(), switches=arguments)
    instance = SingleInstance()
    if not os.environ.get(QUIT_VARIABLE) and not instance.claim():
        return EXIT_OK
    try:
        desk = build(application, settings)
    except KnownError as error:
        instance.release()  # the next start shall not be sent to a window that only says what is wrong
        _tell_and_quit(error)
        return EXIT_CONTENT
    desk.window.show()
    instance.raised.connect(lambda: _raise(desk.window))
    first_paint = FirstPaint(desk.window.windowHandle())
    if os.environ.get(QUIT_VARIABLE):
        first_paint.painted.connect(lambda: _say("window", started))
        desk.search_opened.connect(lambda: _say("search", started))
        desk.search_opened.connect(application.quit)
        QTimer.singleShot(MOST_WAITED_MS, lambda: application.exit(EXIT_NOTHING))
    first_paint.painted.connect(gc.enable)  # ``__main__`` has switched it off for the start
    first_paint.painted.connect(desk.open_search)
    desk.rest_loaded.connect(_settle)
    code = application.exec()
    desk.stop()
    instance.release()
    return code


def _no_screen() -> bool:
    """Tell whether Qt would end the process because nobody could see the window."""
    named = any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
    return sys.platform.startswith("linux") and not named


def _application(arguments: Sequence[str]) -> QApplication:
    """Return Qt's application. Where its screen cannot be used Qt would abort the process: a sentence is told instead."""
    made = QApplication.instance()
    if isinstance(made, QApplication):  # whoever started us in a process of its own (the canary test) has one
        return made
    said: list[str] = []

    def hear(kind: QtMsgType, _: QMessageLogContext, text: str) -> None:
        said.append(text.strip())
        if kind is QtMsgType.QtFatalMsg:
            log.to_standard_error(
                f"wardbook: There is no screen that can be used: {said[0]}. “wardbook --help” lists what needs none."
            )
            os._exit(EXIT_USAGE)  # to go back into Qt would end in its abort

    before = qInstallMessageHandler(hear)
    application = QApplication(["wardbook", *arguments])
    qInstallMessageHandler(before)
    for text in said:
        log.to_standard_error(text)
    return application


def start_no_bus() -> None:
    """Use the desktop's message bus, over which screen readers listen, where one runs; never let Qt start one.

    On X11 without a bus D-Bus would launch a daemon that outlives the window, and nobody could be listening on it.
    """
    running = Path(os.environ.get("XDG_RUNTIME_DIR") or os.devnull, "bus")
    if sys.platform.startswith("linux") and not running.exists():
        os.environ.setdefault("DBUS_SESSION_BUS_ADDRESS", "disabled:")


def _raise(window: MainWindow) -> None:
    """Bring the window to the front, because somebody started the program again."""
    window.setWindowState((window.windowState() & ~Qt.WindowState.WindowMinimized) | Qt.WindowState.WindowActive)
    window.show()
    window.raise_()
    window.activateWindow()


def build(application: QApplication, settings: Settings, background: Background | None = None) -> Desk:
    """Return the whole window, opened on the home page; raises KnownError where content cannot be used."""
    # Qt's own file dialog would remember its last folder; nothing is remembered here.
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)
    tokens = load_tokens()
    if not load_fonts(tokens.type["family"]):
        settings = replace(settings, notices=(*settings.notices, NO_TYPEFACE))
    reader = open_reader(Places.of_program())
    theme = Theme(settings.theme) if settings.theme else system_theme()
    look = Look(tokens, theme)
    apply_theme(application, look)
    icon = paths.resources_folder() / "icons" / "wardbook.png"
    if icon.is_file():
        application.setWindowIcon(QIcon(str(icon)))
    window = MainWindow(look)
    worker = background or Background(window)
    navigator = Navigator(window, reader, look, worker, today=date.today)
    idle = IdleWatch(settings.idle_minutes * 60, WARNING_SECONDS, window) if settings.ward_mode else None
    personal, notice = (None, "") if settings.ward_mode else _personal(navigator)
    settings = replace(settings, notices=(*settings.notices, *([notice] if notice else [])))
    desk = Desk(window, navigator, reader, worker, settings, idle, personal)
    if idle is not None:
        idle.watch(application)
    desk.start(Audience(settings.audience) if settings.audience else None)
    return desk


def _personal(navigator: Navigator) -> tuple[Personal | None, str]:
    """Open a person's own things; without a usable folder the program works without them and says so."""
    try:
        store, notice = UserStore.open(paths.user_folder())
    except KnownError as error:
        return None, str(error)
    return Personal(navigator, store), notice


def _settle() -> None:
    """Throw away what the start has left over, and never look for garbage again among what stays: typing shall not stutter."""
    gc.collect()
    gc.freeze()


def _say(what: str, started: float) -> None:
    if sys.stdout is not None:  # a windowed program has none
        sys.stdout.write(f"{what} ready in {(time.perf_counter() - started) * 1000:.0f} ms\n")
        sys.stdout.flush()


def _tell_and_quit(error: KnownError) -> None:
    """Say in a window why the program cannot start, and on standard error for whoever started it from there."""
    log.to_standard_error(f"wardbook: {error}")
    if os.environ.get("QT_QPA_PLATFORM") in ("offscreen", "minimal"):
        return
    from PySide6.QtWidgets import QMessageBox  # a start that goes well needs none

    box = QMessageBox()
    box.setWindowTitle("Wardbook")
    box.setText(error.message)
    box.setInformativeText(error.advice)
    box.exec()


def _tell_fault(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
    """Tell a fault of the program: lines of code, never values, because values may be what somebody typed."""
    log.to_standard_error(log.describe(kind, error, trace))
