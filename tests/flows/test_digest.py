"""The daily digest: which alerts, in which message."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.digest import MOST_ALERTS, digests, of_days_past
from flows.outlets import read_configuration
from flows.settings import ConfigurationError
from warehouse.outbox import Delivery

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
OUTLET = '[post]\nname = "Post"\nfeeds = ["https://post.test/rss"]\n'


def alert(number, raised_at=NOW, title="7 tanks", url="https://post.test/a"):
    return Delivery(number, "slack-1", "new_figure", raised_at, title, "Sentence.", url, 0)


def test_alerts_of_today_wait():
    yesterday = alert(1, NOW - timedelta(hours=10))
    assert of_days_past([yesterday, alert(2)], NOW) == [yesterday]


def test_each_day_has_messages_of_its_own_with_stable_ids():
    alerts = [alert(n) for n in range(MOST_ALERTS + 1)] + [alert(99, NOW - timedelta(days=1))]
    told = list(digests(alerts))
    assert [message["title"] for message, _ in told] == [
        "Muster, 2026-03-01: 1 alert",
        "Muster, 2026-03-02: 11 alerts, part 1 of 2",
        "Muster, 2026-03-02: 11 alerts, part 2 of 2",
    ]
    assert sorted(d.alert_id for _, part in told for d in part) == sorted(d.alert_id for d in alerts)
    assert [m["id"] for m, _ in told] == [m["id"] for m, _ in digests(alerts[::-1][:1] + alerts[:-1])]
    assert len({m["id"] for m, _ in told}) == 3


def test_text_of_a_page_does_nothing_in_a_digest():
    ((message, _),) = digests([alert(7, title="<!channel> @everyone", url="javascript:alert(1)")])
    assert message["body"] == "• ‹!channel› ＠everyone\nalert 7"


@pytest.mark.parametrize(
    ("line", "daily"), [('digest = "daily"\n', True), ("", False), ("new_contact = false\n", False)]
)
def test_digest_is_asked_for_in_alerts(tmp_path, line, daily):
    (tmp_path / "outlets.toml").write_text(f"[alerts]\n{line}{OUTLET}")
    assert read_configuration(tmp_path / "outlets.toml").daily_digest is daily


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ('digest = "dayly"', "'digest': unknown 'dayly', did you mean 'daily'"),
        ("digest = true", "'digest' must be a text"),
    ],
)
def test_another_digest_is_refused_with_its_line(tmp_path, line, says):
    (tmp_path / "outlets.toml").write_text(f"[alerts]\n{line}\n{OUTLET}")
    with pytest.raises(ConfigurationError, match=rf"outlets\.toml:2: \[alerts\] {says}"):
        read_configuration(tmp_path / "outlets.toml")
