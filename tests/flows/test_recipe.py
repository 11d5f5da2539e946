"""The recipe of a reading: another one for other extractors or other rules, the same for the same."""

from dataclasses import replace

import pytest

from flows.outlets import Outlet
from flows.recipe import extractors_hash, recipe_of

POST = Outlet("post", "Post", ("https://post.test/rss",), article="/story/", prune=("//aside",))


@pytest.mark.parametrize(
    "change", [{"prune": ()}, {"prune": ("//aside", "//ul")}, {"article": None}, {"language": "ru"}]
)
def test_another_rule_of_the_outlet_is_another_recipe(change):
    assert recipe_of(replace(POST, **change), "hash") != recipe_of(POST, "hash")


def test_what_changes_no_reading_changes_no_recipe():
    assert recipe_of(replace(POST, name="The Post", feeds=()), "hash") == recipe_of(POST, "hash")
    assert recipe_of(POST, "another") != recipe_of(POST, "hash")


def test_hash_follows_every_file_and_no_cache(tmp_path):
    (tmp_path / "names").mkdir()
    (tmp_path / "names" / "states.toml").write_text("a")
    (tmp_path / "reading.py").write_text("b")
    first = extractors_hash(tmp_path)
    (tmp_path / "__pycache__").mkdir()
    (tmp_path / "__pycache__" / "reading.pyc").write_text("c")
    assert extractors_hash(tmp_path) == first
    (tmp_path / "names" / "states.toml").write_text("d")
    assert extractors_hash(tmp_path) != first
    assert extractors_hash() == extractors_hash() != first
