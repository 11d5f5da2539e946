"""The sets of parties that may be a side, and the ways that find them."""

from extractors.contenders import MOST, Outlook, contenders
from extractors.context import Document, build_context
from extractors.diplomacy import propose_mentions
from extractors.parsing import parse_sentences


def view(text: str, event: str, title: str | None = None) -> Outlook:
    context = build_context(Document(text, title=title))
    parsed = dict(enumerate(parse_sentences(s.text for s in context.sentences)))
    return next(p.view for p in propose_mentions(context, parsed) if p.mention.event == event)


def test_each_place_of_a_sentence_finds_its_parties() -> None:
    ways = view("In Denmark, Norway accused Iceland of fraud before talks with Sweden.", "ACCUSE").ways
    assert ways["subject"] == ("NOR",)
    assert ways["object"] == ("ISL",)
    assert ways["first"] == ("DNK",)
    assert set(ways["all"]) == {"DNK", "NOR", "ISL", "SWE"}


def test_title_and_sentence_before_are_ways_too() -> None:
    ways = view("Sweden spoke up. Norway condemned the raid.", "ACCUSE", title="Iceland raids a port").ways
    assert ways["title first"] == ("ISL",)
    assert ways["sentence before"] == ("SWE",)


def test_a_way_that_finds_nobody_is_left_out() -> None:
    assert "owner" not in view("Norway condemned the raid.", "ACCUSE").ways


def test_contenders_are_distinct_hold_nobody_and_keep_the_order_of_the_text() -> None:
    found = contenders(view("Norway and Iceland met in Denmark.", "CONSULT").ways)
    assert len({frozenset(one) for one in found}) == len(found)
    assert () in found
    assert ("NOR", "ISL") in found and ("NOR",) in found


def test_long_lists_are_no_contenders() -> None:
    ways = {"rule actors": ("NOR",), "all": ("NOR", "ISL", "SWE", "DNK", "FIN")}
    assert all(len(one) <= MOST for one in contenders(ways))
