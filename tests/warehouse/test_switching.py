"""Switching to what better extractors read: in place, in one transaction, and no news."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.warehouse.desk import Desk
from warehouse.archived import Scope
from warehouse.rereading import compare_readings
from warehouse.switching import switch_readings

HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_reading_replaces_in_place_and_alerts_on_nothing(desk):
    at = desk.start
    desk.bring(
        at,
        desk.article(
            "herald", "one", at, desk.figure(2021, sentence="S."), desk.mention("RUS", "USA"), text="The text."
        ),
    )
    alerts = desk.value("SELECT count(*) FROM alerts")
    desk.reread(
        at + DAY, desk.article("herald", "one", at, desk.figure(500, sentence="S."), text="The text, cleaned better.")
    )
    assert desk.rows("SELECT low, revision FROM figures") == [(500, 1)]
    assert desk.rows("SELECT revision, text FROM revisions WHERE text LIKE 'The text%'") == [
        (1, "The text, cleaned better.")
    ]
    assert desk.rows("FROM meetings") == []
    assert desk.value("SELECT count(*) FROM alerts") == alerts
    assert desk.value("SELECT count(*) FROM readings") == 0
    assert desk.rows("SELECT kind, before.low, after.low FROM figure_changes") == [("changed", 2021, 500)]
    assert desk.rows("SELECT unchanged, figures FROM runs WHERE kind = 'reextract'") == [(1, 1)]


def test_readings_beside_the_ledger_change_nothing_in_it(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(7)))
    before = desk.ledger()
    desk.beside(at + DAY, desk.article("herald", "one", at, desk.figure(500)))
    assert {t: rows for t, rows in desk.ledger().items() if t != "readings"} | {"readings": []} == before
    assert desk.rows("SELECT low, claimant FROM reading_figures") == [(500, "UKR")]


def test_switch_that_breaks_off_leaves_everything_as_it_was(desk):
    at = desk.start
    desk.bring(at, *(desk.article("herald", slug, at, desk.figure(7)) for slug in ("one", "two")))
    desk.beside(at + DAY, *(desk.article("herald", slug, at, desk.figure(500)) for slug in ("one", "two")))
    desk.rows("UPDATE readings SET content = '{}' WHERE url LIKE '%two'")
    before = desk.ledger()
    compare_readings(desk.connection, Scope())
    with pytest.raises(ValueError, match="validation error"):
        switch_readings(desk.connection, 99, at, at + DAY)
    assert desk.ledger() == before


def test_only_what_is_in_scope_and_still_in_force_is_switched(desk):
    at = desk.start
    articles = [desk.article(outlet, "one", at, desk.figure(7)) for outlet in ("herald", "courier", "gazette")]
    desk.bring(at, *articles)
    desk.beside(at + HOUR, *(desk.article(a.outlet, "one", at, desk.figure(500)) for a in articles))
    rewritten = desk.article("courier", "one", at + DAY, desk.figure(9), text="Rewritten.", published_at=at)
    desk.bring(at + DAY, rewritten)
    for outlet in ("herald", "courier"):
        compare_readings(desk.connection, Scope(outlet=outlet))
        switch_readings(desk.connection, 99, at, at + DAY)
    figures = "SELECT outlet, low FROM figures JOIN articles USING (article_id) ORDER BY 1"
    assert desk.rows(figures) == [("courier", 9), ("gazette", 7), ("herald", 500)]
    assert desk.rows("SELECT outlet FROM readings ORDER BY 1") == [("courier",), ("gazette",)]


def test_page_that_stays_as_it_was_keeps_its_figures(desk):
    at = desk.start
    article = desk.article("herald", "one", at, desk.figure(7))
    desk.bring(at, article)
    desk.beside(at + DAY, article, reason="script_shell", detail="Nothing but scripts.")
    report = compare_readings(desk.connection, Scope())
    switch_readings(desk.connection, 99, at, at + DAY)
    assert desk.rows("SELECT low FROM figures") == [(7,)]
    assert [(one.reason, one.failed) for one in report.left] == [("script_shell", False)]
    assert desk.rows("SELECT unchanged, failures FROM runs WHERE run_id = 99") == [(0, {"script_shell": 1})]


def test_claim_nobody_was_told_of_is_taken_back(desk):
    at = desk.start
    desk.policy = replace(desk.policy, least_number=10_000)
    desk.bring(at, desk.article("herald", "one", at, desk.figure(2021)))
    desk.reread(at + HOUR, desk.article("herald", "one", at, desk.figure(500)))
    assert desk.rows("SELECT number, sightings FROM claims") == [(500, 1)]


def test_claim_of_an_alert_stays(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, desk.figure(2021)))
    desk.reread(at + HOUR, desk.article("herald", "one", at, desk.figure(500)))
    assert desk.rows("SELECT count(*) FROM alerts ANTI JOIN claims USING (claim_id) WHERE rule = 'new_figure'") == [
        (0,)
    ]


def test_what_was_first_read_again_is_no_news_later(desk):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at))
    desk.reread(at + HOUR, desk.article("herald", "one", at, desk.figure(500)))
    assert desk.rules(at + DAY, desk.article("courier", "two", at + DAY, desk.figure(500, "USA"))) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from tests.warehouse.desk import Desk
from warehouse.archived import Scope
from warehouse.rereading import compare_readings
from warehouse.switching import switch_readings

class Dying:
    def __init__(self, connection, statements):
        self.connection, self.left = connection, statements
    def execute(self, *arguments):
        self.left -= 1
        if self.left < 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return self.connection.execute(*arguments)
    def __getattr__(self, name):
        return getattr(self.connection, name)

desk = Desk(Path(sys.argv[1]))
compare_readings(desk.connection, Scope())
switch_readings(Dying(desk.connection, int(sys.argv[2])), 99, desk.start, desk.start)
"""


def test_killed_switch_is_whole_or_absent_and_the_next_gives_what_no_kill_would_have(desk, tmp_path):
    at = desk.start
    articles = [desk.article(outlet, "one", at, desk.figure(7)) for outlet in ("herald", "courier")]
    desk.bring(at, *articles)
    desk.beside(at, *(desk.article(a.outlet, "one", at, desk.figure(500), desk.figure(3, start=9)) for a in articles))
    before = desk.ledger()
    desk.connection.close()
    path = shutil.copyfile(desk.path, tmp_path / "killed.duckdb")
    for statements in (3, 25):
        command = [sys.executable, "-c", KILLED, str(path), str(statements)]
        assert subprocess.run(command, cwd=Path(__file__).parents[2]).returncode == -signal.SIGKILL
        killed = Desk(path)
        assert killed.ledger() == before
        killed.connection.close()
    ledgers = []
    for each in (desk.path, path):
        one = Desk(each)
        compare_readings(one.connection, Scope())
        switch_readings(one.connection, 99, at, at)
        assert one.rows("SELECT low FROM figures ORDER BY 1") == [(3,), (3,), (500,), (500,)]
        ledgers.append(one.ledger())
        one.connection.close()
    assert ledgers[0] == ledgers[1]
