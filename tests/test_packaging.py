"""What is installed is what was tested, and a wheel holds all that the program reads at run time."""

import re
import subprocess
import sys
import tomllib
import zipfile
from importlib import metadata
from pathlib import Path

import pytest

PROJECT = Path(__file__).parents[1]
CONSTRAINTS = dict(re.findall(r"^([\w.-]+)==(\S+)$", (PROJECT / "constraints.txt").read_text(), re.M))


def test_every_dependency_is_pinned_and_no_address_is_named():
    declared = tomllib.loads((PROJECT / "pyproject.toml").read_text())["project"]
    groups = [declared["dependencies"], *declared["optional-dependencies"].values()]
    names = {re.match(r"[\w.-]+", line)[0] for group in groups for line in group}

    def folded(name):
        return re.sub(r"[-_.]+", "-", name).lower()

    assert {folded(n) for n in names} <= {folded(n) for n in CONSTRAINTS}
    assert "://" not in (PROJECT / "constraints.txt").read_text()


@pytest.mark.parametrize("name", ["prefect", "fastapi", "SQLAlchemy", "duckdb", "trafilatura", "spacy", "certifi"])
def test_what_breaks_when_it_moves_is_installed_as_pinned(name):
    pinned = {k.lower(): v for k, v in CONSTRAINTS.items()}
    assert metadata.version(name) == pinned[name.lower()]


def test_floors_work_together():
    import duckdb
    import trafilatura
    from prefect.server.api.server import create_app

    now = duckdb.sql("SELECT TIMESTAMPTZ '2021-12-01 00:00:00+00' AS at").fetchone()
    assert now and now[0].year == 2021  # needs pytz
    page = (
        f"<html><body><article>{'<p>The ministry said so again on Monday in Kyiv.</p>' * 9}</article></body></html>"
    )
    assert "ministry" in (trafilatura.extract(page) or "")
    assert create_app(ephemeral=True)  # dies at import with a newer fastapi


def test_wheel_holds_every_data_file(tmp_path):
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--wheel-dir", tmp_path, PROJECT]
    subprocess.run(command, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("muster_news-*.whl")
    held = set(zipfile.ZipFile(wheel).namelist())
    packages = (PROJECT / name for name in ("flows", "extractors", "warehouse"))
    files = (path for package in packages for path in package.rglob("*.*") if "__pycache__" not in path.parts)
    assert {path.relative_to(PROJECT).as_posix() for path in files} <= held
    assert "flows/outlets.default.toml" in held
    assert any(name.endswith("entry_points.txt") for name in held)
