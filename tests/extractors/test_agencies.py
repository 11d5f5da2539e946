import pytest

from extractors.agencies import Credits, find_credits

STORY = "The ministry said that the column had crossed the river. Nobody was hurt, officials said."


@pytest.mark.parametrize(
    ("text", "agencies"),
    [
        (f"KYIV, May 3 (Reuters) - {STORY}", ("Reuters",)),
        (f"GENEVA (AP) — {STORY}", ("AP",)),
        (f"Berlin (dpa) - {STORY}", ("dpa",)),
        (f"(AFP) – {STORY}", ("AFP",)),
        (f"TASS: {STORY}", ("TASS",)),
        (f"КИЕВ, 3 мая (Интерфакс-Украина) - {STORY}", ("Interfax-Ukraine",)),
        (f"{STORY} (dpa)", ("dpa",)),
        (f"{STORY}\nAFP/Reuters", ("AFP", "Reuters")),
        (f"{STORY}\ndpa/afp", ("dpa", "AFP")),
        (f"By AFP\n{STORY}", ("AFP",)),
        (f"{STORY}\nSource: Ukrinform", ("Ukrinform",)),
        (f"{STORY}\n© 2024 AFP", ("AFP",)),
        (f"{STORY}\n(Reporting by Ann Lee in Kyiv; Editing by Bo Ray)", ("Reuters",)),
        (f"{STORY}\nAFP contributed to this report.", ("AFP",)),
        (f"{STORY}\nWith reporting by Reuters and TASS", ("Reuters", "TASS")),
    ],
)
def test_credit_is_read_where_it_stands(text: str, agencies: tuple[str, ...]) -> None:
    assert find_credits(text, (), ()).agencies == agencies


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        f"{STORY} He told Reuters that nothing was new.",
        f"According to AFP, {STORY}",
        f"Reuters reported on Monday that it had seen the paper. {STORY}",
        f"The AP ratio fell (see below). {STORY}",
        f"{STORY}\nThe number of apa trees fell, an official of the MTI group said.",
        f"{STORY}\nReporting by Ann Lee",  # an outlet's own
        f"He ran up (ap) - and down. {STORY}",
        "",
    ],
)
def test_agency_quoted_in_a_sentence_is_no_credit(text: str) -> None:
    assert find_credits(text, (), ()) == Credits()


@pytest.mark.parametrize(
    ("signed", "authors", "credited"),
    [
        (["AFP"], ["AFP"], Credits(("AFP",), "AFP")),
        (["Agence France-Presse (AFP)"], ["Agence France-Presse"], Credits(("AFP",), "AFP")),
        (["Reuters Staff"], ["Reuters Staff"], Credits(("Reuters",), "Reuters")),
        (["Ann Lee", "AP"], ["Ann Lee", "AP"], Credits(("AP",), None)),
        (["Ann Lee, Reuters"], ["Ann Lee, Reuters"], Credits(("Reuters",), "Reuters")),
        (["dpa", "AFP"], ["dpa", "AFP"], Credits(("dpa", "AFP"), None)),
        (["Ann Lee"], ["Ann Lee"], Credits()),
        (["A reporter for ten years, she left Reuters for the paper and now writes of war"], [], Credits()),
    ],
)
def test_text_is_an_agencys_where_nobody_else_is_credited(
    signed: list[str], authors: list[str], credited: Credits
) -> None:
    assert find_credits(STORY, signed, authors) == credited


def test_help_of_an_agency_does_not_make_the_text_its_own() -> None:
    assert find_credits(f"{STORY}\nAFP contributed to this report.", (), ()).agency is None


def test_site_of_an_agency_carries_its_text() -> None:
    assert find_credits(STORY, ["Ann Lee"], ["Ann Lee"], ["TASS"]) == Credits(("TASS",), "TASS")
