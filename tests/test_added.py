"""The user's own texts: how they are kept, cut, indexed and removed."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from test_read import CHINESE, ENGLISH, pdf

from app.ask import Atlas
from app.errors import InputError
from corpus.load import CorpusError
from corpus.model import Corpus, Span
from indexer import __main__ as command
from indexer import added, store
from indexer.added import add, added_passages, collections, remove
from indexer.embed import Embedder, HashingEmbedder, ModelError
from indexer.outline import MAX_PART, parts
from indexer.passages import Kind, Passage
from indexer.read import ReadError, read_bytes
from indexer.search import Index
from indexer.store import IndexUnusable

DAY = date(2026, 11, 25)
NO_LAW = Corpus({}, {}, (), (), (), (), {}, ())


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


@pytest.fixture
def note(tmp_path: Path) -> Path:
    return written(tmp_path / "My Note.md", f"# Periods\n\n{ENGLISH}\n\n# Effect\n\nNobody need answer for it.\n")


def written(path: Path, text: str) -> Path:
    path.write_text(text, encoding="utf-8")
    return path


def everything_under(folder: Path) -> str:
    return "".join(path.read_bytes().decode("utf-8", "replace") for path in folder.rglob("*") if path.is_file())


# -- passages --------------------------------------------------------------------------------------------------------


def test_an_added_text_becomes_passages_that_say_whose_they_are(index: Path, note: Path) -> None:
    assert add([note], index, "own", DAY) == ["user/own/my-note"]

    first, second = added_passages(index)
    assert (first.id, first.unit, second.id) == ("user/own/my-note/1", "user/own/my-note/1@", "user/own/my-note/2")
    assert (first.heading, second.heading) == ("Periods", "Effect")
    assert (first.text, second.text) == (ENGLISH, "Nobody need answer for it.")
    assert first.kind is Kind.USER_TEXT
    assert (first.jurisdiction, first.jurisdictions, first.citations) == ("user", ("user",), (first.id,))
    assert (first.span, first.status, first.basis, first.url) == (Span(), "in_force", "", "")
    assert (first.checked_on, first.source) == ("2026-11-25", "My Note.md")
    assert first.citation == ("My Note.md, part 1", "My Note.md, Teil 1", "My Note.md，第1部分")
    assert Passage.from_json(first.to_json()) == first


def test_a_passage_of_a_pdf_is_cited_with_its_pages(index: Path, tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(pdf(" ".join([ENGLISH] * 14), "The second page."))
    add([path], index)

    assert [passage.cited_as("de") for passage in added_passages(index)] == ["report.pdf, S. 1", "report.pdf, S. 1–2"]


def test_parts_are_short_end_with_sentences_and_lose_no_word() -> None:
    text = "\n\n".join([ENGLISH * 30, "A short one.", "Nospace" * 700, CHINESE * 80])
    document = read_bytes(text.encode(), "long.txt")

    cut = list(parts(document))

    assert all(0 < part.end - part.start <= MAX_PART for part in cut)
    assert "".join("".join(text[part.start : part.end].split()) for part in cut) == "".join(text.split())
    assert text[cut[0].start : cut[0].end].endswith(".")


def test_a_long_paragraph_is_cut_in_time_that_grows_with_its_length_alone() -> None:
    document = read_bytes(b"One more short sentence stands here. " * 20_000, "long.txt")

    assert sum(part.end - part.start + 1 for part in parts(document)) == len(document.text)


def test_articles_of_a_plain_law_head_their_passages() -> None:
    contents = "目　录\n第一章　总则\n\n"
    text = (
        f"{contents}第一章　总则\n\n第一条　为了维护秩序，制定本法。\n第二条　坚持综合治理。\n依照第十条 规定处理。\n"
    )
    document = read_bytes(text.encode(), "law.txt")

    found = [(part.heading, text[part.start : part.end]) for part in parts(document)]

    assert found[-2:] == [
        ("第一条", "第一条　为了维护秩序，制定本法。"),
        ("第二条", "第二条　坚持综合治理。\n依照第十条 规定处理。"),
    ]


def test_a_line_that_only_mentions_a_section_in_mid_sentence_is_no_heading() -> None:
    text = "The court may act under\nSection 5 of the Act\nif it sees fit.\n\nSection 6 Effect\nThe record is sealed."

    assert [part.heading for part in parts(read_bytes(text.encode(), "law.txt"))] == ["", "Section 6 Effect"]


def test_headings_without_words_between_them_head_the_next_words_together() -> None:
    document = read_bytes(f"# Act\n\n## Section 1\n\n{ENGLISH}\n\n## Left over\n".encode(), "act.md")

    found = [(part.heading, document.text[part.start : part.end]) for part in parts(document)]

    assert found == [("Act: Section 1", f"{ENGLISH}\n\n## Left over")]


# -- adding and removing ---------------------------------------------------------------------------------------------


def test_a_file_of_the_same_name_takes_the_place_of_the_earlier_one(index: Path, note: Path) -> None:
    add([note], index)
    written(note, "Something quite different is said now.")

    assert add([note], index) == ["user/own/my-note"]
    assert [passage.text for passage in added_passages(index)] == ["Something quite different is said now."]


def test_different_files_whose_names_look_alike_are_both_kept(index: Path, note: Path, tmp_path: Path) -> None:
    other = written(tmp_path / "my-note.txt", "Another text.")

    assert add([note, other], index) == ["user/own/my-note", "user/own/my-note-2"]
    assert add([other], index) == ["user/own/my-note-2"]


def test_either_all_files_are_added_or_none(index: Path, note: Path, tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"empty\.txt: is empty"):
        add([note, written(tmp_path / "empty.txt", "")], index)

    assert list(added_passages(index)) == []
    assert collections(index) == {}


def test_a_disk_that_fails_midway_leaves_none_half_added(
    index: Path, note: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    plain = added._plain

    def fails_on_second(one: added.Added) -> object:
        if one.slug == "second":
            raise OSError(28, "No space left on device")
        return plain(one)

    monkeypatch.setattr(added, "_plain", fails_on_second)
    with pytest.raises(ReadError, match="No space left on device"):
        add([note, written(tmp_path / "second.txt", "Words.")], index)

    assert everything_under(index) == ""


def test_two_files_of_one_name_are_not_silently_made_one(index: Path, note: Path, tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()

    with pytest.raises(ReadError, match="two files have this name"):
        add([note, written(tmp_path / "sub" / note.name, "Other words.")], index)


def test_names_cannot_lead_out_of_the_folder(index: Path, note: Path) -> None:
    assert add([note], index, "../../Meine Texte") == ["user/meine-texte/my-note"]
    assert [path.parent.parent for path in index.rglob("*.json")] == [store.added_folder(index)]
    with pytest.raises(ReadError, match="is no name for a collection"):
        add([note], index, "../..")


def test_a_chinese_file_name_makes_an_id_that_can_be_read(index: Path, tmp_path: Path) -> None:
    assert add([written(tmp_path / "治安管理处罚法 (2025).txt", CHINESE)], index) == ["user/own/治安管理处罚法-2025"]


def test_collections_are_listed_and_removed_by_name(index: Path, note: Path) -> None:
    add([note], index, "one")
    add([note], index, "two")

    assert remove("one", index) == 1
    assert collections(index) == {"two": ["My Note.md"]}
    with pytest.raises(ReadError, match="there is: two"):
        remove("one", index)


def test_what_is_kept_of_a_text_is_the_text_its_collection_and_the_day(index: Path, note: Path) -> None:
    add([note], index, "own", DAY)

    (path,) = index.rglob("*.json")
    kept = json.loads(path.read_text(encoding="utf-8"))
    assert set(kept) == {"collection", "added_on", "document"}
    assert str(note.parent) not in path.read_text(encoding="utf-8")


def test_a_damaged_file_is_named_with_the_next_step(index: Path, note: Path) -> None:
    add([note], index)
    next(iter(index.rglob("*.json"))).write_text("{", encoding="utf-8")

    with pytest.raises(IndexUnusable, match=r"my-note\.json: this added text is damaged; delete the file"):
        list(added_passages(index))


# -- the commands ----------------------------------------------------------------------------------------------------


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(command, "load_corpus", lambda: NO_LAW)
    monkeypatch.setattr(command, "new_embedder", HashingEmbedder)


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = command.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.mark.usefixtures("_small")
def test_add_build_and_info_agree_on_what_is_in_the_index(
    index: Path, note: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "add", note, "--index", index, "--quiet")
    assert (status, err) == (0, "")
    assert "added user/own/my-note\n" in out
    assert ": 2 passages, 4 texts embedded anew" in out

    assert "up to date, 2 passages" in run(capsys, "build", "--index", index)[1]
    assert ": 2 passages, 0 texts embedded anew" in run(capsys, "build", "--index", index, "--force")[1]

    facts = json.loads(run(capsys, "info", "--json", "--index", index)[1])
    assert facts["current"] is True
    assert facts["kinds"] == {"user_text": 2}
    assert facts["collections"] == {"own": ["My Note.md"]}
    assert "added, own: My Note.md" in run(capsys, "info", "--index", index)[1]


@pytest.mark.usefixtures("_small")
def test_remove_leaves_no_trace_in_the_index(
    index: Path, note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "add", note, "--index", index, "--collection", "secret")
    run(capsys, "add", written(tmp_path / "other.txt", "Other words stay."), "--index", index)

    status, out, _ = run(capsys, "remove", "secret", "--index", index)

    assert status == 0
    assert "removed 1 text with collection secret" in out
    left = everything_under(index)
    assert "Other words stay" in left
    assert "twelve months" not in left
    assert "my-note" not in left


@pytest.mark.usefixtures("_small")
def test_remove_leaves_no_trace_even_where_the_index_cannot_be_built_anew(
    index: Path, note: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, "add", note, "--index", index)
    monkeypatch.setattr(command, "new_embedder", failing)

    status, _, err = run(capsys, "remove", "own", "--index", index)

    assert (status, err) == (2, "model x is missing; run: make setup\n")
    assert "twelve months" not in everything_under(index)


@pytest.mark.usefixtures("_small")
def test_a_collection_is_searched_alone_or_not_at_all(
    index: Path, note: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    run(capsys, "add", note, "--index", index, "--collection", "office", "--quiet")
    run(capsys, "add", written(tmp_path / "b.txt", f"{ENGLISH} Other words."), "--index", index, "--quiet")
    corpus = command.load_corpus()
    atlas = Atlas(Index.open(corpus, index, HashingEmbedder()))

    def found(*names: str) -> set[str]:
        query = atlas.index.understander.read("When is a fine spent after twelve months?", DAY)
        hits = atlas.index.search(replace(query, collections=atlas._collections(names or None)), 20)
        return {one.id.split("/")[1] for hit in hits for one in hit.passages if one.kind is Kind.USER_TEXT}

    assert found() == {"office", "own"}
    assert found("Office") == {"office"}
    assert found("none") == set()
    with pytest.raises(InputError, match="collection 'other': there is none of this name; there is: office, own"):
        atlas.ask("When is a fine spent?", DAY, collections=["other"])


def failing() -> Embedder:
    raise ModelError("model x is missing; run: make setup")


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["info"], "there is no index; build it with: python -m indexer build"),
        (["add", "missing.txt"], "missing.txt: there is no such file"),
        (["remove", "nothing"], "there is no such collection; there is: none"),
        (["evaluate", "missing.yaml"], "missing.yaml: there is no such file"),
        (["evaluate", "missing.yaml", "--part", "some"], "--part"),
        (["no-command"], "No such command"),
        ([], "Missing command"),
        (["add"], "Missing argument"),
    ],
)
def test_every_fault_is_one_line_on_stderr_and_exit_status_2(
    arguments: list[str], says: str, index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CLEANSLATE_INDEX", str(index))

    status, out, err = run(capsys, *arguments)

    assert (status, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1


def test_faults_of_the_corpus_are_counted_on_one_line(
    index: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def faulty() -> Corpus:
        raise CorpusError(["corpus/x.yaml:1: first fault", "corpus/x.yaml:2: second fault"])

    monkeypatch.setattr(command, "load_corpus", faulty)

    _, _, err = run(capsys, "build", "--index", index)

    assert err == "corpus/x.yaml:1: first fault (and 1 more; list them with: python -m corpus)\n"
