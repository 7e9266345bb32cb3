"""Where a person has been: back and forward, kept in memory only."""

from __future__ import annotations

from dataclasses import dataclass, field

from desktop_app.reading.links import Link

LONGEST = 200


@dataclass(slots=True)
class Trail:
    """A list of places with a position in it; going somewhere new forgets what lay ahead."""

    places: list[Link] = field(default_factory=list)
    position: int = -1

    @property
    def here(self) -> Link | None:
        """Return the present place."""
        return self.places[self.position] if self.position >= 0 else None

    @property
    def can_go_back(self) -> bool:
        """Tell whether there is a place before this one."""
        return self.position > 0

    @property
    def can_go_forward(self) -> bool:
        """Tell whether there is a place after this one."""
        return self.position < len(self.places) - 1

    def visit(self, place: Link) -> None:
        """Go somewhere; the same place twice in a row counts once."""
        if place == self.here:
            return
        self.places = [*self.places[: self.position + 1], place][-LONGEST:]
        self.position = len(self.places) - 1

    def back(self) -> Link | None:
        """Step back and return the place, or None at the beginning."""
        if not self.can_go_back:
            return None
        self.position -= 1
        return self.here

    def forward(self) -> Link | None:
        """Step forward and return the place, or None at the end."""
        if not self.can_go_forward:
            return None
        self.position += 1
        return self.here

    def clear(self) -> None:
        """Forget everything."""
        self.places.clear()
        self.position = -1
