"""The lexicon as it is packaged."""

import tomllib
from importlib.resources import files
from typing import get_args

from extractors.lexicon import lexicon
from extractors.records import Event

KNOWN_KEYS = set(
    "event words target object avoid complement content unless negated strict people joint weak light bare near from "
    "with of quoted suffered".split()
)


def tables() -> list[tuple[str, dict[str, object]]]:
    data = tomllib.loads(files("extractors").joinpath("predicates.toml").read_text("utf8"))
    return [(kind, table) for kind in ("verb", "noun", "adjective") for table in data[kind]]


def test_every_entry_speaks_of_a_known_event_in_known_keys() -> None:
    for kind, table in tables():
        assert table["event"] in get_args(Event), table
        assert set(table) <= KNOWN_KEYS, (kind, set(table) - KNOWN_KEYS)
        assert table["words"] and str(table["words"]).split() == list(dict.fromkeys(str(table["words"]).split())), (
            table
        )


def test_every_event_has_a_verb_and_a_noun() -> None:
    for kind in ("verb", "noun"):
        assert {t["event"] for k, t in tables() if k == kind} == set(get_args(Event))


def test_a_form_leads_back_to_its_lemma() -> None:
    lex = lexicon()
    assert lex.verb_lemmas["condemning"] == "condemn"
    assert lex.noun_lemmas["treaties"] == "treaty"
    assert "talks" in lex.nouns and "met" in lex.verbs


def test_no_word_of_the_gate_is_an_everyday_auxiliary() -> None:
    assert not lexicon().forms & {"be", "is", "was", "the", "will", "do"}
