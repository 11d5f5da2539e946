"""What a terminal shows of a run, and what a pipe does."""

import io
import logging

from rich.console import Console

from flows.console_progress import RunMessages
from flows.pace import COUNTED, Pace


def shown(terminal, *records):
    console = Console(file=io.StringIO(), force_terminal=terminal, width=120, color_system=None)
    status = console.status("starting") if terminal else None
    if status:
        status.start()
    handler = RunMessages(console, status)
    log = logging.Logger("muster")
    log.addHandler(handler)
    for level, text, pace in records:
        log.log(level, "%s", text, extra={COUNTED: pace} if pace else None)
    handler.close()
    if status:
        status.stop()
    return console.file.getvalue()


RECORDS = (
    (logging.INFO, "gazette: 90 addresses", None),
    (logging.INFO, "gazette", Pace(30, 90, 60)),
    (logging.WARNING, "an alert", None),
    (logging.INFO, "gazette", Pace(60, 90, 120)),
)


def test_terminal_shows_a_bar_with_rate_and_remaining_time():
    text = shown(True, *RECORDS)
    assert "60/90" in text and "30 pages a minute, about 0:01:00 left" in text
    assert "an alert" in text


def test_pipe_gets_a_line_a_message_and_no_bar():
    assert shown(False, *RECORDS) == "gazette: 90 addresses\nan alert\n"
