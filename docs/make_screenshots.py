"""Makes every picture of the window in docs/screenshots: ``python docs/make_screenshots.py``.

Needs no screen. The compiled content must be there (``python -m desktop_app content build``). Pictures have at most 256
colours, so that each stays below 200 kB.
"""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path.insert(0, str(HERE.parent))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from PySide6.QtGui import QImage  # noqa: E402  (the platform must be chosen before Qt is imported)
from PySide6.QtWidgets import QApplication, QWidget  # noqa: E402

from desktop_app.app import build  # noqa: E402
from desktop_app.content.audience import Audience  # noqa: E402
from desktop_app.reading.links import parse_link  # noqa: E402
from desktop_app.reading.style import Theme  # noqa: E402
from desktop_app.settings import Settings  # noqa: E402
from desktop_app.ui.background import InlineBackground  # noqa: E402
from desktop_app.ui.desk import Desk  # noqa: E402

LARGEST_FILE = 200_000
ARTICLE = "peripheral-artery-disease"
COMPARED = ("nocturnal-leg-cramps", "ms-spasticity", "peripheral-artery-disease")
Step = Callable[[Desk], QWidget | None]


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: its file name, what is done before it is taken, and the size of the window."""

    name: str
    steps: tuple[Step, ...] = ()
    size: tuple[int, int] = (1366, 768)
    theme: Theme = Theme.LIGHT
    scale: float = 1.0


def open_place(address: str) -> Step:
    """Return a step that opens a place such as ``article/amiodarone``."""
    link = parse_link(f"wardbook:{address}")
    if link is None:
        raise ValueError(address)
    return lambda desk: desk.navigator.open_link(link)


def read_as(audience: Audience) -> Step:
    """Return a step that chooses an audience."""
    return lambda desk: desk.navigator.set_audience(audience)


def type_words(words: str) -> Step:
    """Return a step that types into the search field."""
    return lambda desk: desk.window.search_panel.search_for(words)


def side_by_side(desk: Desk) -> None:
    """Show a second audience."""
    desk.navigator.toggle_side_by_side()


def compare(desk: Desk) -> None:
    """Put three causes beside one another."""
    desk.comparing.show(COMPARED)


def checklist(desk: Desk) -> QWidget | None:
    """Open the preview of a checklist; the picture is taken of it."""
    desk.paper.print_checklist("exertional-leg-pain")
    return desk.paper.dialog


PICTURES = (
    Picture("home"),
    Picture("search", (type_words("lipitor cramsp"),)),
    Picture("article-clinician", (read_as(Audience.CLINICIAN), open_place(f"article/{ARTICLE}"))),
    Picture("article-student", (read_as(Audience.STUDENT), open_place(f"article/{ARTICLE}"))),
    Picture("article-patient", (read_as(Audience.PATIENT), open_place(f"article/{ARTICLE}"))),
    Picture("side-by-side", (open_place("article/nocturnal-leg-cramps"), side_by_side)),
    Picture("compare", (compare,)),
    Picture("checklist-preview", (checklist,)),
    Picture("dark", (open_place("article/ms-spasticity"),), theme=Theme.DARK),
    Picture("high-contrast", (open_place("article/nocturnal-leg-cramps"),), theme=Theme.CONTRAST),
    Picture("large-text-1024", (read_as(Audience.PATIENT), open_place(f"article/{ARTICLE}")), size=(1024, 768), scale=2.0),
)


def take(application: QApplication, picture: Picture) -> QImage:
    """Open a fresh window, take the steps, and return what it then looks like."""
    desk = build(application, Settings(ward_mode=True, theme=picture.theme.value), InlineBackground())
    window = desk.window
    window.resize(*picture.size)
    window.show()
    desk.navigator.set_scale(picture.scale)
    shown: QWidget = window
    for step in picture.steps:
        application.processEvents()
        shown = step(desk) or shown
    for _ in range(3):
        application.processEvents()
    image = shown.grab().toImage()
    if shown is not window:
        shown.close()
    if desk.idle is not None:
        desk.idle.unwatch(application)
    window.close()
    desk.stop()
    window.deleteLater()
    application.processEvents()
    return image


def fewer_colours(image: QImage) -> QImage:
    """Return the picture in its 256 commonest colours: the window has few, and the file becomes half as large."""
    plain = image.convertToFormat(QImage.Format.Format_RGB32)
    counted = Counter(memoryview(plain.constBits()).cast("I"))
    return plain.convertToFormat(QImage.Format.Format_Indexed8, [colour for colour, _ in counted.most_common(256)])


def make(pictures: Sequence[Picture], folder: Path) -> Iterator[Path]:
    """Write the pictures into a folder, one PNG each."""
    application = QApplication.instance() or QApplication(["wardbook"])
    if not isinstance(application, QApplication):
        raise TypeError("a Qt application without widgets is already running")
    application.setStyle("Fusion")
    folder.mkdir(parents=True, exist_ok=True)
    for picture in pictures:
        path = folder / f"{picture.name}.png"
        fewer_colours(take(application, picture)).save(str(path), quality=0)
        yield path


def main() -> int:
    """Make every picture; the exit code is 1 when one is too large."""
    large = False
    for path in make(PICTURES, HERE / "screenshots"):
        size = path.stat().st_size
        large |= size > LARGEST_FILE
        sys.stdout.write(f"{path.name}: {size / 1000:.0f} kB\n")
    return 1 if large else 0


if __name__ == "__main__":
    sys.exit(main())
