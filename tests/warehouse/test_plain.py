"""Text of pages in alerts is plain text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from warehouse.plain import BODY_MOST, TITLE_MOST, clean_line, clean_text, printable


@pytest.mark.parametrize(
    "given_text, line",
    [
        ("as it is", "as it is"), (None, ""), ("two\r\nlines\rand\nmore", "two lines and more"),
        ("a\x00b\x1b[0mc", "ab[0mc"), ("\u202egnp.exe\u202c", "gnp.exe"), ("a\u200bb\ufeffc", "abc"),
        ("so\u00adft", "soft"), ("  much \t space  ", "much space"), ("\ud83d half", "half"),
        ("військо – 🪖", "військо – 🪖"),
        ("x" * 400, "x" * 299 + "…"),
    ],
)  # fmt: skip
def test_line(given_text, line):
    assert clean_line(given_text) == line


def test_body_keeps_its_lines_and_is_cut():
    assert clean_text("one \r\n two\x07") == "one\ntwo"
    assert len(clean_text("y" * 9000)) == BODY_MOST


@pytest.mark.parametrize(
    "hidden",
    "\x00 \x07 \x1b \x7f \x85 \u00ad \u061c \u180e \u200b \u200f \u2028 \u2029 \u202e \u2066 \ufeff \ufffb "
    "\U000e0041 \ud83d \ue000 \uffff".split(" "),
)
def test_what_is_not_shown_as_itself_is_taken_out(hidden):
    assert printable(f"a{hidden}b\nc") == "ab\nc"


@given(st.text())
def test_cleaning_is_idempotent_and_leaves_nothing_unprintable(text):
    line, body = clean_line(text), clean_text(text)
    assert clean_line(line) == line
    assert clean_text(body) == body
    assert printable(line + body) == line + body
    assert "\n" not in line
    assert len(line) <= TITLE_MOST
