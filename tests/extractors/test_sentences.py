"""Where sentences end, and where a full stop ends none."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.sentences import split_sentences

CUT = [
    ("They left. They came back.", ["They left.", "They came back."]),
    ("Gen. J. Smith said so. He left.", ["Gen. J. Smith said so.", "He left."]),
    ("The U.S. Army left. It came back.", ["The U.S. Army left.", "It came back."]),
    ("They fought in the U.S. The army left.", ["They fought in the U.S.", "The army left."]),
    ("It was 9 a.m. The army left.", ["It was 9 a.m.", "The army left."]),
    ("Some 3.5 million fled. Many came back.", ["Some 3.5 million fled.", "Many came back."]),
    ("On Sept. 11, 2012, they left. Then it rained.", ["On Sept. 11, 2012, they left.", "Then it rained."]),
    ("“They left.” He wept.", ["“They left.”", "He wept."]),
    ("“Why?” she asked. Nobody knew.", ["“Why?” she asked.", "Nobody knew."]),
    ("They left… and came back.", ["They left… and came back."]),
    ("TAIPEI — They left.", ["TAIPEI —", "They left."]),
    ("MAIDUGURI, Nigeria - They left.", ["MAIDUGURI, Nigeria -", "They left."]),
    ("One.\nCairo (AFP) -- They left.", ["One.", "Cairo (AFP) --", "They left."]),
    ("PARIS, March 3 (Reuters) – They left.", ["PARIS, March 3 (Reuters) –", "They left."]),
    ("Kyiv — and not only Kyiv — wept.", ["Kyiv — and not only Kyiv — wept."]),
    ("They met in PARIS — at last.", ["They met in PARIS — at last."]),
    ("A headline\nThey left.", ["A headline", "They left."]),
    ("", []),
    ("\n \n", []),
]


@pytest.mark.parametrize(("text", "sentences"), CUT)
def test_text_is_cut_where_sentences_end(text: str, sentences: list[str]) -> None:
    assert [s.text for s in split_sentences(text)] == sentences


@settings(max_examples=300, deadline=None)
@given(st.text(alphabet="aB. !?\n“”\"'1…U.S", max_size=80))
def test_sentences_keep_their_place_in_any_text(text: str) -> None:
    found = split_sentences(text)
    assert [s.index for s in found] == list(range(len(found)))
    assert all(text[s.start : s.end] == s.text for s in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
