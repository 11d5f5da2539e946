"""robots.txt: what an outlet lets us fetch (RFC 9309)."""

from __future__ import annotations

from dataclasses import dataclass

from protego import Protego

from extractors.records import Reply
from flows.web.failures import WebFailure
from flows.web.limits import ROBOTS_BYTES

PRODUCT = "Muster"  # the token that a robots.txt names us by

# Failures of the host itself: they say more than "robots_unavailable" does.
OF_THE_HOST = frozenset({"dns", "connect", "tls", "refused_address", "rate_limited"})


@dataclass(frozen=True, slots=True)
class Robots:
    """The rules of one host. `failure` is set when they could not be read: then nothing may be fetched."""

    rules: Protego | None = None  # None: no rules, all is allowed
    failure: WebFailure | None = None

    def check(self, url: str) -> None:
        """Raise WebFailure robots, or why the rules could not be read, when an address may not be fetched."""
        if self.failure:
            raise WebFailure(self.failure.reason, self.failure.detail)
        if self.rules and not self.rules.can_fetch(url, PRODUCT):
            raise WebFailure("robots", "robots.txt forbids it")

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps that it names, on whatever host."""
        return tuple(self.rules.sitemaps) if self.rules else ()

    def crawl_delay(self) -> float:
        """Return the pause in seconds that the host wants between requests, 0 for none."""
        if not self.rules:
            return 0.0
        rate = self.rules.request_rate(PRODUCT)
        by_rate = rate.seconds / rate.requests if rate and rate.requests else 0.0
        return max(float(self.rules.crawl_delay(PRODUCT) or 0), float(by_rate))


def robots_of(reply: Reply) -> Robots:
    """Return the rules that a reply to a request for robots.txt sets.

    RFC 9309, 2.3.1: a status of 4xx, or more redirects than followed, sets no rules; 5xx or no answer forbids all.
    429 is counted with the latter: who asks us to slow down has not given us leave.
    """
    status = reply.status
    if reply.failure == "redirects" or (status and 400 <= status < 500 and status != 429):
        return Robots()
    if reply.failure:
        _, _, sentence = (reply.detail or "").partition(": ")
        if reply.failure in OF_THE_HOST:
            return Robots(failure=WebFailure(reply.failure, sentence))
        return Robots(failure=WebFailure("robots_unavailable", f"robots.txt could not be read: {sentence}"))
    body = reply.body
    if len(body) >= ROBOTS_BYTES:  # half of the last line may say the opposite of the whole of it
        body = body[: body.rfind(b"\n") + 1]
    return Robots(Protego.parse(body.decode("utf-8-sig", "replace")))
