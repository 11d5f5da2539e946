"""A mail server on loopback that takes every message and keeps it."""

from __future__ import annotations

import email
import email.policy
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.message import EmailMessage

ADDRESS = "mailto://127.0.0.1:{port}?mode=insecure&smtp=127.0.0.1&from=muster@desk.test&to=editor@desk.test"


@dataclass
class Mailbox:
    """What came, and the address of it as Apprise takes it."""

    address: str = ""
    recipients: list[str] = field(default_factory=list)
    messages: list[EmailMessage] = field(default_factory=list)


class _Session(socketserver.StreamRequestHandler):
    """One session of SMTP, as far as a sender needs it."""

    timeout = 10
    mailbox: Mailbox

    def handle(self) -> None:
        """Answer until the sender leaves."""
        self._say("220 desk.test")
        for line in self.rfile:
            verb = line[:4].upper()
            if verb == b"RCPT":
                self.mailbox.recipients.append(line.decode().strip().partition(":")[2].strip("<> "))
            if verb == b"DATA":
                self._say("354 go on")
                self._keep()
            self._say("221 bye" if verb == b"QUIT" else "250 ok")
            if verb == b"QUIT":
                return

    def _keep(self) -> None:
        lines = iter(self.rfile.readline, b".\r\n")
        raw = b"".join(line.removeprefix(b".") for line in lines)
        self.mailbox.messages.append(email.message_from_bytes(raw, EmailMessage, policy=email.policy.default))

    def _say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@contextmanager
def open_mailbox() -> Iterator[Mailbox]:
    """Yield a mailbox that takes mail while the block runs."""
    mailbox = Mailbox()
    session = type("Session", (_Session,), {"mailbox": mailbox})
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), session) as server:
        mailbox.address = ADDRESS.format(port=server.server_address[1])
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield mailbox
        server.shutdown()
