"""Explaining: through the real flow, then from the published warehouse to words."""

import io
import json

import pytest
from rich.console import Console

from flows.console_explain import run_explain
from flows.settings import ConfigurationError

FIRST, SECOND = "2026-03-02T09:00:00Z", "2026-03-03T09:30:00Z"
BUILD_UP = "Ukraine's foreign ministry said that Russia had massed {} troops near the border of the Kharkiv region."
FILLER = "The ministry published the statement on its site on Monday morning and answered no questions about it."
TANKS = "Ukraine's foreign ministry said that Russia had lost 40 tanks near Kharkiv."


@pytest.fixture(scope="module")
def rewritten(lasting_desk, served, page, feed_of):
    """Two outlets with the same claim; one then rewrites its number."""
    pages = {
        "/post/a": (200, "text/html", page("Build-up", BUILD_UP.format("38,000"), FILLER)),
        "/echo/b": (200, "text/html", page("Border", BUILD_UP.format("38,000"), TANKS)),
    }
    base, _ = served(pages)
    for name, path in (("post", "/post/a"), ("echo", "/echo/b")):
        pages[f"/{name}/rss"] = (200, "application/rss+xml", feed_of(base + path))
    lasting_desk.toml.write_text(
        "".join(f'[{n}]\nname = "{n.title()}"\nfeeds = ["{base}/{n}/rss"]\n' for n in ("post", "echo"))
    )
    lasting_desk.monitor(FIRST)
    pages["/post/a"] = (200, "text/html", page("Build-up", BUILD_UP.format("61,000"), FILLER))
    lasting_desk.monitor(SECOND)
    return lasting_desk


def told(identifier, **more):
    out = io.StringIO()
    assert run_explain(identifier, False, Console(file=out, width=160, **more)) == 0
    return out.getvalue()


def one(desk, sql):
    return next(iter(desk.ask(sql)[0].values()))


def test_figure_is_told_from_its_words_to_its_bytes_and_its_rewrite(rewritten):
    text = told(one(rewritten, "SELECT figure_id FROM figures WHERE low = 61000"))
    location = rewritten.ask("SELECT warc_file, warc_offset FROM revisions WHERE revision = 2")[0]
    for part in (
        "had massed [61,000 troops] near the border",
        f"{location['warc_file']} at {location['warc_offset']}",
        "revision 2 changed 38,000 troops of RUS",
        "Post, published".lower(),
        "(from jsonld)",
        "← this claim",
        "claimant       UKR",
    ):
        assert part in text, text


def test_alert_says_why_it_is_new_and_how_it_went_out(rewritten):
    text = told(one(rewritten, "SELECT alert_id FROM alerts WHERE rule = 'revised_article'"))
    assert "by revised_article: the article gave another number at the same address" in text
    assert "atom: delivered" in text
    assert "terminal: delivered" in text


def test_claim_names_everyone_who_reported_it(rewritten):
    text = told(one(rewritten, "SELECT claim_id FROM claims WHERE number = 38000"))
    assert [name in text.split("Who reported")[1] for name in ("post", "echo")] == [True, True]
    assert text.startswith("claim ")
    for path in ("/post/a\n", "/echo/b\n"):
        assert path in text.split("Who reported")[1]


def test_summary_is_told_without_a_sentence(rewritten):
    text = told(one(rewritten, "SELECT alert_id FROM alerts WHERE rule = 'summary' LIMIT 1"))
    assert "by summary: a first run of an outlet, a backfill, or articles found late" in text
    assert "No article carries it" not in text


def test_terminal_marks_the_words_in_reverse_and_without_brackets(rewritten):
    identifier = one(rewritten, "SELECT figure_id FROM figures WHERE low = 61000")
    text = told(identifier, force_terminal=True, color_system="standard")
    assert "\x1b[7m61,000 troops\x1b[0m" in text


def test_json_holds_the_same_and_no_texts(rewritten, capsys):
    run_explain(one(rewritten, "SELECT figure_id FROM figures WHERE low = 61000"), True, Console())
    data = json.loads(capsys.readouterr().out)
    assert (data["kind"], data["found"]["marked"][1], data["found"]["fields"]["low"]) == (
        "figure",
        "61,000 troops",
        61_000,
    )
    assert [(r["number"], "text" in r) for r in data["page"]["revisions"]] == [(1, False), (2, False)]
    assert len(data["rewrites"][0]["changed"]) == 1
    assert data["page"]["published_at"] == "2026-03-02T08:00:00+00:00"


def test_unknown_id_is_one_sentence(rewritten):
    with pytest.raises(ConfigurationError, match="no figure, mention, alert or claim has the id 404"):
        told(404)
