"""The first of the two commands: run.py prepares what is missing, does nothing twice, repairs what broke, and hands over."""

from __future__ import annotations

import ast
import importlib.util
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType

import pytest

ROOT = Path(__file__).resolve().parents[2]
# A program that says what it was given, and a compiler that says that it ran: run.py must not care what they do.
PROGRAM = """
import json, os, pathlib, sys
root = pathlib.Path(__file__).resolve().parent.parent
if sys.argv[1:] == ["content", "build"]:
    if (root / "resources/content/faulty").exists():
        sys.exit("faulty:1: a fault of the sources")
    (root / "content.db").write_text("compiled")
    (root / "build/out").mkdir(parents=True, exist_ok=True)
    (root / "build/out/manifest.json").write_text("{}")
    with (root / "compiled.txt").open("a") as log:
        log.write("compiled\\n")
    sys.exit(0)
print(json.dumps({"words": sys.argv[1:], "folder": os.getcwd(), "prefix": sys.prefix}))
sys.exit(7 if "fail" in sys.argv else 0)
"""
Start = Callable[..., "subprocess.CompletedProcess[str]"]


class Checkout:
    """A small checkout with run.py in it, in a folder whose name has spaces and letters beyond ASCII."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "desktop_app" / "store").mkdir(parents=True)
        (folder / "desktop_app" / "__init__.py").touch()
        (folder / "desktop_app" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
        (folder / "requirements").mkdir()
        for name in ("runtime.lock", "dev.lock"):
            (folder / "requirements" / name).write_text("# nothing is needed\n", encoding="utf-8")
        (folder / "resources" / "content").mkdir(parents=True)
        (folder / "resources" / "content" / "article.yaml").write_text("title: one\n", encoding="utf-8")
        shutil.copy(ROOT / "run.py", folder)

    @property
    def compiled(self) -> int:
        """Return how often the content was compiled."""
        log = self.folder / "compiled.txt"
        return len(log.read_text(encoding="utf-8").splitlines()) if log.exists() else 0

    def start(self, *words: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run ``python run.py WORDS``."""
        environment = {**os.environ, "PIP_NO_INDEX": "1", "PYTHONIOENCODING": "utf-8"}
        command = [sys.executable, str(self.folder / "run.py"), *words]
        folder = cwd or self.folder
        return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", env=environment, check=False)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Checkout]:
    """A checkout that was started once; making a virtual environment takes seconds, so the tests share it."""
    made = Checkout(tmp_path_factory.mktemp("base") / "ward book – Ä 病棟")
    first = made.start("hello")
    assert first.returncode == 0, first.stderr
    assert "preparing its own Python environment" in first.stderr
    yield made
    shutil.rmtree(made.folder)


@pytest.fixture(scope="module")
def runner() -> ModuleType:
    """run.py as a module."""
    spec = importlib.util.spec_from_file_location("wardbook_run", ROOT / "run.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_the_second_start_prepares_nothing_and_passes_words_folder_and_exit_code(checkout: Checkout, tmp_path: Path) -> None:
    before = checkout.compiled
    done = checkout.start("search", "leg cramps", "fail", cwd=tmp_path)
    said = json.loads(done.stdout)
    assert done.returncode == 7
    assert done.stderr == ""
    assert said["words"] == ["search", "leg cramps", "fail"]
    assert Path(said["folder"]) == tmp_path
    assert Path(said["prefix"]) == checkout.folder / ".venv"
    assert checkout.compiled == before


def test_a_changed_source_is_compiled_once(checkout: Checkout) -> None:
    before = checkout.compiled
    (checkout.folder / "resources" / "content" / "article.yaml").write_text("title: another\n", encoding="utf-8")
    assert checkout.start("a").returncode == 0
    assert checkout.start("b").returncode == 0
    assert checkout.compiled == before + 1


def test_missing_content_is_compiled(checkout: Checkout) -> None:
    before = checkout.compiled
    (checkout.folder / "content.db").unlink()
    assert checkout.start("a").returncode == 0
    assert checkout.compiled == before + 1


def test_faulty_sources_are_told_and_the_content_commands_still_run(checkout: Checkout) -> None:
    fault = checkout.folder / "resources" / "content" / "faulty"
    fault.touch()
    try:
        stopped = checkout.start("search", "cramp")
        checked = checkout.start("content", "check")
    finally:
        fault.unlink()
    assert stopped.returncode == 1
    assert "faulty:1: a fault of the sources" in stopped.stderr
    assert "Traceback" not in stopped.stderr
    assert checked.returncode == 0
    assert json.loads(checked.stdout)["words"] == ["content", "check"]


def test_packages_that_cannot_be_installed_are_told_and_the_next_start_repairs(checkout: Checkout) -> None:
    lock = checkout.folder / "requirements" / "runtime.lock"
    lock.write_text(f"nothing-of-this-name==1.0 --hash=sha256:{'0' * 64}\n", encoding="utf-8")
    stopped = checkout.start("a")
    assert stopped.returncode == 1
    assert "The locked packages could not be installed." in stopped.stderr
    assert "Traceback" not in stopped.stderr
    lock.write_text("# nothing is needed\n", encoding="utf-8")
    repaired = checkout.start("a")
    assert repaired.returncode == 0, repaired.stderr
    assert "preparing its own Python environment" in repaired.stderr
    assert checkout.start("a").stderr == ""


def test_a_moved_folder_is_prepared_anew(checkout: Checkout) -> None:
    moved = checkout.folder.with_name("moved")
    checkout.folder.rename(moved)
    checkout.folder = moved
    done = checkout.start("a")
    assert done.returncode == 0, done.stderr
    assert "preparing its own Python environment" in done.stderr
    assert Path(json.loads(done.stdout)["prefix"]) == moved / ".venv"


def test_an_environment_of_another_python_is_prepared_anew(checkout: Checkout) -> None:
    stamp = checkout.folder / ".venv" / "wardbook-ready.json"
    value = json.loads(stamp.read_text(encoding="utf-8"))
    stamp.write_text(json.dumps({**value, "python": "3.9 in /elsewhere"}), encoding="utf-8")
    assert "preparing its own Python environment" in checkout.start("a").stderr
    stamp.write_text("{ not json", encoding="utf-8")
    adopted = checkout.start("a")
    assert adopted.returncode == 0
    assert "preparing its own" not in adopted.stderr
    assert "installing the locked packages" in adopted.stderr


def test_an_interrupted_preparation_is_begun_again(checkout: Checkout) -> None:
    (checkout.folder / ".venv" / "wardbook-half-done").touch()
    (checkout.folder / ".venv" / "wardbook-ready.json").unlink()
    done = checkout.start("a")
    assert done.returncode == 0
    assert "preparing its own Python environment" in done.stderr


def test_missing_system_libraries_are_named_with_their_packages(runner: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(runner, "QT_LIBRARIES", (("libnot-there.so.1", "libnot-there1", "not-there-libs"),))
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    told = r"(?s)libnot-there\.so\.1.*apt install libnot-there1.*not-there-libs"
    for words in ([], ["--ward"], ["test"], ["sheet", "cramp"], ["doctor"]):
        with pytest.raises(runner.CannotPrepareError, match=told):
            runner.check_libraries(words)
    for words in (["search", "cramp"], ["--version"], ["--help"], ["content", "check"]):
        runner.check_libraries(words)


def test_the_window_libraries_are_asked_for_only_where_a_window_opens_on_x11(
    runner: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "platform", "linux")
    monkeypatch.setattr(runner, "QT_LIBRARIES", ())
    monkeypatch.setattr(runner, "WINDOW_LIBRARIES", (("libnot-there.so.1", "libnot-there1", "not-there-libs"),))
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    runner.check_libraries([])
    monkeypatch.delenv("QT_QPA_PLATFORM")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    runner.check_libraries(["doctor"])
    with pytest.raises(runner.CannotPrepareError, match="libnot-there1"):
        runner.check_libraries([])


def test_an_older_python_can_read_the_file_and_is_refused_in_words() -> None:
    source = (ROOT / "run.py").read_text(encoding="utf-8")
    tree = ast.parse(source, feature_version=(3, 7))
    guard = next(node for node in tree.body if isinstance(node, ast.If))
    assert "version_info" in ast.unparse(guard.test)
    assert "needs Python 3.11" in ast.unparse(guard.body[0])
    before = tree.body[: tree.body.index(guard)]
    names = {alias.name for node in before if isinstance(node, ast.Import) for alias in node.names}
    assert names <= {"contextlib", "hashlib", "json", "os", "subprocess", "sys"}, "imported before the version is looked at"


def test_only_the_standard_library_is_used() -> None:
    tree = ast.parse((ROOT / "run.py").read_text(encoding="utf-8"))
    modules = {alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    modules |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert modules <= set(sys.stdlib_module_names)
