"""Files from publishers over HTTP, politely and safely.

One request at a time for each publisher, with a pause between them; a few retries that wait longer each time, or as long as
the publisher asks; a time limit and a size limit; only what has changed (ETag, Last-Modified); redirects only within the
publisher's own site; and no half answer is ever used.
"""

from __future__ import annotations

import io
import time
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit

import httpx

from indexer.sources.model import MAX_BYTES, SourceError

AGENT = "clean-slate-atlas (reads official law texts for an index on the reader's own machine)"
MAX_REDIRECTS = 5
MAX_SECONDS = 120.0
"""The longest that one answer may take from first to last byte."""
MAX_WAIT = 60.0
_NO_NETWORK = "check the network, or use --from with saved files"
RETRIED = (429, 500, 502, 503, 504)


class Unreachable(SourceError):
    """A publisher's machine cannot be reached at all: there may be no network."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A file as it came; `data` is `None` where the publisher says that it has not changed."""

    url: str
    data: bytes | None
    etag: str = ""
    last_modified: str = ""


@dataclass
class Fetcher:
    """Fetches files. `pause` is the least number of seconds between two requests to one host, `tries` how often one is tried."""

    pause: float = 1.0
    tries: int = 4
    timeout: float = 20.0
    limit: int = MAX_BYTES
    most_seconds: float = MAX_SECONDS
    sleep: Callable[[float], None] = time.sleep
    _last: dict[str, float] = field(default_factory=dict)

    def get(self, url: str, etag: str = "", last_modified: str = "") -> Answer:
        """The file at `url`, an XML unpacked from its archive. Raises `SourceError` with the address, fault and next step."""
        headers = {"User-Agent": AGENT, "Accept-Encoding": "gzip, deflate"}
        headers |= {"If-None-Match": etag} if etag else {}
        headers |= {"If-Modified-Since": last_modified} if last_modified else {}
        with httpx.Client(timeout=self.timeout, headers=headers, trust_env=True) as client:
            answer = self._followed(client, url)
        if answer.data is not None and answer.data[:4] == b"PK\x03\x04" and urlsplit(url).path.endswith(".zip"):
            return Answer(url, unpacked(answer.data, url, self.limit), answer.etag, answer.last_modified)
        return Answer(url, answer.data, answer.etag, answer.last_modified)

    def _followed(self, client: httpx.Client, url: str) -> Answer:
        asked = url
        for _ in range(MAX_REDIRECTS + 1):
            found = self._tried(client, asked)
            if isinstance(found, Answer):
                return found
            target = urljoin(asked, found)
            if not _same_publisher(url, target):
                raise SourceError(
                    f"{url}: sends us on to another site ({urlsplit(target).netloc}); fetch it by hand, use --from"
                )
            asked = target
        raise SourceError(f"{url}: sends us on more than {MAX_REDIRECTS} times; fetch it by hand and use --from")

    def _tried(self, client: httpx.Client, url: str) -> Answer | str:
        """The answer, or where the publisher sends us. Faults that may pass are tried again."""
        fault, kind = "", SourceError
        for attempt in range(self.tries):
            self._wait_turn(url)
            kind = SourceError
            try:
                found = self._once(client, url)
            except (httpx.ConnectError, httpx.ConnectTimeout) as error:
                fault, kind = f"there is no connection ({type(error).__name__}); {_NO_NETWORK}", Unreachable
            except httpx.TimeoutException:
                fault = f"did not answer within {self.timeout:g} s; try again later"
            except httpx.HTTPError as error:
                fault = f"broke off its answer ({type(error).__name__}); try again later"
            else:
                if not isinstance(found, float):
                    return found
                fault = "answers that it is busy or out of order; try again later"
                self.sleep(min(found, MAX_WAIT))
            if attempt + 1 < self.tries:
                self.sleep(self.pause * 2**attempt)
        raise kind(f"{url}: {fault}")

    def _once(self, client: httpx.Client, url: str) -> Answer | str | float:
        """The answer, where we are sent, or how many seconds the publisher wants us to wait."""
        with client.stream("GET", url) as response:
            if response.status_code == 304:
                return Answer(url, None)
            if response.has_redirect_location:
                return str(response.headers["location"])
            if response.status_code in RETRIED:
                return _seconds(response.headers)
            if response.status_code != 200:
                raise SourceError(
                    f"{url}: answers with status {response.status_code}; look whether the address has changed"
                )
            data = self._body(response, url)
            return Answer(url, data, response.headers.get("etag", ""), response.headers.get("last-modified", ""))

    def _body(self, response: httpx.Response, url: str) -> bytes:
        begin, kept = time.monotonic(), bytearray()
        for chunk in response.iter_bytes():
            kept += chunk
            if len(kept) > self.limit:
                raise SourceError(
                    f"{url}: is larger than {self.limit:,} bytes; fetch the part that matters, use --from"
                )
            if time.monotonic() - begin > self.most_seconds:
                raise SourceError(f"{url}: took longer than {self.most_seconds:g} s; try again later")
        return bytes(kept)

    def _wait_turn(self, url: str) -> None:
        host = urlsplit(url).netloc
        since = time.monotonic() - self._last.get(host, -self.pause)
        if since < self.pause:
            self.sleep(self.pause - since)
        self._last[host] = time.monotonic()


def _seconds(headers: Mapping[str, str]) -> float:
    told = headers.get("retry-after", "")
    return float(told) if told.isdigit() else 0.0


def _same_publisher(url: str, target: str) -> bool:
    """Whether an address lies on the same site, and is not less safe than the one asked for."""
    asked, sent = urlsplit(url), urlsplit(target)
    same_site = _site(asked.hostname or "") == _site(sent.hostname or "") and asked.port == sent.port
    return same_site and sent.scheme in (asked.scheme, "https")


def _site(host: str) -> str:
    return host.removeprefix("www.")


def unpacked(data: bytes, url: str, limit: int) -> bytes:
    """The one XML file of an archive. Raises `SourceError` for a damaged archive, one without, or one that swells."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            files = [one for one in archive.infolist() if one.filename.lower().endswith(".xml")]
            if len(files) != 1:
                raise SourceError(
                    f"{url}: the archive holds {len(files)} XML files, expected one; unpack it, use --from"
                )
            if files[0].file_size > limit:
                raise SourceError(f"{url}: unpacks to more than {limit:,} bytes; unpack it yourself and use --from")
            with archive.open(files[0]) as file:
                found = file.read(limit + 1)
    except (zipfile.BadZipFile, RuntimeError, NotImplementedError, OSError):
        raise SourceError(f"{url}: the archive is damaged; try again later") from None
    if len(found) > limit:
        raise SourceError(f"{url}: unpacks to more than {limit:,} bytes; unpack it yourself and use --from")
    return found
