"""What a check reports: one fault, where it stands, and which rule it breaks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from desktop_app.errors import EXIT_NOTHING, KnownError

SHOWN = 20


@dataclass(frozen=True, slots=True, order=True)
class Fault:
    """A fault of a source file; ``line`` counts from 1; ``severity`` is ``error`` or ``warning``."""

    file: str
    line: int
    rule: str
    severity: str
    message: str

    def __str__(self) -> str:
        """Return the fault as ``file:line: rule: message``."""
        mark = "" if self.severity == "error" else f" ({self.severity})"
        return f"{self.file}:{self.line}: {self.rule}: {self.message}{mark}"


class SourceFaultsError(KnownError):
    """The sources cannot be compiled; the message names the first faults."""

    exit_code = EXIT_NOTHING

    def __init__(self, faults: Sequence[Fault]) -> None:
        lines = [str(fault) for fault in faults[:SHOWN]]
        if len(faults) > SHOWN:
            lines.append(f"… and {len(faults) - SHOWN} more")
        count = f"{len(faults)} fault{'s' * (len(faults) != 1)}"
        super().__init__(f"The sources have {count}:\n" + "\n".join(lines) + "\n", "“wardbook content check” lists all of them.")
        self.faults = tuple(faults)
