"""The index folder: Whoosh's files for phrases, and ``ranking.bin`` with all that ranking needs. Built while compiling content."""

from __future__ import annotations

import os
import shutil
from array import array
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from desktop_app.content.model import Article, Category, Flag
from desktop_app.content.vocabulary import Term
from desktop_app.search import gather
from desktop_app.search.analyzer import ANALYZER_VERSION, STOP_WORDS, Analyzer
from desktop_app.search.lexicon import Lexicon, article_forms
from desktop_app.search.pack import LAYOUT_VERSION, RANKING_NAME, digest, json_section, line_section, little, pack
from desktop_app.search.postings import PostingsWriter
from desktop_app.search.shown import shelf_sections

EXACT_TITLE, EXACT_ALIAS, EXACT_QUESTION = 3, 3, 2


def build_index(
    articles: Iterable[Article], terms: Sequence[Term], categories: Sequence[Category], folder: Path, content_hash: str
) -> None:
    """Write a complete index folder: made beside it first, then put in its place.

    Raises OSError where the folder cannot be written; an index that was there before is then still whole.
    """
    from desktop_app.search import whoosh_index  # heavy, and only needed while compiling

    listed = list(articles)
    fresh = folder.with_name(folder.name + ".new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(parents=True)
    try:
        writer = whoosh_index.PhraseWriter.into(fresh)
        sections = ranking_sections(listed, terms, categories, writer.add)
        writer.finish()
        files = [[path.name, path.stat().st_size, digest(path.read_bytes()).hex()] for path in _visible(fresh)]
        (fresh / RANKING_NAME).write_bytes(pack(stamp(content_hash, files), sections))
        _swap(fresh, folder)
    finally:
        shutil.rmtree(fresh, ignore_errors=True)


def index_files(folder: Path) -> tuple[Path, ...]:
    """Return the files of an index folder, by name: what a manifest must list."""
    return tuple(_visible(folder))


def _visible(folder: Path) -> list[Path]:
    """Return the files of the index without Whoosh's lock file, which is made again whenever somebody writes."""
    return sorted(path for path in folder.iterdir() if path.is_file() and not path.name.endswith("LOCK"))


def _swap(fresh: Path, folder: Path) -> None:
    for lock in fresh.glob("*LOCK"):
        lock.unlink()
    old = folder.with_name(folder.name + ".old")
    shutil.rmtree(old, ignore_errors=True)
    if folder.exists():
        os.replace(folder, old)
    os.replace(fresh, folder)
    shutil.rmtree(old, ignore_errors=True)


def stamp(content_hash: str, files: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """Return what a reader checks first; ``files`` are name, size and checksum of the other files of the folder."""
    return {"content_hash": content_hash, "analyzer": ANALYZER_VERSION, "layout": LAYOUT_VERSION, "files": list(files)}


def ranking_sections(
    articles: Sequence[Article],
    terms: Sequence[Term],
    categories: Sequence[Category],
    statement_read: Callable[[Sequence[Sequence[str]]], None],
) -> dict[str, bytes]:
    """Return the sections of the ranking file; ``statement_read`` gets the term sequences of each statement in turn."""
    analyzer = Analyzer()
    lexicon = Lexicon.of_terms(terms, analyzer)
    gatherer = gather.Gatherer(analyzer, lexicon, article_forms(terms), gather.mean_length(articles))
    by_category = {category.id: category for category in categories}
    articles_level, names_level, statements_level = PostingsWriter(), PostingsWriter(), PostingsWriter()
    flags, placed = bytearray(), bytearray()
    section_ids: dict[str, int] = {"": 0}
    first, documents = array("I", [0]), array("I", [0])
    shown: list[bytes] = []
    named: dict[str, int] = {}
    exact: dict[str, dict[int, int]] = {}
    gatherer.learn(terms)
    for number, article in enumerate(articles):
        entry = gatherer.entry(article)
        articles_level.add(entry.text)
        names_level.add(gatherer.name_counts(entry.names))
        for statement in entry.statements:
            statements_level.add(statement)
        for sequences in entry.sequences:
            statement_read(sequences)
        documents.append(documents[-1] + len(entry.sequences))
        first.append(first[-1] + len(entry.statements))
        shown.append(gather.shown_values(article, by_category))
        flags += bytes(flag_bits(statement.flags) for _, statement in article.statements() if entry.statements)
        for section, _ in article.statements() if entry.statements else ():
            placed.append(min(255, section_ids.setdefault(section.id if section else "", len(section_ids))))
        for term in entry.names:
            named[term] = named.get(term, 0) + 1
        _exact_names(exact, number, article, analyzer)
    _exact_terms(exact, articles, terms, analyzer)
    sections = articles_level.sections("articles") | names_level.sections("names") | statements_level.sections("statements")
    sections |= shelf_sections(shown)
    sections |= _word_sections(gatherer.surfaces, named)
    sections |= {
        "first": little(first),
        "documents": little(documents),
        "flags": bytes(flags),
        "placed": bytes(placed),
        "section_ids": line_section(list(section_ids)[:255]),
        "exact": json_section({key: sorted(found.items()) for key, found in sorted(exact.items())}),
        "ids": line_section([article.id for article in articles]),
        "lexicon": json_section(lexicon.as_json()),
        "effects": json_section(list(gather.effects(articles))),
        "categories": json_section([[c.id, c.title, c.patient_title] for c in categories]),
    }
    return sections


def flag_bits(flags: Iterable[Flag]) -> int:
    """Return flags as bits, in the order of ``Flag``."""
    return sum(1 << at for at, flag in enumerate(Flag) if flag in flags)


def _exact_names(exact: dict[str, dict[int, int]], number: int, article: Article, analyzer: Analyzer) -> None:
    names = [(article.title, EXACT_TITLE), (article.id.replace("-", " "), EXACT_TITLE)]
    names += [(article.question(audience), EXACT_QUESTION) for audience in gather.AUDIENCES]
    for text, strength in names:
        key = analyzer.key(text)
        if key:
            places = exact.setdefault(key, {})
            places[number] = max(strength, places.get(number, 0))


def _exact_terms(
    exact: dict[str, dict[int, int]], articles: Sequence[Article], terms: Sequence[Term], analyzer: Analyzer
) -> None:
    numbers = {article.id: number for number, article in enumerate(articles)}
    for term in terms:
        number = numbers.get(term.article or "")
        if number is None:
            continue
        for form, _ in term.forms():
            key = analyzer.key(form)
            if key:
                exact.setdefault(key, {})[number] = EXACT_ALIAS


def _word_sections(surfaces: Mapping[str, str], named: Mapping[str, int]) -> dict[str, bytes]:
    """Return the word list for spelling and prefixes: surface words, the index term of each, and in how many names it stands."""
    words = sorted(word for word in surfaces if word not in STOP_WORDS)
    terms = sorted({surfaces[word] for word in words})
    numbers = {term: number for number, term in enumerate(terms)}
    return {
        "words": line_section(words),
        "word_terms": little(array("I", [numbers[surfaces[word]] for word in words])),
        "word_term_names": line_section(terms),
        "word_named": little(array("I", [named.get(surfaces[word], 0) for word in words])),
    }
