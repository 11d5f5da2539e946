"""The command `muster reextract`: what it refuses, and how it tells a change."""

import io

import pytest
from rich.console import Console

from flows.console_reextract import run_reextract, told
from flows.settings import ConfigurationError
from warehouse.rereading import FigureChange


@pytest.mark.parametrize(
    ("start", "end", "outlet", "says"),
    [
        ("2021-13-01", None, None, "--from: '2021-13-01' is no date; write it as 2021-12-01"),
        (None, "tomorrow", None, "--to: 'tomorrow' is no date"),
        ("2021-12-31", "2021-12-01", None, "--from 2021-12-31 is after --to 2021-12-01"),
        (None, None, "gazete", "did you mean 'gazette'?"),
    ],
)
def test_wrong_use_is_refused_before_anything_starts(tmp_path, monkeypatch, start, end, outlet, says):
    (tmp_path / "outlets.toml").write_text('[gazette]\nname = "The Gazette"\nfeeds = ["https://gazette.test/rss"]\n')
    monkeypatch.setenv("MUSTER_OUTLETS", str(tmp_path / "outlets.toml"))
    monkeypatch.setenv("MUSTER_HOME", str(tmp_path / "home"))
    monkeypatch.chdir(tmp_path)
    console = Console(file=io.StringIO())
    with pytest.raises(ConfigurationError) as caught:
        run_reextract(start, end, outlet, False, console, console)
    assert says in str(caught.value)
    assert not (tmp_path / "home").exists()


@pytest.mark.parametrize(
    ("kind", "before", "after", "says"),
    [
        ("gained", None, {"low": 52_000, "location": ["UKR"], "claimant": None}, "+ low 52,000, location UKR\n"),
        ("lost", {"low": 2026, "item": "troops", "location": []}, None, "- low 2,026, item troops\n"),
        ("changed", {"claimant": None, "high": 7, "low": 7}, {"claimant": "UKR", "high": 9, "low": 7},
         "~ claimant none → UKR; high 7 → 9\n"),
        ("changed", {"location": ["POL", "UKR"]}, {"location": []}, "~ location POL UKR → none\n"),
    ],
)  # fmt: skip
def test_change_is_told_with_its_sentence_and_address(kind, before, after, says):
    change = FigureChange(kind, "post", "https://post.test/a", "They\u202e stood there.", before, after)
    assert told(change).plain == says + "    They stood there.  https://post.test/a"
