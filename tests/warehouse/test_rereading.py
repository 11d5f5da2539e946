"""Reading again: what is gained, lost and changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

HOUR = timedelta(hours=1)


@pytest.fixture
def read_again(desk):
    def reread(before, after):
        at = desk.start
        desk.bring(at, desk.article("herald", "one", at, *before))
        report = desk.reread(at + HOUR, desk.article("herald", "one", at, *after))
        counts = {"gained": 0, "lost": 0, "changed": 0}
        for change in report.changes:
            counts[change.kind] += 1
        assert [{kind: row[kind] for kind in counts} for row in report.counts] == [counts]
        return [(c.kind, c.before, c.after) for c in report.changes]

    return reread


def test_same_figures_elsewhere_in_the_text_are_no_change(desk, read_again):
    figure = desk.figure(7, sentence="S.")
    assert read_again([figure], [desk.figure(7, sentence="S.", start=90, end=99, rule="another")]) == []


def test_order_of_places_is_no_change(desk, read_again):
    assert read_again([desk.figure(location=("UKR", "POL"))], [desk.figure(location=("POL", "UKR"))]) == []


def test_changed_figure_is_told_before_and_after(desk, read_again):
    before, after = desk.figure(7, sentence="S."), desk.figure(7, "USA", sentence="S.", location=("POL", "UKR"))
    ((kind, old, new),) = read_again([before], [after])
    assert (kind, {name: (old[name], new[name]) for name in old if old[name] != new[name]}) == (
        "changed", {"location": (["UKR"], ["POL", "UKR"]), "claimant": ("UKR", "USA")},
    )  # fmt: skip


def test_gained_and_lost_figures_are_told_whole(desk, read_again):
    year, tanks = desk.figure(2021, sentence="In 2021."), desk.figure(30, sentence="T.", start=8, item="tank")
    kept = desk.figure(7, sentence="S.", start=40)
    changes = read_again([year, kept], [kept, tanks])
    assert [(kind, (before or {}).get("low"), (after or {}).get("low")) for kind, before, after in changes] == [
        ("lost", 2021, None),
        ("gained", None, 30),
    ]


def test_figure_found_beside_a_known_one_is_gained(desk, read_again):
    one, two = desk.figure(7, sentence="S."), desk.figure(9, sentence="S.", start=50, item="tank")
    assert [(kind, after["low"]) for kind, _, after in read_again([one], [one, two])] == [("gained", 9)]


def test_equal_figures_of_one_sentence_pair_off_one_by_one(desk, read_again):
    one, again = desk.figure(7, sentence="S."), desk.figure(7, sentence="S.", start=50)
    assert [(kind, before["low"]) for kind, before, _ in read_again([one, again], [one])] == [("lost", 7)]


def test_figure_that_says_nothing_in_some_fields_is_equal_to_itself(desk, read_again):
    bare = desk.figure(None, None, subject=None, location=(), low=None, high=None, qualifier="order")
    assert read_again([bare], [bare]) == []


def test_number_too_large_for_the_ledger_is_not_told_as_gained(desk, read_again):
    assert read_again([desk.figure(7)], [desk.figure(7), desk.figure(10**20, start=9)]) == []
