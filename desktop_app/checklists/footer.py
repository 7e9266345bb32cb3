"""The footer: what every printed page says about itself, because paper outlives the screen."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from desktop_app.content.model import Edition
from desktop_app.content.review import DISCARD_AFTER, AgeBand, Review, in_words


@dataclass(frozen=True, slots=True)
class Footer:
    """The lines at the foot of every page; whoever paints them adds "page x of y".

    ``state`` is printed bold. ``trial`` is empty for everything that is not a checklist.
    """

    state: str
    trial: str
    edition: str
    printed: str

    @property
    def text(self) -> str:
        """Return all lines as one text, as a reader of the page would copy them."""
        return "\n".join(line for line in (f"{self.state} {self.trial}".strip(), self.edition, self.printed) if line)


def make_footer(review: Review, edition: Edition, printed_on: date, trial: str = "", program_built: date | None = None) -> Footer:
    """Return the footer of something that was reviewed.

    A computer whose clock lies before the edition (or before the program was built) cannot date paper: the footer
    then says so and counts from the edition's date, so that an overdue review is not hidden.
    """
    newest_known = max(edition.date, program_built or edition.date)
    state = review.state.sentence
    if review.age_band(printed_on, newest_known) is AgeBand.OVERDUE:
        state += " Review overdue."
    line = f"{edition.label} · last reviewed {in_words(review.last_reviewed)} · review due {in_words(review.due)}"
    return Footer(state, trial, line, printed_line(edition, printed_on, program_built))


def edition_footer(edition: Edition, printed_on: date, program_built: date | None = None) -> Footer:
    """Return the footer of pages that hold no reviewed text of their own: cover, contents, index."""
    line = f"{edition.label} · {edition.name} · {in_words(edition.date)}"
    return Footer("Each sheet states its own review.", "", line, printed_line(edition, printed_on, program_built))


def printed_line(edition: Edition, printed_on: date, program_built: date | None = None) -> str:
    """Return when it was printed and when it goes into the bin."""
    newest_known = max(edition.date, program_built or edition.date)
    discard = max(printed_on, newest_known) + DISCARD_AFTER
    if printed_on < newest_known:
        return f"Printing date unknown: this computer's clock is wrong · discard after {in_words(discard)}"
    return f"Printed {in_words(printed_on)} · discard after {in_words(discard)}"
