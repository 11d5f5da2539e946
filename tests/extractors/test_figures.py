"""Figures in whole sentences: each measure, item, subject, place, claimant and status, near-misses beside hits."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.context import Document, build_context
from extractors.figures import figure_candidates
from extractors.reading import read_documents
from extractors.records import Figure

PUBLISHED = date(2022, 6, 15)  # a Wednesday


def read(*texts: str) -> list[tuple[Figure, ...]]:
    return [reading.figures for reading in read_documents([Document(text, PUBLISHED) for text in texts])]


# Sentence, then each figure: words, low, high, measure, item.
COUNTED = [
    ("The army lost 40 tanks near Izyum.", ("40 tanks", 40, 40, "destroyed", "tank")),
    ("Shelling killed 12 civilians in Kharkiv.", ("12 civilians", 12, 12, "killed", "civilians")),
    ("Twelve soldiers were killed in the ambush.", ("Twelve soldiers", 12, 12, "killed", "troops")),
    (
        "The blast killed seven and wounded 24 others.",
        ("seven", 7, 7, "killed", "people"),
        ("24 others", 24, 24, "wounded", "people"),
    ),
    (
        "The bombing left at least 31 dead and scores injured.",
        ("at least 31", 31, None, "killed", "people"),
        ("scores", 40, 99, "wounded", "people"),
    ),
    ("Gunmen killed or wounded about 300 troops.", ("about 300 troops", 300, 300, "casualties", "troops")),
    ("Militants killed and injured 60 people at the market.", ("60 people", 60, 60, "casualties", "people")),
    ("Three rebel fighters were among the dead.", ("Three rebel fighters", 3, 3, "killed", "troops")),
    ("Two children were among those wounded in the raid.", ("Two children", 2, 2, "wounded", "children")),
    ("The war has claimed more than 9,000 lives.", ("more than 9,000 lives", 9000, None, "killed", "people")),
    ("The attack brought the death toll to 130.", ("130", 130, 130, "killed", "people")),
    ("Nearly 500 people died in the air raids.", ("Nearly 500 people", 450, 500, "killed", "people")),
    (
        "Rebels captured 18 policemen and two tanks.",
        ("18 policemen", 18, 18, "captured", "troops"),
        ("two tanks", 2, 2, "captured", "tank"),
    ),
    ("The two sides swapped 70 prisoners of war.", ("70 prisoners", 70, 70, "captured", "people")),
    ("Insurgents took 15 hostages in the raid.", ("15 hostages", 15, 15, "captured", "people")),
    ("Dozens of soldiers are missing after the battle.", ("Dozens of soldiers", 24, 99, "missing", "troops")),
    ("Hundreds of soldiers deserted from the army.", ("Hundreds of soldiers", 100, 999, "deserted", "troops")),
    ("The offensive displaced 200,000 people.", ("200,000 people", 200000, 200000, "displaced", "people")),
    ("Two million refugees have fled the war.", ("Two million refugees", 2000000, 2000000, "displaced", "people")),
    ("Air defences shot down eight drones overnight.", ("eight drones", 8, 8, "destroyed", "drone")),
    ("The navy sank three warships.", ("three warships", 3, 3, "destroyed", "ship")),
    (
        "Ukraine destroyed 20 howitzers and 15 armoured personnel carriers.",
        ("20 howitzers", 20, 20, "destroyed", "artillery"),
        ("15 armoured personnel carriers", 15, 15, "destroyed", "armoured_vehicle"),
    ),
    ("Germany will supply 14 Leopard 2 tanks.", ("14 Leopard 2 tanks", 14, 14, "supply", "tank")),
    (
        "Norway delivered 22 self-propelled howitzers to Kyiv.",
        ("22 self-propelled howitzers", 22, 22, "supply", "artillery"),
    ),
    ("Militants fired 40 rockets at the base.", ("40 rockets", 40, 40, "attack", "munition")),
    ("More than 70 missiles were launched at Kyiv.", ("More than 70 missiles", 70, None, "attack", "missile")),
    ("Eighteen drones struck the refinery.", ("Eighteen drones", 18, 18, "attack", "drone")),
    ("France deployed 500 troops to Romania.", ("500 troops", 500, 500, "deployment", "troops")),
    (
        "The Pentagon is sending up to 3,000 additional soldiers.",
        ("up to 3,000 additional soldiers", None, 3000, "deployment", "troops"),
    ),
    ("The kingdom withdrew 2,000 soldiers from Yemen.", ("2,000 soldiers", 2000, 2000, "withdrawal", "troops")),
    (
        "About 900 peacekeepers pulled out of the valley.",
        ("About 900 peacekeepers", 900, 900, "withdrawal", "peacekeepers"),
    ),
    ("Moscow called up 300,000 reservists.", ("300,000 reservists", 300000, 300000, "mobilisation", "reservists")),
    (
        "The army recruited several thousand mercenaries.",
        ("several thousand mercenaries", 3000, 9999, "mobilisation", "mercenaries"),
    ),
    (
        "Russia has massed 90,000 to 100,000 troops on the border.",
        ("90,000 to 100,000 troops", 90000, 100000, "strength", "troops"),
    ),
    (
        "There are 28,500 American soldiers in South Korea.",
        ("28,500 American soldiers", 28500, 28500, "strength", "troops"),
    ),
    (
        "Thirty-six battalion tactical groups are stationed there.",
        ("Thirty-six battalion tactical groups", 36, 36, "strength", "formation"),
    ),
    ("The air force has 180 fighter jets.", ("180 fighter jets", 180, 180, "strength", "aircraft")),
    (
        "The exercise will involve 40 warships and 60 aircraft.",
        ("40 warships", 40, 40, "strength", "ship"),
        ("60 aircraft", 60, 60, "strength", "aircraft"),
    ),
    ("The strike wounded more than 200.", ("more than 200", 200, None, "wounded", "people")),
    ("Among the dead in the air raid were five children.", ("five children", 5, 5, "killed", "children")),
    (
        "The toll of the shelling includes 30 dead, among them nine women.",
        ("30", 30, 30, "killed", "people"),
        ("nine women", 9, 9, "killed", "civilians"),
    ),
    (
        "The army fired two missiles, one of which hit a school.",
        ("two missiles", 2, 2, "attack", "missile"),
        ("one of which", 1, 1, "attack", "missile"),
    ),
    ("Six of the 20 soldiers were killed.", ("Six of the 20 soldiers", 6, 6, "killed", "troops")),
    ("Rebels killed 40 soldiers and civilians.", ("40 soldiers", 40, 40, "killed", "people")),
    (
        "They seized nine pieces of military equipment.",
        ("nine pieces of military equipment", 9, 9, "captured", "equipment"),
    ),
    (
        "The raid killed 14 members of the security forces.",
        ("14 members of the security forces", 14, 14, "killed", "troops"),
    ),
    ("Iran tested two ballistic missiles.", ("two ballistic missiles", 2, 2, "attack", "missile")),
    (
        "Two car bombs killed 50 people in Baghdad.",
        ("Two car bombs", 2, 2, "attack", "munition"),
        ("50 people", 50, 50, "killed", "people"),
    ),
    (
        "Britain gave six air-defence systems and 5,000 shells.",
        ("six air-defence systems", 6, 6, "supply", "air_defence"),
        ("5,000 shells", 5000, 5000, "supply", "munition"),
    ),
    ("At least 20 people suffered injuries in the shelling.", ("At least 20 people", 20, None, "wounded", "people")),
    ("The rebels lost 35 fighters.", ("35 fighters", 35, 35, "casualties", "troops")),
    ("A total of 759 people were killed by the bombs.", ("A total of 759 people", 759, 759, "killed", "people")),
    ("The package includes 500 missiles.", ("500 missiles", 500, 500, "supply", "missile")),
    (
        "Estonia sent 10,000 shells and 80 launchers.",
        ("10,000 shells", 10000, 10000, "supply", "munition"),
        ("80 launchers", 80, 80, "supply", "equipment"),
    ),
    ("Militants sent 300 rockets into the town.", ("300 rockets", 300, 300, "attack", "munition")),
    (
        "The garrison will grow from 4,000 to 6,500 troops.",
        ("4,000", 4000, 4000, "strength", "troops"),
        ("6,500 troops", 6500, 6500, "strength", "troops"),
    ),
    ("Two military advisers were killed in the blast.", ("Two military advisers", 2, 2, "killed", "advisers")),
    ("Four helicopters were downed during the fighting.", ("Four helicopters", 4, 4, "destroyed", "helicopter")),
    ("The ambush cost 11 men their lives, the army said.", ("11 men", 11, 11, "killed", "people")),
]

NO_FIGURE = [
    "Lithuania expelled two Russian diplomats over the war.",
    "The plan costs $300 million.",
    "About 40 percent of the soldiers voted.",
    "The troops marched 30 miles in three days.",
    "The 34-year-old soldier came home.",
    "Nine drone strikes were carried out.",
    "The pact limits missile defence to five sites.",
    "A 2,000-ton submarine was launched.",
    "The earthquake killed 2,000 people.",
    "Forty people were injured when a train derailed.",
    "The virus has killed 500,000 people.",
    "The talks of 2015 ended without a deal.",
    "Resolution 2231 was adopted by 15 members of the council.",
    "Half of the soldiers stayed.",
    "The two presidents met for 90 minutes.",
    "The council has 450 members.",
    "An Azeri helicopter was seen.",
    "The 18th Airborne Corps has a new chief.",
    "The army flew its new Su-35 for the first time.",
    "Thousands of protesters gathered in the square.",
    "He has three children.",
    "Two rounds of talks were held in Vienna.",
    "Three hundred people waited for the bus.",
    "The company sold 300 vehicles last year.",
    "The ship carried 12 passengers.",
    "Six companies were put under sanctions.",
    "They scored 3-1 in the second half.",
    "The war is in its 100th day.",
    "All but three of the villages were empty.",
    "The 1991 war changed the region.",
    "Police arrested 40 people at the rally.",
]


@pytest.fixture(scope="module")
def counted() -> dict[str, tuple[Figure, ...]]:
    texts = [row[0] for row in COUNTED]
    return dict(zip(texts, read(*texts), strict=True))


@pytest.mark.parametrize("row", COUNTED, ids=[row[0] for row in COUNTED])
def test_figure_has_its_number_measure_and_item(row, counted) -> None:
    text, *wanted = row
    got = [(text[f.start : f.end], f.low, f.high, f.measure, f.item) for f in counted[text]]
    assert [g for g in got if g in wanted] == wanted
    assert len(got) == len(wanted) or text.startswith("Six of the")


@pytest.fixture(scope="module")
def uncounted() -> dict[str, tuple[Figure, ...]]:
    return dict(zip(NO_FIGURE, read(*NO_FIGURE), strict=True))


@pytest.mark.parametrize("text", NO_FIGURE)
def test_number_of_other_things_is_no_figure(text, uncounted) -> None:
    assert uncounted[text] == ()


# Sentence, words of the figure, then subject, location, claimant, status.
ATTRIBUTED = [
    ("Russia has massed 90,000 troops on the border with Ukraine.", "90,000 troops", "RUS", ("UKR",), None, "actual"),
    ("Ukraine lost 40 tanks, the Russian defence ministry said.", "40 tanks", "UKR", (), "RUS", "actual"),
    ("The Ukrainian military said Russia had lost 200 tanks.", "200 tanks", "RUS", (), "UKR", "actual"),
    (
        "According to the UN, 4,000 civilians have been killed in Ukraine.",
        "4,000 civilians",
        "UKR",
        ("UKR",),
        "UN",
        "actual",
    ),
    ("Officials said 14 soldiers were killed in Mali.", "14 soldiers", "MLI", ("MLI",), "unknown", "actual"),
    ("At least 30 people were killed in a bombing in Kabul.", "At least 30 people", "AFG", ("AFG",), None, "actual"),
    ("The United States has 900 troops in Syria.", "900 troops", "USA", ("SYR",), None, "actual"),
    ("NATO will send 300,000 soldiers to Poland.", "300,000 soldiers", "NATO", ("POL",), None, "planned"),
    ("Turkey could deploy 5,000 soldiers to Libya.", "5,000 soldiers", "TUR", ("LBY",), None, "hypothetical"),
    ("Turkey has not sent 5,000 soldiers to Libya.", "5,000 soldiers", "TUR", ("LBY",), None, "denied"),
    ("In 2014, Russia sent 7,000 troops to Crimea.", "7,000 troops", "RUS", ("UKR",), None, "historical"),
    ("Israel said Hamas fired 400 rockets from Gaza.", "400 rockets", "PSE", (), "ISR", "actual"),
    ("Britain pledged 10,000 shells to Ukraine.", "10,000 shells", "GBR", ("UKR",), None, "actual"),
    ("The Houthis captured 12 Saudi soldiers.", "12 Saudi soldiers", "SAU", (), None, "actual"),
    ("Some 3,000 troops from Chad are in Nigeria.", "Some 3,000 troops", "TCD", ("NGA",), None, "actual"),
    ("France said it would withdraw 2,400 soldiers from Mali.", "2,400 soldiers", "FRA", ("MLI",), "FRA", "planned"),
    ("The militia, citing Iraq's army, said 20 fighters had died.", "20 fighters", "IRQ", ("IRQ",), "IRQ", "actual"),
    (
        "Hamas said 25 of its fighters were killed in Gaza.",
        "25 of its fighters",
        "hamas",
        ("PSE",),
        "hamas",
        "actual",
    ),
    ("Russian officials accused Kyiv of massing 60,000 troops.", "60,000 troops", "UKR", (), "RUS", "actual"),
    ("If China sent 400 missiles to Russia, talks would end.", "400 missiles", "CHN", ("RUS",), None, "hypothetical"),
    ("Poland plans to send 250 tanks to Ukraine.", "250 tanks", "POL", ("UKR",), None, "planned"),
    (
        "The army killed 40 Boko Haram militants in Nigeria.",
        "40 Boko Haram militants",
        "boko-haram",
        ("NGA",),
        None,
        "actual",
    ),
    (
        "In the spring, Russia gathered 100,000 troops near Ukraine.",
        "100,000 troops",
        "RUS",
        ("UKR",),
        None,
        "historical",
    ),
    ("Ukraine received 31 tanks from Poland.", "31 tanks", "POL", (), None, "actual"),
    ("Russia has suffered 31,000 casualties in Ukraine.", "31,000 casualties", "RUS", ("UKR",), None, "actual"),
    ("The war has killed 14,000 people in eastern Ukraine.", "14,000 people", None, ("UKR",), None, "actual"),
    ("More than 100 soldiers on both sides were wounded.", "More than 100 soldiers", None, (), None, "actual"),
    (
        "Ethiopia's troops killed 60 people in Tigray, a local newspaper said.",
        "60 people",
        "ETH",
        ("ETH",),
        "unknown",
        "actual",
    ),
]


@pytest.fixture(scope="module")
def attributed() -> dict[str, tuple[Figure, ...]]:
    texts = [row[0] for row in ATTRIBUTED]
    return dict(zip(texts, read(*texts), strict=True))


@pytest.mark.parametrize("row", ATTRIBUTED, ids=[row[0] for row in ATTRIBUTED])
def test_figure_has_its_side_place_claimant_and_status(row, attributed) -> None:
    text, words, *wanted = row
    (figure,) = [f for f in attributed[text] if text[f.start : f.end] == words]
    assert [figure.subject, figure.location, figure.claimant, figure.status] == wanted


WORDS = st.sampled_from(
    "killed 12 soldiers of the Syrian army said , . and wounding dozens tens thousands more than 3,000 – \u201c "
    '\u201d " ( in Gaza '
    "who had was fired rockets at 2014 five them which their no not will if up to \n the one 9/11 $ % - 's".split(" ")
)
SENTENCES = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join))


@settings(max_examples=40, deadline=None)
@given(st.lists(SENTENCES, min_size=5, max_size=12))
def test_any_string_gives_figures_inside_it_and_no_exception(texts: list[str]) -> None:
    for text, figures in zip(texts, read(*texts), strict=True):
        for figure in figures:
            assert 0 <= figure.start < figure.end <= len(text)
            assert figure.rule
            assert figure.low is not None or figure.high is not None


def test_text_without_a_count_is_not_parsed() -> None:
    context = build_context(Document("The soldiers left. It was 2014. He bought three apples."))
    assert figure_candidates(context) == set()
