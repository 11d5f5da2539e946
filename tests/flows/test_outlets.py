from datetime import timedelta
from pathlib import Path

import pytest

from flows.outlets import chosen_outlets, read_configuration
from flows.settings import ConfigurationError

SHIPPED = Path(__file__).parents[2] / "outlets.toml"
GOOD = """
[harbour-post]
name = "Harbour Post"
feeds = ["https://harbour.example/rss"]
every = "15m"
"""


def written(tmp_path, text):
    path = tmp_path / "outlets.toml"
    path.write_text(text)
    return path


def test_shipped_outlets_are_read_and_come_from_several_sides():
    configuration = read_configuration(SHIPPED)
    enabled = chosen_outlets(configuration, None)
    assert len(enabled) >= 12
    assert {"RUS", "UKR", "USA", "GBR"} <= {o.country for o in enabled}
    assert enabled[0].id == "moscow-times"


def test_outlet_is_read_with_its_defaults(tmp_path):
    (outlet,) = read_configuration(written(tmp_path, GOOD)).outlets
    assert (outlet.id, outlet.every, outlet.enabled, outlet.language) == (
        "harbour-post", timedelta(minutes=15), True, None,
    )  # fmt: skip


def test_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match=r"none\.toml: No such file"):
        read_configuration(tmp_path / "none.toml")


def test_unknown_outlet_is_refused_with_the_nearest():
    with pytest.raises(ConfigurationError, match="did you mean 'moscow-times'"):
        chosen_outlets(read_configuration(SHIPPED), ["moscow-time"])


def test_outlet_asked_for_by_name_runs_although_disabled():
    assert [o.id for o in chosen_outlets(read_configuration(SHIPPED), ["kommersant"])] == ["kommersant"]
