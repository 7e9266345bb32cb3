"""Hands PySide6 the Python part it carries as source as ready code: see build/qt_support.py, which has recorded it."""

import builtins
import sys

_NAMES = ("signature_bootstrap.py", "shibokensupport/")


def _hand_out():  # type: ignore[no-untyped-def]  # a line on annotations at the top would be inherited by all that is compiled here
    compile_source = builtins.compile
    annotations = 0x1000000  # the one flag of __future__ that still changes anything

    def compile_(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, **more):  # type: ignore[no-untyped-def]
        if isinstance(filename, str) and filename.startswith(_NAMES) and isinstance(source, bytes):
            import hashlib
            import marshal

            from _qt_support import CODE  # type: ignore[import-not-found]

            code = CODE.get(hashlib.sha256(source).hexdigest())
            if code is not None:
                return marshal.loads(code)
        if not dont_inherit:  # compile() takes flags from whoever calls it: that shall not be this function
            flags |= sys._getframe(1).f_code.co_flags & annotations
        return compile_source(source, filename, mode, flags, True, optimize, **more)

    builtins.compile = compile_


_hand_out()
