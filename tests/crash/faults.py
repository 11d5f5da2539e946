"""Compile faultpoint.c, and tell it which fault strikes where, in a page that all processes of a run share."""

from __future__ import annotations

import mmap
import os
import shutil
import struct
import subprocess
from enum import IntEnum
from pathlib import Path

SOURCE = Path(__file__).with_name("faultpoint.c")
LAYOUT = struct.Struct("ll iiii 512s 512s")  # struct page of faultpoint.c
HEAD = struct.Struct("ll iiii")
MAIN_OFFSET = 20  # of the process id that a kill is meant for


class Kind(IntEnum):
    """What strikes; the numbers are those of faultpoint.c."""

    COUNT = 0  # nothing: every call is counted
    KILL = 1  # SIGKILL to the run before the call, and to the process that makes it
    TORN = 2  # half of a write to a file, then as KILL
    ORPHAN = 3  # at a call of a process that the run started: SIGKILL to the run alone
    FULL = 4  # ENOSPC from this call on, for as long as the run lasts
    BROKEN = 5  # EIO at this call alone; where data goes out, the connection is reset


def compiled(folder: Path) -> Path:
    """Return the library, compiled into a folder with the system's C compiler."""
    compiler = next(filter(None, map(shutil.which, ("cc", "gcc", "clang"))), None)
    if not compiler:
        raise RuntimeError("the crash harness needs a C compiler: cc, gcc or clang")
    library = folder / "faultpoint.so"
    subprocess.run([compiler, "-shared", "-fPIC", "-O1", "-o", library, SOURCE], check=True)
    return library


class Faults:
    """The shared page, in a file that FAULTPOINT_PAGE names."""

    def __init__(self, path: Path) -> None:
        path.write_bytes(bytes(LAYOUT.size))
        self._file = path.open("r+b")
        self._page = mmap.mmap(self._file.fileno(), LAYOUT.size)

    def set(self, kind: Kind, at: int, home: Path, quiet_port: int) -> None:
        """Begin to count anew; the fault strikes at call `at` from 1, or never for 0."""
        home_bytes = os.fsencode(home.resolve())
        LAYOUT.pack_into(self._page, 0, 0, at, kind, 0, quiet_port, 0, b"", home_bytes)

    @property
    def count(self) -> int:
        """How many calls the kind could have hit so far."""
        return int(HEAD.unpack_from(self._page)[0])

    @property
    def where(self) -> str | None:
        """The call that was hit and its file, or None."""
        *head, where, _ = LAYOUT.unpack_from(self._page)
        return where.split(b"\0")[0].decode() if head[5] else None

    def close(self) -> None:
        """Close the page; the file stays."""
        self._page.close()
        self._file.close()
