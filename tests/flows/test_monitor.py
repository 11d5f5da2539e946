"""The monitor flow end to end: real HTTP on loopback, a real Prefect run, a real DuckDB file, a real archive."""

from datetime import UTC, datetime, timedelta

import pytest
from warcio.archiveiterator import ArchiveIterator

from flows.collect import MOST_PAGES
from flows.runlock import run_lock
from tests.newsroom.server import NOW, Newsroom

FILLER = "The ministry published the statement on its site on Monday morning and answered no questions about it."
BUILD_UP = "Ukraine's foreign ministry said that Russia had massed {} troops near the border of the Kharkiv region."
GERMAN = (
    "Das Verteidigungsministerium teilte am Montag mit, dass 38.000 Soldaten an der Grenze zusammengezogen wurden.",
    "Die Regierung in Berlin wollte sich dazu nicht äußern, und auch die Nachbarn schwiegen zunächst.",
)


def counts(report):
    return {c.outlet: c for c in report.counts}


@pytest.fixture(scope="module")
def newsroom():
    with Newsroom() as room:
        yield room


def test_two_steps_of_the_newsroom_raise_what_is_new_and_only_that(desk, newsroom):
    desk.toml.write_text(newsroom.outlets_toml())
    newsroom.step = 1
    first = desk.monitor(NOW[1])
    assert first.failed == ()
    assert {c.alerts for c in first.counts} == {1}  # one summary an outlet
    assert desk.ask("SELECT count(*) AS n FROM articles")[0]["n"] == sum(c.new for c in first.counts) > 15

    newsroom.step = 2
    second = desk.monitor(NOW[2])
    assert sum(c.new for c in second.counts) == 7
    assert counts(second)["capital-herald"].revised == 1
    rules = {r["rule"] for r in desk.ask(f"SELECT rule FROM alerts WHERE raised_at = '{NOW[2]:%Y-%m-%d %H:%M}'")}
    assert {"new_figure", "revised_article"} <= rules
    titles = " ".join(r["title"] for r in desk.ask("SELECT title FROM alerts"))
    assert "2,100 troops of DEU in LTU" in titles  # new
    assert "the article said 38,000 before" in titles  # rewritten

    third = desk.monitor(NOW[2] + timedelta(minutes=15))
    assert (sum(c.new + c.revised + c.alerts for c in third.counts), third.deliveries) == (0, ())
    assert (desk.home / "alerts.atom").read_bytes().count(b"<entry>") == desk.ask("SELECT count(*) n FROM alerts")[0][
        "n"
    ]


def test_every_reply_lies_in_the_archive_and_every_revision_names_its_record(desk, newsroom):
    desk.toml.write_text(newsroom.outlets_toml())
    newsroom.step = 1
    desk.monitor(NOW[1])
    archived = set()
    for path in desk.home.glob("pages/2026/03/*.warc.gz"):
        with path.open("rb") as file:
            records = ArchiveIterator(file)
            for record in records:
                if record.rec_type == "response":
                    archived.add((str(path.relative_to(desk.home)), records.get_record_offset()))
    named = {(r["warc_file"], r["warc_offset"]) for r in desk.ask("SELECT warc_file, warc_offset FROM revisions")}
    assert named
    assert named <= archived


def test_known_articles_older_than_fourteen_days_cost_no_request(desk, served, page, feed_of):
    pages, now = {}, datetime(2026, 3, 2, 9, tzinfo=UTC)
    base, requests = served(pages)
    for n in range(20):
        made = page(f"Statement {n}", BUILD_UP.format(1000 + n), FILLER, published=str(now - timedelta(days=15)))
        pages[f"/a{n}"] = (200, "text/html", made)
    pages["/rss"] = (200, "application/rss+xml", feed_of(*(base + p for p in pages)))
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    desk.monitor(now)
    requests.clear()
    report = desk.monitor(now + timedelta(minutes=15))
    assert [r for r in requests if r.startswith("/a")] == []
    assert (report.counts[0].found, report.counts[0].fetched) == (0, 0)  # the feed is the same as before


def test_bad_input_is_named_and_hurts_nobody_else(desk, served, page, feed_of):
    pages = {
        "/empty": (200, "text/html", b""),
        "/pdf": (200, "application/pdf", b"%PDF-1.7 not for us"),
        "/broken": (500, "text/html", b"<h1>oops</h1>"),
        "/html-feed": (200, "text/html", b"<html><body><p>Subscribe!</p></body></html>"),
        "/good": (200, "text/html", page("Build-up", BUILD_UP.format("38,000"), FILLER)),
        "/german": (200, "text/html", page("Aufmarsch", *GERMAN)),
    }
    base, _ = served(pages)
    bad = [base + path for path in ("/empty", "/pdf", "/broken", "/missing")]
    pages["/rss"] = (200, "application/rss+xml", feed_of(*bad, base + "/good", base + "/german"))
    desk.toml.write_text(
        f'[sound]\nname = "Sound"\nfeeds = ["{base}/rss"]\n'
        f'[web-page]\nname = "Web page"\nfeeds = ["{base}/html-feed"]\n'
        '[silent]\nname = "Silent"\nfeeds = ["http://127.0.0.1:9/rss"]\n'
    )
    report = desk.monitor("2026-03-02T09:00:00Z")
    assert dict(report.failed).keys() == {"web-page", "silent"}
    assert counts(report)["sound"].new == 2
    assert desk.ask("SELECT low FROM figures") == [{"low": 38_000}]
    rows = desk.ask("SELECT url, outcome, reason FROM fetches")
    reasons = {r["url"].rpartition("/")[2]: (r["outcome"], r["reason"]) for r in rows if r["outcome"] != "ok"}
    assert reasons == {
        "empty": ("not_article", "empty"),
        "pdf": ("not_article", "not_html"),
        "broken": ("failed", "http_status"),
        "missing": ("failed", "http_status"),
        "html-feed": ("failed", "feed_is_html"),
        "robots.txt": ("failed", "connect"),
        "rss": ("failed", "connect"),
    }
    odd = {"empty": 1, "http_status": 2, "not_html": 1, "no extractor for de": 1}
    assert dict(counts(report)["sound"].failures) == odd


def test_figure_of_a_live_blog_is_told_with_the_time_and_address_of_its_post(desk, served, page, feed_of):
    posts = "".join(
        f'<div id="p{n}"><time datetime="2026-03-02T0{n}:30:00Z">0{n}:30</time><p>{text}</p></div>'
        for n, text in enumerate(
            (BUILD_UP.format("38,000"), FILLER, "Talks between the two sides went on all day."), 5
        )
    )
    body = page("War: live", "All that we hear today.").replace(b"</article>", posts.encode() + b"</article>")
    pages = {"/live": (200, "text/html", body), "/old": (200, "text/html", page("Old", FILLER, FILLER.upper()))}
    base, _ = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/old"))
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    desk.monitor("2026-03-02T08:00:00Z")
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/live"))
    desk.monitor("2026-03-02T09:00:00Z")
    (figure,) = desk.ask("SELECT low, posted_at::VARCHAR AS posted_at FROM figures")
    assert figure == {"low": 38_000, "posted_at": "2026-03-02 05:30:00"}
    assert [a["url"] for a in desk.ask("SELECT url FROM alerts WHERE claim_id IS NOT NULL")] == [base + "/live#p5"]


def test_page_that_failed_is_asked_for_again_although_the_feed_says_nothing_new(desk, served, page, feed_of):
    pages = {"/late": (503, "text/html", b"later")}
    base, requests = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/late"))
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    desk.monitor("2026-03-02T09:00:00Z")
    pages["/late"] = (200, "text/html", page("Build-up", BUILD_UP.format("38,000"), FILLER))
    pages["/rss"] = (200, "application/rss+xml", feed_of())
    report = desk.monitor("2026-03-02T09:15:00Z")
    assert report.counts[0].new == 1
    assert requests.count("/late") == 2


def test_outlet_whose_time_has_not_come_is_left_out_of_a_scheduled_run(desk, served, feed_of):
    base, requests = served({"/rss": (200, "application/rss+xml", feed_of())})
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\nevery = "1h"\n')
    for minute in ("00", "15"):
        desk.monitor(f"2026-03-02T09:{minute}:00Z", only_due=True)
    assert requests.count("/rss") == 1
    desk.monitor("2026-03-02T10:00:00Z", only_due=True)
    assert requests.count("/rss") == 2


def test_second_run_at_once_is_cancelled_and_does_nothing(desk, newsroom):
    from prefect.exceptions import CancelledRun

    desk.toml.write_text(newsroom.outlets_toml())
    newsroom.requests.clear()
    with run_lock(desk.home), pytest.raises(CancelledRun, match="another run"):
        desk.monitor(NOW[1])
    assert newsroom.requests == []


def test_rule_of_ones_own_alerts_once_and_a_broken_one_is_named(desk, served, page, feed_of, monkeypatch):
    rules = desk.toml.parent / "rules"
    rules.mkdir()
    large = "SELECT figure_id AS key, 'Large: ' || low AS title, sentence AS body, NULL AS url FROM figures"
    (rules / "large.sql").write_text(f"{large} WHERE low > 30000")
    (rules / "typo.sql").write_text("SELEC 1")
    monkeypatch.setenv("MUSTER_RULES", str(rules))
    pages = {"/a": (200, "text/html", page("Build-up", BUILD_UP.format("38,000"), FILLER))}
    base, _ = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/a"))
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    reports = [desk.monitor(f"2026-03-02T09:{minute}:00Z") for minute in ("00", "15")]
    assert [dict(r.failed).keys() for r in reports] == [{"rule typo.sql"}] * 2
    assert desk.ask("SELECT title FROM alerts WHERE rule = 'large'") == [{"title": "Large: 38000"}]


def test_outlet_that_fails_is_asked_more_rarely_and_never_dropped(desk, served, feed_of):
    pages = {"/rss": (404, "text/plain", b"")}
    base, requests = served(pages)
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    now = datetime(2026, 3, 2, 9, tzinfo=UTC)
    desk.monitor(now, only_due=True)
    desk.monitor(now + timedelta(minutes=90), only_due=True)  # an hour and its weight, doubled: not due yet
    assert requests.count("/rss") == 1
    desk.monitor(now + timedelta(minutes=120), only_due=True)
    assert requests.count("/rss") == 2
    assert desk.ask("SELECT failed_looks, trouble, reason FROM habits") == [
        {"failed_looks": 2, "trouble": 2.0, "reason": "http_status"}
    ]
    pages["/rss"] = (200, "application/rss+xml", feed_of())
    desk.monitor(now + timedelta(hours=6), only_due=True)
    assert desk.ask("SELECT failed_looks, trouble, known_share FROM habits") == [
        {"failed_looks": 0, "trouble": 0.0, "known_share": 1.0}
    ]


def test_known_share_of_a_feed_is_counted_before_its_pages_are_fetched(desk, served, page, feed_of):
    pages = {f"/{n}": (200, "text/html", page(f"Statement {n}", BUILD_UP.format(1000 + n), FILLER)) for n in range(4)}
    base, _ = served(pages)
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    shares = []
    for named in ("/0 /1 /2", "/0 /1 /2 /3", "/0 /1 /2 /3"):
        pages["/rss"] = (200, "application/rss+xml", feed_of(*(base + path for path in named.split())))
        desk.monitor(datetime(2026, 3, 2, 9 + len(shares), tzinfo=UTC))
        shares.append(desk.ask("SELECT known_share FROM habits")[0]["known_share"])
    assert shares == [0.0, 0.75, 1.0]


def test_feed_of_more_pages_than_a_run_takes_leaves_the_rest_to_the_next(desk, served, feed_of):
    pages = {}
    base, requests = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(*(f"{base}/{n}" for n in range(MOST_PAGES + 3))))
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    (counted,) = desk.monitor("2026-03-02T09:00:00Z").counts
    assert len([r for r in requests if r[1:].isdigit()]) == MOST_PAGES
    assert dict(counted.failures)["left for the next run"] == 3
