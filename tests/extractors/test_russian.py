"""Figures in Russian: each hit beside the number that counts nothing of war."""

from __future__ import annotations

from datetime import date

import pytest

from extractors.russian import find_figures_ru

pytest.importorskip("pymorphy3", reason="the optional extra 'ru' is not installed")
PUBLISHED = date(2023, 5, 1)


@pytest.mark.parametrize(
    ("text", "low", "high", "measure", "item"),
    [
        ("Потеряно около 1 400 солдат.", 1400, 1400, "casualties", "troops"),
        ("Они потеряли до 500 военнослужащих.", None, 500, "casualties", "troops"),
        ("Уничтожено 25 единиц бронетехники.", 25, 25, "destroyed", "armoured_vehicle"),
        ("Выпущено более 70 ракет.", 70, None, "attack", "missile"),
        ("Стянуто от 90 до 100 тысяч военных.", 90_000, 100_000, "deployment", "troops"),
        ("Число погибших выросло до 130.", 130, 130, "killed", "people"),
        ("Сдались несколько тысяч солдат.", 3000, 9999, "captured", "troops"),
        ("Десятки тысяч человек покинули дома.", 10_000, 99_999, "displaced", "people"),
        ("Ранены десятки бойцов.", 20, 99, "wounded", "troops"),
        ("Сбиты 7 из 12 беспилотников.", 7, 7, "destroyed", "drone"),
        ("Су-35 сбил 2 самолёта.", 2, 2, "destroyed", "aircraft"),
        ("Полсотни наёмников погибли.", 50, 50, "killed", "mercenaries"),
        ("Убиты двадцать пять боевиков.", 25, 25, "killed", "troops"),
        ("Почти 1000 солдат погибли.", 900, 1000, "killed", "troops"),
        ("Передано 1,5 тыс. снарядов.", 1500, 1500, None, "munition"),
    ],
)
def test_numbers_measures_and_items_are_read(
    text: str, low: int | None, high: int | None, measure: str | None, item: str
) -> None:
    (figure,) = find_figures_ru(text, PUBLISHED)
    assert (figure.low, figure.high, figure.item) == (low, high, item)
    assert measure is None or figure.measure == measure


@pytest.mark.parametrize(
    "text",
    [
        "26-летний сержант получил 3 миллиона рублей в 2014 году.",
        "Дорога длиной 40 километров закрыта на 3 дня.",
        "В школе учатся 500 детей.",
        "75-м полком командует полковник.",
        "В стране 44 миллиона человек.",
        "На выборах проголосовали 60 тысяч военных.",
        "Работу потеряли 50 тысяч граждан.",
        "Задержаны 300 человек.",
        "",
    ],
)
def test_what_counts_nothing_of_war_is_no_figure(text: str) -> None:
    assert find_figures_ru(text, PUBLISHED) == []


def test_whose_and_who_says_so() -> None:
    (figure,) = find_figures_ru("Украина потеряла 300 солдат, заявило Минобороны России.", PUBLISHED)
    assert (figure.subject, figure.claimant, figure.claimant_text) == ("UKR", "RUS", "Минобороны России")


def test_the_next_sentence_may_name_the_source() -> None:
    (figure,) = find_figures_ru("В Ираке погибли 12 солдат. Об этом сообщил Пентагон.", PUBLISHED)
    assert (figure.location, figure.claimant) == (("IRQ",), "USA")


def test_offsets_are_those_of_the_whole_text() -> None:
    text = "Шёл дождь. Убиты 12 солдат."
    (figure,) = find_figures_ru(text, PUBLISHED)
    assert text[figure.start : figure.end] == "12 солдат"
