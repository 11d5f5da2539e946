"""A simulated stream serves what stands at a time. That its texts are sound is told in test_stories.py."""

from datetime import timedelta

import pytest

from tests.newsroom.stories import STREAMS, read_world
from tests.newsroom.stream import Stream


@pytest.mark.parametrize("name", STREAMS)
def test_page_of_every_story_is_served_when_it_is_out_and_not_before(name):
    stream = Stream(read_world(name))
    for story in stream.world.stories:
        first = story.versions[0]
        stream.now = first.at - timedelta(minutes=1)
        assert stream.answer(story.path(first)).status in (404, 503)
        stream.now = story.versions[-1].at
        assert stream.answer(story.path(first)).status in (200, 301, 503)
