import pytest

from extractors.labels import drop_labels, is_byline, is_label
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


def test_byline_is_dropped_only_at_the_head() -> None:
    lines = ["By Ann Lee", "The army left.", *["More of it happened."] * 9, "Ann Lee"]
    assert drop_labels(lines, ["Ann Lee"]) == lines[1:]
