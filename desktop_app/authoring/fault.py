"""What a check reports: one fault, where it stands, and which rule it breaks."""

from __future__ import annotations

from dataclasses import dataclass


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
