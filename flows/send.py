"""Send messages to one notification address, in a process of its own that its caller can kill.

Apprise has no limit on a whole send: a reply that drips outlives its timeout (research/faults.md §1c). Standard input
holds `{"address", "messages": [{"id", "title", "body"}]}`: an address is a secret and stays off the command line.
Standard output has one JSON line a message: `{"id", "error"}`, error null when it was delivered.
"""

from __future__ import annotations

import json
import logging
import sys

import apprise


class _LastError(logging.Handler):
    """Keeps what Apprise says of a failure: its return value is only true or false."""

    text = ""

    def emit(self, record: logging.LogRecord) -> None:
        self.text = record.getMessage()


def _as_text(address: str) -> str:
    """Return an address of mail that asks for plain text, unless it says otherwise; any other as it is.

    Apprise makes HTML of a mail, with a space in it that no reader breaks a line at.
    """
    if not address.lower().startswith(("mailto:", "mailtos:")) or "format=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}format=text"


def main() -> None:
    """Read the order from standard input and send it."""
    order = json.load(sys.stdin)
    said = _LastError(logging.WARNING)
    logging.getLogger("apprise").addHandler(said)
    service = apprise.Apprise()
    known = service.add(_as_text(order["address"]))
    for message in order["messages"]:
        said.text = "" if known else "not an address that Apprise knows"
        sent = known and service.notify(
            title=message["title"], body=message["body"], body_format=apprise.NotifyFormat.TEXT
        )
        error = None if sent else (said.text or "refused without a reason")
        sys.stdout.write(json.dumps({"id": message["id"], "error": error}) + "\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
