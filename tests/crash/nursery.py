"""Workers at once: a process that has loaded all that an extraction worker loads, and forks one when asked.

usage: python -m tests.crash.nursery SOCKET

The runner's `sys.executable` is the launcher that `write_launcher` makes: it hands a worker's two pipes to this
process and waits for its end; any other program it starts as it is. What a worker does is flows.workbench's.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from pathlib import Path

from flows.lifeline import end_with_parent
from flows.workbench import TASKS, serve

LAUNCHER = """#!{python} -ISs
import os, re, socket, sys
start = re.search(r"flows.workbench.*serve\\((\\d+), (\\d+), (\\d+), (\\d+)\\)", " ".join(sys.argv))
if not start:
    os.execv({python!r}, [{python!r}, *sys.argv[1:]])
pipes = [int(start[1]), int(start[2])]
with socket.socket(socket.AF_UNIX) as nursery:
    nursery.connect({address!r})
    socket.send_fds(nursery, [" ".join(start.groups()[2:]).encode()], pipes)
    for pipe in pipes:
        os.close(pipe)
    nursery.recv(1)
"""


def write_launcher(path: Path, address: Path) -> None:
    """Write the program that stands in for the interpreter."""
    path.write_text(LAUNCHER.format(python=sys.executable, address=str(address)))
    path.chmod(0o755)


def main() -> None:
    """Load everything, then fork a worker for each that is asked for."""
    end_with_parent(sys.stdin.fileno())
    for load in TASKS.values():
        load()
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(sys.argv[1])
        listener.listen()
        print("ready", flush=True)
        while True:
            asked, _ = listener.accept()
            if not os.fork():
                listener.close()
                limits, pipes, _, _ = socket.recv_fds(asked, 100, 2)
                cpu_seconds, memory = map(int, limits.split())
                serve(*pipes, cpu_seconds, memory)
                os._exit(0)
            asked.close()


if __name__ == "__main__":
    main()
