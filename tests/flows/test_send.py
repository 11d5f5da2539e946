"""Alerts by mail: over a real session with a mail server, with texts that try to break out of the message."""

from datetime import UTC, datetime

import pytest

from flows.deliver import message, send_apart
from tests.newsroom.mailbox import open_mailbox
from warehouse.outbox import Delivery

HOSTILE = Delivery(
    alert_id=7,
    channel="mailto-1",
    rule="new_figure",
    raised_at=datetime(2026, 3, 2, tzinfo=UTC),
    title="115,000 troops\r\nBcc: spy@evil.test\r\n\r\n<script>alert(1)</script> \u202eevil",
    body="He said <b>115,000</b> & <img src=x onerror=alert(1)>.\r\n.\r\nQUIT\r\n[click](https://evil.test/x)",
    url="https://post.test/a?b=1&c=2\r\nBcc: spy@evil.test",
    attempts=0,
)


@pytest.mark.parametrize("asked", ["", "&format=html"])
def test_text_of_a_page_breaks_out_of_no_mail(asked):
    with open_mailbox() as mailbox:
        assert send_apart(mailbox.address + asked, [message(HOSTILE)], 30) == {"7": None}
    (mail,) = mailbox.messages
    assert mailbox.recipients == ["editor@desk.test"]
    assert mail["Subject"] == "115,000 troops Bcc: spy＠evil.test ‹script›alert(1)‹/script› evil"
    assert [mail[name] for name in ("Bcc", "Cc", "To")] == [None, None, "editor@desk.test"]
    texts = {part.get_content_type(): part.get_content() for part in mail.walk() if not part.is_multipart()}
    assert set(texts) == ({"text/plain", "text/html"} if asked else {"text/plain"})
    assert texts["text/plain"].splitlines()[1:4] == [".", "QUIT", "［click］(https：//evil.test/x)"]
    assert texts["text/plain"].splitlines()[-2:] == ["https://post.test/a?b=1&c=2%0ABcc:%20spy@evil.test", "alert 7"]
    html = texts.get("text/html", "")
    assert "<b>" not in html
    assert "<img" not in html
    assert "<a " not in html
