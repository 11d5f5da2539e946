"""Dates that belong to an act, and those that belong to something else in its sentence."""

from datetime import date

import pytest

from extractors.act_dates import day_of_act, is_history, times_of
from extractors.matching import find_hits
from extractors.parsing import parse_sentences
from extractors.when import resolve_when

DAY = date(2021, 12, 1)  # a Wednesday


@pytest.mark.parametrize(
    ("sentence", "event", "day", "history"),
    [
        ("Norway signed the pact with Iceland in 2015.", "AGREE", None, True),
        ("Norway signed the pact with Iceland last year.", "AGREE", None, True),
        ("Norway will meet Iceland on Friday.", "CONSULT", date(2021, 12, 3), False),
        ("Norway met Iceland on Tuesday.", "CONSULT", date(2021, 11, 30), False),
        ("Norway condemned the coup of 2015 in Iceland.", "ACCUSE", None, False),
        ("Norway and Iceland held talks at their 2018 summit.", "CONSULT", None, False),
        ("Norway and Iceland honoured the 2015 agreement.", "AGREE", None, True),
        ("Norway met Iceland.", "CONSULT", None, False),
        ("Norway's talks with Iceland collapsed in January 2019.", "CONSULT", None, True),
        ("Norway's talks with Iceland grew out of an agreement in February.", "CONSULT", None, False),
        ("In 1814 Norway met Iceland.", "CONSULT", None, True),
        ("Norway spoke by telephone with Iceland on Tuesday.", "CONSULT", date(2021, 11, 30), False),
    ],
)
def test_an_act_takes_the_date_that_stands_at_it(sentence: str, event: str, day: date | None, history: bool) -> None:
    hit = next(h for h in find_hits(parse_sentences([sentence])[0]) if h.predicate.event == event)
    times = times_of(hit, resolve_when(sentence, DAY))
    assert (day_of_act(times), is_history(hit, times, DAY)) == (day, history)


def test_a_named_year_is_past_where_the_text_has_no_date() -> None:
    past, now = (
        find_hits(d)[0] for d in parse_sentences(["Norway met Iceland in 2015.", "Norway met Iceland in Oslo."])
    )
    assert is_history(past, [], None)
    assert not is_history(now, [], None)


@pytest.mark.parametrize(
    ("time", "day"), [("on Monday", date(2021, 12, 6)), ("on 29 November", date(2021, 11, 29)), ("today", DAY)]
)
def test_a_weekday_of_what_is_still_to_come_is_the_next_one(time: str, day: date) -> None:
    sentence = f"Norway met Iceland {time}."
    hit = next(h for h in find_hits(parse_sentences([sentence])[0]) if h.predicate.event == "CONSULT")
    assert day_of_act(times_of(hit, resolve_when(sentence, DAY)), (sentence, DAY)) == day
