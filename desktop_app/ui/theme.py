"""Colours and type of the window, filled from the design tokens."""

from __future__ import annotations

from contextlib import suppress
from functools import cache
from string import Template

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QFont, QFontDatabase, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from desktop_app import paths
from desktop_app.reading.style import Look, Theme, damaged_design


def load_fonts(family: str) -> bool:
    """Register the bundled typeface; returns False when the program folder lacks it."""
    for path in sorted(paths.fonts_folder().glob("*.ttf")):
        with suppress(OSError):  # from memory: the folder may go away while the window stands
            QFontDatabase.addApplicationFontFromData(path.read_bytes())
    return family in QFontDatabase.families()


def system_theme() -> Theme:
    """Return the theme the system asks for: high contrast first, then dark."""
    hints = QGuiApplication.styleHints()
    accessibility = getattr(hints, "accessibility", None)
    if accessibility is not None:
        try:
            preference = accessibility().contrastPreference()
        except RuntimeError:  # Qt 6.11 deletes the object after a change of style
            preference = None
        if preference == getattr(Qt, "ContrastPreference", None) and preference is not None:
            return Theme.CONTRAST
        if preference is not None and getattr(preference, "name", "") == "HighContrast":
            return Theme.CONTRAST
    return Theme.DARK if hints.colorScheme() is Qt.ColorScheme.Dark else Theme.LIGHT


def apply_theme(application: QApplication, look: Look) -> None:
    """Give the application its type and palette; the window takes ``style_sheet``, its dialogs and menus with it.

    A style sheet on the application, or a font in one, makes every change of colours several times slower. Fusion is
    set by the caller, so that every system draws alike.
    """
    font = QFont(look.tokens.type["family"])
    font.setPointSizeF(look.points("ui"))
    if application.font() != font:
        application.setFont(font)
    application.setPalette(palette(look))


def style_sheet(look: Look) -> str:
    """Return the style sheet of the window for a look."""
    marks = {
        "icons": (paths.resources_folder() / "icons").as_posix(),
        "tone": _tone(look.colours["ink"]),
        "on_tone": _tone(look.colours["on_accent"]),
    }
    sizes = {"ui": look.points("ui"), "brand": round(look.points("ui") * 1.25, 1), "search": look.points("text")}
    return _template().substitute(look.colours, **sizes, **marks, family=look.tokens.type["family"])


@cache
def _template() -> Template:
    """Return the style sheet before its colours; read once, because the folder may go away while the window stands."""
    try:
        template = Template((paths.resources_folder() / "styles" / "app.qss").read_text("utf-8"))
    except (OSError, UnicodeError) as error:
        raise damaged_design() from error
    if not template.is_valid() or "QWidget" not in template.template:
        raise damaged_design()
    return template


def _tone(colour: str) -> str:
    """Return which drawing of a mark has about this colour."""
    return "light" if QColor(colour).lightnessF() > 0.5 else "dark"


def palette(look: Look) -> QPalette:
    """Return the palette for what style sheets do not reach."""
    colours = {name: QColor(value) for name, value in look.colours.items()}
    roles = QPalette.ColorRole
    made = QPalette()
    for role, name in (
        (roles.Window, "ground"),
        (roles.WindowText, "ink"),
        (roles.Base, "paper"),
        (roles.AlternateBase, "ground"),
        (roles.Text, "ink"),
        (roles.Button, "paper"),
        (roles.ButtonText, "ink"),
        (roles.ToolTipBase, "paper"),
        (roles.ToolTipText, "ink"),
        (roles.PlaceholderText, "ink_2"),
        (roles.Highlight, "accent"),
        (roles.HighlightedText, "on_accent"),
        (roles.Link, "accent"),
        (roles.LinkVisited, "accent"),
    ):
        made.setColor(role, colours[name])
    return made
