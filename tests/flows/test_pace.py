import logging

import pytest

from flows.pace import COUNTED, LOGGER, Counter, Pace


@pytest.mark.parametrize(
    ("pace", "words", "percent"),
    [
        (Pace(0, 40, 0), "0 of 40 pages, no page yet, about unknown left", 0),
        (Pace(10, 40, 20), "10 of 40 pages, 30 pages a minute, about 0:01:00 left", 25),
        (Pace(40, 40, 80), "40 of 40 pages, 30 pages a minute, about 0:00:00 left", 100),
        (Pace(1, 20_001, 1.2), "1 of 20,001 pages, 50 pages a minute, about 6:40:00 left", 1 / 200.01),
        (Pace(0, 0, 0), "0 of 0 pages, no page yet, about unknown left", 100),
    ],
)
def test_rate_and_rest_follow_from_what_is_done(pace, words, percent):
    assert (pace.words(), pace.percent) == (words, pytest.approx(percent))


def test_pages_count_as_they_are_asked_for_and_units_as_they_are_done(caplog):
    seconds = iter(range(100))
    counter = Counter("gazette", 10, lambda: next(seconds))
    logging.getLogger(LOGGER).addHandler(caplog.handler)
    counter.page()
    counter.page()
    logging.getLogger(LOGGER).removeHandler(caplog.handler)
    assert [getattr(record, COUNTED).done for record in caplog.records] == [1, 2]
    counter.unit(5)  # three of them lay in the archive
    counter.page()
    assert counter.pace().done == 6
