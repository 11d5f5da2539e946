"""Explaining: from a number back to the words, the page, and everyone who said it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from warehouse.door import NothingPublished
from warehouse.explain import explain
from warehouse.publish import publish

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
TEXT = "He spoke. Some 115,000 troops stand there, said the ministry. More followed."


@pytest.fixture
def told(desk, tmp_path):
    at = desk.start
    sentence = "Some 115,000 troops stand there, said the ministry."
    figure = desk.figure(
        115_000, start=TEXT.index("115"), end=TEXT.index(" stand"), sentence=sentence, claimant_text="the ministry"
    )
    desk.bring(at - DAY, desk.article("gazette", "zero", at - DAY, desk.figure(94_000)))
    desk.bring(at, desk.article("herald", "one", at, figure, desk.mention("RUS", "USA"), text=TEXT))
    desk.bring(at + HOUR, desk.article("courier", "two", at + HOUR, desk.figure(115_000, "USA")))

    def ask(sql):
        publish(desk.connection, desk.path, tmp_path / "published.duckdb")
        return explain(tmp_path / "published.duckdb", desk.value(sql))

    return ask


def test_figure_is_explained_by_its_words_its_page_and_who_else(told, desk):
    known = told("SELECT figure_id FROM figures WHERE claimant_text = 'the ministry'")
    assert known.kind == "figure"
    assert known.found.marked == ("Some ", "115,000 troops", " stand there, said the ministry.")
    assert known.found.words == "115,000 troops of RUS in UKR (strength), says UKR"
    assert (known.page.outlet, known.page.warc_file, known.page.warc_offset) == ("herald", "pages/one.warc.gz", 7)
    assert known.page.published_at == desk.start
    assert [(r.outlet, r.claimant) for r in known.reports] == [("herald", "UKR"), ("courier", "USA")]
    assert [(g.claimant, g.words) for g in known.series] == [
        ("UKR", "94,000"),
        ("UKR", "115,000"),
        ("USA", "115,000"),
    ]


def test_alert_is_explained_by_what_it_stands_for(told):
    known = told("SELECT alert_id FROM alerts WHERE rule = 'changed_figure' AND title LIKE '115%UKR; 94%'")
    assert {rule for rule, _ in known.alert.stands_for} == {"changed_figure", "new_figure"}
    assert known.alert.deliveries == (("atom", "due", 0, None),)
    assert known.found.marked[1] == "115,000 troops"
    assert known.page.url == "https://herald.test/one"


def test_alert_on_a_figure_since_rewritten_keeps_its_reports(told, desk):
    desk.bring(
        desk.start + DAY, desk.article("gazette", "zero", desk.start + DAY, text="Rewritten without a number.")
    )
    known = told("SELECT alert_id FROM alerts WHERE title LIKE '94,000%'")
    assert (known.found, known.page) == (None, None)
    assert [r.outlet for r in known.reports] == ["gazette"]


def test_mention_and_its_alert_are_explained(told):
    for sql in ("SELECT mention_id FROM diplomacy", "SELECT alert_id FROM alerts WHERE rule = 'new_contact'"):
        known = told(sql)
        assert known.found.words == "CONSULT: RUS, USA"
        assert known.found.marked == ("They met.", "", "")  # the words are not where the sentence is
        assert known.reports == known.series == ()


def test_claim_is_explained_by_the_first_article_with_it(told):
    known = told("SELECT claim_id FROM claims WHERE number = 115000")
    assert (known.kind, known.page.outlet, dict(known.found.fields)["rule"]) == ("claim", "herald", "test")
    assert dict(known.found.fields)["claim_id"] == known.claim_id


def test_every_revision_names_its_text_and_its_place_in_the_archive(told, desk):
    again = desk.start + DAY
    desk.bring(again, desk.article("gazette", "zero", again, desk.figure(60_000), text="Another text."))
    known = told("SELECT figure_id FROM figures WHERE low = 60000")
    assert [(r.number, r.seen_at) for r in known.page.revisions] == [(1, desk.start - DAY), (2, again)]
    assert (known.page.revisions[1].text, known.page.revisions[1].warc_offset) == ("Another text.", 7)


def test_summary_has_no_page_of_its_own(told, desk):
    at = desk.start + 20 * DAY
    late = desk.article("herald", "late", at, desk.figure(7, measure="killed"), published_at=desk.start)
    desk.bring(at, late)
    known = told("SELECT alert_id FROM alerts WHERE rule = 'summary'")
    assert (known.found, known.page, known.reports) == (None, None, ())


def test_what_is_not_there_is_none(told, tmp_path):
    assert told("SELECT 404") is None
    with pytest.raises(NothingPublished):
        explain(tmp_path / "nowhere.duckdb", 1)
