"""Where quotations lie in a whole text, over its sentences, and which words name who speaks them."""

from __future__ import annotations

import re
from bisect import bisect_right

from extractors.antecedents import SAID

QUOTES = re.compile(r"[“”\"]|\n")
TITLED = r"(?:(?:Mr|Mrs|Ms|Dr|Gen|Col|Lt|Maj|Adm|Sen|Rep|Gov)\. )*"
QUOTED_BY = (
    rf"(?:{SAID}|continues|writes|reacts|responded|replied|concluded|recalled|argues|notes|warns|"
    r"insists|released)"
)
AFTER_QUOTE = re.compile(
    rf"^[,.]?\s*(?:{QUOTED_BY}\s+(?P<late>{TITLED}[^,.;\n]{{2,80}})|"
    rf"(?P<early>[^,.;“\"\n]{{2,80}}?)\s+(?:also |later |has |"
    rf"then )?{QUOTED_BY}\b)"
)
BEFORE_QUOTE = re.compile(
    rf"(?P<who>[^.;“”\"\n]{{2,90}}?)\s+(?:also |later |has |then |had )?{QUOTED_BY}\b[^.“”\"\n]{{0,80}}[,:.]?\s*$"
)
# A line, or the end of one, that signs what is quoted: "Jane Roe, The Paper".
SIGNATURE = r"(?P<who>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3}), [A-Z][\w’']+(?: [A-Z][\w’']+){0,3}"
SIGNED_AFTER = re.compile(rf"\s?{SIGNATURE}\s*(?=\n|$)")
SIGNED_BEFORE = re.compile(rf"(?:^|\n){SIGNATURE}\s*\n\s*$")
MOST_LOOKED_AT = 12  # quotations, for the speaker of one
NEAR = 500  # characters between quotations of one speaker

Span = tuple[int, int]


def find_quotation_spans(text: str) -> list[Span]:
    """Return where quotations lie; one left open lasts to the end of its line."""
    spans: list[Span] = []
    opened: int | None = None
    for mark in QUOTES.finditer(text):
        sign = mark.group()
        if sign == "\n":
            if opened is not None:
                spans.append((opened, mark.start()))
            opened = None
        elif opened is None and sign != "”":
            opened = mark.start()
        elif opened is not None and sign != "“":
            spans.append((opened, mark.end()))
            opened = None
    if opened is not None:
        spans.append((opened, len(text)))
    return spans


class Quotations:
    """The quotations of a text; who speaks one is told beside it, or beside those it goes on from or into."""

    def __init__(self, text: str) -> None:
        """Find the quotations of a text, once."""
        self.text, self.spans = text, find_quotation_spans(text)
        self._starts = [start for start, _ in self.spans]

    def at(self, offset: int) -> int | None:
        """Return the index of the quotation an offset stands in, or None."""
        i = bisect_right(self._starts, offset) - 1
        return i if i >= 0 and self.spans[i][0] <= offset < self.spans[i][1] else None

    def speaker(self, at: int) -> Span | None:
        """Return where the speaker of a quotation is named: by it, by those that go on with it, by some before it."""
        for i in self._goes_on(at):
            if (named := self._named_beside(*self.spans[i])) is not None:
                return named
        for i in range(at - 1, max(-1, at - MOST_LOOKED_AT), -1):
            if self.spans[i + 1][0] - self.spans[i][1] >= NEAR:
                break
            if (named := self._named_beside(*self.spans[i])) is not None:
                return named
        return None

    def signature(self, at: int) -> Span | None:
        """Return where the person is named who signs a quotation on a line of its own, before it or behind it."""
        start, end = self.spans[at][0], self.spans[self._goes_on(at)[-1]][1]
        base = max(0, start - 90)
        if (after := SIGNED_AFTER.match(self.text[end : end + 140])) is not None:
            return end + after.start("who"), end + after.end("who")
        before = SIGNED_BEFORE.search(self.text[base:start])
        return (base + before.start("who"), base + before.end("who")) if before is not None else None

    def _goes_on(self, at: int) -> list[int]:
        """Return a quotation and those of the lines behind it that take it up, each left open at its line's end."""
        found = [at]
        for i in range(at, min(len(self.spans) - 1, at + MOST_LOOKED_AT)):
            end = self.spans[i][1]
            if self.text[end - 1] in {"”", '"'} or self.text[end : self.spans[i + 1][0]].strip():
                break
            found.append(i + 1)
        return found

    def _named_beside(self, start: int, end: int) -> Span | None:
        """Return where the words right behind or before a quotation name who speaks it."""
        after = AFTER_QUOTE.match(self.text[end : end + 140])
        if after is not None:
            name = "late" if after.group("late") else "early"
            return end + after.start(name), end + after.end(name)
        base = max(0, start - 200)
        before = BEFORE_QUOTE.search(self.text[base:start])
        return (base + before.start("who"), base + before.end("who")) if before is not None else None
