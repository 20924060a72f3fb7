"""Sentence borders in legal prose."""

from __future__ import annotations

import pytest

from corpus import Corpus
from indexer.sentences import sentence_spans


def sentences(text: str, language: str = "en") -> list[str]:
    return [text[start:end] for start, end in sentence_spans(text, language)]


@pytest.mark.parametrize(
    ("language", "text", "expected"),
    [
        ("en", "It is spent. It stays.", ["It is spent.", "It stays."]),
        ("en", "See s. 6(4) and No. 5 of the Act. Then stop.", ["See s. 6(4) and No. 5 of the Act.", "Then stop."]),
        ("en", "It changed in 2022. Until then it was 4.5 years.", ["It changed in 2022.", "Until then it was 4.5 years."]),
        ("en", "18 Pa.C.S. § 9122 applies. So does it.", ["18 Pa.C.S. § 9122 applies.", "So does it."]),
        ("en", "Is it spent? Yes! (Not always.) Ask.", ["Is it spent?", "Yes!", "(Not always.)", "Ask."]),
        ("en", "These are left out:\n- murder;\n- treason.", ["These are left out:", "murder;", "treason."]),
        ("de", "Nach § 34 Abs. 1 Nr. 1 BZRG gilt das. Sonst nicht.", ["Nach § 34 Abs. 1 Nr. 1 BZRG gilt das.", "Sonst nicht."]),
        ("de", "Ab dem 1. Januar 2026 gilt es, z. B. hier. Dann endet es.", ["Ab dem 1. Januar 2026 gilt es, z. B. hier.", "Dann endet es."]),
        ("de", "Übrigens ist es so. Äußerst selten.", ["Übrigens ist es so.", "Äußerst selten."]),
        ("zh", "应当封存。不得提供；不得公开！可以吗？", ["应当封存。", "不得提供；", "不得公开！", "可以吗？"]),
        ("zh", "他说：“不得提供。”然后封存。", ["他说：“不得提供。”", "然后封存。"]),
        ("en", "no stop at the end", ["no stop at the end"]),
        ("en", "", []),
        ("en", " \n\t ", []),
    ],
)  # fmt: skip
def test_a_sentence_ends_where_a_reader_would_end_it(language: str, text: str, expected: list[str]) -> None:
    assert sentences(text, language) == expected


def test_sentences_stand_in_order_without_overlap_and_lose_nothing_but_white_space_and_bullets(corpus: Corpus) -> None:
    faults = []
    for provision in corpus.provisions:
        spans = sentence_spans(provision.text, provision.language)
        edges = [0, *(edge for span in spans for edge in span), len(provision.text)]
        between = "".join(provision.text[left:right] for left, right in zip(edges[::2], edges[1::2], strict=True))
        if edges != sorted(edges) or between.strip(" \n\t-*•　"):
            faults.append(str(provision.place))

    assert faults == []


def test_hardly_any_sentence_of_the_corpus_begins_in_small_letters(corpus: Corpus) -> None:
    first = [
        sentence[0]
        for provision in corpus.provisions
        if provision.language != "zh" and "\n" not in provision.text
        for sentence in sentences(provision.text, provision.language)
    ]

    assert sum(letter.islower() for letter in first) / len(first) < 0.005
