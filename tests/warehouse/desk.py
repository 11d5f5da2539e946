"""A desk that writes articles of its own invention, loads them, and tells what was raised."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from extractors.records import Article, Extraction, Figure, Mention, PageLocation, key64
from warehouse.alerts import AlertPolicy
from warehouse.archived import ArchivedPage, Scope
from warehouse.batch import Batch, Fetch, LoadOutcome
from warehouse.connection import open_warehouse
from warehouse.load import load_batch
from warehouse.readings import PageReading, store_readings
from warehouse.rereading import ReadingReport, compare_readings
from warehouse.switching import switch_readings

START = datetime(2021, 12, 1, 10, tzinfo=UTC)
SAME = object()  # published when it was seen


class Desk:
    """Invented outlets over a real warehouse file."""

    start = START

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = open_warehouse(path)
        self.runs = 0
        self.policy = AlertPolicy()
        self.channels: tuple[str, ...] = ("atom",)

    def figure(self, number: int | None = 100_000, claimant: str | None = "UKR", **changes: Any) -> Figure:
        fields: dict[str, Any] = {
            "start": 0, "end": 7, "sentence": f"{number} were there.", "low": number, "high": number,
            "qualifier": "exact", "measure": "strength", "item": "troops", "subject": "RUS", "location": ("UKR",),
            "claimant": claimant, "claimant_text": None, "status": "actual", "rule": "test",
        }  # fmt: skip
        return Figure(**{**fields, **changes})

    def mention(self, *actors: str, event: str = "CONSULT", targets: Iterable[str] = (), **changes: Any) -> Mention:
        fields: dict[str, Any] = {
            "start": 0, "end": 3, "sentence": "They met.", "event": event, "actors": tuple(actors),
            "targets": tuple(targets), "status": "actual", "rule": "test",
        }  # fmt: skip
        return Mention(**{**fields, **changes})

    def article(
        self,
        outlet: str,
        slug: str,
        seen_at: datetime,
        *found: Figure | Mention,
        text: str | None = None,
        published_at: Any = SAME,
        day_only: bool = False,
        title: str = "A headline",
        **more: Any,
    ) -> Extraction:
        url = f"https://{outlet}.test/{slug}"
        article = Article(
            url, title, text or f"{slug}, as it was written.", ("A. Writer",), "en",
            seen_at if published_at is SAME else published_at, "meta", published_day_only=day_only, **more,
        )  # fmt: skip
        return Extraction(
            outlet, key64(outlet, slug), article, tuple(f for f in found if isinstance(f, Figure)),
            tuple(m for m in found if isinstance(m, Mention)), seen_at, PageLocation("pages/one.warc.gz", 7), "1",
        )  # fmt: skip

    def fetch(self, run_id: int, extraction: Extraction, **changes: Any) -> Fetch:
        fields: dict[str, Any] = {
            "run_id": run_id, "outlet": extraction.outlet, "url": extraction.article.url, "kind": "page",
            "fetched_at": extraction.seen_at, "elapsed_ms": 12, "status": 200, "outcome": "ok", "reason": None,
            "detail": None, "bytes": 900, "etag": None, "last_modified": None, "body_hash": None,
            "article_id": extraction.article_id, "location": extraction.location,
        }  # fmt: skip
        return Fetch(**{**fields, **changes})

    def batch(self, at: datetime, *articles: Extraction, kind: Any = "monitor") -> Batch:
        self.runs += 1
        outlets = tuple(dict.fromkeys(a.outlet for a in articles))
        fetches = tuple(self.fetch(self.runs, a) for a in articles)
        return Batch(self.runs, kind, at, fetches, articles, outlets, tuple((o, 3) for o in outlets))

    def load(self, batch: Batch, now: datetime | None = None) -> LoadOutcome:
        return load_batch(self.connection, batch, self.policy, self.channels, now or batch.started_at)

    def bring(self, at: datetime, *articles: Extraction, kind: Any = "monitor") -> list[tuple[str, str]]:
        """Load a batch; return rule and title of the alerts it raised."""
        outcome = self.load(self.batch(at, *articles, kind=kind))
        rows = {key: (rule, title) for key, rule, title in self.rows("SELECT alert_id, rule, title FROM alerts")}
        return [rows[alert_id] for alert_id in outcome.alert_ids]

    def rules(self, at: datetime, *articles: Extraction, kind: Any = "monitor") -> list[str]:
        """Load a batch; return the rules of the alerts it raised."""
        return [rule for rule, _ in self.bring(at, *articles, kind=kind)]

    def beside(self, at: datetime, *articles: Extraction, recipe: int = 1, **changes: Any) -> None:
        """Put readings of known articles beside the ledger."""
        known = dict(self.rows("SELECT article_id, revision FROM articles"))
        store_readings(
            self.connection,
            [
                PageReading(
                    ArchivedPage(
                        a.article_id, known.get(a.article_id, 1), a.outlet, a.article.url, a.seen_at,
                        PageLocation("pages/one.warc.gz", 7), None,
                    ),
                    recipe, at, None if "reason" in changes else a, **changes,
                )
                for a in articles
            ],
        )  # fmt: skip

    def reread(self, at: datetime, *articles: Extraction) -> ReadingReport:
        """Read known articles again and switch to what was found."""
        self.beside(at, *articles)
        report = compare_readings(self.connection, Scope())
        self.runs += 1
        switch_readings(self.connection, self.runs, at, at)
        return report

    def rows(self, sql: str) -> list[Any]:
        return self.connection.execute(sql).fetchall()

    def value(self, sql: str) -> Any:
        return self.rows(sql)[0][0]

    def ledger(self) -> dict[str, list[Any]]:
        """Return every row of every table."""
        tables = [r[0] for r in self.rows("SELECT table_name FROM duckdb_tables() WHERE NOT temporary ORDER BY 1")]
        return {t: sorted(map(repr, self.rows(f'FROM "{t}"'))) for t in tables}
