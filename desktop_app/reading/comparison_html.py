"""A comparison as HTML: one column an article, one row a section."""

from __future__ import annotations

from html import escape

from desktop_app.content.model import Flag
from desktop_app.reading.comparison import Comparison
from desktop_app.reading.html import FLAG_MARKS, runs_as_html
from desktop_app.reading.leaves import Leaf
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.page import StatementBlock
from desktop_app.reading.style import Look

WIDTH = 2.0  # measures


def comparison_leaf(comparison: Comparison, look: Look) -> Leaf:
    """Return the comparison as a page of the window."""
    colours = look.colours
    width = 100 // len(comparison.pages)
    cell = f'valign="top" width="{width}%" style="border-top:1px solid {colours["rule"]};padding:8px 12px 8px 0px"'
    heads = "".join(
        f'<td {cell}><p style="margin:0px;font-size:{look.points("h2")}pt"><b>'
        f'<a href="{Link(LinkKind.ARTICLE, page.article_id).href}" style="color:{colours["accent"]}">{escape(page.title)}</a></b></p>'
        f'<p style="margin:0px;font-size:{look.points("small")}pt;color:{colours["ink_2"]}">{escape(page.review_line)}</p></td>'
        for page in comparison.pages
    )
    rows = []
    sections = []
    for number, row in enumerate(comparison.rows):
        anchor = f"section-{number}"
        sections.append((anchor, row.heading))
        rows.append(
            f'<tr><td colspan="{len(comparison.pages)}" bgcolor="{colours["tint"]}" style="padding:5px 8px 5px 8px">'
            f'<a name="{anchor}"></a><b>{escape(row.heading)}</b></td></tr>'
        )
        rows.append("<tr>" + "".join(f"<td {cell}>{_statements(blocks, look)}</td>" for blocks in row.cells) + "</tr>")
    style = f"font-family:'{look.tokens.type['family']}';font-size:{look.points('text')}pt;color:{colours['ink']}"
    title = "Compare: " + ", ".join(page.title for page in comparison.pages)
    table = f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{heads}</tr>{"".join(rows)}</table>'
    basis = f"Text for {comparison.pages[0].audience.value}s, side by side, from the same statements as the articles."
    head = f'<p style="margin:0px;font-size:{look.points("small")}pt"><a name="top"></a>{basis}</p>'
    return Leaf(title, f'<body style="{style}">{head}{table}</body>', tuple(sections), WIDTH)


def _statements(blocks: tuple[StatementBlock, ...], look: Look) -> str:
    if not blocks:
        return f'<p style="color:{look.colours["ink_2"]};margin:0px">No statement in this edition.</p>'
    return "".join(
        f'<p style="margin-top:0px;margin-bottom:6px">{_marks(block, look)}{runs_as_html(block.runs, look)}</p>'
        for block in blocks
    )


def _marks(block: StatementBlock, look: Look) -> str:
    colours = {Flag.PITFALL: look.colours["note"]}
    return "".join(
        f'<b style="color:{colours.get(flag, look.colours["warning"])}">{FLAG_MARKS[flag]} {flag.label}</b>&nbsp; '
        for flag in block.flags
    )
