import json

import pytest
from lxml import html

from extractors.article import read_page
from extractors.records import Article, NotArticle
from extractors.scripts import body_in_scripts

NTH = "first second third fourth fifth sixth".split()
PARAGRAPHS = [
    f"The {n} brigade moved ten tanks across the river on Monday, officials in the capital said." for n in NTH
]
MARKUP = "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
STATE = json.dumps(
    {"props": {"story": {"title": "Armour moves", "body": MARKUP, "url": "https://desk.example.org/a"}}}
)
CHUNK = json.dumps([1, "7:" + STATE])
URL = "https://desk.example.org/a"


def page(script: str) -> str:
    head = "<head><title>Armour moves</title></head>"
    return f"<html>{head}<body><div id='root'></div><script>{script}</script></body></html>"


@pytest.mark.parametrize(
    "script",
    [
        STATE.replace("</", "<\\/"),
        f"window.__STATE__ = {STATE}".replace("</", "<\\/"),
        f"self.__next_f.push({CHUNK})".replace("<", "\\u003c"),
        f"self.__next_f.push({json.dumps([1, '8:T1a2b,' + MARKUP])})".replace("<", "\\u003c"),
        json.dumps({"content": "<div>" + "<br>".join(PARAGRAPHS) + "</div>"}).replace("</", "<\\/"),
    ],
)
def test_body_that_only_a_script_holds_is_read(script: str) -> None:
    assert body_in_scripts(html.document_fromstring(page(script))).split("\n") == PARAGRAPHS
    found = read_page(page(script).encode(), URL)
    assert isinstance(found, Article)
    assert found.text.split("\n") == PARAGRAPHS


@pytest.mark.parametrize(
    "script",
    [
        "",
        json.dumps({"teaser": "The army left. " * 60}),  # words without markup may be any story's
        json.dumps({"html": "<p>Short.</p>" * 3 + " " * 300}),
        json.dumps({"a": "x" * 900}),
        '"' * 9_000,
        '"' + "\\" * 9_001,
        "{" * 9_000,
        '\\"a' * 200_000,
        '"' + '\\"a' * 200_000,
    ],
)
def test_script_without_a_body_gives_none(script: str) -> None:
    assert body_in_scripts(html.document_fromstring(page(script))) == ""
    assert isinstance(read_page(page(script).encode(), URL), NotArticle)
