"""Show Muster at work over the invented newsroom: two runs in time, then the questions that people ask.

usage: python -m tests.newsroom.demo [FOLDER]     (what `make demo` calls; FOLDER is demo-data unless given)
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tests.newsroom.articles import NOW
from tests.newsroom.server import Newsroom

PARTLY, INTERRUPTED = 1, 130
ENOUGH_SECONDS_TO_END = 20
MARK = ".muster-demo"  # a folder with this file was made here, and may be emptied
SAME_FIGURE = (
    "SELECT measure, item, subject, number, sightings, outlets, claimants "
    "FROM claims WHERE sightings > 1 ORDER BY sightings DESC, number DESC LIMIT 8"
)
RUNS = {
    1: "Nine in the morning: the first look at each outlet. What is there already is no news: one summary each.",
    2: "Six hours later: seven new articles, two rewritten. Only what nobody had reported raises an alert.",
}
QUESTIONS = (
    (
        ["figures", "--subject", "RUS", "--item", "troops", "--limit", "12"],
        "How many Russian soldiers, where, and who says so: each side counts the other's.",
    ),
    (["talks", "--since", "2026-03-01", "--limit", "15"], "Who met, asked, refused, accused or threatened whom."),
    (
        ["alerts"],
        "What was news: look for 45,000 (its page was rewritten), 2,100 (new), 11 against 57 (contradicted).",
    ),
    (["sql", SAME_FIGURE], "Told more than once, counted once: the same figure in several articles is one claim."),
)


def fresh_home(folder: Path) -> Path:
    """Return an empty folder: this one, or a new one beside it where it holds what the demo did not make."""
    if folder.exists() and not (folder / MARK).exists():
        return fresh_home(Path(tempfile.mkdtemp(prefix=f"{folder.name}-", dir=folder.parent)) / "home")
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    (folder / MARK).touch()
    (folder / ".gitignore").write_text("*\n")
    return folder


def demo_environment(home: Path, outside: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of the demo's commands: nothing of the user's own settings reaches them."""
    inherited = {name: value for name, value in outside.items() if not name.startswith("MUSTER_")}
    settings = {
        "MUSTER_HOME": str(home),
        "MUSTER_WAREHOUSE": str(home / "warehouse.duckdb"),
        "MUSTER_OUTLETS": str(home / "outlets.toml"),
        "MUSTER_NOTIFY": "",  # a .env with the user's channels must not get invented alerts
        "MUSTER_ALLOW_PRIVATE": "127.0.0.1",
        "MUSTER_DELAY_SECONDS": "0",
    }
    if not sys.stdout.isatty():
        settings["COLUMNS"] = outside.get("COLUMNS", "132")  # tables in a log are not cut to 80
    return inherited | settings


def run_muster(arguments: list[str], about: str, environment: Mapping[str, str]) -> int:
    """Run one command of the program as a user would, its line printed first; returns its exit code."""
    print(f"\n# {about}\n$ muster {shlex.join(arguments)}", flush=True)
    with subprocess.Popen([sys.executable, "-m", "flows", *arguments], env=environment) as process:
        try:
            return process.wait()
        except KeyboardInterrupt:
            # The command had the same Ctrl-C from the terminal: let it close what it has open.
            try:
                process.wait(ENOUGH_SECONDS_TO_END)
            except subprocess.TimeoutExpired:
                process.kill()
            raise


def show(home: Path) -> int:
    """Run the whole demo in a folder; returns the worst exit code of its commands."""
    codes = []
    with Newsroom() as newsroom:
        environment = demo_environment(home, os.environ)
        (home / "outlets.toml").write_text(newsroom.outlets_toml(), encoding="utf-8")
        print(f"Three outlets that do not exist are served at {newsroom.base_url}, from this machine to itself.")
        for step, about in RUNS.items():
            newsroom.step = step
            moment = NOW[step].isoformat()
            codes.append(run_muster(["monitor"], about, environment | {"MUSTER_NOW": moment}))
            if codes[-1] > PARTLY:
                return codes[-1]  # nothing was published that could be asked
        for arguments, about in QUESTIONS:
            codes.append(run_muster(arguments, about, environment | {"MUSTER_NOW": NOW[2].isoformat()}))
    return max(codes)


def main() -> int:
    """Run the demo and say where its ledger lies; returns the exit code."""
    home = fresh_home(Path(sys.argv[1] if len(sys.argv) > 1 else "demo-data"))
    try:
        worst = show(home)
    except KeyboardInterrupt:
        print("\ndemo: stopped; the newsroom is down", file=sys.stderr)
        return INTERRUPTED
    program = Path(sys.executable).with_name("muster")
    shown = program.relative_to(Path.cwd()) if program.is_relative_to(Path.cwd()) else "muster"
    print(f"\nThe ledger lies in {home}. Go on with:\n    MUSTER_HOME={home} {shown} sql 'DESCRIBE figures'")
    return worst


if __name__ == "__main__":
    sys.exit(main())
