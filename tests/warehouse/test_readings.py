"""Readings beside the ledger: kept whole, and dropped when they are not to be used."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from extractors.records import DateSaid, Section
from warehouse.readings import drop_stale, outlets_kept, read_content

DAY = timedelta(days=1)


def kept(desk):
    return [row[0] for row in desk.rows("SELECT url FROM readings WHERE url LIKE '%/one' ORDER BY 1")]


def test_extraction_comes_back_as_it_was(desk):
    at = desk.start
    post = Section(0, 20, at, "Post", "https://herald.test/one#1")
    article = desk.article(
        "herald", "one", at, desk.figure(7, as_of=date(2021, 11, 30), section=post, spots=("kharkiv",)),
        desk.mention("RUS", "USA", targets=("UKR",)), text="Привіт “quotes”.", sections=(post,), agencies=("AFP",),
        dates=(DateSaid("jsonld", datetime(2021, 12, 1, 8, tzinfo=UTC), "minute", 180),),
    )  # fmt: skip
    desk.beside(at, article)
    assert read_content(desk.value("SELECT content FROM readings")) == article


def test_half_a_surrogate_costs_a_letter_and_not_the_batch(desk):
    at = desk.start
    desk.beside(at, desk.article("herald", "one", at, text="Half \ud83d of it."))
    assert read_content(desk.value("SELECT content FROM readings")).article.text == "Half ? of it."


def test_page_read_twice_is_kept_once(desk):
    at = desk.start
    for number in (7, 9):
        desk.beside(at, desk.article("herald", "one", at, desk.figure(number)))
    assert desk.rows("SELECT low FROM reading_figures") == [(9,)]


def test_what_failed_or_was_read_otherwise_or_is_out_of_force_is_dropped(desk):
    at = desk.start
    outlets = ("herald", "courier", "gazette", "tribune")
    articles = {o: desk.article(o, "one", at, desk.figure(7)) for o in outlets}
    desk.bring(at, *articles.values())
    assert outlets_kept(desk.connection) == sorted(outlets)
    desk.beside(at, articles["herald"])
    desk.beside(at, articles["courier"], recipe=2)
    desk.beside(at, articles["gazette"], reason="archive", detail="gone", failed=True)
    desk.beside(at, articles["tribune"])
    desk.bring(at + DAY, desk.article("tribune", "one", at + DAY, text="Rewritten.", published_at=at))
    drop_stale(desk.connection, dict.fromkeys(outlets, 1))
    assert kept(desk) == ["https://herald.test/one"]
    drop_stale(desk.connection, {})
    assert kept(desk) == []
