import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.sources.cdx import ASKED, UNASKED, Capture, read_cdx

RIVER = Capture("20211205101500", "https://outlet.test/2021/12/05/the-river-a7", "text/html", 200)
ROW = ["20211205101500", "https://outlet.test/2021/12/05/the-river-a7", "text/html", "200"]
LONG = ["test,outlet)/2021/12/05/the-river-a7", *ROW, "SHA1", "1234"]


@pytest.mark.parametrize(
    "body",
    [
        json.dumps([list(ASKED), ROW]),
        json.dumps([list(UNASKED), LONG]),
        json.dumps([["original", "timestamp", "statuscode", "mimetype"], [ROW[1], ROW[0], ROW[3], ROW[2]]]),
        " ".join(ROW),
        " ".join(LONG) + "\r\n",
    ],
    ids=["asked", "unasked", "another order", "text", "long text"],
)
def test_forms_of_an_answer_are_read_alike(body):
    reading = read_cdx(body.encode())
    assert reading.captures == (RIVER,)
    assert reading.nonsense == 0 and reading.resume_key is None


@pytest.mark.parametrize("body", ["", "\n", "[]", "[[]]"])
def test_an_empty_answer_is_no_nonsense(body):
    assert read_cdx(body.encode()).captures == () and read_cdx(body.encode()).nonsense == 0


@pytest.mark.parametrize(
    "body",
    [json.dumps([list(ASKED), ROW, [], ["test%2Coutlet+2021%21"]]), " ".join(ROW) + "\n\ntest%2Coutlet+2021%21\n"],
    ids=["json", "text"],
)
def test_the_key_to_the_rest_is_told_from_captures(body):
    reading = read_cdx(body.encode())
    assert reading.captures == (RIVER,) and reading.resume_key == "test%2Coutlet+2021%21"


def test_a_torn_answer_keeps_its_whole_lines():
    body = "[" + ",\n ".join(json.dumps(row) for row in ([*ASKED], ROW, ROW, ROW)) + "]"
    reading = read_cdx(body[:-40].encode())
    assert reading.captures == (RIVER, RIVER)
    assert reading.nonsense == 1 and reading.first_nonsense.startswith('"2021')


@pytest.mark.parametrize(
    "row",
    [
        ["20211305101500", *ROW[1:]],
        ["2021", *ROW[1:]],
        ["19211205101500", *ROW[1:]],
        ["２０２１１２０５１０１５００", *ROW[1:]],
        [ROW[0], "dns:outlet.test", *ROW[2:]],
        [ROW[0], "https://outlet.test/a b", *ROW[2:]],
        [ROW[0], "https://outlet.test/" + "x" * 3000, *ROW[2:]],
        ROW[:3],
        ["hello"],
        {"a": 1},
        7,
        None,
    ],
)
def test_nonsense_is_counted_named_and_skipped(row):
    reading = read_cdx(json.dumps([list(ASKED), row, ROW]).encode())
    assert reading.captures == (RIVER,)
    assert reading.nonsense == 1 and reading.first_nonsense


def test_a_capture_without_a_status_is_kept():
    assert read_cdx(json.dumps([list(ASKED), [*ROW[:3], "-"]]).encode()).captures[0].status is None


@given(st.binary(max_size=300) | st.text(alphabet='[]",\n 12{}', max_size=60).map(str.encode))
def test_no_bytes_raise(body):
    read_cdx(body)


def test_deep_nesting_is_nonsense():
    assert read_cdx(b"[" * 100_000).captures == ()
