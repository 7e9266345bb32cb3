"""Addresses inside the program. Nothing else is ever followed: no file, no network, no UNC path."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from html import escape

SCHEME = "wardbook"
_LINK = re.compile(rf"{SCHEME}:(?P<kind>[a-z]+)/(?P<id>[A-Za-z0-9-]*)(?:#(?P<anchor>[A-Za-z0-9-]+))?")


class LinkKind(StrEnum):
    """What a link leads to."""

    ARTICLE = "article"
    REFERENCE = "reference"
    CATEGORY = "category"
    CHECKLIST = "checklist"
    TERM = "term"
    PAGE = "page"


@dataclass(frozen=True, slots=True)
class Link:
    """A place in the program: ``wardbook:article/ID#STATEMENT``."""

    kind: LinkKind
    id: str
    anchor: str = ""

    def __str__(self) -> str:
        """Return the address as it stands in a page."""
        return f"{SCHEME}:{self.kind}/{self.id}" + (f"#{self.anchor}" if self.anchor else "")

    @property
    def href(self) -> str:
        """Return the address escaped for an attribute: no id of any content may end it."""
        return escape(str(self))


def parse_link(address: str) -> Link | None:
    """Return the place an address names, or None for everything that is not ours."""
    match = _LINK.fullmatch(address)
    if match is None or match["kind"] not in set(LinkKind):
        return None
    return Link(LinkKind(match["kind"]), match["id"], match["anchor"] or "")
