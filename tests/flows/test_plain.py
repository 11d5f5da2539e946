import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.plain import link, plain, visible


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("115,000 troops", "115,000 troops"),
        ("call <!channel> now", "call ‹!channel› now"),
        ("<https://evil.example|click>", "‹https：//evil.example¦click›"),
        ("@everyone look", "＠everyone look"),
        ("[text](https://evil.example)", "［text］(https：//evil.example)"),
        ("a\x1b[31mred\x07", "a［31mred"),
        ("safe\u202egnp.exe", "safegnp.exe"),
        ("two\nlines\tand a tab", "two lines and a tab"),
        ("*bold* _it_ `code`", "∗bold∗ ＿it＿ ʼcodeʼ"),
    ],
)
def test_nothing_a_sink_acts_on_gets_through(text, shown):
    assert plain(text) == shown


def test_long_text_is_cut_with_a_sign():
    assert plain("x" * 700).endswith("…")
    assert len(plain("x" * 700)) == 600


def test_line_ends_stay_visible():
    assert visible("a\nb\x00") == "a\nb"


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("https://a.example/x?y=1", "https://a.example/x?y=1"),
        ("javascript:alert(1)", ""),
        ("https:///nohost", ""),
        ("https://a.example/<b>|c d", "https://a.example/%3Cb%3E%7Cc%20d"),
    ],
)
def test_only_http_addresses_are_linked(url, kept):
    assert link(url) == kept


# Any text, and texts of nothing but what sinks act on.
TEXTS = st.text() | st.text(alphabet="<>@`*_[]|:/ \n\t\r\x1b\u202e\u2066\u200bhtps!|=+-", max_size=60)


@given(TEXTS, st.integers(1, 40))
def test_any_text_becomes_one_line_without_anything_a_sink_acts_on(text, most):
    line = plain(text, most)
    assert not set(line) & set("<>@`*_[]|\n\r\t\x1b\u202e\u2066\u200b")
    assert "://" not in line
    assert len(line) <= most
    assert plain(line, most) == line


@given(TEXTS | TEXTS.map("http://a.example/{}".format))
def test_any_link_is_one_web_address_or_nothing(url):
    assert re.fullmatch(r"(https?://[^\s<>\"'`|\\^{}]+)?", link(url))
