"""Contacts that only frame another act, and contacts in doubt."""

from datetime import date

import pytest

from extractors.context import Document
from extractors.reading import read_documents
from extractors.records import BY_THE_WAY, UNSURE, Mention

DAY = date(2021, 12, 1)


def contacts(text: str) -> list[Mention]:
    (reading,) = read_documents([Document(text, DAY)])
    return [m for m in reading.mentions if m.event in {"CONSULT", "AGREE", "REJECT"}]


@pytest.mark.parametrize(
    ("text", "aside"),
    [
        ("Russia and Ukraine swapped prisoners with the mediation of Qatar, Moscow said.", True),
        ("Russia and Ukraine held talks in Qatar, Moscow said.", False),
        ("Poland's prime minister promised shells after a meeting with the Ukrainian president.", False),
        ("Iran fired on a ship a day after its foreign minister met his Omani counterpart in Muscat.", True),
        ("Estonia has delivered the shells it promised Ukraine.", True),
        ("Iran's foreign minister has met his Omani counterpart, a day after a ship was fired on.", False),
    ],
)
def test_talk_that_only_frames_another_act_says_so_in_its_rule(text: str, aside: bool) -> None:
    assert {m.rule.endswith(BY_THE_WAY) for m in contacts(text)} == {aside}


@pytest.mark.parametrize(
    ("text", "unsure"),
    [
        ("The foreign ministers of Kenya and Uganda met in Nairobi on Monday.", False),
        ("Kenya has rejected a proposal by Uganda for joint patrols.", False),
        ("Critics say the pact could draw objections from Uganda, where Kenya sells arms, at any talks.", True),
    ],
)
def test_contact_that_is_only_likely_is_marked_unsure(text: str, unsure: bool) -> None:
    assert {m.rule.endswith(UNSURE) for m in contacts(text)} == {unsure}
