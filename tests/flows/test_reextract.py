"""Re-extraction end to end: a real archive and warehouse, in which older extractors left other figures."""

import asyncio
import io
from datetime import date

import pytest
from prefect.exceptions import CancelledRun
from rich.console import Console

from flows.console_reextract import print_report
from flows.reextract import reextract
from flows.runlock import run_lock
from warehouse.connection import open_warehouse

NOW = "2026-03-03T09:00:00Z"
BUILD_UP = "Ukraine's foreign ministry said that Russia had massed {} troops near the border of the Kharkiv region."
FILLER = "The ministry published the statement on its site on Monday morning and answered no questions about it."
FIGURES = "SELECT article_id, low, high, claimant FROM figures ORDER BY low"


@pytest.fixture
def read_once(desk, served, page, feed_of):
    """An outlet with two articles, of 2 and 3 March; yields the desk and the requests that its server saw."""
    pages = {
        "/a": (200, "text/html", page("Build-up", BUILD_UP.format("38,000"), FILLER)),
        "/b": (200, "text/html", page("More", BUILD_UP.format("52,000"), FILLER, published="2026-03-03T08:00:00Z")),
    }
    base, requests = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/a", base + "/b"))
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    desk.monitor(NOW)
    requests.clear()
    return desk, requests


def older(desk, *statements):
    """Leave in the warehouse what older extractors found."""
    with open_warehouse(desk.home / "warehouse.duckdb") as connection:
        for statement in statements:
            connection.execute(statement)


def again(start=None, end=None, outlet=None, dry_run=False):
    return asyncio.run(reextract(start, end, outlet, dry_run))


def test_figures_become_what_todays_extractors_find_and_the_report_names_each(read_once):
    desk, requests = read_once
    today, alerts = desk.ask(FIGURES), desk.ask("SELECT alert_id FROM alerts ORDER BY 1")
    older(
        desk,
        "UPDATE figures SET claimant = 'RUS' WHERE low = 38000",
        "INSERT INTO figures SELECT * REPLACE (2026 AS low, 2026 AS high, 1 AS figure_id, 'In 2026.' AS sentence) "
        "FROM figures WHERE low = 38000",
        "DELETE FROM figures WHERE low = 52000",
    )
    report = again()
    kinds = {c.kind: c for c in report.changes}
    assert (len(report.changes), sorted(kinds)) == (3, ["changed", "gained", "lost"])
    assert (kinds["changed"].before["claimant"], kinds["changed"].after["claimant"]) == ("RUS", "UKR")
    assert kinds["lost"].before["low"] == 2026
    assert kinds["gained"].after["low"] == 52_000
    assert kinds["gained"].url.endswith("/b")
    assert report.counts == ({"outlet": "post", "pages": 2, "gained": 1, "lost": 1, "changed": 1, "left": 0},)
    assert desk.ask("SELECT kind FROM figure_changes ORDER BY 1") == [{"kind": kind} for kind in sorted(kinds)]
    assert desk.ask(FIGURES) == today
    assert desk.ask("SELECT alert_id FROM alerts ORDER BY 1") == alerts
    assert requests == []


def test_second_time_changes_nothing(read_once):
    desk, _ = read_once
    tables = ("articles", "revisions", "figures", "claims", "sightings")
    leave_out = {"articles": "EXCLUDE (revised_run)"}
    select = [f"SELECT * {leave_out.get(t, '')} FROM {t} ORDER BY ALL" for t in tables]
    before = [desk.ask(sql) for sql in select]
    assert again().changes == ()
    assert [desk.ask(sql) for sql in select] == before


def test_only_the_days_and_the_outlet_wanted_are_read(read_once):
    assert [row["pages"] for row in again(start=date(2026, 3, 3)).counts] == [1]
    assert again(end=date(2026, 3, 1)).counts == ()
    assert again(outlet="nobody").counts == ()


def test_page_whose_bytes_are_gone_is_named_and_keeps_its_figures(read_once):
    desk, _ = read_once
    today = desk.ask(FIGURES)
    for path in desk.home.glob("pages/**/*.warc.gz"):
        path.unlink()
    report = again()
    assert [(one.reason, one.failed) for one in report.left] == [("archive", True)] * 2
    assert report.counts == ({"outlet": "post", "pages": 0, "gained": 0, "lost": 0, "changed": 0, "left": 2},)
    assert desk.ask(FIGURES) == today


def test_page_that_is_no_article_any_more_keeps_its_figures(read_once):
    desk, _ = read_once
    today = desk.ask(FIGURES)
    desk.toml.write_text(desk.toml.read_text() + 'prune = ["//article", "//script"]\n')
    report = again()
    assert {(one.reason, one.failed) for one in report.left} == {("script_shell", False)}
    assert desk.ask(FIGURES) == today
    out = io.StringIO()
    print_report(report, Console(file=out, width=160))
    assert out.getvalue().count("left as it was: http") == 2


def test_another_call_at_work_is_left_alone(read_once):
    desk, _ = read_once
    with run_lock(desk.home, "reextract"), pytest.raises(CancelledRun, match="another run"):
        again()


def test_call_that_was_stopped_has_changed_nothing_and_the_next_reads_only_the_rest(read_once):
    desk, _ = read_once
    before = desk.ask(FIGURES)
    assert again(dry_run=True).counts[0]["changed"] == 0
    # As a kill after the first of two pages leaves it; what was read is marked, to be known again.
    older(
        desk,
        "DELETE FROM readings WHERE url LIKE '%/b'",
        """UPDATE readings SET content = replace(content, '"low": 38000', '"low": 38001')""",
    )
    assert desk.ask(FIGURES) == before
    assert again().counts[0]["pages"] == 2
    assert [row["low"] for row in desk.ask(FIGURES)] == [38_001, 52_000]
    assert desk.ask("SELECT count(*) AS n FROM readings") == [{"n": 0}]


def test_date_that_only_the_feed_knew_stays(desk, served, page, feed_of):
    pages = {"/a": (200, "text/html", page("Build-up", BUILD_UP.format("38,000"), FILLER, published=""))}
    base, _ = served(pages)
    dated = feed_of(base + "/a").replace(b"</link>", b"</link><pubDate>Mon, 02 Mar 2026 08:00:00 GMT</pubDate>")
    pages["/rss"] = (200, "application/rss+xml", dated)
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    desk.monitor(NOW)
    dates = "SELECT published_at, published_source FROM articles"
    before = desk.ask(dates)
    assert before[0]["published_source"] == "feed"
    again()
    assert desk.ask(dates) == before
