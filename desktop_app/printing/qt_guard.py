"""A guard against a fault of Qt for Python 6.12 on Python 3.11.

There, every Qt method without a result takes one reference of ``None`` away (measured: 100 calls, 100 references; not
with 6.11.3, and without effect on Python 3.12 and newer, where ``None`` is immortal). After some thousand calls the
interpreter ends with "deallocating None". Giving ``None`` a count that cannot be used up is what Python 3.12 does itself.
"""

from __future__ import annotations

import ctypes
import sys

_PLENTY = 1 << 40


def keep_none_alive() -> bool:
    """Give ``None`` references in plenty where Qt would use them up; return whether that was needed."""
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython" or hasattr(sys, "getobjects"):
        return False
    if sys.getrefcount(None) < _PLENTY // 2:
        count = ctypes.c_ssize_t.from_address(id(None))
        count.value += _PLENTY
    return True
