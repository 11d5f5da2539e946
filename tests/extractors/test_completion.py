from lxml import html

from extractors.completion import complete

ONE = "The brigade moved ten tanks across the river on Monday, officials said."
TWO = "Nobody was hurt when the bridge gave way under the last of them."
LOST = "The ministry puts its own losses since spring at 6,420 tanks."
THREE = "Talks go on in the capital, where both sides met for an hour."


def completed(markup: str, lines: list[str]) -> list[str]:
    return complete(lines, html.document_fromstring(f"<html><body><article>{markup}</article></body></html>"))


def test_lost_paragraph_returns_to_its_place() -> None:
    markup = f"<div><p>{ONE}</p><p>{LOST}</p><p>{TWO}</p></div>"
    assert completed(markup, [ONE, TWO]) == [ONE, LOST, TWO]


def test_lost_list_returns_item_by_item() -> None:
    markup = f"<div><p>{ONE}</p><ul><li>6,420 tanks lost</li><li>300 guns lost</li></ul><p>{TWO}</p></div>"
    assert completed(markup, [ONE, TWO]) == [ONE, "- 6,420 tanks lost", "- 300 guns lost", TWO]


def test_body_in_several_containers_of_one_make_is_whole_again() -> None:
    markup = (
        f"<div class='body'><p>{ONE}</p><p>{TWO}</p></div><div>ad</div><div class='body last'><p>{LOST}</p></div>"
    )
    assert completed(markup, [ONE, TWO]) == [ONE, TWO, LOST]


def test_paragraphs_each_in_a_wrapper_are_neighbours() -> None:
    markup = f"<section><div><p>{ONE}</p></div><div><p>{LOST}</p></div><div><p>{TWO}</p></div></section>"
    assert completed(markup, [ONE, TWO]) == [ONE, LOST, TWO]


def test_lost_subheading_returns_where_its_paragraph_stands() -> None:
    markup = f"<div><p>{ONE}</p><h2>At the river</h2><p>{TWO}</p><h2>Most read</h2></div>"
    assert completed(markup, [ONE, TWO]) == [ONE, "At the river", TWO]


def test_sentence_that_is_mostly_a_link_returns() -> None:
    link = "<p>The army also <a href='/b'>moved ten tanks and three guns by night</a>.</p>"
    markup = f"<div><p>{ONE}</p>{link}<p>{TWO}</p></div>"
    assert len(completed(markup, [ONE, TWO])) == 3


def test_teaser_and_label_stay_out() -> None:
    markup = f"<div><p>{ONE}</p><p>See: <a href='/b'>300 dead in the other battle</a></p><p>Map</p><p>{TWO}</p></div>"
    assert completed(markup, [ONE, TWO]) == [ONE, TWO]


def test_containers_of_another_make_or_article_stay_out() -> None:
    markup = f"<div class='body'><p>{ONE}</p><p>{TWO}</p></div><div class='comments'><p>{LOST}</p></div>"
    assert completed(markup, [ONE, TWO]) == [ONE, TWO]
    markup = (
        f"<div class='body'><p>{ONE}</p><p>{TWO}</p></div></article><article><div class='body'><p>{LOST}</p></div>"
    )
    assert completed(markup, [ONE, TWO]) == [ONE, TWO]


def test_whole_text_is_left_as_it_is() -> None:
    markup = f"<div><p>{ONE}</p><p>{TWO}</p><p>{THREE}</p></div>"
    assert completed(markup, [ONE, TWO, THREE]) == [ONE, TWO, THREE]
    assert completed(markup, [f"{ONE} {TWO}", THREE]) == [f"{ONE} {TWO}", THREE]


def test_paragraphs_each_in_wrappers_of_one_make_are_of_one_body() -> None:
    part = "<div class='part'><div class='part__inner'><p>{}</p></div></div>"
    markup = (
        part.format(ONE)
        + part.format(LOST)
        + "<div class='ad'><p>Buy ten new tanks today.</p></div>"
        + part.format(TWO)
    )
    assert completed(f"<div>{markup}<i></i></div>", [ONE, TWO]) == [ONE, LOST, TWO]


def test_divs_that_stand_for_paragraphs_are_read_as_such() -> None:
    parts = "".join(f"<section><div class='text'>{text}</div><i></i></section>" for text in (ONE, LOST, TWO, THREE))
    label = "<section><div class='text'>Air rifle, mixed teams</div></section>"
    assert completed(parts + label, [ONE, TWO, THREE]) == [ONE, LOST, TWO, THREE]


def test_piece_of_a_paragraph_gives_way_to_the_whole() -> None:
    whole = f"{LOST} {TWO}"
    assert completed(f"<div><p>{ONE}</p><p>{whole}</p><p>{THREE}</p></div>", [ONE, LOST, THREE]) == [
        ONE,
        whole,
        THREE,
    ]


def test_first_paragraph_outside_the_wrapped_rest_returns() -> None:
    rest = f"<div class='hideable'><p>{ONE}</p><p>{TWO}</p></div>"
    markup = f"<div><p>{LOST}</p>{rest}<p>Subscribe to the army weekly now.</p></div>"
    assert completed(markup, [ONE, TWO]) == [LOST, ONE, TWO]
