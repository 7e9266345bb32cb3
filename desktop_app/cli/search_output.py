"""What a search and the drug-finding index print."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from desktop_app.content.audience import Audience
from desktop_app.content.model import IndexedEffect
from desktop_app.content.vocabulary import Term
from desktop_app.search.hit import SearchResult


def result_as_values(result: SearchResult) -> dict[str, Any]:
    """Return a search result as the JSON document of ``wardbook search --json``."""
    return {
        "query": result.query.text,
        "interpretation": [
            {"typed": item.typed, "understood": item.understood, "why": item.why.value} for item in result.interpretation
        ],
        "total": result.total,
        "took_ms": round(result.took_ms, 3),
        "hits": [
            {
                "rank": hit.rank,
                "article_id": hit.article_id,
                "article_title": hit.article_title,
                "kind": hit.kind.value,
                "section_id": hit.section_id,
                "statement_id": hit.statement_id,
                "snippet": "".join(text for text, _ in hit.snippet.parts),
                "score": round(hit.score, 4),
            }
            for hit in result.hits
        ],
        "answers": [
            {
                "article_id": answer.article_id,
                "statement_id": answer.statement_id,
                "text": answer.text,
                "citations": list(answer.citations),
            }
            for answer in result.answers
        ],
        "suggestions": list(result.suggestions),
        "tried": result.tried,
    }


def result_as_text(result: SearchResult) -> str:
    """Return a search result as lines; never empty, so that nothing found is not read as nothing there."""
    lines = [f"Understood “{i.typed}” as “{i.understood}” ({i.why.value})." for i in result.interpretation]
    for meaning in result.meanings:
        lines.append(f"“{meaning.typed}” can mean: {'; '.join(term.preferred for term in meaning.terms)}.")
    for answer in result.answers:
        lines.append(f"> {answer.text} [{', '.join(answer.citations)}]")
    for hit in result.hits:
        lines.append(f"{hit.rank:>2}. {hit.article_title} ({hit.article_id}#{hit.statement_id})")
        lines.append(f"    {''.join(text for text, _ in hit.snippet.parts)}")
    if not result.hits:
        lines.append(result.tried or "No statement in this edition.")
        if result.suggestions:
            lines.append(f"Nearest: {', '.join(result.suggestions)}.")
    return "\n".join(lines) + "\n"


def effects_as_values(effects: Iterable[IndexedEffect]) -> list[dict[str, Any]]:
    """Return lines of the drug-finding index as JSON values."""
    return [
        {
            "drug": item.effect.drug,
            "finding": item.effect.finding,
            "relation": item.effect.relation.value,
            "article_id": item.article_id,
            "statement_id": item.statement_id,
            "text": item.texts.clinician,
            "citations": list(item.citations),
        }
        for item in effects
    ]


def effects_as_text(effects: Iterable[IndexedEffect], terms: Mapping[str, Term]) -> str:
    """Return lines of the drug-finding index; when there are none it says so, and never "no"."""
    lines = []
    for item in effects:
        drug, finding = terms[item.effect.drug].preferred, terms[item.effect.finding].preferred
        lines.append(f"{drug} {item.effect.relation.label} {finding} ({item.article_id}#{item.statement_id})")
        lines.append(f"    {item.texts.for_audience(Audience.CLINICIAN)} [{', '.join(item.citations)}]")
    return "\n".join(lines or ["No statement in this edition. That does not mean that there is no effect."]) + "\n"
