"""A page as HTML in the small dialect that Qt's rich text draws. All text is escaped here, once.

Tables carry what CSS cannot in that dialect: boxes, the citation margin, the bar beside the bottom line. Colours of
boxes stand on cells as ``bgcolor``, because backgrounds in CSS are not drawn on tables.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from html import escape

from desktop_app.content.audience import Audience
from desktop_app.content.model import Flag, cell_labels
from desktop_app.content.review import in_words
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.page import (
    Citation,
    Note,
    Page,
    Related,
    Runs,
    SectionBlock,
    StatementBlock,
)
from desktop_app.reading.style import Look, load_tokens

FLAG_MARKS = {Flag.RED_FLAG: "▲", Flag.MUST_NOT_MISS: "▲", Flag.PITFALL: "◆"}


def page_as_document(page: Page) -> str:
    """Return the page as a whole HTML document for ``wardbook show --format html``."""
    body = PageDrawer(page, Look(load_tokens())).draw()
    return f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(page.question)}</title></head>\n{body}\n</html>\n'


def runs_as_html(runs: Runs, look: Look) -> str:
    """Return spans as HTML: links coloured and underlined, found words on their ground."""
    colours = look.colours
    parts = []
    for span in runs:
        text = escape(span.text)
        if span.found:
            text = f'<span style="background-color:{colours["found"]};color:{colours["on_found"]}">{text}</span>'
        if span.link:
            text = f'<a href="{span.link.href}" style="color:{colours["accent"]}">{text}</a>'
        parts.append(text)
    return "".join(parts)


class PageDrawer:
    """Draws one page for one look."""

    def __init__(self, page: Page, look: Look, focus: str = "") -> None:
        """Take the page, how it looks, and the id of the statement to set off from the others."""
        self.page = page
        self.look = look
        self.focus = focus
        self.colours = look.colours

    def draw(self) -> str:
        """Return the body of the page."""
        page = self.page
        parts = [
            f"<body style=\"font-family:'{self.look.tokens.type['family']}';font-size:{self.look.points('text')}pt;"
            f'color:{self.colours["ink"]}">',
            *self._head(),
            self._summary(),
            *self._urgent(),
            *(part for section in page.sections for part in self._section(section)),
            *self._references(),
            *self._links("Related", page.related),
            *self._links("Also points here", page.mentioned_in),
            *self._links("Checklists", page.checklists),
            *self._changes(),
            self._disclaimer(),
            "</body>",
        ]
        return "\n".join(parts)

    def _small(self, html: str, *, below: int = 8, above: int = 0) -> str:
        style = (
            f"font-size:{self.look.points('small')}pt;color:{self.colours['ink_2']};margin-top:{above}px;margin-bottom:{below}px"
        )
        return f'<p style="{style}">{html}</p>'

    def _leading(self, html: str) -> str:
        """Return a paragraph with the line spacing of running text; Qt takes it from the paragraph alone."""
        return f'<p style="margin:0px;line-height:{self._line}%">{html}</p>'

    @property
    def _line(self) -> int:
        return int(self.look.tokens.type["leading"])

    def _anchor(self, name: str) -> str:
        return f'<a name="{escape(name)}"></a>'

    def _head(self) -> Iterator[str]:
        page = self.page
        path = " › ".join(
            f'<a href="{item.link.href}" style="color:{self.colours["ink_2"]};text-decoration:none">{escape(item.title)}</a>'
            for item in page.path
        )
        yield self._small(path, below=4)
        yield (
            f'<h1 style="font-size:{self.look.points("h1")}pt;font-weight:600;margin-top:0px;margin-bottom:8px;line-height:98%">'
            f"{self._anchor('top')}{escape(page.question)}</h1>"
        )
        review = page.review
        state = (
            f'<span style="background-color:{self.colours["note_ground"]};color:{self.colours["note"]};font-weight:600">'
            f"&nbsp;◆ {escape(review.state.label)}&nbsp;</span>"
        )
        dates = (
            f"Last reviewed {in_words(review.last_reviewed)} &nbsp; Due {in_words(review.due)} · {escape(page.age_band.value)}"
        )
        yield f'<p style="font-size:{self.look.points("small")}pt;margin-top:0px;margin-bottom:2px">{state} &nbsp; {dates}</p>'
        grade = f" · reading grade {page.reading_grade:.1f}" if page.audience is Audience.PATIENT else ""
        yield self._small(f"Text for {page.audience.value}s{grade} · {escape(page.review_line)}", below=0)
        yield self._gap(12)

    def _box(self, html: str, ground: str, *, bar: str = "", border: str = "", size: str = "text") -> str:
        """Return a box: a table of one cell, with a bar on its left or a border around it."""
        side = f'<td width="5" bgcolor="{bar}"></td>' if bar else ""
        edge = f'border="1" style="border-collapse:collapse;border-color:{border};border-style:solid"' if border else 'border="0"'
        return (
            f'<table width="100%" cellspacing="0" cellpadding="0" {edge}><tr>{side}'
            f'<td bgcolor="{ground}" style="padding:12px 14px 12px 14px;font-size:{self.look.points(size)}pt">{html}</td></tr></table>'
        )

    def _summary(self) -> str:
        statement = self.page.summary
        html = f"{self._anchor('summary')}{runs_as_html(statement.runs, self.look)} {self._numbers(statement.citations)}"
        box = self._box(self._leading(html), self.colours["tint"], bar=self.colours["accent"], size="summary")
        return box + (self._note(statement.note) if statement.note else "") + self._gap(10)

    def _gap(self, pixels: int) -> str:
        return f'<p style="font-size:1pt;margin:0px;line-height:{pixels}px">&nbsp;</p>'

    def _urgent(self) -> Iterator[str]:
        statements = self.page.must_not_miss
        if not statements:
            return
        parts = []
        for statement in statements:
            marks = f'<b style="color:{self.colours["warning"]}">▲ Must not miss</b>&nbsp; '
            body = f"{self._anchor(statement.id)}{marks}{runs_as_html(statement.runs, self.look)} {self._numbers(statement.citations)}"
            parts.append(
                f'<p style="margin-top:0px;margin-bottom:6px;line-height:{self._line}%{self._focus(statement)}">{body}</p>'
            )
            if statement.note:
                parts.append(self._note(statement.note))
        yield self._box("".join(parts), self.colours["warning_ground"], border=self.colours["warning"])
        yield self._gap(4)

    def _focus(self, statement: StatementBlock) -> str:
        return f";background-color:{self.colours['tint']}" if statement.id == self.focus else ""

    def _section(self, section: SectionBlock) -> Iterator[str]:
        yield (
            f'<h2 style="font-size:{self.look.points("h2")}pt;font-weight:600;margin-top:20px;margin-bottom:6px">'
            f"{self._anchor(f'section-{section.id}')}{escape(section.heading)}</h2>"
        )
        place = None
        for statement in section.statements:
            if statement.cells is None:
                yield self._statement(statement)
                continue
            if statement.cells.place is not place:
                place = statement.cells.place
                urgent = place.value == "must-not-miss"
                colour = self.colours["warning"] if urgent else self.colours["ink_2"]
                yield (
                    f'<p style="color:{colour};font-weight:600;margin-top:10px;margin-bottom:4px">'
                    f"{'▲ ' if urgent else ''}{place.label}</p>"
                )
            yield self._diagnosis(statement)

    def _statement(self, statement: StatementBlock) -> str:
        flags = "".join(self._flag(flag) for flag in statement.flags if flag is not Flag.MUST_NOT_MISS or statement.cells)
        text = f"{self._anchor(statement.id)}{flags}{runs_as_html(statement.runs, self.look)}"
        note = self._note(statement.note) if statement.note else ""
        ground = f' bgcolor="{self.colours["tint"]}"' if statement.id == self.focus else ""
        if self.look.narrow:
            text = self._leading(f"{text}<br>{self._margin(statement.citations, ' · ')}")
            cell = f'<td{ground} style="padding:4px 0px 6px 0px">{text}</td>'
            return f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{cell}</tr></table>{note}'
        margin = (
            f'<td width="{self._margin_width()}" valign="top" style="border-left:2px solid {self.colours["rule"]};padding-left:9px;'
            f'padding-top:4px;padding-bottom:4px">{self._margin(statement.citations)}</td>'
        )
        return (
            f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td valign="top"{ground} style="padding:4px 18px 6px 0px">'
            f"{self._leading(text)}</td>"
            f"{margin}</tr></table>{note}"
        )

    def _margin_width(self) -> int:
        return round(self.look.tokens.space["margin_column"] * self.look.scale)

    def _flag(self, flag: Flag) -> str:
        colour = self.colours["note"] if flag is Flag.PITFALL else self.colours["warning"]
        return f'<b style="color:{colour}">{FLAG_MARKS[flag]} {flag.label}</b>&nbsp; '

    def _diagnosis(self, statement: StatementBlock) -> str:
        cells = statement.cells
        if cells is None:  # only differential lines come here
            return ""
        name = f"{self._anchor(statement.id)}<b>{runs_as_html(cells.name, self.look)}</b>"
        labels = cell_labels(self.page.audience)
        label_style = f"color:{self.colours['ink_2']};font-weight:600"
        lines = "".join(
            f'<p style="margin-top:0px;margin-bottom:3px;line-height:{self._line}%">'
            f'<span style="{label_style}">{label}:</span> {runs_as_html(runs, self.look)}</p>'
            for label, runs in zip(labels, (cells.points_to, cells.points_away, cells.first_tests), strict=True)
        )
        cites = self._margin(statement.citations, " · " if self.look.narrow else "<br>")
        note = self._note(statement.note) if statement.note else ""
        ground = f' bgcolor="{self.colours["tint"]}"' if statement.id == self.focus else ""
        top = f'style="border-top:1px solid {self.colours["rule"]};padding:6px 12px 6px 0px"'
        if self.look.narrow:
            return f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td{ground} {top}>{name}<br>{cites}{lines}</td></tr></table>{note}'
        return (
            f'<table width="100%" cellspacing="0" cellpadding="0"><tr><td width="30%" valign="top"{ground} {top}>{name}<br>{cites}</td>'
            f'<td valign="top"{ground} {top}>{lines}</td></tr></table>{note}'
        )

    def _numbers(self, citations: Iterable[Citation]) -> str:
        links = ", ".join(
            f'<a href="{_reference(citation).href}" style="color:{self.colours["accent"]}">{citation.number}</a>'
            for citation in citations
        )
        return f'<span style="font-size:{self.look.points("small")}pt;color:{self.colours["ink_2"]}">[{links}]</span>'

    def _margin(self, citations: Iterable[Citation], between: str = "<br>") -> str:
        links = between.join(
            f'<a href="{_reference(citation).href}" style="color:{self.colours["ink_2"]};text-decoration:none">'
            f'<b style="color:{self.colours["accent"]}">{citation.number}</b> {escape(citation.reference.short)}</a>'
            for citation in citations
        )
        return f'<span style="font-size:{self.look.points("small")}pt">{links}</span>'

    def _note(self, note: Note) -> str:
        html = f'<b style="color:{self.colours["note"]}">◆ {escape(note.heading)}</b>&nbsp; {escape(note.text)}'
        return (
            f'<table width="100%" cellspacing="0" cellpadding="8" border="0"><tr><td bgcolor="{self.colours["note_ground"]}" '
            f'style="font-size:{self.look.points("small")}pt;padding:7px 12px 7px 12px">{html}</td></tr></table>{self._gap(4)}'
        )

    def _heading(self, text: str, name: str) -> str:
        return (
            f'<h2 style="font-size:{self.look.points("h2")}pt;font-weight:600;margin-top:22px;margin-bottom:6px">'
            f"{self._anchor(name)}{escape(text)}</h2>"
        )

    def _references(self) -> Iterator[str]:
        yield self._heading(f"References ({len(self.page.references)})", "section-references")
        for citation in self.page.references:
            reference = citation.reference
            yield self._small(
                f'{self._anchor(f"reference-{reference.id}")}<a href="{_reference(citation).href}" style="color:{self.colours["accent"]}">'
                f"<b>{citation.number}</b></a>&nbsp; {escape(reference.type.label)}. {escape(reference.full)}",
                below=5,
            )

    def _links(self, heading: str, items: Iterable[Related]) -> Iterator[str]:
        found = [f'<a href="{item.link.href}" style="color:{self.colours["accent"]}">{escape(item.title)}</a>' for item in items]
        if found:
            yield self._heading(heading, f"section-{heading.lower().replace(' ', '-')}")
            yield f'<p style="margin-top:0px">{" &nbsp;·&nbsp; ".join(found)}</p>'

    def _changes(self) -> Iterator[str]:
        yield self._heading("What changed", "section-changes")
        for change in self.page.changes:
            yield self._small(f"{in_words(change.date)}: {escape(change.text)}", below=3)

    def _disclaimer(self) -> str:
        return self._small(f"{escape(self.page.edition)}. {escape(self.page.disclaimer)}", above=22, below=24)


def _reference(citation: Citation) -> Link:
    return Link(LinkKind.REFERENCE, citation.reference.id)
