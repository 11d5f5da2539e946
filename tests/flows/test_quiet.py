"""Quiet hours: what is due to a notification address waits; the feed does not."""

from datetime import UTC, datetime, timedelta

import pytest

from flows.outlets import read_configuration
from flows.quiet import read_quiet_hours
from flows.settings import ConfigurationError

OUTLET = '[post]\nname = "Post"\nfeeds = ["https://post.test/rss"]\n'
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "hour", "quiet"),
    [
        ("22:00-07:00", 22, True),
        ("22:00-07:00", 6, True),
        ("22:00-07:00", 7, False),
        ("22:00-07:00", 21, False),
        ("12:00-13:30", 13, True),
        ("12:00–13:00", 13, False),
        ("22:00-07:00 Europe/Berlin", 21, True),  # an hour east of UTC
        ("22:00-07:00 Europe/Berlin", 6, False),
    ],
)
def test_quiet_hours_hold_from_start_to_end_in_their_zone(text, hour, quiet):
    assert read_quiet_hours(text).holds(NOON.replace(hour=hour)) is quiet


def test_zone_follows_its_summer_time():
    berlin = read_quiet_hours("22:00-07:00 Europe/Berlin")
    assert berlin.holds(datetime(2026, 7, 2, 20, 30, tzinfo=UTC))
    assert not berlin.holds(datetime(2026, 1, 2, 20, 30, tzinfo=UTC))


@pytest.mark.parametrize(
    ("value", "says"),
    [
        ('"at night"', "is no span of hours"),
        ('"25:00-07:00"', "holds no time of the day"),
        ('"07:00-07:00"', "begins and ends at 07:00"),
        ('"22:00-07:00 Mars/Olympus"', "names the zone 'Mars/Olympus', which is not known"),
        ("22", "must be a text"),
    ],
)
def test_other_hours_are_refused_with_their_line(tmp_path, value, says):
    (tmp_path / "outlets.toml").write_text(f"[alerts]\nquiet_hours = {value}\n{OUTLET}")
    with pytest.raises(ConfigurationError, match=rf"outlets\.toml:2: \[alerts\] 'quiet_hours'.*{says}"):
        read_configuration(tmp_path / "outlets.toml")


def test_hours_are_read_from_alerts(tmp_path):
    (tmp_path / "outlets.toml").write_text(f'[alerts]\nquiet_hours = "22:00-07:00"\n{OUTLET}')
    read = read_configuration(tmp_path / "outlets.toml").quiet_hours
    assert read is not None
    assert read.holds(NOON + timedelta(hours=11))
