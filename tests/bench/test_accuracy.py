"""The mirror of accuracy without the labelled set."""

from pathlib import Path

import pytest

from extractors.context import Document
from extractors.reading import read_documents
from tests.bench.accuracy import figure_row, main


def test_missing_labelled_set_is_said_plainly_and_is_no_failure(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--gold", str(tmp_path / "dev.jsonl")]) == 0
    assert "Nothing scored" in capsys.readouterr().out


def test_figure_is_written_in_the_form_of_the_labelled_set() -> None:
    (reading,) = read_documents([Document("Shelling killed 12 soldiers in Mali.")])
    row = figure_row(reading.figures[0])
    assert row["span"] == [16, 27]
    assert row["location"] == ["MLI"]
    assert {"low", "high", "qualifier", "measure", "item", "subject", "claimant", "status", "rule"} < set(row)
