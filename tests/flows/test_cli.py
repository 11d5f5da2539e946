import json
import os
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from warehouse.connection import open_warehouse
from warehouse.publish import publish

COMMANDS = (
    "monitor", "backfill", "extract", "reextract", "sql", "figures", "talks", "alerts", "explain", "outlets list",
    "outlets check", "outlets import", "doctor",
)  # fmt: skip
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)


@pytest.fixture
def muster(tmp_path):
    """Run the command in an empty folder; returns (exit code, output, error output)."""

    def run(*arguments, given=None, server=None, **settings):
        environment = {k: v for k, v in os.environ.items() if not k.startswith(("MUSTER_", "PREFECT_"))}
        environment |= {f"MUSTER_{k}": str(v) for k, v in settings.items()} | {"COLUMNS": "200"}
        environment |= {"PREFECT_API_URL": server} if server else {}
        done = subprocess.run(
            [sys.executable, "-m", "flows", *arguments],
            input=given, cwd=tmp_path, env=environment, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        return done.returncode, done.stdout, done.stderr

    return run


@pytest.fixture
def published(tmp_path):
    home = tmp_path / "data"
    with open_warehouse(home / "warehouse.duckdb") as connection:
        connection.execute(
            "INSERT INTO alerts VALUES (7, 'new_figure', TIMESTAMP '2026-03-02 09:00', 1, NULL, 'harbour-post', "
            "'RUS: 115,000 troops', 'Sentence.', 'https://harbour.example/a', [])"
        )
        publish(connection, home / "warehouse.duckdb", home / "published.duckdb")
    return home


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(muster, command):
    code, out, _ = muster(*command.split(), "--help")
    assert code == 0
    assert f"muster {command}" in out.split("Example:")[1]


@pytest.mark.parametrize(
    ("arguments", "settings", "code", "said"),
    [
        (["figures"], {}, 2, "run `muster monitor` first"),
        (["monitor", "--outlet", "moscow-time"], {}, 2, "did you mean 'moscow-times'"),
        (["monitor"], {"OUTLETS": "none.toml"}, 2, "none.toml: No such file"),
        (["monitor"], {"HOME": "/proc/nowhere"}, 2, "/proc/nowhere cannot be made"),
        (["doctor"], {"HOMES": "x"}, 2, "did you mean 'MUSTER_HOME'"),
        (["extract", "none.html"], {}, 2, "none.html: No such file"),
        (["extract", "--published", "soon"], {}, 2, "--published: 'soon' is no date"),
        (["extract", "--html", "--text"], {}, 2, "exclude each other"),
        (["nonsense"], {}, 2, "No such command"),
        (["explain", "7"], {}, 2, "run `muster monitor` first"),
        (["explain", "seven"], {}, 2, "valid integer"),
        (["reextract", "--from", "soon"], {}, 2, "--from: 'soon' is no date"),
        (["outlets", "check", "moscow-time"], {}, 2, "did you mean 'moscow-times'"),
        (["outlets", "import", "none.opml"], {}, 2, "none.opml: No such file"),
        (["figures", "--since", "soon"], {}, 2, "--since: 'soon' is no date"),
    ],
)
def test_wrong_use_ends_with_one_sentence_and_no_traceback(muster, arguments, settings, code, said):
    got, out, error = muster(*arguments, given="", **settings)
    assert (got, "Traceback" in out + error) == (code, False)
    assert said in error


def test_silent_prefect_server_is_named_at_once(muster):
    code, _, error = muster("monitor", server="http://127.0.0.1:9/api")
    assert code == 2
    assert "does not answer" in error
    assert "unset PREFECT_API_URL" in error


@pytest.mark.usefixtures("published")
def test_alerts_print_in_every_format(muster):
    assert "115,000 troops" in muster("alerts")[1]
    assert json.loads(muster("alerts", "--format", "json")[1])["alert_id"] == 7
    assert muster("alerts", "--format", "csv")[1].splitlines()[0].startswith("raised_at,rule,title")


@pytest.mark.usefixtures("published")
def test_undelivered_alerts_are_those_that_a_channel_has_not_got(muster, published):
    assert muster("alerts", "--undelivered", "--format", "json")[1] == ""
    with open_warehouse(published / "warehouse.duckdb") as connection:
        connection.execute(
            "INSERT INTO deliveries BY NAME SELECT 7 AS alert_id, 'slack-1' AS channel, 'due' AS state, "
            "TIMESTAMP '2026-03-02 09:00' AS raised_at, TIMESTAMP '2026-03-02 09:30' AS next_attempt_at, "
            "2 AS attempts, 'no answer' AS error"
        )
        publish(connection, published / "warehouse.duckdb", published / "published.duckdb")
    assert "slack-1: no answer" in muster("alerts", "--undelivered")[1]


@pytest.mark.usefixtures("published")
def test_explain_tells_of_an_alert_and_of_an_id_that_is_none(muster):
    code, out, _ = muster("explain", "7")
    assert (code, out.splitlines()[:2]) == (0, ["alert 7", "RUS: 115,000 troops"])
    code, out, error = muster("explain", "8")
    assert (code, out) == (2, "")
    assert error.startswith("muster: no figure, mention, alert or claim has the id 8")


@pytest.mark.usefixtures("published")
def test_sql_answers_and_refuses_in_words(muster):
    assert muster("sql", "SELECT 1 + 1 AS two", "--format", "csv")[1] == "two\n2\n"
    assert "who states the number" in muster("sql", "DESCRIBE figures")[1]
    code, _, error = muster("sql", "DELETE FROM alerts")
    assert code == 2
    assert "only questions are answered" in error
    code, _, error = muster("sql", "SELECT * FROM figurs")
    assert code == 2
    assert "figures" in error


def test_text_comes_back_to_the_letter(muster):
    text = "  Two lines,\n\twith a tab.\n"
    code, out, _ = muster("extract", "-", "--text", given=text)
    found = json.loads(out)
    assert (code, found["text"], found["figures"], found["diplomacy"]) == (0, text, [], [])


def test_bad_line_is_named_and_the_others_come_out(muster):
    lines = [
        json.dumps({"id": "a", "text": "Nothing."}),
        "{oops",
        json.dumps({"id": "b", "text": "", "published": "x"}),
    ]
    code, out, error = muster("extract", "--jsonl", given="\n".join(lines))
    assert code == 1
    assert [json.loads(line)["id"] for line in out.splitlines()] == ["a"]
    assert "line 2: not JSON" in error
    assert "'x' is no date" in error


def test_line_that_names_a_source_and_a_target_is_told_what_the_one_does_to_the_other(muster):
    asked = {"id": "a", "text": "Sarn accused Oym of fraud.", "source": "Sarn", "target": "Oym"}
    code, out, _ = muster("extract", "--jsonl", given="\n".join(map(json.dumps, (asked, {"id": "b", "text": "No."}))))
    one, other = map(json.loads, out.splitlines())
    assert code == 0
    assert one["between"]["event"] == "ACCUSE"
    assert "between" not in other


def test_page_that_is_no_article_says_why(muster):
    code, out, _ = muster("extract", "--html", given="")
    assert code == 0
    assert json.loads(out)["not_article"] == "empty"
