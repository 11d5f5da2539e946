"""An article as a load found it: new, revised or read again, dated or not, late, a copy."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from extractors.records import Extraction, Section
from warehouse.arrow import stored_time
from warehouse.texts import blind

Change = Literal["new", "revised", "reread"]
AHEAD = timedelta(days=1)  # a date further ahead than this is no date
LATE = timedelta(days=3)  # found longer after publication than this, an article is history


@dataclass(frozen=True, slots=True)
class Brought:
    """An extraction that changes the ledger. Times are as the warehouse keeps them: UTC, without a zone."""

    extraction: Extraction
    change: Change
    revision: int
    text_hash: int
    published_at: datetime | None  # also where only an earlier revision had a date
    seen_at: datetime
    syndicated_from: int | None
    source_outlet: str  # whose text it is: an agency's, another outlet's, its own
    copied_whole: bool = False  # not a word of its own
    blind_before: str = ""  # the text of the revision before, if other extractors read that, blind to white space

    @property
    def at(self) -> datetime:
        """Return when it was published, or when it was read where no date can be believed."""
        return self.published_at if self.published_at and self.dated else self.seen_at

    @property
    def dated(self) -> bool:
        """Return whether it has a date that can be believed."""
        return self.published_at is not None and self.published_at <= self.seen_at + AHEAD

    @property
    def may_alert(self) -> bool:
        """Return whether what it says can be news: dated, and its own text."""
        return self.dated and not self.copied_whole

    @property
    def late(self) -> bool:
        """Return whether it was found so long after its publication that it is history."""
        # A day without a time of day may mean any hour of it.
        allowance = LATE + AHEAD if self.extraction.article.published_day_only else LATE
        return self.change == "new" and self.seen_at - self.at > allowance

    def at_in(self, section: Section | None) -> datetime:
        """Return when what stands in a post of a live blog was published; outside of posts, the article."""
        return stored_time(section.posted_at) if section else self.at

    def may_alert_in(self, section: Section | None) -> bool:
        """Return whether what stands there can be news: a post has a date of its own."""
        return (self.dated or section is not None) and not self.copied_whole

    def late_in(self, section: Section | None) -> bool:
        """Return whether what stands there was found so late that it is history; a fresh post is not."""
        return self.late and (section is None or self.seen_at - stored_time(section.posted_at) > LATE)

    def said_before(self, sentence: str) -> bool:
        """Return whether a sentence stood in the revision before, which other extractors had read.

        The outlet did not change it, our reading may have: what better extractors find in old sentences is no news.
        """
        return bool(self.blind_before) and blind(sentence) in self.blind_before
