"""Status from what governs an act and from dates that stand at it."""

from datetime import date

import pytest

from extractors.matching import find_hits
from extractors.modality import negated, status
from extractors.parsing import parse_sentences

DAY = date(2021, 12, 1)


@pytest.mark.parametrize(
    ("sentence", "event", "wanted"),
    [
        ("Norway accused Iceland of fraud.", "ACCUSE", "actual"),
        ("Norway will meet Iceland.", "CONSULT", "planned"),
        ("Norway plans to meet Iceland.", "CONSULT", "planned"),
        ("Norway to meet Iceland in Oslo.", "CONSULT", "planned"),
        ("Norway said it would send aid to Iceland.", "AID", "planned"),
        ("Norway might send aid to Iceland.", "AID", "hypothetical"),
        ("If Norway imposes sanctions on Iceland, prices will rise.", "SANCTION", "hypothetical"),
        ("Norway was urged to lift sanctions on Iceland.", "CONCEDE", "hypothetical"),
        ("Norway signed the pact with Iceland in 2015.", "AGREE", "historical"),
        ("Norway signed the pact with Iceland last year.", "AGREE", "historical"),
        ("Norway signed the pact with Iceland in December.", "AGREE", "actual"),
        ("Norway condemned the coup of 2015 in Iceland.", "ACCUSE", "actual"),
        ("Norway never signed an agreement with Iceland.", "AGREE", "denied"),
    ],
)
def test_status_of_an_act(sentence: str, event: str, wanted: str) -> None:
    hit = next(h for h in find_hits(parse_sentences([sentence])[0]) if h.predicate.event == event)
    assert status(hit, DAY, speech=event == "ACCUSE") == wanted


def test_what_failed_is_negated() -> None:
    doc = parse_sentences(["Norway failed to reach an agreement."])[0]
    assert negated(next(t for t in doc if t.text == "reach"))
