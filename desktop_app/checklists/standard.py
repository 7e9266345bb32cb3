"""The standard: forty criteria for a printed clinical checklist, in our own words, with their sources.

Kind A is tested by the program, S is warned about, H is for a person to sign. ``how`` says how each is checked here.
"""

from __future__ import annotations

from dataclasses import dataclass

SOURCES = {
    "C1": "Project Check, A Checklist for Checklists",
    "C2": "Gawande, advice on checklists",
    "C3": "Degani, NASA CR-177605 (1992), on the typography of flight-deck documentation; read in part",
    "C4": "UK CAA CAP 676, on emergency checklists; read as a summary",
    "C5": "PMC8990198, table 5, on cognitive aids",
    "C6": "Anaesthetic crisis handbook, its notes on design",
    "C8": "Royal College of Physicians, box 1, on ward-round checklists",
    "C9": "UKAAF and RNIB, clear and large print",
    "C10": "Clebone and Burian, on the layout of emergency checklists",
    "C11": "Document control rules of hospitals (SCHN, NE Essex)",
    "C12": "Ely 2011, Academic Medicine, on diagnostic checklists",
    "C13": "Kämmer 2021, on differential lists",
    "C14": "Graber 2014, on checklists against diagnostic error",
    "C15": "WHO Surgical Safety Checklist, its terms of adaptation",
    "C16": "AHRQ issue brief, Zwaan 2020",
    "C17": "PEMAT, on patient materials",
}


@dataclass(frozen=True, slots=True)
class Criterion:
    """One criterion: ``sources`` are codes of ``SOURCES``, ``on`` is what is examined: source, page, both or person."""

    number: int
    text: str
    sources: tuple[str, ...]
    kind: str
    on: str
    how: str


def _c(number: int, kind: str, on: str, sources: str, text: str, how: str) -> Criterion:
    return Criterion(number, text, tuple(sources.split()), kind, on, how)


# fmt: off
CRITERIA: tuple[Criterion, ...] = (
    _c(1, "S", "source", "C1 C8", "The title says what the sheet is for.",
       "Begins with “Pitfalls:” and the topic."),
    _c(2, "S", "source", "C1", "The aim is clear and short.",
       "A purpose of 1 to 20 words."),
    _c(3, "H", "source", "C1", "Every item is critical and in danger of being missed.",
       "Each item says why it is missed (an error if not); a clinician signs."),
    _c(4, "H", "person", "C1", "No item is already checked well elsewhere.",
       "A clinician signs."),
    _c(5, "S", "source", "C1 C8", "Every item can be acted on and has a form of answer.",
       "Begins with a verb of a list; a value or name has a labelled line."),
    _c(6, "S", "source", "C5", "One command for each item.",
       "One sentence, no semicolon, no second verb of the list after “and”."),
    _c(7, "S", "source", "C1", "Every item can be read aloud.",
       "At most 15 words (our own bound), no brackets."),
    _c(8, "H", "person", "C1", "A checklist can change whether the item is done.",
       "A clinician signs."),
    _c(9, "H", "person", "C1", "Items on talking to each other were considered.",
       "Answered at the trial on a ward."),
    _c(10, "A", "source", "C1", "Every group has a natural moment to pause.",
       "Each pause point names a moment of its own."),
    _c(11, "A", "source", "C1 C8", "Fewer than ten items at each pause point.",
       "Counted."),
    _c(12, "S", "source", "C2", "Five to seven items, done in 60 to 90 seconds.",
       "Counted; reading time at 150 words a minute."),
    _c(13, "S", "source", "C1 C2", "Simple sentences and basic language.",
       "Flesch-Kincaid grade of the items at most 12 (professional terms are allowed)."),
    _c(14, "A", "page", "C1 C5", "One page, one side.",
       "Pages counted on A4 and on Letter, normal print."),
    _c(15, "A", "both", "C5 C6", "One stream from top to bottom, no branches.",
       "No arrows and no “go to” in items; all items of the page start at one left edge."),
    _c(16, "A", "page", "C6", "Every sheet has the same layout.",
       "One template makes all; title, use, boxes, “Other” and footer are found on each."),
    _c(17, "A", "both", "C1 C3", "A sans-serif face in upper and lower case.",
       "Only Source Sans Pro in the PDF; no line in capitals."),
    _c(18, "A", "page", "C9", "Large enough: 12 points or more; large print 16 or more.",
       "Smallest type of the page, footer and page number included."),
    _c(19, "A", "page", "C3", "Lines stand 25 to 33 % apart.",
       "Distance of the lines of one paragraph; the figure for "
       "x-height (0.10 inch) was recalled, not verified, and is not applied."),
    _c(20, "A", "page", "C1 C3 C5", "Black on white.",
       "Contrast of every text at least 7:1, computed from the colours of the PDF."),
    _c(21, "A", "page", "C1 C5", "Fewest colours; nothing said by colour alone.",
       "Only black and grey in the PDF."),
    _c(22, "A", "page", "C3 C9", "No italics, no underlining, no block capitals; left aligned.",
       "No italic face in the PDF; lines to write on stand beside text, not under it."),
    _c(23, "S", "source", "C3", "No look-alike figures and letters.",
       "No “1.0”, “.5”, “5 l” or “5 U” in items."),
    _c(24, "S", "source", "C5", "Only what is needed now, no dense text.",
       "A line of use of at most 30 words; reasons stay on the screen."),
    _c(25, "S", "source", "C5 C6", "No calculation is asked for.",
       "No words of calculation, no “mg/kg”."),
    _c(26, "S", "source", "C4", "The most critical items first.",
       "Items marked as a danger to life lead at each pause point."),
    _c(27, "H", "person", "C10", "Clusters set apart may serve better than one list.",
       "Each pause point is boxed; a trial would show which is better."),
    _c(28, "A", "both", "C1", "The date of making or revision is marked.",
       "Dates in order in the source and printed on the page."),
    _c(29, "A", "both", "C11", "Edition, last review, next review, date of print and review state on every page.",
       "All five found in the text of every page."),
    _c(30, "A", "source", "C15", "What it is based on is said.",
       "Every sheet has numbered sources; nothing is adapted from another sheet."),
    _c(31, "A", "source", "C8", "It says how to use it.",
       "A line at the top that begins with “Use”."),
    _c(32, "A", "source", "C6", "Every version is in a change log.",
       "An entry for each version."),
    _c(33, "H", "page", "C1", "It was tried by those who use it, and changed after.",
       "Until then the sheet prints “Not yet trialled on a ward”."),
    _c(34, "H", "person", "C1", "It fits the work and finds errors while they can be mended.",
       "Answered at the trial on a ward."),
    _c(35, "H", "person", "C1", "It is brief to do.",
       "The measured minutes of the trial."),
    _c(36, "A", "source", "C1 C11", "A later review is planned.",
       "The next review lies after the last; an overdue sheet says so in its footer."),
    _c(37, "S", "source", "C14 C16", "About this problem, not about thinking in general.",
       "No “consider other causes” and the like."),
    _c(38, "S", "page", "C12 C13", "The list does not pretend to be complete.",
       "Ends with “Other:”, a line, and “(this list is not complete)”."),
    _c(39, "S", "page", "C17", "Patient sheets can be understood and acted on.",
       "Leaflets print their measured reading grade; what to do stands first. The grade is bounded by the content check."),
    _c(40, "H", "person", "C6", "A reader other than the doer was thought of.",
       "Not needed for a sheet that one person uses."),
)
# fmt: on


def criterion(number: int) -> Criterion:
    """Return a criterion by its number; raises LookupError."""
    return CRITERIA[number - 1] if 1 <= number <= len(CRITERIA) else _missing(number)


def _missing(number: int) -> Criterion:
    raise LookupError(f"there is no criterion {number}")
