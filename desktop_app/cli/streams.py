"""Standard output and error, in whatever state a program is given them: closed, full, missing, or not UTF-8."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress

LAST_STANDARD_STREAM = 2


def ready_streams() -> None:
    """Make standard output and error usable whatever they are: closed, missing (a windowed program), or not UTF-8."""
    if sys.stdout is None or sys.stderr is None:
        # The next file opened would take a closed number, and messages of libraries would be written into it.
        while (number := os.open(os.devnull, os.O_RDWR)) <= LAST_STANDARD_STREAM:
            pass
        os.close(number)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, io.StringIO())
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def let_go_of_output() -> None:
    """Drop what is left to be written, so that closing the stream at the end does not fail once more."""
    with suppress(OSError, ValueError):  # a stream of a test has no number
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, sys.stdout.fileno())
        os.close(nowhere)
