"""Alerts that a load raised: with their claims."""

from __future__ import annotations

from warehouse.publish import publish
from warehouse.raised import raised_alerts


def test_alerts_come_with_their_claims_and_only_those_asked_for(desk, tmp_path):
    at = desk.start
    first = desk.article("herald", "one", at, desk.figure(115_000), desk.mention("RUS", "USA"))
    figure, contact = desk.load(desk.batch(at, first)).alert_ids
    desk.load(desk.batch(at, desk.article("herald", "two", at, desk.figure(30, item="tank"))))
    publish(desk.connection, desk.path, tmp_path / "published.duckdb")
    rows = {row["alert_id"]: row for row in raised_alerts(tmp_path / "published.duckdb", (figure, contact))}
    assert rows.keys() == {figure, contact}
    claim = rows[figure]["claim"]
    assert (claim["number"], claim["subject"], claim["location"], claim["claimants"]) == (
        115_000,
        "RUS",
        ["UKR"],
        ["UKR"],
    )
    assert (rows[figure]["rule"], rows[figure]["raised_at"], rows[figure]["outlet"]) == ("new_figure", at, "herald")
    assert rows[contact]["claim"] is None


def test_no_alert_asks_nothing(tmp_path):
    assert raised_alerts(tmp_path / "nowhere.duckdb", ()) == []
