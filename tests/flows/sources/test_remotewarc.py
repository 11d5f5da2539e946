"""A WARC file behind an address, read by parts through the real door."""

import asyncio
import os
from dataclasses import replace

import pytest

from flows.sources.remotewarc import RemoteWarc, is_address
from flows.web.door import open_door
from tests.flows.web.asking import NOW, QUICK
from tests.newsroom.ranges import range_server


@pytest.fixture
def file(tmp_path):
    """A file of two and a half parts; a part is small here."""
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(os.urandom(250_000))
    with range_server(path) as served:
        yield served


PART = 100_000
SMALL_PARTS = replace(QUICK, part_bytes=PART)


def read(served, sizes=(1_000,)):
    """Return what is read through the door in pieces of these sizes, until the end."""

    async def run():
        async with open_door(contact=None, allow_private=["127.0.0.1"], now=lambda: NOW, limits=SMALL_PARTS) as door:
            loop = asyncio.get_running_loop()

            def ask(first, last):
                coming = door.get(served.url, kind="part", part=(first, last))
                return asyncio.run_coroutine_threadsafe(coming, loop).result(30)

            return await asyncio.to_thread(lambda: b"".join(pieces(RemoteWarc(served.url, ask, PART), sizes)))

    return asyncio.run(run())


def pieces(remote, sizes):
    with remote.open("rb") as stream:
        for size in sizes:
            yield stream.read(size)
        while piece := stream.read(64 * 1024):
            yield piece


def test_file_is_read_part_after_part_and_no_byte_twice(file):
    assert read(file, (2, 99_998, 1, 0)) == file.path.read_bytes()
    assert file.asked == [(0, 99_999), (100_000, 199_999), (200_000, 299_999)]


def test_robots_of_the_host_is_not_asked_as_a_person_named_the_file(file):
    read(file)
    assert None not in file.asked  # a request for robots.txt would carry no range


def test_request_that_fails_is_made_again(file):
    file.failing = 2
    assert read(file) == file.path.read_bytes()
    assert file.asked[:3] == [(0, 99_999)] * 3


@pytest.mark.parametrize(
    ("how", "why"),
    [
        ({"failing": 3}, "the part from byte 0 could not be had: http_status"),
        ({"shift": 1}, "another part than the one from byte 0"),
        ({"parts": False}, "whole only, and it is larger"),
    ],
)
def test_part_that_cannot_be_had_is_an_error_that_says_why(file, how, why):
    for name, value in how.items():
        setattr(file, name, value)
    with pytest.raises(OSError, match=why):
        read(file)


def test_file_that_changes_while_it_is_read_is_an_error(file):
    file.changing = True
    with pytest.raises(OSError, match="changed while it was read"):
        read(file)


def test_small_file_may_come_whole(file):
    file.parts = False
    file.path.write_bytes(b"x" * 500)
    assert read(file) == b"x" * 500
    assert len(file.asked) == 1


def test_name_is_the_last_part_of_the_path():
    assert RemoteWarc("https://data.example/a/CC%20NEWS-1.warc.gz?x=1", None).name == "CC NEWS-1.warc.gz"


@pytest.mark.parametrize(
    ("place", "is_one"), [("https://a.example/x", True), ("HTTP://a", True), ("a/http.warc", False)]
)
def test_addresses_are_told_from_paths(place, is_one):
    assert is_address(place) is is_one
