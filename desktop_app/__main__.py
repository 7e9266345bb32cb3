"""Start here: with a command the command line, without one the window."""

from __future__ import annotations

import gc
import sys
from collections.abc import Sequence

WINDOW_OPTIONS = frozenset({"--ward", "--personal"})


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the program and return its exit code."""
    words = list(sys.argv[1:] if arguments is None else arguments)
    if not words or set(words) <= WINDOW_OPTIONS:
        gc.disable()  # next to nothing of what is made until the window stands is garbage; looking for it takes 20 ms
        from desktop_app.app import run as run_window

        return run_window(words)
    from desktop_app.cli.main import run as run_command

    return run_command(words)


if __name__ == "__main__":
    sys.exit(main())
