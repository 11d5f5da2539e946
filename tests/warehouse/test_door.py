"""The SQL door: it answers questions and does nothing else."""

from __future__ import annotations

import time

import duckdb
import pytest

from warehouse.connection import WarehouseDamaged
from warehouse.door import NothingPublished, QueryRefused, QueryTimeout, ask, query
from warehouse.publish import publish


@pytest.fixture
def published(desk, tmp_path):
    at = desk.start
    desk.bring(at, desk.article("herald", "one", at, *(desk.figure(n, start=n) for n in range(1, 40))))
    target = tmp_path / "published.duckdb"
    publish(desk.connection, desk.path, target)
    return target


def test_questions_are_answered(published):
    assert query(published, "SELECT count(*) AS n FROM figures").to_pylist() == [{"n": 39}]
    assert query(published, "FROM figures", limit=5).num_rows == 5
    assert query(published, "FROM figures", limit=0).num_rows == 0


@pytest.mark.parametrize("sql", ["DESCRIBE figures", "desc Figures;", 'SHOW "figures"', "describe table figures"])
def test_describe_shows_a_comment_on_each_column(published, sql):
    rows = query(published, sql).to_pylist()
    assert list(rows[0]) == ["column_name", "column_type", "comment"]
    assert rows[6] == {
        "column_name": "low",
        "column_type": "BIGINT",
        "comment": 'Least number meant, inclusive; null for "up to n"',
    }
    assert all(row["comment"] for row in rows)


def test_show_tables_says_what_they_hold(published):
    rows = {row["name"]: row["comment"] for row in query(published, "SHOW TABLES").to_pylist()}
    assert rows["runs"] == "A run over one outlet, with its counts"
    assert all(rows.values())


def test_times_are_utc(published):
    assert query(published, "SELECT current_setting('TimeZone') AS zone").to_pylist() == [{"zone": "UTC"}]


def test_typing_errors_come_in_the_words_of_duckdb(published):
    with pytest.raises(duckdb.ParserException, match='syntax error at or near "SELEC"'):
        query(published, "SELEC 1")
    with pytest.raises(duckdb.CatalogException, match="Table with name figurs does not exist"):
        query(published, "DESCRIBE figurs")


@pytest.mark.parametrize(
    "attack",
    [
        "SELECT * FROM read_text('{secret}')",
        "COPY figures TO '{secret}'",
        "INSERT INTO figures SELECT * FROM figures",
    ],
)
def test_attack_through_the_whole_door_gets_nowhere(published, attack, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the canary sings")
    with pytest.raises((QueryRefused, duckdb.Error)) as refusal:
        query(published, attack.format(secret=secret))
    assert "canary" not in str(refusal.value)
    assert secret.read_text() == "the canary sings"


def test_secrets_of_the_environment_are_not_handed_on(published, monkeypatch):
    monkeypatch.setenv("MUSTER_NOTIFY", "json://canary")
    rows = query(published, "FROM duckdb_settings()").to_pylist()
    assert "canary" not in str(rows)


@pytest.mark.parametrize(
    "hog",
    [
        "SELECT count(*) FROM range(100000000000)",
        "SELECT unnest(range(200000000))",
        "SELECT count(*) FROM range(1000000) a, range(1000000) b WHERE a.range <> b.range",
        "WITH RECURSIVE n AS (SELECT 1 AS i UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
        "SELECT range FROM range(1000000000) ORDER BY hash(range)",
        "SELECT string_agg(range::VARCHAR, ' ') FROM range(1000000000)",
        "SELECT repeat(repeat('x', 100000), 100000)",
        "SELECT list_reduce(range(100000000), lambda a, b: a + b)",
    ],
)
def test_hog_is_stopped_at_its_time(published, hog):
    began = time.monotonic()
    with pytest.raises((QueryTimeout, QueryRefused, duckdb.Error)):
        query(published, hog, timeout_seconds=1.5)
    assert time.monotonic() - began < 5


def test_hog_of_memory_is_refused(published):
    with pytest.raises((QueryRefused, QueryTimeout, duckdb.Error)):
        query(published, "SELECT repeat('x', 4000000000)", timeout_seconds=20)
    assert query(published, "SELECT 1 AS n").num_rows == 1


def test_published_copy_that_is_damaged_says_what_to_do(tmp_path):
    (tmp_path / "published.duckdb").write_bytes(b"rotted" * 9_000)
    for question in (query, ask):
        with pytest.raises(WarehouseDamaged, match="the next `muster monitor` writes it again"):
            question(tmp_path / "published.duckdb", "SELECT 1")


def test_nothing_published_says_what_to_do(tmp_path):
    for question in (query, ask):
        with pytest.raises(NothingPublished, match="muster monitor"):
            question(tmp_path / "published.duckdb", "SELECT 1")


def test_own_questions_take_values_apart_from_the_sql(published):
    rows = ask(published, "SELECT $word AS word", {"word": "'; DROP TABLE figures"}).to_pylist()
    assert rows == [{"word": "'; DROP TABLE figures"}]
