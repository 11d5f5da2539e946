"""What a process that we start does so that it never outlives us: however we end, the kernel ends it too."""

from __future__ import annotations

import fcntl
import os
import select
import sys


def end_with_parent(lifeline: int) -> None:
    """Let the kernel end this process when the other end of a pipe closes, however its holder ends.

    A thread that waits for it would have to get past a C library at work. PR_SET_PDEATHSIG counts from the *thread*
    that started the process, and Prefect's threads end before the run does. SIGIO ends a process that has no handler.
    """
    fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
    fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)
    if select.select([lifeline], [], [], 0)[0]:
        sys.exit()  # it closed before
