"""Alerts as Prefect events: through the real flow to a real server."""

import asyncio
from datetime import UTC, date, datetime

from flows.backfill import backfill
from flows.events import alert_event
from flows.monitor import monitor
from tests.flows.gazette import ID, gazette

FIRST, LAST = date(2021, 12, 1), date(2021, 12, 31)
NOW = "2026-03-02T09:00:00Z"
BUILD_UP = "Ukraine's foreign ministry said that Russia had massed {} troops near the border of the Kharkiv region."
RULE = """
SELECT article_id AS key, 'Large' AS title, sentence AS body, a.url
FROM figures f JOIN articles a USING (article_id) WHERE f.low > 60000
"""
FILLER = "The ministry published the statement on its site on Monday morning and answered no questions about it."


def test_each_alert_of_a_run_reaches_the_server_once(desk, served, page, feed_of, monkeypatch):
    from prefect.events.clients import get_events_subscriber
    from prefect.events.filters import EventFilter, EventNameFilter

    pages = {"/a": (200, "text/html", page("Build-up", BUILD_UP.format("38,000"), FILLER))}
    base, _ = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/a"))
    desk.toml.write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    (desk.toml.parent / "rules").mkdir()
    (desk.toml.parent / "rules" / "large.sql").write_text(RULE)
    monkeypatch.setenv("MUSTER_RULES", str(desk.toml.parent / "rules"))
    monkeypatch.setenv("MUSTER_NOW", NOW)

    async def listen():
        wanted = EventFilter(event=EventNameFilter(prefix=["muster.alert."]))
        async with get_events_subscriber(filter=wanted) as events:
            await monitor()
            pages["/b"] = (200, "text/html", page("More", BUILD_UP.format("61,000"), FILLER))
            pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/a", base + "/b"))
            await monitor()
            await monitor()  # raises nothing, so that nothing is emitted
            async with asyncio.timeout(60):
                ours = (e async for e in events if e.payload["url"].startswith(base))  # other tests share the server
                return [await anext(ours) for _ in range(3)]

    events = asyncio.run(listen())
    raised = desk.ask("SELECT alert_id::VARCHAR AS alert_id, rule FROM alerts")
    assert {e.event for e in events} == {f"muster.alert.{row['rule']}" for row in raised}
    assert {e.resource.id for e in events} == {f"muster.alert.{row['alert_id']}" for row in raised}
    first, second, own = sorted(events, key=lambda e: (e.event == "muster.alert.large", e.occurred))
    assert (first.event, first.payload["claim"]) == ("muster.alert.summary", None)
    assert second.payload["claim"]["number"] == 61_000
    assert second.payload["url"] == f"{base}/b"
    assert (own.event, own.payload["title"]) == ("muster.alert.large", "Large")
    assert len(raised) == 3


def test_summary_of_a_backfill_reaches_the_server(desk):
    from prefect.events.clients import get_events_subscriber
    from prefect.events.filters import EventFilter, EventNameFilter

    async def listen():
        wanted = EventFilter(event=EventNameFilter(name=["muster.alert.summary"]))
        async with get_events_subscriber(filter=wanted) as events:
            await backfill(ID, FIRST, LAST)
            [raised] = desk.ask("SELECT alert_id::VARCHAR AS alert_id, title FROM alerts")
            async with asyncio.timeout(60):
                ours = (e async for e in events if e.payload["alert_id"] == raised["alert_id"])
                return (await anext(ours)).payload["title"], raised["title"]

    with gazette() as paper:
        paper.add(FIRST, 75101, 115_000)
        desk.toml.write_text(paper.configuration)
        told, raised = asyncio.run(listen())
    assert told == raised


def test_text_of_a_page_is_plain_in_an_event_and_ids_are_stable():
    row = {
        "alert_id": 2**62 + 1, "rule": "my-rule", "raised_at": datetime(2026, 3, 2, tzinfo=UTC), "outlet": "post",
        "title": "{{ event }} <!channel>\u202e 7 tanks", "url": "javascript:alert(1)",
        "claim": {"claim_id": 2**60, "low": 7},
    }  # fmt: skip
    event = alert_event(row)
    assert event == alert_event(row)
    assert event["event"] == "muster.alert.my-rule"
    assert (event["payload"]["title"], event["payload"]["url"]) == ("{{ event }} ‹!channel› 7 tanks", "")
    assert (event["payload"]["alert_id"], event["payload"]["claim"]["claim_id"]) == (str(2**62 + 1), str(2**60))
    assert event["id"] != alert_event({**row, "alert_id": 1})["id"]
