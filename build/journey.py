"""A whole journey of the frozen program on a screen of its own, with the keyboard, while every socket is written down.

A person's keys are pressed with xdotool under Xvfb; the program knows nothing of it. Each step must be seen to have
happened (a window of a title, or a picture of which many lines changed), so that a journey that went nowhere cannot pass.
``strangers`` is the judge: it names every line of strace that is not a talk with the display or with a service on this
computer that the desktop itself brings.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TOOLS = ("strace", "Xvfb", "xdotool")
SECONDS = 60
WIDTH, HEIGHT = 1366, 900
LINES_CHANGED = 40  # a blinking caret is about 20 lines of the picture high
STILL_S = 0.4
LOADED_S = 4.0  # after the start: what it left out has been loaded
# Where a local socket may lead, each with its reason. A path that begins with @ is an abstract one.
LOCAL: tuple[tuple[str, str], ...] = (
    (r"@?/tmp/\.X11-unix/X\d+", "the display"),
    (r"(?:/[^\"]*)?/wayland-\d+", "the display"),
    (r"/(?:var/)?run/nscd/socket", "the C library asks the local name cache who the user is"),
    (r"@?/(?:run/user/\d+|tmp|var/run|run)/(?:dbus|at-spi|bus)[^\"]*", "screen readers are reached over the desktop's own bus"),
    (r"/(?:var/)?run/cups/cups\.sock", "the print dialog asks the print system of this computer for its printers"),
)
# Calls on a socket that exists; the making and the connecting of sockets is what is judged.
TALK = [
    "accept4?",
    "bind",
    "getpeername",
    "getsockname",
    "getsockopt",
    "listen",
    "recvfrom",
    "recvmmsg",
    "recvmsg",
    "sendmmsg",
    "sendmsg",
    "sendto",
    "setsockopt",
    "shutdown",
]


class StrayedError(Exception):
    """The journey did not get where it should: a sentence."""


@dataclass(frozen=True, slots=True)
class Stage:
    """One thing that a person does: keys to press or words to type, and the title of the window that comes of it, if one does."""

    name: str
    keys: tuple[str, ...] = ()
    words: str = ""
    opens: str = ""
    closes: str = ""


# Whoosh is loaded with the first phrase: the one thing that a folder which went away takes along, and the window says so.
PHRASE = Stage("type a quoted phrase", ("ctrl+k",), words='"muscle pain"')
JOURNEY = (
    Stage("type a query", words="statin muscle pain"),
    PHRASE,
    Stage("open the first article", ("Return",)),
    Stage("texts for students", ("ctrl+2",)),
    Stage("find in the page", ("ctrl+f",), "muscle"),
    Stage("leave finding", ("Escape",)),
    Stage("print preview", ("ctrl+p",), opens="Print"),
    Stage("leave the preview", ("Escape",), closes="Print"),
    Stage("larger text", ("ctrl+equal",)),
    Stage("next colour scheme", ("ctrl+shift+d",)),
    Stage("the checklists", ("ctrl+shift+k",)),
    Stage("back", ("alt+Left",)),
)


def strangers(log: str) -> list[str]:
    """Return the lines of ``strace -f -e trace=network`` that show a socket which may lead out of this computer, or to an unknown.

    Lines of signals and ends of processes are passed over; a call that was interrupted and resumed counts where it began.
    """
    return [line for line in log.splitlines() if _is_strange(re.sub(r"^(?:\[pid +)?\d+\]? +", "", line))]


def _is_strange(call: str) -> bool:
    name, bracket, rest = call.partition("(")
    if not bracket or not re.fullmatch(r"[a-z0-9_]+", name):
        return False
    if set(re.findall(r"\b[AP]F_[A-Z0-9]+", rest)) - {"AF_UNIX", "PF_UNIX"}:
        return True
    if name in ("socket", "socketpair"):
        return not rest.startswith("AF_UNIX,")
    if name == "connect":
        path = re.search(r'sun_path=(@?)"([^"]*)"', rest)
        return path is None or not any(re.fullmatch(pattern, "".join(path.groups())) for pattern, _ in LOCAL)
    return not any(re.fullmatch(pattern, name) for pattern in TALK)


class Screen:
    """A screen in memory, and a keyboard for it."""

    def __init__(self, display: str, picture: Path) -> None:
        self.display = display
        self._picture = picture
        self._tool = shutil.which("xdotool") or "xdotool"

    def do(self, *words: str) -> str:
        """Run one command of xdotool; a window that is not there gives an empty answer."""
        done = subprocess.run(
            [self._tool, *words], env={**os.environ, "DISPLAY": self.display}, capture_output=True, text=True, check=False
        )
        return done.stdout.strip()

    def lines(self) -> list[bytes]:
        """Return the picture, line by line from above."""
        data = self._picture.read_bytes()[-WIDTH * HEIGHT * 4 :]
        return [data[start : start + WIDTH * 4] for start in range(0, len(data), WIDTH * 4)]

    def still(self) -> list[bytes]:
        """Wait until the picture rests, but for a caret, and return it."""
        before = self.lines()
        until = time.monotonic() + SECONDS
        while time.monotonic() < until:
            time.sleep(STILL_S)
            after = self.lines()
            if changed(before, after) < LINES_CHANGED:
                return after
            before = after
        raise StrayedError("the picture never came to rest")

    def windows(self, title: str) -> list[str]:
        """Return the windows on the screen whose title begins so."""
        return self.do("search", "--onlyvisible", "--name", f"^{title}").split()


def changed(before: Sequence[bytes], after: Sequence[bytes]) -> int:
    """Return in how many lines two pictures differ."""
    return sum(old != new for old, new in zip(before, after, strict=True))


@contextlib.contextmanager
def a_screen(folder: Path) -> Iterator[Screen]:
    """Start a screen in memory whose picture lies in a folder; nothing but a local socket leads to it."""
    reading, writing = os.pipe()
    command = [
        "Xvfb",
        "-displayfd",
        str(writing),
        "-screen",
        "0",
        f"{WIDTH}x{HEIGHT}x24",
        "-nolisten",
        "tcp",
        "-fbdir",
        str(folder),
    ]
    with subprocess.Popen(command, pass_fds=(writing,), stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as server:
        os.close(writing)
        try:
            with os.fdopen(reading) as told:
                number = told.readline().strip()
            if not number:
                raise StrayedError("the screen in memory did not start")
            yield Screen(f":{number}", folder / "Xvfb_screen0")
        finally:
            server.terminate()


def wait_for(what: Callable[[], bool], sentence: str) -> None:
    """Wait until something holds; raises StrayedError when it does not in a minute."""
    until = time.monotonic() + SECONDS
    while not what():
        if time.monotonic() > until:
            raise StrayedError(sentence)
        time.sleep(0.05)


def walk(screen: Screen, program: subprocess.Popen[bytes], stages: Sequence[Stage] = JOURNEY) -> Iterator[str]:
    """Take every stage and yield its name when it was seen to have happened; raises StrayedError."""

    def wait(what: Callable[[], bool], sentence: str) -> None:
        def alive() -> bool:
            if program.poll() is not None:
                raise StrayedError(f"the program ended with {program.returncode} (is another Wardbook of this user open?)")
            return what()

        wait_for(alive, sentence)

    wait(lambda: bool(screen.windows("Wardbook")), "no window came")
    main = screen.windows("Wardbook")[0]
    screen.do("windowfocus", "--sync", main)
    before = screen.still()
    yield "start"
    for stage in stages:
        take(stage, screen, main, before, wait)
        before = screen.still()
        yield stage.name
    screen.do("key", "ctrl+q")
    wait_for(lambda: program.poll() is not None, "quit: the window stays open")
    if program.returncode:
        raise StrayedError(f"quit: exit code {program.returncode}")
    yield "quit"


def take(
    stage: Stage, screen: Screen, main: str, before: Sequence[bytes], wait: Callable[[Callable[[], bool], str], None]
) -> None:
    """Do one stage from the window ``main`` and wait until it is seen in a window or in the picture; raises StrayedError."""
    for keys in stage.keys:
        screen.do("key", keys)
    if stage.words:
        screen.do("type", "--delay", "30", stage.words)
    if stage.opens:
        wait(lambda: bool(screen.windows(stage.opens)), f"{stage.name}: no such window")
        screen.do("windowfocus", "--sync", screen.windows(stage.opens)[0])
    elif stage.closes:
        wait(lambda: not screen.windows(stage.closes), f"{stage.name}: the window stays")
        screen.do("windowfocus", "--sync", main)
    else:
        wait(lambda: changed(before, screen.lines()) >= LINES_CHANGED, f"{stage.name}: nothing happened on the screen")


def missing() -> list[str]:
    """Return the tools that this system lacks for the journey."""
    return [tool for tool in TOOLS if shutil.which(tool) is None]


def watched_journey(program: Path) -> list[str]:
    """Take the whole journey under strace, tell each stage, and return the faults in words."""
    with tempfile.TemporaryDirectory(prefix="wardbook-journey-") as text:
        folder = Path(text)
        log = folder / "network.strace"
        command = ["strace", "-f", "-qq", "-s", "200", "-e", "trace=network", "-o", str(log), str(program)]
        faults = _journey("journey on a screen", command, folder)
        calls = log.read_text(encoding="utf-8", errors="replace")
        if not re.search(r"connect\(.*X11-unix", calls):
            faults.append("journey: strace did not even see the display's own socket, so it proves nothing")
        strange = strangers(calls)
        print(
            f"{'FAIL' if strange else 'ok  '} journey on a screen: no socket but the display's in {calls.count(chr(10))} calls",
            flush=True,
        )
        return faults + [f"journey: {line}" for line in strange[:10]]


def uprooted_journey(program: Path) -> list[str]:
    """Take the journey with a copy of the program whose folder is renamed once the window stands, as an update does; return the faults."""
    with tempfile.TemporaryDirectory(prefix="wardbook-uprooted-") as text:
        folder = Path(text)
        home = folder / "wardbook"
        shutil.copytree(program.parent, home)

        def uproot() -> None:
            time.sleep(LOADED_S)
            home.rename(folder / "wardbook-old")

        stages = [stage for stage in JOURNEY if stage is not PHRASE]
        return _journey("journey without its folder", [str(home / program.name)], folder, stages, uproot)


def _journey(
    title: str,
    command: Sequence[str],
    folder: Path,
    stages: Sequence[Stage] = JOURNEY,
    when_started: Callable[[], None] | None = None,
) -> list[str]:
    """Take the journey with a command on a screen of its own, tell each stage, and return the faults in words."""
    errors = folder / "stderr"
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("WARDBOOK_", "QT_", "PYTHON", "WAYLAND", "DBUS_", "XDG_RUNTIME"))
    }
    environment["WARDBOOK_USER_FOLDER"] = str(folder / "person")
    faults = []
    with a_screen(folder) as screen, errors.open("wb") as told:
        environment["DISPLAY"] = screen.display
        with subprocess.Popen(
            command, env=environment, cwd=folder, stdin=subprocess.DEVNULL, stdout=told, stderr=told, start_new_session=True
        ) as process:
            try:
                for name in walk(screen, process, stages):
                    print(f"ok   {title}: {name}", flush=True)
                    if name == "start" and when_started is not None:
                        when_started()
            except StrayedError as error:
                print(f"FAIL {title}: {error}", flush=True)
                faults.append(f"{title}: {error}")
                with contextlib.suppress(ProcessLookupError):
                    os.killpg(process.pid, signal.SIGKILL)
    said = errors.read_text(encoding="utf-8", errors="replace").splitlines()
    return faults + [f"{title}: standard error: {line}" for line in said[:5]]
