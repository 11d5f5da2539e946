"""Mentions in whole passages: what is one, what is none, who acts towards whom, and how far it is so."""

from datetime import date

import pytest

from extractors.context import Document, build_context
from extractors.diplomacy import find_mentions
from extractors.gating import mention_candidates
from extractors.parsing import parse_sentences
from extractors.records import Mention

DAY = date(2021, 12, 1)


def mentions(text: str) -> list[Mention]:
    context = build_context(Document(text, DAY))
    wanted = sorted(mention_candidates(context))
    docs = parse_sentences(context.sentences[index].text for index in wanted)
    return find_mentions(context, dict(zip(wanted, docs, strict=True)))


def told(text: str) -> set[str]:
    return {f"{m.event} {'+'.join(m.actors)}>{'+'.join(m.targets)} {m.status}" for m in mentions(text)}


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # CONSULT
        ("The German and French foreign ministers met in Berlin.", "CONSULT DEU+FRA> actual"),
        ("Blinken will hold talks with Lavrov in Geneva next week.", "CONSULT USA+RUS> planned"),
        ("Talks between Armenia and Azerbaijan resumed in Brussels.", "CONSULT ARM+AZE> actual"),
        # REQUEST
        ("Poland urged Germany to send more air defences.", "REQUEST POL>DEU actual"),
        ("Ukraine called on Russia to pull back its troops.", "REQUEST UKR>RUS actual"),
        ("Turkey demanded that Sweden extradite the suspects.", "REQUEST TUR>SWE actual"),
        ("Egypt invited Israel to the conference.", "REQUEST EGY>ISR actual"),
        # AGREE
        ("Serbia and Kosovo signed an agreement on border crossings.", "AGREE SRB+XKX> actual"),
        # REJECT
        ("Iran rejected the American proposal.", "REJECT IRN>USA actual"),
        ("Pakistan refused to allow India to use its airspace.", "REJECT PAK>IND actual"),
        ("Belarus ruled out talks with Poland.", "REJECT BLR>POL actual"),
        # ACCUSE
        ("Ukraine accused Russia of shelling a hospital.", "ACCUSE UKR>RUS actual"),
        ("Russia has been accused by Estonia of violating its airspace.", "ACCUSE EST>RUS actual"),
        ("India and Pakistan blamed each other for the clash.", "ACCUSE IND+PAK>IND+PAK actual"),
        ("Moscow denied the allegations.", "ACCUSE RUS> actual"),
        # THREATEN
        ("North Korea threatened to attack South Korea.", "THREATEN PRK>KOR actual"),
        # SUPPORT
        ("Turkey praised Qatar for its mediation.", "SUPPORT TUR>QAT actual"),
        # COOPERATE
        ("Russia and China held joint military exercises.", "COOPERATE RUS+CHN> actual"),
        # AID
        ("The United States will provide $300 million in military aid to Ukraine.", "AID USA>UKR planned"),
        # CONCEDE
        ("The European Union lifted sanctions on Zimbabwe.", "CONCEDE EU>ZWE actual"),
        # SANCTION
        ("Britain imposed sanctions on Belarus.", "SANCTION GBR>BLR actual"),
        ("The Czech Republic expelled eighteen Russian diplomats.", "SANCTION CZE>RUS actual"),
    ],
)
def test_an_act_between_parties_is_found(text: str, wanted: str) -> None:
    assert wanted in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "The governor urged lawmakers in Ohio to pass the budget.",
        "The court rejected the appeal of the former mayor.",
        "The airline reached an agreement with its pilots.",
        "Arsenal beat Chelsea after a late goal.",
        "Russian troops shelled the outskirts of Kharkiv overnight.",
        "The treaty of 1648 ended a long war.",
        "The committee met on Tuesday to discuss the school calendar.",
        "A protester accused the police of using tear gas.",
        "Farmers in France demanded higher prices.",
    ],
)
def test_what_happens_at_home_or_in_war_is_no_mention(text: str) -> None:
    assert told(text) == set()


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Norway will meet Russia on Friday.", "planned"),
        ("Norway met Russia on Tuesday.", "actual"),
        ("Norway met Russia in 2014.", "historical"),
        ("Norway could meet Russia if the truce holds.", "hypothetical"),
        ("Norway is scheduled to meet Russia on Friday.", "planned"),
    ],
)
def test_status_follows_tense_and_dates(text: str, wanted: str) -> None:
    assert {m.status for m in mentions(text) if m.event == "CONSULT"} == {wanted}


def test_a_pronoun_takes_its_party_from_the_passage() -> None:
    found = told("Iran criticised the report on Monday. It also accused Israel of sabotage.")
    assert "ACCUSE IRN>ISR actual" in found


def test_a_refusal_to_meet_is_no_meeting() -> None:
    found = told("Serbia refused to meet Kosovo.")
    assert "REJECT SRB>XKX actual" in found
    assert not any(m.startswith("CONSULT") for m in found)


def test_a_planned_meeting_carries_its_day() -> None:
    (meeting,) = mentions("Norway will meet Russia on Friday.")
    assert (meeting.status, meeting.as_of) == ("planned", date(2021, 12, 3))


def test_every_mention_names_its_rule_and_lies_in_its_sentence() -> None:
    text = "Poland urged Germany to act. Ukraine accused Russia of shelling a hospital."
    found = mentions(text)
    assert len(found) == 2
    for mention in found:
        assert mention.rule.split()[0] in {"verb", "noun", "adjective"}
        assert text[mention.start : mention.end] in mention.sentence
