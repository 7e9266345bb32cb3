"""Pages are filled so that nothing misleads: pieces move whole, headings stay with what follows, nothing is lost."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app.printing.paginator import paginate
from desktop_app.printing.pieces import BoxMark, Frame, LineMark, Part, Piece, Role, Row, TextMark

PAGE = 100.0


def _piece(name: str, rows: int = 1, high: float = 10.0, *, with_next: bool = False, before: float = 0.0) -> Piece:
    made = tuple(Row(high, (TextMark(0.0, 8.0, f"{name}.{row}", 12.0),)) for row in range(rows))
    return Piece(made, Role.PARAGRAPH, before, with_next)


def _texts(parts: tuple[Part, ...]) -> list[str]:
    return [mark.text for part in parts for mark in part.texts()]


def test_a_piece_that_does_not_fit_moves_whole() -> None:
    """Three rows that would be cut after two stand together on the next page."""
    pages = paginate([_piece("a", 8), _piece("b", 3)], PAGE)
    assert [_texts(page) for page in pages] == [[f"a.{n}" for n in range(8)], ["b.0", "b.1", "b.2"]]


def test_a_heading_goes_with_what_follows() -> None:
    """A heading for which there is room, but not for its text, moves with the text."""
    pages = paginate([_piece("a", 8), _piece("head", with_next=True), _piece("b", 3)], PAGE)
    assert _texts(pages[1])[0] == "head.0"


def test_air_vanishes_at_the_top_of_a_page() -> None:
    """What is moved to a new page stands at its top, whatever air it asked for."""
    pages = paginate([_piece("a", 9), _piece("b", 2, before=5.0)], PAGE)
    assert pages[1][0].texts()[0].y == 8.0


def test_the_running_head_stands_on_every_page_but_the_first() -> None:
    """Pages that go on say what they go on with."""
    pages = paginate([_piece(str(n), 4) for n in range(6)], PAGE, _piece("run"))
    assert [_texts(page)[0] for page in pages] == ["0.0", "run.0", "run.0"]
    assert pages[1][0].role is Role.ARTEFACT


def test_a_piece_taller_than_a_page_goes_on_by_rows() -> None:
    """Nothing is cut: rows that cannot stand on one page follow on the next."""
    pages = paginate([_piece("a", 25)], PAGE)
    assert [len(_texts(page)) for page in pages] == [10, 10, 5]
    assert {part.element for page in pages for part in page} == {0}


def test_a_row_taller_than_the_page_is_a_fault() -> None:
    """A single line of type that no page can hold is refused, not painted over the edge."""
    with pytest.raises(ValueError, match="taller than the page"):
        paginate([_piece("a", 1, 101.0)], PAGE)


def _frame(items: int, rows: int) -> Frame:
    pieces = tuple(_piece(f"item{n}", rows) for n in range(items))
    return Frame(_piece("head"), _piece("again"), pieces, 4.0, 3.0, 90.0, 1.0)


@given(st.lists(st.tuples(st.integers(1, 14), st.integers(1, 4), st.booleans()), min_size=1, max_size=12))
def test_nothing_is_lost_and_nothing_leaves_the_page(shape: list[tuple[int, int, bool]]) -> None:
    """For any mixture of pieces and frames every text appears once, in order, inside the page, and items stay whole."""
    flow: list[Piece | Frame] = [
        _frame(count, rows) if framed else _piece(f"p{number}", count, with_next=rows == 1)
        for number, (count, rows, framed) in enumerate(shape)
    ]
    pages = paginate(flow, PAGE, _piece("run"))
    expected: list[str] = []
    for member in flow:
        inner = (member.heading, *member.pieces) if isinstance(member, Frame) else (member,)
        expected.extend(mark.text for piece in inner for row in piece.rows for mark in row.marks if isinstance(mark, TextMark))
    found = [text for page in pages for text in _texts(page) if not text.startswith(("run", "again"))]
    assert found == expected
    homes: dict[int, set[int]] = {}
    for number, page in enumerate(pages):
        for part in page:
            homes.setdefault(part.element, set()).add(number)
            for mark in part.marks:
                low = (
                    mark.y + mark.high
                    if isinstance(mark, BoxMark)
                    else max(mark.y, mark.to_y)
                    if isinstance(mark, LineMark)
                    else mark.y
                )
                assert 0 <= mark.y <= low <= PAGE + 1e-6
    sizes = {
        part.element: sum(len(p.texts()) for page in pages for p in page if p.element == part.element)
        for page in pages
        for part in page
    }
    for element, where in homes.items():
        if element >= 0 and sizes[element] <= 8:
            assert len(where) == 1
