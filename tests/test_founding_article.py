"""The article with which the project began: its claims by their place, its text kept out of the repository."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from app import analyze
from app.analysis_model import Analysis, Claim, Kind, Verdict

HERE = Path(__file__).parent
ROWS = yaml.safe_load((HERE / "documents" / "founding-article.rows.yaml").read_text(encoding="utf-8"))["rows"]
ARTICLE = next(
    (p for up in HERE.parents if (p := up / "shared" / "samples" / "article" / "article.txt").exists()), None
)
FOUND, LAW, AGREE = 0.90, 0.75, 0.80

pytestmark = pytest.mark.skipif(ARTICLE is None, reason="the article lies outside the repository")


@pytest.fixture(scope="module")
def analysis() -> Analysis:
    from datetime import date

    assert ARTICLE is not None
    return analyze(ARTICLE, as_of=date(2026, 11, 25))


def at(analysis: Analysis, start: int, end: int) -> list[Claim]:
    return [claim for claim in analysis.claims if claim.start < end and start < claim.end]


LAW_ROWS = [row for row in ROWS if row[3] == "law"]


def test_nine_in_ten_of_its_claims_of_law_are_found(analysis: Analysis) -> None:
    missed = [row[0] for row in LAW_ROWS if not at(analysis, row[1], row[2])]

    assert 1 - len(missed) / len(LAW_ROWS) >= FOUND, f"rows {missed}"


def test_most_of_them_are_read_as_claims_of_law(analysis: Analysis) -> None:
    read = [row for row in LAW_ROWS if any(c.type is Kind.LAW for c in at(analysis, row[1], row[2]))]

    assert len(read) / len(LAW_ROWS) >= LAW


def test_their_verdicts_agree_with_ours(analysis: Analysis) -> None:
    judged = [(row, [c for c in at(analysis, row[1], row[2]) if c.type is Kind.LAW]) for row in LAW_ROWS]
    judged = [(row, claims) for row, claims in judged if claims]
    wrong = [row[0] for row, claims in judged if row[4] not in {claim.verdict.value for claim in claims}]

    assert 1 - len(wrong) / len(judged) >= AGREE, f"rows {wrong}"


def test_no_claim_of_fact_or_policy_is_verified(analysis: Analysis) -> None:
    others = [claim for claim in analysis.claims if claim.type is not Kind.LAW]

    assert others
    assert {claim.verdict for claim in others} == {Verdict.NOT_COVERED}
