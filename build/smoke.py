"""Start the frozen program as a ward would, in every place a ward might put it: ``python build/smoke.py [PROGRAM FOLDER]``.

Each place runs the same steps (version, doctor, search, sheet, window); a line on standard error that is not expected is a
fault, like a wrong exit code. What this system cannot do (another user without being root, a network namespace) is named
as left out, never passed over in silence.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import journey

ROOT = Path(__file__).resolve().parent.parent
DEFAULT = ROOT / "build" / "out" / "wardbook"
SHEET = "muscle-spasm-pitfalls"
NOBODY = 65_534
SECONDS = 60
# Lines that a system prints on its own and that say nothing of the program; each with the reason why it may stand.
EXPECTED_ON_STDERR: tuple[tuple[str, str], ...] = ()
# System calls that strace may show; each with its reason.
EXPECTED_CALLS: tuple[tuple[str, str], ...] = (
    (r"socket\(AF_UNIX, .*", "a socket in the file system reaches no other computer; what it connects to is looked at by itself"),
    (r'connect\(.*sun_path="/(?:var/)?run/nscd/socket".*', "the C library asks the local name cache who the user is"),
)
INDEX_NOTICE = r"wardbook: The search index could not be used .*rebuilt in memory.*"


@dataclass(frozen=True, slots=True)
class Done:
    """What a start of the program gave."""

    code: int
    out: str
    err: str
    seconds: float


@dataclass(frozen=True, slots=True)
class Place:
    """A program folder and how it is started there: ``prefix`` comes before the program, ``environment`` replaces the usual one."""

    name: str
    folder: Path
    writable: Path
    prefix: tuple[str, ...] = ()
    environment: dict[str, str] = field(default_factory=dict)

    def start(self, *arguments: str, **extra: str) -> Done:
        """Run the program with some arguments."""
        program = self.folder / ("wardbook.exe" if sys.platform == "win32" else "wardbook")
        environment = self.environment or {
            k: v for k, v in os.environ.items() if not k.startswith(("WARDBOOK_", "QT_", "PYTHON"))
        }
        if not self.environment:  # nothing of a trial start stays in the home of whoever runs it
            environment["WARDBOOK_USER_FOLDER"] = str(self.writable / "person")
        environment = {"QT_QPA_PLATFORM": "offscreen", **environment, **extra}
        begun = time.perf_counter()
        done = subprocess.run(
            [*self.prefix, str(program), *arguments],
            env=environment,
            cwd=self.writable,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            timeout=SECONDS,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr, time.perf_counter() - begun)


Fault = str | None
Step = Callable[[Place], tuple[Done, Fault]]


def version(place: Place) -> tuple[Done, Fault]:
    """The version and the edition are told."""
    done = place.start("--version")
    return done, None if re.match(r"wardbook \d+\.\d+\.\d+, content edition \d+", done.out) else f"said {done.out!r}"


def doctor(place: Place) -> tuple[Done, Fault]:
    """The program finds itself whole: content, index, fonts, 20 known questions, a PDF."""
    done = place.start("doctor", "--json")
    report = json.loads(done.out or "{}")
    bad = [f"{check['name']}: {check['detail']}" for check in report.get("checks", []) if not check["ok"]]
    return done, None if report.get("ok") is True and not bad else "; ".join(bad) or f"said {done.out[:200]!r}"


def search(place: Place) -> tuple[Done, Fault]:
    """A drug class is found."""
    done = place.start("search", "statin", "--json")
    hits = json.loads(done.out or "{}").get("hits", [])
    return done, None if hits and "statin" in hits[0]["article_id"] else f"first hit {hits[:1]}"


def phrase(place: Place) -> tuple[Done, Fault]:
    """Words that must stand side by side are found."""
    done = place.start("search", '"muscle pain"', "--json")
    hits = json.loads(done.out or "{}").get("hits", [])
    return done, None if hits and hits[0]["article_id"] == "muscle-pain" else f"first hit {hits[:1]}"


def sheet(place: Place) -> tuple[Done, Fault]:
    """The checklist becomes a PDF in a folder with a difficult name."""
    target = place.writable / "sheet – Ä.pdf"
    target.unlink(missing_ok=True)
    done = place.start("sheet", SHEET, "--pdf", str(target))
    whole = target.is_file() and target.read_bytes().startswith(b"%PDF-") and target.stat().st_size > 5_000
    return done, None if whole else "no whole PDF"


def window(place: Place) -> tuple[Done, Fault]:
    """The window is shown, its search answers, and it can be quit."""
    done = place.start(WARDBOOK_QUIT_AFTER_SHOW="1")
    ready = re.fullmatch(r"window ready in \d+ ms\s+search ready in \d+ ms\s+", done.out)
    return done, None if ready else f"said {done.out!r}"


STEPS: tuple[tuple[str, Step], ...] = (
    ("--version", version),
    ("doctor", doctor),
    ("search", search),
    ("quoted phrase", phrase),
    ("sheet", sheet),
    ("window", window),
)


def unexpected(text: str, allowed: Sequence[str] = ()) -> list[str]:
    """Return the lines of standard error that nothing allows."""
    patterns = [re.compile(pattern) for pattern in (*(p for p, _ in EXPECTED_ON_STDERR), *allowed)]
    return [line for line in text.splitlines() if line.strip() and not any(p.fullmatch(line.strip()) for p in patterns)]


def run_steps(place: Place, steps: Sequence[tuple[str, Step]] = STEPS, allowed: Sequence[str] = ()) -> list[str]:
    """Run the steps in one place, tell each, and return the faults in words."""
    faults = []
    for name, step in steps:
        try:
            done, fault = step(place)
        except (subprocess.TimeoutExpired, ValueError, KeyError, OSError) as error:
            done, fault = Done(-1, "", "", 0.0), f"{type(error).__name__}: {error}"
        if done.code and not fault:
            fault = f"exit code {done.code}"
        lines = unexpected(done.err, allowed)
        fault = "; ".join(part for part in (fault, *lines[:5]) if part) or None
        print(
            f"{'FAIL' if fault else 'ok  '} {place.name}: {name} ({done.seconds:.2f} s){': ' + fault if fault else ''}",
            flush=True,
        )
        if fault:
            faults.append(f"{place.name}: {name}: {fault}")
    return faults


def refusals(place: Place) -> list[str]:
    """What must fail does so in words and with its exit code: authoring, an impossible PDF, damaged content; a lost index does not."""
    wanted = (
        (("content", "check"), 2, r".*content tools.*"),
        (("nonsense",), 2, r"wardbook: .*"),
        (("sheet", SHEET, "--pdf", str(place.writable / "no folder" / "x.pdf")), 4, r"wardbook: .*"),
        (("show", "no-such-article"), 1, r"wardbook: .*"),
    )
    faults = []
    for arguments, code, sentence in wanted:
        done = place.start(*arguments)
        right = done.code == code and re.search(sentence, done.err) and "Traceback" not in done.err
        print(f"{'ok  ' if right else 'FAIL'} {place.name}: {' '.join(arguments[:2])} is refused with {code}", flush=True)
        if not right:
            faults.append(f"{place.name}: {arguments}: exit code {done.code}, said {done.err[-300:]!r}")
    return faults


def damage(place: Place) -> list[str]:
    """Damage the copy: altered content is refused with 3; without its index the program searches on and says so."""
    inner = place.folder / "_internal"
    index = inner / "index"
    hidden = index.with_name("index-away")
    index.rename(hidden)
    faults = run_steps(Place("without its index", place.folder, place.writable), STEPS[2:], [INDEX_NOTICE])
    hidden.rename(index)
    content = inner / "content.db"
    data = bytearray(content.read_bytes())
    data[len(data) // 2] ^= 1
    content.write_bytes(data)
    for arguments in (("search", "statin"), ("doctor", "--json"), ()):
        done = place.start(*arguments, WARDBOOK_QUIT_AFTER_SHOW="1")
        told = "altered or damaged" in done.err + done.out
        right = done.code == 3 and told and "Traceback" not in done.err
        name = " ".join(arguments) or "window"
        print(f"{'ok  ' if right else 'FAIL'} one bit of content.db turned: {name} is refused with 3", flush=True)
        if not right:
            faults.append(f"damaged content: {name}: exit code {done.code}, said {(done.err + done.out)[-300:]!r}")
    return faults


def forbidden_call(line: str) -> bool:
    """Tell whether a line of strace is a system call that nothing allows."""
    call = re.sub(r"^\d+ +", "", line)
    return "(" in call and not any(re.match(pattern, call) for pattern, _ in EXPECTED_CALLS)


def network_calls(place: Place) -> list[str]:
    """Watch every step with strace; return each system call that has to do with a network or a socket."""
    log = place.writable / "network.strace"
    watched = Place(
        "watched by strace", place.folder, place.writable, ("strace", "-f", "-qq", "-e", "trace=network", "-o", str(log))
    )
    faults = []
    for name, step in STEPS:
        _, fault = step(watched)
        calls = [line for line in log.read_text(encoding="utf-8", errors="replace").splitlines() if forbidden_call(line)]
        print(f"{'FAIL' if calls or fault else 'ok  '} no socket of any kind: {name}", flush=True)
        faults += [f"strace: {name}: {line}" for line in calls[:5]] + ([f"strace: {name}: {fault}"] if fault else [])
    return faults


@contextlib.contextmanager
def a_copy(source: Path, name: str) -> Iterator[Place]:
    """Copy the program folder to where everybody may read it and where names are difficult."""
    with tempfile.TemporaryDirectory(prefix="wardbook-smoke-") as text:
        base = Path(text)
        base.chmod(0o755)
        folder = base / name
        shutil.copytree(source, folder)
        writable = base / "out"
        writable.mkdir(mode=0o777)
        writable.chmod(0o777)
        yield Place(f"in “{name}”", folder, writable)


def make_read_only(folder: Path) -> None:
    """Take every right to write away from a folder and what is in it."""
    for path in (*folder.rglob("*"), folder):
        path.chmod(path.stat().st_mode & 0o555 | 0o444)


def check(folder: Path) -> tuple[list[str], list[str]]:
    """Run everything that this system can; return the faults and what had to be left out."""
    left_out = []
    with tempfile.TemporaryDirectory(prefix="wardbook-smoke-") as text:
        faults = run_steps(Place("as built", folder, Path(text)))
        faults += refusals(Place("as built", folder, Path(text)))
        if shutil.which("strace"):
            faults += network_calls(Place("as built", folder, Path(text)))
        else:
            left_out.append("watching for sockets (strace is not installed)")
        if lacking := journey.missing():
            left_out.append(f"a journey on a screen under strace (not installed: {', '.join(lacking)})")
        else:
            faults += journey.watched_journey(folder / "wardbook")
            faults += journey.uprooted_journey(folder / "wardbook")
    with a_copy(folder, "Wörd book 病棟 (Kopie)") as place:
        make_read_only(place.folder)
        faults += run_steps(Place("read-only, " + place.name, place.folder, place.writable))
        root = hasattr(os, "geteuid") and os.geteuid() == 0
        if root and shutil.which("setpriv"):
            prefix = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups")
            homeless = {"PATH": os.environ["PATH"], "HOME": "/nonexistent", "LANG": "C"}
            faults += run_steps(Place("as another user without a home", place.folder, place.writable, prefix, homeless))
        else:
            left_out.append("another user without a home (needs root and setpriv)")
        apart = ("unshare", "--net") if root else ("unshare", "--map-root-user", "--net")
        if shutil.which("unshare") and subprocess.run([*apart, "true"], capture_output=True, check=False).returncode == 0:
            faults += run_steps(Place("without any network interface", place.folder, place.writable, apart))
        else:
            left_out.append("a network namespace without interfaces (unshare is not allowed here)")
        for path in (place.folder, *place.folder.rglob("*")):
            path.chmod(path.stat().st_mode | 0o200)
        faults += damage(place)
    return faults, left_out


def main(arguments: Sequence[str]) -> int:
    """Run all checks; exit code 1 when one found a fault."""
    parser = argparse.ArgumentParser(prog="python build/smoke.py", description=__doc__.partition("\n")[0])
    parser.add_argument("folder", nargs="?", type=Path, default=DEFAULT, help="the program folder (default: build/out/wardbook)")
    options = parser.parse_args(arguments)
    if not options.folder.is_dir():
        print(f"smoke: there is no program folder {options.folder}; python build/freeze.py makes it", file=sys.stderr)
        return 1
    faults, left_out = check(options.folder.resolve())
    for text in left_out:
        print(f"left out on this system: {text}")
    for fault in faults:
        print(f"smoke: {fault}", file=sys.stderr)
    print(f"smoke: {len(faults)} faults")
    return 1 if faults else 0


if __name__ == "__main__":
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    sys.exit(main(sys.argv[1:]))
