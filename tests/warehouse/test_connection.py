"""Opening the warehouse: made whole, one writer, refused where it cannot be understood."""

from __future__ import annotations

import os
import subprocess
import sys

import duckdb
import pytest

from warehouse.connection import WarehouseBusy, WarehouseDamaged, WarehouseNewer, open_warehouse
from warehouse.migrate import known_migrations, schema_version

HOLD = """
import sys
from pathlib import Path
from warehouse.connection import open_warehouse
held = open_warehouse(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.read()
"""


def test_new_warehouse_is_at_the_newest_schema_and_leaves_no_other_file(tmp_path):
    path = tmp_path / "home" / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        assert schema_version(connection) == known_migrations()[-1].number
    assert [p.name for p in path.parent.iterdir()] == ["warehouse.duckdb"]


def test_opening_again_keeps_what_is_there(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        connection.execute("INSERT INTO alert_keys VALUES (1, 2, 'new_figure', 'x')")
    with open_warehouse(path) as connection:
        assert connection.execute("SELECT key FROM alert_keys").fetchall() == [("x",)]


def test_nothing_is_loaded_behind_the_users_back(tmp_path):
    with open_warehouse(tmp_path / "warehouse.duckdb") as connection:
        settings = dict(connection.execute("SELECT name, value FROM duckdb_settings()").fetchall())
    assert settings["autoinstall_known_extensions"] == settings["autoload_known_extensions"] == "false"
    assert settings["TimeZone"] == "UTC"


def test_second_process_is_told_who_holds_it(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    holder = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=-1, stdout=-1, text=True)
    try:
        assert holder.stdout.readline() == "held\n"
        with pytest.raises(WarehouseBusy, match=f"in use by process {holder.pid}"):
            open_warehouse(path)
    finally:
        holder.communicate("")
    open_warehouse(path).close()


def test_what_a_kill_while_creating_left_does_not_block(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    (tmp_path / ".warehouse.duckdb.new").write_bytes(b"half a header")
    (tmp_path / ".warehouse.duckdb.new.wal").write_bytes(b"half a log")
    with open_warehouse(path) as connection:
        assert schema_version(connection) == known_migrations()[-1].number
    assert [p.name for p in tmp_path.iterdir()] == ["warehouse.duckdb"]


def test_two_that_create_at_once_end_with_one_warehouse(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    both = [subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=-1, stdout=-1, stderr=-1, text=True)
            for _ in range(2)]  # fmt: skip
    first_lines = [p.stdout.readline() for p in both]
    errors = [p.communicate("")[1] for p in both]
    assert "held\n" in first_lines
    assert all(line == "held\n" or "WarehouseBusy" in error for line, error in zip(first_lines, errors, strict=True))
    open_warehouse(path).close()
    assert [p.name for p in tmp_path.iterdir()] == ["warehouse.duckdb"]


def test_creation_killed_at_any_moment_never_leaves_a_file_that_cannot_be_opened(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    for moment in range(6):
        creator = subprocess.Popen([sys.executable, "-c", HOLD, str(path)], stdin=-1, stdout=-1, text=True)
        with pytest.raises(subprocess.TimeoutExpired):
            creator.wait(0.15 + 0.06 * moment)
        creator.kill()
        creator.communicate()
        if path.exists():
            open_warehouse(path).close()
            path.unlink()


def test_newer_schema_is_refused_and_not_touched(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        connection.execute(
            "INSERT INTO schema_migrations VALUES (9999, 'later.sql', '', current_timestamp::TIMESTAMP)"
        )
        connection.execute("CHECKPOINT")
    before = path.read_bytes()
    with pytest.raises(WarehouseNewer, match="schema 9999"):
        open_warehouse(path)
    assert path.read_bytes() == before


@pytest.mark.parametrize("damage", ["garbage", "cut", "flipped"])
def test_damaged_file_is_named_and_kept(tmp_path, damage):
    path = tmp_path / "warehouse.duckdb"
    with open_warehouse(path) as connection:
        connection.execute("INSERT INTO alert_keys SELECT range, 1, 'rule', 'key' FROM range(100000)")
        connection.execute("CHECKPOINT")
    content = bytearray(path.read_bytes())
    if damage == "garbage":
        content[:] = os.urandom(len(content))
    elif damage == "cut":
        del content[20_000:]
    else:
        content[5_000] ^= 0xFF
        content[9_000] ^= 0xFF
    path.write_bytes(content)
    with pytest.raises(WarehouseDamaged, match="cannot be read"):
        open_warehouse(path)
    assert path.read_bytes() == content


def test_file_of_a_newer_duckdb_is_refused_as_newer(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    open_warehouse(path).close()
    content = bytearray(path.read_bytes())
    assert content[8:12] == b"DUCK"
    content[12] = 200  # the number of the storage format
    path.write_bytes(content)
    with pytest.raises((WarehouseNewer, WarehouseDamaged), match=r"cannot be read|newer"):
        open_warehouse(path)
    assert path.read_bytes() == content


def test_folder_that_cannot_be_written_tells_so(tmp_path):
    (tmp_path / "home").write_text("a file where the folder should be")
    with pytest.raises((OSError, duckdb.Error)):
        open_warehouse(tmp_path / "home" / "warehouse.duckdb")
