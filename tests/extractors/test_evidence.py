"""What speaks for and against a proposal, by name."""

from extractors.evidence import features, setting_of
from tests.extractors.test_plausibility import proposals


def test_features_are_named_once() -> None:
    for proposal in proposals("Norway accused Iceland of fraud and met Denmark."):
        names = list(features(proposal))
        assert len(names) == len(set(names))


def test_a_text_of_envoys_is_set_abroad_and_one_of_voters_at_home() -> None:
    assert setting_of("The envoys spoke of the treaty, the ceasefire and the sanctions at the summit.") >= 3
    assert setting_of("Voters, senators and judges spoke of the budget and the election campaign.") <= 1


def test_parties_and_words_around_a_predicate_are_named() -> None:
    (proposal,) = proposals("Norway accused Iceland of stealing fish.")
    names = set(features(proposal))
    assert {"actor NOR ACCUSE", "target ISL", "pair NOR ISL"} <= names
    assert {"form accused", "who name", "near steal", "child prep of"} <= names
