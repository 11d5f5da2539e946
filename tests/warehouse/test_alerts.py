"""What the policy lets through, which rule tells a piece of news, and to whom."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from warehouse.alerts import AlertPolicy

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    "policy",
    [
        {"off": frozenset({"new_figure"})}, {"least_number": 100_001}, {"subjects": frozenset({"UKR"})},
        {"items": frozenset({"tank"})}, {"measures": frozenset({"killed"})}, {"places": frozenset({"POL"})},
        {"claimants": frozenset({"USA"})}, {"outlets": frozenset({"courier"})},
    ],
)  # fmt: skip
def test_policy_leaves_out_what_is_not_wanted(desk, policy):
    at = desk.start
    desk.policy = AlertPolicy(**policy)
    assert desk.rules(at, desk.article("herald", "one", at, desk.figure(100_000))) == []


def test_policy_lets_through_what_is_wanted(desk):
    at = desk.start
    desk.policy = AlertPolicy(
        least_number=100_000, subjects=frozenset({"RUS"}), items=frozenset({"troops"}),
        places=frozenset({"UKR", "POL"}), claimants=frozenset({"UKR"}), outlets=frozenset({"herald"}),
        measures=frozenset({"strength"}),
    )  # fmt: skip
    assert desk.rules(at, desk.article("herald", "one", at, desk.figure(100_000))) == ["new_figure"]


def test_next_rule_tells_it_when_the_first_is_off(desk):
    at = desk.start
    desk.policy = replace(desk.policy, off=frozenset({"changed_figure"}))
    desk.bring(at, desk.article("herald", "one", at, desk.figure(94_000)))
    assert desk.rules(at + DAY, desk.article("courier", "two", at + DAY, desk.figure(115_000))) == ["new_figure"]


def test_text_of_a_page_is_data_in_an_alert(desk):
    at = desk.start
    figure = desk.figure(
        claimant=None, claimant_text="the\x1b[31m \u202eministry\u202c\r\nof\u200b war",
        sentence="One\x00 line\u2028 and\n another.",
    )  # fmt: skip
    desk.bring(at, desk.article("herald", "one", at, figure))
    title, body = desk.rows("SELECT title, body FROM alerts")[0]
    assert title == "100,000 troops of RUS in UKR (strength), reports herald, citing the[31m ministry of war"
    assert body == "One line and\nanother."


def test_one_delivery_a_channel(desk):
    at = desk.start
    desk.channels = ("atom", "slack", "atom")
    desk.bring(at, desk.article("herald", "one", at, desk.figure()))
    assert desk.rows("SELECT channel, state FROM deliveries ORDER BY 1") == [("atom", "due"), ("slack", "due")]
