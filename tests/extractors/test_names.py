"""The gazetteer holds together: every file reads, every state is there, terms are in order."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.names import expand_braces, gazetteer, parse_terms, plain_name, split_names

MEMBERS = (
    "AFG ALB DZA AND AGO ATG ARG ARM AUS AUT AZE BHS BHR BGD BRB BLR BEL BLZ BEN BTN BOL BIH BWA BRA BRN BGR BFA BDI "
    "CPV KHM CMR CAN CAF TCD CHL CHN COL COM COG COD CRI CIV HRV CUB CYP CZE DNK DJI DMA DOM ECU EGY SLV GNQ ERI EST "
    "SWZ ETH FJI FIN FRA GAB GMB GEO DEU GHA GRC GRD GTM GIN GNB GUY HTI HND HUN ISL IND IDN IRN IRQ IRL ISR ITA JAM "
    "JPN JOR KAZ KEN KIR PRK KOR KWT KGZ LAO LVA LBN LSO LBR LBY LIE LTU LUX MDG MWI MYS MDV MLI MLT MHL MRT MUS MEX "
    "FSM MDA MCO MNG MNE MAR MOZ MMR NAM NRU NPL NLD NZL NIC NER NGA MKD NOR OMN PAK PLW PAN PNG PRY PER PHL POL PRT "
    "QAT ROU RUS RWA KNA LCA VCT WSM SMR STP SAU SEN SRB SYC SLE SGP SVK SVN SLB SOM ZAF SSD ESP LKA SDN SUR SWE CHE "
    "SYR TJK TZA THA TLS TGO TON TTO TUN TUR TKM TUV UGA UKR ARE GBR USA URY UZB VUT VEN VNM YEM ZMB ZWE PSE XKX TWN "
    "VAT ESH"
).split()


def test_every_state_has_a_name() -> None:
    named = {entry.code for entries in gazetteer().values() for entry in entries if entry.kind == "state"}
    assert set(MEMBERS) - named == set()


def test_terms_of_office_are_in_order() -> None:
    backwards = [
        name
        for name, entries in gazetteer().items()
        for entry in entries
        if any(first > last for first, last in entry.terms)
    ]
    assert backwards == []


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("Kyiv, Kiev", ["Kyiv", "Kiev"]),
        ("{a,b} c, D", ["a c", "A c", "b c", "B c", "D"]),
        ("al-Qaeda", ["al-Qaeda"]),
    ],
)
def test_lines_are_split_outside_braces(line: str, names: list[str]) -> None:
    assert list(split_names(line)) == names


def test_braces_multiply() -> None:
    assert list(expand_braces("{a,b}{1,2}")) == ["a1", "a2", "b1", "b2"]


def test_a_term_holds_its_last_month_in_full() -> None:
    ((first, last),) = parse_terms(["2013-02/2017-01"])
    assert (first, last) == (date(2013, 2, 1), date(2017, 1, 31))


def test_quotes_hyphens_and_spaces_are_plain() -> None:
    assert plain_name("Côte\u00a0d’Ivoire\nGuinea‑Bissau") == "Côte d'Ivoire Guinea-Bissau"
