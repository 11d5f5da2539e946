"""Lists: a line says how many of what, the sentence that leads the list in says all else."""

from datetime import date

import pytest

from extractors.context import Document, build_context
from extractors.listings import listed_under
from extractors.reading import read_documents

DAY = date(2026, 3, 15)
BULLETIN = """The General Staff of the Armed Forces of Ukraine reported the enemy's losses as of 15 March.
Total combat losses of the Russian forces from 24 February 2022 to 15 March 2026 are approximately:
personnel – about 1,270,300 (+920)
tanks – 11,740 (+4)
air defence systems: 1,310
vehicles and fuel tanks — 79,000 (+122)
"""
STRUCK = """The Sudanese army said its forces had destroyed the following in El Obeid on Friday:

- 12 combat vehicles

- 3 drones

60 fighters of the Rapid Support Forces were killed, it said.
"""
LOST = """Ukraine lost the following over the past day, the Russian Defence Ministry said:
• up to 240 troops
• two tanks
"""
SENT = """Germany will deliver the following to Ukraine by the summer, the Defence Ministry in Berlin said:
* 14 tanks;
* 60 infantry fighting vehicles;
"""


def read(text):
    return read_documents([Document(text, DAY)])[0].figures


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            BULLETIN,
            [
                (1_270_300, "casualties", "troops", "RUS", "UKR", "actual"),
                (11_740, "destroyed", "tank", "RUS", "UKR", "actual"),
                (1_310, "destroyed", "air_defence", "RUS", "UKR", "actual"),
                (79_000, "destroyed", "vehicle", "RUS", "UKR", "actual"),
            ],
        ),
        (
            LOST,
            [(240, "casualties", "troops", "UKR", "RUS", "actual"), (2, "destroyed", "tank", "UKR", "RUS", "actual")],
        ),
        (
            SENT,
            [
                (14, "supply", "tank", "DEU", "DEU", "planned"),
                (60, "supply", "armoured_vehicle", "DEU", "DEU", "planned"),
            ],
        ),
    ],
    ids=["bulletin", "lost", "sent"],
)
def test_line_takes_what_its_lead_in_says(text, found):
    assert [(f.high, f.measure, f.item, f.subject, f.claimant, f.status) for f in read(text)] == found


def test_span_and_sentence_are_the_line_s_own():
    for figure in read(BULLETIN):
        line = BULLETIN[BULLETIN.rfind("\n", 0, figure.start) + 1 : BULLETIN.find("\n", figure.end)]
        assert figure.sentence == line.strip()
        assert BULLETIN[figure.start : figure.end] in figure.sentence


def test_rise_of_the_day_in_brackets_is_no_figure_of_its_own():
    assert {4, 122, 920}.isdisjoint({f.high for f in read(BULLETIN)})


def test_sentence_after_the_list_speaks_for_itself():
    assert [(f.high, f.measure) for f in read(STRUCK)] == [(12, "destroyed"), (3, "destroyed"), (60, "killed")]


ENEMY = """Moscow says nothing of its losses. The General Staff in Kyiv, which counts those of Moscow, did.
Over the past day the enemy lost, according to the Ukrainian General Staff:
- 7 tanks
- 21 armoured vehicles
"""


def test_enemy_is_the_enemy_of_who_says_so():
    assert [(f.high, f.subject, f.claimant) for f in read(ENEMY)] == [(7, "RUS", "UKR"), (21, "RUS", "UKR")]


def test_place_named_in_the_line_is_the_line_s_alone():
    text = "Air defences shot down the following:\n- 31 drones over Belgorod;\n- 4 drones over Odesa;\n- 2 missiles."
    assert [f.location for f in read(text)] == [("RUS",), ("UKR",), ()]


@pytest.mark.parametrize(
    ("text", "under"),
    [
        ("Russia lost:\n- 7 tanks\n- 3 drones\nThe war goes on.", {1: 0, 2: 0}),
        ("Russia lost: 7 tanks.\n- 3 drones", {}),
        ("Kyiv named the losses.\n- 3 drones", {}),
        ("He said: it is over.\nThe army lost 3 tanks.", {}),
        ("Losses:\nOn Monday the army said that it was over.", {}),
    ],
)
def test_list_is_the_lines_right_under_a_lead_in(text, under):
    assert listed_under(build_context(Document(text))) == under


@pytest.mark.parametrize(
    "text",
    [
        "The museum shows the following:\n- 7 tanks\n- 3 aircraft\n",
        "What to read next:\n- 7 tanks arrive in Riga\n",
    ],
)
def test_list_of_peace_has_no_losses(text):
    assert {f.measure for f in read(text)} <= {"strength", "deployment"}


def test_line_that_says_more_than_its_lead_in_keeps_its_own_measure():
    [figure] = read("The ministry counted these losses of the army:\n- 12 soldiers were wounded by a mine\n")
    assert (figure.high, figure.measure) == (12, "wounded")
