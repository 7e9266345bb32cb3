"""Bad input in bulk: no text may raise or take long.

python -m benchmarks.fuzz [--count 200000] [--json]

The strings are made with a fixed seed: words of the small fuzz edition with errors, random characters of every plane, every code point
of the Basic Multilingual Plane in pieces, lone surrogates, control characters, markup, syntax of Whoosh and FTS5, long pastes.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import time
from collections.abc import Iterator

from desktop_app import paths
from desktop_app.authoring.source import library_of, read_sources
from desktop_app.content.audience import Audience
from desktop_app.search.query import SearchQuery
from desktop_app.search.searcher import Searcher

PIECE = 64
_SYNTAX = [
    "NOT NOT NOT",
    "a AND",
    "OR",
    "[a TO",
    "{* TO *}",
    "title:",
    "*",
    "**",
    "?",
    "a~9",
    "a^5",
    "a~2/3",
    'r"(.*)*x"',
    "NEAR(a b, 2)",
    "a* b*",
    "^a",
    '"a',
    '"a" "',
    "-a",
    "+a",
    "<5",
    ">=65y",
    "(((",
    ")))",
    "text:a OR title:b",
    "upd:0000",
    "'",
    "';--",
    "\\",
    "\\\\",
    "%",
    "_",
    "{{x}}",
    "${x}",
    "<script>alert(1)</script>",
    "&lt;b&gt;",
    "<b>",
    "mg/kg",
    "COVID-19",
    "5-HT3",
    "../../etc/passwd",
    "1e309",
    "nan",
    "null",
    "None",
    "\x00",
    "�",
    "\u202e",
    "é",
    "ﬁ",
    "½",
    "µg",
    "ＡＢＣ",
    "ß",
    "İ",
    "ǅ",
]


def texts(words: list[str], count: int, seed: int = 20261122) -> Iterator[str]:
    """Yield that many strings; the first ones cover every code point of the Basic Multilingual Plane."""
    draw = random.Random(seed)
    made = 0
    for start in range(0, 0x10000, PIECE):
        yield "".join(map(chr, range(start, start + PIECE)))
        made += 1
    for size in (1_000, 100_000, 1_000_000):
        for character in ("a", "é", "字", "1", " ", "\u0301", "\ud800", '"', "a "):
            yield (character * size)[:size]
            made += 1
    makers = (_typed, _syntax, _any_characters, _surrogates, _markup)
    while made < count:
        yield draw.choice(makers)(draw, words)
        made += 1


def _typed(draw: random.Random, words: list[str]) -> str:
    """Return words with errors as people make them."""
    made = []
    for word in draw.choices(words, k=draw.choice((1, 1, 2, 2, 3, 5, 8, 40))):
        letters = list(word)
        for _ in range(draw.choice((0, 0, 1, 2))):
            at = draw.randrange(len(letters) + 1)
            letters[at : at + draw.randrange(2)] = draw.choice(("", "a", "e", "-", "'", '"', "é", "/", "x", "S"))
        made.append("".join(letters))
    return draw.choice((" ", " ", " ", "-", '" "', "")).join(made)


def _syntax(draw: random.Random, words: list[str]) -> str:
    return draw.choice((" ", "")).join(
        draw.choice((draw.choice(_SYNTAX), draw.choice(words))) for _ in range(draw.randrange(1, 9))
    )


def _any_characters(draw: random.Random, words: list[str]) -> str:
    return "".join(
        chr(draw.choice((draw.randrange(0x80), draw.randrange(0x10000), draw.randrange(0x110000))))
        for _ in range(draw.randrange(40))
    )


def _surrogates(draw: random.Random, words: list[str]) -> str:
    return "".join(
        draw.choice((chr(draw.randrange(0xD800, 0xE000)), draw.choice(words), " ")) for _ in range(draw.randrange(1, 12))
    )


def _markup(draw: random.Random, words: list[str]) -> str:
    name = draw.choice(("b", "img src=x onerror=y", "a href='file:///x'", "!--", "svg"))
    return f"<{name}>{draw.choice(words)}</{name}>&#{draw.randrange(70000)};{chr(draw.randrange(32))}"


def main() -> int:
    """Run the fuzz from the command line; exit code 1 when a text kept the processor longer than 300 ms.

    ``max_ms`` is by the clock and counts what other programs of the machine did meanwhile; ``max_cpu_ms`` is the search alone.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=200_000)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    given = parser.parse_args()
    library = library_of(read_sources(paths.sources_folder()))
    searcher = Searcher.from_articles(library.articles, library.terms, library.categories)
    for warm in ('"muscle cramp"', "muscel crmap", "heart attack"):
        searcher.search(SearchQuery(warm))
    words = sorted({word for term in library.terms for form, _ in term.forms() for word in form.split()})
    audiences = tuple(Audience)
    slowest, longest, total, count = (0.0, ""), 0.0, 0.0, 0
    for count, text in enumerate(texts(words, given.count), 1):
        started, busy = time.perf_counter(), time.thread_time()
        searcher.search(SearchQuery(text, audience=audiences[count % 3]))
        taken = (time.perf_counter() - started) * 1000
        longest = max(longest, (time.thread_time() - busy) * 1000)
        total += taken
        slowest = max(slowest, (taken, ascii(text[:80])))
    report = {
        "texts": count,
        "mean_ms": round(total / count, 2),
        "max_ms": round(slowest[0], 2),
        "max_cpu_ms": round(longest, 2),
        "slowest": slowest[1],
        "exceptions": 0,
    }
    sys.stdout.write(
        json.dumps(report) + "\n" if given.json else "".join(f"{name:<12} {value}\n" for name, value in report.items())
    )
    return 0 if longest <= 300 else 1


if __name__ == "__main__":
    raise SystemExit(main())
