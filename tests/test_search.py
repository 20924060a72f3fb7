"""The index on disk, and what is found in it."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from conftest import TODAY

from corpus import Corpus
from indexer import Index, IndexUnusable, build, store
from indexer.embed import HashingEmbedder, Vectors
from indexer.passages import Kind
from indexer.search import Hit

REPAIR = "python -m indexer build"


class Counting(HashingEmbedder):
    """A stand-in encoder that remembers what it was given."""

    def __init__(self) -> None:
        super().__init__()
        self.given: list[str] = []

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        self.given += texts
        return super().encode(texts, progress)


def found(index: Index, question: str, *places: str, on: date = TODAY, kinds: Sequence[Kind] = ()) -> list[Hit]:
    return index.search(index.understander.read(question, on, places), 10, kinds=kinds)


def content(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


# -- what is found ---------------------------------------------------------------------------------------------------


def test_the_provision_with_the_words_of_the_question_comes_first(small_index: Index) -> None:
    hits = found(small_index, "how long after release is a felony conviction sealed")

    assert hits[0].id == "us-ny/cpl/160.57/1"
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@pytest.mark.parametrize("place", ["de", "us-ny"])
def test_only_law_of_the_place_asked_for_is_found(place: str, small_index: Index) -> None:
    hits = found(small_index, "period fine felony sealed judgment", place)

    assert hits
    assert {hit.passages[0].jurisdiction for hit in hits} == {place}


def test_a_place_named_in_the_question_filters_like_one_that_was_chosen(small_index: Index) -> None:
    named = found(small_index, "when is a felony sealed in New York")

    assert {hit.passages[0].jurisdiction for hit in named} == {"us-ny"}


@pytest.mark.parametrize(
    ("on", "says"),
    [(date(2025, 12, 31), "when the judgment is final"), (date(2026, 1, 1), "day of the first judgment")],
)
def test_the_version_in_force_on_the_day_is_found_and_no_other(on: date, says: str, small_index: Index) -> None:
    hits = [hit for hit in found(small_index, "when does the period start", on=on) if hit.id == "de/bzrg/36"]

    assert len(hits) == 1
    assert says in hits[0].in_language("en").text


def test_law_that_does_not_yet_hold_or_was_never_commenced_is_not_found(small_index: Index) -> None:
    before = found(small_index, "when is a felony conviction sealed", "us-ny", on=date(2024, 11, 15))
    after = found(small_index, "may a court seal two convictions on petition", "us-ny")

    assert before == []
    assert "us-ny/cpl/160.59/1" not in {hit.id for hit in after}


def test_a_provision_in_two_languages_is_one_find_with_two_passages(small_index: Index) -> None:
    hits = found(small_index, "period of three years for a fine", "de", kinds=[Kind.STATUTE])

    assert [hit.id for hit in hits].count("de/bzrg/34/1") == 1
    assert {passage.language for passage in hits[0].passages} == {"de", "en"}
    assert hits[0].in_language("de").text.startswith("Die Frist beträgt")


def test_a_provision_that_is_cited_comes_first(small_index: Index) -> None:
    assert found(small_index, "what does § 36 BZRG say")[0].id == "de/bzrg/36"


def test_search_words_find_a_provision_that_does_not_hold_them(small_index: Index) -> None:
    assert found(small_index, "drop off", "de", kinds=[Kind.STATUTE])[0].id == "de/bzrg/34/1"


def test_the_sentence_that_answers_is_ranked_before_its_neighbour(small_index: Index) -> None:
    query = small_index.understander.read("how long is it for a fine", TODAY, ["de"])
    hit = next(hit for hit in small_index.search(query) if hit.id == "de/bzrg/34/1")

    ranked = small_index.best_sentences(query, hit, "en")

    text = hit.in_language("en").text
    assert [text[one.start : one.end] for one in ranked] == [
        "The period is three years for a fine.",
        "Otherwise the period is five years.",
    ]


@pytest.mark.parametrize("question", ["", "???", "zzzz qqqq", "的了"])
def test_a_question_without_a_known_word_does_no_harm(question: str, small_index: Index) -> None:
    assert all(hit.dense == 0 or hit.score < 2 for hit in found(small_index, question))


# -- how it is built -------------------------------------------------------------------------------------------------


def test_a_second_build_embeds_nothing_again_but_the_examples(small_corpus: Corpus, tmp_path: Path) -> None:
    first, second = Counting(), Counting()
    build(small_corpus, first, tmp_path)
    build(small_corpus, second, tmp_path)

    assert len(first.given) > len(second.given)
    assert second.given == [*small_corpus.inside, *small_corpus.outside]


def test_after_a_change_only_the_changed_words_are_embedded(small_corpus: Corpus, tmp_path: Path) -> None:
    build(small_corpus, HashingEmbedder(), tmp_path)
    changed = tuple(
        replace(one, text=one.text.replace("eight years", "nine years")) if one.id == "us-ny/cpl/160.57/1" else one
        for one in small_corpus.provisions
    )
    counting = Counting()
    build(replace(small_corpus, provisions=changed), counting, tmp_path)

    examples = [*small_corpus.inside, *small_corpus.outside]
    assert [text for text in counting.given if text not in examples] != []
    assert all("nine years" in text for text in counting.given if text not in examples)


def test_an_index_built_by_steps_equals_one_built_at_once(small_corpus: Corpus, tmp_path: Path) -> None:
    build(
        replace(small_corpus, provisions=small_corpus.provisions[:3], positions=()), HashingEmbedder(), tmp_path / "a"
    )
    build(small_corpus, HashingEmbedder(), tmp_path / "a")
    build(small_corpus, HashingEmbedder(), tmp_path / "b")

    one, other = (content(tmp_path / name / "current") for name in ("a", "b"))
    one.pop("manifest.json"), other.pop("manifest.json")
    assert one == other


def test_the_manifest_names_corpus_model_dimension_and_counts(small_corpus: Corpus, small_folder: Path) -> None:
    manifest = store.read_manifest(small_folder)
    stored = store.open_index(small_folder)

    assert (manifest.model, manifest.dimension, manifest.format) == ("hashing-64", 64, store.FORMAT)
    assert (manifest.passages, manifest.pieces) == (len(stored.passages), len(stored.pieces))
    assert len(manifest.corpus_hash) == 64


def test_an_interrupted_build_leaves_the_old_index_whole(small_folder: Path) -> None:
    before = content(small_folder)

    def interrupted() -> None:
        with store.replacing(small_folder) as aside:
            (aside / "passages.jsonl").write_text("half", encoding="utf-8")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()

    assert content(small_folder) == before


@pytest.mark.parametrize("fails", ["encoding", "writing"])
def test_a_build_that_fails_leaves_the_old_index_usable(
    fails: str, small_corpus: Corpus, small_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(*_: object, **__: object) -> None:
        raise OSError("No space left on device")

    if fails == "encoding":
        monkeypatch.setattr(HashingEmbedder, "encode", failing)
    else:
        monkeypatch.setattr(store, "write", failing)
    before = content(small_folder)
    with pytest.raises(OSError, match="No space"):
        build(replace(small_corpus, notes=()), HashingEmbedder(), small_folder)
    monkeypatch.undo()

    assert content(small_folder) == before
    assert found(Index.open(small_corpus, small_folder, HashingEmbedder()), "fine", "de")


def test_what_an_earlier_build_left_behind_is_cleared_away(small_corpus: Corpus, small_folder: Path) -> None:
    (small_folder / "building-left").mkdir()
    build(small_corpus, HashingEmbedder(), small_folder)

    assert [path.name for path in small_folder.iterdir()] == ["current"]


# -- what cannot be used ---------------------------------------------------------------------------------------------


def opening(corpus: Corpus, folder: Path) -> str:
    """The message with which an index is refused."""
    with pytest.raises(IndexUnusable) as raised:
        Index.open(corpus, folder, HashingEmbedder())
    return str(raised.value)


def test_a_missing_index_says_which_command_builds_it(small_corpus: Corpus, tmp_path: Path) -> None:
    assert opening(small_corpus, tmp_path) == f"{tmp_path}: there is no index; build it with: {REPAIR}"


def test_a_stale_index_says_which_command_rebuilds_it(small_corpus: Corpus, small_folder: Path) -> None:
    changed = replace(small_corpus, provisions=small_corpus.provisions[1:])
    message = opening(changed, small_folder)

    assert message == f"{small_folder}: the corpus has changed since the index was built; rebuild with: {REPAIR}"


def test_an_index_of_another_model_says_which_command_rebuilds_it(small_corpus: Corpus, small_folder: Path) -> None:
    with pytest.raises(
        IndexUnusable, match=f"built with model hashing-64, asked for hashing-32; rebuild with: {REPAIR}"
    ):
        Index.open(small_corpus, small_folder, HashingEmbedder(32))


def test_an_index_of_another_format_says_which_command_rebuilds_it(small_corpus: Corpus, small_folder: Path) -> None:
    path = small_folder / "current" / "manifest.json"
    path.write_text(json.dumps(json.loads(path.read_text(encoding="utf-8")) | {"format": 1}), encoding="utf-8")

    assert f"format 1, this version reads {store.FORMAT}; rebuild with: {REPAIR}" in opening(small_corpus, small_folder)


FILES = [
    "manifest.json",
    "passages.jsonl",
    "pieces.jsonl",
    "examples.npy",
    "vectors.faiss",
    "bm25-en",
    "bm25-de",
    "bm25-zh",
]


def halved(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def removed(path: Path) -> None:
    path.unlink()


def garbled(path: Path) -> None:
    path.write_bytes(b"\x00\xff" * 200)


@pytest.mark.parametrize("damage", [halved, emptied, removed, garbled], ids=lambda damage: damage.__name__)
@pytest.mark.parametrize("file", FILES)
def test_a_damaged_index_says_which_command_repairs_it(
    file: str, damage: Callable[[Path], None], small_corpus: Corpus, small_folder: Path
) -> None:
    place = small_folder / "current" / file
    for path in [place] if place.is_file() else [one for one in place.iterdir() if one.stat().st_size > 1]:
        damage(path)

    message = opening(small_corpus, small_folder)

    assert message.endswith(f"with: {REPAIR}")
    assert "\n" not in message


def test_a_line_missing_from_the_passages_is_noticed(small_corpus: Corpus, small_folder: Path) -> None:
    path = small_folder / "current" / "passages.jsonl"
    path.write_text("".join(path.read_text(encoding="utf-8").splitlines(keepends=True)[:-1]), encoding="utf-8")

    assert opening(small_corpus, small_folder).endswith(f"the index is incomplete; rebuild with: {REPAIR}")


def test_a_damaged_index_is_repaired_by_building_again(small_corpus: Corpus, small_folder: Path) -> None:
    shutil.rmtree(small_folder / "current" / "bm25-en")
    halved(small_folder / "current" / "vectors.faiss")
    build(small_corpus, HashingEmbedder(), small_folder)

    assert found(Index.open(small_corpus, small_folder, HashingEmbedder()), "fine", "de")
