"""Workers and senders at once: a process that has loaded all that they load, and forks one when asked.

usage: python -m tests.crash.nursery SOCKET     (faultpoint.so in LD_PRELOAD, as for the runner)

The runner's `sys.executable` is the launcher that `write_launcher` makes: it hands a worker's two pipes, or the three
of a sender of alerts, to this process and waits for its end; any other program it starts as it is. What a worker does
is flows.workbench's, what a sender does flows.send's.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
from datetime import UTC, datetime
from pathlib import Path

import flows.send
from flows.lifeline import end_with_parent
from flows.workbench import FIRST_PAGE, TASKS, serve

LAUNCHER = """#!{python} -ISs
import os, re, socket, sys
worker = re.search(r"flows.workbench.*serve\\((\\d+), (\\d+), (\\d+), (\\d+)\\)", " ".join(sys.argv))
if worker:
    pipes, limits = [int(worker[1]), int(worker[2])], " ".join(worker.groups()[2:])
elif sys.argv[1:] == ["-m", "flows.send"]:
    pipes, limits = [0, 1, 2], "send"
else:
    os.execv({python!r}, [{python!r}, *sys.argv[1:]])
with socket.socket(socket.AF_UNIX) as nursery:
    nursery.connect({address!r})
    socket.send_fds(nursery, [limits.encode()], pipes)
    for pipe in pipes:
        os.close(pipe)
    nursery.recv(1)
"""


def write_launcher(path: Path, address: Path) -> None:
    """Write the program that stands in for the interpreter."""
    path.write_text(LAUNCHER.format(python=sys.executable, address=str(address)))
    path.chmod(0o755)


def _serve(asked: socket.socket) -> None:
    """Be the worker, or the sender, that is asked for; a sender ends with the process that stands for it."""
    limits, pipes, _, _ = socket.recv_fds(asked, 100, 3)
    if limits == b"send":
        for number, pipe in enumerate(pipes):
            os.dup2(pipe, number)
            os.close(pipe)
        end_with_parent(asked.fileno())
        flows.send.main()
    else:
        cpu_seconds, memory = map(int, limits.split())
        serve(*pipes, cpu_seconds, memory)


def main() -> None:
    """Load everything, then fork one for each that is asked for."""
    end_with_parent(sys.stdin.fileno())
    feed, clean, read = (load() for load in TASKS.values())
    # Once through each: the patterns that are made when they are first needed take half a second a worker.
    feed(b"<rss version='2.0'><channel><title>News</title></channel></rss>", "http://a.test/rss", "a")
    clean(FIRST_PAGE, "http://a.test/", "text/html", (), None, None, datetime.now(UTC))
    read([("Ukraine said on Monday that Russia had massed 38,000 troops.", datetime.now(UTC).date(), "en", None, ())])
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(sys.argv[1])
        listener.listen()
        print("ready", flush=True)
        while True:
            asked, _ = listener.accept()
            if not os.fork():
                listener.close()
                _serve(asked)
                os._exit(0)
            asked.close()


if __name__ == "__main__":
    main()
