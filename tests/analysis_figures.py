"""Precision and recall of the analysis on the documents of tests/documents: `python tests/analysis_figures.py [-v] [GROUP …]`.

Each document has its expected findings beside it. A finding counts where it stands at the expected place; what is found beyond the
expected findings lowers precision, unless the file says that its list is open.

Three groups: `own` documents were written beside the code. Those of `unseen` were written by someone who did not know it: the ones with
odd numbers were read afterwards to improve it (`tuned`), the ones with even numbers never (`measured`; only their totals are shown).
"""

from __future__ import annotations

import sys
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from app import analyze
from app.analysis_model import Analysis, Claim, Reference

FOLDER = Path(__file__).parent / "documents"
UNSEEN = FOLDER / "unseen"
GROUPS = ("own", "tuned", "measured")
TODAY = date(2026, 11, 25)


@dataclass
class Count:
    """Expected, found, and found rightly."""

    expected: int = 0
    found: int = 0
    right: int = 0
    misses: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 1.0

    def add(self, other: Count) -> None:
        self.expected += other.expected
        self.found += other.found
        self.right += other.right
        self.misses += other.misses


@dataclass
class Figures:
    references: Count = field(default_factory=Count)
    claims: Count = field(default_factory=Count)
    verdicts: Count = field(default_factory=Count)
    """Of the claims found: is the verdict the expected one?"""
    places: Count = field(default_factory=Count)
    dimensions: Count = field(default_factory=Count)
    profile: Count = field(default_factory=Count)
    entries: Count = field(default_factory=Count)
    """Fields of entries of records."""


def documents(group: str = "own") -> list[Path]:
    """The documents of a group that have expected findings, by name."""
    folder = FOLDER if group == "own" else UNSEEN
    texts = [path for path in sorted(folder.glob("*")) if path.suffix in (".md", ".txt", ".html")]
    texts = [path for path in texts if path.with_suffix(".yaml").exists()]
    return texts if group == "own" else [path for path in texts if _is_odd(path) == (group == "tuned")]


def _is_odd(path: Path) -> bool:
    return int(path.name.split("-")[0]) % 2 == 1


def expected_of(path: Path) -> dict[str, Any]:
    raw = yaml.safe_load(path.with_suffix(".yaml").read_text(encoding="utf-8"))
    assert isinstance(raw, dict)
    return raw


def measure(analysis: Analysis, expected: dict[str, Any], name: str) -> Figures:
    figures = Figures()
    figures.references = _references(analysis, expected, name)
    _claims(analysis, expected, name, figures)
    if "profile" in expected:
        wanted, got = set(expected["profile"]), {entry.dimension for entry in analysis.profile}
        misses = [f"{name}: profile: missing {sorted(wanted - got)}, beyond {sorted(got - wanted)}"]
        figures.profile = Count(len(wanted), len(got), len(wanted & got), misses if wanted != got else [])
    if "record" in expected:
        figures.entries = _entries(analysis.record, expected["record"], name)
    return figures


def _references(analysis: Analysis, expected: dict[str, Any], name: str) -> Count:
    wanted = expected.get("references")
    if wanted is None:
        return Count()
    count = Count(expected=len(wanted), found=len([r for r in analysis.references if r.kind != "law"]))
    count.found += len([w for w in wanted if w.get("instrument")])
    for one in wanted:
        if any(_is_reference(found, one) for found in analysis.references):
            count.right += 1
        else:
            near = [
                (r.text, r.id, r.note[:40])
                for r in analysis.references
                if one["text"] in r.text or r.text in one["text"]
            ]
            count.misses.append(f"{name}: reference {one['text']!r} -> {one.get('id')}; found {near}")
    return count


def _is_reference(found: Reference, wanted: dict[str, Any]) -> bool:
    if wanted["text"] not in found.text:
        return False
    if "instrument" in wanted:
        return found.instrument == wanted["instrument"]
    return found.id == wanted["id"] and wanted.get("says", "") in found.note


def _claims(analysis: Analysis, expected: dict[str, Any], name: str, figures: Figures) -> None:
    wanted = expected.get("claims", [])
    used: set[int] = set()
    for one in wanted:
        at = analysis.text.find(one["find"])
        if at < 0:
            figures.claims.expected += 1
            figures.claims.misses.append(f"{name}: {one['find']!r} is not in the text that was read")
            continue
        kind = one.get("type", "law")
        here = [
            (n, claim)
            for n, claim in enumerate(analysis.claims)
            if claim.type.value == kind and claim.start < at + len(one["find"]) and at < claim.end
        ]
        figures.claims.expected += 1
        if not here:
            figures.claims.misses.append(f"{name}: no {kind} claim at {one['find']!r}")
            continue
        best = max(
            here, key=lambda item: (item[1].verdict.value == one["verdict"], _overlap(item[1], at, len(one["find"])))
        )
        used |= {n for n, _ in here}
        figures.claims.right += 1
        _judge(best[1], one, name, figures)
    if expected.get("claims_open"):
        return
    allowed = expected.get("allowed", ())
    law = [n for n, claim in enumerate(analysis.claims) if claim.type.value == "law"]
    law = [n for n in law if not any(one in analysis.claims[n].text for one in allowed)]
    figures.claims.found += figures_found(law, used, figures.claims.right)
    extra = [analysis.claims[n].text[:70] for n in law if n not in used]
    figures.claims.misses += [f"{name}: claim not expected: {text!r}" for text in extra]


def figures_found(law: list[int], used: set[int], right: int) -> int:
    """Expected claims that were found, and claims of law that nobody expected."""
    return right + len([n for n in law if n not in used])


def _overlap(claim: Claim, at: int, length: int) -> float:
    shared = min(claim.end, at + length) - max(claim.start, at)
    return shared / (claim.end - claim.start)


def _judge(claim: Claim, wanted: dict[str, Any], name: str, figures: Figures) -> None:
    figures.verdicts.expected += 1
    figures.verdicts.found += 1
    if claim.verdict.value == wanted["verdict"]:
        figures.verdicts.right += 1
    else:
        figures.verdicts.misses.append(
            f"{name}: {wanted['find']!r} is {wanted['verdict']}, judged {claim.verdict.value} ({claim.because[:90]}; {[e.id for e in claim.evidence][:2]})"
        )
    for key, count in (("jurisdiction", figures.places), ("dimension", figures.dimensions)):
        if key in wanted:
            count.expected += 1
            count.found += 1
            if getattr(claim, key) == wanted[key]:
                count.right += 1
            else:
                count.misses.append(f"{name}: {wanted['find']!r}: {key} {wanted[key]}, found {getattr(claim, key)}")


def _entries(record: dict[str, Any] | None, wanted: dict[str, Any], name: str) -> Count:
    expected = dict(_flat(wanted))
    found = dict(_flat(record or {}))
    right = [key for key, value in expected.items() if found.get(key) == value]
    misses = [
        f"{name}: record {key}: {value!r}, found {found.get(key)!r}"
        for key, value in expected.items()
        if found.get(key) != value
    ]
    beyond = [key for key in found if key not in expected and not key.endswith(("uncertain", "notes", ".id"))]
    misses += [f"{name}: record {key}: not expected: {found[key]!r}" for key in beyond]
    return Count(len(expected), len(right) + len(misses), len(right), misses)


def _flat(value: Any, path: str = "") -> Any:
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _flat(inner, f"{path}.{key}")
    elif isinstance(value, list) and value and isinstance(value[0], dict):
        for number, inner in enumerate(value):
            yield from _flat(inner, f"{path}[{number}]")
    elif value is not None:
        yield path, value


def measure_all(group: str = "own") -> Figures:
    """The figures of all documents of a group together."""
    total = Figures()
    for path in documents(group):
        expected = expected_of(path)
        analysis = analyze(path, as_of=TODAY)
        figures = measure(analysis, expected, path.name)
        for name in vars(total):
            getattr(total, name).add(getattr(figures, name))
    return total


def main() -> None:
    chosen = [group for group in GROUPS if group in sys.argv[1:]] or list(GROUPS)
    for group in chosen:
        total = measure_all(group)
        print(f"{group}: {len(documents(group))} documents")
        for name, count in vars(total).items():
            print(
                f"  {name:11} precision {count.precision:.3f}  recall {count.recall:.3f}  ({count.right} of {count.expected}; {count.found} found)"
            )
        if "-v" in sys.argv and group != "measured":
            for count in vars(total).values():
                print(*count.misses, sep="\n")


if __name__ == "__main__":
    main()
