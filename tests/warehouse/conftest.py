"""Desks over warehouses that are made once and copied for each test."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.warehouse.desk import START, Desk
from warehouse.connection import open_warehouse


@pytest.fixture(scope="session")
def empty_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that has seen nothing, to be copied."""
    path = tmp_path_factory.mktemp("empty") / "warehouse.duckdb"
    open_warehouse(path).close()
    return path


@pytest.fixture(scope="session")
def known_warehouse(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse that knows the outlets herald, courier and gazette, to be copied."""
    desk = Desk(tmp_path_factory.mktemp("known") / "warehouse.duckdb")
    at = START.replace(month=10)
    desk.bring(at, *(desk.article(o, "first", at) for o in ("herald", "courier", "gazette")))
    desk.connection.close()
    return desk.path


@pytest.fixture
def fresh_desk(empty_warehouse: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a warehouse that has seen nothing."""
    desk = Desk(Path(shutil.copyfile(empty_warehouse, tmp_path / "warehouse.duckdb")))
    yield desk
    desk.connection.close()


@pytest.fixture
def desk(known_warehouse: Path, tmp_path: Path) -> Iterator[Desk]:
    """A desk over a warehouse that knows three outlets, so that their first run lies behind it."""
    desk = Desk(Path(shutil.copyfile(known_warehouse, tmp_path / "warehouse.duckdb")))
    desk.runs = 1
    yield desk
    desk.connection.close()
