"""Sizes and air, in points: one scale for every document, in normal and large print, in steps of density."""

from __future__ import annotations

from dataclasses import dataclass

MINIMUM = 12.0
LARGE_MINIMUM = 16.0
_STEPS = ((14.0, 1.35), (14.0, 1.0), (14.0, 0.75), (12.0, 1.0), (12.0, 0.7), (12.0, 0.4))
_LARGE_STEPS = (1.0, 0.6)


@dataclass(frozen=True, slots=True)
class Style:
    """Sizes of type, the distance of lines as a multiple of the size, and ``air``: how far things stand apart."""

    body: float
    small: float
    footer: float
    section: float
    part: float
    title: float
    leading: float
    air: float
    margin: float = 42.0
    bottom: float = 36.0

    @property
    def tick(self) -> float:
        """Return the side of a box to tick."""
        return self.body * 1.1

    @property
    def hang(self) -> float:
        """Return how far text stands right of a box to tick."""
        return self.body * 1.9

    @property
    def padding(self) -> float:
        """Return the distance of a frame from what it holds."""
        return self.body * 0.75 * max(self.air, 0.6)


def styles(large_print: bool, fit: int) -> tuple[Style, ...]:
    """Return the styles to try, the most comfortable first; air shrinks before type, and type never below 12 points.

    ``fit`` is the wished number of pages, 0 for none; only a single page is given more air than it needs.
    """
    if large_print:
        airs = _LARGE_STEPS if fit else (1.0,)
        return tuple(_style(18.0, LARGE_MINIMUM, air) for air in airs)
    if not fit:
        return (_style(12.0, MINIMUM, 1.0),)
    return tuple(_style(size, MINIMUM, air) for size, air in _STEPS if fit == 1 or air <= 1.0)


def _style(body: float, small: float, air: float) -> Style:
    return Style(
        body=body,
        small=small,
        footer=small,
        section=round(body * 1.25, 1),
        part=round(body * 1.08, 1),
        title=round(body * 1.7, 1),
        leading=1.3,
        air=air,
    )
