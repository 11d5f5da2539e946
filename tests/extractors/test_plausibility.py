"""The linear model that weighs proposals."""

from extractors.context import Document, build_context
from extractors.diplomacy import propose_mentions
from extractors.parsing import parse_sentences
from extractors.plausibility import most_plausible, plausibility, weights
from extractors.proposals import Proposal


def proposals(text: str) -> list[Proposal]:
    context = build_context(Document(text))
    return propose_mentions(context, dict(enumerate(parse_sentences(s.text for s in context.sentences))))


def test_both_sides_named_weigh_more_than_a_domestic_demand() -> None:
    (abroad,) = proposals("Norway urged Iceland to end the blockade of its ports.")[:1]
    (home,) = proposals("Norway urged senators in the committee to pass the budget before the election.")[:1]
    assert plausibility(abroad) > plausibility(home)


def test_a_chance_lies_between_none_and_certain() -> None:
    assert all(0 < plausibility(p) < 1 for p in proposals("Norway accused Iceland of fraud and met Denmark."))
    assert 0 < weights()["threshold"] < 1


def test_of_the_proposals_at_one_word_the_likeliest_stays() -> None:
    found = proposals("Norway pledged to retaliate against Iceland.")
    same = [p for p in found if p.place == found[0].place]
    chances = [0.9 - i / 10 for i in range(len(found))]
    kept = most_plausible(found, chances, 0.1)
    assert len(same) > 1 and sum(p.place == found[0].place for p in kept) == 1
    assert most_plausible(found, chances, 0.95) == []


def test_an_act_told_again_is_marked() -> None:
    first, second = (p for p in proposals("Norway accused Iceland of fraud. Norway accused Iceland of theft."))
    assert (first.told.sides, first.told.both) == (0, False)
    assert (second.told.sides, second.told.both) == (1, True)
