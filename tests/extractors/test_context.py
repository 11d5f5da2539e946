"""A document's context: any text has one, and every party lies where it says."""

from __future__ import annotations

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.context import Document, build_context

PIECES = st.sampled_from(
    [
        "Russia", "U.S.", "Kim", "North Korea", "the North", "Kurds", "Obama", "he", "She said", "“", "”", '"', ". ",
        "\n", "President ", "Ann Lee, a spokeswoman for NATO, ", "the ministry", "In 2010 ", "’s", "-backed",
        "É", "\ud800",
    ]
)  # fmt: skip
TEXTS = st.one_of(st.text(max_size=120), st.lists(PIECES, max_size=25).map(" ".join))


@settings(max_examples=300, deadline=None)
@given(TEXTS, st.one_of(st.none(), st.dates(date(2005, 1, 1), date(2026, 12, 31))))
def test_any_text_has_a_context(text: str, published: date | None) -> None:
    context = build_context(Document(text, published))
    for party in context.parties:
        assert context.document.text[party.start : party.end] == party.text
        assert party.code
    assert [p.start for p in context.parties] == sorted(p.start for p in context.parties)


@settings(max_examples=200, deadline=None)
@given(TEXTS, st.sampled_from("he she they it we ministry president group country island".split()))
def test_any_word_resolves_to_a_code_or_nobody(text: str, word: str) -> None:
    context = build_context(Document(text, date(2020, 5, 1)))
    for sentence in context.sentences:
        found = context.referents.resolve(sentence.index, sentence.end, word)
        assert found is None or found
        assert len(context.referents.resolve_both(sentence.index, sentence.end)) in (0, 2)


def test_half_a_character_moves_no_offset() -> None:
    (party,) = build_context(Document("\ud800 Russia")).parties
    assert (party.start, party.end) == (2, 8)
