"""Review state, dates and age: what a person may trust, in words."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

DUE_SOON = timedelta(days=60)
DISCARD_AFTER = timedelta(days=30)


class ReviewState(StrEnum):
    """How far the review by a clinician has come."""

    SUBMITTED = "submitted"
    UNDER_REVIEW = "under-review"
    APPROVED = "approved"

    @property
    def label(self) -> str:
        """Return the state in one or two words."""
        return {
            ReviewState.SUBMITTED: "Submitted",
            ReviewState.UNDER_REVIEW: "Under review",
            ReviewState.APPROVED: "Approved",
        }[self]

    @property
    def sentence(self) -> str:
        """Return the state as paper and copied text say it."""
        return {
            ReviewState.SUBMITTED: "Not yet approved: submitted, not yet read by a clinician.",
            ReviewState.UNDER_REVIEW: "Not yet approved: under clinical review.",
            ReviewState.APPROVED: "Approved after clinical review.",
        }[self]


class AgeBand(StrEnum):
    """How old a review is, from its due date."""

    IN_DATE = "in date"
    DUE = "review due soon"
    OVERDUE = "review overdue"


@dataclass(frozen=True, slots=True)
class Review:
    """The review record of an article or checklist."""

    state: ReviewState
    submitted: date
    last_reviewed: date
    last_corrected: date
    due: date

    def age_band(self, today: date, newest_known: date) -> AgeBand:
        """Return the age band; a clock set back before ``newest_known`` (the edition's date) cannot hide an overdue review."""
        now = max(today, newest_known)
        if now > self.due:
            return AgeBand.OVERDUE
        return AgeBand.DUE if now > self.due - DUE_SOON else AgeBand.IN_DATE


@dataclass(frozen=True, slots=True)
class Change:
    """One line of a change log."""

    date: date
    text: str
    version: int | None = None


def in_words(day: date) -> str:
    """Return a date that is read the same on both sides of the Atlantic: 22 Nov 2026."""
    months = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
    return f"{day.day} {months[day.month - 1]} {day.year}"
