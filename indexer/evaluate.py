"""Figures of the search over questions with known answers: found or not, by language and place, beside its single arms.

found@k: an id that answers (or a part of it) stands among the first k units. rr: reciprocal rank of the first such unit.
false answer: something is said where nothing should be. false refusal: nothing is said where something should be.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import asdict, astuple, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from corpus.yaml_text import read_yaml
from indexer.query import Query
from indexer.scope import Threshold, has_law_of, is_answered, signs
from indexer.search import Hit, Index, Weights

DEPTH = 10
NO_BONUS: dict[str, float] = dict.fromkeys(
    ("dimension", "compared", "law", "pinpoint", "commentary", "discussion", "term", "glossary", "home"), 0.0
)
ARMS: dict[str, Callable[[Weights], Weights]] = {
    "whole": lambda weights: weights,
    "bm25": lambda weights: replace(weights, dense=0, asked=0, **NO_BONUS),
    "encoder": lambda weights: replace(weights, own_language=0, english=0, alone=0, **NO_BONUS),
}


class GoldError(Exception):
    """The file of questions cannot be used; the message names the place and the fault."""


@dataclass(frozen=True, slots=True)
class Gold:
    """A question with what should be found for it."""

    id: str
    question: str
    language: str
    part: str
    expect: str
    relevant: tuple[str, ...]
    about: str | None
    cross: bool
    jurisdictions: tuple[str, ...]
    as_of: date
    says: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one question gave: rank of the first right unit (0: none) for each arm, places right, answered or refused."""

    gold: Gold
    ranks: dict[str, int]
    right_places: bool
    answered: bool
    top: tuple[str, ...]


def read_gold(path: Path, today: date) -> tuple[Gold, ...]:
    """The questions of a file. Raises `GoldError`."""
    try:
        rows = read_yaml(path.read_text(encoding="utf-8"))["questions"]
        return tuple(_gold(row, today) for row in rows)
    except FileNotFoundError:
        raise GoldError(f"{path}: there is no such file; name one like tests/gold/questions.yaml") from None
    except (yaml.YAMLError, UnicodeDecodeError, TypeError, KeyError, AttributeError) as error:
        raise GoldError(
            f"{path}: not a list of questions ({str(error).splitlines()[0]}); see tests/gold/questions.yaml"
        ) from None


def _gold(row: dict[str, Any], today: date) -> Gold:
    return Gold(
        id=row["id"],
        question=row["question"],
        language=row["language"],
        part=row["part"],
        expect=row["expect"],
        relevant=tuple(row.get("relevant") or ()),
        about=row.get("about"),
        cross=bool(row.get("cross")),
        jurisdictions=tuple(row.get("jurisdictions") or ()),
        as_of=row.get("as_of") or today,
        says=tuple(row.get("says") or ()),
    )


def outcome(index: Index, gold: Gold) -> Outcome:
    """Put one question to the index."""
    query = index.understander.read(gold.question, gold.as_of, gold.jurisdictions)
    hits = index.search(query, DEPTH)
    ranks = {name: first_right(index.search(query, DEPTH, arm(index.weights)), gold) for name, arm in ARMS.items()}
    return Outcome(
        gold,
        ranks,
        _right_places(index, query, hits, gold),
        is_answered(index, query, hits),
        tuple(hit.id for hit in hits[:5]),
    )


def first_right(hits: Sequence[Hit], gold: Gold) -> int:
    """Rank of the first hit that answers, from 1; 0 if none does."""
    for rank, hit in enumerate(hits, 1):
        if any(hit.id == one or hit.id.startswith(one + "/") for one in gold.relevant):
            return rank
    return 0


def _right_places(index: Index, query: Query, hits: Sequence[Hit], gold: Gold) -> bool:
    """Whether everything in the top five is law of the place asked about, where the question names it."""
    if gold.about is None or not query.jurisdictions:
        return True
    asked = {one for place in query.jurisdictions for one in index.corpus.family(place)}
    laws = [hit for hit in hits[:5] if hit.passages[0].kind != "commentary"]
    return gold.about in asked and all(asked.intersection(hit.passages[0].jurisdictions) for hit in laws)


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """found@1, found@5 and rr for each arm, and the shares of false answers and refusals, over `outcomes`."""
    searched = [one for one in outcomes if one.gold.relevant]
    refusable = [one for one in outcomes if one.gold.expect == "not_covered"]
    answerable = [one for one in outcomes if one.gold.expect != "not_covered"]
    result: dict[str, Any] = {"questions": len(outcomes), "searched": len(searched)}
    for arm in ARMS:
        ranks = [one.ranks[arm] for one in searched]
        result[arm] = {
            "found@1": _share(rank == 1 for rank in ranks),
            "found@5": _share(0 < rank <= 5 for rank in ranks),
            "rr": round(sum(1 / rank for rank in ranks if rank) / len(ranks), 3) if ranks else None,
        }
    result["right_places"] = _share(one.right_places for one in searched)
    result["false_answers"] = _share(one.answered for one in refusable)
    result["false_refusals"] = _share(not one.answered for one in answerable)
    return result


def _share(values: Iterable[bool]) -> float | None:
    listed = list(values)
    return round(sum(listed) / len(listed), 3) if listed else None


def report(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Figures over all, by language, by place, and for own-language and cross-language questions."""
    groups: dict[str, list[Outcome]] = {"all": list(outcomes)}
    for one in outcomes:
        groups.setdefault(f"language {one.gold.language}", []).append(one)
        groups.setdefault(f"place {one.gold.about or 'none or several'}", []).append(one)
        groups.setdefault("across languages" if one.gold.cross else "in English or the law's language", []).append(one)
    return {
        name: figures(group) for name, group in sorted(groups.items(), key=lambda item: (item[0] != "all", item[0]))
    }


def table(result: dict[str, Any]) -> str:
    """The report as lines of text."""
    head = f"{'':34} {'n':>4}  {'whole @1   @5    rr':20}  {'bm25 @1   @5    rr':20}  {'encoder @1 @5   rr':20}  places  false+  false-"
    lines = [head]
    for name, one in result.items():
        cells = "  ".join(
            " ".join(f"{_shown(one[arm][key]):>6}" for key in ("found@1", "found@5", "rr")) for arm in ARMS
        )
        lines.append(
            f"{name:34} {one['questions']:>4}  {cells}  {_shown(one['right_places']):>6}  {_shown(one['false_answers']):>6}  {_shown(one['false_refusals']):>6}"
        )
    return "\n".join(lines)


def _shown(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}"


def main(path: Path, today: date, part: str = "all", as_json: bool = False, misses: bool = False) -> str:
    """The report for a file of questions as text or JSON. Raises `GoldError` and the errors of opening the index."""
    from corpus import load

    gold = [one for one in read_gold(path, today) if part in ("all", one.part)]
    index = Index.open(load())
    outcomes = [outcome(index, one) for one in gold]
    result = report(outcomes)
    text = json.dumps(result, ensure_ascii=False, indent=1) if as_json else table(result)
    return text + ("\n" + "\n".join(_misses(outcomes)) if misses else "")


def _misses(outcomes: Sequence[Outcome]) -> Iterable[str]:
    for one in outcomes:
        wrong = one.answered if one.gold.expect == "not_covered" else not one.answered
        if wrong or (one.gold.relevant and not 0 < one.ranks["whole"] <= 5) or not one.right_places:
            said = "answered" if one.answered else "refused"
            verdict = f"expected {one.gold.expect}, {said}, rank {one.ranks['whole']}"
            yield f"{one.gold.id} ({verdict}): {one.gold.question[:110]} | wanted {one.gold.relevant[:3]} | got {one.top[:4]}"


# -- tuning, on the tuning part alone ------------------------------------------------------------------------------------------


def tuned(index: Index, gold: Sequence[Gold], rounds: int = 2) -> Weights:
    """Weights for which the tuning questions find most, by trying each weight in turn."""
    queries = [
        (one, index.understander.read(one.question, one.as_of, one.jurisdictions)) for one in gold if one.relevant
    ]
    steps = {
        "asked": (0.0, 0.1, 0.2, 0.3, 0.5),
        "own_language": (0.1, 0.2, 0.3, 0.4, 0.6),
        "alone": (0.4, 0.5, 0.6, 0.8),
        "english": (0.1, 0.15, 0.2, 0.3, 0.4),
        "dimension": (0.0, 0.1, 0.2, 0.3, 0.4),
        "law": (0.0, 0.1, 0.2),
        "commentary": (-0.5, -0.4, -0.3, -0.2, -0.1),
        "discussion": (-0.1, 0.0, 0.1, 0.2),
        "term": (0.0, 0.1, 0.3, 0.5),
        "glossary": (-0.5, -0.4, -0.3, -0.2, -0.1),
        "home": (0.1, 0.2, 0.3, 0.4),
    }
    best = index.weights
    for _ in range(rounds):
        for name, values in steps.items():
            tries = [replace(best, **{name: value}) for value in values]
            sums = [0.0] * len(tries)
            for one, query in queries:
                for at, weights in enumerate(tries):
                    rank = first_right(index.search(query, DEPTH, weights), one)
                    sums[at] += (0 < rank <= 5) + (1 / rank if rank else 0) * 0.5
            best = tries[max(range(len(tries)), key=lambda at: sums[at])]
    return best


def fitted(index: Index, gold: Sequence[Gold]) -> Threshold:
    """The rule for answering or refusing, fitted by logistic regression on the tuning questions."""
    from sklearn.linear_model import LogisticRegression

    rows, labels = [], []
    for one in gold:
        query = index.understander.read(one.question, one.as_of, one.jurisdictions)
        uncovered = query.jurisdictions and not any(has_law_of(index, place) for place in query.jurisdictions)
        if uncovered or any(citation.id for citation in query.citations):
            continue
        rows.append(astuple(signs(index, query, index.search(query, DEPTH))))
        labels.append(one.expect != "not_covered")
    model = LogisticRegression(C=5.0, class_weight="balanced", max_iter=1000).fit(rows, labels)
    return Threshold(tuple(round(float(weight), 2) for weight in model.coef_[0]), round(float(model.intercept_[0]), 2))


def tune(path: Path, today: date) -> str:
    """Weights and threshold for the tuning part of a file, to be written into search.py and scope.py."""
    from corpus import load

    gold = [one for one in read_gold(path, today) if one.part == "tune"]
    index = Index.open(load())
    index.weights = tuned(index, gold)
    return f"{asdict(index.weights)}\n{fitted(index, gold)}"
