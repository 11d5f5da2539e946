"""Who is named: each hit beside the near-miss that must not be one."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.parties import find_parties


def codes(text: str, on: date | None = None) -> list[str]:
    return [match.code for match in find_parties(text, on)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Russia's army and the Ukrainians dug in.", ["RUS", "UKR"]),
        ("The U.S. and the UK warned the UAE.", ["USA", "GBR", "ARE"]),
        ("North Korean envoys left South Korea.", ["PRK", "KOR"]),
        ("Kiev answered Kyiv's critics; the Kremlin did not.", ["UKR", "UKR", "RUS"]),
        ("South Sudan and Sudan", ["SSD", "SDN"]),
        ("Papua New Guinea, Guinea-Bissau, Equatorial Guinea", ["PNG", "GNB", "GNQ"]),
        ("Nigeria and Niger", ["NGA", "NER"]),
        ("Côte d’Ivoire’s army", ["CIV"]),
        ("United\nNations staff", ["UN"]),
        ("UNHCR and OCHA", ["UN", "UN"]),
        ("The Islamic State seized a village of the Islamic Republic.", ["islamic-state", "IRN"]),
        ("Russian-backed separatists fired.", ["donbas-separatists"]),
        ("Pro-Russian rebels fired.", ["donbas-separatists"]),
        ("Western officials and the West", ["west", "west"]),
        ("Iran-backed Houthi rebels", ["houthis"]),
        ("fighting in Bakhmut and Gaza", ["UKR", "PSE"]),
        ("the West Bank", ["PSE"]),
        ("the Philippine Department of Defense", ["PHL"]),
        ("Russia's Security Council and the Security Council", ["RUS", "UN"]),
        ("the Saudi-led coalition", ["saudi-coalition"]),
        ("the U.S.-led coalition", ["USA"]),
    ],
)
def test_names_give_their_codes(text: str, expected: list[str]) -> None:
    assert codes(text) == expected


@pytest.mark.parametrize(
    ("name", "day", "code"),
    [
        ("Ewa Kopacz", date(2015, 3, 1), "POL"),
        ("Ewa Kopacz", date(2019, 3, 1), None),
        ("Gen Nakatani", date(2015, 3, 1), "JPN"),
        ("Gen Nakatani", date(2018, 3, 1), None),
        ("Gen Nakatani", date(2025, 3, 1), "JPN"),
        ("Murhaf Abu Qasra", date(2025, 3, 1), "SYR"),
        ("Alexus Grynkewich", date(2025, 9, 1), "NATO"),
    ],
)
def test_minister_speaks_for_a_state_while_in_office(name: str, day: date, code: str | None) -> None:
    assert codes(f"On Monday {name} spoke.", day) == ([code] if code else [])


@pytest.mark.parametrize(
    "text",
    [
        "tell us what is said", "who is it", "GIVE US MONEY NOW", "a turkey dinner", "Turkey dinner is served",
        "Chad Smith plays", "a fan of Michael Jordan", "Georgia won the match", "the New Mexico desert",
        "the Indian Ocean", "the Persian Gulf", "the East China Sea", "the Korean War", "the Moscow Times",
        "the Washington Post", "the Iron Dome", "an anti-American march", "a London-based firm",
        "African-American voters", "the Wild West", "former Afghan officials", "the West Village", "Malicious code",
        "Actor Kerry Washington", "her son Eric Trump spoke", "songs of Whitney Houston", "a senator (R-Iowa)",
        "the Lebanese Red Cross",
    ],
)  # fmt: skip
def test_near_misses_are_no_party(text: str) -> None:
    assert codes(text) == []


@pytest.mark.parametrize(
    ("name", "day", "expected"),
    [
        ("Obama", date(2012, 5, 1), ["USA"]),
        ("Obama", date(2019, 5, 1), []),
        ("Trump", date(2018, 5, 1), ["USA"]),
        ("Trump", date(2022, 5, 1), []),
        ("Trump", date(2025, 5, 1), ["USA"]),
        ("Tusk", date(2012, 5, 1), ["POL"]),
        ("Tusk", date(2016, 5, 1), ["EU"]),
        ("Rutte", date(2020, 5, 1), ["NLD"]),
        ("Rutte", date(2025, 5, 1), ["NATO"]),
    ],
)
def test_office_holders_count_in_their_time(name: str, day: date, expected: list[str]) -> None:
    assert codes(f"A call with {name} was held.", day) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("In 2012 Obama met Hollande.", ["USA", "FRA"]),
        ("the Obama administration", ["USA"]),
        ("Obama met a dentist.", []),
        ("In 1995 Obama met a dentist.", []),
    ],
)
def test_past_office_holders_count_where_the_text_sets_them_in_their_time(text: str, expected: list[str]) -> None:
    assert codes(text, date(2022, 5, 1)) == expected


def test_an_unknown_day_takes_any_time() -> None:
    assert codes("Obama met Zelenskiy.") == ["USA", "UKR"]


def test_on_an_unknown_day_the_text_may_say_that_an_office_is_over() -> None:
    assert codes("Former President Obama spoke.") == []


def test_persons_carry_their_gender() -> None:
    (match,) = find_parties("Zakharova spoke.", date(2022, 3, 1))
    assert (match.kind, match.gender, match.text) == ("person", "f", "Zakharova")


def test_offsets_are_those_of_the_text() -> None:
    text = "“Élan” — Россия, Ukraine’s navy"
    (match,) = find_parties(text)
    assert text[match.start : match.end] == "Ukraine"
