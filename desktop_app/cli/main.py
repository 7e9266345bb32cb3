"""The command line: a reader without a window. What it promises stands in the README (commands, JSON, exit codes)."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any, NoReturn

from desktop_app import __version__, paths
from desktop_app.cli.streams import let_go_of_output, ready_streams
from desktop_app.content.audience import Audience
from desktop_app.content.model import Kind
from desktop_app.errors import EXIT_NOTHING, EXIT_OK, EXIT_USAGE, EXIT_WRITE, KnownError, UsageError
from desktop_app.reading.places import Places
from desktop_app.reading.reader import Reader, open_reader

Handler = Callable[[argparse.Namespace], int]


class _Parser(argparse.ArgumentParser):
    """Says what is wrong in one sentence, with exit code 2."""

    def error(self, message: str) -> NoReturn:
        sys.stderr.write(f"wardbook: {message}. “{self.prog} --help” shows what it takes.\n")
        raise SystemExit(EXIT_USAGE)


def run(arguments: Sequence[str]) -> int:
    """Run one command and return its exit code; known errors become one sentence on standard error."""
    ready_streams()
    try:
        return _run(arguments)
    except BrokenPipeError:  # the reader of a pipe has seen enough
        let_go_of_output()
        return EXIT_OK
    except OSError as error:
        if error.filename is not None:  # a fault of ours: what happens to files is told by those who open them
            raise
        let_go_of_output()
        sys.stderr.write(f"wardbook: Standard output cannot be written: {error.strerror}.\n")
        return EXIT_WRITE


def _run(arguments: Sequence[str]) -> int:
    try:
        options = parser().parse_args(arguments)
        handler: Handler = options.handler
        return handler(options)
    except KnownError as error:
        sys.stderr.write(f"wardbook: {error}\n")
        return error.exit_code
    finally:
        sys.stdout.flush()  # here a full disk can still be told


def parser() -> argparse.ArgumentParser:
    """Return the parser of every command."""
    top = _Parser(prog="wardbook", description="An offline clinical reference. Without a command it opens the window.")
    top.add_argument("--version", action=_Version, nargs=0, help="print the versions of program and content")
    commands = top.add_subparsers(title="commands", metavar="COMMAND", required=True, parser_class=_Parser)

    def command(name: str, handler: Handler, text: str) -> argparse.ArgumentParser:
        added: argparse.ArgumentParser = commands.add_parser(name, help=text, description=text)
        added.set_defaults(handler=handler)
        return added

    articles = command("articles", _articles, "list every article")
    articles.add_argument("--kind", choices=[kind.value for kind in Kind])
    articles.add_argument("--category", metavar="C", help="a category and everything below it")
    _json(articles)
    show = command("show", _show, "show one article")
    show.add_argument("article", metavar="ARTICLE")
    _audience(show)
    show.add_argument("--format", choices=["text", "html", "json"], default="text")
    search = command("search", _search, "search as the search panel does")
    search.add_argument("text", metavar="TEXT")
    _audience(search)
    search.add_argument("--limit", type=_positive, default=20, metavar="N")
    search.add_argument("--given", action="append", default=[], metavar="TERM", help="lift statements that speak of this term")
    _json(search)
    drug = command("effects", _effects, "what the statements say of a drug, a finding, or both")
    drug.add_argument("--drug", metavar="TERM")
    drug.add_argument("--finding", metavar="TERM")
    _json(drug)
    _json(command("sheets", _sheets, "list every checklist"))
    _add_paper(command)
    _add_content(command("content", _content, "check or build the content sources"))
    _json(command("doctor", _doctor, "test this program and its content"))
    return top


def _add_paper(command: Callable[[str, Handler, str], argparse.ArgumentParser]) -> None:
    sheet = command("sheet", _sheet, "print one checklist to a PDF")
    sheet.add_argument("checklist", metavar="CHECKLIST")
    _pdf(sheet)
    leaflet = command("leaflet", _leaflet, "print the patient text of an article to a PDF")
    leaflet.add_argument("article", metavar="ARTICLE")
    _pdf(leaflet)
    printed = command("print", _print, "print an article to a PDF")
    printed.add_argument("article", metavar="ARTICLE")
    _audience(printed)
    printed.add_argument("--section", action="append", default=[], metavar="ID", help="only this section (may be repeated)")
    printed.add_argument("--without-references", action="store_true")
    _pdf(printed)
    binder = command("binder", _binder, "print all checklists, or those of chosen categories, as one PDF")
    binder.add_argument("--category", action="append", default=[], metavar="C")
    _pdf(binder)


class _Version(argparse.Action):
    """Prints the versions of program and content; content is opened only when asked for."""

    def __call__(self, *_: object) -> NoReturn:
        try:
            edition = open_reader(Places.of_program()).edition
        except KnownError as error:
            sys.stdout.write(f"wardbook {__version__}, no usable content\n")
            sys.stderr.write(f"wardbook: {error}\n")
            raise SystemExit(error.exit_code) from error
        date_and_hash = f"{edition.date.isoformat()} ({edition.short_hash})"
        sys.stdout.write(f"wardbook {__version__}, content edition {edition.number} of {date_and_hash}\n")
        raise SystemExit(EXIT_OK)


def _json(command: argparse.ArgumentParser) -> None:
    command.add_argument("--json", action="store_true", help="print one JSON document")


def _audience(command: argparse.ArgumentParser) -> None:
    command.add_argument("--audience", choices=[audience.value for audience in Audience], default=Audience.CLINICIAN.value)


def _pdf(command: argparse.ArgumentParser) -> None:
    command.add_argument("--pdf", required=True, metavar="FILE", type=_named)
    command.add_argument("--paper", choices=["a4", "letter"], default="a4")
    command.add_argument("--large-print", action="store_true")


def _add_content(command: argparse.ArgumentParser) -> None:
    actions = command.add_subparsers(title="actions", metavar="ACTION", required=True, dest="action", parser_class=_Parser)
    check = actions.add_parser("check", help="report every fault of the sources")
    check.add_argument("path", nargs="?", type=_named, metavar="PATH", help="a folder of sources, or one file of it")
    _json(check)
    build = actions.add_parser("build", help="compile the sources to content.db and the index")
    build.add_argument("path", nargs="?", type=_named, metavar="PATH")
    build.add_argument("--out", type=_named, metavar="DIR")


def _positive(text: str) -> int:
    with suppress(ValueError):
        if (number := int(text)) >= 1:
            return number
    raise argparse.ArgumentTypeError("a whole number of at least 1 is needed")


def _named(text: str) -> Path:
    if not text:  # an empty variable of a script must not mean the folder it runs in
        raise argparse.ArgumentTypeError("a name is needed")
    return Path(text)


def _print_json(value: Any) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def _reader() -> Reader:
    reader = open_reader(Places.of_program())
    if reader.notice:
        sys.stderr.write(f"wardbook: {reader.notice}\n")
    return reader


def _articles(options: argparse.Namespace) -> int:
    reader = _reader()
    if options.category is not None and options.category not in {category.id for category in reader.categories}:
        raise UsageError(f"There is no category “{options.category}”.", f"One of: {', '.join(c.id for c in reader.categories)}.")
    heads = reader.select(Kind(options.kind) if options.kind else None, options.category)
    if options.json:
        _print_json(
            [
                {
                    "id": head.id,
                    "title": head.title,
                    "question": head.questions.clinician,
                    "kind": head.kind.value,
                    "categories": list(head.categories),
                    "review_state": head.review.state.value,
                    "last_reviewed": head.review.last_reviewed.isoformat(),
                    "review_due": head.review.due.isoformat(),
                }
                for head in heads
            ]
        )
    else:
        for head in heads:
            sys.stdout.write(f"{head.id:<34} {head.kind.label:<9} {head.title}\n")
    return EXIT_OK if heads else EXIT_NOTHING


def _show(options: argparse.Namespace) -> int:
    from desktop_app.reading import html, plain

    reader = _reader()
    page = reader.page(options.article, Audience(options.audience), date.today())
    if options.format == "json":
        _print_json(plain.page_as_values(page, reader.article(options.article)))
    elif options.format == "html":
        sys.stdout.write(html.page_as_document(page))
    else:
        sys.stdout.write(plain.page_as_text(page))
    return EXIT_OK


def _search(options: argparse.Namespace) -> int:
    from desktop_app.cli.search_output import result_as_text, result_as_values
    from desktop_app.search.query import SearchQuery

    query = SearchQuery(options.text, Audience(options.audience), options.limit, tuple(options.given))
    result = _reader().search(query)
    if options.json:
        _print_json(result_as_values(result))
    else:
        sys.stdout.write(result_as_text(result))
    return EXIT_OK if result.hits else EXIT_NOTHING


def _effects(options: argparse.Namespace) -> int:
    from desktop_app.cli.search_output import effects_as_text, effects_as_values

    reader = _reader()
    for name in (options.drug, options.finding):
        if name is not None and name not in reader.terms:
            raise UsageError(f"There is no term “{name}” in this edition.", "“wardbook search” finds the word.")
    found = reader.store.effects(options.drug, options.finding)
    if options.json:
        _print_json(effects_as_values(found))
    else:
        sys.stdout.write(effects_as_text(found, reader.terms))
    return EXIT_OK if found else EXIT_NOTHING


def _sheets(options: argparse.Namespace) -> int:
    checklists = _reader().checklists
    if options.json:
        _print_json(
            [
                {
                    "id": checklist.id,
                    "title": checklist.title,
                    "articles": list(checklist.articles),
                    "items": len(checklist.items()),
                    "review_state": checklist.review.state.value,
                }
                for checklist in checklists
            ]
        )
    else:
        for checklist in checklists:
            sys.stdout.write(f"{checklist.id:<26} {len(checklist.items()):>2} items  {checklist.title}\n")
    return EXIT_OK if checklists else EXIT_NOTHING


def _sheet(options: argparse.Namespace) -> int:
    from desktop_app.cli import paper

    return paper.sheet(_reader(), options)


def _leaflet(options: argparse.Namespace) -> int:
    from desktop_app.cli import paper

    return paper.leaflet(_reader(), options)


def _print(options: argparse.Namespace) -> int:
    from desktop_app.cli import paper

    return paper.article(_reader(), options)


def _binder(options: argparse.Namespace) -> int:
    from desktop_app.cli import paper

    return paper.binder(_reader(), options)


def _content(options: argparse.Namespace) -> int:
    if paths.is_frozen():
        raise UsageError("The content tools are not part of the installed program.", "They are in the source checkout.")
    from desktop_app.cli import content

    return content.run(options)


def _doctor(options: argparse.Namespace) -> int:
    from desktop_app.cli import doctor

    report = doctor.examine(Places.of_program())
    if options.json:
        _print_json(report.as_values())
    else:
        sys.stdout.write(report.as_text())
    return report.exit_code
