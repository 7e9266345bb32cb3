"""The pages that are not articles: home, a category, drugs and findings, the editorial policy, keys.

Each is HTML in the same dialect as ``reading.html`` with a title; all text is escaped here.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from html import escape

from desktop_app.content.audience import Audience
from desktop_app.content.checklist import Checklist
from desktop_app.content.model import ArticleHead, Category, IndexedEffect, Kind
from desktop_app.content.review import ReviewState, in_words
from desktop_app.content.vocabulary import TermKind
from desktop_app.errors import NotFoundError
from desktop_app.reading.links import Link, LinkKind
from desktop_app.reading.reader import Reader
from desktop_app.reading.style import Look

HOME = Link(LinkKind.PAGE, "home")
POLICY = Link(LinkKind.PAGE, "policy")
KEYS = Link(LinkKind.PAGE, "keys")
INDEX = Link(LinkKind.PAGE, "index")
CHECKLISTS = Link(LinkKind.PAGE, "checklists")
CHANGES = Link(LinkKind.PAGE, "changes")
HOME_MEASURES = 1.3


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page that is not an article: title, HTML, sections as (anchor, heading), and how many measures wide it may be."""

    title: str
    html: str
    sections: tuple[tuple[str, str], ...] = ()
    measures: float = 1.0


class LeafDrawer:
    """Draws the pages of one edition for one look and audience."""

    def __init__(self, reader: Reader, look: Look, audience: Audience) -> None:
        self.reader = reader
        self.look = look
        self.audience = audience
        self.colours = look.colours
        self._sections: list[tuple[str, str]] = []

    def link(self, link: Link, title: str) -> str:
        """Return a link with its title."""
        return f'<a href="{link.href}" style="color:{self.colours["accent"]}">{escape(title)}</a>'

    def _plain_link(self, link: Link, title: str) -> str:
        """Return a link for a list of nothing but links: its place says what it is, so that no line need be drawn."""
        return f'<a href="{link.href}" style="color:{self.colours["accent"]};text-decoration:none">{escape(title)}</a>'

    def _title_of(self, head: ArticleHead) -> str:
        return head.questions.patient if self.audience is Audience.PATIENT else head.title

    def _article(self, head: ArticleHead) -> str:
        return self.link(Link(LinkKind.ARTICLE, head.id), self._title_of(head))

    def _heading(self, anchor: str, text: str) -> str:
        self._sections.append((anchor, text))
        size = self.look.points("h2")
        return f'<h2 style="font-size:{size}pt;font-weight:600;margin-top:20px;margin-bottom:6px"><a name="{anchor}"></a>{escape(text)}</h2>'

    def small(self, html: str) -> str:
        """Return a paragraph in small type."""
        return f'<p style="font-size:{self.look.points("small")}pt;color:{self.colours["ink_2"]};margin-top:2px;margin-bottom:8px">{html}</p>'

    @property
    def _crowded(self) -> bool:
        return self.look.narrow or self.look.scale > 1.4

    def _columns(self, parts: Iterable[str]) -> str:
        """Return short links in columns, read downwards: two where the page is narrow or the text large, else three."""
        links = list(parts)
        count = 2 if self._crowded else 3
        rows = -(-len(links) // count)
        return self._beside(["".join(map(self._line, links[at * rows : (at + 1) * rows])) for at in range(count)])

    def _line(self, link: str) -> str:
        return f'<p style="margin-top:0px;margin-bottom:5px">{link}</p>'

    def _beside(self, blocks: Sequence[str]) -> str:
        """Return blocks as columns of equal width with a gutter."""
        width = 100 // len(blocks)
        cells = "".join(f'<td width="{width}%" valign="top" style="padding:0px 20px 0px 0px">{block}</td>' for block in blocks)
        return f'<table width="100%" cellspacing="0" cellpadding="0"><tr>{cells}</tr></table>'

    def _box(self, html: str, ground: str, bar: str) -> str:
        return (
            '<table width="100%" cellspacing="0" cellpadding="0"><tr>'
            f'<td width="5" bgcolor="{bar}"></td><td bgcolor="{ground}" style="padding:10px 14px 10px 14px">{html}</td></tr></table>'
        )

    def _gap(self, pixels: int) -> str:
        return f'<p style="font-size:1pt;margin:0px;line-height:{pixels}px">&nbsp;</p>'

    def _leaf(self, title: str, parts: Iterable[str], measures: float = 1.0) -> Leaf:
        style = (
            f"font-family:'{self.look.tokens.type['family']}';font-size:{self.look.points('text')}pt;color:{self.colours['ink']}"
        )
        size = self.look.points("h1")
        head = f'<h1 style="font-size:{size}pt;font-weight:600;margin-top:0px;margin-bottom:8px"><a name="top"></a>{escape(title)}</h1>'
        body = "\n".join(parts)
        return Leaf(title, f'<body style="{style}">{head}\n{body}</body>', tuple(self._sections), measures)

    def home(self, ask_audience: bool) -> Leaf:
        """Return the home page, all ways in at one glance; ``ask_audience`` shows the one line that asks who reads."""
        reader, edition = self.reader, self.reader.edition
        approved = all(head.review.state is ReviewState.APPROVED for head in reader.heads)
        state = "every article is approved" if approved else "nothing in it has yet been approved by a clinician"
        counts = f"{len(reader.heads)} articles, {len(reader.checklists)} checklists, {len(reader.references)} references"
        parts = [self.small(f"{escape(edition.label)} of {in_words(edition.date)} · {counts} · {state}. Works offline.")]
        if ask_audience:
            choices = " &nbsp; ".join(self.link(Link(LinkKind.PAGE, f"audience-{a.value}"), a.label) for a in Audience)
            question = f"<b>Which best describes you?</b> &nbsp; {choices} &nbsp; (you can change it at any time at the top)"
            parts += [self._gap(6), self._box(question, self.colours["tint"], self.colours["accent"])]
        parts += [self._gap(14), *self._ways_in()]
        parts.append(self._heading("section-causes", "Causes by group"))
        parts.append(self._run(self._category(c) for c in reader.categories if c.parent is None))
        parts.append(self._heading("section-new", "What is new in this edition"))
        parts += [self.small(f"{in_words(change.date)}: {escape(change.text)}") for change in edition.changes[:3]]
        foot = ((POLICY, "Editorial policy"), (KEYS, "Keys"), (CHANGES, "What changed, article by article"))
        parts.append(self.small(" &nbsp;·&nbsp; ".join(self.link(link, title) for link, title in foot)))
        parts.append(self.small(escape(edition.disclaimer)))
        return self._leaf(edition.name, parts, HOME_MEASURES)

    def _ways_in(self) -> Iterator[str]:
        """Yield what a person comes with: a finding, a drug, the wish for a checklist; beside one another where there is room."""
        reader = self.reader
        symptoms = [self._entry(head) for head in reader.select(kind=Kind.PRESENTATION)]
        drugs = [self._entry(head) for head in reader.select(kind=Kind.DRUG)]
        sheets = [self._plain_link(Link(LinkKind.CHECKLIST, c.id), c.title) for c in reader.checklists]
        see = self._heading("section-see", "What do you see?")
        which = self._heading("section-drugs", "Which drug?")
        printed = self._heading("section-checklists", "Checklists to print")
        index = self.small(self.link(INDEX, "Every drug and finding that a statement names"))
        if self._crowded:
            yield from (see, self._columns(symptoms), which, self._columns(drugs), index, printed, self._columns(sheets))
        else:
            first, last = (heading + "".join(map(self._line, lines)) for heading, lines in ((see, symptoms), (printed, sheets)))
            yield self._beside([first, which + self._run(drugs) + index, last])

    def _entry(self, head: ArticleHead) -> str:
        return self._plain_link(Link(LinkKind.ARTICLE, head.id), self._title_of(head))

    def _run(self, links: Iterable[str]) -> str:
        """Return links as running text."""
        between = f' <span style="color:{self.colours["ink_2"]}">·</span> '
        return f'<p style="margin-top:0px;margin-bottom:4px;line-height:{self.look.tokens.type["leading"]}%">{between.join(links)}</p>'

    def _checklist(self, checklist: Checklist) -> str:
        return self.link(Link(LinkKind.CHECKLIST, checklist.id), checklist.title)

    def _category(self, category: Category) -> str:
        title = category.patient_title if self.audience is Audience.PATIENT else category.title
        return self.link(Link(LinkKind.CATEGORY, category.id), title)

    def category(self, category_id: str) -> Leaf:
        """Return a category: its articles, and those of the categories below it; raises NotFoundError."""
        branch = self.reader.branch(category_id)
        if not branch:
            raise NotFoundError(f"There is no category “{category_id}” in this edition.")
        top = branch[0]
        parts = []
        for category in branch:
            heads = [head for head in self.reader.heads if category.id in head.categories]
            if category is not top and heads:
                title = category.patient_title if self.audience is Audience.PATIENT else category.title
                parts.append(self._heading(f"section-{category.id}", title))
            parts += [
                f'<p style="margin-top:0px;margin-bottom:5px">{self._article(head)}{self._kind(head)}</p>' for head in heads
            ]
        title = top.patient_title if self.audience is Audience.PATIENT else top.title
        return self._leaf(title, parts or [self.small("No article in this edition.")])

    def _kind(self, head: ArticleHead) -> str:
        return f' <span style="color:{self.colours["ink_2"]};font-size:{self.look.points("small")}pt">&nbsp; {head.kind.label}</span>'

    def checklists(self) -> Leaf:
        """Return the list of checklists, with what each is for."""
        parts = [
            f'<p style="margin-top:8px;margin-bottom:0px">{self._checklist(c)}</p>{self.small(escape(c.purpose))}'
            for c in self.reader.checklists
        ]
        return self._leaf("Checklists", parts)

    def policy(self) -> Leaf:
        """Return the editorial policy and the disclaimer."""
        parts = []
        for number, (heading, text) in enumerate(self.reader.edition.policy):
            parts += [self._heading(f"section-{number}", heading), f'<p style="margin-top:0px">{escape(text)}</p>']
        parts += [self._heading("section-disclaimer", "Disclaimer"), f"<p>{escape(self.reader.edition.disclaimer)}</p>"]
        return self._leaf("Editorial policy", parts)

    def index(self) -> Leaf:
        """Return every drug and finding that a statement links."""
        effects = self.reader.store.effects()
        parts = [
            self.small(
                "Each pair is derived from statements with their citations. What is not here has no statement in this edition; that never means “no”."
            )
        ]
        for anchor, heading, ids in (
            ("section-drugs", "Drugs", {item.effect.drug for item in effects}),
            ("section-findings", "Findings", {item.effect.finding for item in effects}),
        ):
            terms = sorted((self.reader.terms[key] for key in ids), key=lambda term: term.preferred.casefold())
            parts += [
                self._heading(anchor, heading),
                self._columns(self.link(Link(LinkKind.TERM, term.id), term.preferred) for term in terms),
            ]
        return self._leaf("Drugs and findings", parts)

    def term(self, term_id: str) -> Leaf:
        """Return what the statements say of one drug or one finding, with their citations; raises NotFoundError."""
        term = self.reader.terms.get(term_id)
        if term is None:
            raise NotFoundError(f"There is no drug or finding “{term_id}” in this edition.")
        is_drug = term.kind is TermKind.DRUG
        effects = self.reader.store.effects(drug=term_id) if is_drug else self.reader.store.effects(finding=term_id)
        parts = [self.small(self.link(INDEX, "All drugs and findings"))]
        if term.article:
            head = next((head for head in self.reader.heads if head.id == term.article), None)
            parts += [f"<p>Article: {self._article(head)}</p>"] if head else []
        if not effects:
            parts.append("<p>No statement in this edition. That does not mean that there is no effect.</p>")
        for item in effects:
            parts.append(self._effect(item, is_drug))
        return self._leaf(f"{term.preferred[:1].upper()}{term.preferred[1:]}: {'findings' if is_drug else 'drugs'}", parts)

    def _effect(self, item: IndexedEffect, from_drug: bool) -> str:
        effect = item.effect
        other = self.reader.terms[effect.finding if from_drug else effect.drug]
        named = self.link(Link(LinkKind.TERM, other.id), other.preferred)
        line = f"{escape(effect.relation.label)} {named}" if from_drug else f"{named} {escape(effect.relation.label)}"
        references = (self.reader.references[key] for key in item.citations)
        sources = ", ".join(self.link(Link(LinkKind.REFERENCE, r.id), r.short) for r in references)
        text = escape(item.texts.for_audience(self.audience))
        source = self.link(Link(LinkKind.ARTICLE, item.article_id, item.statement_id), "open the statement")
        return f'<p style="margin-top:10px;margin-bottom:2px"><b>{line}</b></p><p style="margin:0px">{text}</p>{self.small(f"{sources} · {source}")}'

    def own(self, title: str, groups: Iterable[tuple[str, Sequence[str], str]]) -> Leaf:
        """Return a page of groups: heading, lines as HTML, and what to say when there are none."""
        parts: list[str] = []
        for number, (heading, lines, empty) in enumerate(groups):
            parts += [self._heading(f"section-{number}", heading), *(lines or [self.small(escape(empty))])]
        return self._leaf(title, parts)

    def changes(self) -> Leaf:
        """Return what changed, for the edition and per article, newest first."""
        parts = [self._heading("section-edition", "This edition")]
        parts += [self.small(f"{in_words(c.date)}: {escape(c.text)}") for c in self.reader.edition.changes]
        parts.append(self._heading("section-articles", "Articles"))
        found = [(change, article) for article in self.reader.store.articles() for change in article.changes]
        for change, article in sorted(found, key=lambda pair: (-pair[0].date.toordinal(), pair[1].title.casefold())):
            title = self.link(Link(LinkKind.ARTICLE, article.id), article.title)
            parts.append(self.small(f"{in_words(change.date)} · {title}: {escape(change.text)}"))
        return self._leaf("What changed", parts)

    def keys(self, rows: Sequence[tuple[str, str]]) -> Leaf:
        """Return the page of keys, made from the action table: (what it does, keys)."""
        cells = "".join(
            f'<tr><td style="padding:4px 24px 4px 0px">{escape(text)}</td><td style="padding:4px 0px"><b>{escape(keys)}</b></td></tr>'
            for text, keys in rows
        )
        return self._leaf("Keys", [f'<table cellspacing="0" cellpadding="0">{cells}</table>'])
