"""Who wrote an article: names out of what pages write into their author fields and by-lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from lxml.html import HtmlElement

from extractors.naming import name_of
from extractors.wording import fold, one_line

MAX_AUTHORS = 30
LONGEST_NAME, LONGEST_FIELD = 80, 400  # characters
LONGEST_ROLE = 4  # words; what follows a name and is longer is what the person does
ADDRESS = re.compile(r"https?://\S*|www\.\S+|\S+@\S+|(?<!\S)@\w+|^/\S+$")
BRACKETED = re.compile(r"\([^()]{0,80}\)|\[[^\[\]]{0,80}\]")
LEAD_IN = re.compile(
    r"^\W*(?:(?:(?:written|reported|posted|published|story|text|words|article)\s+)?"
    r"(?:by|von|par|por|di|od|av|af|door|автор|авторы|від|от)\b\s*:?|(?:author|authors|autor|autorin|autoren|text)\s*:)\s*",
    re.IGNORECASE,
)
# What is left of it where the names are links or spans of their own.
BARE_LEAD_IN = re.compile(r"^\W*(?:by|von|par|por|di|av|af|door|автор|від|от)\s*[,:]\s*", re.IGNORECASE)
BETWEEN = re.compile(
    r"\s*[;|/]\s*|\s+(?:and|und|et|y|og|och|e|и|та|i|en|&)\s+|\s*,\s*(?:and|und|et)\s+|、|(?<=\S\S)・(?=\S{3,})"
)
# The outlet's own address in the place of a name.
DOMAIN = re.compile(
    r"(?:[\w-]+\.)+(?:com|net|org|info|news|online|tv|eu|int|gov|co|de|at|ch|fr|es|it|pt|nl|be|uk|ie|ru|su|ua|by|kz|tr|"
    r"is|no|se|dk|fi|ee|lv|lt|pl|cz|sk|hu|ro|bg|rs|hr|gr|il|ir|in|pk|cn|jp|kr|tw|vn|id|my|br|mx|ar|cl|za|ng|ke|ca|us|au|nz)$"
)
SLUG = re.compile(r"^[a-z0-9]+(?:[-._][a-z0-9]+)+$|^\d+$")
# Where pages show a by-line, by the words of class, rel or itemprop; and where such words name someone else.
BYLINE_PLACES = (
    "//*[@rel='author' or @itemprop='author' or contains(@class,'author') or contains(@class,'Author') or "
    "contains(@class,'byline') or contains(@class,'Byline') or contains(@class,'autor')]"
)
BYLINE_NAME = re.compile(r"(?:^|[-_ :/])(?:authors?|author-?name|byline|bylines|autor|autoren|autorin)(?:$|[-_ :/])")
OTHER_PLACE = re.compile(
    r"comment|quote|social|share|avatar|image|bio|author-?_?-?box|related|teaser|card|promo|warning|form|credit"
)
MOST_PLACES, MOST_BYLINES = 40, 5
FEWEST_BESIDE, LONG_PARAGRAPH = 4, 80  # paragraphs of a text, letters of one
# "Carla Ost, Staff Writer", "Greta Holm in Vienna"
ROLE = re.compile(
    r"\b(?:staff|writer|reporter|editor|correspondent|columnist|contributor|analyst|bureau|producer|"
    r"korrespondent(?:in)?|redakteur(?:in)?|journaliste?|corresponsal|корреспондент|редактор|кореспондент)\b",
    re.IGNORECASE,
)
FROM_PLACE = re.compile(r"(?<=\w)\s+(?:in|aus|à)\s+[^\W\d_a-zà-ÿ].*$")
WORD = r"(?:[^\W\d_]['’.]?[\w'’.-]*)"
PERSON = re.compile(rf"^{WORD}(?:\s+{WORD}){{1,3}}$|^[\u3040-\u30ff\u4e00-\u9fff]{{2,6}}$|^[\uac00-\ud7af]{{2,4}}$")
PARTICLES = frozenset("de da do dos di del della van von der den ter la le el al bin ibn y e i af av zu".split())


def find_authors(
    tree: HtmlElement, ld_authors: Iterable[str], meta_authors: Iterable[str], sites: Sequence[str]
) -> tuple[str, ...]:
    """Return the names of an article's authors, in order, each once.

    From JSON-LD, else meta, else the by-line that the page shows. Addresses, handles and picture credits are no
    authors; the outlet's own name is one only where nobody else is named.
    """
    own = {fold(site) for site in sites} - {""}
    fallback: list[str] = []
    for values in (ld_authors, meta_authors):
        names = _distinct(name for value in values for name in _without_place(split_names(value), own))
        if people := [name for name in names if not is_own(name, own)]:
            return tuple(people[:MAX_AUTHORS])
        fallback = fallback or names
    return tuple((_byline(tree, own) or _signature(tree, own) or fallback)[:MAX_AUTHORS])


def split_names(value: str) -> list[str]:
    """Return the single names in one author field."""
    if len(value) > LONGEST_FIELD:
        return []
    value = ADDRESS.sub(" ", BRACKETED.sub(" ", value))
    parts = (part for piece in BETWEEN.split(value) for part in _split_commas(piece))
    return [name for part in parts if (name := _clean(part))]


def _split_commas(piece: str) -> list[str]:
    """Split at commas where each part could be a whole name; "Smith, John" stays one, what is long is an office."""
    parts = [part.strip() for part in piece.split(",")]
    people = parts[:1] + [part for part in parts[1:] if not ROLE.search(part)]
    if len(people) < len(parts):
        parts, piece = people, ", ".join(people)
    if len(parts) == 1 or " " not in parts[0]:
        return [piece] if len(parts) <= 2 else parts
    return parts[:1] if any(len(part.split()) > LONGEST_ROLE for part in parts[1:]) else parts


def _clean(part: str) -> str | None:
    name = (
        FROM_PLACE.sub("", LEAD_IN.sub("", " ".join(part.split())))
        .strip(' \t,;:|–—•·"()[]')
        .removeprefix("- ")
        .removesuffix(" -")
    )
    letters = sum(c.isalpha() for c in name)
    return name if letters >= 2 and len(name) <= LONGEST_NAME and not _is_slug(name) else None


def _is_slug(name: str) -> bool:
    return bool(SLUG.match(name)) and not DOMAIN.fullmatch(name)


def _distinct(names: Iterable[str]) -> list[str]:
    found: dict[str, str] = {}
    for name in names:
        found.setdefault(fold(name), name)
    return list(found.values())


def is_own(name: str, own: set[str]) -> bool:
    """Tell whether a name is the outlet's: the same, or with "news" or "online" or a domain beside it."""
    folded = fold(name)
    return bool(DOMAIN.fullmatch(name.lower())) or any(
        folded == o or (len(o) > 2 and o in folded and len(folded) <= 1.5 * len(o) + 4) for o in own
    )


def _byline(tree: HtmlElement, own: set[str]) -> list[str]:
    """Return the names in the first by-line of the page that holds any."""
    for element in islice(_byline_elements(tree), MOST_PLACES):
        text = re.split(r"\d|\||•|·", one_line(" , ".join(element.itertext())) or "")[0]
        if len(text) > LONGEST_FIELD:
            continue
        text = BARE_LEAD_IN.sub("", text.replace(" ,", ",")).strip(" ,")
        names = [name for name in _distinct(split_names(text)) if _is_person(name)]
        if names := [name for name in names if not is_own(name, own)]:
            return names
    return []


def _signature(tree: HtmlElement, own: set[str]) -> list[str]:
    """Return the names in a paragraph of its own, set in bold or italics, at the head or the foot of the text."""
    for marked in islice(tree.iterfind(".//p/strong"), MOST_PLACES):
        paragraph = marked.getparent()
        text = one_line(paragraph.text_content()) or ""
        if len(text) > LONGEST_NAME or text != one_line(marked.text_content()) or not _is_at_an_end(paragraph):
            continue
        names = _distinct(split_names(text))
        if names and all(_is_person(name) and " " in name and not is_own(name, own) for name in names):
            return names
    return []


def _is_at_an_end(paragraph: HtmlElement) -> bool:
    """Tell whether a paragraph is the first with words among several, with a long one next, or the last."""
    beside = [p for p in paragraph.getparent().iterchildren("p") if one_line(p.text_content())]
    if len(beside) < FEWEST_BESIDE:
        return False
    follows = len(beside[1].text_content()) >= LONG_PARAGRAPH
    return (paragraph is beside[0] and follows) or paragraph is beside[-1]


def shown_bylines(tree: HtmlElement) -> list[str]:
    """Return the texts of the first elements of a page that are by-lines, whoever they name."""
    elements = islice(_byline_elements(tree), MOST_BYLINES)
    return [text for e in elements if (text := one_line(" ".join(e.itertext()))) and len(text) <= LONGEST_NAME]


def _without_place(names: list[str], own: set[str]) -> list[str]:
    """Return the names in a field; of one that begins with the outlet, that alone: its town and country follow."""
    return names[:1] if names and is_own(names[0], own) else names


def _is_person(name: str) -> bool:
    """Tell whether words have the shape of a person's name: each with a capital, where the script has them."""
    return bool(PERSON.match(name)) and all(not word[0].islower() for word in name.split() if word not in PARTICLES)


def _byline_elements(tree: HtmlElement) -> Iterator[HtmlElement]:
    for element in tree.xpath(BYLINE_PLACES):
        name = name_of(element)
        declared = element.get("rel") == "author" or element.get("itemprop") == "author"
        above = " ".join(name_of(place) for place in islice(element.iterancestors(), 3))
        if (declared or BYLINE_NAME.search(name)) and not OTHER_PLACE.search(f"{name} {above}"):
            yield element
