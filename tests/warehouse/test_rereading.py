"""Reading again: what was gained, lost and changed."""

from __future__ import annotations

from datetime import timedelta

import pytest

HOUR = timedelta(hours=1)


@pytest.fixture
def read_again(desk):
    def reread(before, after):
        at = desk.start
        desk.bring(at, desk.article("herald", "one", at, *before))
        batch = desk.batch(at + HOUR, desk.article("herald", "one", at, *after), kind="reextract")
        return [(c.kind, dict(c.before), dict(c.after)) for c in desk.load(batch).changes]

    return reread


def test_same_figures_elsewhere_in_the_text_are_no_change(desk, read_again):
    figure = desk.figure(7, sentence="S.")
    assert read_again([figure], [desk.figure(7, sentence="S.", start=90, end=99, rule="another")]) == []


def test_changed_figure_names_the_fields(desk, read_again):
    before, after = desk.figure(7, sentence="S."), desk.figure(7, "USA", sentence="S.", location=("POL", "UKR"))
    assert read_again([before], [after]) == [
        ("changed", {"location": ("UKR",), "claimant": "UKR"}, {"location": ("POL", "UKR"), "claimant": "USA"})
    ]


def test_gained_and_lost_figures_are_told_whole(desk, read_again):
    year, tanks = desk.figure(2021, sentence="In 2021."), desk.figure(30, sentence="T.", item="tank")
    kept = desk.figure(7, sentence="S.", start=40)
    changes = read_again([year, kept], [kept, tanks])
    assert [(kind, b.get("low"), a.get("low")) for kind, b, a in changes] == [
        ("lost", 2021, None),
        ("gained", None, 30),
    ]


def test_figure_found_beside_a_known_one_is_gained(desk, read_again):
    one, two = desk.figure(7, sentence="S."), desk.figure(9, sentence="S.", start=50, item="tank")
    assert [(kind, a["low"]) for kind, _, a in read_again([one], [one, two])] == [("gained", 9)]


def test_article_never_read_before_gains_all(desk):
    batch = desk.batch(desk.start, desk.article("herald", "new", desk.start, desk.figure(7)), kind="reextract")
    assert [c.kind for c in desk.load(batch).changes] == ["gained"]


def test_monitor_run_reports_no_changes(desk):
    assert desk.load(desk.batch(desk.start, desk.article("herald", "one", desk.start, desk.figure(7)))).changes == ()
