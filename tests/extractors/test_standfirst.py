import pytest
from lxml import html

from extractors.standfirst import choose_standfirst, read_blocks
from extractors.wording import fold

TITLE = "Armour moves to the river"
BODY = "The brigade moved ten tanks across the river on Monday, officials in the capital said."
SUM = "Ten tanks crossed in one night, and nobody in the capital says why."


def standfirst(head: str, descriptions: tuple[str, ...] = ()) -> list[str]:
    markup = f"<html><body><nav>Home</nav><article>{head}<p>{BODY}</p></article></body></html>"
    return choose_standfirst(read_blocks(html.document_fromstring(markup), [TITLE], descriptions), fold(BODY))


@pytest.mark.parametrize(
    "head",
    [
        f"<h1>{TITLE}</h1><p class='article__intro'>{SUM}</p>",
        f"<h1>{TITLE}</h1><div class='sub-headline'>{SUM}</div>",
        f"<header><h1><span>War</span> {TITLE}</h1><h2 class='subtitle'>{SUM}</h2></header>",
        f"<h2>{TITLE}</h2><div class='lead'><span>{SUM}</span></div>",
        f"<h1>{TITLE}</h1><p class='css-1x2y3'>{SUM}</p>",  # a sentence, by its place alone
        f"<h1>{TITLE}</h1><p itemprop='description'>{SUM}</p>",
        f"<h1>{TITLE}</h1><div class='author'>By Ann Lee</div><p>{SUM}</p>",
        f"<h1>{TITLE}</h1><p class='teaser-text'>{SUM}</p>",
    ],
)
def test_lines_between_headline_and_body_are_the_standfirst(head: str) -> None:
    assert standfirst(head) == [SUM]


@pytest.mark.parametrize(
    "head",
    [
        f"<h1>{TITLE}</h1>",
        f"<p class='intro'>{SUM}</p><h1>{TITLE}</h1>",  # of something above
        f"<h1>{TITLE}</h1><figure><img/><p>{SUM}</p></figure>",
        f"<h1>{TITLE}</h1><div class='image-caption'>{SUM}</div>",
        f"<h1>{TITLE}</h1><aside><p>{SUM}</p></aside>",
        f"<h1>{TITLE}</h1><div class='newsletter'><p>{SUM}</p></div>",
        f"<h1>{TITLE}</h1><p>By Ann Lee</p>",
        f"<h1>{TITLE}</h1><p>{BODY}</p><p class='intro'>{SUM}</p>",  # after the body began
    ],
)
def test_what_stands_elsewhere_is_none(head: str) -> None:
    assert standfirst(head) == []


def test_declared_description_is_taken_where_it_is_shown_and_only_there() -> None:
    short = "Ten tanks crossed in one night with no lights on"
    assert standfirst(f"<h1>{TITLE}</h1><div class='x7'>{short}</div>", (short,)) == [short]
    assert standfirst(f"<h1>{TITLE}</h1><div class='x7'>Kyiv. {short}</div>", (short,)) == [f"Kyiv. {short}"]
    assert standfirst(f"<h1>{TITLE}</h1>", (short,)) == []


def test_page_without_headings_has_no_standfirst() -> None:
    assert read_blocks(html.document_fromstring(f"<p>{SUM}</p>"), [TITLE], ()) == []
