"""Compiles in advance what PySide6 would compile at every start of the frozen program.

PySide6 carries the Python half of its type system (``signature_bootstrap.py``, ``shibokensupport``) as source inside a shared
library and hands it to ``compile`` when it is imported: 25 ms of every start. Here that code is recorded while the same PySide6
is imported once, and written as a module of the frozen program; ``hooks/rthook_qt_support.py`` hands it out. Source that was
not recorded is compiled as ever. Two modules are left out like the parts of Qt that nothing here uses (``pruning.py``): they
write type stubs, no other module of PySide6 asks them for anything, and making them takes another 25 ms.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

MODULE = "_qt_support"
NAMES = ("signature_bootstrap.py", "shibokensupport/")
STUB_WRITERS = ("shibokensupport/signature/lib/enum_sig.py", "shibokensupport/signature/lib/pyi_generator.py")

_RECORD = """
import builtins, hashlib, marshal, sys
real, made = builtins.compile, {}
def recorded(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, **more):
    if not dont_inherit:  # compile() takes the flag for annotations from whoever calls it: that shall not be this function
        flags |= sys._getframe(1).f_code.co_flags & 0x1000000
    code = real(source, filename, mode, flags, True, optimize, **more)
    if isinstance(filename, str) and filename.startswith(NAMES):
        kept = real(b"", filename, "exec") if filename in STUB_WRITERS else code
        made[hashlib.sha256(source).hexdigest()] = marshal.dumps(kept)
    return code
builtins.compile = recorded
import shiboken6
sys.stdout.write("".join(["CODE = {\\n", *(f"    {key!r}: {made[key]!r},\\n" for key in sorted(made)), "}\\n"]))
"""


def write_module(folder: Path) -> Path:
    """Write the module ``_qt_support`` into a folder, for this Python and the PySide6 it finds, and return its path.

    Its ``CODE`` maps the SHA-256 of a source (hexadecimal) to the marshalled code. Raises CalledProcessError when PySide6
    cannot be imported, ValueError when it compiles nothing that we know by name.
    """
    script = f"NAMES, STUB_WRITERS = {NAMES!r}, {STUB_WRITERS!r}\n{_RECORD}"
    done = subprocess.run([sys.executable, "-I", "-c", script], stdout=subprocess.PIPE, text=True, check=True, encoding="utf-8")
    if ": " not in done.stdout:
        raise ValueError("PySide6 no longer compiles its Python part while it is imported: hooks/rthook_qt_support.py can go.")
    folder.mkdir(parents=True, exist_ok=True)
    module = folder / f"{MODULE}.py"
    module.write_text(done.stdout, encoding="utf-8", newline="\n")
    return module
