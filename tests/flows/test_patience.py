import subprocess
import sys
import threading

import duckdb
import pytest
from prefect.states import Failed

from flows.patience import may_pass, open_patiently
from warehouse.connection import WarehouseBusy, WarehouseDamaged, WarehouseNewer, open_warehouse

HOLD = """
import sys
from pathlib import Path
from warehouse.connection import open_warehouse
with open_warehouse(Path(sys.argv[1])):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.fixture
def held(tmp_path):
    path = tmp_path / "warehouse.duckdb"
    open_warehouse(path).close()
    command = [sys.executable, "-c", HOLD, str(path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as holder:
        assert holder.stdout.readline() == b"held\n"
        yield path, holder
        holder.kill()


def test_busy_warehouse_is_waited_for(held):
    path, holder = held
    threading.Timer(1, holder.kill).start()
    open_patiently(path, longest=30).close()


def test_patience_ends_and_names_the_holder(held):
    path, holder = held
    with pytest.raises(WarehouseBusy, match=f"process {holder.pid}; it did not let go within 0.2 s"):
        open_patiently(path, longest=0.2)


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (WarehouseBusy("warehouse.duckdb is in use by process 7"), True),
        (duckdb.IOException('Could not write file "w.duckdb": Input/output error'), True),
        (duckdb.IOException('Could not write file "w.duckdb": No space left on device'), False),
        (OSError(28, "No space left on device"), False),
        (OSError(122, "Disk quota exceeded"), False),
        (WarehouseDamaged("warehouse.duckdb cannot be read", "rebuild it"), False),
        (WarehouseNewer("schema 99"), False),
    ],
)
def test_only_what_may_pass_is_tried_again(error, again):
    assert may_pass(None, None, Failed(data=error)) is again
