"""From article to page: links, found words, notes, escaping, trail, comparison."""

from __future__ import annotations

import os
import pickle
import shutil
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from desktop_app.authoring.compiler import Targets, compile_content, targets_in
from desktop_app.content.audience import Audience
from desktop_app.content.model import Kind
from desktop_app.content.reference import Reference, ReferenceType
from desktop_app.content.review import AgeBand
from desktop_app.content.vocabulary import Term, TermKind
from desktop_app.errors import NotFoundError
from desktop_app.reading import leaves
from desktop_app.reading.binder import index_words
from desktop_app.reading.comparison import compare
from desktop_app.reading.html import PageDrawer, page_as_document
from desktop_app.reading.leaves import LeafDrawer
from desktop_app.reading.linker import Linker
from desktop_app.reading.links import Link, LinkKind, parse_link
from desktop_app.reading.page import plain
from desktop_app.reading.places import Places
from desktop_app.reading.plain import page_as_text, page_as_values, reference_as_values, statement_as_text
from desktop_app.reading.reader import Reader, open_reader
from desktop_app.reading.style import Look, Theme, load_tokens
from desktop_app.reading.trail import Trail
from desktop_app.search.pack import Pack, digest, pack
from desktop_app.search.query import SearchQuery
from desktop_app.store.manifest import read_manifest, write_manifest
from tests.support import article, texts, write_sources

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Reader:
    """Return a reader of the small edition."""
    root = tmp_path_factory.mktemp("edition")
    evil = article("quinine", kind="drug", related=["night-cramp"], question=texts("Is <b>5 & 6</b> safe?"))
    targets = targets_in(root / "out")
    compile_content(write_sources(root / "sources", [article(), evil]), targets)
    return open_reader(Places(targets.content, targets.index, targets.manifest))


def test_a_page_holds_the_article_for_one_audience(reader: Reader) -> None:
    """Question, texts and path are those of the audience; citations are numbered in order."""
    page = reader.page("night-cramp", Audience.PATIENT, TODAY)
    assert page.question == "Why do I get cramp at night?"
    assert [citation.number for citation in page.references] == [1, 2]
    assert page.path[0].title == "Cramps"
    assert page.age_band is AgeBand.IN_DATE
    assert "under clinical review" in page.review_line


def test_what_must_not_be_missed_stands_once_and_at_the_top(reader: Reader) -> None:
    """The flagged statement is in the box and not again in its section."""
    page = reader.page("night-cramp", Audience.CLINICIAN, TODAY)
    assert [statement.id for statement in page.must_not_miss] == ["cold-leg"]
    assert all(statement.id != "cold-leg" for section in page.sections for statement in section.statements)


def test_names_with_an_article_are_linked_once_per_statement(reader: Reader) -> None:
    """Quinine is linked in the cramp article, and not in its own."""
    page = reader.page("night-cramp", Audience.CLINICIAN, TODAY)
    runs = page.sections[0].statements[0].runs
    assert [str(span.link) for span in runs if span.link] == ["wardbook:article/quinine"]
    own = reader.page("quinine", Audience.CLINICIAN, TODAY)
    linked = {span.link.id for statement in own.statements() for span in statement.runs if span.link}
    assert "quinine" not in linked


def test_notes_say_in_words_what_they_are(reader: Reader) -> None:
    """A conflict is headed as one."""
    note = reader.page("night-cramp", Audience.CLINICIAN, TODAY).sections[1].statements[0].note
    assert note is not None
    assert note.heading == "Sources disagree"


def test_found_words_are_marked_and_the_text_is_unchanged(reader: Reader) -> None:
    """Marking a word splits a text without losing a letter."""
    page = reader.page("night-cramp", Audience.CLINICIAN, TODAY, {"cramp", "quinine"})
    statement = page.sections[0].statements[0]
    assert [span.text for span in statement.runs if span.found] == ["cramp", "Quinine"]
    assert plain(statement.runs) == "A calf cramp at night is short. Quinine is used by some."


def test_all_text_is_escaped_in_html(reader: Reader) -> None:
    """Markup in content is shown, never obeyed."""
    html = page_as_document(reader.page("quinine", Audience.CLINICIAN, TODAY))
    assert "Is &lt;b&gt;5 &amp; 6&lt;/b&gt; safe?" in html
    assert "Limb &lt;guideline&gt;" in html
    assert "<guideline>" not in html


@pytest.mark.parametrize("theme", list(Theme))
@pytest.mark.parametrize("narrow", [False, True])
def test_a_page_is_drawn_in_every_look(reader: Reader, theme: Theme, narrow: bool) -> None:
    """Each look has every statement with an anchor, and the words of flags and notes."""
    page = reader.page("night-cramp", Audience.STUDENT, TODAY)
    html = PageDrawer(page, Look(load_tokens(), theme, 1.5, narrow)).draw()
    for statement in page.statements():
        assert f'<a name="{statement.id}">' in html
    assert "Must not miss" in html
    assert "Sources disagree" in html
    assert "For professionals." in html


def test_a_copied_statement_carries_its_sources_and_review_state(reader: Reader) -> None:
    """What leaves the window says where it comes from and that nobody has approved it."""
    page = reader.page("night-cramp", Audience.CLINICIAN, TODAY)
    text = statement_as_text(page, page.sections[1].statements[0])
    assert "Not yet approved" in text
    assert "https://doi.org/10.1000/1" in text
    assert "Edition 7" in text


def test_text_and_values_hold_every_statement(reader: Reader) -> None:
    """Neither form of the command line drops a statement."""
    page = reader.page("night-cramp", Audience.CLINICIAN, TODAY)
    text, values = page_as_text(page), page_as_values(page, reader.article("night-cramp"))
    shown = {statement["id"] for section in values["sections"] for statement in section["statements"]}
    assert shown == {"what-it-is", "cold-leg", "quinine-doubt"}
    for statement in page.statements():
        assert plain(statement.runs).split()[0] in text


def test_links_back_are_shown(reader: Reader) -> None:
    """An article that another one names as related shows it."""
    assert [item.link.id for item in reader.page("night-cramp", Audience.CLINICIAN, TODAY).mentioned_in] == ["quinine"]


def test_an_unknown_article_is_told_in_words(reader: Reader) -> None:
    """A name that does not exist is a sentence and exit code 1."""
    with pytest.raises(NotFoundError, match="There is no article") as caught:
        reader.page("nothing", Audience.CLINICIAN, TODAY)
    assert caught.value.exit_code == 1


def test_articles_are_chosen_by_kind_and_branch(reader: Reader) -> None:
    """A category stands for itself and everything below it."""
    assert [head.id for head in reader.select(kind=Kind.DRUG)] == ["quinine"]
    assert {head.id for head in reader.select(category="cramps")} == {"night-cramp", "quinine"}


def test_the_drug_index_is_derived_from_statements_both_ways(reader: Reader) -> None:
    """The pair stands with its citation under the drug and under the finding, and nothing is never “no”."""
    by_drug = reader.store.effects(drug="quinine")
    assert [(item.effect.finding, item.citations) for item in by_drug] == [("cramp", ("GUIDE24",))] * 2
    assert reader.store.effects(finding="cramp") == by_drug
    drawer = LeafDrawer(reader, Look(load_tokens()), Audience.CLINICIAN)
    assert "used for" in drawer.term("quinine").html
    assert "No statement in this edition" in drawer.term("night-cramp").html


@pytest.mark.parametrize("ask", [True, False])
def test_the_home_page_says_what_the_edition_is(reader: Reader, ask: bool) -> None:
    """Counts, state and every checklist stand on the home page; the question stands there only while it is open."""
    leaf = LeafDrawer(reader, Look(load_tokens()), Audience.CLINICIAN).home(ask)
    assert "2 articles, 1 checklists, 3 references" in leaf.html
    assert "nothing in it has yet been approved" in leaf.html
    assert "Pitfalls: night cramp" in leaf.html
    assert ("Which best describes you?" in leaf.html) is ask


def test_every_other_leaf_is_drawn(reader: Reader) -> None:
    """Policy, index, checklists, changes, keys and categories are pages with a title."""
    drawer = LeafDrawer(reader, Look(load_tokens()), Audience.PATIENT)
    found = [drawer.policy(), drawer.index(), drawer.checklists(), drawer.changes(), drawer.category("cramps")]
    found.append(drawer.keys([("Search", "Ctrl+K")]))
    assert all(leaf.title and "<h1" in leaf.html for leaf in found)
    assert str(leaves.HOME) == "wardbook:page/home"


def test_a_comparison_has_a_row_for_every_shared_section(reader: Reader) -> None:
    """The bottom line comes first, with what must not be missed."""
    pages = [reader.page(key, Audience.CLINICIAN, TODAY) for key in ("night-cramp", "quinine")]
    comparison = compare(pages)
    assert [row.heading for row in comparison.rows] == ["Bottom line", "Meaning"]
    assert [statement.id for statement in comparison.rows[0].cells[0]] == ["summary", "cold-leg"]


def test_the_binder_index_names_drugs_and_symptoms(reader: Reader) -> None:
    """Words of the articles that a checklist belongs to lead to it."""
    words = dict(index_words(reader.checklists, reader.terms, reader.linker))
    assert words["night cramp"] == ("cramp-pitfalls",)


def test_only_a_web_address_is_given_as_one() -> None:
    """A reference known by its PubMed number alone has no url; one with a DOI has that as its url."""
    known = Reference("A", ReferenceType.REVIEW, "Cramp", "J", pmid="123")
    assert (reference_as_values(known)["url"], reference_as_values(known)["pmid"]) == (None, "123")
    assert reference_as_values(replace(known, doi="10.1000/1"))["url"] == "https://doi.org/10.1000/1"


def damage(targets: Targets) -> None:
    """Change one bit in every file of the index."""
    for path in targets.index.iterdir():
        data = bytearray(path.read_bytes())
        data[len(data) // 2] ^= 1
        path.write_bytes(data)


def take_away(targets: Targets) -> None:
    """Leave no index at all."""
    shutil.rmtree(targets.index)


def replace_by_another(targets: Targets) -> None:
    """Put the whole index of another edition there, and list it as if it belonged to this one."""
    other = targets_in(targets.content.parent / "other")
    articles = [article(title="Other"), article("quinine", kind="drug")]
    compile_content(write_sources(targets.content.parent / "other-sources", articles), other)
    shutil.rmtree(targets.index)
    shutil.copytree(other.index, targets.index)
    files = {"content.db": targets.content} | {f"index/{path.name}": path for path in targets.index.iterdir()}
    write_manifest(files, targets.manifest, read_manifest(targets.manifest).content_hash)


@pytest.mark.parametrize("spoil", [damage, take_away, replace_by_another])
def test_an_unusable_index_is_rebuilt_in_memory_with_a_notice(tmp_path: Path, spoil: Callable[[Targets], None]) -> None:
    """Search goes on from verified content when the index is damaged, missing, or whole but not of this edition."""
    targets = targets_in(tmp_path / "out")
    compile_content(write_sources(tmp_path / "sources"), targets)
    places = Places(targets.content, targets.index, targets.manifest)
    assert open_reader(places).notice == ""
    spoil(targets)
    reader = open_reader(places)
    assert "rebuilt in memory" in reader.notice
    assert reader.search(SearchQuery("night cramp")).hits[0].article_id == "night-cramp"


def test_an_index_that_goes_away_after_it_was_opened_takes_nothing_along(tmp_path: Path) -> None:
    """What was verified is what is read, then and later: not even the first quoted phrase opens a file again."""
    targets = targets_in(tmp_path / "out")
    compile_content(write_sources(tmp_path / "sources"), targets)
    reader = open_reader(Places(targets.content, targets.index, targets.manifest))
    assert reader.notice == ""
    shutil.rmtree(targets.index)
    assert reader.search(SearchQuery("night cramp")).hits[0].article_id == "night-cramp"
    phrase = reader.search(SearchQuery("“night cramp”"))
    assert (phrase.hits[0].article_id, phrase.tried) == ("night-cramp", "")


class Trap:
    """Makes a folder when it is unpickled."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return os.mkdir, (str(self.folder),)


@pytest.mark.parametrize(("own", "sprung"), [(True, True), (False, False)])
def test_an_index_from_elsewhere_runs_no_foreign_code(tmp_path: Path, own: bool, sprung: bool) -> None:
    """Whoever may set a variable can put a pickle into an index and list it; Whoosh would load it (the first case shows that)."""
    targets = targets_in(tmp_path / "out")
    compile_content(write_sources(tmp_path / "sources"), targets)
    toc = next(targets.index.glob("*.toc"))
    whole, trap = toc.read_bytes(), pickle.dumps(Trap(tmp_path / "sprung"), 2)
    start = whole.index(pickle.PROTO + b"\x02")  # of the schema; what stands behind the end of a pickle is not read
    toc.write_bytes(whole[:start] + trap + whole[start + len(trap) :])
    ranking = targets.index / "ranking.bin"
    packed = Pack(ranking.read_bytes())
    forged = digest(toc.read_bytes()).hex()
    files = [[name, size, forged if name == toc.name else checksum] for name, size, checksum in packed.stamp["files"]]
    sections = {name: packed.section(name) for name in packed._places}
    ranking.write_bytes(pack(packed.stamp | {"files": files}, sections))
    listed = {"content.db": targets.content} | {f"index/{path.name}": path for path in targets.index.iterdir()}
    write_manifest(listed, targets.manifest, read_manifest(targets.manifest).content_hash)
    reader = open_reader(Places(targets.content, targets.index, targets.manifest, own))
    with suppress(Exception):
        assert reader.search(SearchQuery("“night cramp”")).hits[0].article_id == "night-cramp"
    assert (tmp_path / "sprung").exists() is sprung


def test_a_file_that_is_not_listed_beside_the_index_is_not_used(tmp_path: Path) -> None:
    """An index folder with a stranger in it is left alone, and search goes on in memory."""
    targets = targets_in(tmp_path / "out")
    compile_content(write_sources(tmp_path / "sources"), targets)
    (targets.index / "zz_newer.toc").write_bytes(b"x")
    reader = open_reader(Places(targets.content, targets.index, targets.manifest))
    assert "not in the list of checksums" in reader.notice


def linker(*terms: Term) -> Linker:
    """Return a linker for some terms."""
    return Linker(terms)


def test_a_name_is_not_linked_over_a_comma() -> None:
    """“leg, pain on walking” is two things; “leg pain on walking” is one."""
    found = linker(Term("x", TermKind.CONDITION, "leg pain on walking", article="leg"))
    assert found.mentions("pale leg, pain on walking", "") == ()
    assert found.mentions("pale leg pain on walking", "") == ("leg",)


def test_plurals_and_hyphens_are_linked_and_the_longest_name_wins() -> None:
    """A plural of the name is the name; the longer of two names that begin alike is taken."""
    found = linker(
        Term("a", TermKind.CONDITION, "night cramp", article="night"),
        Term("b", TermKind.CONDITION, "night cramp syndrome", article="syndrome"),
    )
    assert found.mentions("Night-cramps are common", "") == ("night",)
    assert found.mentions("a night cramp syndrome", "") == ("syndrome",)


def test_an_ambiguous_abbreviation_is_never_linked() -> None:
    """ACS has two meanings, one of them outside the edition: no guess is made."""
    found = linker(
        Term("a", TermKind.CONDITION, "acute compartment syndrome", article="acs", abbreviations=("ACS",)),
        Term("b", TermKind.CONDITION, "acute coronary syndrome", abbreviations=("ACS",)),
        Term("c", TermKind.CONDITION, "peripheral artery disease", article="pad", abbreviations=("PAD",)),
    )
    assert found.mentions("ACS or PAD or pad", "") == ("pad",)


@pytest.mark.parametrize(
    "address",
    [
        "http://example.org",
        "file:///etc/passwd",
        "//server/share",
        "wardbook:script/x",
        "wardbook:article/../x",
        "",
        "javascript:1",
    ],
)
def test_foreign_addresses_are_no_links(address: str) -> None:
    """Only places of the program are followed."""
    assert parse_link(address) is None


def test_a_link_is_read_as_it_is_written() -> None:
    """An address leads back to its link."""
    link = Link(LinkKind.ARTICLE, "night-cramp", "cold-leg")
    assert parse_link(str(link)) == link


def test_the_trail_goes_back_forward_and_forgets_what_lay_ahead() -> None:
    """Going somewhere new after going back drops the way forward."""
    a, b, c = (Link(LinkKind.ARTICLE, key) for key in "abc")
    trail = Trail()
    for place in (a, a, b):
        trail.visit(place)
    assert trail.places == [a, b]
    assert trail.back() == a
    assert trail.back() is None
    trail.visit(c)
    assert trail.forward() is None
    assert trail.places == [a, c]
    trail.clear()
    assert trail.here is None
