"""Official texts beside the restatement: pulled from files and publishers, indexed, shown, compared, told apart by date."""

from __future__ import annotations

import io
import json
import threading
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from app.ask import Atlas
from app.plain import history_text, passages_text
from corpus.load import load
from corpus.model import Corpus
from indexer import __main__ as command
from indexer import official, publishing, pull, store
from indexer.audit import audit
from indexer.build import build
from indexer.embed import HashingEmbedder
from indexer.fetch import Fetcher
from indexer.passages import Kind
from indexer.search import Index
from indexer.sources import registry
from indexer.sources.addresses import NeedsFile, NoAddress
from indexer.sources.model import Origin, SourceError

DAY = date(2026, 11, 25)
HEAD = '<?xml version="1.0"?><dokumente builddate="{build}"><norm><metadaten><jurabk>BZRG</jurabk><langue>Registergesetz</langue></metadaten></norm>'
NORM = "<norm><metadaten><jurabk>BZRG</jurabk><enbez>§ {number}</enbez><titel>{title}</titel></metadaten><textdaten><text><Content>{text}</Content></text></textdaten></norm>"
PERIOD = (
    "<P>(1) Die Frist beträgt <DL><DT>1.</DT><DD><LA>drei Jahre bei Geldstrafe,</LA></DD>"
    "<DT>2.</DT><DD><LA>fünf Jahre sonst,</LA></DD></DL>gerechnet ab der Rechtskraft.</P>"
)
START = "<P>Die Frist beginnt mit dem Tag des ersten Urteils.</P>"


def law(period: str = PERIOD, start: str = START, build_day: str = "20260428") -> bytes:
    """A register act of two sections in the publisher's structure."""
    norms = (("34", "Frist", period), ("36", "Beginn", start))
    text = "".join(NORM.format(number=number, title=title, text=text) for number, title, text in norms)
    return f"{HEAD.format(build=build_day + '215502')}{text}</dokumente>".encode()


def archive(data: bytes, name: str = "BJNR1.xml") -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(name, data)
    return written.getvalue()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with the file of the register act, as someone has saved it."""
    saved = tmp_path / "saved"
    saved.mkdir()
    (saved / "bzrg.xml").write_bytes(law())
    return saved


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path / "index"


def pulled(corpus: Corpus, saved: Path, index: Path) -> list[pull.Report]:
    return pull.store(corpus, index, pull.read(corpus, pull.from_folder(corpus, saved, ["de/bzrg"]), DAY))


def opened(corpus: Corpus, index: Path) -> Atlas:
    build(corpus, HashingEmbedder(), index)
    return Atlas(Index.open(corpus, index, HashingEmbedder()))


# -- from files ------------------------------------------------------------------------------------------------------


def test_a_saved_file_is_recognised_and_indexed_beside_the_restatement(
    small_corpus: Corpus, folder: Path, index: Path
) -> None:
    (report,) = pulled(small_corpus, folder, index)
    atlas = opened(small_corpus, index)

    assert (report.instrument, report.coverage) == ("de/bzrg", 1.0)
    one = next(p for p in atlas.index.by_id["de/bzrg/34/1"] if p.kind is Kind.OFFICIAL_TEXT)
    assert one.text.endswith("gerechnet ab der Rechtskraft.")
    assert (
        one.source == "bzrg.xml, version of 2026-04-28, retrieved 2026-11-25; Official work, no copyright (§ 5(1) UrhG)"
    )
    assert type(one).from_json(json.loads(json.dumps(one.to_json()))) == one


def test_show_puts_both_texts_side_by_side(small_corpus: Corpus, folder: Path, index: Path) -> None:
    pulled(small_corpus, folder, index)

    sources = opened(small_corpus, index).show("§ 34 Abs. 1 BZRG", DAY, "de")

    assert [source.passage.kind for source in sources] == [Kind.STATUTE]
    plain = sources[0].to_json("de")["beside"]
    assert (plain["kind"], plain["id"]) == ("official_text", "de/bzrg/34/1")
    shown = passages_text(sources, "de")
    assert "Die Frist beträgt drei Jahre bei Geldstrafe." in shown
    assert "amtlicher Text: § 34 Abs. 1 BZRG [de]" in shown
    assert "2. fünf Jahre sonst," in shown


def test_an_answer_quotes_the_publisher_where_the_reader_reads_its_language(
    small_corpus: Corpus, folder: Path, index: Path
) -> None:
    pulled(small_corpus, folder, index)
    atlas = opened(small_corpus, index)

    german = atlas.ask("Was sagt § 34 Abs. 1 BZRG?", DAY)
    english = atlas.ask("What does § 34(1) BZRG say?", DAY)

    assert {source.passage.kind for source in german.passages if source.passage.id == "de/bzrg/34/1"} == {
        Kind.OFFICIAL_TEXT
    }
    assert all(any(said.text in source.passage.text for source in german.passages) for said in german.answer)
    assert {source.passage.kind for source in english.passages if source.passage.id == "de/bzrg/34/1"} == {Kind.STATUTE}
    beside = next(source.beside for source in german.passages if source.passage.id == "de/bzrg/34/1")
    assert beside is not None
    assert beside.kind is Kind.STATUTE


def test_an_official_text_is_shown_only_for_days_on_which_it_is_known_to_be_law(
    small_corpus: Corpus, folder: Path, index: Path
) -> None:
    pulled(small_corpus, folder, index)
    atlas = opened(small_corpus, index)

    now, before = (atlas.show("§ 36 BZRG", day, "de")[0] for day in (DAY, date(2025, 6, 1)))

    assert now.beside is not None
    assert now.beside.span.first == date(2026, 1, 1)  # our restatement knows since when this wording holds
    assert before.passage.text == "Die Frist beginnt mit der Rechtskraft des Urteils."
    assert before.beside is None


def test_history_lists_the_versions_and_what_changed(small_corpus: Corpus, folder: Path, index: Path) -> None:
    pulled(small_corpus, folder, index)

    versions = opened(small_corpus, index).history("§ 36 BZRG", DAY, "de")

    ours = [one for one in versions if one.passage.kind is Kind.STATUTE]
    assert [one.passage.span.last for one in ours] == [date(2025, 12, 31), None]
    assert ours[1].removed == ("Die Frist beginnt mit der Rechtskraft des Urteils.",)
    assert ours[1].added == ("Die Frist beginnt mit dem Tag des ersten Urteils.",)
    assert "    - Die Frist beginnt mit der Rechtskraft des Urteils." in history_text(versions, "de")


def test_what_changed_since_the_last_pull_is_told_for_each_provision(
    small_corpus: Corpus, folder: Path, index: Path
) -> None:
    assert pulled(small_corpus, folder, index)[0].changes == ()
    (folder / "bzrg.xml").write_bytes(law(period=PERIOD.replace("fünf Jahre", "sechs Jahre"), build_day="20260801"))

    (report,) = pulled(small_corpus, folder, index)

    assert report.changes == ("de/bzrg/34/1: changed\n  - 2. fünf Jahre sonst,\n  + 2. sechs Jahre sonst,",)
    spans = {
        provision.text.split("\n")[2]: span
        for provision, span in official.with_spans(small_corpus, official.kept(index, "de/bzrg").provisions)  # type: ignore[union-attr]
        if provision.id == "de/bzrg/34/1"
    }
    assert spans["2. fünf Jahre sonst,"].last == date(2026, 7, 31)
    assert spans["2. sechs Jahre sonst,"].first == date(2026, 8, 1)


def test_a_restatement_older_than_the_last_change_is_flagged(small_corpus: Corpus, folder: Path, index: Path) -> None:
    stand = "<standangabe><standtyp>Stand</standtyp><standkommentar>zuletzt geändert durch G v. 1.12.2026</standkommentar></standangabe>"
    (folder / "bzrg.xml").write_bytes(law(build_day="20261202").replace(b"</langue>", f"</langue>{stand}".encode()))

    (report,) = pulled(small_corpus, folder, index)

    assert report.stale[0] == (
        "check: § 34 Abs. 1 (de/bzrg/34/1) changed on 2026-12-01, restatement checked on 2026-11-25"
    )


def test_a_pull_that_fails_midway_changes_nothing(
    small_corpus: Corpus, folder: Path, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled(small_corpus, folder, index)
    before = {path.name: path.read_bytes() for path in store.official_folder(index).iterdir()}
    (folder / "bzrg.xml").write_bytes(law()[:-40])

    with pytest.raises(SourceError, match=r"bzrg\.xml: is no whole XML file"):
        pulled(small_corpus, folder, index)

    (folder / "bzrg.xml").write_bytes(law(build_day="20260801"))
    monkeypatch.setattr(Path, "replace", _full_disk)
    with pytest.raises(OSError, match="No space left"):
        pulled(small_corpus, folder, index)
    assert {path.name: path.read_bytes() for path in store.official_folder(index).iterdir()} == before


def _full_disk(*_: object) -> None:
    raise OSError(28, "No space left on device")


# -- audit -----------------------------------------------------------------------------------------------------------


def _audited(corpus: Corpus, data: bytes) -> list[str]:
    provisions = registry.read(data, Origin("de/bzrg", "bzrg.xml", DAY, "de"))
    return [str(finding) for finding in audit(corpus, "de/bzrg", provisions)]


def test_a_true_restatement_shows_no_difference(small_corpus: Corpus) -> None:
    assert _audited(small_corpus, law()) == []


def test_a_wrong_period_is_told_in_both_directions(small_corpus: Corpus) -> None:
    told = _audited(small_corpus, law(period=PERIOD.replace("fünf Jahre", "sechs Jahre")))

    assert len([line for line in told if "the restatement names length of time 60 months" in line]) == 2  # de, en
    assert any("de/bzrg/34/1 (de): the official text names length of time 72 months" in line for line in told)


def test_a_repealed_or_missing_provision_is_told(small_corpus: Corpus) -> None:
    repealed = _audited(small_corpus, law(start="<P>(weggefallen)</P>"))
    moved = _audited(small_corpus, law(period=PERIOD.replace("(1)", "(2)")))

    assert any("de/bzrg/36 (en): the official text marks it as repealed" in line for line in repealed)
    assert any("de/bzrg/34/1 (de): the official text has no provision of this number" in line for line in moved)


# -- from publishers -------------------------------------------------------------------------------------------------


@dataclass
class Publisher:
    """A server that answers as it is told, and remembers what it was asked."""

    url: str
    answers: list[Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=list)
    asked: list[tuple[str, dict[str, str]]] = field(default_factory=list)


@pytest.fixture
def publisher() -> Iterator[Publisher]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            played.asked.append((self.path, dict(self.headers)))
            answer = played.answers.pop(0) if len(played.answers) > 1 else played.answers[0]
            answer(self)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    played = Publisher(f"http://127.0.0.1:{server.server_port}/bzrg/xml.zip")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield played
    server.shutdown()
    server.server_close()


def sends(
    data: bytes = b"", status: int = 200, promised: int | None = None, **headers: str
) -> Callable[[BaseHTTPRequestHandler], None]:
    """An answer; `promised` is the length that it names, if not its own."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        for name, value in headers.items():
            handler.send_header(name.replace("_", "-"), value)
        handler.send_header("Content-Length", str(len(data) if promised is None else promised))
        handler.end_headers()
        handler.wfile.write(data)
        handler.close_connection = True

    return answer


def fetcher(**settings: object) -> Fetcher:
    return Fetcher(**{"pause": 0.0, "timeout": 2.0, "sleep": lambda _: None, **settings})  # type: ignore[arg-type]


def test_a_file_comes_out_of_its_archive_with_what_is_needed_to_ask_again(publisher: Publisher) -> None:
    publisher.answers = [sends(archive(law()), ETag='"1"', Last_Modified="Tue, 28 Apr 2026 20:00:00 GMT")]

    answer = fetcher().get(publisher.url)

    assert answer.data == law()
    assert (answer.etag, answer.last_modified) == ('"1"', "Tue, 28 Apr 2026 20:00:00 GMT")
    assert "clean-slate-atlas" in publisher.asked[0][1]["User-Agent"]


def test_what_has_not_changed_is_not_sent_again(publisher: Publisher) -> None:
    publisher.answers = [sends(status=304)]

    answer = fetcher().get(publisher.url, '"1"', "Tue, 28 Apr 2026 20:00:00 GMT")

    assert answer.data is None
    assert publisher.asked[0][1]["If-None-Match"] == '"1"'
    assert publisher.asked[0][1]["If-Modified-Since"] == "Tue, 28 Apr 2026 20:00:00 GMT"


def test_a_busy_publisher_is_asked_again_after_the_time_it_names(publisher: Publisher) -> None:
    waited: list[float] = []
    publisher.answers = [sends(status=503, Retry_After="7"), sends(archive(law()))]

    assert fetcher(sleep=waited.append).get(publisher.url).data == law()
    assert 7.0 in waited


def test_requests_to_one_publisher_keep_their_distance(publisher: Publisher) -> None:
    waited: list[float] = []
    publisher.answers = [sends(archive(law()))]
    polite = fetcher(pause=5.0, sleep=waited.append)
    polite.get(publisher.url)
    polite.get(publisher.url)

    assert len(waited) == 1
    assert 4.0 < waited[0] <= 5.0


def _slow(handler: BaseHTTPRequestHandler) -> None:
    threading.Event().wait(1.0)
    handler.close_connection = True


def _dripping(handler: BaseHTTPRequestHandler) -> None:
    handler.send_response(200)
    handler.send_header("Content-Length", "5000")
    handler.end_headers()
    for _ in range(40):
        try:
            handler.wfile.write(b" ")
        except OSError:  # the other side has had enough
            break
        threading.Event().wait(0.05)
    handler.close_connection = True


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (_dripping, "took longer than 0.5 s"),
        (sends(status=500), "is busy or out of order; try again later"),
        (sends(status=404), "answers with status 404"),
        (sends(archive(law())[:200], promised=5_000), "broke off its answer"),
        (_slow, "did not answer within 0.3 s"),
        (sends(archive(law())[:-60]), "the archive is damaged"),
        (sends(archive(law(), name="readme.txt")), "the archive holds 0 XML files"),
        (sends(b"x" * 200_001), "is larger than 200,000 bytes"),
        (sends(archive(b" " * 300_000)), "unpacks to more than 200,000 bytes"),
        (
            sends(status=302, Location="https://elsewhere.example/x.xml"),
            "sends us on to another site (elsewhere.example)",
        ),
        (sends(status=302, Location="/bzrg/xml.zip"), "sends us on more than 5 times"),
    ],
    ids=[
        "dripping",
        "error",
        "gone",
        "truncated",
        "slow",
        "damaged",
        "no xml",
        "large",
        "swelling",
        "elsewhere",
        "in circles",
    ],
)
def test_every_fault_of_a_publisher_is_one_line(
    publisher: Publisher, answer: Callable[[BaseHTTPRequestHandler], None], says: str
) -> None:
    publisher.answers = [answer]

    with pytest.raises(SourceError) as raised:
        fetcher(timeout=0.3, tries=2, limit=200_000, most_seconds=0.5).get(publisher.url)

    assert says in str(raised.value)
    assert str(raised.value).startswith(publisher.url)
    assert "\n" not in str(raised.value)


def test_a_redirect_within_the_publishers_site_is_followed(publisher: Publisher) -> None:
    publisher.answers = [sends(status=301, Location="/new/xml.zip"), sends(archive(law()))]

    assert fetcher().get(publisher.url).data == law()
    assert [path for path, _ in publisher.asked] == ["/bzrg/xml.zip", "/new/xml.zip"]


def test_without_a_network_the_message_says_what_to_do() -> None:
    with pytest.raises(SourceError, match=r"there is no connection .* use --from with saved files"):
        fetcher(tries=1).get("http://127.0.0.1:9/xml.zip")


def offered(corpus: Corpus, index: Path) -> publishing.Offered:
    return publishing.offered(corpus, index, ["de/bzrg"], fetcher())


def at(publisher: Publisher, monkeypatch: pytest.MonkeyPatch) -> None:
    """The one publisher has whatever is asked for."""
    monkeypatch.setattr(publishing, "addresses", lambda *_: [publisher.url])


def test_a_second_pull_of_the_same_file_finds_nothing_new(
    small_corpus: Corpus, index: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(publisher, monkeypatch)
    publisher.answers = [sends(archive(law()), ETag='"1"'), sends(archive(law())), sends(status=304)]

    first = offered(small_corpus, index)
    pull.store(small_corpus, index, pull.read(small_corpus, first.received, DAY))

    assert first.outcomes == {"de/bzrg": publishing.Outcome.FETCHED}
    for _ in range(2):  # the same bytes, then "not modified"
        again = offered(small_corpus, index)
        assert (again.received, again.outcomes) == ([], {"de/bzrg": publishing.Outcome.UNCHANGED})
    assert publisher.asked[1][1]["If-None-Match"] == '"1"'


def test_a_page_that_holds_another_law_is_refused(
    small_corpus: Corpus, index: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    at(publisher, monkeypatch)
    publisher.answers = [sends(archive(law().replace(b"\xc2\xa7 3", b"\xc2\xa7 93")))]

    with pytest.raises(SourceError, match="holds none of the provisions of de/bzrg that are restated here"):
        pull.read(small_corpus, offered(small_corpus, index).received, DAY)


def test_asking_for_everything_says_of_each_instrument_what_came_of_it(
    index: Path, publisher: Publisher, monkeypatch: pytest.MonkeyPatch
) -> None:
    corpus = load()

    def there(_: Corpus, instrument: str, *__: object) -> list[str]:
        if instrument == "de/bzrg":
            return [publisher.url]
        if instrument.startswith("us-ny"):
            raise NeedsFile(f"{instrument}: save the page")
        if instrument.startswith("uk"):
            return [publisher.url, publisher.url.replace("xml.zip", "second.xml")]
        raise NoAddress(f"{instrument}: a plan and no law")

    def answer(handler: BaseHTTPRequestHandler) -> None:
        (sends(archive(law())) if handler.path.endswith("zip") else sends(status=404))(handler)

    monkeypatch.setattr(publishing, "addresses", there)
    publisher.answers = [answer]
    found = publishing.all_offered(corpus, index, fetcher(tries=1))

    places = {one: found.outcomes[one].value for one in corpus.instruments}
    assert places["de/bzrg"] == "fetched"
    assert {what for one, what in places.items() if one.startswith("us-ny")} == {"needs a file"}
    assert {what for one, what in places.items() if one.startswith("uk")} == {"failed"}
    assert {one.instrument for one in found.received} == {"de/bzrg"}  # of an instrument half fetched, nothing is kept
    assert [one.instrument for one in publishing.read_each(corpus, found, DAY)] == ["de/bzrg"]
    assert any(line.startswith("us-ny/cpl: needs a file (save the page)") for line in found.lines())
    assert "1 fetched" in found.lines()[-1]
    assert [path for path, _ in publisher.asked].count("/bzrg/xml.zip") == 1  # one address is asked for once


def test_asking_for_everything_without_a_network_ends_at_once(
    small_corpus: Corpus, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def nowhere(_: Corpus, instrument: str, *__: object) -> list[str]:
        asked.append(instrument)
        return ["http://127.0.0.1:9/xml.zip"]

    monkeypatch.setattr(publishing, "addresses", nowhere)

    with pytest.raises(SourceError, match="there is no connection"):
        publishing.all_offered(small_corpus, index, fetcher(tries=1))
    assert len(asked) == 1


def test_a_page_that_names_todays_address_is_read_first(
    publisher: Publisher, index: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from indexer.sources.addresses import addresses

    def page(url: str) -> str:
        assert url == "https://uscode.house.gov/download/download.shtml"
        return '<a href="releasepoints/us/pl/119/41not21/xml_usc18@119-41not21.zip">[XML]</a><a href="xml_usc21@119-41.zip">'

    corpus = load()

    assert addresses(corpus, "us/usc-18", page) == [
        "https://uscode.house.gov/download/releasepoints/us/pl/119/41not21/xml_usc18@119-41not21.zip"
    ]
    with pytest.raises(SourceError, match="names no file any more"):
        addresses(corpus, "us/usc-15", page)


def test_a_changed_page_without_a_date_starts_on_the_day_it_was_seen_and_flags_the_restatement(
    small_corpus: Corpus, folder: Path, index: Path
) -> None:
    def undated(text: bytes) -> bytes:
        return text.replace(b'builddate="20260428215502"', b'builddate=""')

    for day, period in ((date(2026, 5, 1), "fünf"), (DAY, "sechs"), (date(2026, 12, 24), "fünf")):
        (folder / "bzrg.xml").write_bytes(undated(law(period=PERIOD.replace("fünf Jahre", f"{period} Jahre"))))
        received = pull.from_folder(small_corpus, folder, ["de/bzrg"])
        (report,) = pull.store(small_corpus, index, pull.read(small_corpus, received, day))

    kept = official.kept(index, "de/bzrg")
    assert kept is not None
    spans = [
        (one.text.split("\n")[2], span.first, span.last)
        for one, span in official.with_spans(small_corpus, kept.provisions)
        if one.id == "de/bzrg/34/1"
    ]
    assert spans == [
        ("2. fünf Jahre sonst,", date(2026, 5, 1), date(2026, 11, 24)),
        ("2. sechs Jahre sonst,", DAY, date(2026, 12, 23)),
        ("2. fünf Jahre sonst,", date(2026, 12, 24), None),
    ]
    assert report.stale == (
        "check: § 34 Abs. 1 (de/bzrg/34/1) changed before 2026-12-24, restatement checked on 2026-11-25",
    )


# -- the commands ----------------------------------------------------------------------------------------------------


def _broken_off(handler: BaseHTTPRequestHandler) -> None:
    sends(archive(law(build_day="20260801"))[:200], promised=5_000)(handler)


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize(
    ("second", "says"),
    [
        (_broken_off, "broke off its answer"),
        (sends(status=500), "is busy or out of order"),
        (sends(status=302, Location="https://elsewhere.example/xml.zip"), "sends us on to another site"),
        (sends(b"<html><body>Maintenance</body></html>"), "is in no publisher's format known here"),
    ],
    ids=["broken off", "out of order", "sent elsewhere", "a page of excuses"],
)
def test_a_pull_of_which_one_file_fails_changes_nothing_at_all(
    second: Callable[[BaseHTTPRequestHandler], None],
    says: str,
    index: Path,
    folder: Path,
    publisher: Publisher,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    run(capsys, "pull", "de/bzrg", "--from", folder, "--index", index, "--quiet")
    before = {path: path.read_bytes() for path in sorted(index.rglob("*")) if path.is_file()}

    def answer(handler: BaseHTTPRequestHandler) -> None:
        newer = law(period=PERIOD.replace("fünf", "sechs"), build_day="20260801")
        (sends(archive(newer)) if handler.path.endswith("xml.zip") else second)(handler)

    publisher.answers = [answer]
    both = [publisher.url, publisher.url.replace("xml.zip", "annex.xml")]
    monkeypatch.setattr(publishing, "addresses", lambda *_: both)
    monkeypatch.setattr(command, "Fetcher", lambda: fetcher(tries=1))
    status, out, err = run(capsys, "pull", "de/bzrg", "--index", index, "--quiet")

    assert (status, out) == (2, "")
    assert says in err
    assert err.count("\n") == 1
    assert {path: path.read_bytes() for path in sorted(index.rglob("*")) if path.is_file()} == before


@pytest.mark.usefixtures("_small")
def test_over_the_network_the_shell_tells_the_difference_and_what_to_check(
    index: Path, folder: Path, publisher: Publisher, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stand = "<standangabe><standtyp>Stand</standtyp><standkommentar>zuletzt geändert durch G v. 1.12.2026</standkommentar></standangabe>"
    newer = law(period=PERIOD.replace("fünf Jahre", "sechs Jahre"), build_day="20261202")
    publisher.answers = [sends(archive(newer.replace(b"</langue>", f"</langue>{stand}".encode())))]
    run(capsys, "pull", "de/bzrg", "--from", folder, "--index", index, "--quiet")
    at(publisher, monkeypatch)
    monkeypatch.setattr(command, "Fetcher", fetcher)

    status, out, err = run(capsys, "pull", "de/bzrg", "--index", index, "--quiet")

    assert (status, err) == (0, "")
    assert "de/bzrg/34/1: changed\n  - 2. fünf Jahre sonst,\n  + 2. sechs Jahre sonst,\n" in out
    assert "check: § 34 Abs. 1 (de/bzrg/34/1) changed on 2026-12-01, restatement checked on 2026-11-25" in out


def run(capsys: pytest.CaptureFixture[str], *arguments: str | Path) -> tuple[int, str, str]:
    status = command.main([str(argument) for argument in arguments])
    out, err = capsys.readouterr()
    return status, out, err


@pytest.fixture
def _small(monkeypatch: pytest.MonkeyPatch, small_corpus: Corpus) -> None:
    monkeypatch.setattr(command, "load_corpus", lambda: small_corpus)
    monkeypatch.setattr(command, "new_embedder", HashingEmbedder)


@pytest.mark.usefixtures("_small")
def test_pull_tells_what_it_did_and_audit_reads_what_was_pulled(
    folder: Path, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    status, out, err = run(capsys, "pull", "de/bzrg", "--from", folder, "--index", index, "--quiet")
    assert (status, err) == (0, "")
    assert "de/bzrg: 3 provisions, 100.00% of the characters kept" in out

    assert "de/bzrg (version of 2026-04-28): 0 differences" in run(capsys, "audit", "--index", index)[1]
    assert json.loads(run(capsys, "audit", "--from", folder, "--json")[1]) == []
    facts = json.loads(run(capsys, "info", "--json", "--index", index)[1])
    assert facts["kinds"]["official_text"] == 2


@pytest.mark.usefixtures("_small")
@pytest.mark.parametrize(
    ("arguments", "says"),
    [
        (["pull"], "name instruments"),
        (["pull", "us-ny/cpl"], "wants a key of your own.*--from FOLDER"),
        (["pull", "de/none"], "is no instrument of the corpus"),
        (["pull", "de/bzrg", "--from", "nowhere"], "nowhere: is no folder"),
        (["audit"], "holds no official text to compare with"),
    ],
)
def test_faults_of_pull_and_audit_are_one_line_with_the_next_step(
    arguments: list[str], says: str, index: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    import re

    status, out, err = run(capsys, *arguments, "--index", index)

    assert (status, out) == (2, "")
    assert re.search(says, err)
    assert err.count("\n") == 1
