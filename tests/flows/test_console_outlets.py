"""`muster outlets list`, `check` and `import`, as they print."""

import io
import json

import pytest
from rich.console import Console

from flows.console_outlets import run_check, run_import, run_list
from flows.output import Format
from flows.settings import ConfigurationError

BUILD_UP = "Ukraine's foreign ministry said that Russia had massed 38,000 troops near the border of Kharkiv."
FILLER = "The ministry published the statement on its site on Monday morning and answered no questions about it."


@pytest.fixture
def post(tmp_path, monkeypatch, served, page, feed_of):
    pages = {"/a": (200, "text/html", page("Build-\u202eup", BUILD_UP, FILLER))}
    base, _ = served(pages)
    pages["/rss"] = (200, "application/rss+xml", feed_of(base + "/a"))
    (tmp_path / "outlets.toml").write_text(f'[post]\nname = "Post"\nevery = "15m"\nfeeds = ["{base}/rss"]\n')
    for name, value in {
        "HOME": tmp_path / "data", "OUTLETS": tmp_path / "outlets.toml", "ALLOW_PRIVATE": "127.0.0.1",
        "DELAY_SECONDS": "0", "NOW": "2026-03-02T09:00:00Z",
    }.items():  # fmt: skip
        monkeypatch.setenv(f"MUSTER_{name}", str(value))
    return base


@pytest.fixture
def console():
    return Console(file=io.StringIO(), width=160)


def test_list_has_a_row_an_outlet(post, console, capsys):
    assert run_list(Format.json, console) == 0
    row = json.loads(capsys.readouterr().out)
    assert (row["id"], row["every"], row["feeds"], row["enabled"]) == ("post", "0:15:00", 1, True)


def test_check_prints_what_would_be_stored(post, console):
    assert run_check("post", console, Console(file=io.StringIO())) == 0
    printed = console.file.getvalue()
    for part in (
        "post: addresses of articles: 1 by its feed",
        "  Build-up\n",
        f"    {post}/a\n",
        "published 2026-03-02 08:00 UTC (from jsonld)",
        "language en",
        "    figure: 38,000 troops of RUS in UKR (strength)",
    ):
        assert part in printed


def test_check_of_an_outlet_that_gives_nothing_ends_with_one(post, console, tmp_path):
    (tmp_path / "outlets.toml").write_text(f'[post]\nname = "Post"\nfeeds = ["{post}/none"]\n')
    assert run_check(None, console, Console(file=io.StringIO())) == 1
    assert f"failed: feed {post}/none: http_status" in console.file.getvalue()


def test_check_of_an_unknown_outlet_names_the_nearest(post, console):
    with pytest.raises(ConfigurationError, match="did you mean 'post'"):
        run_check("pots", console, console)


def test_import_names_what_was_added_and_skipped(post, console, tmp_path):
    feeds = ("https://new.test/rss", f"{post}/rss")
    outlines = "".join(f"<outline text='New paper' xmlUrl='{url}'/>" for url in feeds)
    (tmp_path / "my.opml").write_text(f"<opml><body>{outlines}</body></opml>")
    assert run_import(tmp_path / "my.opml", console) == 0
    printed = console.file.getvalue()
    assert "added [new-paper] https://new.test/rss" in printed
    assert f"skipped {post}/rss: already that of [post]" in printed
