"""Status from what governs an act."""

import pytest

from extractors.act_status import negated, status
from extractors.matching import find_hits
from extractors.parsing import parse_sentences


@pytest.mark.parametrize(
    ("sentence", "event", "wanted"),
    [
        ("Norway accused Iceland of fraud.", "ACCUSE", "actual"),
        ("Norway will meet Iceland.", "CONSULT", "planned"),
        ("Norway plans to meet Iceland.", "CONSULT", "planned"),
        ("Norway to meet Iceland in Oslo.", "CONSULT", "planned"),
        ("Norway is to impose sanctions on Iceland.", "SANCTION", "planned"),
        ("Norway said it would send aid to Iceland.", "AID", "planned"),
        ("Norway might send aid to Iceland.", "AID", "hypothetical"),
        ("If Norway imposes sanctions on Iceland, prices will rise.", "SANCTION", "hypothetical"),
        ("Norway will not be able to end the dispute without talks with Iceland.", "CONSULT", "hypothetical"),
        ("Norway left the pact without talks with Iceland.", "CONSULT", "denied"),
        ("Norway was urged to lift sanctions on Iceland.", "CONCEDE", "hypothetical"),
        ("Norway previously signed a pact with Iceland.", "AGREE", "historical"),
        ("Norway never signed an agreement with Iceland.", "AGREE", "denied"),
    ],
)
def test_status_of_an_act(sentence: str, event: str, wanted: str) -> None:
    hit = next(h for h in find_hits(parse_sentences([sentence])[0]) if h.predicate.event == event)
    assert status(hit, history=False, speech=event == "ACCUSE") == wanted


def test_what_failed_is_negated() -> None:
    doc = parse_sentences(["Norway failed to reach an agreement."])[0]
    assert negated(next(t for t in doc if t.text == "reach"))


@pytest.mark.parametrize(
    ("sentence", "verb"),
    [("Norway won’t agree to it.", "agree"), ("Norway will no longer abide by it.", "abide")],
)
def test_a_curly_mark_and_no_longer_negate(sentence: str, verb: str) -> None:
    assert negated(next(t for t in parse_sentences([sentence])[0] if t.text == verb))


def test_what_is_dated_to_the_past_is_historical_unless_it_lies_ahead() -> None:
    past, ahead = (find_hits(d)[0] for d in parse_sentences(["Norway met Iceland.", "Norway will meet Iceland."]))
    assert status(past, history=True, speech=False) == "historical"
    assert status(ahead, history=True, speech=False) == "planned"
