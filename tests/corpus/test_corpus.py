"""Every input that ever broke something, again."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from extractors.addresses import canonical_url
from extractors.context import Document
from extractors.reading import read_documents
from extractors.records import Article, NotArticle
from flows.sources.feed import FeedError, read_feed
from flows.web.urls import shown
from flows.workers import BrokenJob, Workers

HERE = Path(__file__).parent
NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
ADDRESSES = (HERE / "addresses.txt").read_text("utf-8").splitlines()


def files(folder):
    return pytest.mark.parametrize("path", sorted((HERE / folder).iterdir()), ids=lambda path: path.stem)


@pytest.fixture(scope="module")
def workers():
    with Workers() as some:
        yield some


@files("pages")
def test_page_ends_as_an_article_or_as_none(workers, path):
    try:
        page = workers.call("clean", path.read_bytes(), "https://post.example/a", "text/html", (), None, None, NOW)
    except BrokenJob as error:
        assert error.reason in ("timeout", "memory"), error  # its own limits, and no error of ours
    else:
        assert isinstance(page, Article | NotArticle)


@files("feeds")
def test_feed_gives_web_addresses_or_says_why_not(path):
    try:
        reading = read_feed(path.read_bytes(), "https://post.example/rss", "post", "application/rss+xml")
    except FeedError as error:
        assert error.reason and error.detail
    else:
        assert all(candidate.url.startswith(("http://", "https://")) for candidate in reading.candidates)


@files("texts")
def test_text_is_read_and_every_figure_stands_in_it(path):
    text = path.read_bytes().decode("utf-8", "surrogatepass")
    (reading,) = read_documents([Document(text, NOW.date(), "en", None)])
    for figure in reading.figures:
        assert 0 <= figure.start < figure.end <= len(text)


@pytest.mark.parametrize("address", ADDRESSES)
def test_address_is_canonical_once_and_shown_without_an_exception(address):
    assert canonical_url(canonical_url(address)) == canonical_url(address)
    assert "pw" not in shown(address)
