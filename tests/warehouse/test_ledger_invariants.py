"""Whatever is published, rewritten, read again and loaded twice, in whatever order: the ledger stays sound."""

from __future__ import annotations

import shutil
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from tests.warehouse.desk import START, Desk

HOUR = timedelta(hours=1)
KEYS = {
    "articles": "article_id", "revisions": "article_id, revision", "figures": "figure_id", "diplomacy": "mention_id",
    "claims": "claim_id", "sightings": "sighting_id", "meetings": "meeting_id", "alerts": "alert_id",
    "alert_keys": "key_id", "deliveries": "alert_id, channel", "fetches": "fetch_id", "addresses": "address_id",
    "runs": "run_id, outlet",
}  # fmt: skip
NEVER = {
    "figure of an old revision": (
        "SELECT * FROM figures f JOIN articles a USING (article_id) WHERE f.revision <> a.revision"
    ),
    "mention of an old revision": (
        "SELECT * FROM diplomacy d JOIN articles a USING (article_id) WHERE d.revision <> a.revision"
    ),
    "article without its revision": "SELECT * FROM articles ANTI JOIN revisions USING (article_id, revision)",
    "figure without its claim": "SELECT * FROM figures ANTI JOIN claims USING (claim_id)",
    "figure without its sighting": "SELECT * FROM figures ANTI JOIN sightings USING (claim_id, article_id)",
    "claim counted wrongly": (
        "SELECT * FROM claims c JOIN (SELECT claim_id, count(DISTINCT article_id) AS n FROM sightings GROUP BY 1) s"
        " USING (claim_id) WHERE c.sightings <> s.n"
    ),
    "alert without a delivery": "SELECT * FROM alerts ANTI JOIN deliveries USING (alert_id)",
    "alert without its key": "SELECT * FROM alerts ANTI JOIN alert_keys USING (alert_id)",
    "new figure told twice": (
        "SELECT claim_id FROM alerts WHERE rule = 'new_figure' GROUP BY claim_id HAVING count(*) > 1"
    ),
    "alert on a claim that was never reported": (
        "SELECT * FROM alerts a JOIN claims c USING (claim_id) WHERE c.reported_at IS NULL"
    ),
    "alert on what may not alert": (
        "SELECT * FROM alerts a JOIN claims c USING (claim_id) WHERE c.status NOT IN ('actual', 'planned')"
    ),
}  # fmt: skip

FIGURES = st.lists(
    st.tuples(
        st.sampled_from([40, 41, 100, 101, 9_000, 94_000]), st.sampled_from(["UKR", "RUS", None, "unknown"]),
        st.sampled_from(["strength", "killed"]), st.sampled_from(["actual", "planned", "historical", "denied"]),
        st.sampled_from(["exact", "order"]),
    ),
    max_size=3,
)  # fmt: skip
PAGES = st.lists(
    st.tuples(
        st.sampled_from(["herald", "courier"]), st.sampled_from(["a", "b", "c"]), st.integers(0, 2), FIGURES,
        st.sampled_from([None, 0, 1, 5, 100, -40]), st.booleans(),
    ),
    max_size=3,
    unique_by=lambda page: page[:2],
)  # fmt: skip


@pytest.fixture(scope="module", autouse=True)
def made_once(empty_warehouse):
    Ledger.empty = empty_warehouse


class Ledger(RuleBasedStateMachine):
    empty: Path

    @initialize()
    def open(self):
        self.folder = tempfile.TemporaryDirectory()
        self.desk = Desk(Path(shutil.copyfile(self.empty, Path(self.folder.name) / "warehouse.duckdb")))
        self.now = START
        self.batches = []

    def teardown(self):
        if hasattr(self, "desk"):
            self.desk.connection.close()
            self.folder.cleanup()

    @rule(
        pages=PAGES, hours=st.sampled_from([1, 30, 24 * 8]), kind=st.sampled_from(["monitor", "monitor", "backfill"])
    )
    def run(self, pages, hours, kind):
        self.now += hours * HOUR
        batch = self.desk.batch(self.now, *map(self._article, pages), kind=kind)
        self.desk.load(batch)
        self.batches.append(batch)

    @rule(which=st.integers(0, 5))
    def load_an_earlier_batch_again(self, which):
        if self.batches:
            batch = self.batches[-1 - which % len(self.batches)]
            before = self.desk.ledger()
            outcome = self.desk.load(batch, self.now)
            assert outcome.alert_ids == ()
            assert self.desk.ledger() == before

    @rule(pages=PAGES)
    def read_again(self, pages):
        alerts = self.desk.value("SELECT count(*) FROM alerts")
        known = {row[0] for row in self.desk.rows("SELECT article_id FROM articles")}
        self.desk.reread(self.now, *(a for a in map(self._article, pages) if a.article_id in known))
        assert self.desk.value("SELECT count(*) FROM alerts") == alerts
        self.batches.clear()  # what was loaded before is no longer what the ledger stands on

    @invariant()
    def is_sound(self):
        if not hasattr(self, "desk"):
            return
        for table, key in KEYS.items():
            assert self.desk.value(f"SELECT count(*) - count(DISTINCT ({key})) FROM {table}") == 0, table
        for what, sql in NEVER.items():
            assert self.desk.rows(sql) == [], what

    def _article(self, page):
        outlet, slug, version, figures, age, talks = page
        found = [
            self.desk.figure(
                number, claimant, measure=measure, status=status, start=place * 10, sentence=f"{number} {place}.",
                **({"low": 10_000, "high": 99_999, "qualifier": "order"} if qualifier == "order" else {}),
            )
            for place, (number, claimant, measure, status, qualifier) in enumerate(figures)
        ]  # fmt: skip
        if talks:
            found.append(self.desk.mention("RUS", "USA"))
        published_at = None if age is None else self.now - age * HOUR
        text = f"Version {version} of {slug} in {outlet}."
        return self.desk.article(outlet, slug, self.now, *found, text=text, published_at=published_at)


Ledger.TestCase.settings = settings(
    max_examples=10, stateful_step_count=10, deadline=None, suppress_health_check=list(HealthCheck)
)
TestLedger = Ledger.TestCase
