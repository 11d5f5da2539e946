"""Forms of verbs and nouns."""

import pytest

from extractors.inflection import noun_forms, stem, verb_forms


@pytest.mark.parametrize(
    ("verb", "forms"),
    [
        ("accuse", {"accuse", "accuses", "accused", "accusing"}),
        ("deny", {"deny", "denies", "denied", "denying"}),
        ("scrap", {"scrap", "scraps", "scrapped", "scrapping"}),
        ("rebut", {"rebut", "rebuts", "rebutted", "rebutting"}),
        ("meet", {"meet", "meets", "met", "meeting"}),
        ("withdraw", {"withdraw", "withdraws", "withdrew", "withdrawn", "withdrawing"}),
        ("veto", {"veto", "vetoes", "vetoed", "vetoing"}),
        ("agree", {"agree", "agrees", "agreed", "agreeing"}),
    ],
)
def test_a_verb_has_all_its_forms(verb: str, forms: set[str]) -> None:
    assert verb_forms(verb) == forms


@pytest.mark.parametrize(
    ("noun", "plural"),
    [("ally", "allies"), ("ban", "bans"), ("truce", "truces"), ("speech", "speeches"), ("day", "days")],
)
def test_a_noun_has_its_plural(noun: str, plural: str) -> None:
    assert noun_forms(noun) == {noun, plural}


@pytest.mark.parametrize(
    ("word", "left"),
    [("Imposing", "impos"), ("imposes", "impos"), ("sanctions", "sanction"), ("his", "his"), ("red", "red")],
)
def test_a_stem_is_a_word_without_its_commonest_endings(word: str, left: str) -> None:
    assert stem(word) == left
