"""Run `muster` again and again without importing it again: each run is a fork of a process that has all modules.

usage: python -m tests.crash.runner     (faultpoint.so in LD_PRELOAD, its page in FAULTPOINT_PAGE)

Prints the address of the Prefect server that all runs share. Standard input then has one JSON order a line:
{"arguments", "environment", "log", "own_server"}. For each the process id of the run is printed, and when it has
ended its exit code, or the negative number of the signal that ended it, and the most MB that it or a process of its
held.
"""

from __future__ import annotations

import atexit
import contextlib
import importlib
import json
import os
import struct
import sys
import traceback
from pathlib import Path
from typing import Any, NoReturn

from prefect.context import refresh_global_settings_context

import flows.cli
import flows.console_run
import flows.monitor  # Prefect, which takes two seconds to import
import flows.runtable
from flows.ownserver import start_server
from tests.crash.faults import MAIN_OFFSET


def _load_what_runs_loaded(path: Path) -> None:
    """Import what the runs so far had to import one by one; it took half a second each time."""
    for name in path.read_text().split() if path.exists() else ():
        if name not in sys.modules:
            with contextlib.suppress(Exception):  # a name that is an attribute of a module, or a part of a script
                importlib.import_module(name)


def _run(order: dict[str, Any], loaded: Path) -> NoReturn:
    """Become a run: the very command, from its arguments on. What it writes goes to the log."""
    known = set(sys.modules)
    os.setsid()
    atexit._clear()  # what the forking process does at its own end: it would stop the server
    out = os.open(order["log"], os.O_WRONLY | os.O_CREAT | os.O_APPEND)
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    os.dup2(out, 1)
    os.dup2(out, 2)
    os.environ.update(order["environment"])
    if order["own_server"]:
        del os.environ["PREFECT_API_URL"]
        refresh_global_settings_context()
    with Path(os.environ["FAULTPOINT_PAGE"]).open("r+b") as page:
        page.seek(MAIN_OFFSET)
        page.write(struct.pack("i", os.getpid()))
    sys.argv = ["muster", *order["arguments"]]
    code = 1
    try:
        flows.cli.main()
    except SystemExit as end:
        code = end.code if isinstance(end.code, int) else code
    except BaseException:  # noqa: BLE001  # as the interpreter does with what nobody caught
        traceback.print_exc()
    atexit._run_exitfuncs()
    loaded.write_text(" ".join(sorted(set(sys.modules) - known)))
    sys.stdout.flush()
    sys.stderr.flush()
    # Without C++ destructors: those of the forking process's threads, which are not here, would abort.
    os._exit(code)


def main() -> None:
    """Start the server and do the orders until there are no more."""
    library = os.environ.pop("LD_PRELOAD")  # what the server writes is not the run's
    start_server()
    os.environ["LD_PRELOAD"] = library
    sys.executable = os.environ.get("CRASH_PYTHON", sys.executable)
    print(os.environ["PREFECT_API_URL"], flush=True)
    loaded = Path(os.environ["FAULTPOINT_PAGE"]).with_name("modules")
    for line in sys.stdin:
        _load_what_runs_loaded(loaded)
        child = os.fork()
        if not child:
            _run(json.loads(line), loaded)
        print(child, flush=True)
        _, status, used = os.wait4(child, 0)
        print(os.waitstatus_to_exitcode(status), used.ru_maxrss // 1024, flush=True)


if __name__ == "__main__":
    main()
