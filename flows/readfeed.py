"""Read a feed in the worker process: a hostile one costs itself only."""

from __future__ import annotations

from extractors.records import Reply
from flows.sources.feed import FeedError, FeedReading
from flows.sources.feedguard import bare
from flows.workers import BrokenJob, Workers

FEW_ITEMS = 100  # of a feed, in the cheap mode: outlets put the newest first
CHEAP_SECONDS = 5.0


def read_feed_apart(workers: Workers, reply: Reply, outlet: str) -> FeedReading:
    """Return what a feed names. One that breaks the worker is tried once more, its first items alone.

    Raises FeedError, also where it breaks the worker again: `reason` is then that of the first time.
    """
    arguments = (reply.body, reply.final_url, outlet, reply.header("content-type"))
    try:
        answer = workers.call("feed", *arguments)
    except BrokenJob as error:
        try:
            answer = workers.call("feed", *arguments, FEW_ITEMS, seconds=CHEAP_SECONDS)
        except BrokenJob:
            detail = f"{bare(reply.final_url)}: it broke the process that read it: {error.detail}"
            raise FeedError(error.reason, detail) from error
    if isinstance(answer, FeedReading):
        return answer
    raise FeedError(*answer)
