"""Who says a figure, in every order of words."""

import pytest

from extractors.context import Document
from extractors.reading import read_documents

SAID = [
    ("Ukraine's army said it had lost 40 tanks.", "UKR", "Ukraine's army"),
    ("It had lost 40 tanks, Ukraine's army said.", "UKR", "Ukraine's army"),
    ("It had lost 40 tanks, said Ukraine's army.", "UKR", "Ukraine's army"),
    ("According to Ukraine's army, it lost 40 tanks.", "UKR", "Ukraine's army"),
    ("It lost 40 tanks, according to Ukraine's army.", "UKR", "Ukraine's army"),
    ("A newspaper, citing Ukraine's army, said it had lost 40 tanks.", "UKR", "Ukraine's army"),
    ("A local newspaper said 40 tanks were lost.", "unknown", "A local newspaper"),
    ("Officials said 40 tanks were lost.", "unknown", "Officials"),
    ("The army lost 40 tanks.", None, None),
    ("Ukraine's army said it had lost 40 tanks, according to a newspaper.", "UKR", "Ukraine's army"),
    ("“We lost 40 tanks,” said Mr. Zelensky.", "UKR", "Mr. Zelensky"),
    ("The Syrian Institute for Peace said 40 tanks were lost.", "unknown", "The Syrian Institute for Peace"),
    ("“We lost 40 tanks,” the Ukrainian minister said.", "UKR", "the Ukrainian minister"),
    ("The war has claimed 400 lives.", None, None),
    (
        "In Syria, where, the United Nations estimated, 70,000 people had been killed in the war.",
        "UN",
        "the United Nations",
    ),
    ("The raid killed 40 people, according to Amnesty International.", "unknown", "Amnesty International"),
    ("Defense officials said the U.S. Navy would add eight ships.", "USA", "Defense officials"),
    ("Defense officials said Kenya would add eight warships.", "unknown", "Defense officials"),
    ("The bishop reacts: “They killed 40 soldiers.”", "unknown", "The bishop"),
    (
        "State media reported a fire on the anniversary of the 2012 Benghazi attack that killed four Americans.",
        None,
        None,
    ),
    ("Kenya's army raised the number of dead in the clash to 40 soldiers.", "KEN", "Kenya's army"),
    ("Kenya's army raised the number of its soldiers there to 40.", None, None),
    ("Syrian state television said 40 tanks were lost.", "SYR", "Syrian state television"),
]


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[str | None, str | None]]:
    readings = read_documents([Document(text) for text, *_ in SAID])
    return {
        text: (reading.figures[0].claimant, reading.figures[0].claimant_text)
        for (text, *_), reading in zip(SAID, readings, strict=True)
    }


@pytest.mark.parametrize(("text", "code", "words"), SAID)
def test_claimant_is_who_states_the_number(text, code, words, found) -> None:
    assert found[text] == (code, words)


def test_quotation_over_sentences_keeps_its_speaker() -> None:
    text = "“They attacked at night. We lost 40 tanks,” Ukraine's army said."
    (reading,) = read_documents([Document(text)])
    assert reading.figures[0].claimant == "UKR"


def test_pronoun_speaks_for_whom_it_stands_for() -> None:
    text = "Ukraine's army said the battle was over. It said 40 tanks were lost."
    (reading,) = read_documents([Document(text)])
    assert (reading.figures[0].claimant, reading.figures[0].claimant_text) == ("UKR", "It")
