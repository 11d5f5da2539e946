"""The README's sequence, end to end: server, pool, deploy, worker, automation, and runs of each kind."""

import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

from tests.newsroom.outlets import OUTLETS
from tests.newsroom.server import NOW, Newsroom

PROJECT = Path(__file__).parents[2]
PREFECT = Path(sys.executable).with_name("prefect")
TICK = threading.Event()  # never set: a wait that no signal of ours ends early


def until(check, seconds, what):
    """Return what `check` returns as soon as it is true; fail after so many seconds."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := check():
            return found
        TICK.wait(0.5)
    raise AssertionError(f"after {seconds} s still waiting for {what}")


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def running(arguments, environment, log):
    """Run a long-lived prefect command; ends it, and what it started, by its process group."""
    with log.open("w") as out:
        process = subprocess.Popen(
            [PREFECT, *arguments], env=environment, cwd=PROJECT, stdout=out, stderr=out, start_new_session=True
        )
        try:
            yield process
        finally:
            os.killpg(process.pid, signal.SIGTERM)
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait(10)


@pytest.fixture(scope="module")
def newsroom():
    with Newsroom() as opened:
        yield opened


@pytest.fixture(scope="module")
def desk(tmp_path_factory, newsroom):
    """A Prefect server and a worker that reads the newsroom; yields (environment, API address, home)."""
    folder = tmp_path_factory.mktemp("desk")
    (folder / "outlets.toml").write_text(newsroom.outlets_toml())
    api = f"http://127.0.0.1:{free_port()}/api"
    environment = os.environ | {
        "PREFECT_HOME": str(folder / "prefect"),
        "PREFECT_API_URL": api,
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_SERVER_SERVICES_SCHEDULER_LOOP_SECONDS": "2",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "DO_NOT_TRACK": "1",
        "MUSTER_HOME": str(folder / "data"),
        "MUSTER_OUTLETS": str(folder / "outlets.toml"),
        "MUSTER_ALLOW_PRIVATE": "127.0.0.1",
        "MUSTER_DELAY_SECONDS": "0",
        "MUSTER_NOW": f"{NOW[2]:%Y-%m-%dT%H:%M:%SZ}",
    }
    port = api.split(":")[2].split("/")[0]
    server = ["server", "start", "--host", "127.0.0.1", "--port", port, "--no-ui"]
    with running(server, environment, folder / "server.log"):
        until(lambda: healthy(api), 90, "the Prefect server")
        prefect(environment, "work-pool", "create", "muster", "--type", "process")
        prefect(environment, "--no-prompt", "deploy", "--all")
        with running(["worker", "start", "--pool", "muster"], environment, folder / "worker.log"):
            yield environment, api, folder / "data"


def healthy(api):
    try:
        return httpx.get(f"{api}/health", timeout=2, trust_env=False).is_success
    except httpx.HTTPError:
        return False


def prefect(environment, *arguments):
    done = subprocess.run(
        [PREFECT, *arguments], env=environment, cwd=PROJECT, capture_output=True, text=True, timeout=150, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def flow_runs(api, **filters):
    body = {"flow_runs": filters, "sort": "END_TIME_DESC", "limit": 20}
    return httpx.post(f"{api}/flow_runs/filter", json=body, timeout=10, trust_env=False).json()


def completed(api, *, scheduled):
    runs = flow_runs(api, state={"type": {"any_": ["COMPLETED"]}})
    return [r for r in runs if r["auto_scheduled"] is scheduled]


def triggered(api):
    """Return the completed run that an automation asked for, None while there is none."""
    runs = completed(api, scheduled=False)
    return next((r for r in runs if (r["created_by"] or {}).get("type") == "AUTOMATION"), None)


def ended(api, flow_run_id):
    return httpx.get(f"{api}/flow_runs/{flow_run_id}", timeout=10, trust_env=False).json()["end_time"]


@pytest.mark.timeout(400)
def test_run_asked_for_completes_and_leaves_its_table(desk):
    environment, api, home = desk
    prefect(environment, "deployment", "run", "monitor/monitor", "--watch")
    assert completed(api, scheduled=False)
    assert (home / "published.duckdb").exists()
    asked = {"artifacts": {"key": {"any_": ["monitor-outlets"]}}}
    found = httpx.post(f"{api}/artifacts/filter", json=asked, timeout=10, trust_env=False)
    assert '"figures"' in found.json()[0]["data"]


@pytest.mark.timeout(400)
def test_backfill_asked_for_completes(desk):
    environment, api, _ = desk
    outlet = subprocess.run(
        [sys.executable, "-c", "import tomllib,sys;print(next(iter(tomllib.load(open(sys.argv[1],'rb')))))",
         environment["MUSTER_OUTLETS"]], capture_output=True, text=True, check=True,
    ).stdout.strip()  # fmt: skip
    asked = ["-p", f"outlet={outlet}", "-p", "start=2026-02-20", "-p", "end=2026-03-02", "-p", "source=feed"]
    prefect(environment, "deployment", "run", "backfill/backfill", *asked, "--watch")
    assert any(r["parameters"].get("outlet") == outlet for r in completed(api, scheduled=False))


def test_deployments_are_what_prefect_yaml_says(desk):
    _, api, _ = desk
    monitor = httpx.get(f"{api}/deployments/name/monitor/monitor", timeout=10, trust_env=False).json()
    crons = [s["schedule"].get("cron") for s in monitor["schedules"]]
    assert "*/15 * * * *" in crons
    assert monitor["global_concurrency_limit"]["limit"] == 1
    assert monitor["concurrency_options"]["collision_strategy"] == "CANCEL_NEW"
    backfill = httpx.get(f"{api}/deployments/name/backfill/backfill", timeout=10, trust_env=False).json()
    assert backfill["schedules"] == []
    assert set(backfill["parameter_openapi_schema"]["properties"]) >= {"outlet", "start", "end", "source"}


@pytest.mark.timeout(400)
def test_automation_of_the_readme_looks_again_after_a_contradiction(desk, newsroom):
    environment, api, home = desk
    if not (home / "published.duckdb").exists():  # a first look contradicts nothing
        prefect(environment, "deployment", "run", "monitor/monitor", "--watch")
    command = re.search(r"`prefect (automation create .+?)`", (PROJECT / "README.md").read_text("utf-8"))[1]
    prefect(environment, *command.split())
    newsroom.step = 2
    newsroom.requests.clear()
    monitor = httpx.get(f"{api}/deployments/name/monitor/monitor", timeout=10, trust_env=False).json()
    asked = {"parameters": {"only_due": False}, "state": {"type": "SCHEDULED"}}
    url = f"{api}/deployments/{monitor['id']}/create_flow_run"
    first = httpx.post(url, json=asked, timeout=10, trust_env=False).json()
    second = until(lambda: triggered(api), 120, "the automation's run to complete")
    assert (second["deployment_id"], second["parameters"]) == (monitor["id"], {"only_due": False})
    assert second["start_time"] > ended(api, first["id"])
    asked_for = Counter(path for path, _ in newsroom.requests)
    assert [asked_for[outlet.feed_path] for outlet in OUTLETS] == [2] * len(OUTLETS)


@pytest.mark.timeout(400)
def test_scheduled_run_completes(desk):
    environment, api, _ = desk
    prefect(environment, "deployment", "schedule", "create", "monitor/monitor", "--interval", "5")
    until(lambda: completed(api, scheduled=True), 180, "a scheduled run")
