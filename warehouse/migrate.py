"""Numbered SQL files, each applied once in a transaction of its own and recorded with its hash."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from importlib import resources

import duckdb

RECORD = """
CREATE TABLE IF NOT EXISTS schema_migrations (
    number INTEGER NOT NULL, name VARCHAR NOT NULL, sha256 VARCHAR NOT NULL, applied_at TIMESTAMP NOT NULL
);
COMMENT ON TABLE schema_migrations IS 'A change of the schema that was applied';
COMMENT ON COLUMN schema_migrations.number IS 'Its number; 0 for the views and macros together';
COMMENT ON COLUMN schema_migrations.name IS 'Its file';
COMMENT ON COLUMN schema_migrations.sha256 IS 'Hash of its text';
COMMENT ON COLUMN schema_migrations.applied_at IS 'When it was applied, UTC';
"""
VIEWS_NUMBER = 0  # the views are one record, applied again whenever their text changes


class WarehouseNewer(Exception):
    """The warehouse was written by a newer program than this one."""


class MigrationChanged(WarehouseNewer):
    """A migration that was applied has since been edited: another make of this program wrote the warehouse."""


@dataclass(frozen=True, slots=True)
class Migration:
    """One SQL file of warehouse/migrations."""

    number: int
    name: str
    sql: str

    @property
    def sha256(self) -> str:
        """Return the hash of its text."""
        return hashlib.sha256(self.sql.encode()).hexdigest()


def known_migrations() -> tuple[Migration, ...]:
    """Return the migrations this program carries, in order of number."""
    folder = resources.files("warehouse") / "migrations"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return tuple(Migration(int(f.name.split("_")[0]), f.name, f.read_text("utf-8")) for f in files)


def known_views() -> Migration:
    """Return the views and macros of warehouse/views as one script."""
    folder = resources.files("warehouse") / "views"
    files = sorted((f for f in folder.iterdir() if f.name.endswith(".sql")), key=lambda f: f.name)
    return Migration(VIEWS_NUMBER, "views", "\n".join(f.read_text("utf-8") for f in files))


def schema_version(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the newest migration applied, 0 for an empty database."""
    return max(_applied(connection), default=0)


def migrate(
    connection: duckdb.DuckDBPyConnection,
    migrations: tuple[Migration, ...] | None = None,
    views: Migration | None = None,
) -> None:
    """Apply what is missing. Raises WarehouseNewer or MigrationChanged before anything is written."""
    migrations = known_migrations() if migrations is None else migrations
    views = known_views() if views is None else views
    applied = _applied(connection)
    _refuse_strangers(applied, migrations)
    for migration in migrations:
        if migration.number not in applied:
            _apply(connection, migration)
    if applied.get(VIEWS_NUMBER) != views.sha256:
        _apply(connection, views)


def _applied(connection: duckdb.DuckDBPyConnection) -> dict[int, str]:
    known = "SELECT count(*) FROM duckdb_tables() WHERE table_name = 'schema_migrations'"
    if connection.execute(known).fetchall()[0][0] == 0:
        return {}
    return dict(connection.execute("SELECT number, sha256 FROM schema_migrations").fetchall())


def _refuse_strangers(applied: dict[int, str], migrations: tuple[Migration, ...]) -> None:
    newest = max((m.number for m in migrations), default=0)
    if max(applied, default=0) > newest:
        raise WarehouseNewer(
            f"the warehouse has schema {max(applied)}, this program knows up to {newest}: install a newer Muster"
        )
    for migration in migrations:
        if applied.get(migration.number, migration.sha256) != migration.sha256:
            raise MigrationChanged(
                f"{migration.name} was changed after it was applied: put it back and add a migration instead"
            )


def _apply(connection: duckdb.DuckDBPyConnection, migration: Migration) -> None:
    connection.execute("BEGIN")
    try:
        connection.execute(RECORD)
        if migration.sql.strip():
            connection.execute(migration.sql)
        connection.execute("DELETE FROM schema_migrations WHERE number = ?", [migration.number])
        connection.execute(
            "INSERT INTO schema_migrations VALUES (?, ?, ?, current_timestamp::TIMESTAMP)",
            [migration.number, migration.name, migration.sha256],
        )
        connection.execute("COMMIT")
    except BaseException:
        connection.execute("ROLLBACK")
        raise
