"""Rebuilding end to end: real runs over real sites, then the warehouse again from their archive alone."""

import asyncio
import hashlib
import io
import os
import shutil
from datetime import date
from pathlib import Path

import duckdb
import pytest
from rich.console import Console

from flows.console_rebuild import run_rebuild
from flows.outlets import read_configuration
from flows.rebuild import rebuild
from flows.runlock import AlreadyRunning, run_lock
from flows.settings import ConfigurationError, load_settings
from tests.flows.conftest import Desk
from tests.flows.gazette import ID, PAGE, SENTENCE, gazette
from tests.flows.site import Site
from warehouse.connection import open_warehouse

pytestmark = pytest.mark.timeout(600)  # the home that is started from takes three runs of the flow: 20 s when quiet

# What the archive cannot know: alerts, where a backfill stood, and when a migration was applied.
NOT_IN_THE_ARCHIVE = {"alerts", "alert_keys", "deliveries", "backfill_units", "schema_migrations"}
LEFT_OUT = {"runs": "EXCLUDE (alerts)"}
DAY = date(2026, 3, 1)
FIRST, BETWEEN, LAST = (f"2026-03-01T{hour}:00:00Z" for hour in ("09", "15", "21"))
LONGER = b"Texts of less than three hundred letters are never taken for copies of each other. It gave no further"
FEED = '<rss version="2.0"><channel><title>f</title>{}</channel></rss>'
ITEM = "<item><title>t</title><link>{}</link><pubDate>Sun, 01 Mar 2026 08:00:00 GMT</pubDate></item>"


def ledger_of(path):
    """Return table → hash of all its rows, whatever their order."""
    with duckdb.connect(str(path), read_only=True) as connection:
        names = {row[0] for row in connection.execute("SELECT table_name FROM duckdb_tables()").fetchall()}
        all_rows = {
            name: connection.execute(f"SELECT * {LEFT_OUT.get(name, '')} FROM {name} ORDER BY ALL").fetchall()
            for name in names - NOT_IN_THE_ARCHIVE
        }
    return {name: hashlib.sha256(repr(rows).encode()).hexdigest() for name, rows in all_rows.items()}


def feed(*addresses):
    return FEED.format("".join(ITEM.format(address) for address in addresses)).encode()


@pytest.fixture(scope="module")
def watched(tmp_path_factory, prefect_server):
    """A home after two runs and a backfill: two outlets with one text, a rewrite, a page that is gone."""
    from flows.backfill import backfill

    folder = tmp_path_factory.mktemp("watched")
    with pytest.MonkeyPatch.context() as patch, gazette() as paper, Site() as copier:
        desk = Desk(folder, patch)
        addresses = [paper.add(DAY, number, 1000 * number) for number in (41, 52, 63)]
        paper.www.pages[addresses[0]] = paper.www.pages[addresses[0]].replace(b"It gave no further", LONGER)
        copier.pages["/copied"] = paper.www.pages[addresses[0]]
        undated = PAGE.replace('<meta property="article:published_time" content="{day}T09:00:00+03:00">', "")
        copier.pages["/own"] = undated.format(
            title="Own", url="", day="", first=SENTENCE.format(number=7000)
        ).encode()
        copier.pages["/rss"] = feed(copier.url + "/copied", copier.url + "/own", copier.url + "/missing")
        paper.www.pages["/rss/news"] = feed(*(paper.www.url + address for address in addresses))
        desk.toml.write_text(f'{paper.configuration}[copier]\nname = "Copier"\nfeeds = ["{copier.url}/rss"]\n')
        desk.monitor(FIRST)
        rewritten = paper.www.pages[addresses[1]]
        paper.www.pages[addresses[1]] = rewritten.replace(b"52,000", b"58,000")
        del paper.www.pages[addresses[2]]
        paper.add(date(2021, 12, 2), 7001, 115_000)
        patch.setenv("MUSTER_NOW", BETWEEN)
        asyncio.run(backfill(ID, date(2021, 12, 1), date(2021, 12, 31)))
        paper.www.pages["/rss/news"] = feed(paper.www.url + paper.add(DAY, 71, 91_000))
        desk.monitor(LAST)
    return desk


@pytest.fixture
def home(tmp_path, watched, monkeypatch):
    """A copy of that home, which a test may break."""
    copy = Path(shutil.copytree(watched.home, tmp_path / "data"))
    monkeypatch.setenv("MUSTER_HOME", str(copy))
    monkeypatch.setenv("MUSTER_OUTLETS", str(watched.toml))
    return copy


def again():
    settings = load_settings()
    return rebuild(settings, read_configuration(settings.outlets))


def rows(home, sql):
    with duckdb.connect(str(home / "warehouse.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_archive_alone_gives_the_same_tables(home):
    before = ledger_of(home / "warehouse.duckdb")
    seen = (
        "SELECT count(*), max(revision), count(syndicated_from) > 0, count(*) FILTER (status = 'gone') FROM articles"
    )
    assert rows(home, seen) == [(7, 2, True, 1)]
    assert rows(home, "SELECT DISTINCT published_source FROM articles ORDER BY 1") == [("feed",), ("meta",)]
    for name in ("warehouse.duckdb", "published.duckdb"):
        (home / name).unlink()
    report = again()
    assert ledger_of(home / "warehouse.duckdb") == before
    assert ledger_of(home / "published.duckdb") == before
    assert (report.lost, report.unread, report.alerts_kept, report.alerts_raised) == (0, (), 0, 0)
    assert rows(home, "SELECT count(*) FROM alerts") == [(0,)]


def test_alerts_are_taken_over_and_lost_loads_are_told(home):
    """A power cut can take the last loads out of a warehouse that opens all the same."""
    alerts = rows(home, "FROM alerts ORDER BY alert_id")
    before = ledger_of(home / "warehouse.duckdb")
    last = f"raised_at = '{LAST[:-1]}'"
    with open_warehouse(home / "warehouse.duckdb") as connection:
        for lost in ("deliveries", "alert_keys"):
            connection.execute(f"DELETE FROM {lost} WHERE alert_id IN (SELECT alert_id FROM alerts WHERE {last})")
        connection.execute(f"DELETE FROM alerts WHERE {last}")
        connection.execute(f"DELETE FROM runs WHERE loaded_at = '{LAST[:-1]}'")
    out, told = io.StringIO(), io.StringIO()
    assert run_rebuild(load_settings(), Console(file=out, width=200), Console(file=told, width=200)) == 0
    assert rows(home, "FROM alerts ORDER BY alert_id") == alerts
    assert ledger_of(home / "warehouse.duckdb") == before
    assert "Alerts of loads that the warehouse had lost: 2;" in out.getvalue()
    assert rows(home, f"SELECT count(*) FROM deliveries WHERE state = 'due' AND {last}") == [(4,)]
    assert (home / "warehouse.duckdb.old").exists()


def test_damaged_warehouse_is_kept_and_its_alerts_come_from_the_published_copy(home):
    alerts = rows(home, "FROM alerts ORDER BY alert_id")
    damaged = os.urandom(50_000)
    (home / "warehouse.duckdb").write_bytes(damaged)
    [archive_file] = home.glob(f"pages/2026/03/{LAST[:4]}0301T21*.warc.gz")
    whole = bytearray(archive_file.read_bytes())
    [(offset,)] = duckdb.connect(str(home / "published.duckdb"), read_only=True).execute(
        "SELECT warc_offset FROM revisions WHERE warc_file LIKE '%T21%' ORDER BY 1 LIMIT 1"
    ).fetchall()  # fmt: skip
    whole[offset + 60] ^= 0xFF
    archive_file.write_bytes(whole)
    out, told = io.StringIO(), io.StringIO()
    assert run_rebuild(load_settings(), Console(file=out, width=300), Console(file=told, width=300)) == 1
    assert (home / "warehouse.duckdb.old").read_bytes() == damaged
    assert rows(home, "FROM alerts ORDER BY alert_id") == alerts
    assert "that the archive does not have, and so not this one: 1." in out.getvalue()
    assert "Pages that could not be read out of the archive: 1." in out.getvalue()
    assert f"record at {offset}: no whole response record" in told.getvalue()


def test_nothing_is_done_without_an_archive_or_beside_another_run(home):
    before = (home / "warehouse.duckdb").read_bytes()
    with run_lock(home, "backfill"), pytest.raises(AlreadyRunning):
        again()
    shutil.rmtree(home / "pages")
    with pytest.raises(ConfigurationError, match="nothing to rebuild from"):
        again()
    assert (home / "warehouse.duckdb").read_bytes() == before
