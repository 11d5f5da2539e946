"""The gazetteer: every name of a party, read once from gazetteer/*.toml, with whom it stands for and since when."""

from __future__ import annotations

import functools
import itertools
import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from importlib.resources import files

OPEN_ENDED = (date.min, date.max)
BRACES = re.compile(r"\{([^{}]*)\}")
LIST_COMMA = re.compile(r",\s+(?![^{}]*\})")  # a comma outside braces
# A name's apostrophe, hyphen and spaces are set in many ways; the table knows one of each.
PLAIN = str.maketrans({"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-"})
ARTICLE = re.compile(r"\bal-(?=[A-Z])")  # spelt al-, Al-, el- or al
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Entry:
    """Whom a name stands for. A code of "" marks a name that holds a party's name and is none."""

    code: str
    kind: str
    gender: str | None = None
    terms: tuple[tuple[date, date], ...] = (OPEN_ENDED,)
    surname: bool = False  # a person named by one bare word

    def holds(self, on: date | None) -> bool:
        """Return whether the name stood for the party on that day; True for an unknown day."""
        return on is None or any(first <= on <= last for first, last in self.terms)


@functools.lru_cache(maxsize=20_000)
def plain_name(text: str) -> str:
    """Return a name with straight apostrophes, plain hyphens and single spaces."""
    return SPACES.sub(" ", text.translate(PLAIN))


def expand_braces(name: str) -> Iterator[str]:
    """Yield every name that "{a,b} c" stands for."""
    parts = BRACES.split(name)
    choices = [part.split(",") if i % 2 else [part] for i, part in enumerate(parts)]
    for chosen in itertools.product(*choices):
        yield "".join(chosen).strip()


def split_names(line: str) -> Iterator[str]:
    """Yield the names of a comma-separated line; one in lower case also with a capital."""
    for item in LIST_COMMA.split(line.strip().rstrip(",")):
        for name in expand_braces(item):
            yield name
            if name[:1].islower() and not name.startswith("al-"):
                yield name[0].upper() + name[1:]


def parse_terms(spans: Iterable[str]) -> tuple[tuple[date, date], ...]:
    """Return the days that "2013-02/2017-01" style spans cover; the last month counts in full."""
    return tuple((_month(first, date.min), _month(last, date.max, end=True)) for first, last in map(_halves, spans))


def _halves(span: str) -> tuple[str, str]:
    first, _, last = span.partition("/")
    return first, last


def _month(text: str, absent: date, end: bool = False) -> date:
    if not text:
        return absent
    year, month = map(int, text.split("-"))
    return date(year, month, 31 if end and month in (1, 3, 5, 7, 8, 10, 12) else 28 if end else 1)


def _read(name: str) -> dict[str, object]:
    return tomllib.loads((files("extractors") / "gazetteer" / f"{name}.toml").read_text(encoding="utf-8"))


SHARED_NAMES = frozenset(
    "Ali Mohammed Muhammad Mohamed Ahmed Ahmad Abdullah Hassan Hussein King Prince Rahman Mustafa Saleh Ibrahim Omar "
    "Ismail Yusuf Mahmoud".split()
)  # first names as often
EASTERN = frozenset({"CHN", "PRK", "KOR", "TWN", "VNM"})  # the family name goes first
KIND_OF_FIELD = {
    "names": "state", "demonyms": "demonym", "capital": "capital", "government": "government", "places": "place",
}  # fmt: skip


def _state_names(file: str) -> Iterator[tuple[str, Entry]]:
    for code, fields in _read(file).items():
        assert isinstance(fields, dict)  # noqa: S101  a gazetteer of another form is a bug of ours
        for field, line in fields.items():
            for name in split_names(line):
                yield name, Entry(code, KIND_OF_FIELD[field])


def _listed_names(file: str, kind: str) -> Iterator[tuple[str, Entry]]:
    for code, line in _read(file).items():
        for name in split_names(str(line)):
            yield name, Entry("" if kind == "none" else code, kind)


def _person_names(file: str) -> Iterator[tuple[str, Entry]]:
    for code, people in _read(file).items():
        assert isinstance(people, dict)  # noqa: S101  as above
        for names, when in people.items():
            gender, *spans = when.split()
            terms = parse_terms(spans)
            for name in names.split("; "):
                for spelt in {name, ARTICLE.sub("Al-", name), ARTICLE.sub("el-", name), ARTICLE.sub("al ", name)}:
                    yield spelt, Entry(code, "person", gender, terms, surname=" " not in name)


def family_name(name: str, code: str) -> str:
    """Return the name a person goes by later in a text."""
    words = name.split()
    if code in EASTERN and len(words) > 1:
        return words[0]
    return next(
        (w for w in reversed(words) if w not in {"Jr", "Jr.", "II", "III"} and not w.endswith(".")), words[-1]
    )


@functools.cache
def gazetteer() -> dict[str, tuple[Entry, ...]]:
    """Return every known name with whom it may stand for, first choice first."""
    table: dict[str, list[Entry]] = {}
    sources = (
        _listed_names("none", "none"), _state_names("states"), _state_names("places"),
        _listed_names("bodies", "body"), _listed_names("groups", "group"),
        _person_names("people"), _person_names("leaders"),
    )  # fmt: skip
    for name, entry in itertools.chain.from_iterable(sources):
        table.setdefault(plain_name(name), []).append(entry)
    table.pop("", None)
    return {name: tuple(entries) for name, entries in table.items()}
