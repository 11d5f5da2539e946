"""Status and the rule that fired; any text gives a list."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.slavic_figures import find_slavic_figures

pytest.importorskip("pymorphy3", reason="the optional extra 'ru' is not installed")
WORDS = st.sampled_from(
    "убито 12 солдат до из 1,5 тыс . - от 30 тысячи России , « » сообщил по данным 2014 -х".split()
)


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Погибли 12 солдат.", "actual"),
        ("Они планируют отправить 12 танков.", "planned"),
        ("Могут погибнуть 12 солдат.", "hypothetical"),
        ("В 2014 году погибли 12 солдат.", "historical"),
    ],
)
def test_status_is_told_by_clause_and_year(text: str, status: str) -> None:
    (figure,) = find_slavic_figures(text, date(2023, 5, 1), "ru")
    assert figure.status == status
    assert figure.rule.startswith("slavic:")


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.text(max_size=80), st.lists(WORDS, max_size=20).map(" ".join)))
def test_any_text_gives_a_list(text: str) -> None:
    for figure in find_slavic_figures(text, date(2023, 5, 1), "ru"):
        assert 0 <= figure.start < figure.end <= len(text)
