"""Whole pages from WARC files: the own archive, or a crawl of many sites such as CC-NEWS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from io import BytesIO
from urllib.parse import urlsplit

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeaders, StatusAndHeadersParser

from extractors.addresses import address_day, is_article_address
from extractors.records import Reply
from flows.outlets import Outlet
from flows.sources.warcfile import RecordHead, WarcFile, WarcSource
from flows.sources.wayback import original_address
from flows.web.decode import decode_body
from flows.web.failures import WebFailure

MOST_BODY = 10_000_000  # of a page, as the HTTP door has it
DAY = timedelta(days=1)


class Stopped(Exception):
    """Whoever wanted the pages of a file is gone."""


@dataclass(frozen=True, slots=True)
class WarcPage:
    """A page with the file and the offset that it came from."""

    reply: Reply
    source: WarcSource
    offset: int


class WarcPages:
    """The pages of one outlet in WARC files. Iterating gives them in the order of the files.

    `hosts` are the outlet's ("outlet.test" stands for its subdomains too). `dropped` counts what was passed over and
    why; `cuts` names the files that end too early. A page that nothing dates is given: its text may date it. Once
    `stopped` says so, the reading ends with Stopped.
    """

    def __init__(
        self,
        sources: Iterable[WarcSource],
        outlet: Outlet,
        hosts: Sequence[str],
        start: date,
        end: date,
        stopped: Callable[[], bool] = lambda: False,
    ) -> None:
        self.sources, self.outlet, self.start, self.end = tuple(sources), outlet, start, end
        self.hosts = tuple(host.lower().removeprefix("www.") for host in hosts)
        self.dropped: Counter[str] = Counter()
        self.cuts: list[str] = []
        self._stopped = stopped

    def __iter__(self) -> Iterator[WarcPage]:
        for source in self.sources:
            file = WarcFile(source, self._wanted)
            for head, block in file:
                if reply := self._reply(head, block):
                    yield WarcPage(reply, source, head.offset)
            self.dropped.update({"too_large": file.too_large} if file.too_large else {})
            if file.cut:
                self.cuts.append(file.cut)

    def _wanted(self, head: RecordHead) -> bool:
        if self._stopped():
            raise Stopped
        reason = self._unwanted(head)
        if reason:
            self.dropped[reason] += 1
        return not reason

    def _unwanted(self, head: RecordHead) -> str | None:
        """Return why a record is passed over, by its head alone; the cheapest questions come first."""
        if head.kind != "response":
            return "no_response"
        target = original_address(head.target)
        if not self._own_host(target):
            return "other_host"
        if not is_article_address(target, self.outlet.article):
            return "no_article"
        named = address_day(target, self.outlet.article)
        if named and not self.start <= named.day <= self.end:
            return "other_days"
        if not named and head.date and head.date.date() < self.start - DAY:
            return "other_days"  # captured before the first day, so published before it too
        return None

    def _own_host(self, target: str) -> bool:
        lowered = target.lower()
        if not any(own in lowered for own in self.hosts):
            return False  # nearly all of a crawl's records: not worth taking their addresses apart
        try:
            host = (urlsplit(target).netloc.rpartition("@")[2]).lower()
        except ValueError:
            return False
        bare = host.removesuffix(":443").removesuffix(":80")
        return any(bare == own or bare.endswith(f".{own}") for own in self.hosts)

    def _reply(self, head: RecordHead, block: bytes) -> Reply | None:
        stream = BytesIO(block)
        try:
            http: StatusAndHeaders = StatusAndHeadersParser([], verify=False).parse(stream)
            status = int(http.get_statuscode())
            wire = _unchunked(stream, http)
        except (ValueError, EOFError):
            self.dropped["no_http"] += 1
            return None
        if head.date is None:
            self.dropped["no_date"] += 1
            return None
        headers = tuple((str(k), str(v)) for k, v in http.headers if k.lower() != "transfer-encoding")
        body, failure = b"", None
        try:
            body = decode_body(wire, [v for k, v in headers if k.lower() == "content-encoding"], MOST_BODY)
        except WebFailure as error:
            failure = error
        reason = "http_status" if not 200 <= status < 300 else failure.reason if failure else None
        return Reply(
            url=head.target,
            final_url=head.target,
            fetched_at=head.date,
            elapsed_ms=0,
            status=status,
            headers=headers,
            wire=wire,
            body=b"" if reason else body,
            failure=reason,
            detail=failure.detail if failure else None,
        )


def _unchunked(stream: BytesIO, http: StatusAndHeaders) -> bytes:
    """Return the body in one piece; still content-encoded."""
    if "chunked" in (http.get_header("transfer-encoding") or "").lower():
        return bytes(ChunkedDataReader(stream, raise_exceptions=False).read(MOST_BODY + 1))
    return stream.read()
