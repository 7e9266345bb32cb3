"""References: where a statement comes from, with the details that somebody read on a page about the source."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ReferenceType(StrEnum):
    """What sort of source a reference is."""

    GUIDELINE = "guideline"
    LABEL = "label"
    TRIAL = "trial"
    SYSTEMATIC_REVIEW = "systematic-review"
    REVIEW = "review"
    COHORT = "cohort"
    CASE_SERIES = "case-series"
    CASE_REPORT = "case-report"
    TEXTBOOK = "textbook"
    GOVERNMENT_PAGE = "government-page"
    OTHER = "other"

    @property
    def label(self) -> str:
        """Return the type in words."""
        words = {"textbook": "Textbook page", "other": "Web page", "trial": "Trial", "label": "Drug label"}
        return words.get(self.value, self.value.replace("-", " ").capitalize())


@dataclass(frozen=True, slots=True)
class Reference:
    """A source, with the bibliographic details that somebody read on a page about it."""

    id: str
    type: ReferenceType
    title: str
    source: str
    authors: str = ""
    year: int | None = None
    volume: str = ""
    issue: str = ""
    pages: str = ""
    doi: str = ""
    pmid: str = ""
    url: str = ""
    confirmed: bool = False
    use: str = "print"

    @property
    def short(self) -> str:
        """Return what stands in the margin: type and year."""
        return f"{self.type.label} {self.year}" if self.year else self.type.label

    @property
    def address(self) -> str:
        """Return the address a person may copy: DOI, PubMed or web page; empty when none was seen."""
        if self.doi:
            return f"https://doi.org/{self.doi}"
        return self.url or (f"PMID {self.pmid}" if self.pmid else "")

    @property
    def full(self) -> str:
        """Return the whole reference as one line, in the order authors, title, source, year, volume, pages, address."""
        place = self.source
        if self.year:
            place += f" {self.year}"
        if self.volume:
            place += f";{self.volume}" + (f"({self.issue})" if self.issue else "")
        if self.pages:
            place += f":{self.pages}"
        parts = [part.rstrip(".") for part in (self.authors, self.title, place) if part]
        line = ". ".join(parts) + "."
        if self.use == "web-only" and not self.year:
            line += " Web page without a date."
        if self.use == "history-only":
            line += " Superseded."
        return f"{line} {self.address}".strip()
