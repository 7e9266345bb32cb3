"""What happens to the finished program folder: nothing unknown, nothing missing in the lists, the same bytes every time."""

from __future__ import annotations

import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import bundle
import freeze
import licences
import pruning
import pytest
import sbom
import smoke
from version_info import version_resource

ROOT = Path(__file__).resolve().parents[2]
EPOCH = 1_767_225_600


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A small program folder."""
    made = tmp_path / "wardbook"
    (made / "_internal" / "index").mkdir(parents=True)
    (made / "wardbook").write_bytes(b"#!/bin/sh\n")
    (made / "wardbook").chmod(0o755)
    (made / "_internal" / "content.db").write_bytes(b"content" * 1000)
    (made / "_internal" / "index" / "MAIN.seg").write_bytes(b"index")
    return made


def names_of(folder: Path) -> list[str]:
    return [path.relative_to(folder).as_posix() for path in bundle.files_of(folder)]


@pytest.mark.parametrize(
    ("name", "allowed"),
    [
        ("a.txt", True),
        ("b.txt", False),
        ("lib/x.so", True),
        ("lib/deep/x.so", False),
        ("tree/x", True),
        ("tree/a/b/c", True),
        ("LIB/x.so", False),
        ("lib/x.so.1", False),
    ],
)
def test_a_pattern_allows_what_it_says_and_no_more(name: str, allowed: bool) -> None:
    assert bundle.strangers([name], ["a.txt", "lib/*.so", "tree/**"]) == ([] if allowed else [name])


def test_a_line_for_one_system_allows_nothing_on_another(tmp_path: Path) -> None:
    listed = tmp_path / "allowed.txt"
    listed.write_text("# comment\nboth\nlinux: one.so\nwindows: one.dll  # why\n\n", encoding="utf-8")
    assert bundle.read_patterns(listed, "linux") == ["both", "one.so"]
    assert bundle.read_patterns(listed, "windows") == ["both", "one.dll"]


@pytest.mark.parametrize("name", ["libQt6Network.so.6", "libQt6Qml.so.6", "libssl.so.3", "libQt6Sql.so.6", "libcups.so.2"])
def test_the_committed_allow_list_refuses_what_must_never_ship(name: str) -> None:
    patterns = bundle.read_patterns(freeze.ALLOWED, "linux")
    for place in ("_internal", "_internal/PySide6/Qt/lib"):
        assert bundle.strangers([f"{place}/{name}"], patterns)


@pytest.mark.parametrize(
    ("name", "stays"),
    [
        ("PySide6/Qt/plugins/platforms/libqxcb.so", True),
        ("PySide6/Qt/plugins/platforms/libqoffscreen.so", True),
        ("PySide6\\plugins\\platforms\\qwindows.dll", True),
        ("PySide6/Qt/plugins/platforms/libqcocoa.dylib", True),
        ("PySide6/Qt/plugins/printsupport/libcupsprintersupport.so", True),
        ("PySide6/Qt/plugins/platforms/libqvnc.so", False),
        ("PySide6/Qt/plugins/platforms/libqminimalegl.so", False),
        ("PySide6/Qt/plugins/generic/libqtuiotouchplugin.so", False),
        ("PySide6/Qt/plugins/sqldrivers/libqsqlite.so", False),
        ("PySide6/Qt/plugins/imageformats/libqwebp.so", False),
        ("PySide6/Qt/plugins/tls/libqopensslbackend.so", False),
        ("PySide6\\plugins\\tls\\qschannelbackend.dll", False),
        ("PySide6/Qt/translations/qt_de.qm", False),
        ("PySide6/Qt/lib/libQt6Network.so.6", False),
        ("PySide6\\Qt6Network.dll", False),
        ("PySide6/opengl32sw.dll", False),
        ("libQt6EglFSDeviceIntegration.so.6", False),
        ("PySide6/Qt/lib/libQt6Core.so.6", True),
        ("PySide6/Qt6Widgets.dll", True),
        ("PySide6/QtPrintSupport.abi3.so", True),
        ("Whoosh_Reloaded-2.7.5.dist-info/LICENSE.txt", True),
        ("Whoosh_Reloaded-2.7.5.dist-info/RECORD", False),
        ("resources/fonts/SourceSansPro-Bold.ttf", True),
        ("index/MAIN_abc.seg", True),
    ],
)
def test_pruning_keeps_what_a_reader_needs_and_drops_network_script_and_3d(name: str, stays: bool) -> None:
    assert pruning.kept(name) is stays


def test_libraries_that_only_a_dropped_plug_in_needed_go_with_it() -> None:
    entries = [
        ("PySide6/QtGui.so", "/gui", "EXTENSION"),
        ("PySide6/Qt/lib/libQt6Gui.so.6", "/qtgui", "BINARY"),
        ("libQt6Gui.so.6", "PySide6/Qt/lib/libQt6Gui.so.6", "SYMLINK"),
        ("libpng.so.1", "/png", "BINARY"),
        ("libz.so.1", "/z", "BINARY"),
        ("libgtk-3.so.0", "/gtk", "BINARY"),
        ("libpango.so.0", "/pango", "BINARY"),
        ("libpython3.11.so.1.0", "/python", "BINARY"),
        ("content.db", "/content", "DATA"),
    ]
    asks = {"/gui": ["libQt6Gui.so.6"], "/qtgui": ["libpng.so.1", "libc.so.6"], "/png": ["libz.so.1"], "/gtk": ["libpango.so.0"]}
    left = {entry[0] for entry in pruning.needed(entries, lambda path: asks.get(path, []))}
    assert left == {entry[0] for entry in entries} - {"libgtk-3.so.0", "libpango.so.0"}


def test_what_authoring_alone_needs_is_excluded() -> None:
    for name in ("desktop_app.authoring", "sqlite_utils", "yaml", "jsonschema", "click", "ssl", "PySide6.QtNetwork"):
        assert name in pruning.EXCLUDED_MODULES


def test_the_list_of_checksums_names_every_file_and_can_be_checked(folder: Path) -> None:
    bundle.write_sums(folder)
    lines = (folder / bundle.SUMS_NAME).read_text(encoding="utf-8").splitlines()
    assert [line.split("  ", 1)[1] for line in lines] == [name for name in names_of(folder) if name != bundle.SUMS_NAME]
    assert hashlib.sha256(b"index").hexdigest() + "  _internal/index/MAIN.seg" in lines
    if shutil.which("sha256sum"):
        subprocess.run(["sha256sum", "--check", "--strict", "--quiet", bundle.SUMS_NAME], cwd=folder, check=True)


def test_a_zip_of_the_same_files_has_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    first, second = tmp_path / "one.zip", tmp_path / "two.zip"
    bundle.write_zip(folder, first, EPOCH)
    for path in bundle.files_of(folder):
        os.utime(path, (1, 1))
    bundle.write_zip(folder, second, EPOCH)
    assert first.read_bytes() == second.read_bytes()


def test_the_zip_gives_back_every_file_and_the_right_to_run(folder: Path, tmp_path: Path) -> None:
    target = tmp_path / "one.zip"
    bundle.write_zip(folder, target, EPOCH)
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        modes = {entry.filename: entry.external_attr >> 16 & 0o777 for entry in archive.infolist()}
        contents = {entry.filename: archive.read(entry) for entry in archive.infolist()}
    assert contents == {f"wardbook/{name}": (folder / name).read_bytes() for name in names_of(folder)}
    assert modes["wardbook/wardbook"] == 0o755
    assert modes["wardbook/_internal/content.db"] == 0o644


def test_two_builds_that_differ_are_told_apart_by_name(folder: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    shutil.copytree(folder, other)
    assert bundle.differences(folder, other) == []
    (other / "_internal" / "content.db").write_bytes(b"content" * 999 + b"contenT")
    (other / "new").touch()
    assert bundle.differences(folder, other) == ["_internal/content.db", "new"]


def test_the_bill_of_materials_names_what_ships_and_is_the_same_twice(tmp_path: Path) -> None:
    parts = sbom.python_components() + sbom.file_components(
        [("libz.so.1", "ab" * 32, "zlib1g 1:1.2.13"), ("libz2.so.1", "cd" * 32, "zlib1g 1:1.2.13"), ("libown.so", "ef" * 32, "")]
    )
    parts += sbom.data_components(ROOT / "resources")
    for name in ("one.json", "two.json"):
        sbom.write_sbom(tmp_path / name, "1.0.0", "edition 1", "2026-01-01T00:00:00Z", parts)
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()
    value = json.loads((tmp_path / "one.json").read_text(encoding="utf-8"))
    assert (value["bomFormat"], value["specVersion"]) == ("CycloneDX", "1.6")
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", value["serialNumber"])
    by_name = {part["name"]: part for part in value["components"]}
    assert {"python", "sqlite", "qt", "PySide6_Essentials", "shiboken6", "Whoosh-Reloaded", "libz.so.1"} <= set(by_name)
    assert by_name["PySide6_Essentials"]["licenses"] == [{"expression": "LGPL-3.0-only"}]
    assert by_name["libz.so.1"]["hashes"] == [{"alg": "SHA-256", "content": "ab" * 32}]
    assert re.fullmatch(r"pkg:deb/[a-z]+/zlib1g@1%3A1\.2\.13", by_name["libz.so.1"]["purl"])
    assert by_name["libz.so.1"]["version"] == "1:1.2.13"
    assert "purl" not in by_name["libown.so"]
    assert by_name["SourceSansPro-Regular.ttf"]["licenses"] == [{"expression": "OFL-1.1"}]
    assert by_name["general.bin"]["type"] == "data"
    references = [part["bom-ref"] for part in value["components"]]
    assert len(references) == len(set(references))
    assert value["dependencies"][0]["dependsOn"] == sorted(references)


def test_every_shipped_part_has_its_licence_text(tmp_path: Path) -> None:
    made = licences.write_licences(tmp_path, ROOT / "resources" / "fonts" / "OFL.txt", [])
    texts = {path.name: path.read_text(encoding="utf-8") for path in made.iterdir()}
    assert "GNU LESSER GENERAL PUBLIC LICENSE" in texts["LGPL-3.0.txt"]
    assert "GNU GENERAL PUBLIC LICENSE" in texts["GPL-3.0.txt"]
    assert "PYTHON SOFTWARE FOUNDATION LICENSE" in texts["Python.txt"].upper()
    assert "SIL OPEN FONT LICENSE" in texts["Source-Sans-OFL.txt"].upper()
    assert "Redistribution and use" in texts["Whoosh-Reloaded.txt"]
    for name in ("LGPL-3.0.txt", "GPL-3.0.txt", "Python.txt", "Whoosh-Reloaded.txt", "pyinstaller.txt"):
        assert name in texts["README.txt"], f"the overview does not mention {name}"


def test_the_version_resource_is_python_and_holds_the_version() -> None:
    text = version_resource("1.2.3", "An offline reference", "MIT")
    compile(text, "resource", "eval")
    assert "filevers=(1, 2, 3, 0)" in text
    assert "StringStruct('ProductVersion', '1.2.3')" in text
    for wrong in ("1.2", "1.2.3.4", "one.2.3"):
        with pytest.raises(ValueError, match=r".+"):
            version_resource(wrong, "", "")


def test_the_windows_manifest_asks_for_long_paths_sharp_screens_and_no_more_rights() -> None:
    import xml.etree.ElementTree as ElementTree

    text = (ROOT / "build" / "wardbook.manifest").read_text(encoding="utf-8")
    tree = ElementTree.fromstring(text)
    found = {element.tag.partition("}")[2]: element for element in tree.iter()}
    assert found["longPathAware"].text == "true"
    assert found["dpiAwareness"].text == "PerMonitorV2"
    assert found["requestedExecutionLevel"].attrib == {"level": "asInvoker", "uiAccess": "false"}


def test_the_frozen_program_drops_variables_that_load_foreign_code(monkeypatch: pytest.MonkeyPatch) -> None:
    import runpy

    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for name in (
        "QT_QPA_PLATFORM_PLUGIN_PATH",
        "QT_PLUGIN_PATH",
        "QT_QPA_PLATFORMTHEME",
        "QML2_IMPORT_PATH",
        "QT_STYLE_OVERRIDE",
    ):
        monkeypatch.setenv(name, "/elsewhere")
    runpy.run_path(str(ROOT / "build" / "hooks" / "rthook_environment.py"))
    assert os.environ["QT_QPA_PLATFORM"] == "offscreen"
    assert "/elsewhere" not in os.environ.values()


def test_a_line_on_standard_error_that_nothing_allows_is_a_fault() -> None:
    text = "qt.qpa.plugin: could not load\n\nwardbook: The search index could not be used (x); it was rebuilt in memory from y.\n"
    assert smoke.unexpected(text) == [text.splitlines()[0], text.splitlines()[2]]
    assert smoke.unexpected(text, [smoke.INDEX_NOTICE]) == ["qt.qpa.plugin: could not load"]


def test_a_system_call_that_leaves_the_computer_is_a_fault() -> None:
    assert smoke.forbidden_call("123 socket(AF_INET, SOCK_STREAM|SOCK_CLOEXEC, IPPROTO_IP) = 3")
    assert smoke.forbidden_call("123 socket(AF_INET6, SOCK_DGRAM, IPPROTO_IP) = 3")
    assert smoke.forbidden_call("socket(AF_NETLINK, SOCK_RAW|SOCK_CLOEXEC, NETLINK_ROUTE) = 5")
    assert smoke.forbidden_call('123 connect(4, {sa_family=AF_UNIX, sun_path="/run/dbus/system_bus_socket"}, 30) = 0')
    assert smoke.forbidden_call("123 sendto(3, ...) = 20")
    assert not smoke.forbidden_call('123 connect(4, {sa_family=AF_UNIX, sun_path="/var/run/nscd/socket"}, 110) = -1 ENOENT')
    assert not smoke.forbidden_call("123 +++ exited with 0 +++")


def test_the_frozen_program_looks_for_its_modules_in_its_own_folder_first(monkeypatch: pytest.MonkeyPatch) -> None:
    import runpy

    monkeypatch.setattr("sys._MEIPASS", "/own", raising=False)
    monkeypatch.setattr("sys.path", ["/own/base_library.zip", "/own/lib-dynload", "/own", "/last"])
    runpy.run_path(str(ROOT / "build" / "hooks" / "rthook_environment.py"))
    assert sys.path == ["/own", "/own/base_library.zip", "/own/lib-dynload", "/last"]


@pytest.mark.parametrize(("locale", "kept"), [("C", False), ("de_DE.ISO-8859-1", False), ("en_GB.UTF-8", True), ("C.utf8", True)])
def test_a_locale_without_utf_8_is_replaced(monkeypatch: pytest.MonkeyPatch, locale: str, kept: bool) -> None:
    import runpy

    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("LC_ALL", locale)
    monkeypatch.delenv("LC_CTYPE", raising=False)
    runpy.run_path(str(ROOT / "build" / "hooks" / "rthook_environment.py"))
    assert (os.environ.get("LC_ALL") == locale) is kept
    assert kept or os.environ["LC_CTYPE"] == "C.UTF-8"


def test_the_icon_files_hold_the_sizes_that_the_systems_ask_for() -> None:
    ico = (ROOT / "resources" / "icons" / "wardbook.ico").read_bytes()
    sizes = {ico[6 + 16 * number] or 256 for number in range(int.from_bytes(ico[4:6], "little"))}
    assert {16, 32, 48, 256} <= sizes
    assert (ROOT / "resources" / "icons" / "wardbook.icns").read_bytes()[:4] == b"icns"


def test_every_module_of_the_frozen_program_does_without_what_is_left_out() -> None:
    """Quoted phrases once failed in the executable alone: a library of Whoosh's wanted asyncio, which is not there."""
    script = """
import importlib, pkgutil, sys
from pruning import EXCLUDED_MODULES
class Missing:
    def find_spec(self, name, path=None, target=None):
        if any(name == left_out or name.startswith(left_out + ".") for left_out in EXCLUDED_MODULES):
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
sys.meta_path.insert(0, Missing())
import desktop_app
names = [module.name for module in pkgutil.walk_packages(desktop_app.__path__, "desktop_app.", onerror=lambda _: None)]
wanted = [name for name in names if not name.startswith(tuple(EXCLUDED_MODULES)) and not name.endswith("__main__")]
for name in wanted:
    importlib.import_module(name)
print(len(wanted))
"""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "build")])}
    done = subprocess.run([sys.executable, "-P", "-c", script], env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert int(done.stdout) > 80
