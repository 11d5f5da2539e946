"""What continues a figure, and what begins a new one."""

import pytest

from extractors.verdicts import CONTINUES


@pytest.mark.parametrize("gap", [", ", " and ", ", and another ", " as well as ", ", including ", " or "])
def test_short_links_continue_a_figure(gap: str) -> None:
    assert CONTINUES.fullmatch(gap)


@pytest.mark.parametrize("gap", [". ", " were killed and ", " who left; ", " in Syria and "])
def test_other_words_begin_a_new_one(gap: str) -> None:
    assert not CONTINUES.fullmatch(gap)
