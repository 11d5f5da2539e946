import pytest

from flows.backfilltable import BackfillReport, UnitReport, backfill_rows, polite_seconds, summed, told_left
from flows.run import RunReport
from warehouse.batch import OutletCounts


def counts(new, *failures):
    return OutletCounts("gazette", 5, new, new, 0, 2, 1, 0, failures)


def report(missing, left, units=()):
    run = RunReport((summed("gazette", [u.counts for u in units]),), ())
    return BackfillReport(run, missing, left, polite_seconds(left, 1.0), (), tuple(units))


@pytest.mark.parametrize(
    ("missing", "left", "says"),
    [
        (0, 0, "nothing was missing"),
        (1500, 0, "all of the 1,500 missing pages were asked for"),
        (1500, 1200, "1,200 of 1,500 missing pages left, at least 0:25:00 at the polite rate"),
        (200_000, 200_000, "200,000 of 200,000 missing pages left, at least 2 days, 21:26:40 at the polite rate"),
    ],
)
def test_what_is_left_is_told_in_a_sentence(missing, left, says):
    assert told_left(report(missing, left)) == says


def test_source_that_failed_is_not_told_as_nothing_missing():
    failed = RunReport((summed("gazette", []),), (("gazette", "dns"),))
    assert told_left(BackfillReport(failed, 0, 0, 0.0, (), ())).startswith("no page was found to be missing; what")


def test_units_are_summed_with_their_failures():
    total = summed("gazette", [counts(3, ("timeout", 2)), counts(4, ("timeout", 1), ("robots", 1))])
    assert (total.new, total.figures, total.failures) == (7, 4, (("robots", 1), ("timeout", 3)))


def test_the_artifact_has_a_row_for_all_and_one_a_unit():
    units = [UnitReport("2021-12-31", counts(3, ("timeout", 2))), UnitReport("2021-12-30", counts(4))]
    rows = backfill_rows(report(7, 0, units))
    assert [(row["days"], row["new"], row["failures"]) for row in rows] == [
        ("all", 7, "timeout ×2"),
        ("2021-12-31", 3, "timeout ×2"),
        ("2021-12-30", 4, ""),
    ]


def test_a_long_backfill_shows_its_newest_units():
    units = [UnitReport(f"day {n}", counts(1)) for n in range(3000)]
    assert len(backfill_rows(report(3000, 0, units))) == 401
