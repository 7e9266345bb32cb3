"""The three levels a text is written for."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Audience(StrEnum):
    """Who reads: each statement has one text for each."""

    CLINICIAN = "clinician"
    STUDENT = "student"
    PATIENT = "patient"

    @property
    def label(self) -> str:
        """Return the word on the switch."""
        return self.value.capitalize()


@dataclass(frozen=True, slots=True)
class Texts:
    """One text for each audience; ``content check`` refuses an empty one, so there is no silent fallback."""

    clinician: str
    student: str
    patient: str

    def for_audience(self, audience: Audience) -> str:
        """Return the text of one audience."""
        return {
            Audience.CLINICIAN: self.clinician,
            Audience.STUDENT: self.student,
            Audience.PATIENT: self.patient,
        }[audience]
