"""Migrations: each once, whole or not at all, never edited afterwards."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.migrate import (
    Migration,
    MigrationChanged,
    WarehouseNewer,
    known_migrations,
    migrate,
    schema_version,
)

ONE = Migration(1, "0001_one.sql", "CREATE TABLE one (a INTEGER); INSERT INTO one VALUES (1)")
TWO = Migration(2, "0002_two.sql", "ALTER TABLE one ADD COLUMN b INTEGER; CREATE TABLE two (a INTEGER)")
BROKEN = Migration(2, "0002_two.sql", "ALTER TABLE one ADD COLUMN b INTEGER; SELECT nonsense")
VIEWS = Migration(0, "views", "CREATE OR REPLACE VIEW v AS SELECT a FROM one")


@pytest.fixture
def connection():
    with duckdb.connect() as made:
        yield made


def tables(connection):
    return [r[0] for r in connection.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall()]


def test_empty_database_has_version_zero(connection):
    assert schema_version(connection) == 0


def test_each_is_applied_once_and_recorded(connection):
    migrate(connection, (ONE,), VIEWS)
    migrate(connection, (ONE, TWO), VIEWS)
    migrate(connection, (ONE, TWO), VIEWS)
    assert connection.execute("SELECT a FROM v").fetchall() == [(1,)]
    assert schema_version(connection) == 2
    recorded = connection.execute("SELECT number, name, sha256 FROM schema_migrations ORDER BY 1").fetchall()
    assert recorded == [(m.number, m.name, m.sha256) for m in (VIEWS, ONE, TWO)]


def test_broken_one_leaves_nothing_and_is_tried_again(connection):
    with pytest.raises(duckdb.Error):
        migrate(connection, (ONE, BROKEN), VIEWS)
    assert schema_version(connection) == 1
    assert [r[0] for r in connection.execute("DESCRIBE one").fetchall()] == ["a"]
    migrate(connection, (ONE, TWO), VIEWS)
    assert tables(connection) == ["one", "schema_migrations", "two"]


def test_edited_one_is_refused_by_name(connection):
    migrate(connection, (ONE,), VIEWS)
    with pytest.raises(MigrationChanged, match=r"0001_one\.sql was changed"):
        migrate(connection, (Migration(1, ONE.name, ONE.sql + " "), TWO), VIEWS)
    assert schema_version(connection) == 1


def test_newer_schema_is_refused_before_anything_is_written(connection):
    migrate(connection, (ONE, TWO), VIEWS)
    with pytest.raises(WarehouseNewer, match="schema 2, this program knows up to 1"):
        migrate(connection, (ONE,), Migration(0, "views", "CREATE VIEW other AS SELECT 1"))
    assert connection.execute("SELECT count(*) FROM duckdb_views() WHERE view_name = 'other'").fetchall() == [(0,)]


def test_views_are_applied_again_when_their_text_changes(connection):
    migrate(connection, (ONE,), VIEWS)
    migrate(connection, (ONE,), Migration(0, "views", "CREATE OR REPLACE VIEW v AS SELECT a + 1 AS a FROM one"))
    assert connection.execute("SELECT a FROM v").fetchall() == [(2,)]


def test_files_are_numbered_without_gaps_or_repeats():
    assert [m.number for m in known_migrations()] == list(range(1, len(known_migrations()) + 1))
