"""What of Qt and Python stays out of the frozen program: a reference that is read offline needs no network, script or 3D."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable, Iterable

# Modules that only tools, tests or authoring use, or that nothing here uses at all.
EXCLUDED_MODULES = (
    "desktop_app.authoring",
    "desktop_app.cli.content",
    "desktop_app.store.writer",
    "sqlite_utils",
    "sqlite_fts4",
    "yaml",
    "jsonschema",
    "jsonschema_specifications",
    "referencing",
    "rpds",
    "click",
    "click_default_group",
    "tabulate",
    "pluggy",
    "dateutil",
    "attr",
    "attrs",
    "rich",
    "pygments",
    "markdown_it",
    "hypothesis",
    "pytest",
    "_pytest",
    "pip",
    "setuptools",
    "pkg_resources",
    "_distutils_hack",
    "PyInstaller",
    "tkinter",
    "_tkinter",
    "turtle",
    "idlelib",
    "lib2to3",
    "ensurepip",
    "venv",
    "unittest",
    "doctest",
    "pdb",
    "pydoc",
    "pydoc_data",
    "test",
    "curses",
    "_curses",
    "readline",
    "asyncio",
    "cached_property",
    "urllib.request",
    "http.client",
    "http.cookiejar",
    "xmlrpc",
    "wsgiref",
    "ftplib",
    "smtplib",
    "imaplib",
    "poplib",
    "ssl",
    "_ssl",
    "PySide6.QtNetwork",
    "PySide6.QtQml",
    "PySide6.QtQuick",
    "PySide6.QtSql",
    "PySide6.QtDBus",
    "PySide6.QtOpenGL",
    "PySide6.QtOpenGLWidgets",
    "PySide6.QtSvg",
    "PySide6.QtSvgWidgets",
    "PySide6.QtTest",
    "PySide6.QtXml",
    "PySide6.QtHelp",
    "PySide6.QtDesigner",
    "PySide6.QtUiTools",
    "PySide6.QtConcurrent",
)

# Plug-ins that stay, by folder; every other plug-in goes. The screen-less platforms are for tests and for printing to PDF.
KEPT_PLUGINS = (
    r"platforms/(lib)?q(offscreen|minimal|xcb|windows|cocoa)\b",
    r"platforminputcontexts/libcomposeplatforminputcontextplugin\b",
    r"printsupport/",
    r"styles/(lib)?qmac",  # the native style is what dialogs use on macOS; Windows draws with Fusion
)
Entry = tuple[str, str, str]  # name in the bundle, source path, PyInstaller's word for its type
_LIBRARY = re.compile(r"(?:PySide6/Qt/lib/)?(?P<file>lib(?!python)[^/]+\.so[.0-9]*)")
_PLUGIN = re.compile(r"(?:^|/)plugins/(?P<rest>.+)$")
_KEPT = re.compile("|".join(f"(?:{pattern})" for pattern in KEPT_PLUGINS))
_DROPPED = re.compile(
    r"""
    (?:^|/)translations/                                   # Qt's own words in other languages
    | (?:^|/)qml/
    | Qt6?(?:Network|Qml|QmlModels|QmlMeta|QmlWorkerScript|Quick|Quick\w+|Sql|Svg|Pdf|VirtualKeyboard|Wayland\w+|Egl\w+|Wl\w+
           |OpenGL|OpenGLWidgets|Test|Xml|Concurrent|Designer\w*|Help|UiTools|Lottie\w*|ShaderTools|Labs\w*)\b
    | (?:^|/)opengl32sw\.dll$ | (?:^|/)d3dcompiler_47\.dll$  # a software 3D renderer that widgets never ask for
    | (?:^|/)libssl | (?:^|/)libcrypto-[0-9].*\.dll$
    | (?:^|/)libgtk-3 | (?:^|/)libgdk
    | ^libcups\.so                                          # a system that prints has its own; with it go its network libraries
    | \.dist-info/(?!METADATA$|LICEN[CS]E|licenses/)        # how it was installed differs from machine to machine
    | (?:^|/)resources/icons/.*\.(?:ico|icns)$
    | \.pyi$ | (?:^|/)py\.typed$
    """,
    re.VERBOSE,
)


def kept(name: str) -> bool:
    """Tell whether a file of the bundle, by its name there, belongs in it."""
    plain = name.replace("\\", "/")
    plugin = _PLUGIN.search(plain)
    if plugin is not None:
        return _KEPT.match(plugin["rest"]) is not None
    return _DROPPED.search(plain) is None


def prune(entries: Iterable[Entry]) -> list[Entry]:
    """Return those of PyInstaller's entries (name, source, type) that belong in the bundle."""
    return [entry for entry in entries if kept(entry[0])]


def needed(entries: Iterable[Entry], imports_of: Callable[[str], Iterable[str]]) -> list[Entry]:
    """Return the entries without the shared libraries that nothing left in the bundle asks for.

    PyInstaller copies what the dropped plug-ins needed as well. ``imports_of`` gives the file names of the libraries that a
    binary (by its source path) asks for. Libraries are Qt's and those copied from the system; all else asks for them.
    """
    entries = list(entries)
    libraries: dict[str, list[Entry]] = {}
    pending = []
    for entry in entries:
        match = _LIBRARY.fullmatch(entry[0])
        if match is not None:
            libraries.setdefault(match["file"], []).append(entry)
        elif entry[2] in ("BINARY", "EXTENSION"):
            pending.append(entry[1])
    reached: set[str] = set()
    while pending:
        for name in imports_of(pending.pop()):
            if name in libraries and name not in reached:
                reached.add(name)
                pending += [entry[1] for entry in libraries[name] if entry[2] == "BINARY"]
    dropped = {entry[0] for name, found in libraries.items() if name not in reached for entry in found}
    return [entry for entry in entries if entry[0] not in dropped]


def asked_for(binary: str) -> list[str]:
    """Return the file names of the libraries that a Linux binary itself asks for (not what those ask for in turn)."""
    done = subprocess.run(["objdump", "-p", binary], capture_output=True, text=True, check=True, stdin=subprocess.DEVNULL)
    return re.findall(r"^\s+NEEDED\s+(\S+)$", done.stdout, re.MULTILINE)
