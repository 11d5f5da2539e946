"""Claims: the same number of the same thing is one, however it is worded."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from warehouse.claims import (
    EVENT_WINDOW,
    STOCK_WINDOW,
    Claim,
    Number,
    Sighting,
    place_figures,
    same_number,
    topic_key,
    window_of,
)

AT = datetime(2021, 12, 1, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)

ABOUT_100 = Number(100_000, 100_000, "about")
TENS_OF_THOUSANDS = Number(10_000, 99_999, "order")
IDS = count(1)


def exact(n):
    return Number(n, n, "exact")


def more_than(n):
    return Number(n, None, "more_than")


def up_to(n):
    return Number(None, n, "less_than")


def nearly(n):
    return Number(n * 9 // 10, n, "nearly")


def between(low, high):
    return Number(low, high, "range")


def seen(number, at=AT, topic=1, window=STOCK_WINDOW, article=1, start=0):
    return Sighting(next(IDS), topic, article, start, number, at, window)


@pytest.mark.parametrize(
    "named, number",
    [
        (exact(9), 9), (ABOUT_100, 100_000), (more_than(13_000), 13_000), (up_to(500), 500), (nearly(500), 500),
        (between(90, 100), None), (TENS_OF_THOUSANDS, None),
    ],
)  # fmt: skip
def test_number_named(named, number):
    assert named.named == number


@pytest.mark.parametrize(
    "now, first, same",
    [
        (exact(100_000), ABOUT_100, True),
        (more_than(100_000), up_to(100_000), True),
        (nearly(100_000), exact(100_000), True),
        (exact(102_000), exact(100_000), True),  # two per cent
        (exact(98_000), exact(100_000), True),
        (exact(102_001), exact(100_000), False),
        (exact(97_999), exact(100_000), False),
        (exact(12), exact(12), True),
        (exact(13), exact(12), False),
        (exact(0), exact(0), True),
        (exact(1), exact(0), False),
        (between(90_000, 100_000), between(91_000, 101_000), True),
        (between(90_000, 100_000), between(90_000, 120_000), False),
        (between(90_000, 100_000), exact(95_000), False),
        (exact(95_000), between(90_000, 100_000), False),
        (TENS_OF_THOUSANDS, exact(94_000), True),  # no news after 94,000
        (TENS_OF_THOUSANDS, between(20_000, 30_000), True),
        (TENS_OF_THOUSANDS, between(90_000, 120_000), False),
        (TENS_OF_THOUSANDS, exact(100_000), False),
        (exact(94_000), TENS_OF_THOUSANDS, False),  # nor does it swallow it
        (between(20_000, 30_000), TENS_OF_THOUSANDS, False),
        (TENS_OF_THOUSANDS, Number(10_000, 99_999, "order"), True),
        (TENS_OF_THOUSANDS, Number(1_000, 9_999, "order"), False),
    ],
)
def test_same_number(now, first, same):
    assert same_number(now, first) is same


def test_rounding_is_measured_from_the_first_number_and_does_not_drift():
    placed, new = place_figures(
        [seen(exact(n), AT + i * HOUR) for i, n in enumerate((100_000, 102_000, 104_000))], []
    )
    assert len(new) == 2
    assert len(set(placed.values())) == 2


@pytest.mark.parametrize(
    "window, days, same",
    [
        (STOCK_WINDOW, 90, True), (STOCK_WINDOW, 91, False), (EVENT_WINDOW, 7, True), (EVENT_WINDOW, 8, False),
        (EVENT_WINDOW, -7, True), (EVENT_WINDOW, -8, False),
    ],
)  # fmt: skip
def test_claim_lives_its_window_after_its_last_sighting(window, days, same):
    known = Claim(7, 1, exact(50), AT, AT)
    figure = seen(exact(50), AT + days * DAY, window=window)
    placed, new = place_figures([figure], [known])
    assert (placed[figure.figure_id] == 7) is same
    assert bool(new) is not same


def test_each_sighting_prolongs_the_life_of_its_claim():
    figures = [seen(exact(50), AT + days * DAY, window=EVENT_WINDOW) for days in (0, 6, 12, 18)]
    assert len(place_figures(figures, [])[1]) == 1


def test_article_given_another_date_keeps_the_claims_it_was_seen_with():
    known = Claim(7, 1, exact(50), AT, AT)
    figure = seen(exact(50), AT + 60 * DAY, window=EVENT_WINDOW, article=3)
    assert place_figures([figure], [known], {3: {7}})[0][figure.figure_id] == 7
    assert place_figures([figure], [known], {4: {7}})[0][figure.figure_id] != 7
    other = seen(exact(60), AT + 60 * DAY, window=EVENT_WINDOW, article=3)
    assert place_figures([other], [known], {3: {7}})[0][other.figure_id] != 7


def test_another_topic_is_another_claim():
    assert len(place_figures([seen(exact(50)), seen(exact(50), topic=2)], [])[1]) == 2


@pytest.mark.parametrize("starts", [(0, 50), (50, 0)])
def test_order_word_beside_a_number_in_one_article_is_one_claim(starts):
    figures = [seen(TENS_OF_THOUSANDS, start=starts[0]), seen(exact(94_000), start=starts[1])]
    assert len(place_figures(figures, [])[1]) == 1


def test_number_after_an_order_word_is_a_claim_of_its_own():
    figures = [seen(TENS_OF_THOUSANDS), seen(exact(94_000), AT + HOUR), seen(TENS_OF_THOUSANDS, AT + 2 * HOUR)]
    placed, new = place_figures(figures, [])
    assert len(new) == 2
    assert placed[figures[0].figure_id] == placed[figures[2].figure_id]


def test_nearest_of_several_claims_is_taken():
    known = [Claim(1, 1, exact(100_000), AT, AT), Claim(2, 1, exact(103_000), AT, AT)]
    figure = seen(exact(101_600), AT)
    assert place_figures([figure], known)[0][figure.figure_id] == 2


def test_order_of_the_figures_given_does_not_matter():
    figures = [seen(exact(n), AT + i * HOUR, article=i) for i, n in enumerate((100, 101, 102, 300))]
    assert place_figures(figures, []) == place_figures(figures[::-1], [])


@pytest.mark.parametrize(
    "measure, sentence, window",
    [
        ("strength", "", STOCK_WINDOW), ("displaced", "", STOCK_WINDOW), ("mobilisation", "", STOCK_WINDOW),
        ("killed", "", EVENT_WINDOW), ("destroyed", "", EVENT_WINDOW), ("deployment", "", EVENT_WINDOW),
        ("captured", "Ukraine holds 300 prisoners.", STOCK_WINDOW),
        ("captured", "Some 300 are still held there.", STOCK_WINDOW),
        ("captured", "The brigade took 300 prisoners on Monday.", EVENT_WINDOW),
        ("killed", "300 held positions were hit.", EVENT_WINDOW),
    ],
)  # fmt: skip
def test_window_by_measure(measure, sentence, window):
    assert window_of(measure, sentence) == window


def test_places_are_a_set_and_unsaid_is_not_unknown():
    assert topic_key("killed", "troops", None, ["UKR", "RUS"], "actual") == topic_key(
        "killed", "troops", None, ["RUS", "UKR", "UKR"], "actual"
    )
    assert topic_key("killed", "troops", None, [], "actual") != topic_key("killed", "troops", "None", [], "actual")
