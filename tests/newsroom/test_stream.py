"""The simulated stream is sound: what is expected of it stands in its texts. Its run is tests/bench/stream.py."""

from datetime import timedelta

import pytest

from tests.newsroom.stream import DAYS, FIRST_DAY, OUTLETS, STORIES, Stream, moments, read_find

VERSIONS = [(story, version) for story in STORIES for version in story.versions]
RULES = {"new_figure", "changed_figure", "contradiction", "revised_article", "new_contact"}


def test_words_of_every_find_stand_in_its_text():
    assert [(s.number, f.words) for s, v in VERSIONS for f in v.finds if f.words not in v.text] == []


def test_every_version_alerts_or_says_why_it_is_quiet():
    assert [s.number for s, v in VERSIONS if bool(v.quiet) == any(f.rule for f in v.finds)] == []


def test_expected_rules_are_all_there_and_known():
    assert {f.rule for _, v in VERSIONS for f in v.finds if f.rule} == RULES


def test_five_outlets_publish_over_three_weeks():
    assert {s.outlet for s in STORIES} == set(OUTLETS)
    days = {(s.versions[0].at - FIRST_DAY) // timedelta(days=1) for s in STORIES}
    assert min(days) == -1  # the evening before
    assert max(days) < DAYS
    assert len(days) > 15


def test_every_version_is_seen_before_it_is_rewritten():
    seen = {(s.number, v.at) for now in moments() for s in STORIES if (v := s.at(now))}
    assert [s.number for s, v in VERSIONS if (s.number, v.at) not in seen] == []


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("x = ~115000 strength troops RUS @UKR by RUS", (115000, 115000, "about", "actual")),
        ("x = >30 killed civilians - historical", (30, None, "more_than", "historical")),
        ("x = <30 killed civilians - > new_figure", (None, 30, "less_than", "actual")),
        ("x = 10..99 killed civilians -", (10, 99, "order", "actual")),
        ("x = 10-12 killed civilians -", (10, 12, "range", "actual")),
    ],
)
def test_line_of_finds_is_read(line, fields):
    assert tuple(read_find(line).fields[name] for name in ("low", "high", "qualifier", "status")) == fields


def test_page_of_every_story_is_served_when_it_is_out_and_not_before():
    stream = Stream()
    for story in STORIES:
        first = story.versions[0]
        stream.now = first.at - timedelta(minutes=1)
        assert stream.answer(story.path(first)).status in (404, 503)
        stream.now = story.versions[-1].at
        assert stream.answer(story.path(first)).status in (200, 301, 503)
