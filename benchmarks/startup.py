"""How fast the program starts and how much memory it takes: ``python -m benchmarks.startup [--program PATH] [--runs N]``.

Measured from outside, as a person would: from the start of the process to the lines "window ready" (painted) and "search
ready" (a first search answered), on whatever display ``QT_QPA_PLATFORM`` names (``offscreen`` when none is set). The first run is
thrown away: it warms the disk cache. In turn with every run a bare window is measured, an empty one that Python and Qt show
without us: on a busy machine the ratio of the two says more than either. Memory is the proportional set size of the process
three seconds after the window stands, and on X11 with ``xdotool`` again three seconds after a search was typed and its first
hit opened (Linux only). Without ``--program`` the frozen program in build/out is measured, or the source when there is none.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FROZEN = ROOT / "build" / "out" / "wardbook" / ("wardbook.exe" if sys.platform == "win32" else "wardbook")
SETTLED_S = 3.0
BARE_WINDOW = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
window.show()
application.processEvents()
print("window ready", flush=True)
"""


def times_to_lines(command: Sequence[str], environment: dict[str, str], words: Sequence[str]) -> list[float]:
    """Return the milliseconds from the start of the process to the first line, the second, ...; they must begin with ``words``."""
    begun = time.perf_counter()
    took = []
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for word in words:
            line = process.stdout.readline()
            took.append((time.perf_counter() - begun) * 1000)
            if not line.startswith(f"{word} ready"):
                raise SystemExit(f"the {word} did not get ready: the program said {line!r}")
    return took


def command_time(command: Sequence[str], environment: dict[str, str]) -> float:
    """Return the milliseconds a command of the command line takes from start to end."""
    begun = time.perf_counter()
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
    return (time.perf_counter() - begun) * 1000


def memory_mb(command: Sequence[str], environment: dict[str, str]) -> tuple[float | None, float | None]:
    """Return the proportional set size in MB at the home page and with an article open; None where it cannot be seen."""
    with subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL) as process:
        try:
            time.sleep(SETTLED_S)
            at_home = proportional_mb(process.pid)
            if environment["QT_QPA_PLATFORM"] != "xcb" or not shutil.which("xdotool"):
                return at_home, None
            for keys in (["type", "--delay", "60", "statin"], ["key", "Return"]):
                subprocess.run(["xdotool", *keys], check=True)
                time.sleep(SETTLED_S)
            return at_home, proportional_mb(process.pid)
        finally:
            process.terminate()


def proportional_mb(process: int) -> float | None:
    """Return the proportional set size of a process in MB; None where the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return None
    return next(int(line.split()[1]) / 1000 for line in lines if line.startswith("Pss:"))


def main(arguments: Sequence[str]) -> int:
    """Print the figures."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.startup", description=__doc__.partition("\n")[0])
    parser.add_argument("--program", type=Path, help="an executable; without it the frozen program, else the source")
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args(arguments)
    program = options.program or (FROZEN if FROZEN.is_file() else None)
    command = [str(program)] if program else [sys.executable, "-P", "-m", "desktop_app"]
    with tempfile.TemporaryDirectory(prefix="wardbook-startup-") as folder:
        environment = {**os.environ, "WARDBOOK_USER_FOLDER": folder, "PYTHONPATH": str(ROOT)}
        environment.setdefault("QT_QPA_PLATFORM", "offscreen")
        own = environment | {"WARDBOOK_QUIT_AFTER_SHOW": "1"}
        runs, bare = [], []
        for _ in range(options.runs + 1):
            runs.append(times_to_lines(command, own, ("window", "search")))
            bare += times_to_lines([sys.executable, "-I", "-c", BARE_WINDOW], environment, ("window",))
        searches = [command_time([*command, "search", "statin", "--json"], environment) for _ in range(options.runs)]
        at_home, with_article = memory_mb(command, environment)
    windows, ready = zip(*runs[1:], strict=True)
    bare_window = statistics.median(bare[1:])
    figures = {
        "program": "frozen" if program else "source",
        "platform": environment["QT_QPA_PLATFORM"],
        "runs": options.runs,
        "window_ms_median": round(statistics.median(windows)),
        "window_ms_min": round(min(windows)),
        "search_ready_ms_median": round(statistics.median(ready)),
        "search_ready_ms_min": round(min(ready)),
        "bare_window_ms_median": round(bare_window),
        "window_to_bare_window": round(statistics.median(windows) / bare_window, 2),
        "search_command_ms_median": round(statistics.median(searches)),
        "memory_mb_at_home": at_home and round(at_home),
        "memory_mb_with_an_article": with_article and round(with_article),
    }
    print(json.dumps(figures, indent=1) if options.json else "\n".join(f"{name}: {value}" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
