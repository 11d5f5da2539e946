"""A warehouse made beside another: the old one or the new one whole, whatever interrupts it."""

from __future__ import annotations

import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from tests.warehouse.desk import START, Desk
from warehouse.alerts import AlertPolicy
from warehouse.backfill import raise_backfill_summary
from warehouse.connection import WarehouseNewer, open_warehouse
from warehouse.publish import publish
from warehouse.rebuilding import (
    OldWarehouse,
    call_backfills_told,
    count_lost_articles,
    find_old,
    keep_alerts,
    keep_requests,
    loaded_runs,
    rebuilding,
)

# Ends the process without a word at its n-th rename or removal of a file, or at its first call of `fsync`.
KILLED = """
import os, sys
from pathlib import Path
from warehouse import rebuilding as made
path, left = Path(sys.argv[1]), int(sys.argv[2])
def watch(event, arguments):
    global left
    if event in ("os.rename", "os.remove"):
        left -= 1
        if left == 0:
            os._exit(9)
sys.addaudithook(watch)
with made.rebuilding(path, made.OldWarehouse(path)) as connection:
    connection.execute("INSERT INTO alert_keys VALUES (7, 7, 'rule', 'new')")
"""


@pytest.fixture
def path(tmp_path):
    """A warehouse with one alert, its log not yet in the file."""
    path = tmp_path / "warehouse.duckdb"
    desk = Desk(path)
    desk.bring(START, desk.article("herald", "one", START, desk.figure(1_000)))
    desk.bring(START, desk.article("herald", "two", START, desk.figure(2_000)), kind="backfill")
    desk.connection.close()
    return path


def values(path, sql):
    with open_warehouse(path) as connection:
        return connection.execute(sql).fetchall()


def test_new_one_takes_the_name_and_the_old_one_is_kept(path, tmp_path):
    before = path.read_bytes()
    with rebuilding(path, find_old(path, tmp_path / "published.duckdb")) as connection:
        assert keep_alerts(connection) == 2
        assert set(loaded_runs(connection).values()) == {START}
        keep_requests(connection)
        assert count_lost_articles(connection) == 2
    assert values(path, "SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM runs)") == [(0, 2)]
    assert (tmp_path / "warehouse.duckdb.old").read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["warehouse.duckdb", "warehouse.duckdb.old"]


def test_error_leaves_the_old_one_and_no_other_file(path, tmp_path):
    before = path.read_bytes()
    with pytest.raises(KeyboardInterrupt), rebuilding(path, OldWarehouse(path)):
        raise KeyboardInterrupt
    assert path.read_bytes() == before
    assert [p.name for p in tmp_path.iterdir()] == ["warehouse.duckdb"]


def test_killed_at_any_step_it_is_the_old_one_or_the_new_one_whole(path, tmp_path):
    old, new = values(path, "FROM articles ORDER BY article_id"), []
    content, seen = path.read_bytes(), set()
    for step in range(1, 20):
        for file in tmp_path.iterdir():
            file.unlink()
        path.write_bytes(content)
        command = [sys.executable, "-c", KILLED, str(path), str(step)]
        killed = subprocess.run(command, cwd=Path(__file__).parents[2], check=False).returncode == 9
        articles = values(path, "FROM articles ORDER BY article_id")
        assert articles in (old, new)
        assert values(path, "SELECT count(*) FROM alert_keys WHERE key = 'new'") == [(len(articles) == 0,)]
        seen.add(len(articles))
        if not killed:
            break
    assert (killed, seen) == (False, {0, 2})
    assert sorted(p.name for p in tmp_path.iterdir()) == ["warehouse.duckdb", "warehouse.duckdb.old"]


def test_log_of_a_file_that_is_gone_is_kept_and_never_read_into_another(path, tmp_path):
    code = "import os, sys, duckdb; c = duckdb.connect(sys.argv[1]); c.execute('DELETE FROM articles'); os._exit(9)"
    subprocess.run([sys.executable, "-c", code, str(path)], check=False)
    log = tmp_path / "warehouse.duckdb.wal"
    content = log.read_bytes()
    assert content
    path.unlink()
    assert values(path, "SELECT count(*) FROM articles") == [(0,)]
    assert (tmp_path / "warehouse.duckdb.wal.old").read_bytes() == content


def test_published_copy_stands_in_for_a_warehouse_that_cannot_be_read(path, tmp_path):
    published = tmp_path / "it's published.duckdb"
    with open_warehouse(path) as connection:
        publish(connection, path, published)
    path.write_bytes(b"rotted")
    old = find_old(path, published)
    assert (old.path, "cannot be read" in old.why) == (published, True)
    with rebuilding(path, old) as connection:
        assert keep_alerts(connection) == 2
    published.chmod(0o600)
    published.write_bytes(b"rotted too")
    path.write_bytes(b"rotted")
    assert find_old(path, published).path is None


def test_where_no_alert_is_known_no_backfill_is_told_again(path, tmp_path):
    later = START + timedelta(days=1)
    with rebuilding(path, OldWarehouse(path)) as connection:
        for table in ("runs", "articles", "fetches", "figures", "claims", "sightings"):
            connection.execute(f"INSERT INTO {table} BY NAME FROM old.{table}")
        assert raised(connection, later)  # so it would be
        connection.execute("DELETE FROM alerts; DELETE FROM alert_keys; DELETE FROM deliveries")
        call_backfills_told(connection)
        assert raised(connection, later) == []
    assert values(path, "SELECT count(*) FROM alerts") == [(0,)]


def raised(connection, now):
    return raise_backfill_summary(connection, "herald", 99, AlertPolicy(), (), now)


def test_newer_warehouse_is_refused(path, tmp_path):
    with open_warehouse(path) as connection:
        connection.execute("INSERT INTO schema_migrations VALUES (9999, 'x', '', current_timestamp::TIMESTAMP)")
    with pytest.raises(WarehouseNewer):
        find_old(path, tmp_path / "published.duckdb")
    with duckdb.connect(str(path)) as connection:
        assert connection.execute("SELECT count(*) FROM articles").fetchall() == [(2,)]
