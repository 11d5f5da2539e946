"""Predicates found in a parse: the most particular entry, its noun, its particle."""

import pytest

from extractors.lexicon import Hit
from extractors.matching import find_hits
from extractors.parsing import parse_sentences


def hits(sentence: str) -> list[Hit]:
    return find_hits(parse_sentences([sentence])[0])


@pytest.mark.parametrize(
    ("sentence", "rule", "event"),
    [
        ("Norway accused Iceland of fraud.", "verb accuse", "ACCUSE"),
        ("Norway called off the talks.", "verb call+off", "REJECT"),
        ("Norway called on Iceland to act.", "verb call+on", "REQUEST"),
        ("Norway called for a ceasefire.", "verb call+for", "REQUEST"),
        ("Norway held a round of talks with Iceland.", "noun talk", "CONSULT"),
        ("Talks were held in Oslo by Norway.", "noun talk", "CONSULT"),
        ("Norway withdrew from the treaty.", "verb withdraw", "REJECT"),
        ("Norway withdrew its ambassador from Iceland.", "verb withdraw", "SANCTION"),
        ("Norway lifted the embargo on Iceland.", "verb lift", "CONCEDE"),
        ("Norway imposed an embargo on Iceland.", "verb impose", "SANCTION"),
        ("Norway withdrew its ships from the treaty.", "verb withdraw", "REJECT"),
        ("Iceland's withdrawal from the treaty hurt Norway.", "noun withdrawal", "REJECT"),
        ("Norway will no longer abide by the deal.", "verb abide+by", "REJECT"),
        ("Norway had a phone call with Iceland.", "noun call", "CONSULT"),
        ("A ban on Icelandic fish hurt Norway.", "noun ban", "SANCTION"),
        ("Norway called the deal a terrible mistake.", "verb call", "ACCUSE"),
        ("Norway hit Iceland with sanctions.", "verb hit", "SANCTION"),
        ("Norway closed its test site.", "verb close", "CONCEDE"),
        ("Norway vowed to retaliate against Iceland.", "verb vow", "THREATEN"),
        ("Norway expressed anger over the strikes.", "verb express", "ACCUSE"),
        ("Norway is open to talks with Iceland.", "adjective open+to", "CONSULT"),
        ("Norway and Iceland met on Sunday, their first encounter since spring.", "verb meet", "CONSULT"),
        ("Norway and Iceland spoke by telephone.", "verb speak+by", "CONSULT"),
        ("Norway rejected the estimate given by Iceland.", "verb reject", "ACCUSE"),
        ("Norway rejected the offer made by Iceland.", "verb reject", "REJECT"),
        ("Norway has promised Iceland two batteries.", "verb promise", "AID"),
    ],
)
def test_the_most_particular_predicate_is_taken(sentence: str, rule: str, event: str) -> None:
    assert (rule, event) in {(h.predicate.rule, h.predicate.event) for h in hits(sentence)}


@pytest.mark.parametrize(
    ("sentence", "rule"),
    [
        ("Norway called Iceland on Monday.", "verb call+on"),
        ("Norway on Monday called for a truce.", "verb call+on"),
        ("Norway will give up the islands.", "verb give"),
        ("Norway declined to comment on the strikes.", "verb decline"),
        ("Norway met the demands of its farmers.", "verb meet"),
        ("Norway lifted a heavy stone.", "verb lift"),
        ("Norway released its annual report.", "verb release"),
        ("The negotiating team went home.", "verb negotiate"),
    ],
)
def test_a_word_in_another_sense_is_no_predicate(sentence: str, rule: str) -> None:
    assert rule not in {h.predicate.rule for h in hits(sentence)}


def test_a_noun_inside_a_verbs_predicate_is_no_hit_of_its_own() -> None:
    assert [h.predicate.event for h in hits("Norway cancelled the summit.")] == ["REJECT"]


def test_a_word_may_carry_a_second_event() -> None:
    found = [(h.predicate.event, h.second) for h in hits("Norway warned of an attack by Iceland.")]
    assert len(found) == len({event for event, _ in found})
    assert [second for _, second in found].count(False) == 1


def test_a_call_for_something_is_no_phone_call() -> None:
    assert "CONSULT" not in {h.predicate.event for h in hits("Norway made a call for peace.")}
