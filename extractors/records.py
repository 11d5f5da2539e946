"""The frozen records that one stage hands to the next, and the vocabularies of their fields.

The meaning of every figure and diplomacy field is the contract in GUIDELINES.md of the labelled set. Times are
aware and in UTC; offsets are character offsets into the article's text, end exclusive.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

Qualifier = Literal["exact", "about", "more_than", "less_than", "nearly", "range", "order"]
Measure = Literal[
    "strength", "deployment", "withdrawal", "mobilisation", "killed", "wounded", "casualties", "captured",
    "missing", "deserted", "displaced", "destroyed", "supply", "attack",
]  # fmt: skip
Item = Literal[
    "troops", "reservists", "conscripts", "mercenaries", "peacekeepers", "advisers", "civilians", "children",
    "people", "formation", "tank", "armoured_vehicle", "artillery", "air_defence", "aircraft", "helicopter",
    "ship", "missile", "drone", "munition", "vehicle", "equipment",
]  # fmt: skip
Status = Literal["actual", "historical", "planned", "hypothetical", "denied"]
Event = Literal[
    "CONSULT", "REQUEST", "AGREE", "REJECT", "ACCUSE", "THREATEN", "SUPPORT", "COOPERATE", "AID", "CONCEDE",
    "SANCTION",
]  # fmt: skip
BY_THE_WAY = ", by the way"  # ends the rule of a mention that only frames another: it is no contact of its own
UNSURE = ", unsure"  # ends the rule of a contact that the model holds for likely, and not for more
PublishedSource = Literal["jsonld", "meta", "url", "feed", "text"]
Precision = Literal["second", "minute", "day"]
# Why a date should be looked at: the address is days away from the page's date; the page names a time more than a day
# ahead, or before 1990, which is never believed.
DateDoubt = Literal["address", "ahead", "early"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """An address that a source named, before anything is known of the page behind it."""

    outlet: str
    url: str
    title: str | None  # as the source gives it
    published_at: datetime | None  # the source's own claim
    source: str  # "feed", "sitemap", …


@dataclass(frozen=True, slots=True)
class Reply:
    """What came of one request. Never an exception: a failure is a reply with its reason."""

    url: str  # the address asked for
    final_url: str  # after redirects
    fetched_at: datetime
    elapsed_ms: int
    status: int | None  # None: no answer came
    headers: tuple[tuple[str, str], ...]  # as received, in order
    wire: bytes  # body as it came, still content-encoded; of a failure only where a status of 400 or more is it
    body: bytes  # decoded; empty on failure
    failure: str | None  # reason, one word of FAILURES in flows/web; None: usable
    detail: str | None = None  # one sentence for people
    cut: str | None = None  # why `wire` ends early, in the words of WARC-Truncated; only where the outlet failed

    def header(self, name: str) -> str | None:
        """Return the last value of a header, whatever its case, or None."""
        return next((v for k, v in reversed(self.headers) if k.lower() == name.lower()), None)


@dataclass(frozen=True, slots=True)
class PageLocation:
    """Where the bytes of a reply lie in the archive."""

    warc_file: str  # relative to MUSTER_HOME
    warc_offset: int


@dataclass(frozen=True, slots=True)
class DateSaid:
    """What one source says of when an article was published, believed or not."""

    source: PublishedSource
    at: datetime
    precision: Precision
    zone_minutes: int | None  # from UTC, as written; None: the source gave no zone


@dataclass(frozen=True, slots=True)
class Section:
    """A post of a live blog in the text of its page, end exclusive, with its own time."""

    start: int
    end: int
    posted_at: datetime
    title: str | None = None
    url: str | None = None  # of the post, where it has one


@dataclass(frozen=True, slots=True)
class Article:
    """A page read as an article."""

    url: str  # canonical
    title: str | None
    text: str
    authors: tuple[str, ...]
    language: str | None  # ISO 639-1, detected on the text
    published_at: datetime | None  # None: unknown, and never the fetch time
    published_source: PublishedSource | None
    modified_at: datetime | None = None
    published_day_only: bool = False  # the source gave no time of day
    modified_source: PublishedSource | None = None
    dates: tuple[DateSaid, ...] = ()  # of publication, the most believed source first
    date_doubt: DateDoubt | None = None
    agencies: tuple[str, ...] = ()  # credited for it, in order
    agency: str | None = None  # the one whose text it is, where nobody else is credited
    dropped: tuple[str, ...] = ()  # military numbers that the page shows and the text lacks
    sections: tuple[Section, ...] = ()  # of a live blog


@dataclass(frozen=True, slots=True)
class NotArticle:
    """A page that holds no article, and why."""

    url: str
    reason: str  # one word, e.g. "empty", "not_html", "consent_wall", "index_page"
    detail: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """How many of something military, or how many people a conflict hurt, by whose word."""

    start: int
    end: int
    sentence: str
    low: int | None
    high: int | None
    qualifier: Qualifier
    measure: Measure
    item: Item
    subject: str | None
    location: tuple[str, ...]
    claimant: str | None
    claimant_text: str | None
    status: Status
    rule: str  # which rule found it
    as_of: date | None = None  # the day the figure speaks of, where the text says
    section: Section | None = None  # the post of a live blog that it stands in
    spots: tuple[str, ...] = ()  # towns and the like that its sentence or title names, lower-case


# What a figure says; where it stands in its text and which rule found it may change freely.
FIGURE_SAYS = (
    "low", "high", "qualifier", "measure", "item", "subject", "location", "claimant", "claimant_text", "status",
)  # fmt: skip


def figure_says(figure: Figure) -> dict[str, Any]:
    """Return what a figure says, by the names of its fields, with lists as JSON and SQL have them."""
    return {name: list(v) if isinstance(v := getattr(figure, name), tuple) else v for name in FIGURE_SAYS}


@dataclass(frozen=True, slots=True)
class Mention:
    """One party doing, planning or refusing something towards another by word or non-violent measure."""

    start: int
    end: int
    sentence: str
    event: Event
    actors: tuple[str, ...]
    targets: tuple[str, ...]
    status: Status
    rule: str
    as_of: date | None = None
    section: Section | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """An article with what was found in it: what the loader takes."""

    outlet: str
    article_id: int
    article: Article
    figures: tuple[Figure, ...]
    mentions: tuple[Mention, ...]
    seen_at: datetime
    location: PageLocation | None
    extractor_version: str


def body_key(body: bytes) -> int:
    """Return a key below 2**63 of a reply's bytes: the same bytes, the same key."""
    return int.from_bytes(hashlib.blake2b(body, digest_size=8).digest(), "big") >> 1


def key64(*parts: object) -> int:
    """Return a stable key below 2**63 for these parts.

    63 bits, so that the key fits a signed BIGINT everywhere it is exported to.
    """
    return body_key(
        "\x1f".join("\x00" if part is None else str(part) for part in parts).encode("utf-8", "surrogatepass")
    )
