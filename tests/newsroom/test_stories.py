"""The simulated streams are sound: what they expect stands in their texts. Their run is tests.bench.stream."""

from datetime import timedelta

import pytest

from tests.newsroom.stories import DAYS, STREAMS, World, read_find, read_world

RULES = {"new_figure", "changed_figure", "contradiction", "revised_article", "new_contact"}


@pytest.fixture(params=STREAMS)
def world(request):
    return read_world(request.param)


def versions(world: World):
    return [(story, version) for story in world.stories for version in story.versions]


def test_words_of_every_find_stand_in_its_text(world):
    assert [(s.number, f.words) for s, v in versions(world) for f in v.finds if f.words not in v.text] == []


def test_every_version_alerts_or_says_why_it_is_quiet(world):
    assert [s.number for s, v in versions(world) if bool(v.quiet) == any(f.rule for f in v.finds)] == []


def test_expected_rules_are_all_there_and_known(world):
    assert {f.rule for _, v in versions(world) for f in v.finds if f.rule} == RULES


def test_five_outlets_publish_over_three_weeks(world):
    assert {s.outlet for s in world.stories} == set(world.outlets)
    days = {(s.versions[0].at - world.first_day) // timedelta(days=1) for s in world.stories}
    assert min(days) == -1  # the evening before
    assert max(days) < DAYS
    assert len(days) > 15


def test_every_version_is_seen_before_it_is_rewritten(world):
    seen = {(s.number, v.at) for now in world.moments() for s in world.stories if (v := s.at(now))}
    assert [s.number for s, v in versions(world) if (s.number, v.at) not in seen] == []


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
