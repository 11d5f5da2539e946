"""Nothing calls home: every name looked up and every address connected to during a run is watched."""

import os
import subprocess
import sys
from ipaddress import ip_address

WATCH = """
import os, sys
def watch(event, details):
    if event in ("socket.getaddrinfo", "socket.connect"):
        target = details[0] if event == "socket.getaddrinfo" else details[1]
        host = target[0] if isinstance(target, tuple) else target
        with open(os.environ["WATCH_LOG"], "a") as log:
            log.write(f"{host}\\n")
sys.addaudithook(watch)
"""


def is_here(host):
    try:
        return ip_address(host).is_loopback
    except ValueError:
        # A socket file, or a name that resolves to this machine.
        return host in ("localhost", "", "None") or host.startswith("/")


def test_a_run_with_prefects_own_server_looks_up_nothing_outside(tmp_path, served, page, feed_of):
    pages = {"/a": (200, "text/html", page("Build-up", "Kyiv said that Russia had massed 38,000 troops.", "More."))}
    base, requests = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/a"))
    (tmp_path / "outlets.toml").write_text(f'[post]\nname = "Post"\nfeeds = ["{base}/rss"]\n')
    (tmp_path / "sitecustomize.py").write_text(WATCH)
    inherited = {
        k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "MUSTER_", "DO_NOT_TRACK", "CI"))
    }
    environment = inherited | {
        "PYTHONPATH": str(tmp_path),
        "WATCH_LOG": str(tmp_path / "watched"),
        "PREFECT_HOME": str(tmp_path / "prefect"),
        "MUSTER_HOME": str(tmp_path / "data"),
        "MUSTER_OUTLETS": str(tmp_path / "outlets.toml"),
        "MUSTER_ALLOW_PRIVATE": "127.0.0.1",
        "MUSTER_DELAY_SECONDS": "0",
    }
    command = [sys.executable, "-m", "flows", "monitor"]
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=170, check=False)
    assert done.returncode == 0, done.stderr
    assert "/a" in requests
    hosts = set((tmp_path / "watched").read_text().split())
    assert hosts, "the watch saw nothing at all"
    assert {h for h in hosts if not is_here(h)} == set()
