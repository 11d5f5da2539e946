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


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (GOOD + 'langauge = "en"\n', r"toml:6: \[harbour-post\] unknown key 'langauge', did you mean 'language'\?"),
        (GOOD + "article = '/(?P<id>\\d+'\n", r":6: \[harbour-post\] 'article' is no regular expression"),
        (GOOD + "prune = ['//div[']\n", r":6: .*no XPath"),
        (GOOD + "enabled = 1\n", r":6: .*'enabled' must be true or false, not 1"),
        (GOOD + 'sitemaps = "https://x.example"\n', r":6: .*'sitemaps' must be a list of texts"),
        (GOOD + "least_articles = 0\n", r":6: .*'least_articles' must be 1 or more, not 0"),
        (GOOD + 'least_text = "long"\n', r":6: .*'least_text' must be a whole number"),
        (GOOD + 'language = "English"\n', r":6: .*two small letters"),
        (GOOD + 'country = "ru"\n', r":6: .*three capitals"),
        (GOOD.replace("15m", "quarter"), r":5: .*'every' must be a duration"),
        (GOOD.replace("https://", "ftp://"), r":4: .*no http or https address"),
        (GOOD.replace("harbour-post", "Harbour_Post"), r":2: .*small letters"),
        (GOOD + '[other]\nname = "O"\nfeeds = ["https://harbour.example/rss"]\n', r":8: .* already that of"),
        (GOOD.replace('name = "Harbour Post"\n', ""), r":2: .*'name' is missing"),
        ('name = "x"\n', r"stands in no table"),
        ("", "names no outlet"),
        ("[a\n", "line 1"),
        (GOOD + "[alerts]\nnew_figures = false\n", r":7: \[alerts\] .*did you mean 'new_figure'"),
    ],
)  # fmt: skip
def test_bad_file_is_refused_with_its_line_and_the_mend(tmp_path, text, said):
    with pytest.raises(ConfigurationError, match=said):
        read_configuration(written(tmp_path, text))


def test_missing_file_is_named(tmp_path):
    with pytest.raises(ConfigurationError, match=r"none\.toml: No such file"):
        read_configuration(tmp_path / "none.toml")


def test_unknown_outlet_is_refused_with_the_nearest():
    with pytest.raises(ConfigurationError, match="did you mean 'moscow-times'"):
        chosen_outlets(read_configuration(SHIPPED), ["moscow-time"])


def test_outlet_asked_for_by_name_runs_although_disabled():
    assert [o.id for o in chosen_outlets(read_configuration(SHIPPED), ["kommersant"])] == ["kommersant"]
