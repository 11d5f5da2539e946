"""Bad outlets.toml files through the command itself: each refused with file, line, key and mend, and exit code 2."""

import sys
from pathlib import Path

import pytest

from flows.cli import WRONG_USE, main
from flows.outlets import read_configuration

GOOD = '[post]\nname = "Harbour Post"\nfeeds = ["https://harbour.example/rss"]\n'
ALERTS = GOOD + "[alerts]\n"
NO_ADDRESS = "is no http or https address; write it as https://outlet.example/rss"
# What is added to GOOD as its fourth line → what is said of it.
LINES = [
    ('langauge = "en"', "unknown key 'langauge', did you mean 'language'?"),
    ('Name = "x"', "unknown key 'Name', did you mean 'name'?"),
    ('qqq = "x"', "unknown key 'qqq', known keys are name,"),
    ('sitemaps = "https://a.example"', "'sitemaps' must be a list of texts, not 'https://a.example'"),
    ("sitemaps = [7]", "'sitemaps' must be a list of texts, not [7]"),
    ('sitemaps = ["a.example/rss"]', NO_ADDRESS),
    ('sitemaps = ["file:///etc/passwd"]', NO_ADDRESS),
    ('sitemaps = ["https:///rss"]', NO_ADDRESS),
    ('sitemaps = ["https://[::1/rss"]', NO_ADDRESS),
    ('sitemaps = ["https://a.example:99999/rss"]', NO_ADDRESS),
    ('sitemaps = ["https://a.example/ rss"]', NO_ADDRESS),
    ('sitemaps = ["https://me:hunter2@a.example/"]', "a name and a password; leave them out: addresses are stored"),
    ("article = '('", "'article' is no regular expression of RE2: article pattern '(': missing )"),
    ("article = '(?<=a)b'", "'article' is no regular expression of RE2"),
    ("article = ''", "'article' is empty; leave the key out where every address is an article"),
    ("prune = ['//div[']", "'prune': '//div[' is no XPath: Invalid expression; write it as //aside"),
    ("prune = ['1 + 1']", "'prune': '1 + 1' selects no part of a page; write it as //aside"),
    ('language = "English"', "'language' must be two small letters such as \"en\", not 'English'"),
    ('country = "UK"', "'country' must be three capitals such as \"UKR\", not 'UK'"),
    ('every = "15"', 'must be a duration such as "15m", "6h" or "1d", not \'15\''),
    ('every = "0m"', "must be a duration"),
    ("every = 12:30:00", "'every' must be a text in quotes, not 12:30:00"),
    ("every = 15", "'every' must be a text in quotes, not 15"),
    ('enabled = "no"', "'enabled' must be true or false, not 'no'"),
    ("least_text = 0", "'least_text' must be 1 or more, not 0; leave it out for no check"),
]
ALERT_LINES = [
    ("new_figures = false", "unknown key 'new_figures', did you mean 'new_figure'?"),
    ('new_figure = "no"', "'new_figure' must be true or false, not 'no'"),
    ('least_number = "10"', "'least_number' must be a whole number, not '10'"),
    ("least_number = -1", "'least_number' must be 0 or more, not -1"),
    ('items = ["tanks"]', "'items': unknown 'tanks', did you mean 'tank'?"),
    ('measures = ["deaths"]', "'measures': unknown 'deaths', known are strength, deployment,"),
    ('subjects = "RUS"', "'subjects' must be a list of texts, not 'RUS'"),
    ('places = ["Kyiv"]', "'places': 'Kyiv' is no country; write it as \"UKR\""),
    ('outlets = ["pots"]', "'outlets': unknown 'pots', did you mean 'post'?"),
    ('digest = "weekly"', "'digest': unknown 'weekly', known are daily"),
]
FILES = [
    (b"\xff\xfe[\x00", "outlets.toml: not UTF-8 text at byte 0; save it as UTF-8"),
    (b"", "outlets.toml: names no outlet; add one: its id in brackets, then name and feeds"),
    (b"[post\n", "outlets.toml:1: a bracket is missing"),
    (b'[post]\nname = "x\n', "outlets.toml:2: a text ends with its line; close its quotes"),
    (GOOD.encode() * 2, "outlets.toml:4: [post] stands twice; give one of them another id"),
    (GOOD.encode() + b'name = "x"\n', "outlets.toml:4: this key stands twice in its table; take one out"),
    (GOOD.encode() + b"every = 15m\n", "outlets.toml:4: no value of TOML; texts stand in quotes"),
    (b'name = "x"\n', "outlets.toml:1: 'name' stands in no table; an outlet begins with its id"),
    (b'[[post]]\nname = "x"\n', "outlets.toml:1: 'post' stands in no table; an outlet begins with its id"),
    (b'[outlets.post]\nname = "x"\n', "outlets.toml:1: [outlets.post] a table inside a table;"),
    (b'[Harbour_Post]\nname = "x"\n', "outlets.toml:1: [Harbour_Post] an outlet's id is made of small letters"),
    (b'[post]\nfeeds = ["https://a.example/rss"]\n', "outlets.toml:1: [post] 'name' is missing or empty; an outlet"),
    (b'[post]\nname = " "\nfeeds = ["https://a.example"]\n', "outlets.toml:2: [post] 'name' is blank; give the"),
    (b'[post]\nname = "A"\nfeeds = []\n', "outlets.toml:3: [post] 'feeds' is missing or empty; an outlet"),
    (GOOD.encode() + GOOD.replace("post", "mail", 1).encode(), "outlets.toml:6: [mail] feed https://harbour.example"),
    (b"alerts = true\n" + GOOD.encode(), "outlets.toml:1: 'alerts' must be a table"),
]
BAD = [
    *((f"{GOOD}{line}\n".encode(), "outlets.toml:4: [post] ", said) for line, said in LINES),
    *((f"{ALERTS}{line}\n".encode(), "outlets.toml:5: [alerts] ", said) for line, said in ALERT_LINES),
    *((content, "", said) for content, said in FILES),
]


@pytest.mark.parametrize(("content", "place", "said"), BAD)
def test_bad_file_ends_the_command_with_place_and_mend(tmp_path, monkeypatch, capsys, content, place, said):
    monkeypatch.chdir(tmp_path)
    Path("outlets.toml").write_bytes(content)
    monkeypatch.setattr(sys, "argv", ["muster", "outlets", "list"])
    with pytest.raises(SystemExit) as end:
        main()
    told = capsys.readouterr().err
    assert end.value.code == WRONG_USE
    assert told.startswith(f"muster: {place}")
    assert said in told
    assert told.count("\n") == 1
    assert "hunter2" not in told


def test_table_holds_forty_bad_files_and_more():
    assert len(BAD) >= 40


def test_file_that_begins_with_a_byte_order_mark_is_read(tmp_path):
    path = tmp_path / "outlets.toml"
    path.write_bytes(b"\xef\xbb\xbf" + GOOD.encode())
    assert [outlet.id for outlet in read_configuration(path).outlets] == ["post"]
