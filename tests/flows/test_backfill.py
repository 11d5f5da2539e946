import asyncio
import gzip
import json
import os
import signal
import subprocess
import sys
from collections import Counter
from datetime import UTC, date, datetime

import duckdb
import pytest
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import ArtifactCollectionFilter, ArtifactCollectionFilterKey
from prefect.exceptions import CancelledRun

from flows.backfill import backfill
from flows.backfilltable import backfill_rows, told_left
from flows.progressartifact import KEY
from flows.runlock import run_lock
from flows.settings import ConfigurationError
from flows.sources.cdx import ASKED
from flows.sources.wayback import CAPTURED_WITHIN, query_address
from tests.bench.ccnews import make
from tests.flows.gazette import ID, gazette
from tests.flows.site import Site
from tests.newsroom.ranges import range_server
from warehouse.connection import open_warehouse
from warehouse.pages import known_pages_due

FIRST, LAST = date(2021, 12, 1), date(2021, 12, 31)
ALONE = f"import asyncio; from flows.backfill import backfill; asyncio.run(backfill({ID!r}, '{FIRST}', '{LAST}'))"


@pytest.fixture
def paper(tmp_path, monkeypatch, prefect_server):
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


def units(tmp_path):
    with open_warehouse(tmp_path / "home" / "warehouse.duckdb") as connection:
        return connection.execute('SELECT unit, state, missing, "left" FROM backfill_units ORDER BY place').fetchall()


def alerts(tmp_path):
    return ask(tmp_path, "SELECT rule, title FROM alerts")


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
        ("robots", 2),
        ("sitemap", 2),
    ]
    assert {row[0] for row in ask(tmp_path, "SELECT kind FROM runs")} == {"backfill"}
    assert [row["days"] for row in backfill_rows(report)] == [
        "all", "addresses", "2021-12-31", "2021-12-30", "2021-12-02", "2021-12-01",
    ]  # fmt: skip


def test_progress_is_an_artifact_of_the_run(paper):
    run(start=date(2021, 12, 30))
    bar = asyncio.run(latest_artifact(KEY))
    assert (bar.type, bar.data) == ("progress", 100.0)
    assert bar.description.startswith("2 of 2 pages, ") and bar.description.endswith("; last done: 2021-12-30")


async def latest_artifact(key):
    async with get_client() as client:
        (found,) = await client.read_latest_artifacts(
            artifact_filter=ArtifactCollectionFilter(key=ArtifactCollectionFilterKey(any_=[key]))
        )
        return found


def test_a_second_call_asks_for_no_article_and_tells_nothing_twice(paper, tmp_path):
    run()
    told = alerts(tmp_path)
    assert [rule for rule, _ in told] == ["summary"]
    assert told[0][1].startswith("The Gazette: 5 articles, 2 figures")
    paper.asked_pages()
    report = run()
    assert (report.missing, paper.static.asked) == (0, ["/sitemap/sitemap.xml", "/sitemap/2021-12.xml"])
    assert paper.asked_pages() == []
    assert alerts(tmp_path) == told


def test_what_a_later_call_adds_is_told_alone(paper, tmp_path):
    run()
    paper.add(date(2021, 12, 15), 75400, 190_000)
    paper.asked_pages()
    assert run().run.counts[0].new == 1
    assert len(paper.asked_pages()) == 1
    assert sorted(title.split(",")[0] for _, title in alerts(tmp_path)) == [
        "The Gazette: 1 article",
        "The Gazette: 5 articles",
    ]


def test_a_killed_backfill_goes_on_where_it_stood(paper, tmp_path):
    answered = Counter()
    process = None

    def kill_in_the_middle_of_a_day(path):
        if path.startswith("/2021/12/02") and any(p.startswith("/2021/12/02") for p in answered):
            os.killpg(process.pid, signal.SIGKILL)  # with the Prefect server that it started
        elif path.startswith("/2021"):
            answered[path] += 1

    paper.www.on_ask = kill_in_the_middle_of_a_day
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    process = subprocess.Popen([sys.executable, "-c", ALONE], start_new_session=True, **quiet)
    assert process.wait(timeout=120) == -signal.SIGKILL
    assert len(answered) == 3  # the 31st and the 30th are loaded, one of the two of the 2nd is archived only
    assert units(tmp_path) == [
        ("2021-12-31", "done", 1, 0), ("2021-12-30", "done", 1, 0),
        ("2021-12-02", "due", 2, 2), ("2021-12-01", "due", 1, 1),
    ]  # fmt: skip
    paper.www.on_ask = lambda path: answered.update([path] if path.startswith("/2021") else [])
    paper.static.asked.clear()
    told = told_left(run(dry_run=True))
    assert told == "3 of 3 missing pages left, at least 0:00:00 at the polite rate; 2 of 4 days are done"
    report = run()
    assert paper.static.asked == []  # the warehouse knows what is left
    assert [(state, left) for _, state, _, left in units(tmp_path)] == [("done", 0)] * 4
    assert set(answered.values()) == {1} and len(answered) == 5
    assert report.missing == 3
    assert ask(tmp_path, "SELECT count(*), count(DISTINCT article_id) FROM articles") == [(5, 5)]
    assert ask(tmp_path, "SELECT count(*), count(DISTINCT url) FROM fetches WHERE kind = 'page'") == [(5, 5)]
    assert [title.split(",")[0] for _, title in alerts(tmp_path)] == ["The Gazette: 5 articles"]


def test_a_dry_run_asks_for_addresses_only_and_says_how_long(paper, monkeypatch):
    monkeypatch.setenv("MUSTER_DELAY_SECONDS", "2")
    report = run(dry_run=True)
    assert paper.asked_pages() == []
    assert told_left(report) == "5 of 5 missing pages left, at least 0:00:12 at the polite rate"


def test_a_dry_run_counts_with_the_pause_that_the_outlet_asks_for(paper):
    paper.www.pages["/robots.txt"] = b"User-agent: *\nCrawl-delay: 10\n"
    report = run(dry_run=True)
    assert paper.asked_pages() == []
    assert told_left(report) == "5 of 5 missing pages left, at least 0:01:02 at the polite rate"


def test_an_outlet_that_refuses_is_left_alone_and_named(paper, tmp_path):
    pages, paper.www.pages, paper.www.status_of_unknown = paper.www.pages, {"/robots.txt": b"User-agent: *\n"}, 403
    report = run()
    assert [path.split("/")[3] for path in paper.asked_pages()] == ["31", "30", "02", "02"]
    assert report.left == 5
    assert report.run.failed[-1] == (ID, "stopped at 2021-12-02: 4 pages in a row were refused")
    assert [(state, left) for _, state, _, left in units(tmp_path)] == [
        ("partly", 1),
        ("partly", 1),
        ("partly", 2),
        ("due", 1),
    ]
    paper.www.pages = pages
    assert run().left == 0
    assert ask(tmp_path, "SELECT count(*) FROM articles") == [(5,)]


def test_pages_that_are_gone_stop_nothing_and_are_not_asked_for_again(paper):
    for number in range(5):
        del paper.www.pages[paper.add(date(2021, 12, 25), 75800 + number)]
    report = run()
    assert report.run.counts[0].new == 5
    assert report.left == 0 and dict(report.run.counts[0].failures) == {"http_status": 5}
    assert run().missing == 0


def test_what_a_backfill_could_not_read_is_not_rechecked_as_news(paper, tmp_path):
    del paper.www.pages[paper.add(date(2021, 12, 20), 75500)]
    paper.www.status_of_unknown = 403
    paper.www.pages["/robots.txt"] = b""
    paper.www.pages[paper.add(date(2021, 12, 21), 75501)] = b"<html><body></body></html>"
    report = run()
    assert [reason for reason, _ in report.run.counts[0].failures if "http_status" in reason]
    with open_warehouse(tmp_path / "home" / "warehouse.duckdb") as connection:
        assert known_pages_due(connection, [ID], datetime.now(UTC)) == []
    assert run().missing == 1  # what failed is asked for again by the next backfill


def test_a_months_file_that_fails_is_named_and_the_others_are_done(paper):
    del paper.static.pages["/sitemap/2021-12.xml"]
    report = run(start=date(2021, 11, 1), end=LAST)
    assert report.run.counts[0].new == 1
    assert "2021-12.xml: http_status" in report.run.failed[0][1]


def test_an_outlet_without_sitemaps_is_a_named_failure(paper, tmp_path):
    text = paper.configuration
    (tmp_path / "outlets.toml").write_text("".join(s for s in text.splitlines(True) if not s.startswith("sitemaps")))
    report = run()
    assert "no sitemap is configured" in report.run.failed[0][1]


def test_a_feed_is_a_source_too(paper):
    paper.www.pages["/rss/news"] = (
        "<rss version='2.0'><channel><title>News</title>"
        + "".join(f"<item><link>{u}</link><title>t</title></item>" for urls in paper.urls.values() for u in urls)
        + "</channel></rss>"
    ).encode()
    report = run(source="feed", start=LAST, end=date(2022, 1, 1))
    assert (report.run.counts[0].new, report.dropped) == (2, (("other_days", 5),))


def test_pages_from_the_wayback_machine_are_articles_at_their_own_address(paper, tmp_path):
    gone = f"{paper.www.url}/2021/12/05/gone-a7"
    host = paper.www.url.removeprefix("http://")
    with Site() as archive:
        asked = query_address(archive.url, host, FIRST, LAST + CAPTURED_WITHIN).removeprefix(archive.url)
        archive.pages[asked] = json.dumps([list(ASKED), ["20211206000000", gone, "text/html", "200"]]).encode()
        page = paper.www.pages[paper.add(date(2021, 12, 5), 7, 90_000)].replace(b"story-of-the-day-a7", b"gone-a7")
        archive.pages[f"/web/20211206000000id_/{gone}"] = page
        paper.asked_pages()
        report = run(source="wayback", wayback=archive.url)
        assert report.run.counts[0].new == 1 and paper.asked_pages() == []
        asked_before = len(archive.asked)
        assert run(source="wayback", wayback=archive.url).missing == 0
        assert len(archive.asked) == asked_before + 1  # the index
    assert ask(tmp_path, "SELECT url, published_at::DATE FROM articles") == [(gone, date(2021, 12, 5))]
    assert run().missing == 5  # the sitemap names it too, and it is known


def test_pages_out_of_a_warc_file_are_articles_and_nobody_is_asked(paper, tmp_path):
    url = f"{paper.www.url}/2021/12/05/story-of-the-day-a7"
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
    block += paper.www.pages[paper.add(date(2021, 12, 5), 7, 90_000)]
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Date: 2021-12-06T10:00:00Z\r\nWARC-Target-URI: {url}\r\n"
        f"Content-Length: {len(block)}\r\n\r\n"
    )
    whole = gzip.compress(head.encode() + block + b"\r\n\r\n")
    (tmp_path / "crawl.warc.gz").write_bytes(whole + whole[:50])
    report = run(source="warc", warc=[str(tmp_path / "crawl.warc.gz")])
    assert paper.www.asked == paper.static.asked == []
    assert report.run.counts[0].new == 1
    assert "after 1 whole ones" in report.run.failed[0][1]
    assert ask(tmp_path, "SELECT url, published_at::DATE FROM articles") == [(url, date(2021, 12, 5))]
    assert ask(tmp_path, "SELECT kind, count(*) FROM fetches GROUP BY kind") == [("warc_page", 1)]
    assert alerts(tmp_path)[0][1].startswith("The Gazette: 1 article, 1 figure")
    assert run(source="warc", warc=[str(tmp_path / "crawl.warc.gz")]).missing == 0


def test_a_warc_file_is_read_from_where_it_lies_by_parts(paper, tmp_path):
    with (tmp_path / "crawl.warc.gz").open("wb") as file:
        made = make(file, 300_000, of_outlet=paper.www.url, one_in=5)
    with range_server(tmp_path / "crawl.warc.gz") as served:
        report = run(source="warc", warc=[served.url])
    assert report.run.failed == ()
    assert (report.run.counts[0].new, len(served.asked)) == (made["wanted"], 1) and made["wanted"] > 1
    rows = ask(tmp_path, "SELECT kind, url, count(*) FROM fetches WHERE kind = 'warc' GROUP BY ALL")
    assert rows == [("warc", served.url, 1)]
    assert paper.www.asked == paper.static.asked == []


def test_a_span_that_ends_before_it_begins_is_refused(paper):
    with pytest.raises(ConfigurationError, match="to a later one"):
        run(start=LAST, end=FIRST)


def test_a_second_run_over_one_home_is_cancelled(paper, tmp_path):
    with run_lock(tmp_path / "home", "backfill"), pytest.raises(CancelledRun, match="another run"):
        run()
