"""Start Wardbook from its source: ``python run.py [ARGS…]``, or run its tests: ``python run.py test [PYTEST ARGS…]``.

The first start prepares a virtual environment in ``.venv``, installs what the lock files name (checked by hash) and compiles
the content; later starts only compare a few stamps. Nothing outside this folder is written, and once prepared no network is
used. Only the standard library is needed. Preparation can be interrupted at any moment: the next start does the rest.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  # this file runs before anything chose a Python for it
    sys.exit("Wardbook needs Python 3.11 or newer; this is Python %d.%d." % sys.version_info[:2])  # noqa: UP031

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
READY = VENV / "wardbook-ready.json"
HALF_DONE = VENV / "wardbook-half-done"
INSTALL_LOG = VENV / "wardbook-install.log"
LOCKS = {"runtime": ROOT / "requirements" / "runtime.lock", "dev": ROOT / "requirements" / "dev.lock"}
CONTENT = ROOT / "content.db"
BUILT = ROOT / "build" / "out"
CONTENT_STAMP = BUILT / "content-stamp.json"
MANIFEST = BUILT / "manifest.json"
COMPILING_ROOMS = ("content", "store", "search", "authoring")
NEEDS_QT = frozenset({"test", "sheet", "leaflet", "print", "binder", "doctor"})
EXIT_CANNOT_PREPARE = 1
EXIT_INTERRUPTED = 130

# What Qt opens on Linux and its wheels do not carry: library, package on Debian and Ubuntu, package on Fedora.
QT_LIBRARIES = (
    ("libEGL.so.1", "libegl1", "mesa-libEGL"),
    ("libGL.so.1", "libgl1", "mesa-libGL"),
    ("libX11.so.6", "libx11-6", "libX11"),
    ("libxkbcommon.so.0", "libxkbcommon0", "libxkbcommon"),
    ("libdbus-1.so.3", "libdbus-1-3", "dbus-libs"),
    ("libfontconfig.so.1", "libfontconfig1", "fontconfig"),
    ("libfreetype.so.6", "libfreetype6", "freetype"),
    ("libglib-2.0.so.0", "libglib2.0-0", "glib2"),
)
WINDOW_LIBRARIES = (
    ("libxkbcommon-x11.so.0", "libxkbcommon-x11-0", "libxkbcommon-x11"),
    ("libX11-xcb.so.1", "libx11-xcb1", "libX11-xcb"),
    ("libxcb-cursor.so.0", "libxcb-cursor0", "xcb-util-cursor"),
    ("libxcb-icccm.so.4", "libxcb-icccm4", "xcb-util-wm"),
    ("libxcb-image.so.0", "libxcb-image0", "xcb-util-image"),
    ("libxcb-keysyms.so.1", "libxcb-keysyms1", "xcb-util-keysyms"),
    ("libxcb-randr.so.0", "libxcb-randr0", "libxcb"),
    ("libxcb-render-util.so.0", "libxcb-render-util0", "xcb-util-renderutil"),
    ("libxcb-shape.so.0", "libxcb-shape0", "libxcb"),
    ("libxcb-xkb.so.1", "libxcb-xkb1", "libxcb"),
)


class CannotPrepareError(Exception):
    """Something in the way of starting, as a sentence with what to do about it."""

    def __init__(self, message: str, exit_code: int = EXIT_CANNOT_PREPARE) -> None:
        super().__init__(message)
        self.exit_code = exit_code


def say(text: str) -> None:
    """Tell the person something; standard output is left to the program."""
    sys.stderr.write(text + "\n")
    sys.stderr.flush()


def venv_python() -> Path:
    """Return the Python of the virtual environment."""
    return VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")


def environment_stamp(dev: bool) -> dict[str, str]:
    """Return what the prepared environment depends on: this Python, this folder, the lock files."""
    stamp = {"python": "{}.{} in {}".format(*sys.version_info[:2], sys.base_prefix), "folder": str(VENV)}
    for name in ("runtime", "dev") if dev else ("runtime",):
        stamp[name] = hashlib.sha256(LOCKS[name].read_bytes()).hexdigest()
    return stamp


def read_json(path: Path) -> dict[str, str]:
    """Return the words of a stamp; a missing or damaged stamp is an empty one."""
    with contextlib.suppress(OSError, ValueError):
        value = json.loads(path.read_text(encoding="utf-8"))
        if isinstance(value, dict):
            return value
    return {}


def write_json(path: Path, value: dict[str, str]) -> None:
    """Write a stamp whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(path.name + ".part")
    part.write_text(json.dumps(value, indent=1), encoding="utf-8")
    part.replace(path)


@contextlib.contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold a lock that the system drops when this process ends: two starts at once prepare one after the other."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        if sys.platform == "win32":
            import msvcrt

            file.seek(0)
            msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield


def environment_is_ready(dev: bool) -> bool:
    """Tell whether the virtual environment is whole and of this Python, folder and lock files."""
    ready = read_json(READY)
    wanted = environment_stamp(dev)
    return all(ready.get(key) == value for key, value in wanted.items()) and venv_python().exists()


def prepare_environment(dev: bool) -> None:
    """Make the virtual environment if it is not usable, install the locked packages, and stamp it last."""
    ready = read_json(READY)
    wanted = environment_stamp(dev)
    foreign = any(ready.get(key) != wanted[key] for key in ("python", "folder"))
    if HALF_DONE.exists() or (foreign and (ready or not adoptable())):
        remake_environment()
    HALF_DONE.touch()
    READY.unlink(missing_ok=True)
    install("dev" if dev else "runtime")
    # A start without the test tools leaves those that are there: their stamp stays while the lock file is the same.
    if not dev and ready.get("dev") == environment_stamp(dev=True)["dev"]:
        wanted["dev"] = ready["dev"]
    HALF_DONE.unlink()
    write_json(READY, wanted)


def adoptable() -> bool:
    """Tell whether a .venv that somebody else made can be used: its Python runs, is of this version, and has pip."""
    question = "import sys, pip; print('%d.%d' % sys.version_info[:2], sys.prefix)"
    try:
        answer = subprocess.run([str(venv_python()), "-I", "-c", question], capture_output=True, text=True, check=True)
    except (OSError, subprocess.CalledProcessError):
        return False
    return answer.stdout.strip() == "{}.{} {}".format(*sys.version_info[:2], VENV)


def remake_environment() -> None:
    """Make ``.venv`` anew; a mark in it says until the end that it is not finished."""
    import importlib.util
    import shutil

    if Path(sys.prefix) == VENV:
        raise CannotPrepareError(f"{VENV} must be made anew, and this Python is in it. Start run.py with another Python.")
    if importlib.util.find_spec("ensurepip") is None:
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise CannotPrepareError(f"This Python cannot make virtual environments. On Debian and Ubuntu: apt install {package}")
    say("Wardbook: preparing its own Python environment in .venv (once; about 400 MB) ...")
    if VENV.exists():
        shutil.rmtree(VENV)
    VENV.mkdir()
    HALF_DONE.touch()
    run_quietly([sys.executable, "-I", "-m", "venv", str(VENV)], "The virtual environment could not be made.")


def install(name: str) -> None:
    """Install the packages of one lock file; where they come from is pip's own configuration."""
    say("Wardbook: installing the locked packages (one to three minutes) ...")
    command = [str(venv_python()), "-m", "pip", "install", "--disable-pip-version-check", "--no-input", "--no-deps"]
    command += ["--require-hashes", "--only-binary", ":all:", "--requirement", str(LOCKS[name])]
    advice = "The first start needs a network or a package mirror set in pip's configuration; later starts do not."
    run_quietly(command, f"The locked packages could not be installed. {advice}")


def run_quietly(command: list[str], failure: str) -> None:
    """Run a step with its output in a log file; on failure show the last lines and where the rest is."""
    with INSTALL_LOG.open("ab") as log:
        start = log.tell()
        done = subprocess.run(command, stdin=subprocess.DEVNULL, stdout=log, stderr=subprocess.STDOUT, check=False)
    if done.returncode:
        with INSTALL_LOG.open("rb") as log:
            log.seek(start)
            last = log.read().decode("utf-8", "replace").strip().splitlines()[-5:]
        raise CannotPrepareError("\n".join([failure, *("    " + line for line in last), f"Everything it said: {INSTALL_LOG}"]))


def content_stamp() -> dict[str, str]:
    """Return one hash over names, sizes and times of the sources and of the code that compiles them."""
    marks: list[str] = []
    for folder in (ROOT / "resources" / "content", *(ROOT / "desktop_app" / room for room in COMPILING_ROOMS)):
        pending = [str(folder)]
        while pending:
            with contextlib.suppress(FileNotFoundError), os.scandir(pending.pop()) as entries:
                for entry in entries:
                    if entry.is_dir():
                        pending.append(entry.path)
                    elif not entry.name.endswith(".pyc"):
                        state = entry.stat()
                        marks.append(f"{os.path.relpath(entry.path, ROOT)} {state.st_size} {state.st_mtime_ns}")
    return {"sources": hashlib.sha256("\n".join(sorted(marks)).encode("utf-8", "surrogateescape")).hexdigest()}


def content_is_ready() -> bool:
    """Tell whether the compiled content is there and its sources are as they were when it was compiled."""
    return CONTENT.exists() and MANIFEST.exists() and read_json(CONTENT_STAMP) == content_stamp()


def compile_content() -> None:
    """Compile the content; faults of the sources are told by the compiler itself."""
    say("Wardbook: compiling the content ...")
    stamp = content_stamp()
    command = [str(venv_python()), "-P", "-m", "desktop_app", "content", "build"]
    done = subprocess.run(command, env=child_environment(), stdin=subprocess.DEVNULL, stdout=sys.stderr, check=False)
    if done.returncode:
        advice = "python run.py content check names every fault of the sources."
        raise CannotPrepareError(f"The content could not be compiled. {advice}", done.returncode)
    write_json(CONTENT_STAMP, stamp)


def missing_libraries(libraries: tuple[tuple[str, str, str], ...]) -> list[tuple[str, str, str]]:
    """Return those libraries that the system's loader cannot open."""
    import ctypes

    missing = []
    for library in libraries:
        try:
            ctypes.CDLL(library[0])
        except OSError:
            missing.append(library)
    return missing


def check_libraries(arguments: list[str]) -> None:
    """Name the packages to install where Qt would find a system library missing (Linux only)."""
    window = not arguments or (arguments[0].startswith("--") and arguments[0] not in {"--version", "--help"})
    if not sys.platform.startswith("linux") or not (window or arguments[0] in NEEDS_QT):
        return
    on_x11 = window and not os.environ.get("QT_QPA_PLATFORM") and not os.environ.get("WAYLAND_DISPLAY")
    missing = missing_libraries(QT_LIBRARIES + (WINDOW_LIBRARIES if on_x11 else ()))
    if missing:
        raise CannotPrepareError(
            f"Qt needs {', '.join(name for name, _, _ in missing)}, which this system does not have. Install\n"
            f"    on Debian and Ubuntu:  apt install {' '.join(dict.fromkeys(debian for _, debian, _ in missing))}\n"
            f"    on Fedora:  dnf install {' '.join(dict.fromkeys(fedora for _, _, fedora in missing))}"
        )


def child_environment() -> dict[str, str]:
    """Return the environment for the program: this checkout is importable from any working directory."""
    environment = dict(os.environ)
    environment.pop("PYTHONHOME", None)
    environment["PYTHONPATH"] = str(ROOT)
    return environment


def hand_over(arguments: list[str]) -> int:
    """Run the venv's Python in place of this one (on Windows: below it) and return its exit code."""
    command = [str(venv_python()), *arguments]
    if sys.platform != "win32":
        sys.stdout.flush()
        os.execve(command[0], command, child_environment())
    with contextlib.suppress(KeyboardInterrupt):
        return subprocess.run(command, env=child_environment(), check=False).returncode
    return EXIT_INTERRUPTED


def prepare(arguments: list[str]) -> None:
    """Do whatever is missing before these arguments can be run."""
    dev = arguments[:1] == ["test"]
    if not environment_is_ready(dev):
        with only_one(BUILT / "prepare.lock"):
            if not environment_is_ready(dev):
                prepare_environment(dev)
    check_libraries(arguments)
    # The content commands work on sources that may be faulty just now: that is what they are for.
    if arguments[:1] != ["content"] and not content_is_ready():
        with only_one(BUILT / "prepare.lock"):
            if not content_is_ready():
                compile_content()


def main(arguments: list[str]) -> int:
    """Prepare, then run the program or its tests."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        prepare(arguments)
        if arguments[:1] == ["test"]:
            os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
            os.chdir(ROOT)
            return hand_over(["-P", "-m", "pytest", *arguments[1:]])
        return hand_over(["-P", "-m", "desktop_app", *arguments])
    except CannotPrepareError as error:
        say(f"Wardbook: {error}")
        return error.exit_code
    except OSError as error:
        say(f"Wardbook: cannot write or read here: {error}")
        return EXIT_CANNOT_PREPARE
    except KeyboardInterrupt:
        say("Wardbook: stopped. The next start goes on from here.")
        return EXIT_INTERRUPTED


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
