import pytest

from extractors.labels import drop_labels, is_byline, is_dateline, is_label
from extractors.wording import fold


@pytest.mark.parametrize(
    "line",
    [
        "Read more", "READ MORE:", "Advertisement", "Lesen Sie auch:", "Читайте также", "Czytaj więcej",
        "Lire aussi :", "ALSO READ: Army gets 40 new tanks", "Read more: Fleet loses two ships",
        ">> All dates of the talks at a glance", "Sign up for our morning newsletter and never miss a story",
        "Subscribe now to keep up with the war",
        "Follow The Desk on Telegram", "Click here to read the full statement.", "Photo: Ann Lee / Press office",
        "Image: Press office", "Abonnieren Sie unseren Newsletter", "Підпишіться на розсилку", "- Read more",
    ],
)  # fmt: skip
def test_furniture_is_known_by_its_words(line: str) -> None:
    assert is_label(line)


@pytest.mark.parametrize(
    "line",
    [
        "Read more carefully, the order speaks of 40 tanks that were never there.",
        "Related claims of 300 dead could not be checked.",
        "The ministry asked people to sign up: 5,000 men came on the first day.",
        "Share prices fell after the mobilisation of 300,000 men.",
        "Watch officers counted 12 ships in the strait.",
        "Photographs show 20 destroyed vehicles.",
        "The image of 40 burning tanks went round the world.",
        "- 6,420 tanks",
        "The story continues below the border, where 300 men hold a bridge.",
        "Copyright law of 1994 let 40 companies go to court.",
        "© 2024 AFP",
        "Dear readers of the minister's letter will find 300 tanks in it.",
        "The union asked its people to make a monthly donation to the army.",
        "Three killed.",
        "The newsletter of the veterans' union puts the dead at 2,000.",
        "Subscribers to the conscription register number 90,000.",
        "Реклама службы по контракту обещает 300 тысяч.",
    ],
)
def test_text_that_begins_alike_is_kept(line: str) -> None:
    assert not is_label(line)


@pytest.mark.parametrize(
    "line", ["By Ann Lee", "Von Ann Lee und Bob Ray", "Ann Lee", "By Ann Lee, Kyiv correspondent"]
)
def test_byline_is_known_by_the_names_of_the_authors(line: str) -> None:
    assert is_byline(line, [fold("Ann Lee"), fold("Bob Ray")])


@pytest.mark.parametrize("line", ["Ann Lee commands 400 men.", "By noon, 400 men had left.", "By Cy Doe"])
def test_sentence_with_a_name_is_no_byline(line: str) -> None:
    assert not is_byline(line, [fold("Ann Lee")])


@pytest.mark.parametrize(
    "line",
    [
        "28 April 2023", "28.04.2023, 18:11", "Stand: 28.04.2023, 06:00 Uhr",
        "Updated: April 28, 2023, 6:11 pm", "17:41 JST, October 13, 2024",
        "Опубликовано 28 апреля 2023, 18:11", "Uppdaterad 15.59 | Publicerad 14.14",
    ],
)  # fmt: skip
def test_dateline_is_known_by_its_shape(line: str) -> None:
    assert is_dateline(line)
    assert drop_labels([line, "The army left."]) == ["The army left."]


@pytest.mark.parametrize(
    "line",
    [
        "In 2023, the army lost 400 tanks",
        "Tanks: 2,023",
        "Published losses since 24 February 2022 come to 6,420 tanks and more",
        "2023",
    ],
)
def test_line_with_a_year_is_no_dateline(line: str) -> None:
    assert not is_dateline(line)


def test_placeholder_of_an_embed_is_a_label() -> None:
    assert is_label("Ich bin damit einverstanden, dass mir externe Inhalte angezeigt werden.")
    assert is_label("This external content is shown once you agree.")
    assert not is_label("The external content of 120 shells was uranium, says the third-party content test of 2001.")


def test_byline_is_dropped_only_at_the_head() -> None:
    lines = ["By Ann Lee", "The army left.", *["More of it happened."] * 9, "Ann Lee"]
    assert drop_labels(lines, ["Ann Lee"]) == lines[1:]
