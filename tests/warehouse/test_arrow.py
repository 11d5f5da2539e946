"""Rows to DuckDB and back: times in UTC, whatever zone they came with, and nothing left registered."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import duckdb
import pyarrow as pa
import pytest

from warehouse.arrow import aware, registered, rows_of, stored, stored_time, table_of

KYIV = timezone(timedelta(hours=2))
ONE = pa.schema({"word": pa.string(), "words": pa.list_(pa.string())})


def test_times_are_kept_in_utc_without_a_zone():
    assert stored_time(datetime(2021, 12, 1, 12, tzinfo=KYIV)) == datetime(2021, 12, 1, 10)  # noqa: DTZ001 - as stored
    assert stored(None) is None
    assert aware(stored_time(datetime(2021, 12, 1, 12, tzinfo=KYIV))) == datetime(2021, 12, 1, 10, tzinfo=UTC)


def test_time_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="without a zone: 2021-12-01T12:00:00"):
        stored_time(datetime(2021, 12, 1, 12))  # noqa: DTZ001 - the fault


def test_half_a_surrogate_pair_is_replaced_wherever_it_stands():
    table = table_of([{"word": "a\ud83d", "words": ["b", "\udc00c"]}, {"word": None, "words": None}], ONE)
    assert table.to_pylist() == [{"word": "a?", "words": ["b", "?c"]}, {"word": None, "words": None}]


def test_tables_are_seen_only_within_the_block():
    with duckdb.connect() as connection:
        with registered(connection, incoming=table_of([{"word": "a", "words": []}], ONE)):
            assert rows_of(connection, "FROM incoming WHERE word = $word", {"word": "a"}) == [
                {"word": "a", "words": []}
            ]
        with pytest.raises(duckdb.CatalogException):
            connection.execute("FROM incoming")


def test_tables_are_gone_after_an_error_too():
    with duckdb.connect() as connection:
        with pytest.raises(ZeroDivisionError), registered(connection, incoming=table_of([], ONE)):
            raise ZeroDivisionError
        with pytest.raises(duckdb.CatalogException):
            connection.execute("FROM incoming")
