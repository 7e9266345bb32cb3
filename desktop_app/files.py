"""A file is there whole or not at all: written beside its place first, then moved onto it."""

from __future__ import annotations

import errno
import os
import stat
import tempfile
from contextlib import suppress
from pathlib import Path


def write_whole(data: bytes, target: Path) -> None:
    """Write a file, readable as any other of its folder; a failure leaves what was there before, and nothing else.

    A link is followed to the file it names. What is no file (a device, a pipe) and a file that may not be written are left
    alone: moving something onto them would replace them. Every failure is an OSError whose ``strerror`` says it in words.
    """
    goal = _resolved(target)
    _refuse_to_replace(goal)
    handle, name = tempfile.mkstemp(prefix=".wardbook-", suffix=".part", dir=goal.parent)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.chmod(name, 0o666 & ~_umask())  # a temporary file is for its owner only
        os.replace(name, goal)
    except OSError:
        Path(name).unlink(missing_ok=True)
        raise


def _resolved(target: Path) -> Path:
    """Return where a name leads; a link to itself and a name with a zero byte are OSErrors too."""
    try:
        return target.resolve()
    except (RuntimeError, ValueError) as fault:
        raise OSError(errno.EINVAL, "no file can have this name") from fault


def _refuse_to_replace(goal: Path) -> None:
    """Raise OSError for a target that a file must not take the place of."""
    with suppress(FileNotFoundError):
        mode = goal.stat().st_mode
        if stat.S_ISDIR(mode):
            raise IsADirectoryError(errno.EISDIR, "it is a folder")
        if not stat.S_ISREG(mode):
            raise OSError(errno.EINVAL, "it is not an ordinary file")
        if not mode & stat.S_IWUSR or not os.access(goal, os.W_OK):
            raise PermissionError(errno.EACCES, "it is read-only")


def _umask() -> int:
    """Return the mask for new files; it can only be read by setting it."""
    mask = os.umask(0o022)
    os.umask(mask)
    return mask
