"""Acts inside acts."""

import pytest

from extractors.embedding import own_acts, swallowed_by_others
from extractors.matching import find_hits
from extractors.parsing import parse_sentences


def events(sentence: str) -> list[str]:
    return [h.predicate.event for h in own_acts(find_hits(parse_sentences([sentence])[0]))]


@pytest.mark.parametrize(
    ("sentence", "wanted"),
    [
        ("Norway refused to meet Iceland.", ["REJECT"]),
        ("Norway called for talks with Iceland.", ["REQUEST"]),
        ("Norway blamed Iceland for the cancellation of talks.", ["ACCUSE", "REJECT"]),
        ("Norway accused Iceland of arming Denmark.", ["ACCUSE", "AID"]),
        ("Norway met Iceland and condemned Denmark.", ["CONSULT", "ACCUSE"]),
    ],
)
def test_what_is_refused_or_asked_for_is_no_act_of_its_own(sentence: str, wanted: list[str]) -> None:
    assert events(sentence) == wanted


def test_a_pledge_of_aid_gives_way_to_the_aid() -> None:
    hits = find_hits(parse_sentences(["Norway pledged to send weapons to Iceland."])[0])
    swallowed = swallowed_by_others(hits)
    assert [h.predicate.event for h in hits if h.token.i in swallowed] == ["AGREE"]
