"""The two kinds of error: the world's fault, told in words, and ours, which is a bug.

A ``KnownError`` carries a sentence for the person, what to do next, and the exit code of the command line.
Everything else that is raised is a fault of the program.
"""

from __future__ import annotations

EXIT_OK = 0
EXIT_NOTHING = 1
EXIT_USAGE = 2
EXIT_CONTENT = 3
EXIT_WRITE = 4


class KnownError(Exception):
    """A fault of the world: a sentence for the person, what to do about it, and an exit code."""

    exit_code = EXIT_USAGE

    def __init__(self, message: str, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message} {self.advice}".strip()


class NotFoundError(KnownError):
    """Nothing of that name exists in this edition."""

    exit_code = EXIT_NOTHING


class UsageError(KnownError):
    """The words of a command do not fit together."""

    exit_code = EXIT_USAGE


class ContentError(KnownError):
    """Content or index is missing, damaged, foreign or too new."""

    exit_code = EXIT_CONTENT


class CannotWriteError(KnownError):
    """A file that was asked for cannot be written."""

    exit_code = EXIT_WRITE
