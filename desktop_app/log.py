"""Faults of the program itself: told in a window and on standard error, with no word that a person typed.

Nothing is written to a file: a traceback holds file names and line numbers only, never values.
"""

from __future__ import annotations

import sys
import traceback
from types import TracebackType

from desktop_app import __version__


def describe(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> str:
    """Return a fault as lines of file, line and function; the message of the error is left out, it may hold typed text."""
    frames = traceback.extract_tb(trace)
    places = [
        f"  {frame.filename.rpartition('desktop_app')[2] or frame.filename}:{frame.lineno} {frame.name}" for frame in frames
    ]
    del error
    return "\n".join([f"Wardbook {__version__}: {kind.__name__}", *places])


def to_standard_error(text: str) -> None:
    """Write a fault where a terminal or a start script can see it; a windowed program has no standard error."""
    if sys.stderr is not None:
        sys.stderr.write(f"{text}\n")
