"""The rooms keep their order: imports go downwards only, Qt stays where pixels are, Whoosh behind one door."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest
from importlinter.cli import lint_imports

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "desktop_app"
SOURCES = sorted(PACKAGE.rglob("*.py"))
NETWORK_MODULES = {"socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "xmlrpc", "asyncio", "requests"}


def imported(tree: ast.AST) -> set[str]:
    """Return every module name that a file imports, at the top or inside a function."""
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            names.add(node.module)
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return names


def test_the_contracts_of_pyproject_hold(capsys: pytest.CaptureFixture[str]) -> None:
    code = lint_imports(config_filename=str(ROOT / "pyproject.toml"), no_cache=True)
    said = capsys.readouterr().out
    assert code == 0, said
    assert "0 broken" in said


def test_the_contracts_are_really_checked(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """A contract that forbids what the program does is reported as broken, so a green result above means something."""
    config = tmp_path / "contracts.toml"
    config.write_text(
        '[tool.importlinter]\nroot_package = "desktop_app"\n'
        '[[tool.importlinter.contracts]]\nname = "wrong on purpose"\ntype = "forbidden"\n'
        'source_modules = ["desktop_app.store"]\nforbidden_modules = ["desktop_app.errors"]\n',
        encoding="utf-8",
    )
    code = lint_imports(config_filename=str(config), no_cache=True)
    assert code != 0
    assert "wrong on purpose BROKEN" in capsys.readouterr().out


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_every_module_says_what_it_is_and_speaks_to_no_network(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert ast.get_docstring(tree), "a module docstring is missing"
    network = {name for name in imported(tree) for module in NETWORK_MODULES if name == module or name.startswith(module + ".")}
    assert not network
    qt_network = {name for name in imported(tree) if name.startswith(("PySide6.QtNetwork", "PySide6.QtWeb", "PySide6.QtQml"))}
    assert not qt_network


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_no_module_keeps_a_changeable_global(path: Path) -> None:
    """No ``global`` statement and no empty list, dict or set waiting at the top of a module to be filled."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    assert not [node.lineno for node in ast.walk(tree) if isinstance(node, ast.Global)]
    for node in tree.body:
        value = node.value if isinstance(node, (ast.Assign, ast.AnnAssign)) else None
        empty = (isinstance(value, ast.List) and not value.elts) or (isinstance(value, ast.Dict) and not value.keys)
        made = isinstance(value, ast.Call) and ast.unparse(value) in {"list()", "dict()", "set()"}
        assert not empty, f"line {node.lineno}"
        assert not made, f"line {node.lineno}"


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_broad_except_says_what_it_guards_against(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    lines = text.splitlines()
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.ExceptHandler):
            assert node.type is not None, f"line {node.lineno}: a bare except"
            if ast.unparse(node.type) in {"Exception", "BaseException"}:
                around = lines[node.lineno - 1 : node.body[0].lineno]
                assert any("#" in line for line in around), f"line {node.lineno}: a broad except without its reason"
