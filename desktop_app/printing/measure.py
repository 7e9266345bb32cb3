"""Blocks of words into measured pieces: where lines break and where boxes to tick stand. Uses Qt for letters only."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from PySide6.QtGui import QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption

from desktop_app.printing.document import (
    Block,
    Boxed,
    Gap,
    Heading,
    Level,
    PageLine,
    Paragraph,
    TickItem,
    Together,
    Words,
    WriteLine,
)
from desktop_app.printing.pieces import BoxMark, Frame, LineMark, Mark, Piece, Role, Row, TextMark, moved
from desktop_app.printing.style import Style
from desktop_app.printing.typeface import UNITS, Typeface

CONTINUED = " (continued)"
WRITING_ROOM = 110.0
_FINE = 0.6
_LEADER = 0.8
_ROLES = {Level.TITLE: Role.TITLE, Level.SECTION: Role.SECTION, Level.PART: Role.PART}
_UNITS_OF_MEASURE = "mg|g|kg|µg|micrograms?|ml|mL|L|mmol|mmHg|mm|cm|m|IU|U|units?|ms|s|min|h|hours?|days?|weeks?|months?|times"
_GLUE = re.compile(rf"(?<=\d) (?=[%°]|(?:{_UNITS_OF_MEASURE})\b)|(?<=[<>≥≤=±×]) (?=\d)")


def spaced(text: str) -> str:
    """Return the text with spaces for line breaks and tabs; the length is unchanged."""
    return text.replace("\n", " ").replace("\t", " ")


def glued(text: str) -> str:
    """Return the text with no line break allowed between a number and its unit; the length is unchanged."""
    return _GLUE.sub("\u00a0", text)


@dataclass(frozen=True, slots=True)
class Measurer:
    """Measures blocks for one style and one width of text; ``page_numbers`` are the first pages of chapters by id."""

    typeface: Typeface
    style: Style
    width: float
    page_numbers: Mapping[str, int]

    def flow(self, blocks: Sequence[Block]) -> list[Piece | Frame]:
        """Return the pieces of some blocks, with the air between them."""
        pieces: list[Piece | Frame] = []
        gap = 0.0
        for block in blocks:
            if isinstance(block, Gap):
                gap += block.lines * self.style.body * self.style.leading * self.style.air
                continue
            piece = self.block(block)
            pieces.append(replace(piece, before=piece.before + gap))
            gap = 0.0
        return pieces

    def block(self, block: Block) -> Piece | Frame:
        """Return the piece of one block."""
        match block:
            case Heading():
                return self._heading(block)
            case Paragraph():
                return self._paragraph(block, self.width)
            case TickItem():
                return self._item(block, self.width)
            case WriteLine():
                return self._write_line(block, self.width)
            case Boxed():
                return self._boxed(block)
            case Together():
                return self._together(block)
            case PageLine():
                return self._page_line(block)
            case Gap():
                return Piece(())

    def rows(self, words: Sequence[Words], size: float, width: float, x: float = 0.0) -> list[Row]:
        """Return lines of at most ``width`` points, moved right by ``x``; a word longer than a line is broken."""
        text = spaced("".join(piece.text for piece in words))
        layout = QTextLayout(glued(text), self.typeface.font(size))
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        spans: list[tuple[int, int, bool]] = []
        formats: list[QTextLayout.FormatRange] = []
        start = 0
        for piece in words:
            end = start + len(piece.text)
            spans.append((start, end, piece.bold))
            formats.append(self._format(start, end, size, piece.bold))
            start = end
        layout.setFormats(formats)
        high = size * self.style.leading
        baseline = self._baseline(size)
        found: list[Row] = []
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width * UNITS)
            first, last = line.textStart(), line.textStart() + line.textLength()
            marks: list[Mark] = []
            for begin, end, bold in spans:
                piece_text = text[max(begin, first) : min(end, last)]
                if piece_text:
                    left = _left(line.cursorToX(max(begin, first)))
                    marks.append(TextMark(x + left / UNITS, baseline, piece_text, size, bold))
            found.append(Row(high, tuple(marks)))
        layout.endLayout()
        return found

    def _format(self, start: int, end: int, size: float, bold: bool) -> QTextLayout.FormatRange:
        made = QTextLayout.FormatRange()
        made.start, made.length = start, end - start
        form = QTextCharFormat()
        form.setFont(self.typeface.font(size, bold))
        made.format = form
        return made

    def _baseline(self, size: float) -> float:
        """Return where the baseline lies in a row: the letters' own height is centred in the line's."""
        metrics = QFontMetricsF(self.typeface.font(size))
        slack = size * self.style.leading - metrics.height() / UNITS
        return slack / 2 + metrics.ascent() / UNITS

    def _heading(self, block: Heading) -> Piece:
        size = {Level.TITLE: self.style.title, Level.SECTION: self.style.section, Level.PART: self.style.part}[block.level]
        before = {Level.TITLE: 0.0, Level.SECTION: 1.3, Level.PART: 0.7}[block.level] * self.style.body * self.style.air
        rows = self.rows((Words(block.text, bold=True),), size, self.width)
        return Piece(tuple(rows), _ROLES[block.level], before, with_next=True)

    def _paragraph(self, block: Paragraph, width: float) -> Piece:
        size = self.style.small if block.small else self.style.body
        indent = block.indent * self.style.body / 12
        rows = self.rows(block.words, size, width - indent, indent)
        if block.marker and rows:
            mark = TextMark(0.0, self._baseline(size), block.marker, size)
            rows[0] = Row(rows[0].height, (mark, *rows[0].marks))
        before = (0.25 if block.small else 0.5) * self.style.body * self.style.air
        return Piece(tuple(rows), Role.PARAGRAPH, before, block.with_next)

    def _item(self, block: TickItem, width: float) -> Piece:
        style = self.style
        room = width - style.hang
        rows = self.rows((Words(block.text),), style.body, room, style.hang)
        if block.label:
            rows = self._with_line(rows, block.label, width)
        side = style.tick
        top = self._baseline(style.body) - side * 0.86
        rows[0] = Row(rows[0].height, (*rows[0].marks, BoxMark(0.0, top, side, side, 1.0)))
        return Piece(tuple(rows), Role.ITEM, style.body * 0.55 * style.air)

    def _with_line(self, rows: list[Row], label: str, width: float) -> list[Row]:
        """Put the label and its line behind the text where there is room to write, else on a row of their own."""
        style = self.style
        wide = self.typeface.width(label, style.body)
        last = rows[-1].marks[-1]
        assert isinstance(last, TextMark)
        end = last.x + self.typeface.width(last.text.rstrip(), style.body)
        start = end + style.body * 0.9
        baseline = self._baseline(style.body)
        if width - (start + wide + 6) >= WRITING_ROOM:
            marks = (*rows[-1].marks, *self._label(start, baseline, label, width))
            return [*rows[:-1], Row(rows[-1].height, marks)]
        labels = self.rows((Words(label),), style.body, width - style.hang - WRITING_ROOM, style.hang)
        line = labels[-1].marks[-1]
        assert isinstance(line, TextMark)
        drop = style.body * 0.35
        marks = self._label(line.x, baseline + drop, line.text, width)
        return [*rows, *labels[:-1], Row(labels[-1].height + drop, marks)]

    def _label(self, x: float, baseline: float, label: str, width: float) -> tuple[Mark, ...]:
        start = x + self.typeface.width(label, self.style.body) + 6
        line = LineMark(start, baseline + 2, width, baseline + 2, _FINE)
        return (TextMark(x, baseline, label, self.style.body), line)

    def _write_line(self, block: WriteLine, width: float) -> Piece:
        size = self.style.body
        baseline = self._baseline(size) + size * 0.2
        start = self.typeface.width(block.before, size) + 6
        wide = self.typeface.width(block.after, size)
        marks: tuple[Mark, ...] = (
            TextMark(0.0, baseline, block.before, size),
            LineMark(start, baseline + 2, width - wide - (6 if block.after else 0), baseline + 2, _FINE),
        )
        if block.after:
            marks = (*marks, TextMark(width - wide, baseline, block.after, size))
        return Piece((Row(size * (self.style.leading + 0.2), marks),), Role.PARAGRAPH, size * 0.55 * self.style.air)

    def _boxed(self, block: Boxed) -> Frame:
        padding = self.style.padding
        inner = self.width - 2 * padding
        pieces: list[Piece] = []
        for part in block.inner:
            match part:
                case TickItem():
                    pieces.append(self._item(part, inner))
                case WriteLine():
                    pieces.append(self._write_line(part, inner))
                case Paragraph():
                    pieces.append(self._paragraph(part, inner))
        return Frame(
            heading=self._box_heading(block.heading, inner),
            again=self._box_heading(block.heading + CONTINUED, inner),
            pieces=tuple(pieces),
            before=self.style.body * self.style.air,
            padding=padding,
            wide=self.width,
            line=1.0,
        )

    def _box_heading(self, text: str, width: float) -> Piece:
        return Piece(tuple(self.rows((Words(text, bold=True),), self.style.part, width)), Role.SECTION)

    def _together(self, block: Together) -> Piece:
        rows: list[Row] = []
        before = 0.0
        for number, paragraph in enumerate(block.paragraphs):
            piece = self._paragraph(paragraph, self.width)
            if number == 0:
                before = piece.before
                rows.extend(piece.rows)
                continue
            first = piece.rows[0]
            air = piece.before * 0.4
            lowered = tuple(moved(mark, 0.0, air) for mark in first.marks)
            rows.extend((Row(first.height + air, lowered), *piece.rows[1:]))
        return Piece(tuple(rows), Role.PARAGRAPH, before)

    def _page_line(self, block: PageLine) -> Piece:
        size = self.style.small if block.small else self.style.body
        pages = sorted({self.page_numbers[key] for key in block.chapters if key in self.page_numbers})
        numbers = ", ".join(str(page) for page in pages) or "–"
        wide = self.typeface.width(numbers, size)
        rows = self.rows((Words(block.text),), size, self.width - max(wide, 60.0) - 12)
        baseline = self._baseline(size)
        last = rows[-1].marks[-1]
        assert isinstance(last, TextMark)
        start = last.x + self.typeface.width(last.text.rstrip(), size) + 6
        leader = LineMark(start, baseline, self.width - wide - 6, baseline, _LEADER, dotted=True)
        rows[-1] = Row(rows[-1].height, (*rows[-1].marks, leader, TextMark(self.width - wide, baseline, numbers, size)))
        return Piece(tuple(rows), Role.LINE, size * 0.15)


def _left(place: object) -> float:
    """Return the x of a cursor; Qt for Python gives it alone or with the cursor's position."""
    if isinstance(place, tuple):
        return float(place[0])
    return float(place)  # type: ignore[arg-type]
