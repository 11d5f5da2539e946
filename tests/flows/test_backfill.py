import asyncio
from datetime import date

import duckdb
import pytest
from prefect.exceptions import CancelledRun

from flows.backfill import backfill
from flows.runlock import run_lock
from tests.flows.gazette import ID, gazette

FIRST, LAST = date(2021, 12, 1), date(2021, 12, 31)


@pytest.fixture
def paper(tmp_path, monkeypatch):
    with gazette() as paper:
        paper.add(date(2021, 11, 30), 75000, 100_000)
        for day in (1, 2, 30, 31):
            paper.add(date(2021, 12, day), 75100 + day, 115_000 if day == 2 else None)
        paper.add(date(2021, 12, 2), 75199, 125_000)
        paper.add(date(2022, 1, 1), 75300, 150_000)
        outlets = tmp_path / "outlets.toml"
        outlets.write_text(paper.configuration)
        for name, value in {
            "MUSTER_HOME": str(tmp_path / "home"), "MUSTER_OUTLETS": str(outlets), "MUSTER_DELAY_SECONDS": "0",
            "MUSTER_ALLOW_PRIVATE": "127.0.0.1", "PREFECT_HOME": str(tmp_path / "prefect"),
        }.items():  # fmt: skip
            monkeypatch.setenv(name, value)
        monkeypatch.chdir(tmp_path)
        yield paper


def run(**more):
    return asyncio.run(backfill(**({"outlet": ID, "start": FIRST, "end": LAST} | more)))


def ask(tmp_path, sql):
    with duckdb.connect(str(tmp_path / "home" / "published.duckdb"), read_only=True) as connection:
        return connection.execute(sql).fetchall()


def test_one_month_asks_for_the_index_that_months_file_and_its_articles(paper, tmp_path):
    report = run()
    assert paper.static.asked == ["/robots.txt", "/sitemap/sitemap.xml", "/sitemap/2021-12.xml"]
    days = [path.split("/")[3] for path in paper.asked_pages()]
    assert days == ["31", "30", "02", "02", "01"]  # newest first
    counts = report.run.counts[0]
    assert (counts.found, counts.new, report.missing, report.left) == (5, 5, 5, 0)
    assert report.run.failed == ()
    assert ask(tmp_path, "SELECT count(*), min(published_at)::DATE FROM articles") == [(5, FIRST)]
    assert ask(tmp_path, "SELECT kind, count(*) FROM fetches GROUP BY kind ORDER BY kind") == [
        ("page", 5),
        ("sitemap", 2),
    ]
    assert {row[0] for row in ask(tmp_path, "SELECT kind FROM runs")} == {"backfill"}
