"""Which sentences are parsed for diplomacy."""

from extractors.context import Document, build_context
from extractors.gating import mention_candidates


def candidates(text: str) -> set[int]:
    return mention_candidates(build_context(Document(text)))


def test_a_sentence_without_a_party_or_predicate_is_not_parsed() -> None:
    assert candidates("Ukraine is large. The talks went on. Russia accused Ukraine of fraud.") == {2}


def test_an_everyday_word_needs_two_parties() -> None:
    assert candidates("Norway made a plan.") == set()
    assert candidates("Norway made a plan with Iceland.") == {0}


def test_a_text_without_parties_has_no_candidate() -> None:
    assert candidates("The minister accused the board of fraud.") == set()
