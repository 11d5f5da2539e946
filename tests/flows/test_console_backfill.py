import io

import pytest
from rich.console import Console

from flows.console_backfill import run_backfill
from flows.settings import ConfigurationError


@pytest.mark.parametrize(
    ("outlet", "start", "end", "source", "says"),
    [
        ("gazette", "2021-13-01", "2021-12-31", "sitemap", "--from: '2021-13-01' is no date; write it as 2021-12-01"),
        ("gazette", "2021-12-01", "tomorrow", "sitemap", "--to: 'tomorrow' is no date"),
        ("gazette", "2021-12-31", "2021-12-01", "sitemap", "--from 2021-12-31 is after --to 2021-12-01"),
        (
            "gazette",
            "2021-12-01",
            "2021-12-31",
            "rumour",
            "--source: 'rumour' is none of sitemap, feed, wayback, list",
        ),
        ("gazete", "2021-12-01", "2021-12-31", "sitemap", "did you mean 'gazette'?"),
    ],
)
def test_wrong_use_is_refused_before_anything_starts(tmp_path, monkeypatch, outlet, start, end, source, says):
    (tmp_path / "outlets.toml").write_text('[gazette]\nname = "The Gazette"\nfeeds = ["https://gazette.test/rss"]\n')
    monkeypatch.setenv("MUSTER_OUTLETS", str(tmp_path / "outlets.toml"))
    monkeypatch.setenv("MUSTER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    console = Console(file=io.StringIO())
    with pytest.raises(ConfigurationError) as caught:
        run_backfill(outlet, start, end, source, False, console, console)
    assert says in str(caught.value)
    assert not (tmp_path / "home").exists()


def test_a_warc_file_that_is_not_there_is_refused(tmp_path):
    console = Console(file=io.StringIO())
    with pytest.raises(ConfigurationError, match="--warc: there is no file"):
        days, none = ("2021-12-01", "2021-12-31"), str(tmp_path / "none.warc.gz")
        run_backfill("gazette", *days, "sitemap", False, console, console, [none])
