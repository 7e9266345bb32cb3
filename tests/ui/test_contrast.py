"""Contrast by the formula of WCAG 2, from the tokens that window, article and paper are filled with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from desktop_app import paths
from desktop_app.reading.style import Look, Theme, load_tokens
from desktop_app.ui.theme import palette, style_sheet

TEXT, DOSES, CONTROLS = 4.5, 7.0, 3.0
TOKENS = load_tokens()

# (what it is, colour, ground, least contrast)
PAIRS = (
    ("running text and doses", "ink", "paper", DOSES),
    ("text on panels", "ink", "ground", DOSES),
    ("the bottom line", "ink", "tint", DOSES),
    ("text of a warning", "ink", "warning_ground", DOSES),
    ("the mark of a warning", "warning", "warning_ground", DOSES),
    ("a warning in a section", "warning", "paper", DOSES),
    ("a warning in a chosen row", "warning", "tint", TEXT),
    ("an editor's note", "ink", "note_ground", DOSES),
    ("the mark of a note", "note", "note_ground", TEXT),
    ("a pitfall in a section", "note", "paper", TEXT),
    ("a pitfall in the statement gone to", "note", "tint", TEXT),
    ("secondary text", "ink_2", "paper", TEXT),
    ("secondary text on panels", "ink_2", "ground", TEXT),
    ("secondary text in a chosen row", "ink_2", "tint", TEXT),
    ("citation brackets in a warning", "ink_2", "warning_ground", TEXT),
    ("a placeholder", "ink_2", "paper", TEXT),
    ("a link", "accent", "paper", TEXT),
    ("a link on a panel", "accent", "ground", TEXT),
    ("a link in the bottom line", "accent", "tint", TEXT),
    ("a link in a warning", "accent", "warning_ground", TEXT),
    ("a link in a note", "accent", "note_ground", TEXT),
    ("selected text, pressed buttons, matches in the page", "on_accent", "accent", TEXT),
    ("a found word", "on_found", "found", TEXT),
    ("a link that has the focus", "paper", "focus", TEXT),
    ("the focus on a page", "focus", "paper", CONTROLS),
    ("the focus on a panel", "focus", "ground", CONTROLS),
    ("the border of a control on the header", "control", "paper", CONTROLS),
    ("the border of a control on a panel", "control", "ground", CONTROLS),
    ("the bar of a chosen row", "accent", "tint", CONTROLS),
    ("the border of a warning", "warning", "paper", CONTROLS),
    ("the border of a message", "note", "note_ground", CONTROLS),
)


def luminance(colour: str) -> float:
    """Return the relative luminance of ``#RRGGBB``: 0 black, 1 white."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Return the contrast of two colours, 1 to 21."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_the_formula_is_the_published_one() -> None:
    """Black on white is 21, a colour on itself 1, and #767676 on white the known 4.54."""
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#123456", "#123456") == pytest.approx(1)
    assert contrast("#767676", "#FFFFFF") == pytest.approx(4.54, abs=0.01)


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize(("what", "colour", "ground", "least"), PAIRS, ids=[pair[0] for pair in PAIRS])
def test_contrast_is_enough(theme: Theme, what: str, colour: str, ground: str, least: float) -> None:
    """Every pair that the window draws reaches its contrast in every colour scheme."""
    colours = TOKENS.colours(theme)
    reached = contrast(colours[colour], colours[ground])
    assert reached >= least, f"{what}: {colour} on {ground} is {reached:.2f}"


def test_every_scheme_has_every_colour() -> None:
    """No scheme lacks a colour that another one has, and all are six digits."""
    names = [set(TOKENS.colours(theme)) for theme in Theme]
    assert names[0] == names[1] == names[2]
    values = [value for theme in Theme for value in TOKENS.colours(theme).values()]
    assert all(re.fullmatch(r"#[0-9A-Fa-f]{6}", value) for value in values)


@pytest.mark.parametrize("theme", list(Theme))
def test_the_style_sheet_takes_colours_from_the_tokens_only(theme: Theme) -> None:
    """What is computed here is what is drawn: the filled style sheet names no other colour, and the marks it names exist."""
    look = Look(TOKENS, theme)
    sheet = style_sheet(look)
    assert set(re.findall(r"#[0-9A-Fa-f]{6}\b", sheet)) <= set(look.colours.values())
    assert not re.search(r":\s*(white|black|gr[ae]y|red|blue)\b|rgba?\(", sheet)
    marks = re.findall(r'url\("([^"]+)"\)', sheet)
    assert marks
    assert all(Path(mark).is_file() for mark in marks)


@pytest.mark.parametrize("theme", list(Theme))
def test_the_palette_agrees_with_the_style_sheet(theme: Theme) -> None:
    """Placeholder, selection and links have the same colours where no style sheet reaches."""
    colours = TOKENS.colours(theme)
    made = palette(Look(TOKENS, theme))
    assert made.placeholderText().color().name().upper() == colours["ink_2"].upper()
    assert contrast(made.highlightedText().color().name(), made.highlight().color().name()) >= TEXT
    assert contrast(made.link().color().name(), made.base().color().name()) >= TEXT


def test_a_placeholder_is_drawn_in_the_colour_that_was_computed() -> None:
    """Qt would take the ink at half strength unless it is told otherwise."""
    template = (paths.resources_folder() / "styles" / "app.qss").read_text("utf-8")
    rule = next(line for line in template.splitlines() if line.startswith("QLineEdit {"))
    assert "placeholder-text-color: $ink_2" in rule
