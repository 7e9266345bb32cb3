"""How long the window keeps a person waiting, and what memory it takes: ``python -m benchmarks.window [--json]``.

Needs no screen and no network; works on the compiled edition. Each time is the whole wait of the person: the call and
everything the window then still does until it answers again (layout, drawing). Figures in milliseconds: median, 95th
percentile, longest, and the processor's share of the median, which other programs do not lengthen.
"""

from __future__ import annotations

import argparse
import itertools
import json
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from PySide6.QtCore import QEventLoop, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from benchmarks.wander import memory_mb, open_window
from desktop_app.content.audience import Audience
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.style import Theme
from desktop_app.ui.desk import Desk

TYPED = ("lipitor cramsp", "leg pain at night", "can amiodarone cause weakness", "pad", "spasticity")
DRUG = "amiodarone"
IDLE_S = 5.0


def settle() -> None:
    """Let the window answer until it has nothing more to do."""
    for _ in range(3):
        QApplication.processEvents()


def wait(milliseconds: int) -> None:
    """Run the window for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def timed(actions: Iterable[Callable[[], object]]) -> dict[str, float]:
    """Return what each action kept a person waiting, all together."""
    waits = [waited(action) for action in actions]
    return summary([wait for wait, _ in waits], [busy for _, busy in waits])


def waited(action: Callable[[], object]) -> tuple[float, float]:
    """Return for how long an action kept a person waiting, and the processor's share of it, in milliseconds."""
    begun, busy = time.perf_counter(), time.process_time()
    action()
    settle()
    return (time.perf_counter() - begun) * 1000, (time.process_time() - busy) * 1000


def summary(took: Sequence[float], busy: Sequence[float] = ()) -> dict[str, float]:
    """Return median, 95th percentile and longest of some times; ``busy`` is what of them the processor worked."""
    ordered = sorted(took)
    at = min(len(ordered) - 1, round(0.95 * len(ordered)))
    figures = {"median": round(statistics.median(ordered), 1), "p95": round(ordered[at], 1), "max": round(ordered[-1], 1)}
    return figures | ({"processor median": round(statistics.median(busy), 1)} if busy else {})


def opening(desk: Desk) -> dict[str, float]:
    """Open every article once for each audience."""
    places = [Link(LinkKind.ARTICLE, head.id) for head in desk.reader.heads]
    figures = []
    for audience in Audience:
        desk.navigator.set_audience(audience)
        figures.append(timed([lambda place=place: desk.navigator.open_link(place) for place in places]))  # type: ignore[misc]
    return max(figures, key=lambda figure: figure["p95"])


def switching(desk: Desk, actions: Sequence[Callable[[], object]]) -> dict[str, float]:
    """Switch to and fro in every tenth article."""
    waits = []
    turns = itertools.cycle(actions)
    for head in desk.reader.heads[::10]:
        desk.navigator.open_link(Link(LinkKind.ARTICLE, head.id))
        settle()
        for _ in range(len(actions)):
            waits.append(waited(next(turns)))
    return summary([wait for wait, _ in waits], [busy for _, busy in waits])


def typing(desk: Desk) -> dict[str, float]:
    """Type five searches at ten keys a second, and measure for how long the window did not answer after each key."""
    blocked: list[float] = []
    for text in TYPED:
        desk.window.field.clear()
        for key in text:
            longest, last = 0.0, time.perf_counter()
            QTest.keyClicks(desk.window.field, key)
            until = last + 0.1
            while (now := time.perf_counter()) < until:
                longest, last = max(longest, now - last), now
                QApplication.processEvents()
                time.sleep(0.0005)
            blocked.append(max(longest, time.perf_counter() - last) * 1000)
    desk.navigator.close_results()
    return summary(blocked)


def idle_percent(desk: Desk) -> float:
    """Return the share of one processor that the open window takes while nobody touches it."""
    wait(1000)
    begun = time.process_time()
    wait(round(IDLE_S * 1000))
    return round((time.process_time() - begun) / IDLE_S * 100, 2)


def start_to_statement() -> float:
    """Return the milliseconds from the start of the process to the statement a drug's search opened, typed by a script."""
    took = []
    for _ in range(5):
        begun = time.perf_counter()
        words = [sys.executable, "-m", "benchmarks.window", "--journey"]
        with subprocess.Popen(words, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout is not None
            line = process.stdout.readline()
            took.append((time.perf_counter() - begun) * 1000)
        if line.strip() != "statement shown":
            raise SystemExit(f"the journey did not arrive: {line!r}")
    return round(statistics.median(took))


def journey() -> int:
    """Open the window, type a drug, press Enter at once, and tell when the statement stands there."""
    desk = open_window()
    settle()
    QTest.keyClicks(desk.window.field, DRUG)
    QTest.keyClick(desk.window.field, Qt.Key.Key_Return)
    until = time.monotonic() + 20
    while desk.navigator.page is None and time.monotonic() < until:
        QApplication.processEvents()
    settle()
    if desk.navigator.page is not None and desk.window.view.reading_anchor():
        sys.stdout.write("statement shown\n")
        sys.stdout.flush()
    desk.stop()
    return 0


def measure() -> dict[str, Any]:
    """Return every figure."""
    figures: dict[str, Any] = {"start to statement ms": start_to_statement()}
    desk = open_window()
    settle()
    wait(500)
    desk.navigator.open_link(Link(LinkKind.ARTICLE, desk.reader.heads[0].id))
    wait(200)
    figures["memory with an article MB"] = round(memory_mb(), 1)
    figures["open an article ms"] = opening(desk)
    figures["memory after every article MB"] = round(memory_mb(), 1)
    navigator = desk.navigator
    figures["switch audience ms"] = switching(
        desk,
        [lambda audience=audience: navigator.set_audience(audience) for audience in Audience],  # type: ignore[misc]
    )
    figures["switch colours ms"] = switching(
        desk,
        [lambda theme=theme: navigator.set_theme(theme) for theme in (*list(Theme)[1:], Theme.LIGHT)],  # type: ignore[misc]
    )
    figures["switch text size ms"] = switching(desk, [lambda: navigator.set_scale(1.3), lambda: navigator.set_scale(1.0)])
    figures["window busy per key ms"] = typing(desk)
    figures["idle processor %"] = idle_percent(desk)
    desk.stop()
    return figures


def main() -> int:
    """Print the figures."""
    options = argparse.ArgumentParser(prog="python -m benchmarks.window", description=__doc__.partition("\n")[0])
    options.add_argument("--json", action="store_true")
    options.add_argument("--journey", action="store_true", help=argparse.SUPPRESS)
    chosen = options.parse_args()
    if chosen.journey:
        return journey()
    figures = measure()
    print(json.dumps(figures, indent=1) if chosen.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main())
