"""Pagination that cannot mislead: a piece is moved whole to the next page, never divided while it fits on one. No Qt.

Qt divides table rows between pages, so that a drug can stand on one page and its text on the next; here nothing is
left to Qt but the width of the letters.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import count

from desktop_app.printing.pieces import BoxMark, Frame, Mark, Part, Piece, Role, Row, moved

Flow = Piece | Frame


def paginate(
    flow: Sequence[Flow], height: float, running_head: Piece | None = None, first_element: int = 0
) -> list[tuple[Part, ...]]:
    """Return the parts of every page; y counts from the top of the text area, which is ``height`` points high.

    ``running_head`` stands at the top of every page but the first. Elements are numbered from ``first_element``.
    A single row taller than the page raises ValueError: no type that this program sets is.
    """
    desk = _Desk(height, running_head, first_element)
    for unit in _units(flow):
        if not desk.at_top and _height(unit) > desk.room and _height(unit, at_top=True) <= desk.fresh_room:
            desk.turn()
        for member in unit:
            desk.place(member)
    return desk.finish()


def _units(flow: Iterable[Flow]) -> Iterable[tuple[Flow, ...]]:
    """Yield runs of pieces that must stand on one page: headings with what follows them."""
    waiting: list[Flow] = []
    for member in flow:
        waiting.append(member)
        if not (isinstance(member, Piece) and member.with_next):
            yield tuple(waiting)
            waiting = []
    if waiting:
        yield tuple(waiting)


def _height(unit: Sequence[Flow], at_top: bool = False) -> float:
    total = sum(member.before + member.height for member in unit)
    return total - unit[0].before if at_top else total


class _Desk:
    """The pages being filled: places pieces from top to bottom and turns the page when one does not fit."""

    def __init__(self, height: float, running_head: Piece | None, first_element: int) -> None:
        self._height = height
        self._head = running_head
        self._elements = count(first_element)
        self._pages: list[list[Part]] = [[]]
        self._y = 0.0
        self._top = 0.0

    @property
    def at_top(self) -> bool:
        return self._y <= self._top

    @property
    def room(self) -> float:
        return self._height - self._y

    @property
    def fresh_room(self) -> float:
        """Return the room on a page that is turned to."""
        return self._height - (self._head.height if self._head else 0.0)

    def turn(self) -> None:
        """Begin a new page under the running head."""
        self._pages.append([])
        self._y = self._top = 0.0
        if self._head is not None:
            self._put_rows(self._head.rows, Role.ARTEFACT, -1)
            self._top = self._y

    def finish(self) -> list[tuple[Part, ...]]:
        return [tuple(page) for page in self._pages]

    def place(self, member: Flow) -> None:
        before = 0.0 if self.at_top else member.before
        if isinstance(member, Frame):
            self._place_frame(member, before)
        else:
            self._place_piece(member, before)

    def _place_piece(self, piece: Piece, before: float) -> None:
        if not self.at_top and before + piece.height > self.room:
            self.turn()
            before = 0.0
        element = next(self._elements)
        self._y += before
        if piece.height <= self.room:
            self._put_rows(piece.rows, piece.role, element)
            return
        for row in piece.rows:
            if row.height > self.room and not self.at_top:
                self.turn()
            self._put_rows((row,), piece.role, element)

    def _place_frame(self, frame: Frame, before: float) -> None:
        start = 2 * frame.padding + frame.heading.height + sum(p.before + p.height for p in frame.pieces[:1])
        needed = frame.height if frame.height <= self.fresh_room else start
        if not self.at_top and before + needed > self.room:
            self.turn()
            before = 0.0
        self._y += before
        top = self._open(frame, frame.heading)
        pieces_here = 0
        for piece in frame.pieces:
            if pieces_here and piece.before + piece.height + frame.padding > self.room:
                self._close(frame, top)
                self.turn()
                top = self._open(frame, frame.again)
                pieces_here = 0
            self._y += piece.before
            element = next(self._elements)
            for row in piece.rows:
                if row.height + frame.padding > self.room:
                    self._close(frame, top)
                    self.turn()
                    top = self._open(frame, frame.again)
                self._put_rows((row,), piece.role, element, frame.padding)
            pieces_here += 1
        self._close(frame, top)

    def _open(self, frame: Frame, heading: Piece) -> float:
        top = self._y
        self._y += frame.padding
        role = heading.role if heading is frame.heading else Role.ARTEFACT
        self._put_rows(heading.rows, role, next(self._elements), frame.padding)
        return top

    def _close(self, frame: Frame, top: float) -> None:
        self._y += frame.padding
        outline = BoxMark(0.0, top, frame.wide, self._y - top, frame.line)
        self._pages[-1].append(Part(Role.ARTEFACT, -1, (outline,)))

    def _put_rows(self, rows: Sequence[Row], role: Role, element: int, dx: float = 0.0) -> None:
        marks: list[Mark] = []
        for row in rows:
            if row.height > self._height:
                raise ValueError("a row of type is taller than the page")
            marks.extend(moved(mark, dx, self._y) for mark in row.marks)
            self._y += row.height
        page = self._pages[-1]
        if page and page[-1].element == element and element >= 0:
            page[-1] = Part(role, element, page[-1].marks + tuple(marks))
        else:
            page.append(Part(role, element, tuple(marks)))
