"""Behind the SQL door: what may be asked, and what gets nowhere."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.connection import open_warehouse
from warehouse.doorkeeper import QueryRefused, ask_table, first_rows, open_published, read
from warehouse.publish import publish


@pytest.fixture(scope="module")
def published(tmp_path_factory):
    folder = tmp_path_factory.mktemp("door")
    with open_warehouse(folder / "warehouse.duckdb") as connection:
        publish(connection, folder / "warehouse.duckdb", folder / "published.duckdb")
    return folder / "published.duckdb"


@pytest.mark.parametrize(
    "sql",
    [
        "SELECT 1",
        "WITH t AS (SELECT 1 AS a) SELECT a FROM t",
        "FROM claims",
        "VALUES (1)",
        "EXPLAIN SELECT 1",
        "DESCRIBE SELECT 1",
        "SUMMARIZE figures",
        "SELECT 1; -- done",
    ],
)
def test_reading_is_answered(published, sql):
    with open_published(published) as connection:
        assert ask_table(connection, sql).read_all() is not None


# Each reads or writes a file, loads code, changes the warehouse or its limits, or gives away what is not in it.
ATTACKS = """
    SELECT * FROM read_text('{secret}')
    SELECT * FROM read_blob('{secret}')
    SELECT * FROM read_csv('{secret}')
    SELECT * FROM read_json('{secret}')
    FROM '{secret}'
    FROM "{secret}.csv"
    FROM parquet_metadata('{secret}')
    FROM sniff_csv('{secret}')
    FROM glob('{folder}/*')
    FROM query('SELECT * FROM read_text(''{secret}'')')
    WITH t AS (FROM read_text('{secret}')) FROM t
    SELECT getenv('HOME')
    COPY figures TO '{folder}/stolen.csv'
    COPY (SELECT 1) TO '/dev/stdout'
    EXPLAIN ANALYZE COPY figures TO '{folder}/stolen.csv'
    EXPORT DATABASE '{folder}/stolen'
    IMPORT DATABASE '{folder}/stolen'
    ATTACH '{folder}/stolen.db'
    ATTACH ':memory:' AS m
    DETACH published
    USE memory
    INSTALL httpfs
    LOAD httpfs
    LOAD '{secret}'
    SET memory_limit = '100GB'
    RESET memory_limit
    SET enable_external_access = true
    SET lock_configuration = false
    SET VARIABLE x = 1
    PRAGMA memory_limit = '100GB'
    INSERT INTO figures SELECT * FROM figures
    DELETE FROM figures
    EXPLAIN ANALYZE DELETE FROM figures
    UPDATE figures SET low = 1
    DROP TABLE figures
    CREATE TABLE t AS SELECT 1
    CREATE TEMP TABLE t AS SELECT 1
    CREATE SECRET s (TYPE http)
    CALL enable_logging()
    CHECKPOINT
    BEGIN
    PREPARE p AS SELECT 1
    VACUUM
    SELECT 1; SELECT 2
    SELECT 1; DROP TABLE figures
    DESCRIBE figures; DROP TABLE figures
""".strip().splitlines()


def test_there_are_more_than_thirty_attacks():
    assert len(set(ATTACKS)) > 30


@pytest.mark.parametrize("attack", [line.strip() for line in ATTACKS])
def test_attack_gets_nowhere(published, attack, tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("the canary sings")
    before = (published.read_bytes(), sorted(p.name for p in tmp_path.iterdir()))
    with open_published(published) as connection, pytest.raises((QueryRefused, duckdb.Error)) as refusal:
        ask_table(connection, attack.format(secret=secret, folder=tmp_path)).read_all()
    assert "canary" not in str(refusal.value)
    assert (published.read_bytes(), sorted(p.name for p in tmp_path.iterdir())) == before


@pytest.mark.parametrize("limit, rows", [(None, 25_000), (0, 0), (1, 1), (10_000, 10_000), (24_999, 24_999)])
def test_no_more_rows_than_asked_for(published, limit, rows):
    with open_published(published) as connection:
        reader = read(connection, "FROM range(25000)")
        assert sum(batch.num_rows for batch in first_rows(reader, limit)) == rows


def test_answer_too_large_is_refused(published):
    with open_published(published) as connection:
        reader = read(connection, "SELECT repeat('x', 1000) FROM range(20000)")
        with pytest.raises(QueryRefused, match="larger than 10 MB"):
            sum(batch.num_rows for batch in first_rows(reader, None, most_bytes=10 * 2**20))
