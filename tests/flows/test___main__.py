"""How the command begins."""

import os
import subprocess
import sys

INTERRUPTED_AT_ONCE = """
import os, signal, sys
import flows.__main__
assert not {"duckdb", "typer", "pyarrow", "prefect"} & set(sys.modules)
class Finder:  # Ctrl-C at the first import of the command itself
    def find_spec(self, name, path=None, target=None):
        if name == "flows.cli":
            os.kill(os.getpid(), signal.SIGINT)
sys.meta_path.insert(0, Finder())
flows.__main__.main()
"""


def test_ctrl_c_while_the_libraries_load_ends_without_a_traceback():
    done = subprocess.run([sys.executable, "-c", INTERRUPTED_AT_ONCE], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (-2, "")


def test_reader_that_goes_away_is_no_failure():
    gone, pipe = os.pipe()
    os.close(gone)
    command = [sys.executable, "-m", "flows", "outlets", "list"]
    done = subprocess.run(command, stdout=pipe, stderr=subprocess.PIPE, text=True, check=False)
    os.close(pipe)
    assert (done.returncode, done.stderr) == (0, "")
