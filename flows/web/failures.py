"""What can go wrong at the HTTP door, in one word each."""

from __future__ import annotations

FAILURES: dict[str, str] = {
    "bad_url": "not an http or https address that can be asked for",
    "refused_address": "the address or port is private, special, or not one of the web",
    "dns": "the name does not resolve, or not in time",
    "connect": "no connection, or it broke before an answer",
    "tls": "the certificate or the handshake is not good",
    "timeout": "the whole request took longer than its deadline",
    "bad_response": "what came back is not HTTP, or no answer to what was asked",
    "http_status": "the outlet answered with a status of 400 or more",
    "redirects": "more redirects than allowed, or one that leads nowhere",
    "too_large": "the body is larger than allowed, as sent or decoded",
    "bad_encoding": "the body is encoded in a way that was not offered, or badly",
    "truncated": "the body ended before its end",
    "robots": "the outlet's robots.txt forbids the address",
    "robots_unavailable": "the outlet's robots.txt could not be read, which forbids everything (RFC 9309, 2.3.1.4)",
    "rate_limited": "the host asked us to wait, and the wait is not over",
}


class WebFailure(Exception):
    """A request failed: `reason` is one word of FAILURES, `detail` what happened, without the address.

    Never leaves the door: it becomes the `failure` and, with the address put before it, the `detail` of a Reply.
    """

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason
        self.detail = detail
