import pytest
from lxml import html

from extractors.article import read_page
from extractors.cleaning import clean_page, drop_repeats, drop_title, prune_tree, rescue
from extractors.metadata import read_metadata

NUMBERS = "first second third fourth fifth sixth".split()
PARAGRAPHS = [
    f"The {n} brigade moved ten tanks across the river on Monday, officials in the capital said." for n in NUMBERS
]


def text_of(head: str, body: str, prune: tuple[str, ...] = ()) -> str:
    tree = html.document_fromstring(f"<html><head>{head}</head><body>{body}</body></html>")
    return clean_page(tree, read_metadata(tree), prune).text


def article(*parts: str) -> str:
    return (
        "<article><h1>Armour moves</h1>" + "".join(parts) + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</article>"
    )


def test_text_is_one_paragraph_a_line_without_the_title() -> None:
    assert text_of("", article()).split("\n") == PARAGRAPHS


def test_standfirst_comes_first() -> None:
    assert text_of("", article('<p class="intro">Ten tanks crossed.</p>')).split("\n")[0] == "Ten tanks crossed."[:99]


def test_prune_takes_what_the_outlet_names() -> None:
    box = '<div class="desk-box"><p>300 dead in another battle, the weekly claims in its new issue.</p></div>'
    assert "300 dead" in text_of("", article(box))
    assert "300 dead" not in text_of("", article(box), ("//div[@class='desk-box']",))


@pytest.mark.parametrize(
    "xpath", ["//div[", "count(//p)", "//@class", "//p/text()", "string(", "//unknown:tag", "", "/html"]
)
def test_bad_prune_harms_nothing(xpath: str) -> None:
    tree = html.document_fromstring(f"<html><body>{article()}</body></html>")
    prune_tree(tree, [xpath])
    assert PARAGRAPHS[0] in tree.text_content()


def test_title_line_goes_only_from_the_head() -> None:
    lines = ["ARMOUR MOVES!", *PARAGRAPHS, "Armour moves"]
    assert drop_title(lines, ["Armour moves"]) == [*PARAGRAPHS, "Armour moves"]


def test_long_line_said_twice_stays_once_and_a_short_one_each_time() -> None:
    apart = "T" + " " + PARAGRAPHS[0][1:]
    assert drop_repeats([apart, "Yes.", PARAGRAPHS[1], PARAGRAPHS[0], "Yes."]) == [
        PARAGRAPHS[0], "Yes.", PARAGRAPHS[1], "Yes.",
    ]  # fmt: skip


def test_declared_body_rescues_a_page_that_shows_nothing() -> None:
    declared = "\n\n".join(PARAGRAPHS)
    assert rescue("", declared).split("\n") == PARAGRAPHS
    assert rescue("\n".join(PARAGRAPHS), declared * 9) == "\n".join(PARAGRAPHS)  # the page's own words are enough
    assert rescue("Short.", "Short too.") == "Short."
    assert rescue("", None) == ""


LAYOUT = """<html><head><title>Army reports losses // Wire</title></head><body>
<table><tr><td colspan="3"><a href="/">Wire</a> | <a href="/all">All</a></td></tr><tr>
<td><a href="/army">Army</a><br><a href="/world">World</a></td>
<td><h2>Army reports losses</h2>{}</td>
<td><b>Latest</b><ul><li><a href="/1">Nine drones fall on Tyre</a></li></ul></td></tr></table></body></html>"""
PARAGRAPH = "<p>The army lost {} men in the river valley on Monday, the defence ministry said in its bulletin.</p>"
DATA = """<html><body><article><h1>Losses</h1><p>The general staff published the past day's losses as a table.</p>
<table><tr><th>What</th><th>How many</th></tr><tr><td>tanks</td><td>7</td></tr></table></article></body></html>"""


def test_table_that_lays_the_page_out_is_read_as_a_page():
    page = LAYOUT.format("".join(PARAGRAPH.format(n) for n in range(100, 112)))
    article = read_page(page.encode(), "https://wire.example/1.html")
    assert article.title == "Army reports losses"
    assert article.text.splitlines()[0].startswith("The army lost 100 men")
    assert "Tyre" not in article.text
    assert "|" not in article.text


def test_table_of_data_keeps_its_rows():
    assert "tanks" in read_page(DATA.encode(), "https://wire.example/2.html").text


BRIEF = """<html><head><title>More victims die in hospital</title></head>
<body><nav><a href="/">Home</a></nav><article><h1>More victims die in hospital</h1>
<p class="byline">A. Writer</p><time datetime="2026-05-09T10:00:00Z">May 9, 2026</time>
<p>Thirty-eight civilians were killed in the shelling of the market, the health ministry said.</p>
</article></body></html>"""


def test_brief_does_not_run_into_its_title_and_date():
    lines = read_page(BRIEF.encode(), "https://wire.example/3.html").text.splitlines()
    assert "Thirty-eight civilians were killed in the shelling of the market, the health ministry said." in lines
    assert not any("2026 Thirty" in line for line in lines)
