import json
from datetime import UTC, datetime

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from rich.console import Console

from flows.output import Format, print_result

RESULT = pa.table(
    {
        "low": [115000, None],
        "sentence": ["=cmd|' /C calc'!A0", "plain\x1b[31m"],
        "where": [["UKR"], []],
        "at": [datetime(2021, 12, 1, 18, tzinfo=UTC), datetime(2021, 12, 1, 19)],  # noqa: DTZ001  # as stored
    }
)


def printed(capsys, how):
    print_result(RESULT, how, Console(width=120))
    return capsys.readouterr().out


def test_table_shows_no_control_characters(capsys):
    out = printed(capsys, Format.table)
    assert "115000" in out
    assert "\x1b" not in out


def test_csv_cell_cannot_start_a_formula(capsys):
    lines = printed(capsys, Format.csv).splitlines()
    assert lines[0] == "low,sentence,where,at"
    assert lines[1].startswith("115000,'=cmd")


def test_json_has_one_object_a_line(capsys):
    rows = [json.loads(line) for line in printed(capsys, Format.json).splitlines()]
    assert rows[0]["where"] == ["UKR"]
    assert rows[0]["at"] == "2021-12-01T18:00:00+00:00"
    assert rows[1]["at"] == "2021-12-01T19:00:00+00:00"
    assert rows[1]["low"] is None


def test_parquet_is_read_back(capfdbinary, tmp_path):
    print_result(RESULT, Format.parquet, Console())
    path = tmp_path / "out.parquet"
    path.write_bytes(capfdbinary.readouterr().out)
    assert pq.read_table(path).num_rows == 2


@pytest.mark.parametrize("how", list(Format))
def test_empty_result_prints_in_every_format(capfdbinary, how):
    print_result(RESULT.slice(0, 0), how, Console())
    assert capfdbinary.readouterr().err == b""
