"""Figures in whole sentences: each measure, item, subject, place, claimant and status, near-misses beside hits."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.context import Document, build_context
from extractors.figures import figure_candidates
from extractors.reading import read_documents
from extractors.records import Figure

PUBLISHED = date(2022, 6, 15)  # a Wednesday


def read(*texts: str) -> list[tuple[Figure, ...]]:
    return [reading.figures for reading in read_documents([Document(text, PUBLISHED) for text in texts])]


TABLE = Path(__file__).with_name("sentences.txt")


@dataclass(frozen=True, slots=True)
class Case:
    """A text of the table and the figures it must give, as rows of parts."""

    text: str
    rows: tuple[tuple[str, ...], ...]


def cases() -> Iterator[Case]:
    text, rows = "", []
    for line in [*TABLE.read_text(encoding="utf-8").splitlines(), ""]:
        if line.startswith("  "):
            rows.append(tuple(part.strip() for part in line.split("|")))
        else:
            if text:
                yield Case(text, tuple(rows))
            text, rows = ("" if line.startswith("#") else line), []


def parts(text: str, figure: Figure) -> tuple[str, ...]:
    """Return a figure in the parts of the table."""
    low, high = ("" if end is None else str(end) for end in (figure.low, figure.high))
    return (
        text[figure.start : figure.end],
        low if low == high else f"{low}..{high}",
        f"{figure.measure} {figure.item}",
        figure.subject or "-",
        " ".join(figure.location) or "-",
        figure.claimant or "-",
        figure.status,
        figure.as_of.isoformat() if figure.as_of else "-",
    )


CASES = list(cases())


@pytest.fixture(scope="module")
def found() -> dict[str, tuple[Figure, ...]]:
    texts = [case.text for case in CASES]
    return dict(zip(texts, read(*texts), strict=True))


@pytest.mark.parametrize("case", CASES, ids=[case.text for case in CASES])
def test_text_gives_the_figures_of_the_table(case: Case, found: dict[str, tuple[Figure, ...]]) -> None:
    got = [parts(case.text, figure) for figure in found[case.text]]
    asked = [
        tuple(have if want == "?" else want for want, have in zip(row, have_row, strict=False))
        for row, have_row in zip_longest(case.rows, got, fillvalue=())
    ]
    assert [row[: len(want)] for row, want in zip_longest(got, asked, fillvalue=())] == asked
    assert len(got) == len(case.rows)


def test_table_has_hundreds_of_texts_and_as_many_near_misses_as_kinds() -> None:
    assert len(CASES) == len({case.text for case in CASES})
    assert sum(not case.rows for case in CASES) >= 30


WORDS = st.sampled_from(
    "killed 12 soldiers of the Syrian army said , . and wounding dozens tens thousands more than 3,000 – \u201c "
    '\u201d " ( in Gaza '
    "who had was fired rockets at 2014 five them which their no not will if up to \n the one 9/11 $ % - 's".split(" ")
)
SENTENCES = st.one_of(st.text(max_size=60), st.lists(WORDS, max_size=25).map(" ".join))


# One call to the parser for many texts: a call for each would take minutes.
@settings(max_examples=250, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(SENTENCES, min_size=40, max_size=40))
def test_any_of_ten_thousand_strings_gives_figures_inside_it_and_no_exception(texts: list[str]) -> None:
    for text, figures in zip(texts, read(*texts), strict=True):
        for figure in figures:
            assert 0 <= figure.start < figure.end <= len(text)
            assert figure.rule
            assert figure.low is not None or figure.high is not None


def test_text_without_a_count_is_not_parsed() -> None:
    context = build_context(Document("The soldiers left. It was 2014. He bought three apples."))
    assert figure_candidates(context) == set()
