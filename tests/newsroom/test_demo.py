import os
import signal
import subprocess
import sys
from pathlib import Path

import duckdb
import pytest

from tests.newsroom.demo import MARK, demo_environment, fresh_home, show

PROJECT = Path(__file__).parents[2]


def test_fresh_home_empties_what_an_earlier_demo_made(tmp_path):
    folder = fresh_home(tmp_path / "demo-data")
    (folder / "warehouse.duckdb").write_text("old")
    assert fresh_home(folder) == folder
    assert {path.name for path in folder.iterdir()} == {MARK, ".gitignore"}


def test_fresh_home_leaves_a_folder_of_the_users_alone(tmp_path):
    folder = tmp_path / "demo-data"
    folder.mkdir()
    (folder / "thesis.txt").write_text("mine")
    assert fresh_home(folder) != folder
    assert (folder / "thesis.txt").read_text() == "mine"


def test_demo_runs_with_none_of_the_users_own_settings(tmp_path):
    outside = {"MUSTER_NOTIFY": "slack://secret", "MUSTER_WAREHOUSE": "mine.duckdb", "PATH": "/bin"}
    environment = demo_environment(tmp_path, outside)
    assert environment["MUSTER_NOTIFY"] == ""
    assert environment["MUSTER_WAREHOUSE"] == str(tmp_path / "warehouse.duckdb")
    assert environment["PATH"] == "/bin"


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The folder that a whole demo left behind, and its exit code."""
    home = fresh_home(tmp_path_factory.mktemp("demo") / "home")
    return home, show(home)


def rows(home, query):
    with duckdb.connect(str(home / "published.duckdb"), read_only=True) as connection:
        return connection.execute(query).fetchall()


def test_demo_ends_well_and_leaves_a_ledger_and_a_feed_of_alerts(shown):
    home, code = shown
    assert code == 0
    assert rows(home, "SELECT count(*) FROM articles") == [(28,)]
    assert (home / "alerts.atom").exists()


def test_first_look_at_an_outlet_is_one_summary_each(shown):
    query = "SELECT count(*) FROM alerts WHERE rule = 'summary'"
    assert rows(shown[0], query) == [(3,)]


def test_rewritten_article_keeps_its_identity_and_raises_one_alert(shown):
    home, _ = shown
    assert rows(home, "SELECT revision FROM articles WHERE url LIKE '%-a84101'") == [(2,)]
    titles = rows(home, "SELECT title FROM alerts WHERE rule = 'revised_article'")
    assert len(titles) == 1
    assert "45,000" in titles[0][0]


def test_new_figure_alerts_and_the_repeated_attack_stays_silent(shown):
    titles = [title for (title,) in rows(shown[0], "SELECT title FROM alerts WHERE rule <> 'summary'")]
    assert any("2,100" in title for title in titles)
    assert not any("147" in title for title in titles)


def test_undated_article_is_kept_and_raises_nothing(shown):
    home, _ = shown
    where = "url LIKE '%/dossier/%'"
    assert rows(home, f"SELECT published_at, published_source FROM articles WHERE {where}") == [(None, None)]
    assert rows(home, f"SELECT count(*) FROM alerts WHERE {where}") == [(0,)]


def test_figures_of_teasers_around_the_text_are_not_taken_for_the_articles_own(shown):
    foreign = "SELECT count(*) FROM figures WHERE coalesce(low, high) IN (77, 2300, 700, 4000)"
    assert rows(shown[0], foreign) == [(0,)]


def test_interrupted_demo_ends_with_its_children(tmp_path):
    demo = [sys.executable, "-m", "tests.newsroom.demo", str(tmp_path / "home")]
    # A shell starts what it sends to the background with Ctrl-C ignored, and tests run from there hand that on.
    with subprocess.Popen(
        demo, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    ) as process:  # fmt: skip
        line = next(line for line in process.stderr if "starting Prefect" in line)
        os.killpg(process.pid, signal.SIGINT)  # as Ctrl-C does: to the demo and to the command it runs
        _, errors = process.communicate(timeout=60)
    assert line
    assert process.returncode == 130
    assert "the newsroom is down" in errors
