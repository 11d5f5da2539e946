"""Loads killed at any moment: all of a batch or nothing of it, and loading again gives what no kill would have."""

from __future__ import annotations

import shutil
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

from tests.warehouse.desk import Desk

HOUR = timedelta(hours=1)
RUNS = 12
LOADER = """
import sys
from pathlib import Path
from tests.warehouse.desk import Desk
from tests.warehouse.test_load_killed import load_all
load_all(Desk(Path(sys.argv[1])), told=lambda run: print(run, flush=True))
"""


# A limit on the size of files stands for the full disk: writing fails in the same places.
FULL_DISK = """
import resource, signal, sys
from pathlib import Path
import duckdb
from tests.warehouse.desk import Desk
from tests.warehouse.test_load_killed import large_batch
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
desk = Desk(Path(sys.argv[1]))
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[2]), resource.RLIM_INFINITY))
try:
    desk.load(large_batch(desk))
except duckdb.Error as error:
    print(type(error).__name__, error)
"""


def large_batch(desk):
    at = desk.start
    words = " ".join(str(n * 7919 % 1_000_003) for n in range(60_000))
    articles = (desk.article("herald", f"big{n}", at, desk.figure(n + 1), text=f"{n} {words}") for n in range(8))
    return desk.batch(at, *articles)


def batches(desk):
    desk.runs = 0
    for run in range(RUNS):
        at = desk.start + run * HOUR
        fresh = desk.article("herald", f"n{run}", at, desk.figure(1_000 * (run + 1)), desk.mention("RUS", "USA"))
        known = desk.article(
            "herald",
            "rolling",
            at,
            desk.figure(10 + run, measure="killed"),
            text=f"Text {run}.",
            published_at=desk.start,
        )
        yield desk.batch(at, fresh, known)


def load_all(desk, told=lambda run: None):
    for batch in batches(desk):
        desk.load(batch)
        told(batch.run_id)
    desk.connection.close()


def ledger_of(path: Path):
    desk = Desk(path)
    try:
        ledger = desk.ledger()
    finally:
        desk.connection.close()
    del ledger["schema_migrations"]  # has the time it was applied
    return ledger


def test_killed_loads_are_whole_or_absent_and_loading_again_mends_them(tmp_path):
    whole = Desk(tmp_path / "whole.duckdb")
    load_all(whole)
    expected = ledger_of(whole.path)
    path = tmp_path / "killed.duckdb"
    Desk(path).connection.close()
    root = Path(__file__).parents[2]
    for stop_after in (0, 1, 3, 4, 7, 9):
        loader = subprocess.Popen([sys.executable, "-c", LOADER, str(path)], cwd=root, stdout=-1, text=True)
        told = [int(loader.stdout.readline()) for _ in range(stop_after)]
        loader.kill()
        told += [int(line) for line in loader.communicate()[0].splitlines()]
        desk = Desk(path)
        loaded = {row[0] for row in desk.rows("SELECT run_id FROM runs")}
        assert loaded >= set(told)
        assert loaded == {row[0] for row in desk.rows("SELECT DISTINCT run_id FROM fetches")}
        assert desk.value("SELECT count(*) FROM alerts ANTI JOIN deliveries USING (alert_id)") == 0
        desk.connection.close()
    load_all(Desk(path))
    assert ledger_of(path) == expected


def test_full_disk_tells_an_error_and_loses_nothing_that_was_told(tmp_path):
    whole = tmp_path / "whole.duckdb"
    load_all(Desk(whole))
    before = ledger_of(whole)
    for most_bytes in ("100000", "1000000", "3000000"):
        path = Path(shutil.copyfile(whole, tmp_path / f"{most_bytes}.duckdb"))
        command = [sys.executable, "-c", FULL_DISK, str(path), most_bytes]
        full = subprocess.run(command, cwd=Path(__file__).parents[2], capture_output=True, text=True)
        assert "File too large" in full.stdout, full.stdout + full.stderr
        desk = Desk(path)
        loaded = desk.value("SELECT count(*) FROM articles WHERE length(text) > 1000")
        assert loaded in (0, 8)  # nothing, or all of it: a commit can last although its caller heard an error
        desk.load(large_batch(desk))
        after = desk.ledger()
        desk.connection.close()
        for table in ("figures", "claims", "alerts", "deliveries"):
            assert set(before[table]) <= set(after[table])
