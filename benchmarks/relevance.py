"""How well search finds: any corpus in the BEIR layout, indexed and searched as the program does it.

python -m benchmarks.relevance --corpus corpus.jsonl --queries queries.jsonl --qrels qrels.tsv [--json]
"""

from __future__ import annotations

import argparse
import json
import math
import sys
import tempfile
import time
from pathlib import Path

from benchmarks import corpus
from desktop_app.search.index import build_index
from desktop_app.search.query import SearchQuery
from desktop_app.search.searcher import Searcher

DEPTH = 10


def measure(corpus_file: Path, queries_file: Path, qrels_file: Path, missed: bool = False) -> dict[str, float]:
    """Index a corpus, ask every query that has a relevant document, and return the figures of the contract."""
    articles = list(corpus.articles(corpus_file))
    qrels = corpus.relevant(qrels_file)
    queries = [(str(line["_id"]), str(line["text"])) for line in corpus.lines(queries_file) if str(line["_id"]) in qrels]
    with tempfile.TemporaryDirectory() as folder:
        target = Path(folder) / "index"
        started = time.perf_counter()
        build_index(articles, [], [], target, "benchmark")
        built = time.perf_counter() - started
        size = corpus.folder_size(target)
        searcher = Searcher.open(target, "benchmark")
        searcher.search(SearchQuery("warm"))
        gains, firsts, tens, ranks, times = [], 0, 0, [], []
        for identity, text in queries:
            result = searcher.search(SearchQuery(text, limit=DEPTH))
            times.append(result.took_ms)
            found = [hit.article_id for hit in result.hits]
            place = next((rank for rank, article in enumerate(found, 1) if article in qrels[identity]), 0)
            firsts += place == 1
            tens += place > 0
            ranks.append(1 / place if place else 0.0)
            gains.append(ndcg(found, qrels[identity]))
            if missed and not place:
                sys.stderr.write(f"{text}\t{', '.join(qrels[identity])}\t{[i.understood for i in result.interpretation]}\n")
    times.sort()
    count = len(queries) or 1
    return {
        "docs": len(articles),
        "queries": len(queries),
        "index_s": round(built, 2),
        "index_mb": round(size, 2),
        "ndcg_at_10": round(sum(gains) / count, 4),
        "success_at_1": round(firsts / count, 4),
        "success_at_10": round(tens / count, 4),
        "mrr_at_10": round(sum(ranks) / count, 4),
        "p50_ms": round(corpus.percentile(times, 0.5), 2),
        "p95_ms": round(corpus.percentile(times, 0.95), 2),
        "max_ms": round(times[-1] if times else 0.0, 2),
    }


def ndcg(found: list[str], relevant: dict[str, int]) -> float:
    """Return the normalised discounted cumulative gain of the first ten."""
    gain = sum((2 ** relevant.get(article, 0) - 1) / math.log2(rank + 1) for rank, article in enumerate(found[:DEPTH], 1))
    best = sum(
        (2**score - 1) / math.log2(rank + 1) for rank, score in enumerate(sorted(relevant.values(), reverse=True)[:DEPTH], 1)
    )
    return gain / best if best else 0.0


def main() -> int:
    """Run the benchmark from the command line."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.relevance", description=__doc__)
    parser.add_argument("--corpus", type=Path)
    parser.add_argument("--queries", type=Path)
    parser.add_argument("--qrels", type=Path)
    parser.add_argument("--json", action="store_true", help="print one JSON document")
    parser.add_argument("--missed", action="store_true", help="list the queries without a relevant document in the first ten")
    given = parser.parse_args()
    files = [
        corpus.data_file(file, f"medlineplus-also-called/{name}")
        for file, name in ((given.corpus, "corpus.jsonl"), (given.queries, "queries.jsonl"), (given.qrels, "qrels.tsv"))
    ]
    corpus_file, queries_file, qrels_file = files
    figures = measure(corpus_file, queries_file, qrels_file, missed=given.missed)
    if given.json:
        sys.stdout.write(json.dumps(figures) + "\n")
    else:
        sys.stdout.write("".join(f"{name:<14} {value}\n" for name, value in figures.items()))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
