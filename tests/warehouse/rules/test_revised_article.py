"""A figure changed at its address."""

from __future__ import annotations

from datetime import timedelta

HOUR = timedelta(hours=1)


def test_rewritten_number_is_one_revised_article_that_names_the_rest(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(12, measure="killed")))
    rewrite = desk.article(
        "herald", "one", at + HOUR, desk.figure(15, measure="killed"), text="Rewritten.", published_at=at
    )
    assert desk.bring(at + HOUR, rewrite) == [
        ("revised_article", "15 troops of RUS in UKR (killed), says UKR; the article said 12 before")
    ]
    assert desk.rows("SELECT also FROM alerts WHERE rule = 'revised_article'") == [(["new_figure"],)]


def test_rewrite_that_leaves_the_claims_is_silent(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(12, measure="killed")))
    same = desk.article("herald", "one", at + HOUR, desk.figure(12, measure="killed", start=80), text="Longer now.")
    assert desk.rules(at + HOUR, same) == []


def test_article_rewritten_back_and_forth_tells_each_number_once(desk):
    at = desk.start
    raised = []
    for hour, number in enumerate((12, 15, 12, 15, 12)):
        seen = at + hour * HOUR
        figure = desk.figure(number, measure="killed")
        raised += desk.rules(
            seen, desk.article("herald", "one", seen, figure, text=f"It says {number}.", published_at=at)
        )
    assert raised == ["new_figure", "revised_article", "revised_article"]
