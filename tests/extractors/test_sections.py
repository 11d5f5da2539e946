from datetime import UTC, date, datetime

from extractors.context import Document
from extractors.reading import read_documents
from extractors.records import Section
from extractors.sections import cut

FIRST = "Russia lost 300 soldiers near the river on Monday, the Ukrainian general staff said."
SECOND = "Ukraine shot down 40 drones on Monday, the Ukrainian air force said."
TEXT = f"Our live page.\n{FIRST}\n{SECOND}"
START = TEXT.index(FIRST)
POSTS = (
    Section(START, START + len(FIRST), datetime(2026, 3, 2, 20, tzinfo=UTC)),
    Section(TEXT.index(SECOND), len(TEXT), datetime(2026, 3, 9, 8, tzinfo=UTC)),
)


def test_text_without_posts_is_one_piece() -> None:
    (piece,) = cut(Document(TEXT))
    assert (piece.document.text, piece.start, piece.section) == (TEXT, 0, None)


def test_post_is_read_with_its_own_day() -> None:
    lead, first, second = cut(Document(TEXT, date(2026, 3, 1), "en", "A title", POSTS))
    assert lead.document.text.strip() == "Our live page."
    assert [p.document.published for p in (lead, first, second)] == [
        date(2026, 3, 1),
        date(2026, 3, 2),
        date(2026, 3, 9),
    ]
    assert first.document.title == "A title"


def test_figure_belongs_to_its_post_and_stands_where_it_stood() -> None:
    (reading,) = read_documents([Document(TEXT, date(2026, 3, 1), "en", None, POSTS)])
    assert {(f.low, f.section) for f in reading.figures} == {(300, POSTS[0]), (40, POSTS[1])}
    for figure in reading.figures:
        assert str(figure.low) in TEXT[figure.start : figure.end]
