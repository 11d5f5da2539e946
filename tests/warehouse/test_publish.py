"""Publishing: readers get a whole copy, and never meet the writer."""

from __future__ import annotations

import stat
import subprocess
import sys
from datetime import timedelta

import duckdb
import pytest

from warehouse.door import ask
from warehouse.publish import publish

COUNT = "SELECT count(*) AS n FROM figures"
OPEN = "import duckdb, sys; duckdb.connect(sys.argv[1]).execute('SELECT 1')"


def test_published_copy_holds_what_was_loaded(desk, tmp_path):
    at, target = desk.start, tmp_path / "out" / "published.duckdb"
    desk.bring(at, desk.article("herald", "one", at, desk.figure()))
    publish(desk.connection, desk.path, target)
    assert ask(target, COUNT).to_pylist() == [{"n": 1}]
    assert stat.S_IMODE(target.stat().st_mode) == 0o444
    assert [p.name for p in target.parent.iterdir()] == ["published.duckdb"]


def test_reader_with_the_old_file_open_keeps_it(desk, tmp_path):
    at, target = desk.start, tmp_path / "published.duckdb"
    desk.bring(at, desk.article("herald", "one", at, desk.figure()))
    publish(desk.connection, desk.path, target)
    with duckdb.connect(str(target), read_only=True) as reader:
        later = at + timedelta(hours=1)
        desk.bring(later, desk.article("herald", "two", later, desk.figure(9)))
        publish(desk.connection, desk.path, target)
        assert reader.execute(COUNT).fetchall() == [(1,)]
    assert ask(target, COUNT).to_pylist() == [{"n": 2}]


def test_writer_keeps_its_lock_while_publishing(desk, tmp_path):
    publish(desk.connection, desk.path, tmp_path / "published.duckdb")
    other = subprocess.run([sys.executable, "-c", OPEN, str(desk.path)], capture_output=True, text=True)
    assert "Conflicting lock" in other.stderr


def test_failed_copy_leaves_the_old_one(desk, tmp_path):
    target = tmp_path / "published.duckdb"
    publish(desk.connection, desk.path, target)
    before = target.read_bytes()
    with pytest.raises(OSError, match="cannot be copied"):
        publish(desk.connection, tmp_path / "missing.duckdb", target)
    assert target.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["published.duckdb", "warehouse.duckdb"]


def test_copy_left_unfinished_by_a_kill_is_replaced(desk, tmp_path):
    target = tmp_path / "published.duckdb"
    (tmp_path / ".published.duckdb.new").write_bytes(b"half")
    publish(desk.connection, desk.path, target)
    assert ask(target, "SELECT 1 AS n").num_rows == 1
    assert not (tmp_path / ".published.duckdb.new").exists()
